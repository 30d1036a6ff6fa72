//===- KernelToVector.cpp - arr.kernel to loops, vectors and threads ------===//
//
// Expects kernels on memrefs; leaves none.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Elementwise.h"
#include "compiler/Conversion/KernelToVector/Reduction.h"
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
    Target target = {vectorBits, hasFma};
    unsigned number = 0;
    for (KernelOp kernel : kernels) {
      if (!kernel.isOnMemRefs()) {
        kernel.emitOpError("is still on tensors");
        return signalPassFailure();
      }
      if (isSmall(kernel)) {
        lowerToScalarNest(kernel, hasFma);
        continue;
      }
      std::string name = "kernel_" + std::to_string(number++);
      if (kernel.hasReduction())
        lowerReduction(kernel, target, name);
      else
        lowerElementwise(kernel, target, name);
    }
  }

  /// A few points, known now: a call would cost more than the work.
  bool isSmall(KernelOp kernel) {
    int64_t points = 1;
    for (Value size : kernel.getSizes()) {
      llvm::APInt constant;
      if (!matchPattern(size, m_ConstantInt(&constant)) ||
          constant.getSExtValue() > smallPoints)
        return false;
      points *= constant.getSExtValue();
      if (points > smallPoints)
        return false;
    }
    return true;
  }
};

} // namespace
