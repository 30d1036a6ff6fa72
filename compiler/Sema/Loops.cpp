//===- Loops.cpp - for and while
//-------------------------------------------===//
//
// A name that a loop's body assigns has, at the loop's head, the type that
// holds both what comes in and what the body leaves. It is found by checking
// the body on trial, with the types so far; when the body leaves more than the
// head can hold, the head is widened and the trial repeated. What was learnt is
// kept for the loop, so that nested loops do not repeat each other's trials.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "compiler/Sema/NameUses.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

//===----------------------------------------------------------------------===//
// Trials
//===----------------------------------------------------------------------===//

namespace {
/// Checks something that may have to be taken back.
class Trial {
public:
  explicit Trial(Checker &checker)
      : checker(checker), outer(checker.session.diags),
        scratch(outer->sourceManager()),
        symbols(checker.function().symbols.size()),
        returns(checker.returns.size()), statements(checker.block->size()),
        callees(checker.instance->callees.size()) {
    checker.session.diags = &scratch;
  }
  void keep() {
    checker.session.diags = outer;
    for (const Diagnostic &diagnostic : scratch.diagnostics())
      outer->replay(diagnostic);
  }
  void takeBack() {
    checker.session.diags = outer;
    checker.function().symbols.resize(symbols);
    checker.returns.resize(returns);
    checker.block->resize(statements);
    checker.instance->callees.resize(callees);
    // Ids are given out again: nothing may remember the old ones.
    for (auto it = checker.clampedSymbols.begin();
         it != checker.clampedSymbols.end();)
      it = it->first >= symbols ? checker.clampedSymbols.erase(it)
                                : std::next(it);
    for (auto it = checker.keyedSymbols.begin();
         it != checker.keyedSymbols.end();)
      it = it->second >= symbols ? checker.keyedSymbols.erase(it)
                                 : std::next(it);
  }

private:
  Checker &checker;
  DiagnosticEngine *outer;
  DiagnosticEngine scratch;
  size_t symbols, returns, statements, callees;
};
} // namespace

//===----------------------------------------------------------------------===//
// The head of a loop
//===----------------------------------------------------------------------===//

/// Gives a value that the body changes its variable at the head. `hint` says
/// what earlier trials found.
Value Checker::enterLoop(llvm::StringRef name, const Value &value,
                         const LoopHint *hint, SourceRange range) {
  if (hint && hint->conflict)
    return *hint->conflict;
  if (value.isTuple()) {
    Value tuple = Value::tuple({}, value.range);
    for (auto [i, element] : llvm::enumerate(value.elements)) {
      const LoopHint *part =
          hint && i < hint->elements.size() ? &hint->elements[i] : nullptr;
      tuple.elements.push_back(
          enterLoop((name + "." + llvm::Twine(i)).str(), element, part, range));
    }
    return tuple;
  }
  if (!value.isRuntime() || value.type.isInvalid())
    return value;
  Type type = value.type;
  if (hint && hint->type && type.isScalar())
    type = joinTypes({type, *hint->type}, range).value_or(type);
  if (hint && type.isArray())
    for (auto [axis, isWide] : llvm::enumerate(hint->wideAxes))
      if (isWide && axis < type.shape.size())
        type.shape[axis] = freshDim(range);
  auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(value.expr);
  if (ref && ref->var->type == type && !loopVars.count(ref->var))
    return varValue(ref->var, value.range); // what was known of it is dropped
  if (type.isScalar())
    warnNarrowAccumulator(name, value, type);
  typed::Var *var = newVar(name, type, value.range);
  auto *assign = session.program.create<typed::Assign>();
  assign->targets = {var};
  assign->value = toExpr(type.isScalar() ? convert(value, type, false) : value);
  emit(assign, value.range);
  return varValue(var, value.range);
}

