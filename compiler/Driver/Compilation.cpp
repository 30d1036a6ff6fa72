//===- Compilation.cpp - One source file through all stages ---------------===//

#include "compiler/Driver/Compilation.h"
#include "compiler/CodeGen/Target.h"
#include "compiler/MLIRGen/MLIRGen.h"
#include "compiler/Parse/Parse.h"
#include "compiler/Sema/Sema.h"
#include "compiler/Support/VerifyDiagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace arr {

static DialectRegistry makeRegistry() {
  DialectRegistry registry;
  registerDialects(registry);
  registerTranslations(registry);
  return registry;
}

Compilation::Compilation(const Options &options, const Installation &installation)
    : options(options), installation(installation),
      // Modules are small: starting threads would cost more than it brings.
      context(makeRegistry(), MLIRContext::Threading::DISABLED),
      mlirErrors(std::make_unique<MLIRErrors>(context, sources, diags)) {}

Compilation::~Compilation() = default;

bool Compilation::fail(llvm::Error error) {
  failure = llvm::toString(std::move(error));
  return false;
}

bool Compilation::parse() {
  llvm::Expected<FileId> file = sources.loadFile(options.input);
  if (!file)
    return fail(file.takeError());
  if (isMLIR()) {
    context.loadAllAvailableDialects();
    ParserConfig config(&context);
    module = parseSourceString<ModuleOp>(sources.text(*file), config, options.input);
    if (!module)
      internalFailure = "the module could not be read";
    return bool(module);
  }
  syntax = parseFile(sources, *file, diags);
  return syntax != nullptr;
}

bool Compilation::analyze() {
  if (module)
    return true;
  ModuleLoader loader;
  loader.parse = [this](FileId file) { return parseFile(sources, file, diags); };
  loader.importPaths = options.importPaths;
  loader.stdlibPath = installation.stdlib;
  program = arr::analyze(*syntax, sources, diags, loader);
  if (!program && !diags.hasErrors())
    internalFailure = "the program was rejected without a reason";
  return program && !diags.hasErrors();
}

bool Compilation::prepareTarget() {
  TargetSpec spec;
  spec.march = options.march;
  spec.optLevel = options.optLevel;
  auto created = createTargetMachine(spec);
  if (!created)
    return fail(created.takeError());
  machine = std::move(*created);
  pipelineOptions.vectorBits = getVectorBits(*machine);
  pipelineOptions.hasFma = hasFma(*machine);
  pipelineOptions.fpMode = options.fpMode;
  pipelineOptions.isUnsafe = options.isUnsafe;
  pipelineOptions.optLevel = options.optLevel;
  return true;
}

bool Compilation::generateModule() {
  context.loadAllAvailableDialects();
  module = arr::generate(context, *program, sources);
  if (!module && !diags.hasErrors())
    internalFailure = "the program could not be translated";
  return bool(module);
}

bool Compilation::lower(Phase last) {
  if (!prepareTarget() || (!module && !generateModule()))
    return false;
  setTarget(*module, *machine);
  exports = readExports(*module);
  PassManager passes(&context, ModuleOp::getOperationName());
  passes.enableVerifier(options.verifyEach);
  if (options.timing)
    passes.enableTiming();
  if (!options.printAfter.empty())
    passes.enableIRPrinting(
        [](Pass *, Operation *) { return false; },
        [&](Pass *pass, Operation *) { return pass->getArgument() == options.printAfter; });
  for (unsigned phase = unsigned(options.from) + 1; phase <= unsigned(last); ++phase)
    buildPhase(passes, Phase(phase), pipelineOptions);
  bool done = succeeded(passes.run(*module)) &&
              (last != Phase::LLVM || !options.debugInfo ||
               succeeded(addDebugInfo(*module)));
  if (!done) {
    if (!diags.hasErrors())
      internalFailure = "a pass failed";
    return false;
  }
  return !diags.hasErrors();
}

bool Compilation::generate(OutputKind kind, StringRef name) {
  llvmModule = translate(*module, llvmContext, *machine, exports, kind, name);
  if (!llvmModule) {
    internalFailure = "the translation to LLVM IR failed";
    return false;
  }
  optimize(*llvmModule, *machine, options.optLevel);
  return true;
}

bool Compilation::emitCode(llvm::CodeGenFileType type,
                           llvm::SmallVectorImpl<char> &code) {
  llvm::raw_svector_ostream os(code);
  if (llvm::Error error = emit(*llvmModule, *machine, type, os))
    return fail(std::move(error));
  return true;
}

ExitStatus Compilation::finish(llvm::raw_ostream &errs) {
  if (options.verifyDiagnostics && failure.empty() && internalFailure.empty())
    return verifyDiagnostics(errs, diags) ? ExitDone : ExitFailed;
  diags.print(errs);
  if (!failure.empty()) {
    errs << "arrc: error: ";
    printEscaped(errs, failure);
    errs << '\n';
    return ExitFailed;
  }
  if (diags.hasErrors())
    return ExitFailed;
  if (!internalFailure.empty()) {
    if (!mlirErrors->printInternalError(errs, internalFailure))
      printInternalError(errs, "", internalFailure);
    return ExitFailed;
  }
  return ExitDone;
}

} // namespace arr
