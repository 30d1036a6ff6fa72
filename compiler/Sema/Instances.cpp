//===- Instances.cpp - Calls of functions and their instances -------------===//
//
// A call picks the instance for its dtypes, ranks and compile-time arguments,
// making it if it is the first to ask. Sizes do not select instances, except
// that a template knows which sizes of its arguments are constants or equal.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/NameUses.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

/// Deeper chains of instances are endless ones.
static constexpr unsigned maxInstanceDepth = 100;
/// Arguments that need more text to describe grow without end.
static constexpr size_t maxKeySize = 1 << 16;

/// Of a long chain of uses, the innermost are shown.
static constexpr size_t maxUseNotes = 4;

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

bool Checker::matchArguments(llvm::StringRef name,
                             llvm::ArrayRef<ast::Param> params, Arguments &args,
                             SourceRange range, ValueList &matched) {
  matched.assign(params.size(), Value());
  size_t positional = llvm::count_if(params, [](const ast::Param &param) {
    return param.kind != ast::ParamKind::KeywordOnly;
  });
  if (args.positional.size() > positional) {
    report(args.positional[positional].range, diag::TooManyArguments, name,
           positional, args.positional.size());
    return false;
  }
  llvm::copy(args.positional, matched.begin());
  for (const Arguments::Keyword &keyword : args.keywords) {
    auto param = llvm::find_if(params, [&](const ast::Param &candidate) {
      return candidate.name == keyword.name &&
             candidate.kind != ast::ParamKind::PositionalOnly;
    });
    if (param == params.end()) {
      auto &diagnostic =
          report(keyword.range, diag::UnknownKeyword, name, keyword.name);
      std::vector<llvm::StringRef> names;
      for (const ast::Param &candidate : params)
        names.push_back(candidate.name);
      if (std::string near = nearestName(keyword.name, names); !near.empty())
        diagnostic.help("did you mean `{0}`?", near);
      return false;
    }
    Value &slot = matched[param - params.begin()];
    if (!slot.isMissing()) {
      report(keyword.range, diag::DuplicateArgument, name, keyword.name);
      return false;
    }
    slot = keyword.value;
  }
  for (auto [param, value] : llvm::zip(params, matched))
    if (value.isMissing() && !param.defaultValue) {
      report(range, diag::MissingArgument, name, param.name)
          .note(param.range, "`{0}` has no default value", param.name);
      return false;
    }
  return true;
}

std::map<std::string, Value> Checker::capturesOf(const Closure &closure) {
  if (closure.isCaptured)
    return closure.captures;
  std::set<std::string> names;
  collectNames(*closure.node, names);
  std::map<std::string, Value> captured;
  for (const std::string &name : names)
    if (auto it = env.find(name); it != env.end()) {
      if (auto value = lookup(name, closure.node->range))
        captured[name] = *value;
    } else if (captures) {
      if (auto outer = captures->find(name); outer != captures->end())
        captured[name] = outer->second;
    }
  return captured;
}

namespace {
/// Describes template arguments: the key of the instance they select, and the
/// values that are passed when it runs.
class ArgumentKey {
public:
  ArgumentKey(Checker &checker, bool specialise)
      : checker(checker), specialise(specialise) {}

  /// Also marks the constants that the key includes, and fixes what lambdas
  /// capture.
  void add(Value &value);
  std::string key;
  ValueList passed;

private:
  void addType(const Value &value);
  void addPointer(const void *pointer) {
    key += std::to_string(reinterpret_cast<uintptr_t>(pointer)) + ";";
  }

  Checker &checker;
  bool specialise;
  std::map<std::string, unsigned> dims;
};
} // namespace

void ArgumentKey::addType(const Value &value) {
  key += std::to_string(static_cast<int>(value.type.kind));
  key += spelling(value.type.dtype).str() + (value.type.weak ? "w" : "");
  for (const Dim &dim : value.type.shape) {
    auto number = dim.asConstant();
    unsigned index = dims.try_emplace(dimKey(dim), dims.size()).first->second;
    key +=
        number ? "," + std::to_string(*number) : ",#" + std::to_string(index);
  }
  key += ";";
}