/// Whether the head's value holds what an edge brings back to it; if not, the
/// hint is widened.
bool Checker::holds(const Value &head, const Value &back, LoopHint &hint,
                    SourceRange range) {
  if (head.kind == Value::Kind::Conflict || head.isInvalid())
    return true;
  // An error was reported in this trial. Another trial, with an invalid head,
  // would not report it again.
  if (back.isInvalid())
    return true;
  auto fail = [&] {
    hint.conflict = conflict(head, back);
    return false;
  };
  if (back.kind == Value::Kind::Conflict) {
    hint.conflict = back;
    return false;
  }
  if (head.isTuple()) {
    if (!back.isTuple() || back.elements.size() != head.elements.size())
      return fail();
    hint.elements.resize(head.elements.size());
    bool all = true;
    for (size_t i = 0; i < head.elements.size(); ++i)
      all &= holds(head.elements[i], back.elements[i], hint.elements[i], range);
    return all;
  }
  if (!head.isRuntime() || !back.isRuntime()) {
    bool same = head.kind == back.kind && head.text == back.text &&
                head.type == back.type && head.function == back.function &&
                head.builtin == back.builtin && head.closure == back.closure;
    return same || fail();
  }
  if (head.type == back.type)
    return true;
  size_t symbols = function().symbols.size();
  auto type = joinTypes({head.type, back.type}, range);
  function().symbols.resize(symbols); // only the question was of interest
  if (!type)
    return fail();
  if (type->isScalar()) {
    hint.type = type;
    return *type == head.type;
  }
  hint.wideAxes.resize(type->rank());
  bool grows = false;
  for (unsigned axis = 0; axis < type->rank(); ++axis) {
    bool differs = head.type.shape[axis] != back.type.shape[axis];
    grows |= differs && !hint.wideAxes[axis];
    hint.wideAxes[axis] = hint.wideAxes[axis] || differs;
  }
  return !grows;
}

void Checker::assignBack(Edge &edge, const Value &head, const Value &back) {
  if (head.isTuple()) {
    for (auto [to, from] : llvm::zip(head.elements, back.elements))
      assignBack(edge, to, from);
    return;
  }
  auto *to = llvm::dyn_cast_or_null<typed::VarRef>(head.expr);
  auto *from = llvm::dyn_cast_or_null<typed::VarRef>(back.expr);
  if (!head.isRuntime() || !to || (from && from->var == to->var))
    return;
  assignAtEdge(edge, to->var, back);
}

/// Checks a loop. `makeNode` emits the loop statement and returns its body;
/// `enterBody` binds the loop's targets.
void Checker::checkLoop(const LoopShape &shape) {
  Env before = env;
  bool wasReachable = isReachable;
  for (unsigned round = 0;; ++round) {
    Trial trial(*this);
    env = before;
    isReachable = wasReachable;
    auto &hints = loopHints[shape.stmt];
    Env head = before;
    for (const std::string &name : shape.assigned) {
      auto it = head.find(name);
      if (it == head.end() || it->second.unbound) {
        head[name] = {Value(), shape.headerRange,
                      Unbound{shape.headerRange,
                              "`{0}` has no value before this loop, which may "
                              "run no iteration"}};
        continue;
      }
      auto hint = hints.find(name);
      bool hasHint = hint != hints.end();
      if (hasHint && hint->second.unbound) {
        it->second.unbound = hint->second.unbound;
        continue;
      }
      it->second.value =
          enterLoop(name, it->second.value, hasHint ? &hint->second : nullptr,
                    shape.headerRange);
    }
    for (const auto &[name, reason] : shape.privateNames)
      head[name] = {Value(), shape.headerRange, reason};
    env = head;
    LoopNode node = shape.makeNode();
    LoopContext context;
    context.isParallel = shape.isParallel;
    context.range = shape.headerRange;
    loops.push_back(&context);
    typed::Block *outer = block;
    block = node.body;
    if (shape.enterBody)
      shape.enterBody();
    checkBlock(shape.body);
    if (isReachable)
      context.continues.push_back({env, block, nullptr, {}});
    loops.pop_back();
    block = outer;
    bool isStable = true;
    for (Edge &edge : context.continues)
      for (const std::string &name : shape.assigned) {
        const Binding &top = head[name];
        if (top.unbound)
          continue;
        const Binding &bottom = edge.env[name];
        LoopHint &hint = hints[name];
        if (bottom.unbound) {
          hint.unbound = bottom.unbound;
          isStable = false;
          continue;
        }
        isStable &= holds(top.value, bottom.value, hint, shape.headerRange);
      }
    // Every round widens something: a type, a size, or gives a name up.
    if (!isStable && round < 100) {
      trial.takeBack();
      continue;
    }
    for (Edge &edge : context.continues)
      for (const std::string &name : shape.assigned)
        if (!head[name].unbound &&
            head[name].value.kind != Value::Kind::Conflict)
          assignBack(edge, head[name].value, edge.env[name].value);
    trial.keep();
    finishLoop(shape, node, head, context);
    return;
  }
}

