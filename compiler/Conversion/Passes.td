//===- Passes.td - The conversions out of the arr dialect -----*- tablegen -*-===//
//
// One `def` here = one folder with its .cpp files = one folder of tests in
// test/Conversion, with the same words. In the order of the pipeline.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_PASSES
#define ARR_CONVERSION_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// ArrToLinalg
//===----------------------------------------------------------------------===//

def ConvertArrToLinalg : Pass<"convert-arr-to-linalg", "::mlir::ModuleOp"> {
  let summary = "values become linalg.generic on tensors, places become memrefs";
  let description = [{
    After it, `arr.read` takes a tensor out of a memref and `arr.write` puts one
    in; views of places are `memref.reinterpret_cast`; unsigned integers are
    signless, and a bool in an array is an i8 that is 0 or 1.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect", "::mlir::complex::ComplexDialect",
                           "::mlir::scf::SCFDialect"];
}

//===----------------------------------------------------------------------===//
// PrangeToOpenMP
//===----------------------------------------------------------------------===//

def PrangeToOpenMP : Pass<"arr-prange-to-openmp", "::mlir::ModuleOp"> {
  let summary = "arr.prange to a function over chunks of iterations, on several threads";
  let description = [{
    The number of chunks, and so the order in which the partial results of
    reductions are combined, depends on the number of iterations only. Chunks of
    a body that may fail run under a guard; the error of the first one is raised
    after the region.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::complex::ComplexDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::math::MathDialect", "::mlir::omp::OpenMPDialect",
    "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

//===----------------------------------------------------------------------===//
// KernelToVector
//===----------------------------------------------------------------------===//

def KernelToVector : Pass<"arr-kernel-to-vector", "::mlir::ModuleOp"> {
  let summary = "arr.kernel on memrefs to functions over tiles and vectors";
  let description = [{
    The arithmetic of a kernel becomes private functions over a tile, which the
    runtime library calls (`arr_run_nest`, `arr_run_reduction`): it decides on
    the order of dims, tiles, copies of operands that do not lie one element after the
    other, and threads. A kernel of a few points becomes loops in place. The
    order in which partial results are combined depends on the sizes only.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::complex::ComplexDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
    "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", "256",
           "bits of a vector register: 128, 256 or 512">,
    Option<"hasFma", "has-fma", "bool", "true",
           "contract multiply-adds in reductions to math.fma">,
    Option<"smallPoints", "small-points", "int64_t", "32",
           "kernels of at most so many points become loops in place">];
}

//===----------------------------------------------------------------------===//
// VectorMath
//===----------------------------------------------------------------------===//

def VectorMath : Pass<"arr-vector-math", "::mlir::ModuleOp"> {
  let summary = "math functions of vectors become calls of glibc's libmvec";
  let description = [{
    Up to 4 ULP. What libmvec does not have is left alone: it becomes calls of
    libm for each lane. Not for `--fp=strict`.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

//===----------------------------------------------------------------------===//
// ArrToRuntime
//===----------------------------------------------------------------------===//

def ArrToRuntime : Pass<"arr-to-runtime", "::mlir::ModuleOp"> {
  let summary = "memory, checks, printing and files become calls of the runtime library";
  let description = [{
    Rewrites the arr ops that are left after bufferisation and the lowering of
    loop nests into calls of the functions of runtime/include/arr/codegen.h.
    Control flow is still structured: a failed check is an `scf.if` around a
    call of a function that does not return.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

#endif // ARR_CONVERSION_PASSES
