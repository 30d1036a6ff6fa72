//===- KernelToVector.cpp - arr.kernel to loops, vectors and threads ------===//
//
// Expects kernels on memrefs; leaves none.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/ScalarNest.h"
#include "compiler/Conversion/Passes.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace arr {
#define GEN_PASS_DEF_KERNELTOVECTOR
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

struct KernelToVector : arr::impl::KernelToVectorBase<KernelToVector> {
  using KernelToVectorBase::KernelToVectorBase;

  void runOnOperation() override {
    SmallVector<KernelOp> kernels;
    getOperation().walk([&](KernelOp kernel) { kernels.push_back(kernel); });
    for (KernelOp kernel : kernels) {
      if (!kernel.isOnMemRefs()) {
        kernel.emitOpError("is still on tensors");
        return signalPassFailure();
      }
      lowerToScalarNest(kernel, hasFma);
    }
  }
};

} // namespace
