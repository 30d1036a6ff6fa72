//===- Ufuncs.cpp - Elementwise functions
//----------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace arr;
using namespace arr::sema;
using typed::Ufunc;

static Value plainUfunc(BuiltinCall &call) {
  for (unsigned i = 0; i < call.args.size(); ++i)
    if (!requireArgument(call, i))
      return Value::invalid();
  return call.checker.ufunc(static_cast<Ufunc>(call.builtin.data), call.args,
                            call.range);
}

/// Of an array a view, of a scalar a new one.
static Value complexPart(Checker &checker, const Value &value, bool isImaginary,
                         SourceRange range) {
  DType part = realDType(value.type.dtype);
  if (!value.isArray())
    return checker.elementwiseNode(isImaginary ? Ufunc::Imag : Ufunc::Real,
                                   {value}, Type::scalar(part), range);
  auto *node = checker.make<typed::ComplexPart>(
      Type::array(part, value.type.shape), range);
  node->base = checker.toExpr(value);
  node->isImaginary = isImaginary;
  return Value::runtime(node);
}

Value arr::sema::realPart(Checker &checker, const Value &value,
                          SourceRange range) {
  if (!isComplex(value.type.dtype))
    return value;
  return complexPart(checker, value, /*isImaginary=*/false, range);
}

Value arr::sema::imagPart(Checker &checker, const Value &value,
                          SourceRange range) {
  DType part = realDType(value.type.dtype);
  if (isComplex(value.type.dtype))
    return complexPart(checker, value, /*isImaginary=*/true, range);
  // Zeros of the same shape.
  Value zero = castTo(checker, Value::integer(0, range), part);
  if (!value.isArray())
    return zero;
  auto *fill = checker.make<typed::Fill>(value.type, range);
  for (unsigned axis = 0; axis < value.type.rank(); ++axis)
    fill->sizes.push_back(checker.toExpr(checker.sizeOf(value, axis, range)));
  fill->value = checker.toExpr(zero);
  return Value::runtime(fill);
}

static Value part(BuiltinCall &call) {
  if (!requireArgument(call, 0))
    return Value::invalid();
  return call.builtin.data ? imagPart(call.checker, call[0], call.range)
                           : realPart(call.checker, call[0], call.range);
}

static Value angle(BuiltinCall &call) {
  if (!requireArgument(call, 0))
    return Value::invalid();
  Checker &checker = call.checker;
  return checker.withTemp(call[0], [&](const Value &z) {
    return checker.ufunc(
        Ufunc::Arctan2,
        {imagPart(checker, z, call.range), realPart(checker, z, call.range)},
        call.range);
  });
}

/// np.fabs: absolute values as floats.
static Value floatAbsolute(BuiltinCall &call) {
  if (!requireArgument(call, 0))
    return Value::invalid();
  Checker &checker = call.checker;
  DType dtype = floatDType(defaultDType(call[0].type.dtype));
  if (!call[0].type.weak || call[0].isArray())
    dtype = floatDType(call[0].type.dtype);
  if (isComplex(dtype)) {
    checker.report(call.range, diag::UfuncNotDefined, "fabs",
                   "`" + checker.text(call[0].type) + "`");
    return Value::invalid();
  }
  return checker.ufunc(Ufunc::Absolute, {castTo(checker, call[0], dtype)},
                       call.range);
}

/// Rint, on both parts of a complex number.
static Value roundHalfEven(Checker &checker, const Value &value,
                           SourceRange range) {
  if (kindOrder(value.type.dtype) < 2)
    return checker.copyNode(value, range);
  return checker.ufunc(Ufunc::Rint, {value}, range);
}

