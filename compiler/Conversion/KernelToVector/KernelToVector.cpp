//===- KernelToVector.cpp - arr.kernel to loops, vectors and threads ------===//
//
// Expects kernels on memrefs; leaves none. Where a call would cost more than
// the work, a kernel becomes plain loops in place: if its sizes are known and
// small, or if it has one dim, stands in a loop, and turns out to be short.
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
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace arr {
#define GEN_PASS_DEF_KERNELTOVECTOR
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// Of kernels that have a version for few points.
const int64_t shortLength = 16;
const unsigned maxShortOps = 16;

struct KernelToVector : arr::impl::KernelToVectorBase<KernelToVector> {
  using KernelToVectorBase::KernelToVectorBase;

  void runOnOperation() override {
    SmallVector<KernelOp> kernels;
    getOperation().walk([&](KernelOp kernel) { kernels.push_back(kernel); });
    Target target = {vectorBits, hasFma};
    FunctionPool functions(getOperation());
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
      if (mayBeShort(kernel))
        kernel = addShortVersion(kernel);
      std::string name = "kernel_" + std::to_string(number++);
      if (kernel.hasReduction())
        lowerReduction(kernel, target, functions, name);
      else
        lowerElementwise(kernel, target, functions, name);
    }
  }

  /// One dim, inside a loop, with a body that is cheap and rounds alike as
  /// scalars and in vectors.
  bool mayBeShort(KernelOp kernel) {
    if (kernel.getNumDims() != 1 ||
        !kernel->getParentOfType<LoopLikeOpInterface>())
      return false;
    unsigned numOps = 0;
    auto result = kernel->walk([&](Operation *op) {
      bool isCalled = isa<math::MathDialect>(op->getDialect()) &&
                      !isa<math::AbsFOp, math::AbsIOp, math::CeilOp,
                           math::CopySignOp, math::FloorOp, math::FmaOp,
                           math::RoundEvenOp, math::SqrtOp, math::TruncOp>(op);
      bool isCheap = op == kernel || op->getNumRegions() == 0;
      return isCalled || !isCheap || ++numOps > maxShortOps
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    });
    return !result.wasInterrupted();
  }

  /// Plain loops for few points, or else the kernel that is returned.
  KernelOp addShortVersion(KernelOp kernel) {
    OpBuilder b(kernel);
    Location loc = kernel.getLoc();
    Value limit = arith::ConstantIndexOp::create(b, loc, shortLength);
    Value isShort = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                                          kernel.getSizes().front(), limit);
    auto choice = scf::IfOp::create(b, loc, isShort, /*withElseRegion=*/true);
    b.setInsertionPointToStart(choice.thenBlock());
    lowerToScalarNest(cast<KernelOp>(b.clone(*kernel)), hasFma);
    kernel->moveBefore(choice.elseBlock()->getTerminator());
    return kernel;
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
