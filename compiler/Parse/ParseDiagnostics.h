//===- ParseDiagnostics.h - Kinds of diagnostics of the parser --*- C++ -*-===//

#ifndef ARR_PARSE_PARSEDIAGNOSTICS_H
#define ARR_PARSE_PARSEDIAGNOSTICS_H

#include "compiler/Support/Diagnostics.h"

namespace arr::diag {
#define ARR_DIAGNOSTIC_REGISTRY "compiler/Parse/ParseDiagnostics.def"
#include "compiler/Support/DeclareDiagnostics.inc"
} // namespace arr::diag

#endif // ARR_PARSE_PARSEDIAGNOSTICS_H