/// `round(x)` of a scalar is an int; arrays and NumPy keep the dtype.
static Value rounded(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  Value value = call[0];
  bool isPython = call.builtin.data == 1;
  if (isPython && value.isScalar() && call[1].isMissingOrNone()) {
    if (kindOrder(value.type.dtype) < 2)
      return checker.convert(value, Type::scalar(DType::I64, true), true);
    if (isComplex(value.type.dtype)) {
      checker.report(call.range, diag::UfuncNotDefined, "round",
                     "`" + checker.text(value.type) + "`");
      return Value::invalid();
    }
    Value whole = checker.ufunc(Ufunc::Rint, {value}, call.range);
    return checker.convert(whole, Type::scalar(DType::I64, true), true);
  }
  auto decimals =
      call[1].isMissing() ? std::optional<int64_t>(0) : call[1].asInt();
  if (!decimals) {
    checker.report(call[1].range, diag::NotKnown, "the number of decimals");
    return Value::invalid();
  }
  bool isInteger = kindOrder(value.type.dtype) < 2;
  if (*decimals == 0 || (isInteger && *decimals > 0))
    return roundHalfEven(checker, value, call.range);
  if (isInteger)
    return checker.unsupported(call.range,
                               "rounding integers to tens or hundreds");
  // As NumPy: scaled by a power of ten, rounded, scaled back.
  Value scale = Value::constantOf(
      Constant::ofFloat(std::pow(10.0, std::abs(double(*decimals)))),
      call.range);
  auto up = *decimals > 0 ? ast::BinaryOp::Mul : ast::BinaryOp::Div;
  auto down = *decimals > 0 ? ast::BinaryOp::Div : ast::BinaryOp::Mul;
  Value scaled = checker.binary(up, value, scale, call.range);
  if (scaled.isInvalid())
    return scaled;
  return checker.binary(down, roundHalfEven(checker, scaled, call.range), scale,
                        call.range);
}

static Value selectWhere(BuiltinCall &call) {
  if (call[1].isMissing() && call[2].isMissing()) {
    auto nonzero = call.checker.numpyName("nonzero", call.range);
    Arguments args;
    args.positional.push_back(call[0]);
    return nonzero ? call.checker.call(*nonzero, args, call.range)
                   : Value::invalid();
  }
  if (call[2].isMissing()) {
    call.checker.report(call.range, diag::MissingArgument, "where", "y");
    return Value::invalid();
  }
  for (unsigned i = 0; i < 3; ++i)
    if (!requireArgument(call, i))
      return Value::invalid();
  return call.checker.where(call[0], call[1], call[2], call.range);
}

static Value clip(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  Value result = call[0];
  for (unsigned i : {1u, 2u}) {
    if (call[i].isMissingOrNone())
      continue;
    if (!requireArgument(call, i))
      return Value::invalid();
    result = checker.ufunc(i == 1 ? Ufunc::Maximum : Ufunc::Minimum,
                           {result, call[i]}, call.range);
    if (result.isInvalid())
      return result;
  }
  return result;
}

/// `np.add.at(a, indices, b)`.
static Value updateAt(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!call[0].isArray()) {
    checker.report(call[0].range, diag::NotAnArray, checker.describe(call[0]));
    return Value::invalid();
  }
  if (!requireArgument(call, 2))
    return Value::invalid();
  Value target = checker.indexTarget(call[0], call[1], call.range);
  if (!target.isInvalid())
    checker.updateInPlace(target, static_cast<Ufunc>(call.builtin.data),
                          call.builtin.name, call[2], call.range,
                          /*isRepeated=*/true);
  return Value::of(Value::Kind::None, call.range);
}

/// The first choice whose condition holds.
static Value select(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!call[0].isSequence() || !call[1].isSequence() ||
      call[0].elements.size() != call[1].elements.size()) {
    checker.report(call.range, diag::SelectLists);
    return Value::invalid();
  }
  Value result = call[2].isMissing() ? Value::integer(0, call.range) : call[2];
  for (auto [condition, choice] :
       llvm::reverse(llvm::zip(call[0].elements, call[1].elements))) {
    result = checker.where(condition, choice, result, call.range);
    if (result.isInvalid())
      return result;
  }
  return result;
}

#define UNARY(NAME, UFUNC)                                                     \
  {NAME, "x", plainUfunc, false, static_cast<int>(Ufunc::UFUNC)}
#define BINARY(NAME, UFUNC)                                                    \
  {NAME, "x1, x2", plainUfunc, false, static_cast<int>(Ufunc::UFUNC)}

#define UPDATE(NAME, UFUNC)                                                    \
  {NAME ".at", "a, indices, b", updateAt, false, static_cast<int>(Ufunc::UFUNC)}

