//===- Fortran.h - The Fortran module of a compiled library ---------------===//
#ifndef ARR_CODEGEN_FORTRAN_H
#define ARR_CODEGEN_FORTRAN_H

#include "compiler/CodeGen/Exports.h"

namespace arr {

/// The text of NAME.f90: a module with a subroutine for each function, generic
/// over its instances. Standard Fortran 2018, for any compiler.
std::string makeFortranModule(const ExportedModule &exports);

} // namespace arr

#endif // ARR_CODEGEN_FORTRAN_H