/// What holds after a loop: its end is reached from the head, through `else`,
/// and from every break.
void Checker::finishLoop(const LoopShape &shape, LoopNode node, Env &head,
                         LoopContext &context) {
  std::vector<Edge> edges = std::move(context.breaks);
  typed::Block *outer = block;
  if (!shape.isEndless) {
    env = head;
    for (const auto &[name, reason] : shape.privateNames)
      env[name] = {Value(), shape.headerRange, reason};
    isReachable = true;
    block = node.orElse;
    checkBlock(shape.orElse);
    if (isReachable)
      edges.push_back({env,
                       node.orElse,
                       nullptr,
                       {shape.headerRange,
                        "`{0}` gets no value when this loop runs to its end"}});
  }
  block = outer;
  env = joinEdges(edges);
  isReachable = !edges.empty();
}

void Checker::checkJump(const ast::Stmt &stmt) {
  bool isBreak = stmt.kind == ast::StmtKind::Break;
  LoopContext &loop = *loops.back();
  if (isBreak && loop.isParallel)
    report(stmt.range, diag::BreakInPrange)
        .note(loop.range, "iterations of this loop run in any order");
  typed::Stmt *node =
      isBreak
          ? static_cast<typed::Stmt *>(session.program.create<typed::Break>())
          : session.program.create<typed::Continue>();
  emit(node, stmt.range);
  auto &edges = isBreak ? loop.breaks : loop.continues;
  edges.push_back(
      {env,
       block,
       node,
       {stmt.range, "`{0}` gets no value when the loop is left here"}});
  isReachable = false;
}

//===----------------------------------------------------------------------===//
// while
//===----------------------------------------------------------------------===//

void Checker::checkWhile(const ast::While &stmt) {
  LoopShape shape;
  shape.stmt = &stmt;
  shape.headerRange = stmt.headerRange;
  shape.body = stmt.body;
  shape.orElse = stmt.orElse;
  collectAssignedNames(stmt.body, shape.assigned);
  shape.makeNode = [&] {
    auto *node = session.program.create<typed::While>();
    emit(node, stmt.range);
    size_t statements = block->size();
    Value test = check(*stmt.condition);
    if (!test.isInvalid())
      node->condition = condition(test);
    if (block->size() != statements) // they would run only once
      unsupported(stmt.condition->range, "this form of condition in `while`");
    shape.isEndless = test.asBool() == true;
    return LoopNode{&node->body, &node->orElse};
  };
  checkLoop(shape);
}

//===----------------------------------------------------------------------===//
// for
//===----------------------------------------------------------------------===//

namespace {
/// What a `for` runs over: a count, and an element for each index.
struct Iterable {
  Value length;
  std::function<Value(const Value &)> element;
};
} // namespace

/// The name of the built-in that an expression calls, if it does.
static const Builtin *calledBuiltin(Checker &checker, const ast::Expr &expr) {
  const auto *call = llvm::dyn_cast<ast::Call>(&expr);
  if (!call)
    return nullptr;
  const auto *name = llvm::dyn_cast<ast::Name>(call->callee);
  if (!name)
    return nullptr;
  auto callee = checker.lookup(name->id, name->range);
  return callee && callee->kind == Value::Kind::Builtin ? callee->builtin
                                                        : nullptr;
}

static Value asIndex(Checker &checker, const ast::Expr &expr) {
  Value value = checker.check(expr);
  if (value.isInvalid())
    return value;
  if (!value.isInt()) {
    checker.report(expr.range, diag::RangeNotInteger, checker.describe(value));
    return Value::invalid();
  }
  return checker.convert(value, Type::scalar(DType::I64, true), true);
}

