//===- SemaDiagnostics.h - The registry of Sema's errors and warnings
//------===//
#ifndef ARR_SEMA_SEMADIAGNOSTICS_H
#define ARR_SEMA_SEMADIAGNOSTICS_H

#include "compiler/Support/Diagnostics.h"

namespace arr::diag {
#define ARR_DIAGNOSTIC_REGISTRY "compiler/Sema/SemaDiagnostics.def"
#include "compiler/Support/DeclareDiagnostics.inc"
} // namespace arr::diag

#endif // ARR_SEMA_SEMADIAGNOSTICS_H
