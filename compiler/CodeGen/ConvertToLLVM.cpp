//===- ConvertToLLVM.cpp - The last upstream dialects -> llvm -------------===//
//
// On entry: functions with plain branches (scf is gone), scalars, vectors,
// memrefs, omp regions. Left at the end: the llvm dialect and omp operations.
// One conversion instead of one pass for each dialect: it is quicker, and no
// casts between converted and unconverted parts pile up.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/Passes.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ComplexToLLVM/ComplexToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/OpenMPToLLVM/ConvertOpenMPToLLVM.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Dialect/Vector/Transforms/VectorRewritePatterns.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace arr {
#define GEN_PASS_DEF_CONVERTTOLLVM
#include "compiler/CodeGen/Passes.h.inc"
} // namespace arr

using namespace mlir;

namespace {

/// Transcendental functions are called by name. As LLVM intrinsics, those with
/// some constant arguments would be rewritten (pow(2, x) to exp2(x)) from -O1
/// on only, and results would depend on the -O level.
LogicalResult callLibm(ModuleOp module) {
  ConversionTarget target(*module.getContext());
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  target.addIllegalOp<math::AcosOp, math::AcoshOp, math::AsinOp, math::AsinhOp,
                      math::Atan2Op, math::AtanOp, math::AtanhOp, math::CbrtOp,
                      math::CosOp, math::CoshOp, math::ErfOp, math::ErfcOp,
                      math::Exp2Op, math::ExpM1Op, math::ExpOp, math::Log10Op,
                      math::Log1pOp, math::Log2Op, math::LogOp, math::PowFOp,
                      math::SinOp, math::SinhOp, math::TanOp, math::TanhOp>();
  RewritePatternSet patterns(module.getContext());
  populateMathToLibmConversionPatterns(patterns);
  return applyPartialConversion(module, target, std::move(patterns));
}

/// Operations that LLVM has no instruction for are taken apart first.
LogicalResult expandOperations(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  arith::populateCeilFloorDivExpandOpsPatterns(patterns);
  vector::populateVectorMaskOpLoweringPatterns(patterns);
  vector::populateVectorMaskMaterializationPatterns(patterns, /*force32BitVectorIndices=*/false);
  vector::populateVectorShapeCastLoweringPatterns(patterns);
  vector::populateVectorInterleaveLoweringPatterns(patterns);
  vector::populateVectorTransposeLoweringPatterns(
      patterns, vector::VectorTransposeLowering::Shuffle1D);
  vector::populateVectorInsertExtractStridedSliceTransforms(patterns);
  vector::populateVectorStepLoweringPatterns(patterns);
  vector::populateVectorGatherLoweringPatterns(patterns);
  return applyPatternsGreedily(module, std::move(patterns));
}

struct ConvertToLLVMPass : arr::impl::ConvertToLLVMBase<ConvertToLLVMPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    MLIRContext *context = &getContext();
    if (failed(expandOperations(module)) || failed(callLibm(module)))
      return signalPassFailure();
    LowerToLLVMOptions options(context);
    // There is no malloc in generated code: memory comes from arr_alloc.
    options.allocLowering = LowerToLLVMOptions::AllocLowering::None;
    if (auto layout = module->getAttrOfType<StringAttr>(
            LLVM::LLVMDialect::getDataLayoutAttrName()))
      options.dataLayout = llvm::DataLayout(layout.getValue());
    LLVMTypeConverter converter(context, options);

    RewritePatternSet patterns(context);
    arith::populateArithToLLVMConversionPatterns(converter, patterns);
    populateComplexToLLVMConversionPatterns(converter, patterns);
    cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
    populateFuncToLLVMConversionPatterns(converter, patterns);
    populateFinalizeMemRefToLLVMConversionPatterns(converter, patterns);
    populateOpenMPToLLVMConversionPatterns(converter, patterns);
    ub::populateUBToLLVMConversionPatterns(converter, patterns);
    populateVectorToLLVMConversionPatterns(converter, patterns);
    // Instructions of the processor: sqrt, fma, floor, ...
    populateMathToLLVMConversionPatterns(converter, patterns,
                                         /*approximateLog1p=*/false);

    LLVMConversionTarget target(*context);
    target.addLegalOp<ModuleOp>();
    configureOpenMPToLLVMConversionLegality(target, converter);
    if (failed(applyFullConversion(module, target, std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
