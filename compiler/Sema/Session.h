//===- Session.h - What all functions of one compilation share
//-------------===//
//
// Modules and their names, function declarations, and the table of instances: a
// function is checked once for every combination of dtypes, ranks and
// compile-time arguments it is used with.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_SESSION_H
#define ARR_SEMA_SESSION_H

#include "compiler/Sema/Sema.h"
#include "compiler/Sema/SemaDiagnostics.h"
#include "compiler/Sema/Value.h"
#include "llvm/ADT/StringMap.h"

namespace arr::sema {

/// A name at the top level of a module.
struct Global {
  enum class Kind { Constant, Function, Module, NumPy, Imported };
  Kind kind = Kind::Constant;
  std::string name;
  SourceRange range;
  ModuleScope *module = nullptr;         // where it is defined; Module: itself
  const ast::Expr *value = nullptr;      // Constant
  const ast::Expr *annotation = nullptr; // Constant
  FunctionDecl *function = nullptr;
  Global *origin = nullptr; // Imported
  std::string text;         // NumPy: "np", "linalg"; Imported: name in NumPy
  bool isBeingEvaluated = false;
};

class ModuleScope {
public:
  std::string name; // "" for the file being compiled
  std::string path;
  const ast::Module *tree = nullptr;
  std::unique_ptr<ast::Module> owned;
  bool isLoading = true;
  bool isStdlib = false;
  bool failed = false;
  std::map<std::string, Global> globals;
  std::vector<std::unique_ptr<FunctionDecl>> functions;
};

/// What the annotation of a parameter says.
struct ParamSpec {
  enum class Kind { Unannotated, Scalar, Array, Text, Invalid };
  Kind kind = Kind::Unannotated;
  const ast::Param *node = nullptr;
  const Global *dtypeVar = nullptr; // or
  Type scalar;                      // its dtype (weak for int, float, ...)
  llvm::ArrayRef<const ast::Expr *> dims;
  std::optional<unsigned> ellipsis; // its position in dims
};

struct FunctionDecl {
  const ast::FunctionDef *node = nullptr;
  ModuleScope *module = nullptr;
  bool isResolved = false; // are the fields below known?
  bool isInvalid = false;  // an annotation has an error
  std::string externSymbol; // @extern: the C function that is called
  bool isTemplate = false; // has a parameter without annotation
  bool hasEllipsis = false;
  std::vector<ParamSpec> params;
  /// Dtype variables of the parameters, in the order in which they appear.
  std::vector<const Global *> dtypeVars;
  unsigned activeInstances = 0; // being checked right now: recursion
};

/// One typed::Function in the making.
struct Instance {
  const FunctionDecl *decl = nullptr; // null for lambdas
  std::unique_ptr<typed::Function> function;
  std::map<const Global *, DType> dtypes;
  std::vector<Instance *> callees;
  bool failed = false;
  /// How many axes `...` stands for.
  unsigned ellipsisRank = 0;
  /// Whether `result` may be used: declared, or the body has been checked.
  bool hasResult = false;
  /// What checking it reported; repeated to everybody who uses it.
  std::unique_ptr<DiagnosticEngine> diags;
};

class Session {
public:
  Session(SourceManager &sources, DiagnosticEngine &diags,
          const ModuleLoader &loader, typed::Program &program)
      : sources(sources), diags(&diags), loader(loader), program(program) {}

  SourceManager &sources;
  DiagnosticEngine *diags; // changes while something is checked on trial
  const ModuleLoader &loader;
  typed::Program &program;
  std::vector<std::unique_ptr<Instance>> instances;
  std::map<std::string, Instance *> instancesByKey;
  /// Instances whose body has been checked, callees before callers.
  std::vector<Instance *> finished;
  unsigned instanceDepth = 0;

  /// Collects the names of the main module; those of others when imported.
  ModuleScope *addMain(const ast::Module &tree);
  /// The module that a file's import means, loaded; null after an error.
  ModuleScope *import(llvm::StringRef name, const ModuleScope &importer,
                      SourceRange range);
  /// A module of the standard library that implements built-in functions.
  ModuleScope *stdlibModule(llvm::StringRef name);

  /// A new instance, to be found by `key`.
  Instance *addInstance(const std::string &key, const FunctionDecl *decl,
                        const ModuleScope &module, llvm::StringRef name);

  std::string uniqueSymbol(llvm::StringRef wanted);

private:
  ModuleScope *load(llvm::StringRef path, llvm::StringRef name,
                    SourceRange range);
  void collect(ModuleScope &module);
  void collectImport(ModuleScope &module, const ast::Import &import);
  void collectImportFrom(ModuleScope &module, const ast::ImportFrom &import);
  void define(ModuleScope &module, Global global);

  std::map<std::string, std::unique_ptr<ModuleScope>> modulesByPath;
  std::map<std::string, unsigned> usedSymbols;
};

/// Whether a module name is NumPy's (or the Python package's own).
bool isNumPyModule(llvm::StringRef name);

} // namespace arr::sema

#endif // ARR_SEMA_SESSION_H
