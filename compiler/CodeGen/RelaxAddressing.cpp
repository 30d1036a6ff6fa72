//===- RelaxAddressing.cpp - No assumptions on the sign of offsets --------===//
//
// MLIR's memref lowering marks address arithmetic `inbounds nuw`. NumPy views
// have negative strides, and vector code computes addresses of masked-out lanes.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"

namespace arr {
#define GEN_PASS_DEF_RELAXADDRESSING
#include "compiler/CodeGen/Passes.h.inc"
} // namespace arr

using namespace mlir;

namespace {

struct RelaxAddressingPass
    : arr::impl::RelaxAddressingBase<RelaxAddressingPass> {
  void runOnOperation() override {
    getOperation()->walk([](Operation *op) {
      if (auto address = dyn_cast<LLVM::GEPOp>(op))
        address.setNoWrapFlags(LLVM::GEPNoWrapFlags::none);
      else if (auto arithmetic =
                   dyn_cast<LLVM::IntegerOverflowFlagsInterface>(op))
        arithmetic.setOverflowFlags(LLVM::IntegerOverflowFlags::none);
    });
  }
};

} // namespace
