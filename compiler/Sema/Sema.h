//===- Sema.h - From syntax trees to a typed program ----------------------===//
//
// In: the syntax tree of one file. Out: a typed::Program with an instance of
// every exported function and of everything these call. Names, types, sizes,
// NumPy's rules of promotion and broadcasting: all are settled here, and every
// error in them is reported here. No MLIR.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_SEMA_H
#define ARR_SEMA_SEMA_H

#include "compiler/AST/AST.h"
#include "compiler/Sema/Program.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Support/SourceManager.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace arr {

/// How `import` finds and reads files. Sema does not depend on the parser: it
/// is handed in.
struct ModuleLoader {
  /// Returns null when the file has errors, which it has reported.
  std::function<std::unique_ptr<ast::Module>(FileId)> parse;
  /// Folders searched after the importing file's own: -I, in order.
  std::vector<std::string> importPaths;
  /// The standard library, searched last; also the home of the built-in
  /// functions that are written in the language.
  std::string stdlibPath;
};

/// Returns null when errors were reported.
std::unique_ptr<typed::Program> analyze(const ast::Module &module,
                                        SourceManager &sources,
                                        DiagnosticEngine &diags,
                                        const ModuleLoader &loader);

} // namespace arr

#endif // ARR_SEMA_SEMA_H