llvm::ArrayRef<Builtin> arr::sema::ufuncBuiltins() {
  static const Builtin table[] = {
      UPDATE("add", Add),
      UPDATE("subtract", Subtract),
      UPDATE("multiply", Multiply),
      UPDATE("divide", Divide),
      UPDATE("power", Power),
      UPDATE("maximum", Maximum),
      UPDATE("minimum", Minimum),
      UPDATE("fmax", Fmax),
      UPDATE("fmin", Fmin),
      UPDATE("bitwise_and", BitwiseAnd),
      UPDATE("bitwise_or", BitwiseOr),
      UPDATE("bitwise_xor", BitwiseXor),
      BINARY("add", Add),
      BINARY("subtract", Subtract),
      BINARY("multiply", Multiply),
      BINARY("divide", Divide),
      BINARY("true_divide", Divide),
      BINARY("floor_divide", FloorDivide),
      BINARY("remainder", Remainder),
      BINARY("mod", Remainder),
      BINARY("fmod", Fmod),
      BINARY("power", Power),
      UNARY("negative", Negative),
      UNARY("positive", Positive),
      UNARY("absolute", Absolute),
      {"fabs", "x", floatAbsolute},
      UNARY("sign", Sign),
      UNARY("reciprocal", Reciprocal),
      UNARY("square", Square),
      BINARY("maximum", Maximum),
      BINARY("minimum", Minimum),
      BINARY("fmax", Fmax),
      BINARY("fmin", Fmin),
      BINARY("equal", Equal),
      BINARY("not_equal", NotEqual),
      BINARY("less", Less),
      BINARY("less_equal", LessEqual),
      BINARY("greater", Greater),
      BINARY("greater_equal", GreaterEqual),
      BINARY("logical_and", LogicalAnd),
      BINARY("logical_or", LogicalOr),
      BINARY("logical_xor", LogicalXor),
      UNARY("logical_not", LogicalNot),
      BINARY("bitwise_and", BitwiseAnd),
      BINARY("bitwise_or", BitwiseOr),
      BINARY("bitwise_xor", BitwiseXor),
      UNARY("invert", Invert),
      UNARY("bitwise_not", Invert),
      UNARY("bitwise_invert", Invert),
      BINARY("left_shift", LeftShift),
      BINARY("right_shift", RightShift),
      BINARY("bitwise_left_shift", LeftShift),
      BINARY("bitwise_right_shift", RightShift),
      UNARY("exp", Exp),
      UNARY("exp2", Exp2),
      UNARY("expm1", Expm1),
      UNARY("log", Log),
      UNARY("log2", Log2),
      UNARY("log10", Log10),
      UNARY("log1p", Log1p),
      BINARY("logaddexp", Logaddexp),
      BINARY("logaddexp2", Logaddexp2),
      UNARY("sqrt", Sqrt),
      UNARY("cbrt", Cbrt),
      BINARY("hypot", Hypot),
      UNARY("sin", Sin),
      UNARY("cos", Cos),
      UNARY("tan", Tan),
      UNARY("arcsin", Arcsin),
      UNARY("asin", Arcsin),
      UNARY("arccos", Arccos),
      UNARY("acos", Arccos),
      UNARY("arctan", Arctan),
      UNARY("atan", Arctan),
      BINARY("arctan2", Arctan2),
      BINARY("atan2", Arctan2),
      UNARY("sinh", Sinh),
      UNARY("cosh", Cosh),
      UNARY("tanh", Tanh),
      UNARY("arcsinh", Arcsinh),
      UNARY("asinh", Arcsinh),
      UNARY("arccosh", Arccosh),
      UNARY("acosh", Arccosh),
      UNARY("arctanh", Arctanh),
      UNARY("atanh", Arctanh),
      UNARY("floor", Floor),
      UNARY("ceil", Ceil),
      UNARY("trunc", Trunc),
      UNARY("fix", Trunc),
      UNARY("rint", Rint),
      {"round", "a, decimals=", rounded, false, 1},
      {"around", "a, decimals=", rounded, true, 0},
      BINARY("copysign", Copysign),
      BINARY("nextafter", Nextafter),
      UNARY("spacing", Spacing),
      UNARY("isnan", Isnan),
      UNARY("isinf", Isinf),
      UNARY("isfinite", Isfinite),
      UNARY("signbit", Signbit),
      BINARY("ldexp", Ldexp),
      BINARY("heaviside", Heaviside),
      {"conj", "x", plainUfunc, true, static_cast<int>(Ufunc::Conjugate)},
      {"conjugate", "x", plainUfunc, true, static_cast<int>(Ufunc::Conjugate)},
      {"real", "val", part, false, 0},
      {"imag", "val", part, false, 1},
      {"angle", "z", angle},
      {"where", "condition, x=, y=", selectWhere},
      {"clip", "a, a_min=, a_max=", clip, true},
      {"select", "condlist, choicelist, default=", select},
  };
  return table;
}

#undef UNARY
#undef BINARY
#undef UPDATE
