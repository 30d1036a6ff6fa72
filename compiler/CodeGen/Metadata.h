//===- Metadata.h - The table of exported functions, in LLVM IR -----------===//
#ifndef ARR_CODEGEN_METADATA_H
#define ARR_CODEGEN_METADATA_H

#include "compiler/CodeGen/Exports.h"
#include "llvm/IR/Module.h"

namespace arr {

/// The name of the module's table: "distance_arr_module".
std::string getModuleTableName(const ExportedModule &exports);
/// The C name of an exported function: "distance_euclidean_f64", or without the
/// suffix where only one instance has the name.
std::string getCName(const ExportedModule &exports,
                     const ExportedFunction &function);

/// Adds the constant arr_module table (runtime/include/arr/module.h), which
/// refers to the entries, to the module; the table is visible from outside.
llvm::GlobalVariable *emitModuleTable(llvm::Module &module,
                                      const ExportedModule &exports);
/// What follows the C name of the function that Fortran calls.
inline constexpr char fortranSuffix[] = "_cfi";

/// Adds `int distance_euclidean(const arr_array *x, ..., arr_array *result)`
/// for each function, and `distance_euclidean_cfi`, which takes the array
/// descriptors of Fortran.
void emitWrappers(llvm::Module &module, const ExportedModule &exports,
                   llvm::GlobalVariable *table);
/// Adds `int main(int, char **)`, which runs the source's `main`, or, if one is
/// named, any exported function.
void emitMain(llvm::Module &module, llvm::GlobalVariable *table,
              llvm::StringRef runFunction = "");

} // namespace arr

#endif // ARR_CODEGEN_METADATA_H