bool Checker::rangeBounds(const ast::Call &call, Value bounds[3]) {
  if (call.args.empty() || call.args.size() > 3) {
    report(call.range, diag::RangeArguments);
    return false;
  }
  Value given[3];
  for (auto [i, arg] : llvm::enumerate(call.args)) {
    given[i] = asIndex(*this, *arg);
    if (given[i].isInvalid())
      return false;
  }
  bool onlyStop = call.args.size() == 1;
  bounds[0] = onlyStop ? Value::integer(0, call.range) : given[0];
  bounds[1] = onlyStop ? given[0] : given[1];
  bounds[2] = call.args.size() == 3 ? given[2] : Value::integer(1, call.range);
  if (bounds[2].asInt() == 0) {
    report(bounds[2].range, diag::RangeStepZero);
    return false;
  }
  return true;
}

static std::optional<Iterable> makeIterable(Checker &checker,
                                            const ast::Expr &expr);

static std::optional<Iterable> rangeIterable(Checker &checker,
                                             const ast::Call &call) {
  Value bounds[3];
  if (!checker.rangeBounds(call, bounds))
    return std::nullopt;
  auto step = bounds[2].asInt();
  if (!step) {
    checker.unsupported(call.range,
                        "`range` with a computed step inside `zip`");
    return std::nullopt;
  }
  using ast::BinaryOp;
  SourceRange range = call.range;
  // ceil((stop - start) / step), which is -((start - stop) // step)
  Value span = checker.binary(BinaryOp::Sub, bounds[0], bounds[1], range);
  Value count = checker.unary(
      ast::UnaryOp::Neg,
      checker.binary(BinaryOp::FloorDiv, span, bounds[2], range), range);
  Value start = bounds[0], stride = bounds[2];
  return Iterable{count, [&checker, start, stride, range](const Value &i) {
                    return checker.binary(
                        BinaryOp::Add, start,
                        checker.binary(BinaryOp::Mul, i, stride, range), range);
                  }};
}

static std::optional<Iterable> zipIterable(Checker &checker,
                                           const ast::Call &call) {
  std::vector<Iterable> parts;
  for (const ast::Expr *arg : call.args) {
    auto part = makeIterable(checker, *arg);
    if (!part)
      return std::nullopt;
    parts.push_back(*part);
  }
  if (parts.empty() || !call.keywords.empty()) {
    checker.report(call.range, diag::RangeArguments);
    return std::nullopt;
  }
  Value length = parts[0].length;
  for (const Iterable &part : llvm::drop_begin(parts)) {
    if (length.dim && part.length.dim && *length.dim == *part.length.dim)
      continue;
    Value other = part.length;
    length = checker.withTemp(length, [&](const Value &lhs) {
      return checker.withTemp(other, [&](const Value &rhs) {
        Value isLess =
            checker.compare(ast::CompareOp::Lt, rhs, lhs, call.range);
        if (auto known = isLess.asBool())
          return *known ? rhs : lhs;
        auto *least = checker.make<typed::Select>(lhs.type, call.range);
        least->condition = isLess.expr;
        least->trueValue = checker.toExpr(rhs);
        least->falseValue = checker.toExpr(lhs);
        return Value::runtime(least);
      });
    });
  }
  SourceRange range = call.range;
  return Iterable{length, [parts, range](const Value &i) {
                    Value tuple = Value::tuple({}, range);
                    for (const Iterable &part : parts)
                      tuple.elements.push_back(part.element(i));
                    return tuple;
                  }};
}

static std::optional<Iterable> enumerateIterable(Checker &checker,
                                                 const ast::Call &call) {
  Value start = Value::integer(0, call.range);
  const ast::Expr *startExpr = nullptr;
  if (call.args.size() == 2)
    startExpr = call.args[1];
  if (call.keywords.size() == 1 && call.keywords[0].name == "start")
    startExpr = call.keywords[0].value;
  if (call.args.empty() || call.args.size() > 2) {
    checker.report(call.range, diag::RangeArguments);
    return std::nullopt;
  }
  auto inner = makeIterable(checker, *call.args[0]);
  if (!inner)
    return std::nullopt;
  if (startExpr) {
    start = asIndex(checker, *startExpr);
    if (start.isInvalid())
      return std::nullopt;
  }
  SourceRange range = call.range;
  auto element = inner->element;
  return Iterable{
      inner->length, [&checker, start, element, range](const Value &i) {
        Value count = start.asInt() == 0
                          ? i
                          : checker.binary(ast::BinaryOp::Add, i, start, range);
        return Value::tuple({count, element(i)}, range);
      }};
}

