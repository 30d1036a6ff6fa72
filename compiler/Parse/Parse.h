//===- Parse.h - From source text to a syntax tree --------------*- C++ -*-===//
//
// In: the text of a file. Out: an ast::Module, or diagnostics. This folder is
// the only one that knows ANTLR; nothing it throws leaves parseFile.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_PARSE_PARSE_H
#define ARR_PARSE_PARSE_H

#include "compiler/AST/AST.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Support/SourceManager.h"
#include <memory>

namespace arr {

/// Parse a loaded file. Returns null when the file has errors: they are in
/// `diags`, at most one for each mistake.
std::unique_ptr<ast::Module> parseFile(const SourceManager &sources,
                                       FileId file, DiagnosticEngine &diags);

} // namespace arr

#endif // ARR_PARSE_PARSE_H
