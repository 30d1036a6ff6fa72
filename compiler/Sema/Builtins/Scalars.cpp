//===- Scalars.cpp - Python's own functions
//--------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;
using typed::Ufunc;

static Value lengthOf(BuiltinCall &call) {
  Checker &checker = call.checker;
  const Value &value = call[0];
  if (value.isSequence())
    return Value::integer(value.elements.size(), call.range);
  if (value.isRuntime() && value.type.kind == TypeKind::Tuple)
    return Value::integer(value.type.elements.size(), call.range);
  if (value.isText())
    return Value::integer(value.text.size(), call.range);
  if (!value.isArray() || value.type.rank() == 0) {
    checker.report(value.range, diag::NoLength, checker.describe(value));
    return Value::invalid();
  }
  return checker.sizeOf(value, 0, call.range);
}

/// `b if b < a else a`: what Python's min does, NaN included.
static Value pick(Checker &checker, const Value &first, const Value &second,
                  bool isMin, SourceRange range) {
  Type common = promoteOperands({first.type, second.type});
  Value lhs = checker.convert(first, common, false);
  Value rhs = checker.convert(second, common, false);
  if (lhs.isInvalid() || rhs.isInvalid())
    return Value::invalid();
  lhs.dim = first.dim;
  rhs.dim = second.dim;
  return checker.withTemp(lhs, [&](const Value &a) {
    return checker.withTemp(rhs, [&](const Value &b) {
      Value better = checker.compare(
          isMin ? ast::CompareOp::Lt : ast::CompareOp::Gt, b, a, range);
      if (auto known = better.asBool())
        return *known ? b : a;
      if (better.isInvalid())
        return better;
      return checker.elementwiseNode(Ufunc::Where, {better, b, a}, common,
                                     range);
    });
  });
}

/// `slice(start, stop, step)` in a subscript is `start:stop:step`.
static Value makeSlice(BuiltinCall &call) {
  Value result = Value::of(Value::Kind::Slice, call.range);
  result.elements = call.args;
  // One argument is the end.
  if (call[1].isMissing())
    std::swap(result.elements[0], result.elements[1]);
  for (Value &bound : result.elements)
    if (bound.isNone())
      bound = Value();
  return result;
}

static Value leastOrMost(BuiltinCall &call) {
  Checker &checker = call.checker;
  bool isMin = call.builtin.data == 0;
  ValueList items = call.rest;
  if (items.size() == 1 && items[0].isSequence())
    items = items[0].elements;
  if (items.size() == 1 && items[0].isArray()) {
    // min(x) of an array is NumPy's.
    Arguments args;
    args.positional = items;
    return callBuiltin(checker, *findBuiltin(isMin ? "amin" : "amax"), args,
                       call.range);
  }
  if (!call[1].isMissing() || items.empty()) {
    // `np.min(x, axis=0)`
    if (items.size() == 1) {
      Arguments args;
      args.positional = items;
      args.keywords.push_back({"axis", call[1].range, call[1]});
      return callBuiltin(checker, *findBuiltin(isMin ? "amin" : "amax"), args,
                         call.range);
    }
    checker.report(call.range, diag::MissingArgument, call.builtin.name, "x");
    return Value::invalid();
  }
  for (const Value &item : items)
    if (!item.isScalar()) {
      if (item.isArray())
        checker.report(item.range, diag::ArrayAsScalar, call.builtin.name)
            .help("write `np.{0}(a, b)` for the elementwise function",
                  isMin ? "minimum" : "maximum");
      else
        checker.requireNumeric(item, "argument");
      return Value::invalid();
    }
  Value best = items[0];
  for (const Value &item : llvm::drop_begin(items)) {
    best = pick(checker, best, item, isMin, call.range);
    if (best.isInvalid())
      return best;
  }
  return best;
}

static Value absolute(BuiltinCall &call) {
  if (!requireArgument(call, 0))
    return Value::invalid();
  const Value &value = call[0];
  if (value.constant && value.type.weak &&
      value.constant->kind == Constant::Kind::Int)
    return Value::integer(value.constant->integer < 0 ? -value.constant->integer
                                                      : value.constant->integer,
                          call.range);
  return call.checker.ufunc(Ufunc::Absolute, {value}, call.range,
                            /*isOperator=*/true);
}

static Value power(BuiltinCall &call) {
  return call.checker.binary(ast::BinaryOp::Pow, call[0], call[1], call.range);
}

static Value divideWithRemainder(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0) || !requireArgument(call, 1))
    return Value::invalid();
  ValueList parts(2);
  for (int i = 0; i < 2; ++i) {
    parts[i] = checker.binary(i ? ast::BinaryOp::Mod : ast::BinaryOp::FloorDiv,
                              call[0], call[1], call.range);
    if (parts[i].isInvalid())
      return parts[i];
  }
  return Value::tuple(parts, call.range);
}

static Value onlyInFor(BuiltinCall &call) {
  call.checker.report(call.range, diag::OnlyInFor, call.builtin.name);
  return Value::invalid();
}

llvm::ArrayRef<Builtin> arr::sema::scalarBuiltins() {
  static const Builtin table[] = {
      {"len", "x", lengthOf},
      {"min", "*items, axis=", leastOrMost, false, 0},
      {"max", "*items, axis=", leastOrMost, false, 1},
      {"abs", "x", absolute},
      {"pow", "base, exp", power},
      {"divmod", "a, b", divideWithRemainder},
      {"slice", "start, stop=, step=", makeSlice},
      {"range", "*bounds", onlyInFor},
      {"prange", "*bounds, unchecked=", onlyInFor},
      {"enumerate", "x, start=", onlyInFor},
      {"zip", "*iterables", onlyInFor},
  };
  return table;
}