/// The rows of an array.
static std::optional<Iterable>
rowsIterable(Checker &checker, const Value &value, SourceRange range) {
  if (value.isInvalid())
    return std::nullopt;
  if (value.isSequence()) {
    checker.unsupported(range, "a tuple inside `zip` or `enumerate`");
    return std::nullopt;
  }
  if (!value.isArray() || value.type.rank() == 0) {
    checker.report(range, diag::NotIterable, checker.describe(value))
        .help("loop over `range(n)`, `prange(n)`, or the rows of an array");
    return std::nullopt;
  }
  // The loop keeps the array, whatever its name refers to later.
  Value rows = checker.bindToVar("rows", value, range, nullptr);
  return Iterable{checker.sizeOf(rows, 0, range),
                  [&checker, rows, range](const Value &i) {
                    return checker.elementAt(rows, {i}, range);
                  }};
}

static std::optional<Iterable> makeIterable(Checker &checker,
                                            const ast::Expr &expr) {
  if (const Builtin *builtin = calledBuiltin(checker, expr)) {
    const auto &call = llvm::cast<ast::Call>(expr);
    llvm::StringRef name = builtin->name;
    if (name == "range")
      return rangeIterable(checker, call);
    if (name == "zip")
      return zipIterable(checker, call);
    if (name == "enumerate")
      return enumerateIterable(checker, call);
  }
  return rowsIterable(checker, checker.check(expr), expr.range);
}

/// `enumerate` and `zip` of tuples are a tuple of tuples.
static std::optional<Value> tupleOfTuples(Checker &checker,
                                          const ast::Call &call, bool isZip) {
  if (call.args.empty() || !call.keywords.empty() ||
      (!isZip && call.args.size() != 1))
    return std::nullopt;
  std::vector<Value> parts;
  for (const ast::Expr *arg : call.args) {
    // Names may be looked at before it is known what they are.
    if (!llvm::isa<ast::Name, ast::Tuple>(arg))
      return std::nullopt;
    parts.push_back(checker.check(*arg));
    if (!parts.back().isSequence())
      return std::nullopt;
  }
  size_t length = parts[0].elements.size();
  for (const Value &part : parts)
    length = std::min(length, part.elements.size());
  Value result = Value::tuple({}, call.range);
  for (size_t i = 0; i < length; ++i) {
    Value element = Value::tuple({}, call.range);
    if (!isZip)
      element.elements.push_back(Value::integer(i, call.range));
    for (const Value &part : parts)
      element.elements.push_back(part.elements[i]);
    result.elements.push_back(std::move(element));
  }
  return result;
}

