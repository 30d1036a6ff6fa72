//===- Reductions.cpp - Functions that combine elements along axes --------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;
using typed::ReduceKind;

/// Sums of small integers and bools accumulate in 64 bits.
static DType accumulator(DType dtype) {
  if (dtype == DType::Bool)
    return DType::I64;
  if (isInteger(dtype))
    return isUnsigned(dtype) ? DType::U64 : DType::I64;
  return dtype;
}

namespace {
/// The arguments that all reductions have: a, axis=, dtype=, keepdims=.
struct ReduceArguments {
  Value operand;
  llvm::SmallVector<unsigned, 4> axes;
  std::optional<DType> dtype;
  bool keepDims = false;
};
} // namespace

static std::optional<ReduceArguments>
readArguments(BuiltinCall &call, unsigned dtypeIndex, unsigned keepIndex) {
  Checker &checker = call.checker;
  ReduceArguments args;
  if (!requireArgument(call, 0))
    return std::nullopt;
  args.operand = call[0];
  if (args.operand.type.weak)
    args.operand = castTo(checker, args.operand, args.operand.type.dtype);
  auto axes = axesArgument(checker, call[1], args.operand.type.rank());
  if (!axes ||
      (dtypeIndex && !dtypeArgument(checker, call[dtypeIndex], args.dtype)) ||
      !flagArgument(checker, call[keepIndex], args.keepDims))
    return std::nullopt;
  args.axes = *axes;
  return args;
}

static Value reduced(Checker &checker, ReduceKind kind,
                     const ReduceArguments &args, const Value &operand,
                     DType result, SourceRange range) {
  if (!operand.isArray())
    return castTo(checker, operand, result);
  return checker.reduceNode(kind, operand, args.axes, args.keepDims, result,
                            range);
}

static Value sumOrProduct(BuiltinCall &call) {
  auto args = readArguments(call, 2, 3);
  if (!args)
    return Value::invalid();
  DType dtype = args->dtype.value_or(accumulator(args->operand.type.dtype));
  auto kind = static_cast<ReduceKind>(call.builtin.data);
  // Sums of bools are "any".
  if (dtype == DType::Bool)
    kind = kind == ReduceKind::Add ? ReduceKind::LogicalOr
                                   : ReduceKind::LogicalAnd;
  Value operand = castTo(call.checker, args->operand, dtype);
  return reduced(call.checker, kind, *args, operand, dtype, call.range);
}

static Value leastOrMost(BuiltinCall &call) {
  auto args = readArguments(call, 0, 2);
  if (!args)
    return Value::invalid();
  Checker &checker = call.checker;
  DType dtype = args->operand.type.dtype;
  if (isComplex(dtype))
    return checker.unsupported(call.range, "ordering complex numbers");
  auto kind = static_cast<ReduceKind>(call.builtin.data);
  if (dtype != DType::Bool)
    return reduced(checker, kind, *args, args->operand, dtype, call.range);
  Value bytes = castTo(checker, args->operand, DType::U8);
  return castTo(checker,
                reduced(checker, kind, *args, bytes, DType::U8, call.range),
                DType::Bool);
}

static Value anyOrAll(BuiltinCall &call) {
  auto args = readArguments(call, 0, 2);
  if (!args)
    return Value::invalid();
  Value operand = castTo(call.checker, args->operand, DType::Bool);
  return reduced(call.checker, static_cast<ReduceKind>(call.builtin.data),
                 *args, operand, DType::Bool, call.range);
}

static Value positionOf(BuiltinCall &call) {
  auto args = readArguments(call, 0, 2);
  if (!args)
    return Value::invalid();
  Checker &checker = call.checker;
  Value operand = args->operand;
  if (isComplex(operand.type.dtype))
    return checker.unsupported(call.range, "ordering complex numbers");
  if (call[1].isTuple()) {
    checker.report(call[1].range, diag::OneAxisOnly, call.builtin.name);
    return Value::invalid();
  }
  if (operand.type.dtype == DType::Bool)
    operand = castTo(checker, operand, DType::U8);
  if (!operand.isArray())
    return castTo(checker, Value::integer(0, call.range), DType::I64);
  return checker.reduceNode(static_cast<ReduceKind>(call.builtin.data), operand,
                            args->axes, args->keepDims, DType::I64, call.range);
}

