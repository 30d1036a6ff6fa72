//===- Parameters.cpp - Parameters and the sizes that they bind -----------===//
//
// The sizes in the parameters' annotations bind symbols: first those that stand
// alone (`n`), then those inside linear arithmetic (`m + 1`, `2 * m`), which
// are solved for; every other size is checked.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/NameUses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace arr;
using namespace arr::sema;

//===----------------------------------------------------------------------===//
// Sizes of parameters
//===----------------------------------------------------------------------===//

namespace {
/// Finds what the symbols in parameters' annotations are bound to.
class DimSolver {
public:
  DimSolver(Checker &checker) : checker(checker) {}

  void add(unsigned param, unsigned axis, const ast::Expr *expr) {
    sites.push_back({param, axis, expr, std::nullopt, false});
  }
  bool solve();
  /// Integer parameters that are named here become symbols.
  void bindScalars(const ast::Expr &expr);

private:
  struct Site {
    unsigned param, axis;
    const ast::Expr *expr; // null or a Slice: unnamed
    std::optional<Dim> dim;
    bool binds;
  };
  Dim bind(const std::string &name, const Site &site);
  bool bindPlain(Site &site);
  bool solveLinear(Site &site);
  std::set<std::string> unknownNames(const ast::Expr &expr);
  Dim evaluate(const Site &site);

  Checker &checker;
  std::vector<Site> sites;
  bool hasErrors = false;
};
} // namespace

Dim DimSolver::bind(const std::string &name, const Site &site) {
  typed::Function &function = checker.function();
  typed::Symbol symbol;
  symbol.name = name;
  symbol.kind = typed::Symbol::Kind::Bound;
  symbol.param = site.param;
  symbol.axis = site.axis;
  symbol.range =
      site.expr ? site.expr->range : function.params[site.param].var->range;
  function.symbols.push_back(symbol);
  return Dim::symbol(function.symbols.size() - 1);
}

static void nameSymbol(Checker &checker, const std::string &name,
                       const Dim &dim, SourceRange range) {
  checker.env[name] = {checker.dimValue(dim, range), range, std::nullopt};
}

/// `n` and `:` bind at once.
bool DimSolver::bindPlain(Site &site) {
  typed::Function &function = checker.function();
  if (!site.expr || llvm::isa<ast::Slice>(site.expr)) {
    const typed::Var &var = *function.params[site.param].var;
    site.dim =
        bind(var.name + ".shape[" + std::to_string(site.axis) + "]", site);
    site.binds = true;
    return true;
  }
  const auto *name = llvm::dyn_cast<ast::Name>(site.expr);
  if (!name || checker.env.count(name->id.str()) ||
      checker.module.globals.count(name->id.str()))
    return true;
  site.dim = bind(name->id.str(), site);
  site.binds = true;
  nameSymbol(checker, name->id.str(), *site.dim, site.expr->range);
  return true;
}

std::set<std::string> DimSolver::unknownNames(const ast::Expr &expr) {
  std::set<std::string> names, unknown;
  collectNames(expr, names);
  for (const std::string &name : names)
    if (!checker.env.count(name) && !checker.module.globals.count(name))
      unknown.insert(name);
  return unknown;
}

void DimSolver::bindScalars(const ast::Expr &expr) {
  std::set<std::string> names;
  collectNames(expr, names);
  for (const std::string &name : names) {
    auto it = checker.env.find(name);
    if (it == checker.env.end() || it->second.value.dim)
      continue;
    Value &value = it->second.value;
    auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(value.expr);
    if (!value.isInt() || !ref)
      continue;
    for (auto [i, param] : llvm::enumerate(checker.function().params))
      if (param.var == ref->var) {
        Site scalar{static_cast<unsigned>(i), 0, &expr, std::nullopt, true};
        value.dim = bind(name, scalar);
      }
  }
}

/// The value of a size over known symbols.
Dim DimSolver::evaluate(const Site &site) {
  bindScalars(*site.expr);
  Value value = checker.check(*site.expr);
  if (!value.dim) {
    hasErrors = true;
    if (!value.isInvalid())
      checker.report(site.expr->range, diag::NotASize);
  }
  return value.dim.value_or(Dim());
}

