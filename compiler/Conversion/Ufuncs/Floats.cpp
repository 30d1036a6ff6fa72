//===- Floats.cpp - Elementwise functions of floats -----------------------===//
//
// NumPy's results, its treatment of NaN, infinities and signed zeros included.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Ufuncs/Functions.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace arr {
namespace {

class Floats : Scalars {
public:
  Floats(const Scalars &s, Type type) : Scalars(s), type(type) {}

  Value lower(StringRef name, ValueRange x);

private:
  Value lowerUnary(StringRef name, Value x);
  Value lowerBinary(StringRef name, Value x, Value y);
  /// Functions that the math dialect has.
  Value lowerMath(StringRef name, Value x);

  Value number(double value) { return real(type, value); }
  Value isZero(Value x) { return compare(FloatCompare::OEQ, x, number(0)); }
  Value isPositive(Value x) { return compare(FloatCompare::OGT, x, number(0)); }
  Value isNegative(Value x) { return compare(FloatCompare::OLT, x, number(0)); }
  IntegerType bitsType() {
    return b.getIntegerType(type.getIntOrFloatBitWidth());
  }

  struct QuotientAndRest {
    Value quotient, rest;
  };
  QuotientAndRest divide(Value x, Value y);
  Value power(Value x, Value y);
  Value logaddexp(Value x, Value y, bool isBinary);
  Value extreme(Value x, Value y, bool isMax, bool skipsNan);
  Value nextafter(Value x, Value y);
  Value spacing(Value x);
  Value ldexp(Value x, Value exponent);
  Value sign(Value x);

