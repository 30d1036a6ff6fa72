//===- Creation.cpp - Functions that make arrays
//----------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;
using ast::BinaryOp;

/// The type of a new array and its sizes as expressions.
static Type newArrayType(Checker &checker, DType dtype, const ValueList &sizes,
                         llvm::SmallVectorImpl<typed::Expr *> &exprs) {
  DimList shape;
  for (const Value &size : sizes) {
    shape.push_back(checker.dimOf(size));
    exprs.push_back(checker.toExpr(size));
  }
  return Type::array(dtype, std::move(shape));
}

static bool checkNewShape(Checker &checker, const ValueList &sizes) {
  for (const Value &size : sizes)
    if (auto number = size.asInt(); number && *number < 0) {
      checker.report(size.range, diag::NegativeSize, *number);
      return false;
    }
  return true;
}

static Value filled(Checker &checker, DType dtype, const ValueList &sizes,
                    const Value &value, SourceRange range) {
  if (!checkNewShape(checker, sizes))
    return Value::invalid();
  Value converted = checker.convert(value, Type::scalar(dtype), false);
  if (converted.isInvalid())
    return converted;
  llvm::SmallVector<typed::Expr *> exprs;
  Type type = newArrayType(checker, dtype, sizes, exprs);
  auto *node = checker.make<typed::Fill>(std::move(type), range);
  node->sizes.assign(exprs.begin(), exprs.end());
  node->value = checker.toExpr(converted);
  return Value::runtime(node);
}

static Value emptyArray(Checker &checker, DType dtype, const ValueList &sizes,
                        SourceRange range) {
  if (!checkNewShape(checker, sizes))
    return Value::invalid();
  llvm::SmallVector<typed::Expr *> exprs;
  Type type = newArrayType(checker, dtype, sizes, exprs);
  auto *node = checker.make<typed::Empty>(std::move(type), range);
  node->sizes.assign(exprs.begin(), exprs.end());
  return Value::runtime(node);
}

enum Contents { Zeros, Ones, Empty };

static Value make(Checker &checker, int contents, DType dtype,
                  const ValueList &sizes, SourceRange range) {
  if (contents == Empty)
    return emptyArray(checker, dtype, sizes, range);
  return filled(checker, dtype, sizes, Value::integer(contents == Ones, range),
                range);
}

static Value newArray(BuiltinCall &call) {
  std::optional<DType> dtype;
  auto sizes = shapeArgument(call.checker, call[0]);
  if (!sizes || !dtypeArgument(call.checker, call[1], dtype))
    return Value::invalid();
  return make(call.checker, call.builtin.data, dtype.value_or(DType::F64),
              *sizes, call.range);
}

/// An array that must be of one size per axis of another.
static ValueList sizesOf(Checker &checker, const Value &array,
                         SourceRange range) {
  ValueList sizes;
  for (unsigned axis = 0; axis < array.type.rank(); ++axis)
    sizes.push_back(checker.sizeOf(array, axis, range));
  return sizes;
}

static Value newArrayLike(BuiltinCall &call) {
  std::optional<DType> dtype;
  if (!requireArgument(call, 0) || !dtypeArgument(call.checker, call[1], dtype))
    return Value::invalid();
  std::optional<ValueList> sizes = sizesOf(call.checker, call[0], call.range);
  if (!call[2].isMissingOrNone())
    sizes = shapeArgument(call.checker, call[2]);
  if (!sizes)
    return Value::invalid();
  return make(call.checker, call.builtin.data,
              dtype.value_or(call[0].type.dtype), *sizes, call.range);
}

static Value full(BuiltinCall &call) {
  std::optional<DType> dtype;
  auto sizes = shapeArgument(call.checker, call[0]);
  if (!sizes || !requireArgument(call, 1) ||
      !dtypeArgument(call.checker, call[2], dtype))
    return Value::invalid();
  if (call[1].isArray())
    return call.checker.unsupported(call[1].range, "filling with an array");
  return filled(call.checker, dtype.value_or(call[1].type.dtype), *sizes,
                call[1], call.range);
}

static Value fullLike(BuiltinCall &call) {
  std::optional<DType> dtype;
  if (!requireArgument(call, 0) || !requireArgument(call, 1) ||
      !dtypeArgument(call.checker, call[2], dtype))
    return Value::invalid();
  if (call[1].isArray())
    return call.checker.unsupported(call[1].range, "filling with an array");
  return filled(call.checker, dtype.value_or(call[0].type.dtype),
                sizesOf(call.checker, call[0], call.range), call[1],
                call.range);
}

//===----------------------------------------------------------------------===//
// arange
//===----------------------------------------------------------------------===//

