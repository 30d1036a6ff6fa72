//===- Session.cpp - Modules, imports, and the whole analysis -------------===//
#include "compiler/Sema/Session.h"
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace arr;
using namespace arr::sema;

bool arr::sema::isNumPyModule(llvm::StringRef name) {
  return name == "numpy" || name == "arrlang";
}

//===----------------------------------------------------------------------===//
// Names of a module
//===----------------------------------------------------------------------===//

void Session::define(ModuleScope &module, Global global) {
  auto [it, isNew] = module.globals.try_emplace(global.name, global);
  if (isNew)
    return;
  Global &previous = it->second;
  bool isImport = global.kind != Global::Kind::Constant &&
                  global.kind != Global::Kind::Function;
  if (isImport && previous.kind == global.kind &&
      previous.module == global.module && previous.text == global.text &&
      previous.origin == global.origin)
    return; // the same import twice
  diags->report(global.range, diag::Redefinition, global.name)
      .note(previous.range, "`{0}` is first defined here", global.name);
}

void Session::collectImport(ModuleScope &module, const ast::Import &import) {
  for (const ast::ImportAlias &alias : import.names) {
    Global global;
    global.range = alias.range;
    global.name = (alias.asName.empty() ? alias.name : alias.asName).str();
    if (isNumPyModule(alias.name) || alias.name.starts_with("numpy.")) {
      global.kind = Global::Kind::NumPy;
      global.text = isNumPyModule(alias.name) || alias.asName.empty()
                        ? "np"
                        : alias.name.drop_front(6).str();
      if (alias.asName.empty())
        global.name = alias.name.split('.').first.str();
      define(module, std::move(global));
      continue;
    }
    global.kind = Global::Kind::Module;
    global.module = this->import(alias.name, module, alias.nameRange);
    if (global.module)
      define(module, std::move(global));
  }
}

void Session::collectImportFrom(ModuleScope &module,
                                const ast::ImportFrom &import) {
  ModuleScope *source = nullptr;
  if (!isNumPyModule(import.module)) {
    source = this->import(import.module, module, import.moduleRange);
    if (!source)
      return;
  }
  for (const ast::ImportAlias &alias : import.names) {
    Global global;
    global.kind = Global::Kind::Imported;
    global.range = alias.range;
    global.name = (alias.asName.empty() ? alias.name : alias.asName).str();
    global.module = source;
    if (!source) {
      global.text = alias.name.str();
      if (alias.name == "linalg" || alias.name == "fft" ||
          alias.name == "random")
        global.kind = Global::Kind::NumPy;
      else if (alias.name == "*")
        continue; // the built-ins are there without a prefix anyway
      define(module, std::move(global));
      continue;
    }
    auto it = source->globals.find(alias.name.str());
    if (it == source->globals.end()) {
      std::vector<llvm::StringRef> names;
      for (const auto &[name, entry] : source->globals)
        names.push_back(name);
      auto &diagnostic = diags->report(alias.nameRange, diag::NoSuchModuleName,
                                       import.module, alias.name);
      if (std::string near = nearestName(alias.name, names); !near.empty())
        diagnostic.help("did you mean `{0}`?", near);
      continue;
    }
    global.origin = &it->second;
    while (global.origin->kind == Global::Kind::Imported &&
           global.origin->origin)
      global.origin = global.origin->origin;
    define(module, std::move(global));
  }
}