  Type type;
};

Value Floats::lower(StringRef name, ValueRange x) {
  return x.size() == 1 ? lowerUnary(name, x[0]) : lowerBinary(name, x[0], x[1]);
}

Value Floats::lowerMath(StringRef name, Value x) {
#define MATH(NAME, OP)                                                         \
  if (name == NAME)                                                            \
    return make<math::OP>(x);
  MATH("exp", ExpOp)
  MATH("exp2", Exp2Op)
  MATH("expm1", ExpM1Op)
  MATH("log", LogOp)
  MATH("log2", Log2Op)
  MATH("log10", Log10Op)
  MATH("log1p", Log1pOp)
  MATH("sqrt", SqrtOp)
  MATH("cbrt", CbrtOp)
  MATH("sin", SinOp)
  MATH("cos", CosOp)
  MATH("tan", TanOp)
  MATH("arcsin", AsinOp)
  MATH("arccos", AcosOp)
  MATH("arctan", AtanOp)
  MATH("sinh", SinhOp)
  MATH("cosh", CoshOp)
  MATH("tanh", TanhOp)
  MATH("arcsinh", AsinhOp)
  MATH("arccosh", AcoshOp)
  MATH("arctanh", AtanhOp)
  MATH("floor", FloorOp)
  MATH("ceil", CeilOp)
  MATH("trunc", TruncOp)
  MATH("rint", RoundEvenOp)
  MATH("absolute", AbsFOp)
#undef MATH
  return {};
}

Value Floats::lowerUnary(StringRef name, Value x) {
  if (Value result = lowerMath(name, x))
    return result;
  if (name == "negative")
    return neg(x);
  if (name == "sign")
    return sign(x);
  if (name == "reciprocal")
    return div(number(1), x);
  if (name == "square")
    return mul(x, x);
  if (name == "conjugate" || name == "real")
    return x;
  if (name == "imag")
    return number(0);
  if (name == "spacing")
    return spacing(x);
  if (name == "isnan")
    return isNan(x);
  if (name == "isinf")
    return compare(FloatCompare::OEQ, fabs(x), infinity(type));
  if (name == "isfinite")
    return compare(FloatCompare::OLT, fabs(x), infinity(type));
  if (name == "signbit")
    return compare(IntCompare::slt, bitcast(bitsType(), x),
                   integer(bitsType(), 0));
  return {};
}

static std::optional<FloatCompare> predicate(StringRef name) {
  return llvm::StringSwitch<std::optional<FloatCompare>>(name)
      .Case("equal", FloatCompare::OEQ)
      .Case("not_equal", FloatCompare::UNE)
      .Case("less", FloatCompare::OLT)
      .Case("less_equal", FloatCompare::OLE)
      .Case("greater", FloatCompare::OGT)
      .Case("greater_equal", FloatCompare::OGE)
      .Default(std::nullopt);
}

Value Floats::lowerBinary(StringRef name, Value x, Value y) {
  if (std::optional<FloatCompare> comparison = predicate(name))
    return compare(*comparison, x, y);
  if (name == "add")
    return add(x, y);
  if (name == "subtract")
    return sub(x, y);
  if (name == "multiply")
    return mul(x, y);
  if (name == "divide")
    return div(x, y);
  if (name == "floor_divide")
    return divide(x, y).quotient;
  if (name == "remainder")
    return divide(x, y).rest;
  if (name == "fmod")
    return make<arith::RemFOp>(x, y);
  if (name == "power")
    return power(x, y);
  if (name == "maximum" || name == "fmax")
    return extreme(x, y, /*isMax=*/true, name == "fmax");
  if (name == "minimum" || name == "fmin")
    return extreme(x, y, /*isMax=*/false, name == "fmin");
  if (name == "logaddexp" || name == "logaddexp2")
    return logaddexp(x, y, name == "logaddexp2");
  if (name == "hypot")
    return hypot(*this, x, y);
  if (name == "arctan2")
    return make<math::Atan2Op>(x, y);
  if (name == "copysign")
    return copysign(x, y);
  if (name == "nextafter")
    return nextafter(x, y);
  if (name == "ldexp")
    return ldexp(x, y);
  if (name == "heaviside") {
    Value step = select(isNegative(x), number(0), number(1));
    return select(isNan(x), x, select(isZero(x), y, step));
  }
  return {};
}

Value Floats::sign(Value x) {
  Value one = select(isPositive(x), number(1),
                     select(isNegative(x), number(-1), number(0)));
  return select(isNan(x), x, one);
}

/// Python's divmod as NumPy has it (npy_divmod): the rest has the divisor's
/// sign, and the quotient is exact even where x / y rounds up to an integer.
Floats::QuotientAndRest Floats::divide(Value x, Value y) {
  Value zero = number(0), one = number(1);
  Value fmod = make<arith::RemFOp>(x, y);
  Value quotient = div(sub(x, fmod), y);
  Value isInexact = compare(FloatCompare::UNE, fmod, zero);
  Value differs = compare(IntCompare::ne, isNegative(y), isNegative(fmod));
  Value adjusts = andi(isInexact, differs);
  Value rest = select(adjusts, add(fmod, y), fmod);
  rest = select(isInexact, rest, copysign(zero, y));
  quotient = select(adjusts, sub(quotient, one), quotient);

  Value floor = make<math::FloorOp>(quotient);
  Value isBelow = compare(FloatCompare::OGT, sub(quotient, floor), number(0.5));
  floor = select(isBelow, add(floor, one), floor);
  Value exact = div(x, y);
  floor = select(isZero(quotient), copysign(zero, exact), floor);
  return {select(isZero(y), exact, floor), select(isZero(y), fmod, rest)};
}

/// The exponents that NumPy treats specially, and small integers, are products.
Value Floats::power(Value x, Value y) {
  APFloat constant(0.0);
  if (matchPattern(y, m_ConstantFloat(&constant))) {
    double exponent = constant.convertToDouble();
    if (exponent == 0)
      return number(1);
    if (exponent == 0.5)
      return sqrt(x);
    if (exponent == -1)
      return div(number(1), x);
    if (exponent == 1)
      return x;
    if (exponent == 2 || exponent == 3 || exponent == 4) {
      Value square = mul(x, x);
      if (exponent == 2)
        return square;
      return mul(square, exponent == 3 ? x : square);
    }
  }
  return make<math::PowFOp>(x, y);
}

/// log(exp(x) + exp(y)), or with base 2.
Value Floats::logaddexp(Value x, Value y, bool isBinary) {
  Value distance = sub(x, y);
  Value larger = select(compare(FloatCompare::OGT, distance, number(0)), x, y);
  Value minus = neg(fabs(distance));
  Value rest;
  if (isBinary) {
    constexpr double log2e = 1.442695040888963407359924681001892137;
    rest = mul(number(log2e), make<math::Log1pOp>(make<math::Exp2Op>(minus)));
  } else {
    rest = make<math::Log1pOp>(make<math::ExpOp>(minus));
  }
  // Equal infinities have no distance.
  constexpr double ln2 = 0.693147180559945309417232121458176568;
  Value ifEqual = add(x, number(isBinary ? 1.0 : ln2));
  return select(compare(FloatCompare::OEQ, x, y), ifEqual, add(larger, rest));
}

/// Where neither is NaN the comparison decides; x wins a tie.
Value Floats::extreme(Value x, Value y, bool isMax, bool skipsNan) {
  auto wins = isMax ? FloatCompare::OGE : FloatCompare::OLE;
  Value other = select(compare(wins, x, y), x, y);
  return select(isNan(skipsNan ? y : x), x, other);
}

/// The bits of a float, read as an integer, step from one float to the next.
Value Floats::nextafter(Value x, Value y) {
  Type bits = bitsType();
  Value pattern = bitcast(bits, x);
  Value away = compare(IntCompare::eq, compare(FloatCompare::OLT, x, y),
                       compare(FloatCompare::OGT, x, number(0)));
  Value step = select(away, integer(bits, 1), integer(bits, -1));
  Value next = bitcast(type, add(pattern, step));
  Value smallest = bitcast(type, integer(bits, 1));
  Value result = select(isZero(x), copysign(smallest, y), next);
  result = select(compare(FloatCompare::OEQ, x, y), y, result);
  return select(compare(FloatCompare::UNO, x, y), add(x, y), result);
}

/// The distance to the next float away from 0, with x's sign.
Value Floats::spacing(Value x) {
  Type bits = bitsType();
  Value magnitude = fabs(x);
  Value next = bitcast(type, add(bitcast(bits, magnitude), integer(bits, 1)));
  Value distance = copysign(sub(next, magnitude), x);
  Value smallest = bitcast(type, integer(bits, 1));
  Value result = select(isZero(x), smallest, distance);
  Value isFinite = compare(FloatCompare::OLT, magnitude, infinity(type));
  return select(isFinite, result, sub(x, x));
}

/// x * 2**i in three exact steps, so that only the last one may round.
Value Floats::ldexp(Value x, Value exponent) {
  bool isDouble = type.isF64();
  Type bits = bitsType();
  int64_t bias = isDouble ? 1023 : 127, digits = isDouble ? 52 : 23;
  Value rest = exponent;
  if (exponent.getType() != bits)
    rest =
        exponent.getType().getIntOrFloatBitWidth() <
                bits.getIntOrFloatBitWidth()
            ? make<arith::ExtSIOp>(bits, exponent)
            : make<arith::TruncIOp>(
                  bits, make<arith::MaxSIOp>(
                            make<arith::MinSIOp>(
                                exponent, integer(exponent.getType(), 1 << 16)),
                            integer(exponent.getType(), -(1 << 16))));
  // Twice: up by bias, or down, but not into the subnormals.
  int64_t up = bias, down = -(bias - 1) + digits + 1;
  for (int i = 0; i < 2; ++i) {
    Value isLarge = compare(IntCompare::sgt, rest, integer(bits, up));
    Value isSmall = compare(IntCompare::slt, rest, integer(bits, -(bias - 1)));
    auto power = [&](int64_t n) {
      return bitcast(type, integer(bits, (n + bias) << digits));
    };
    Value factor =
        select(isLarge, power(up), select(isSmall, power(down), number(1)));
    Value taken =
        select(isLarge, integer(bits, up),
               select(isSmall, integer(bits, down), integer(bits, 0)));
    x = mul(x, factor);
    rest = sub(rest, taken);
  }
  rest = make<arith::MinSIOp>(rest, integer(bits, up));
  rest = make<arith::MaxSIOp>(rest, integer(bits, -(bias - 1)));
  Value last = make<arith::ShLIOp>(add(rest, integer(bits, bias)),
                                   integer(bits, digits));
  return mul(x, bitcast(type, last));
}

} // namespace

