//===- CodeGen.cpp - From the llvm dialect to a machine's code ------------===//

#include "compiler/CodeGen/CodeGen.h"
#include "compiler/CodeGen/Metadata.h"
#include "compiler/CodeGen/PythonModule.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/OpenMP/OpenMPToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/LoopRotation.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"

using namespace llvm;

namespace arr {

void registerTranslations(mlir::DialectRegistry &registry) {
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
  mlir::registerOpenMPDialectTranslation(registry);
}

void setTarget(mlir::ModuleOp module, const TargetMachine &machine) {
  mlir::Builder builder(module.getContext());
  module->setAttr(mlir::LLVM::LLVMDialect::getDataLayoutAttrName(),
                  builder.getStringAttr(
                      machine.createDataLayout().getStringRepresentation()));
  module->setAttr(mlir::LLVM::LLVMDialect::getTargetTripleAttrName(),
                  builder.getStringAttr(machine.getTargetTriple().str()));
}

/// Ranges become their first positions; inlined calls keep their chain.
static mlir::Location toPosition(mlir::Location loc) {
  if (auto range = mlir::dyn_cast<mlir::FileLineColRange>(loc))
    return mlir::FileLineColLoc::get(range.getFilename(), range.getStartLine(),
                                     range.getStartColumn());
  if (auto call = mlir::dyn_cast<mlir::CallSiteLoc>(loc))
    return mlir::CallSiteLoc::get(toPosition(call.getCallee()), toPosition(call.getCaller()));
  if (auto name = mlir::dyn_cast<mlir::NameLoc>(loc))
    return toPosition(name.getChildLoc());
  if (auto fused = mlir::dyn_cast<mlir::FusedLoc>(loc))
    return toPosition(fused.getLocations().front());
  return loc;
}

mlir::LogicalResult addDebugInfo(mlir::ModuleOp module) {
  module->walk([](mlir::Operation *op) { op->setLoc(toPosition(op->getLoc())); });
  mlir::PassManager passes(module.getContext());
  passes.addPass(mlir::LLVM::createDIScopeForLLVMFuncOpPass());
  return passes.run(module);
}

/// Everything but the interface is local to the module: unused functions go,
/// small ones are inlined, and two modules in one process never clash.
static void internalize(Module &module, const StringSet<> &interface) {
  for (GlobalObject &object : module.global_objects())
    if (!object.isDeclaration() && !interface.contains(object.getName()))
      object.setLinkage(object.hasPrivateLinkage()
                            ? GlobalValue::PrivateLinkage
                            : GlobalValue::InternalLinkage);
}

static void addTargetAttributes(Module &module, const TargetMachine &machine) {
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    // Errors leave compiled code by longjmp; nothing is ever unwound.
    function.setDoesNotThrow();
    function.addFnAttr("no-builtins");
  }
}

std::unique_ptr<Module> translate(mlir::ModuleOp mlirModule,
                                  LLVMContext &context, TargetMachine &machine,
                                  const ExportedModule &exports,
                                  OutputKind kind, StringRef name) {
  std::unique_ptr<Module> module =
      mlir::translateModuleToLLVMIR(mlirModule, context, exports.name);
  if (!module)
    return nullptr;
  module->setSourceFileName(exports.source);
  module->setTargetTriple(machine.getTargetTriple());
  module->setDataLayout(machine.createDataLayout());
  GlobalVariable *table = emitModuleTable(*module, exports);
  StringSet<> interface;
  if (kind == OutputKind::Executable) {
    emitMain(*module, table, name);
    interface.insert("main");
  } else {
    interface.insert(table->getName());
    emitWrappers(*module, exports, table);
    for (const ExportedFunction &function : exports.functions)
      for (const char *suffix : {"", fortranSuffix})
        interface.insert(getCName(exports, function) + suffix);
  }
  if (kind == OutputKind::PythonModule) {
    emitPythonModule(*module, exports, table, name);
    interface.insert(getPythonInitName(name));
  }
  internalize(*module, interface);
  addTargetAttributes(*module, machine);
  return module;
}

/// The function that a pass is about to work on, if it works on one.
static const Function *getFunction(const Any &unit) {
  if (const auto *function = any_cast<const Function *>(&unit))
    return *function;
  if (const auto *loop = any_cast<const Loop *>(&unit))
    return (*loop)->getHeader()->getParent();
  return nullptr;
}

/// Bodies of kernels are loops over vectors in their final form, made by
/// KernelToVector. They are cleaned up once; LLVM's own vectorisers and loop
/// transformations would only take time. Nothing is inlined into them.
static void cleanKernels(Module &module, FunctionAnalysisManager &analyses) {
  FunctionPassManager manager;
  manager.addPass(EarlyCSEPass(/*UseMemorySSA=*/true));
  manager.addPass(SimplifyCFGPass());
  manager.addPass(InstCombinePass());
  LoopPassManager loops;
  loops.addPass(LoopRotatePass());
  loops.addPass(LICMPass(LICMOptions()));
  manager.addPass(createFunctionToLoopPassAdaptor(std::move(loops),
                                                  /*UseMemorySSA=*/true));
  manager.addPass(EarlyCSEPass(/*UseMemorySSA=*/true));
  manager.addPass(InstCombinePass());
  manager.addPass(SimplifyCFGPass());
  for (Function &function : module)
    if (!function.isDeclaration() && function.hasFnAttribute("arr-kernel"))
      analyses.invalidate(function, manager.run(function, analyses));
}

namespace {
/// The analyses of one pipeline.
struct Analyses {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager callGraph;
  ModuleAnalysisManager modules;

  explicit Analyses(PassBuilder &passes) {
    passes.registerModuleAnalyses(modules);
    passes.registerCGSCCAnalyses(callGraph);
    passes.registerFunctionAnalyses(functions);
    passes.registerLoopAnalyses(loops);
    passes.crossRegisterProxies(loops, functions, callGraph, modules);
  }
};
} // namespace

void optimize(Module &module, TargetMachine &machine, unsigned level) {
  if (level > 0) {
    PassBuilder passes(&machine);
    Analyses analyses(passes);
    cleanKernels(module, analyses.functions);
  }
  PipelineTuningOptions tuning;
  tuning.LoopVectorization = level > 1;
  tuning.SLPVectorization = level > 1;
  PassInstrumentationCallbacks callbacks;
  callbacks.registerShouldRunOptionalPassCallback([](StringRef, Any unit) {
    const Function *function = getFunction(unit);
    return !function || !function->hasFnAttribute("arr-kernel");
  });
  PassBuilder passes(&machine, tuning, std::nullopt, &callbacks);
  Analyses analyses(passes);
  OptimizationLevel levels[] = {OptimizationLevel::O0, OptimizationLevel::O1,
                                OptimizationLevel::O2, OptimizationLevel::O3};
  ModulePassManager manager =
      level == 0 ? passes.buildO0DefaultPipeline(levels[0])
                 : passes.buildPerModuleDefaultPipeline(levels[level]);
  manager.run(module, analyses.modules);
}

Error emit(Module &module, TargetMachine &machine, CodeGenFileType type,
           raw_pwrite_stream &os) {
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, os, nullptr, type))
    return createStringError("LLVM cannot write this kind of file for `" +
                             machine.getTargetTriple().str() + "`");
  passes.run(module);
  return Error::success();
}

} // namespace arr
