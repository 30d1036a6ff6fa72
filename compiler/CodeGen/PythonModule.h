//===- PythonModule.h - Modules that CPython imports ----------------------===//
#ifndef ARR_CODEGEN_PYTHONMODULE_H
#define ARR_CODEGEN_PYTHONMODULE_H

#include "compiler/CodeGen/Exports.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"

namespace arr {

/// The functions that share a name, in source order: one function in Python.
struct PythonFunction {
  llvm::StringRef name;
  llvm::SmallVector<const ExportedFunction *, 2> instances;
};
std::vector<PythonFunction> groupByName(const ExportedModule &exports);

/// The name of the function that CPython looks up: "PyInit_distance".
std::string getPythonInitName(llvm::StringRef importName);

/// Adds what runtime/include/arr/python.h describes: a function for each name,
/// the table of them, and the function that CPython calls to import the module.
void emitPythonModule(llvm::Module &module, const ExportedModule &exports,
                      llvm::GlobalVariable *table, llvm::StringRef importName);

/// The text of the module's .pyi file: its types for editors and type checkers.
std::string makePythonStub(const ExportedModule &exports);

} // namespace arr

#endif // ARR_CODEGEN_PYTHONMODULE_H