static Value countNonzero(BuiltinCall &call) {
  auto args = readArguments(call, 0, 2);
  if (!args)
    return Value::invalid();
  Value flags = castTo(call.checker, args->operand, DType::Bool);
  Value ones = castTo(call.checker, flags, DType::I64);
  return reduced(call.checker, ReduceKind::Add, *args, ones, DType::I64,
                 call.range);
}

/// How many elements a result element combines.
static Value countAlong(Checker &checker, const Value &operand,
                        llvm::ArrayRef<unsigned> axes, SourceRange range) {
  Value count = Value::integer(1, range);
  for (unsigned axis : axes)
    count = checker.binary(ast::BinaryOp::Mul, count,
                           checker.sizeOf(operand, axis, range), range);
  return count;
}

static Value mean(BuiltinCall &call) {
  auto args = readArguments(call, 2, 3);
  if (!args)
    return Value::invalid();
  Checker &checker = call.checker;
  DType natural = kindOrder(args->operand.type.dtype) < 2
                      ? DType::F64
                      : args->operand.type.dtype;
  DType dtype = args->dtype.value_or(natural);
  if (kindOrder(dtype) < 2)
    return checker.unsupported(call.range, "`mean` with an integer dtype");
  auto divide = [&](const Value &operand) {
    Value sum = reduced(checker, ReduceKind::Add, *args,
                        castTo(checker, operand, dtype), dtype, call.range);
    if (!operand.isArray())
      return sum;
    Value count = countAlong(checker, operand, args->axes, call.range);
    return checker.ufunc(typed::Ufunc::Divide,
                         {sum, castTo(checker, count, dtype)}, call.range);
  };
  // The operand is needed a second time only where its sizes are its own.
  bool isComputable =
      llvm::all_of(args->operand.type.shape,
                   [&](const Dim &dim) { return checker.isComputable(dim); });
  return isComputable ? divide(args->operand)
                      : checker.withTemp(args->operand, divide);
}

static Value peakToPeak(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  return checker.withTemp(call[0], [&](const Value &operand) {
    ValueList ends;
    for (const char *name : {"amax", "amin"}) {
      Arguments args;
      args.positional = {operand};
      if (!call[1].isMissing())
        args.keywords.push_back({"axis", call[1].range, call[1]});
      if (!call[2].isMissing())
        args.keywords.push_back({"keepdims", call[2].range, call[2]});
      ends.push_back(
          callBuiltin(checker, *findBuiltin(name), args, call.range));
      if (ends.back().isInvalid())
        return Value::invalid();
    }
    return checker.binary(ast::BinaryOp::Sub, ends[0], ends[1], call.range);
  });
}

llvm::ArrayRef<Builtin> arr::sema::reductionBuiltins() {
  auto kind = [](ReduceKind kind) { return static_cast<int>(kind); };
  static const Builtin table[] = {
      {"sum", "a, axis=, dtype=, keepdims=", sumOrProduct, true,
       kind(ReduceKind::Add)},
      {"prod", "a, axis=, dtype=, keepdims=", sumOrProduct, true,
       kind(ReduceKind::Mul)},
      {"amin", "a, axis=, keepdims=", leastOrMost, true, kind(ReduceKind::Min)},
      {"amax", "a, axis=, keepdims=", leastOrMost, true, kind(ReduceKind::Max)},
      {"any", "a, axis=, keepdims=", anyOrAll, true,
       kind(ReduceKind::LogicalOr)},
      {"all", "a, axis=, keepdims=", anyOrAll, true,
       kind(ReduceKind::LogicalAnd)},
      {"argmin", "a, axis=, keepdims=", positionOf, true,
       kind(ReduceKind::ArgMin)},
      {"argmax", "a, axis=, keepdims=", positionOf, true,
       kind(ReduceKind::ArgMax)},
      {"nanmin", "a, axis=, keepdims=", leastOrMost, false,
       kind(ReduceKind::FMin)},
      {"nanmax", "a, axis=, keepdims=", leastOrMost, false,
       kind(ReduceKind::FMax)},
      {"count_nonzero", "a, axis=, keepdims=", countNonzero},
      {"mean", "a, axis=, dtype=, keepdims=", mean, true},
      {"ptp", "a, axis=, keepdims=", peakToPeak},
  };
  return table;
}
