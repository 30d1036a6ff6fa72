//===- Passes.td - The passes around the translation to LLVM IR -*- tablegen -*-===//
#ifndef ARR_CODEGEN_PASSES
#define ARR_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def EmitEntries : Pass<"arr-emit-entries", "::mlir::ModuleOp"> {
  let summary = "an entry `void f.entry(void **slots)` for each exported function";
  let description = [{
    The entry unpacks the slots (arr_array structs and scalars, see
    runtime/include/arr/module.h), calls the function and hands its results
    back. The functions themselves become private.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect", "::mlir::scf::SCFDialect"];
}

def ConvertToLLVM : Pass<"arr-convert-to-llvm", "::mlir::ModuleOp"> {
  let summary = "everything that is left becomes the llvm dialect";
  let description = [{
    One conversion for all upstream dialects that are left: arith, math, complex,
    vector, memref, cf, func, ub, and omp's types.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect", "::mlir::vector::VectorDialect"];
}

def RelaxAddressing : Pass<"arr-relax-addressing", "::mlir::ModuleOp"> {
  let summary = "removes `inbounds`, `nuw` and `nsw` from address arithmetic";
  let description = [{
    The upstream lowering of memref accesses assumes non-negative offsets. Views
    with negative strides have negative ones, for which the flags are undefined
    behaviour: LLVM would be free to compute wrong addresses.
  }];
}

#endif // ARR_CODEGEN_PASSES
