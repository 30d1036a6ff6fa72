//===- Header.h - The C header of a compiled library ----------------------===//
#ifndef ARR_CODEGEN_HEADER_H
#define ARR_CODEGEN_HEADER_H

#include "compiler/CodeGen/Exports.h"
#include <string>

namespace arr {

/// Declares the functions of emitWrappers; needs nothing but <stdint.h> and
/// <stddef.h>, since it contains the public part of the runtime's interface.
std::string makeHeader(const ExportedModule &exports);

} // namespace arr

#endif // ARR_CODEGEN_HEADER_H