/// The count of a range, never negative.
static Value atLeastZero(Checker &checker, const Value &count,
                         SourceRange range) {
  if (count.isInvalid())
    return count;
  if (auto number = count.asInt())
    return *number < 0 ? Value::integer(0, range) : count;
  if (count.dim) {
    auto bound = count.dim->lowerBound();
    if (bound && *bound >= 0)
      return count;
  }
  Arguments args;
  args.positional = {count, Value::integer(0, range)};
  Value clamped = callBuiltin(checker, *findBuiltin("max"), args, range);
  if (count.dim)
    clamped.dim = checker.clampedDim(*count.dim, range);
  return clamped;
}

static Value countOf(Checker &checker, const Value &start, const Value &stop,
                     const Value &step, SourceRange range) {
  bool isInteger = start.isInt() && stop.isInt() && step.isInt();
  auto weak = [&](const Value &value) {
    DType dtype = isInteger ? DType::I64 : DType::F64;
    std::optional<Dim> dim = value.dim;
    Value result = checker.convert(value, Type::scalar(dtype, true), true);
    if (isInteger)
      result.dim = dim;
    return result;
  };
  if (isInteger) {
    // ceil(span / step) is -(-span // step)
    Value negative =
        checker.binary(BinaryOp::Sub, weak(start), weak(stop), range);
    Value whole =
        checker.binary(BinaryOp::FloorDiv, negative, weak(step), range);
    return atLeastZero(checker, checker.unary(ast::UnaryOp::Neg, whole, range),
                       range);
  }
  Value span = checker.binary(BinaryOp::Sub, weak(stop), weak(start), range);
  Value steps = checker.binary(BinaryOp::Div, span, weak(step), range);
  Value whole = checker.ufunc(typed::Ufunc::Ceil, {steps}, range, true);
  return atLeastZero(
      checker, checker.convert(whole, Type::scalar(DType::I64, true), true),
      range);
}

static Value arange(BuiltinCall &call) {
  Checker &checker = call.checker;
  std::optional<DType> dtype;
  if (!dtypeArgument(checker, call[3], dtype))
    return Value::invalid();
  bool onlyStop = call[1].isMissingOrNone();
  Value start = onlyStop ? Value::integer(0, call.range) : call[0];
  Value stop = onlyStop ? call[0] : call[1];
  Value step = call[2].isMissing() ? Value::integer(1, call.range) : call[2];
  std::vector<Type> types;
  for (const Value *value : {&start, &stop, &step}) {
    if (!value->isScalar() || isComplex(value->type.dtype)) {
      if (!value->isInvalid())
        checker.report(value->range, diag::NotANumber, "argument",
                       checker.describe(*value));
      return Value::invalid();
    }
    types.push_back(value->type);
  }
  if (step.constant && !step.constant->isTrue()) {
    checker.report(step.range, diag::RangeStepZero);
    return Value::invalid();
  }
  DType result = dtype.value_or(promoteOperands(types).dtype);
  if (result == DType::Bool)
    result = DType::I64;
  Value count = countOf(checker, start, stop, step, call.range);
  if (count.isInvalid())
    return count;
  auto *node = checker.make<typed::Arange>(
      Type::array(result, {checker.dimOf(count)}), call.range);
  // NumPy takes the second element minus the first as the step.
  node->start = checker.convertExpr(start, result);
  node->step = checker.convertExpr(step, result);
  node->count = checker.toExpr(count);
  return Value::runtime(node);
}

//===----------------------------------------------------------------------===//
// array
//===----------------------------------------------------------------------===//

/// The shape of nested sequences; none if they are ragged.
static bool nestedShape(const Value &value, std::vector<int64_t> &shape,
                        unsigned depth) {
  if (!value.isSequence())
    return depth == shape.size();
  auto size = static_cast<int64_t>(value.elements.size());
  if (depth == shape.size()) {
    // A deeper level is only met for the first time on the way down.
    shape.push_back(size);
    if (depth + 1 > maxRank)
      return false;
  } else if (shape[depth] != size) {
    return false;
  }
  for (const Value &element : value.elements)
    if (!nestedShape(element, shape, depth + 1))
      return false;
  return true;
}

static void flatten(const Value &value, ValueList &leaves) {
  if (!value.isSequence()) {
    leaves.push_back(value);
    return;
  }
  for (const Value &element : value.elements)
    flatten(element, leaves);
}

Value arr::sema::asArray(Checker &checker, const Value &value,
                         std::optional<DType> dtype) {
  if (!value.isSequence()) {
    if (!checker.requireNumeric(value, "argument"))
      return Value::invalid();
    return dtype ? castTo(checker, value, *dtype) : value;
  }
  ValueList leaves;
  flatten(value, leaves);
  std::vector<Type> types;
  for (const Value &leaf : leaves) {
    if (leaf.isArray())
      return checker.unsupported(leaf.range, "arrays inside a list");
    if (!checker.requireNumeric(leaf, "element"))
      return Value::invalid();
    types.push_back(leaf.type);
  }
  std::vector<int64_t> sizes;
  if (!nestedShape(value, sizes, 0)) {
    checker.report(value.range, diag::RaggedList);
    return Value::invalid();
  }
  DType result = dtype.value_or(promoteOperands(types).dtype);
  DimList shape;
  for (int64_t size : sizes)
    shape.push_back(Dim::constant(size));
  auto *node = checker.make<typed::ArrayLiteral>(Type::array(result, shape),
                                                 value.range);
  for (const Value &leaf : leaves)
    node->elements.push_back(checker.convertExpr(leaf, result));
  return Value::runtime(node);
}