void Session::collect(ModuleScope &module) {
  for (const ast::Stmt *stmt : module.tree->body) {
    if (const auto *import = llvm::dyn_cast<ast::Import>(stmt)) {
      collectImport(module, *import);
    } else if (const auto *from = llvm::dyn_cast<ast::ImportFrom>(stmt)) {
      collectImportFrom(module, *from);
    } else if (const auto *node = llvm::dyn_cast<ast::FunctionDef>(stmt)) {
      auto decl = std::make_unique<FunctionDecl>();
      decl->node = node;
      decl->module = &module;
      Global global;
      global.kind = Global::Kind::Function;
      global.name = node->name.str();
      global.range = node->nameRange;
      global.module = &module;
      global.function = decl.get();
      module.functions.push_back(std::move(decl));
      define(module, std::move(global));
    } else if (const auto *assign = llvm::dyn_cast<ast::Assign>(stmt)) {
      for (const ast::Expr *target : assign->targets) {
        const auto *name = llvm::dyn_cast<ast::Name>(target);
        if (!name) {
          diags->report(target->range, diag::ConstantTarget);
          continue;
        }
        Global global;
        global.name = name->id.str();
        global.range = name->range;
        global.module = &module;
        global.value = assign->value;
        define(module, std::move(global));
      }
    } else if (const auto *assign = llvm::dyn_cast<ast::AnnAssign>(stmt)) {
      const auto *name = llvm::dyn_cast<ast::Name>(assign->target);
      if (!name || !assign->value) {
        diags->report(assign->range, diag::ConstantTarget);
        continue;
      }
      Global global;
      global.name = name->id.str();
      global.range = name->range;
      global.module = &module;
      global.value = assign->value;
      global.annotation = assign->annotation;
      define(module, std::move(global));
    }
  }
  module.isLoading = false;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

ModuleScope *Session::addMain(const ast::Module &tree) {
  std::string path = sources.name(tree.file).str();
  llvm::SmallString<128> real;
  std::string key =
      llvm::sys::fs::real_path(path, real) ? path : real.str().str();
  auto module = std::make_unique<ModuleScope>();
  module->path = path;
  module->tree = &tree;
  ModuleScope *scope = module.get();
  modulesByPath[key] = std::move(module);
  collect(*scope);
  return scope;
}

ModuleScope *Session::load(llvm::StringRef path, llvm::StringRef name,
                           SourceRange range) {
  llvm::SmallString<128> real;
  std::string key =
      llvm::sys::fs::real_path(path, real) ? path.str() : real.str().str();
  if (auto it = modulesByPath.find(key); it != modulesByPath.end()) {
    ModuleScope *scope = it->second.get();
    if (scope->isLoading) {
      diags->report(range, diag::CircularImport, name)
          .help("move what both files need into a third");
      return nullptr;
    }
    return scope->failed ? nullptr : scope;
  }
  auto file = sources.loadFile(path);
  if (!file) {
    diags->report(range, diag::ModuleUnreadable, name,
                  llvm::toString(file.takeError()));
    return nullptr;
  }
  auto module = std::make_unique<ModuleScope>();
  ModuleScope *scope = module.get();
  scope->name = name.str();
  scope->path = path.str();
  modulesByPath[key] = std::move(module);
  scope->owned = loader.parse(*file);
  if (!scope->owned) {
    scope->failed = true;
    scope->isLoading = false;
    return nullptr;
  }
  scope->tree = scope->owned.get();
  collect(*scope);
  return scope;
}

ModuleScope *Session::import(llvm::StringRef name, const ModuleScope &importer,
                             SourceRange range) {
  // Dots are folders below a search path; empty parts would lead out of it.
  llvm::SmallVector<llvm::StringRef> parts;
  name.split(parts, '.');
  if (llvm::is_contained(parts, "")) {
    diags->report(range, diag::ModuleNotFound, name);
    return nullptr;
  }
  llvm::SmallVector<std::string> folders = {
      llvm::sys::path::parent_path(importer.path).str()};
  llvm::append_range(folders, loader.importPaths);
  folders.push_back(loader.stdlibPath);
  for (const std::string &folder : folders) {
    llvm::SmallString<128> path(folder);
    for (llvm::StringRef part : parts)
      llvm::sys::path::append(path, part);
    path += ".arr";
    if (!llvm::sys::fs::exists(path))
      continue;
    ModuleScope *module = load(path, name, range);
    if (module && &folder == &folders.back())
      module->isStdlib = true;
    return module;
  }
  auto &diagnostic = diags->report(range, diag::ModuleNotFound, name);
  if (name == "math" || name == "cmath" || name == "scipy")
    diagnostic.help("mathematical functions are in `numpy`");
  else
    diagnostic.help("`{0}.arr` is looked for beside this file, on the -I "
                    "paths, and in the standard library",
                    name);
  return nullptr;
}

ModuleScope *Session::stdlibModule(llvm::StringRef name) {
  llvm::SmallString<128> path(loader.stdlibPath);
  llvm::sys::path::append(path, name + ".arr");
  ModuleScope *module = load(path, name, SourceRange());
  if (module)
    module->isStdlib = true;
  return module;
}

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

std::string Session::uniqueSymbol(llvm::StringRef wanted) {
  unsigned &count = usedSymbols[wanted.str()];
  std::string symbol = wanted.str();
  if (count++)
    symbol = uniqueSymbol((wanted + "_" + llvm::Twine(count)).str());
  return symbol;
}

Instance *Session::addInstance(const std::string &key, const FunctionDecl *decl,
                               const ModuleScope &module,
                               llvm::StringRef name) {
  auto instance = std::make_unique<Instance>();
  instance->decl = decl;
  instance->function = std::make_unique<typed::Function>();
  instance->function->module = module.name;
  instance->diags = std::make_unique<DiagnosticEngine>(sources);
  std::string prefix = module.name.empty() ? "" : module.name + "_";
  llvm::replace(prefix, '.', '_');
  instance->function->symbol = uniqueSymbol(prefix + name.str());
  instances.push_back(std::move(instance));
  instancesByKey[key] = instances.back().get();
  return instances.back().get();
}

//===----------------------------------------------------------------------===//
// The whole analysis
//===----------------------------------------------------------------------===//

/// The stem of the file as a C identifier.
static std::string moduleNameOf(llvm::StringRef path) {
  std::string name = llvm::sys::path::stem(path).str();
  for (char &c : name)
    if (!llvm::isAlnum(c))
      c = '_';
  if (name.empty() || llvm::isDigit(name.front()))
    name.insert(name.begin(), '_');
  return name;
}

static void markReachable(Instance *instance, std::set<Instance *> &reached) {
  // Iterative: chains of calls may be long.
  std::vector<Instance *> work = {instance};
  while (!work.empty()) {
    Instance *next = work.back();
    work.pop_back();
    if (reached.insert(next).second)
      llvm::append_range(work, next->callees);
  }
}

std::unique_ptr<typed::Program> arr::analyze(const ast::Module &tree,
                                             SourceManager &sources,
                                             DiagnosticEngine &diags,
                                             const ModuleLoader &loader) {
  auto program = std::make_unique<typed::Program>();
  program->file = tree.file;
  program->moduleName = moduleNameOf(sources.name(tree.file));
  if (tree.docstring)
    program->doc = tree.docstring->value.str();
  Session session(sources, diags, loader, *program);
  ModuleScope *main = session.addMain(tree);
  // Stands in for the function while module-level things are evaluated.
  Instance scratch;
  scratch.function = std::make_unique<typed::Function>();
  Checker top(session, *main, &scratch);
  for (auto &[name, global] : main->globals)
    if (global.kind == Global::Kind::Constant)
      top.globalValue(global, global.range);
  // The names of functions are theirs; other instances get what is left.
  for (auto &decl : main->functions)
    top.instantiateExports(*decl);
  if (diags.hasErrors())
    return nullptr;
  std::set<Instance *> reached;
  for (auto &instance : session.instances)
    if (instance->function->isExported)
      markReachable(instance.get(), reached);
  for (Instance *instance : session.finished)
    if (reached.count(instance))
      program->functions.push_back(std::move(instance->function));
  return program;
}
