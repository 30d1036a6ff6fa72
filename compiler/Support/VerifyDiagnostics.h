//===- VerifyDiagnostics.h - Check diagnostics against comments -*- C++ -*-===//
//
// Tests say in the source which diagnostics they expect, and where:
//
//   y = x + z   # expected-error:9 {{undefined name `z` [undefined-name]}}
//   # expected-warning@+1:5 {{...}}      one line below, column 5
//   # expected-note@3 {{...}}            line 3, any column
//
// `arrc check --verify-diagnostics FILE` ends with this instead of printing.
// test/README.md is the manual.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_SUPPORT_VERIFYDIAGNOSTICS_H
#define ARR_SUPPORT_VERIFYDIAGNOSTICS_H

#include "compiler/Support/Diagnostics.h"

namespace arr {

/// Compare what was reported with what the loaded files expect; describe the
/// differences on `os`. Every error and warning must be expected; notes and
/// hints need not be. Returns true if all is as expected.
bool verifyDiagnostics(llvm::raw_ostream &os, const DiagnosticEngine &diags);

} // namespace arr

#endif // ARR_SUPPORT_VERIFYDIAGNOSTICS_H