Value lowerFloat(Scalars &s, StringRef name, ValueRange x) {
  return Floats(s, x[0].getType()).lower(name, x);
}

/// Squares of very large or small numbers leave the range: both are scaled by
/// a power of two first, which is exact.
Value hypot(Scalars &s, Value x, Value y) {
  Type type = x.getType();
  if (type.isF32()) {
    // A double holds the squares of floats exactly.
    Type wide = s.b.getF64Type();
    Value u = s.make<arith::ExtFOp>(wide, x),
          v = s.make<arith::ExtFOp>(wide, y);
    Value root = s.sqrt(s.add(s.mul(u, u), s.mul(v, v)));
    Value isInfinite = s.compare(FloatCompare::OEQ,
                                 s.make<arith::MaxNumFOp>(s.fabs(u), s.fabs(v)),
                                 s.infinity(wide));
    return s.make<arith::TruncFOp>(
        type, s.select(isInfinite, s.infinity(wide), root));
  }
  Value a = s.fabs(x), c = s.fabs(y);
  Value larger = s.select(s.compare(FloatCompare::OGT, a, c), a, c);
  auto powerOfTwo = [&](int exponent) {
    return s.real(type, std::ldexp(1.0, exponent));
  };
  Value isLarge = s.compare(FloatCompare::OGT, larger, powerOfTwo(500));
  Value isSmall = s.compare(FloatCompare::OLT, larger, powerOfTwo(-450));
  Value one = s.real(type, 1);
  Value scale = s.select(isLarge, powerOfTwo(-600),
                         s.select(isSmall, powerOfTwo(600), one));
  Value back = s.select(isLarge, powerOfTwo(600),
                        s.select(isSmall, powerOfTwo(-600), one));
  Value u = s.mul(a, scale), v = s.mul(c, scale);
  Value root = s.mul(s.sqrt(s.add(s.mul(u, u), s.mul(v, v))), back);
  // An infinity wins over a NaN.
  Value infinity = s.infinity(type);
  Value isInfinite = s.ori(s.compare(FloatCompare::OEQ, a, infinity),
                           s.compare(FloatCompare::OEQ, c, infinity));
  return s.select(isInfinite, infinity, root);
}

} // namespace arr