void ArgumentKey::add(Value &value) {
  // The tuple that a call returned is passed by its members.
  if (value.isRuntime() && value.type.isTuple())
    value = Value::tuple(*checker.unpack(value, value.range), value.range);
  key += std::to_string(static_cast<int>(value.kind)) + ":";
  switch (value.kind) {
  case Value::Kind::Runtime:
    addType(value);
    value.isKnownArgument = specialise && value.constant.has_value();
    if (value.isKnownArgument)
      key += value.constant->str() + ";";
    else
      passed.push_back(value);
    return;
  case Value::Kind::Tuple:
  case Value::Kind::List:
    key += std::to_string(value.elements.size()) + "(";
    for (Value &element : value.elements)
      add(element);
    key += ")";
    return;
  case Value::Kind::Text:
    key += std::to_string(value.text.size()) + value.text + ";";
    return;
  case Value::Kind::DType:
    addType(value);
    return;
  case Value::Kind::Function:
    return addPointer(value.function);
  case Value::Kind::Builtin:
    return addPointer(value.builtin);
  case Value::Kind::Method:
    addPointer(value.builtin);
    addPointer(value.function);
    for (Value &element : value.elements)
      add(element);
    return;
  case Value::Kind::Lambda: {
    auto captured = std::make_shared<Closure>(*value.closure);
    captured->captures = checker.capturesOf(*value.closure);
    captured->isCaptured = true;
    addPointer(captured->node);
    for (auto &[name, capture] : captured->captures) {
      key += name + "=";
      add(capture);
    }
    value.closure = captured;
    return;
  }
  case Value::Kind::Module:
    return addPointer(value.module);
  case Value::Kind::NumPy:
    key += value.text + ";";
    return;
  default:
    key += ";";
    return;
  }
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

Value Checker::makeCall(Instance &callee, llvm::ArrayRef<Value> args,
                        SourceRange range) {
  typed::Function &target = *callee.function;
  for (Diagnostic diagnostic : callee.diags->diagnostics()) {
    // An error in a template may well be its caller's.
    bool isTemplate = !callee.decl || callee.decl->isTemplate;
    if (isTemplate && diagnostic.severity() == Severity::Error &&
        diagnostic.remarks.size() < maxUseNotes)
      diagnostic.note(range, "in this use of `{0}`", target.name);
    session.diags->replay(diagnostic);
  }
  if (callee.failed)
    return Value::invalid();
  if (!callee.hasResult) {
    report(range, diag::RecursionNeedsResult, target.name)
        .note(target.nameRange, "write the type after `->`");
    return Value::invalid();
  }
  instance->callees.push_back(&callee);
  // The callee's sizes in terms of the caller's.
  std::map<SymbolId, Dim> known;
  std::function<Dim(SymbolId)> translate = [&](SymbolId id) -> Dim {
    if (auto it = known.find(id); it != known.end())
      return it->second;
    const typed::Symbol symbol = target.symbols[id];
    Dim dim;
    bool isFresh = false;
    if (symbol.kind == typed::Symbol::Kind::Bound) {
      const Value &arg = args[symbol.param];
      if (arg.isArray()) {
        auto solved =
            (arg.type.shape[symbol.axis] - Dim::constant(symbol.offset))
                .divideExactly(symbol.scale);
        isFresh = !solved;
        dim = solved.value_or(Dim());
      } else {
        dim = dimOf(arg);
      }
    } else if (symbol.kind == typed::Symbol::Kind::FloorDiv) {
      dim = floorDivDim(symbol.dividend.substitute(translate),
                        symbol.divisor.substitute(translate), range);
    } else {
      isFresh = true;
    }
    if (isFresh)
      dim = freshDim(range);
    known[id] = dim;
    return dim;
  };
  for (const typed::DimCheck &check : target.dimChecks) {
    const Value &arg = args[check.param];
    Dim expected = check.expected.substitute(translate);
    const Dim &actual = arg.type.shape[check.axis];
    if (!isProvablyDifferent(expected, actual))
      continue;
    auto names = target.symbolNames();
    auto &diagnostic =
        report(arg.range, diag::ArgumentSizeMismatch,
               target.params[check.param].var->name, text(actual), check.axis,
               check.expected.str(names), text(expected));
    check.expected.anySymbol([&](SymbolId id) {
      const typed::Symbol &symbol = target.symbols[id];
      if (symbol.kind == typed::Symbol::Kind::Bound)
        diagnostic.note(args[symbol.param].range, "`{0}` is {1} here",
                        symbol.name, text(known[id]));
      return false;
    });
    return Value::invalid();
  }
  std::function<Type(const Type &)> translateType = [&](const Type &type) {
    Type result = type;
    for (Dim &dim : result.shape)
      dim = dim.substitute(translate);
    for (Type &element : result.elements)
      element = translateType(element);
    return result;
  };
  auto *node = make<typed::Call>(translateType(target.result), range);
  node->callee = &target;
  for (const Value &arg : args)
    node->arguments.push_back(toExpr(arg));
  return Value::runtime(node);
}

/// Checks the body of a new instance, with diagnostics of its own.
static void checkInstance(Checker &caller, Instance &callee, SourceRange range,
                          llvm::function_ref<void()> body) {
  Session &session = caller.session;
  DiagnosticEngine *outer = session.diags;
  callee.diags = std::make_unique<DiagnosticEngine>(session.sources);
  session.diags = callee.diags.get();
  if (++session.instanceDepth > maxInstanceDepth)
    session.diags->report(range, diag::InstancesTooDeep, callee.function->name);
  else
    body();
  --session.instanceDepth;
  session.diags = outer;
  callee.failed = callee.diags->hasErrors();
  session.finished.push_back(&callee);
}

/// Makes and checks the instance for `key` if it is not there yet.
static Instance *
instanceOf(Checker &caller, const FunctionDecl &decl, const std::string &key,
           const std::map<const Global *, DType> &dtypes, unsigned ellipsisRank,
           llvm::ArrayRef<Value> templateArgs, SourceRange range) {
  Session &session = caller.session;
  if (auto it = session.instancesByKey.find(key);
      it != session.instancesByKey.end())
    return it->second;
  if (key.size() > maxKeySize) {
    caller.report(range, diag::InstancesTooDeep, decl.node->name);
    return nullptr;
  }
  std::string name = decl.node->name.str();
  for (const Global *var : decl.dtypeVars)
    name += "_" + spelling(dtypes.at(var)).str();
  if (decl.hasEllipsis)
    name += "_r" + std::to_string(ellipsisRank);
  Instance *callee = session.addInstance(key, &decl, *decl.module, name);
  callee->function->name = decl.node->name.str();
  callee->dtypes = dtypes;
  callee->ellipsisRank = ellipsisRank;
  checkInstance(caller, *callee, range, [&] {
    typed::Function &function = *callee->function;
    const ast::FunctionDef &node = *decl.node;
    function.range = node.range;
    function.nameRange = node.nameRange;
    if (node.docstring)
      function.doc = node.docstring->value.str();
    auto &active = const_cast<FunctionDecl &>(decl).activeInstances;
    ++active;
    Checker body(session, *decl.module, callee);
    body.block = &function.body;
    if (body.declareParams(decl, templateArgs))
      body.checkBody(decl);
    --active;
  });
  return callee;
}

/// Finds the dtype of each dtype variable from the arguments: arrays decide
/// first, then NumPy scalars, then Python scalars.
static bool bindDTypeVars(Checker &checker, const FunctionDecl &decl,
                          llvm::ArrayRef<Value> args,
                          std::map<const Global *, DType> &dtypes) {
  auto members = [&](const Global *var) {
    Checker home(checker.session, *var->module, checker.instance);
    return home.check(*var->value).dtypes;
  };
  for (int round = 0; round < 3; ++round)
    for (auto [spec, arg] : llvm::zip(decl.params, args)) {
      if (!spec.dtypeVar || !arg.isNumeric())
        continue;
      int strength = arg.isArray() ? 0 : arg.type.weak ? 2 : 1;
      if (strength != round || dtypes.count(spec.dtypeVar))
        continue;
      auto allowed = members(spec.dtypeVar);
      if (llvm::is_contained(allowed, arg.type.dtype)) {
        dtypes[spec.dtypeVar] = arg.type.dtype;
        continue;
      }
      auto fit =
          llvm::find_if(allowed, [&, from = arg.type.dtype](DType candidate) {
            return strength == 2 && kindOrder(candidate) >= kindOrder(from);
          });
      if (fit == allowed.end()) {
        std::string list;
        for (DType dtype : allowed)
          list += (list.empty() ? "`" : ", `") + spelling(dtype).str() + "`";
        checker
            .report(arg.range, diag::NoInstanceForDtype, decl.node->name,
                    spec.node->name, spelling(arg.type.dtype))
            .note(spec.node->range, "`{0}` is one of {1}", spec.dtypeVar->name,
                  list);
        return false;
      }
      dtypes[spec.dtypeVar] = *fit;
    }
  return true;
}

/// Converts a scalar argument, checks the dtype and rank of an array.
static bool conformArgument(Checker &checker, const ParamSpec &spec,
                            const std::map<const Global *, DType> &dtypes,
                            unsigned &ellipsisRank, bool &hasEllipsisRank,
                            Value &arg) {
  auto mismatch = [&](llvm::StringRef expected) -> Diagnostic & {
    return checker
        .report(arg.range, diag::ArgumentTypeMismatch, spec.node->name,
                expected, checker.describe(arg))
        .note(spec.node->range, "`{0}` is declared here", spec.node->name);
  };
  if (spec.kind == ParamSpec::Kind::Text) {
    if (arg.isText() || (arg.isRuntime() && arg.type.kind == TypeKind::Str))
      return true;
    mismatch("str");
    return false;
  }
  if (spec.kind == ParamSpec::Kind::Unannotated)
    return true;
  DType dtype = spec.dtypeVar ? dtypes.at(spec.dtypeVar) : spec.scalar.dtype;
  Type scalar = Type::scalar(dtype, !spec.dtypeVar && spec.scalar.weak);
  if (spec.kind == ParamSpec::Kind::Scalar) {
    bool fits = arg.isScalar();
    if (fits)
      fits = arg.type.weak || scalar.weak
                 ? kindOrder(arg.type.dtype) <= kindOrder(dtype)
                 : canCastSafely(arg.type.dtype, dtype);
    if (!fits) {
      mismatch(checker.text(scalar));
      return false;
    }
    std::optional<Dim> dim = arg.dim;
    arg = checker.convert(arg, scalar, false);
    if (arg.isInt())
      arg.dim = dim;
    return !arg.isInvalid();
  }
  unsigned fixed = spec.dims.size() - (spec.ellipsis ? 1 : 0);
  std::string expected = spelling(dtype).str() + " array of rank " +
                         std::to_string(fixed) +
                         (spec.ellipsis ? " or more" : "");
  if (!arg.isArray() || arg.type.dtype != dtype) {
    auto &diagnostic = mismatch(expected);
    if (arg.isArray())
      diagnostic.help("convert with `.astype({0})`", spelling(dtype));
    return false;
  }
  if (spec.ellipsis ? arg.type.rank() < fixed : arg.type.rank() != fixed) {
    mismatch(expected);
    return false;
  }
  if (spec.ellipsis) {
    unsigned rank = arg.type.rank() - fixed;
    if (hasEllipsisRank && rank != ellipsisRank) {
      mismatch("array with the rank of the others");
      return false;
    }
    ellipsisRank = rank;
    hasEllipsisRank = true;
  }
  return true;
}

Value Checker::callFunction(const Value &callee, Arguments &args,
                            SourceRange range) {
  auto &decl = const_cast<FunctionDecl &>(*callee.function);
  Checker home(session, *decl.module, instance);
  if (!home.resolveSignature(decl))
    return Value::invalid();
  ValueList matched;
  if (!matchArguments(decl.node->name, decl.node->params, args, range, matched))
    return Value::invalid();
  for (auto [param, value] : llvm::zip(decl.node->params, matched))
    if (value.isMissing()) {
      value = home.check(*param.defaultValue);
      if (value.isInvalid())
        return value;
    }
  std::map<const Global *, DType> dtypes;
  if (!bindDTypeVars(*this, decl, matched, dtypes))
    return Value::invalid();
  for (const ParamSpec &spec : decl.params)
    if (spec.dtypeVar && !dtypes.count(spec.dtypeVar))
      dtypes[spec.dtypeVar] = DType::F64; // the argument is reported below
  unsigned ellipsisRank = 0;
  bool hasEllipsisRank = false;
  for (auto [spec, arg] : llvm::zip(decl.params, matched))
    if (!conformArgument(*this, spec, dtypes, ellipsisRank, hasEllipsisRank,
                         arg))
      return Value::invalid();
  // In a recursive template, numbers are passed at run time: `fib(n - 1)` is
  // not an instance for each n.
  ArgumentKey key(*this, /*specialise=*/decl.activeInstances == 0);
  key.key = std::to_string(reinterpret_cast<uintptr_t>(&decl)) + ":";
  for (const auto &[var, dtype] : dtypes)
    key.key += spelling(dtype).str() + ",";
  key.key += std::to_string(ellipsisRank) + ":";
  for (auto [spec, arg] : llvm::zip(decl.params, matched)) {
    if (spec.kind == ParamSpec::Kind::Unannotated)
      key.add(arg);
    else
      key.passed.push_back(arg);
  }
  Instance *target =
      instanceOf(*this, decl, key.key, dtypes, ellipsisRank, matched, range);
  return target ? makeCall(*target, key.passed, range) : Value::invalid();
}

Value Checker::callLambda(const Value &callee, Arguments &args,
                          SourceRange range) {
  const ast::Lambda &node = *callee.closure->node;
  ValueList matched;
  if (!matchArguments("lambda", node.params, args, range, matched))
    return Value::invalid();
  ArgumentKey key(*this, /*specialise=*/true);
  key.key = "lambda:";
  Value self = callee;
  key.add(self);
  for (auto [param, value] : llvm::zip(node.params, matched)) {
    if (value.isMissing()) {
      value = check(*param.defaultValue);
      if (value.isInvalid())
        return value;
    }
    key.add(value);
  }
  Instance *target = nullptr;
  if (auto it = session.instancesByKey.find(key.key);
      it != session.instancesByKey.end()) {
    target = it->second;
  } else {
    target =
        session.addInstance(key.key, nullptr, *self.closure->module, "lambda");
    checkInstance(*this, *target, range, [&] {
      typed::Function &function = *target->function;
      function.name = "lambda";
      function.range = function.nameRange = node.range;
      Checker body(session, *self.closure->module, target);
      body.block = &function.body;
      Value inner = body.declareTemplateParam("lambda", self, node.range);
      body.captures = &inner.closure->captures;
      for (auto [param, value] : llvm::zip(node.params, matched))
        body.env[param.name.str()] = {
            body.declareTemplateParam(param.name, value, param.nameRange),
            param.nameRange, std::nullopt};
      Value result = body.check(*node.body);
      auto *node = session.program.create<typed::Return>();
      if (result.isRuntime() && result.type.kind == TypeKind::None) {
        body.emitExpr(result, result.range);
        result = Value::of(Value::Kind::None, result.range);
      }
      body.emit(node, result.range);
      body.returns.push_back({node, result, result.range});
      body.isReachable = false;
      body.finishResult(result.range);
    });
  }
  return makeCall(*target, key.passed, range);
}

//===----------------------------------------------------------------------===//
// Exports
//===----------------------------------------------------------------------===//

/// `T[...]` is exported for these ranks.
static constexpr unsigned maxExportedRank = 4;

void Checker::instantiateExports(FunctionDecl &decl) {
  if (!resolveSignature(decl) || decl.isTemplate || !decl.externSymbol.empty())
    return;
  std::vector<std::map<const Global *, DType>> products = {{}};
  for (const Global *var : decl.dtypeVars) {
    Checker home(session, *var->module, instance);
    std::vector<std::map<const Global *, DType>> next;
    for (const auto &product : products)
      for (DType dtype : home.check(*var->value).dtypes) {
        next.push_back(product);
        next.back()[var] = dtype;
      }
    products = std::move(next);
  }
  unsigned fixed = UINT_MAX;
  for (const ParamSpec &spec : decl.params)
    if (spec.ellipsis)
      fixed = std::min<unsigned>(fixed, spec.dims.size() - 1);
  unsigned first = decl.hasEllipsis && fixed == 0 ? 1 : 0;
  unsigned last = decl.hasEllipsis && fixed < maxExportedRank
                      ? maxExportedRank - fixed
                      : first;
  for (const auto &dtypes : products)
    for (unsigned rank = first; rank <= last; ++rank) {
      std::string key =
          std::to_string(reinterpret_cast<uintptr_t>(&decl)) + ":";
      for (const auto &[var, dtype] : dtypes)
        key += spelling(dtype).str() + ",";
      key += std::to_string(rank) + ":";
      Instance *target =
          instanceOf(*this, decl, key, dtypes, rank, {}, decl.node->nameRange);
      if (!target)
        return;
      target->function->isExported = true;
      for (const Diagnostic &diagnostic : target->diags->diagnostics())
        session.diags->replay(diagnostic);
    }
}
