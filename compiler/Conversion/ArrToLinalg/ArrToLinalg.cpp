//===- ArrToLinalg.cpp - From arr values and places to linalg and memref --===//
//
// On entry: typed functions over `!arr.array`, `!arr.place` and scalars, with
// structured control flow. Left at the end: linalg.generic on tensors,
// memrefs with any strides, scalars of signless types, and of the arr dialect
// reads and writes between tensors and memrefs, allocation, checks, parallel
// loops, and kernels for positions of extremes.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"
#include "compiler/Conversion/Passes.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"

namespace arr {
#define GEN_PASS_DEF_CONVERTARRTOLINALG
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

struct ConvertArrToLinalgPass
    : arr::impl::ConvertArrToLinalgBase<ConvertArrToLinalgPass> {
  void runOnOperation() override {
    ArrTypeConverter converter;
    RewritePatternSet patterns(&getContext());
    ConversionTarget target(getContext());
    populatePlacePatterns(converter, patterns);
    populateViewPatterns(converter, patterns);
    populateValuePatterns(converter, patterns);
    populateReductionPatterns(converter, patterns);
    populateControlPatterns(converter, patterns);
    populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                   converter);
    populateCallOpTypeConversionPattern(patterns, converter);
    populateReturnOpTypeConversionPattern(patterns, converter);
    scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns,
                                                         target);

    target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
      return converter.isSignatureLegal(op.getFunctionType()) &&
             (op.isExternal() || converter.isLegal(&op.getBody()));
    });
    target.addLegalOp<AllocOp, KernelOp, IterationIndexOp>();
    // Printing and files are converted once: then they name their dtypes.
    target.addDynamicallyLegalOp<PrintOp>([](PrintOp op) {
      return op.getOperands().empty() || op->hasAttr("dtypes");
    });
    target.addDynamicallyLegalOp<CallExternOp>(
        [](Operation *op) { return op->hasAttr("dtypes"); });
    target.addDynamicallyLegalOp<LoadFileOp, SaveFileOp>(
        [](Operation *op) { return op->hasAttr("dtype"); });
    target.markUnknownOpDynamicallyLegal([&](Operation *op) {
      if (op->hasTrait<Ufunc>() ||
          isa<ReduceOp, EinsumOp, GatherOp, FillOp, ArangeOp, FromElementsOp, DimOp>(op))
        return false;
      if (isa<SliceOp, TransposeOp, ExpandDimsOp, DiagonalOp, BroadcastOp,
              ReshapeOp, CastShapeOp, EmptyOp, MaterializeOp>(op))
        return false;
      for (Region &region : op->getRegions())
        if (!converter.isLegal(&region))
          return false;
      return converter.isLegal(op);
    });
    if (failed(
            applyFullConversion(getOperation(), target, std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
