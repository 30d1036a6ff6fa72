//===- Compilation.h - One source file through all stages -----------------===//
#ifndef ARR_DRIVER_COMPILATION_H
#define ARR_DRIVER_COMPILATION_H

#include "compiler/AST/AST.h"
#include "compiler/CodeGen/CodeGen.h"
#include "compiler/Driver/Installation.h"
#include "compiler/Driver/MLIRErrors.h"
#include "compiler/Driver/Options.h"
#include "compiler/Sema/Program.h"
#include "compiler/Support/Diagnostics.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/IR/LLVMContext.h"

namespace arr {

/// Each step needs the ones before it, and returns false when it has failed:
/// the diagnostics say why. Everything is printed by finish().
class Compilation {
public:
  Compilation(const Options &options, const Installation &installation);
  ~Compilation();

  /// A file of the language. Or, for work on the compiler, a .mlir file as
  /// --emit=mlir writes it: then lower() is the next step.
  bool parse();
  bool analyze();
  /// The module at the end of `phase`.
  bool lower(Phase phase);
  /// LLVM IR, optimised; `name` as for translate().
  bool generate(OutputKind kind, llvm::StringRef name = "");
  bool emitCode(llvm::CodeGenFileType type, llvm::SmallVectorImpl<char> &code);

  const ast::Module &getSyntax() const { return *syntax; }
  const typed::Program &getProgram() const { return *program; }
  mlir::ModuleOp getModule() { return *module; }
  llvm::Module &getLLVMModule() { return *llvmModule; }
  const ExportedModule &getExports() const { return exports; }

  /// Prints the diagnostics. The result is the exit status so far.
  ExitStatus finish(llvm::raw_ostream &errs);

private:
  bool prepareTarget();
  bool isMLIR() const { return llvm::StringRef(options.input).ends_with(".mlir"); }
  bool generateModule();
  bool fail(llvm::Error error);

  const Options &options;
  const Installation &installation;
  SourceManager sources;
  DiagnosticEngine diags{sources};
  std::unique_ptr<ast::Module> syntax;
  std::unique_ptr<typed::Program> program;
  mlir::MLIRContext context;
  std::unique_ptr<MLIRErrors> mlirErrors;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  ExportedModule exports;
  PipelineOptions pipelineOptions;
  std::unique_ptr<llvm::TargetMachine> machine;
  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> llvmModule;
  std::string failure; // without a position in the source
  std::string internalFailure;
};

} // namespace arr

#endif // ARR_DRIVER_COMPILATION_H
