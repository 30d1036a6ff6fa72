//===- CodeGen.h - From the llvm dialect to a machine's code --------------===//
//
// In: a module in the llvm dialect (and omp). Out: LLVM IR, assembly, an object.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CODEGEN_CODEGEN_H
#define ARR_CODEGEN_CODEGEN_H

#include "compiler/CodeGen/Exports.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace mlir {
class DialectRegistry;
}

namespace arr {

/// Who will call the code: decides which functions are visible from outside.
enum class OutputKind { Executable, Library, PythonModule };

/// The translations of the dialects that are left, for the registry.
void registerTranslations(mlir::DialectRegistry &registry);

/// Tells the module what it is compiled for; conversions to LLVM look it up.
void setTarget(mlir::ModuleOp module, const llvm::TargetMachine &machine);

/// Prepares the llvm dialect for line tables: of the ranges that operations come
/// from, the translation keeps only what is a plain position.
mlir::LogicalResult addDebugInfo(mlir::ModuleOp module);

/// Translates, and adds what callers need: the table of exports, the C functions
/// or `main`. `name` is, for an executable, the function to run instead of `main`
/// (see arr_run_function); for a Python module the name by which it is imported.
/// Null on an error, which was reported to the MLIR context.
std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module,
                                        llvm::LLVMContext &context,
                                        llvm::TargetMachine &machine,
                                        const ExportedModule &exports,
                                        OutputKind kind,
                                        llvm::StringRef name = "");

/// LLVM's optimisations for the level (0 to 3). None of them may change what a
/// floating-point operation gives: there are no fast-math flags.
void optimize(llvm::Module &module, llvm::TargetMachine &machine,
              unsigned level);

/// Writes an object file, or assembly.
llvm::Error emit(llvm::Module &module, llvm::TargetMachine &machine,
                 llvm::CodeGenFileType type, llvm::raw_pwrite_stream &os);

} // namespace arr

#endif // ARR_CODEGEN_CODEGEN_H