/// `scale * m + offset` with one unknown.
bool DimSolver::solveLinear(Site &site) {
  auto unknown = unknownNames(*site.expr);
  if (unknown.size() != 1)
    return false;
  const std::string &name = *unknown.begin();
  Dim symbol = bind(name, site);
  nameSymbol(checker, name, symbol, site.expr->range);
  Dim dim = evaluate(site);
  auto scale = dim.getTerms().find({*symbol.asSymbol()});
  if (scale != dim.getTerms().end()) {
    Dim rest = dim - Dim::constant(scale->second) * symbol;
    if (auto offset = rest.asConstant()) {
      typed::Symbol &entry = checker.function().symbols[*symbol.asSymbol()];
      entry.scale = scale->second;
      entry.offset = *offset;
      site.dim = dim;
      site.binds = true;
      return true;
    }
  }
  checker.env.erase(name);
  checker.function().symbols.pop_back();
  return false;
}

bool DimSolver::solve() {
  for (Site &site : sites)
    bindPlain(site);
  for (bool progress = true; progress && !hasErrors;) {
    progress = false;
    for (Site &site : sites)
      if (!site.dim && unknownNames(*site.expr).empty()) {
        site.dim = evaluate(site);
        progress = true;
      }
    for (Site &site : sites)
      if (!site.dim && solveLinear(site)) {
        progress = true;
        break;
      }
  }
  if (hasErrors)
    return false;
  bool allSolved = true;
  typed::Function &function = checker.function();
  for (Site &site : sites) {
    typed::Var &var = *function.params[site.param].var;
    if (!site.dim) {
      auto unknown = unknownNames(*site.expr);
      checker.report(site.expr->range, diag::UnsolvableSize, *unknown.begin())
          .help("use `{0}` by itself as a size of a parameter",
                *unknown.begin());
      allSolved = false;
      continue;
    }
    var.type.shape[site.axis] = *site.dim;
    if (!site.binds)
      function.dimChecks.push_back({site.param, site.axis, *site.dim});
  }
  return allSolved;
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

typed::Var *Checker::declareParam(llvm::StringRef name, const Type &type,
                                  SourceRange range) {
  typed::Param param;
  param.var = newVar(name, type, range);
  function().params.push_back(std::move(param));
  return function().params.back().var;
}

/// A parameter without annotation is what the argument is: values that run
/// become parameters of the instance, all else is known to it.
Value Checker::declareTemplateParam(llvm::StringRef name, const Value &arg,
                                    SourceRange range) {
  if (arg.isSequence()) {
    Value result = Value::of(arg.kind, range);
    for (auto [i, element] : llvm::enumerate(arg.elements))
      result.elements.push_back(declareTemplateParam(
          (name + "." + llvm::Twine(i)).str(), element, range));
    return result;
  }
  if (arg.kind == Value::Kind::Lambda || arg.kind == Value::Kind::Method) {
    Value result = arg;
    for (Value &element : result.elements)
      element = declareTemplateParam((name + ".self").str(), element, range);
    if (!arg.closure)
      return result;
    result.closure = std::make_shared<Closure>(*arg.closure);
    for (auto &[captured, value] : result.closure->captures)
      value = declareTemplateParam((name + "." + captured).str(), value, range);
    return result;
  }
  if (!arg.isRuntime() || (arg.constant && arg.isKnownArgument)) {
    Value known = arg;
    known.expr = nullptr;
    return known;
  }
  Type type = arg.type;
  typed::Var *var = declareParam(name, type, range);
  unsigned param = function().params.size() - 1;
  auto bindSize = [&](const Dim &dim, unsigned axis, const std::string &text) {
    auto [slot, isNew] = templateDims.try_emplace(dimKey(dim), Dim());
    if (isNew) {
      typed::Symbol symbol;
      symbol.name = text;
      symbol.kind = typed::Symbol::Kind::Bound;
      symbol.param = param;
      symbol.axis = axis;
      symbol.range = range;
      function().symbols.push_back(symbol);
      slot->second = Dim::symbol(function().symbols.size() - 1);
    }
    return slot->second;
  };
  for (unsigned axis = 0; axis < type.rank(); ++axis)
    if (const Dim &dim = arg.type.shape[axis]; !dim.asConstant())
      var->type.shape[axis] = bindSize(
          dim, axis, (name + ".shape[" + llvm::Twine(axis) + "]").str());
  Value value = varValue(var, range);
  if (arg.isInt() && arg.dim)
    value.dim =
        arg.dim->asConstant() ? arg.dim : bindSize(*arg.dim, 0, name.str());
  return value;
}

void Checker::declareDefault(const ParamSpec &spec, typed::Param &param) {
  const ast::Expr *expr = spec.node->defaultValue;
  if (!expr)
    return;
  Checker home(session, module, instance);
  Value value = home.check(*expr);
  param.defaultText = session.sources.text(expr->range).str();
  const Type &type = param.var->type;
  if (value.isText() && type.kind == TypeKind::Str) {
    param.defaultString = llvm::cast<typed::StrLiteral>(toExpr(value));
    return;
  }
  if (value.isScalar() && type.isScalar()) {
    bool fits = kindOrder(value.type.dtype) <= kindOrder(type.dtype);
    Value converted = convert(value, type, false);
    if (fits && converted.constant) {
      param.defaultNumber = literal(*converted.constant, type, expr->range);
      return;
    }
  }
  if (!value.isInvalid())
    report(expr->range, diag::DefaultMismatch, describe(value), text(type));
}

bool Checker::declareParams(const FunctionDecl &decl,
                            llvm::ArrayRef<Value> templateArgs) {
  DimSolver solver(*this);
  std::set<std::string> arrays;
  for (auto [i, spec] : llvm::enumerate(decl.params)) {
    SourceRange range = spec.node->nameRange;
    llvm::StringRef name = spec.node->name;
    DType dtype =
        spec.dtypeVar ? instance->dtypes[spec.dtypeVar] : spec.scalar.dtype;
    Value value;
    switch (spec.kind) {
    case ParamSpec::Kind::Unannotated:
      value = declareTemplateParam(name, templateArgs[i], range);
      break;
    case ParamSpec::Kind::Scalar:
      value = varValue(
          declareParam(name,
                       Type::scalar(dtype, !spec.dtypeVar && spec.scalar.weak),
                       range),
          range);
      break;
    case ParamSpec::Kind::Text:
      value = varValue(declareParam(name, Type::str(), range), range);
      break;
    case ParamSpec::Kind::Array: {
      unsigned param = function().params.size();
      std::vector<const ast::Expr *> dims;
      for (const ast::Expr *dim : spec.dims) {
        if (llvm::isa<ast::EllipsisLiteral>(dim))
          dims.insert(dims.end(), instance->ellipsisRank, nullptr);
        else
          dims.push_back(dim);
      }
      if (dims.size() > maxRank) {
        report(spec.node->range, diag::RankTooLarge, dims.size());
        return false;
      }
      typed::Var *var =
          declareParam(name, Type::array(dtype, DimList(dims.size())), range);
      arrays.insert(name.str());
      for (auto [axis, dim] : llvm::enumerate(dims))
        solver.add(param, axis, dim);
      typed::Param &entry = function().params.back();
      for (const ast::Expr *dim : dims)
        entry.dimTexts.push_back(dim ? session.sources.text(dim->range).str()
                                     : ":");
      entry.annotation = spelling(dtype).str() + "[" +
                         llvm::join(entry.dimTexts, ", ") +
                         (dims.empty() ? "()]" : "]");
      value = varValue(var, range);
      break;
    }
    case ParamSpec::Kind::Invalid:
      return false;
    }
    if (spec.kind == ParamSpec::Kind::Scalar ||
        spec.kind == ParamSpec::Kind::Text) {
      typed::Param &entry = function().params.back();
      entry.annotation = text(entry.var->type);
      declareDefault(spec, entry);
    } else if (spec.kind == ParamSpec::Kind::Array && spec.node->defaultValue) {
      unsupported(spec.node->defaultValue->range,
                  "a default value of an array parameter");
    }
    env[name.str()] = {value, range, std::nullopt};
  }
  if (!solver.solve())
    return false;
  if (decl.node->returns)
    solver.bindScalars(*decl.node->returns);
  // The arrays' types are known only now.
  for (const std::string &name : arrays) {
    auto *ref = llvm::cast<typed::VarRef>(env[name].value.expr);
    env[name].value = varValue(ref->var, env[name].assigned);
  }
  return true;
}