void Checker::checkFor(const ast::For &stmt) {
  LoopShape shape;
  shape.stmt = &stmt;
  shape.headerRange = stmt.headerRange;
  shape.body = stmt.body;
  shape.orElse = stmt.orElse;
  collectAssignedNames(stmt.body, shape.assigned);
  collectTargetNames(*stmt.target, shape.assigned);

  const Builtin *builtin = calledBuiltin(*this, *stmt.iter);
  llvm::StringRef kind = builtin ? builtin->name : "";
  shape.isParallel = kind == "prange";
  bool isCounted = kind == "range" || shape.isParallel;
  Value bounds[3] = {Value::integer(0, stmt.iter->range), Value(),
                     Value::integer(1, stmt.iter->range)};
  bool unchecked = false, failed = false;
  std::function<Value(const Value &)> element = [](const Value &i) {
    return i;
  };
  if (isCounted) {
    const auto &call = llvm::cast<ast::Call>(*stmt.iter);
    failed = !rangeBounds(call, bounds);
    for (const ast::KeywordArg &keyword : call.keywords) {
      Value value = check(*keyword.value);
      if (keyword.name == "unchecked" && shape.isParallel && value.asBool())
        unchecked = *value.asBool();
      else
        report(keyword.nameRange, diag::UnknownKeyword, kind, keyword.name);
    }
  } else {
    std::optional<Iterable> iterable;
    if (kind == "zip" || kind == "enumerate") {
      if (auto tuples = tupleOfTuples(*this, llvm::cast<ast::Call>(*stmt.iter),
                                      kind == "zip"))
        return unrollLoop(stmt, *tuples);
      iterable = makeIterable(*this, *stmt.iter);
    } else {
      Value value = check(*stmt.iter);
      // What a call returned is a tuple, too.
      if (value.isRuntime() && value.type.isTuple())
        value = Value::tuple(*unpack(value, value.range), value.range);
      if (value.isSequence())
        return unrollLoop(stmt, value);
      iterable = rowsIterable(*this, value, stmt.iter->range);
    }
    failed = !iterable;
    if (iterable) {
      bounds[1] = iterable->length;
      element = iterable->element;
    }
  }
  if (failed)
    return skipLoop(shape);

  // The loop counts with a variable of its own, so that the body may assign to
  // the target as it likes.
  const auto *name = llvm::dyn_cast<ast::Name>(stmt.target);
  typed::Var *var =
      newVar(name && isCounted ? name->id : "i",
             Type::scalar(DType::I64, /*weak=*/true), stmt.target->range);
  loopVars.insert(var);
  std::map<std::string, typed::ReduceKind> reductionNames;
  if (shape.isParallel)
    reductionNames = classifyPrangeNames(stmt, shape);
  shape.makeNode = [&] {
    auto *node = session.program.create<typed::For>();
    node->isParallel = shape.isParallel;
    node->unchecked = unchecked;
    node->var = var;
    node->start = toExpr(bounds[0]);
    node->stop = toExpr(bounds[1]);
    node->step = toExpr(bounds[2]);
    for (const auto &[reduced, reduceKind] : reductionNames) {
      const Binding &binding = env[reduced];
      auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(binding.value.expr);
      if (ref && !binding.unbound)
        node->reductions.push_back({ref->var, reduceKind});
    }
    emit(node, stmt.range);
    return LoopNode{&node->body, &node->orElse};
  };
  shape.enterBody = [&] {
    Value value = element(varValue(var, stmt.target->range));
    if (name && isCounted)
      env[name->id.str()] = {value, stmt.target->range, std::nullopt};
    else
      assignTo(*stmt.target, value);
  };
  checkLoop(shape);
}

/// After an error in a loop's header: its names are there, but unknown.
void Checker::skipLoop(const LoopShape &shape) {
  for (const std::string &name : shape.assigned)
    env[name] = {Value::invalid(), shape.headerRange, std::nullopt};
}

/// A jump that leaves the loop whose body this is.
static const ast::Stmt *findJump(ast::Block block) {
  for (const ast::Stmt *stmt : block) {
    if (stmt->kind == ast::StmtKind::Break ||
        stmt->kind == ast::StmtKind::Continue)
      return stmt;
    const auto *branch = llvm::dyn_cast<ast::If>(stmt);
    if (!branch)
      continue;
    for (const ast::IfClause &clause : branch->clauses)
      if (const ast::Stmt *jump = findJump(clause.body))
        return jump;
    if (const ast::Stmt *jump = findJump(branch->orElse))
      return jump;
  }
  return nullptr;
}

/// A loop over a tuple is written out: its elements may differ in type.
void Checker::unrollLoop(const ast::For &stmt, const Value &sequence) {
  if (const ast::Stmt *jump = findJump(stmt.body)) {
    unsupported(jump->range, "leaving a loop over a tuple");
    return;
  }
  for (const Value &element : sequence.elements) {
    if (!isReachable)
      return;
    // What was learnt of inner loops was learnt for another element.
    for (auto it = loopHints.begin(); it != loopHints.end();)
      it = stmt.range.contains(it->first->range) ? loopHints.erase(it)
                                                 : std::next(it);
    assignTo(*stmt.target, element);
    checkBlock(stmt.body);
  }
  if (isReachable)
    checkBlock(stmt.orElse);
}
