//===- Pipelines.cpp - The phases of the compiler, in order ---------------===//

#include "compiler/Pipelines/Pipelines.h"
#include "compiler/CodeGen/Passes.h"
#include "compiler/Conversion/Passes.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/Transforms/InlinerInterfaceImpl.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace arr {

StringRef getPhaseName(Phase phase) {
  static constexpr llvm::StringLiteral names[] = {
#define ARR_PHASE(NAME, OPTION, TEXT) OPTION,
#include "compiler/Pipelines/Phases.def"
  };
  return names[unsigned(phase)];
}

StringRef getPhaseText(Phase phase) {
  static constexpr llvm::StringLiteral texts[] = {
#define ARR_PHASE(NAME, OPTION, TEXT) TEXT,
#include "compiler/Pipelines/Phases.def"
  };
  return texts[unsigned(phase)];
}

std::optional<Phase> parsePhase(StringRef name) {
  for (unsigned i = 0; i < numPhases; ++i)
    if (getPhaseName(Phase(i)) == name)
      return Phase(i);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The phases
//===----------------------------------------------------------------------===//

static void buildSimplify(OpPassManager &passes,
                          const PipelineOptions &options) {
  passes.addPass(createInlineCalls());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  passes.addNestedPass<func::FuncOp>(createCountLoops());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  // Indices are now expressions of loop positions and sizes.
  ElideChecksOptions checks;
  checks.unsafe = options.isUnsafe;
  passes.addNestedPass<func::FuncOp>(createElideChecks(checks));
  passes.addNestedPass<func::FuncOp>(createVersionLoops());
  passes.addNestedPass<func::FuncOp>(createCheckPrange());
  // Temporaries of an iteration are values when its loop is raised.
  ForwardValuesOptions temporaries;
  temporaries.keepReads = true;
  passes.addNestedPass<func::FuncOp>(createForwardValues(temporaries));
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  RaiseLoopsOptions loops;
  loops.strict = options.fpMode == FPMode::Strict;
  passes.addNestedPass<func::FuncOp>(createRaiseLoops(loops));
  // Loops that cannot be raised as a whole get copies, and then another chance.
  passes.addNestedPass<func::FuncOp>(createPrivateCopies());
  passes.addNestedPass<func::FuncOp>(createRaiseLoops(loops));
  passes.addNestedPass<func::FuncOp>(createForwardValues());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
}

static void buildLinalg(OpPassManager &passes, const PipelineOptions &) {
  passes.addPass(createConvertArrToLinalg());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  passes.addNestedPass<func::FuncOp>(createFuseElementwise());
  passes.addPass(createCanonicalizerPass());
}

static void buildKernels(OpPassManager &passes, const PipelineOptions &) {
  passes.addPass(createCSEPass());
  passes.addNestedPass<func::FuncOp>(createFormKernels());
  passes.addPass(createCanonicalizerPass());
  // Equal views must be one value: PlaceValues compares them.
  passes.addPass(createCSEPass());
}

static void buildMemory(OpPassManager &passes, const PipelineOptions &) {
  passes.addNestedPass<func::FuncOp>(createPlaceValues());
  passes.addPass(createCanonicalizerPass());
  // Last: what follows must not move uses behind releases.
  passes.addNestedPass<func::FuncOp>(createInsertLifetimes());
}

static void buildLoops(OpPassManager &passes, const PipelineOptions &options) {
  bool contracts = options.hasFma && options.fpMode != FPMode::Strict;
  if (contracts)
    passes.addPass(createContractFma());
  // Kernels in the bodies of parallel loops are launched from there.
  passes.addPass(createPrangeToOpenMP());
  KernelToVectorOptions kernels;
  kernels.vectorBits = options.vectorBits;
  kernels.hasFma = contracts;
  passes.addPass(createKernelToVector(kernels));
  if (options.fpMode != FPMode::Strict)
    passes.addPass(createVectorMath());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
}

static void buildLLVM(OpPassManager &passes, const PipelineOptions &) {
  // First: it separates the names of functions from those of the runtime.
  passes.addPass(createEmitEntries());
  // Before scf is gone: a failed check becomes an scf.if.
  passes.addPass(createArrToRuntime());
  // Views become plain address computations, whose affine maps are expanded next.
  passes.addPass(memref::createExpandStridedMetadataPass());
  passes.addPass(createLowerAffinePass());
  passes.addPass(createSCFToControlFlowPass());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  passes.addPass(createConvertToLLVM());
  // The casts around memref descriptors now have the same type on both sides.
  passes.addPass(createReconcileUnrealizedCastsPass());
  passes.addPass(createRelaxAddressing());
}

void buildPhase(OpPassManager &passes, Phase phase,
                const PipelineOptions &options) {
  switch (phase) {
  case Phase::Arr:
    return;
  case Phase::Simplify:
    return buildSimplify(passes, options);
  case Phase::Linalg:
    return buildLinalg(passes, options);
  case Phase::Kernels:
    return buildKernels(passes, options);
  case Phase::Memory:
    return buildMemory(passes, options);
  case Phase::Loops:
    return buildLoops(passes, options);
  case Phase::LLVM:
    return buildLLVM(passes, options);
  }
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

void registerDialects(DialectRegistry &registry) {
  registry.insert<ArrDialect, affine::AffineDialect, arith::ArithDialect,
                  cf::ControlFlowDialect, complex::ComplexDialect,
                  func::FuncDialect, linalg::LinalgDialect, LLVM::LLVMDialect,
                  math::MathDialect, memref::MemRefDialect, omp::OpenMPDialect,
                  scf::SCFDialect, tensor::TensorDialect, ub::UBDialect,
                  vector::VectorDialect>();
  func::registerInlinerExtension(registry);
  LLVM::registerInlinerInterface(registry);
}

namespace {
/// The options of PipelineOptions on arr-opt's command line.
struct PhaseOptions : PassPipelineOptions<PhaseOptions> {
  Option<unsigned> vectorBits{*this, "vector-bits", llvm::cl::init(256),
                              llvm::cl::desc("Width of vector registers")};
  Option<bool> hasFma{*this, "fma", llvm::cl::init(true),
                      llvm::cl::desc("Fused multiply-adds exist")};
  Option<bool> isUnsafe{*this, "unsafe", llvm::cl::init(false),
                        llvm::cl::desc("Leave out run-time checks")};
  Option<bool> strict{*this, "strict", llvm::cl::init(false),
                      llvm::cl::desc("--fp=strict")};

  PipelineOptions get() const {
    PipelineOptions options;
    options.vectorBits = vectorBits;
    options.hasFma = hasFma;
    options.isUnsafe = isUnsafe;
    options.fpMode = strict ? FPMode::Strict : FPMode::Default;
    return options;
  }
};
} // namespace

void registerPassesAndPipelines() {
  registerArrTransformsPasses();
  registerArrConversionPasses();
  registerArrCodeGenPasses();
  for (unsigned i = 1; i < numPhases; ++i) {
    Phase phase = Phase(i);
    // The registry keeps the strings of the options' constructor alive.
    static std::string names[numPhases];
    names[i] = ("arr-phase-" + getPhaseName(phase)).str();
    PassPipelineRegistration<PhaseOptions>(
        names[i], getPhaseText(phase),
        [phase](OpPassManager &passes, const PhaseOptions &options) {
          buildPhase(passes, phase, options.get());
        });
  }
}

} // namespace arr
