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
// Checks
//===----------------------------------------------------------------------===//

def ElideChecks : Pass<"arr-elide-checks", "::mlir::func::FuncOp"> {
  let summary = "checks that always hold are removed";
  let description = [{
    Indices are compared with sizes as linear expressions of loop positions and
    named sizes, under the bounds of loops, conditions and earlier checks.
  }];
  let options = [Option<"unsafe", "unsafe", "bool", "false",
                        "remove the checks that are not proved, too">];
}

def CheckPrange : Pass<"arr-check-prange", "::mlir::func::FuncOp"> {
  let summary = "the iterations of each prange loop are independent, or it is an error";
  let description = [{
    Two iterations are independent if no element that one writes is touched by
    the other. Arrays made inside an iteration are its own. An array that is only
    the target of one kind of update (`a[any] += e`) is a reduction; such a
    loop becomes a serial one, whose result depends on nothing but its inputs.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect"];
}

//===----------------------------------------------------------------------===//
// On tensors: from linalg.generic to arr.kernel
//===----------------------------------------------------------------------===//

def FuseElementwise : Pass<"arr-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "elementwise producers are computed inside their consumers";
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

#endif // ARR_TRANSFORMS_PASSES
