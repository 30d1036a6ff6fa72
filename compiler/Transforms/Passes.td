//===- Passes.td - The passes from arr to arr -----------------*- tablegen -*-===//
//
// One `def` here = one .cpp beside this file = one test in test/Transforms, with
// the same words: ForwardValues, arr-forward-values, forward-values.mlir. In
// the order of the pipeline.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_TRANSFORMS_PASSES
#define ARR_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// On tensors: from linalg.generic to arr.kernel
//===----------------------------------------------------------------------===//

def FuseElementwise : Pass<"arr-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "elementwise producers are computed inside their consumers";
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

#endif // ARR_TRANSFORMS_PASSES