/// A 0-d array, where NumPy makes one of a scalar.
static Value zeroDimensional(Checker &checker, const Value &value,
                             SourceRange range) {
  if (!value.isScalar())
    return value;
  auto *node = checker.make<typed::ArrayLiteral>(
      Type::array(value.type.dtype, {}), range);
  node->elements.push_back(checker.toExpr(value));
  return Value::runtime(node);
}

static Value array(BuiltinCall &call) {
  std::optional<DType> dtype;
  if (!dtypeArgument(call.checker, call[1], dtype))
    return Value::invalid();
  Value result = asArray(call.checker, call[0], dtype);
  if (result.isInvalid())
    return result;
  if (result.isScalar())
    return zeroDimensional(call.checker, result, call.range);
  bool isFresh = call[0].isSequence() || result.expr != call[0].expr;
  return isFresh ? result : call.checker.copyNode(result, call.range);
}

static Value asArrayCall(BuiltinCall &call) {
  std::optional<DType> dtype;
  if (!dtypeArgument(call.checker, call[1], dtype))
    return Value::invalid();
  Value result = asArray(call.checker, call[0], dtype);
  if (result.isInvalid())
    return result;
  return zeroDimensional(call.checker, result, call.range);
}

static Value copy(BuiltinCall &call) {
  if (!requireArgument(call, 0))
    return Value::invalid();
  return call.checker.copyNode(call[0], call.range);
}

static Value astype(BuiltinCall &call) {
  std::optional<DType> dtype;
  if (!requireArgument(call, 0) || !dtypeArgument(call.checker, call[1], dtype))
    return Value::invalid();
  if (!dtype) {
    call.checker.report(call.range, diag::MissingArgument, "astype", "dtype");
    return Value::invalid();
  }
  Value result = castTo(call.checker, call[0], *dtype);
  return result.isArray() && result.expr == call[0].expr
             ? call.checker.copyNode(result, call.range)
             : result;
}

static Value resultType(BuiltinCall &call) {
  std::vector<Type> types;
  std::function<bool(const Value &)> add = [&](const Value &value) {
    if (value.isSequence())
      return llvm::all_of(value.elements, add);
    if (value.isDType())
      types.push_back(Type::scalar(value.type.dtype));
    else if (call.checker.requireNumeric(value, "argument"))
      types.push_back(value.type);
    else
      return false;
    return true;
  };
  if (!llvm::all_of(call.rest, add))
    return Value::invalid();
  return Value::dtype(Type::scalar(promoteOperands(types).dtype), call.range);
}

/// Functions with any number of arguments: the library's take a tuple.
static Value collectArguments(BuiltinCall &call) {
  auto function = call.checker.numpyName(
      (llvm::Twine(call.builtin.name) + ".of").str(), call.range);
  if (!function)
    return Value::invalid();
  ValueList items = call.rest;
  for (Value &item : items)
    if (item.isSequence())
      item = asArray(call.checker, item);
  Arguments args;
  args.positional.push_back(Value::tuple(items, call.range));
  for (size_t i = 1; i < call.args.size(); ++i)
    if (!call[i].isMissing())
      args.positional.push_back(call[i]);
  return call.checker.call(*function, args, call.range);
}

llvm::ArrayRef<Builtin> arr::sema::creationBuiltins() {
  static const Builtin table[] = {
      {"meshgrid", "*xi, indexing=", collectArguments},
      {"ix_", "*args", collectArguments},
      {"zeros", "shape, dtype=", newArray, false, Zeros},
      {"ones", "shape, dtype=", newArray, false, Ones},
      {"empty", "shape, dtype=", newArray, false, Empty},
      {"zeros_like", "a, dtype=, shape=", newArrayLike, false, Zeros},
      {"ones_like", "a, dtype=, shape=", newArrayLike, false, Ones},
      {"empty_like", "a, dtype=, shape=", newArrayLike, false, Empty},
      {"full", "shape, fill_value, dtype=", full},
      {"full_like", "a, fill_value, dtype=", fullLike},
      {"arange", "start, stop=, step=, dtype=", arange},
      {"array", "object, dtype=", array},
      {"asarray", "a, dtype=", asArrayCall},
      {"ascontiguousarray", "a, dtype=", asArrayCall},
      {"copy", "a", copy, true},
      {"astype", "a, dtype", astype, true},
      {"result_type", "*arrays", resultType},
  };
  return table;
}
