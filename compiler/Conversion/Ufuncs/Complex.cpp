//===- Complex.cpp - Elementwise functions of complex numbers -------------===//
//
// Written in real arithmetic on the two parts. Transcendental functions of c64
// are computed in f64 and rounded once.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Ufuncs/Functions.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace arr {
namespace {

/// A complex number in two parts.
struct Parts {
  Value re, im;
};

class ComplexFunctions : Scalars {
public:
  ComplexFunctions(const Scalars &s, Type part) : Scalars(s), type(part) {}

  Value lower(StringRef name, ValueRange x);

private:
  std::optional<Parts> arithmetic(StringRef name, Parts x);
  std::optional<Parts> arithmetic(StringRef name, Parts x, Parts y);
  Parts transcendental(StringRef name, Parts x, std::optional<Parts> y);
  Parts widen(Parts x);

  Value number(double value) { return real(type, value); }
  Parts split(Value x) { return {re(x), im(x)}; }
  Parts timesI(Parts x) { return {neg(x.im), x.re}; }
  Parts timesMinusI(Parts x) { return {x.im, neg(x.re)}; }
  Parts add(Parts x, Parts y) {
    return {Scalars::add(x.re, y.re), Scalars::add(x.im, y.im)};
  }
  Parts sub(Parts x, Parts y) {
    return {Scalars::sub(x.re, y.re), Scalars::sub(x.im, y.im)};
  }
  Parts mul(Parts x, Parts y);
  Parts div(Parts x, Parts y);
  Parts scale(Parts x, double factor) {
    return {Scalars::mul(x.re, number(factor)),
            Scalars::mul(x.im, number(factor))};
  }
  Parts select(Value condition, Parts x, Parts y) {
    return {Scalars::select(condition, x.re, y.re),
            Scalars::select(condition, x.im, y.im)};
  }
  using Scalars::add;
  using Scalars::div;
  using Scalars::mul;
  using Scalars::select;
  using Scalars::sub;

  Parts exp(Parts x);
  Parts log(Parts x);
  Parts log1p(Parts x);
  Parts expm1(Parts x);
  Parts sqrtOf(Parts x);
  Parts power(Parts x, Parts y);
  Parts sinh(Parts x);
  Parts cosh(Parts x);
  Parts tanh(Parts x);
  Parts arcsin(Parts x);
  Parts arccos(Parts x);
  Parts arccosh(Parts x);
  Parts arctanh(Parts x);

  Type type;
};

Value ComplexFunctions::lower(StringRef name, ValueRange x) {
  Parts first = split(x[0]);
  if (name == "real")
    return first.re;
  if (name == "imag")
    return first.im;
  if (name == "absolute")
    return hypot(*this, first.re, first.im);
  auto onBoth = [&](auto test) {
    return std::make_pair(test(first.re), test(first.im));
  };
  if (name == "isnan") {
    auto [re, im] = onBoth([&](Value part) { return isNan(part); });
    return ori(re, im);
  }
  if (name == "isinf" || name == "isfinite") {
    bool isInf = name == "isinf";
    auto [re, im] = onBoth([&](Value part) {
      return compare(isInf ? FloatCompare::OEQ : FloatCompare::OLT, fabs(part),
                     infinity(type));
    });
    return isInf ? ori(re, im) : andi(re, im);
  }
  if (x.size() == 1) {
    if (std::optional<Parts> result = arithmetic(name, first))
      return complexOf(result->re, result->im);
  } else {
    if (Value result = compareComplex(*this, name, x[0], x[1]))
      return result;
    if (std::optional<Parts> result = arithmetic(name, first, split(x[1])))
      return complexOf(result->re, result->im);
  }

  Type part = type;
  std::optional<Parts> second;
  if (x.size() > 1)
    second = widen(split(x[1]));
  first = widen(first);
  type = b.getF64Type();
  Parts result = transcendental(name, first, second);
  if (!result.re)
    return {};
  if (part != type)
    result = {make<arith::TruncFOp>(part, result.re),
              make<arith::TruncFOp>(part, result.im)};
  return complexOf(result.re, result.im);
}

Parts ComplexFunctions::widen(Parts x) {
  Type wide = b.getF64Type();
  if (type == wide)
    return x;
  return {make<arith::ExtFOp>(wide, x.re), make<arith::ExtFOp>(wide, x.im)};
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Parts ComplexFunctions::mul(Parts x, Parts y) {
  return {sub(mul(x.re, y.re), mul(x.im, y.im)),
          add(mul(x.re, y.im), mul(x.im, y.re))};
}

/// Smith's method, as NumPy: divides by the larger part of the divisor.
Parts ComplexFunctions::div(Parts x, Parts y) {
  Value realWins = compare(FloatCompare::OGE, fabs(y.re), fabs(y.im));
  Value large = select(realWins, y.re, y.im),
        small = select(realWins, y.im, y.re);
  Value isZero = andi(compare(FloatCompare::OEQ, y.re, number(0)),
                      compare(FloatCompare::OEQ, y.im, number(0)));
  Value ratio = div(small, large);
  Value factor = div(number(1), add(large, mul(small, ratio)));
  Value a = select(realWins, x.re, x.im), c = select(realWins, x.im, x.re);
  // re = (a + c * ratio) * factor; im = +-(c - a * ratio) * factor
  Value resultRe = mul(add(a, mul(c, ratio)), factor);
  Value difference =
      select(realWins, sub(c, mul(a, ratio)), sub(mul(a, ratio), c));
  Value resultIm = mul(difference, factor);
  Value magnitude = fabs(y.re);
  return select(isZero, {div(x.re, magnitude), div(x.im, magnitude)},
                {resultRe, resultIm});
}

std::optional<Parts> ComplexFunctions::arithmetic(StringRef name, Parts x) {
  if (name == "negative")
    return Parts{neg(x.re), neg(x.im)};
  if (name == "conjugate")
    return Parts{x.re, neg(x.im)};
  if (name == "square")
    return mul(x, x);
  if (name == "reciprocal")
    return div({number(1), number(0)}, x);
  if (name == "rint")
    return Parts{make<math::RoundEvenOp>(x.re), make<math::RoundEvenOp>(x.im)};
  if (name == "sign") {
    Value length = hypot(*this, x.re, x.im);
    Value isZero = compare(FloatCompare::OEQ, length, number(0));
    Parts unit{div(x.re, length), div(x.im, length)};
    return select(isZero, {number(0), number(0)}, unit);
  }
  return std::nullopt;
}

std::optional<Parts> ComplexFunctions::arithmetic(StringRef name, Parts x,
                                                  Parts y) {
  if (name == "add")
    return add(x, y);
  if (name == "subtract")
    return sub(x, y);
  if (name == "multiply")
    return mul(x, y);
  if (name == "divide")
    return div(x, y);
  // x, unless y is larger (or smaller); a NaN in either wins.
  bool isMax = name == "maximum" || name == "fmax";
  if (isMax || name == "minimum" || name == "fmin") {
    bool skipsNan = name.starts_with("f");
    Parts judged = skipsNan ? y : x;
    Value wins = compareComplex(*this, isMax ? "greater_equal" : "less_equal",
                                complexOf(x.re, x.im), complexOf(y.re, y.im));
    return select(ori(wins, ori(isNan(judged.re), isNan(judged.im))), x, y);
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Transcendental functions, in f64
//===----------------------------------------------------------------------===//

Parts ComplexFunctions::transcendental(StringRef name, Parts x,
                                       std::optional<Parts> y) {
  if (name == "exp")
    return exp(x);
  if (name == "exp2")
    return exp(scale(x, 0.693147180559945309417232121458176568));
  if (name == "expm1")
    return expm1(x);
  if (name == "log")
    return log(x);
  if (name == "log2")
    return scale(log(x), 1.442695040888963407359924681001892137);
  if (name == "log10")
    return scale(log(x), 0.434294481903251827651128918916605082);
  if (name == "log1p")
    return log1p(x);
  if (name == "sqrt")
    return sqrtOf(x);
  if (name == "power")
    return power(x, *y);
  if (name == "sinh")
    return sinh(x);
  if (name == "cosh")
    return cosh(x);
  if (name == "tanh")
    return tanh(x);
  if (name == "sin") // -i sinh(ix)
    return timesMinusI(sinh(timesI(x)));
  if (name == "cos") // cosh(ix)
    return cosh(timesI(x));
  if (name == "tan") // -i tanh(ix)
    return timesMinusI(tanh(timesI(x)));
  if (name == "arcsin")
    return arcsin(x);
  if (name == "arccos")
    return arccos(x);
  if (name == "arctan") // -i arctanh(ix)
    return timesMinusI(arctanh(timesI(x)));
  if (name == "arcsinh") // -i arcsin(ix)
    return timesMinusI(arcsin(timesI(x)));
  if (name == "arccosh")
    return arccosh(x);
  if (name == "arctanh")
    return arctanh(x);
  return {};
}

Parts ComplexFunctions::exp(Parts x) {
  // In two factors, so that exp(710 + iy) is finite where it should be.
  Value isLarge = compare(FloatCompare::OGT, x.re, number(700));
  Value shift = select(isLarge, number(700), number(0));
  Value factor = select(isLarge, number(std::exp(700.0)), number(1));
  Value size = make<math::ExpOp>(sub(x.re, shift));
  Value re = mul(mul(size, make<math::CosOp>(x.im)), factor);
  Value im = mul(mul(size, make<math::SinOp>(x.im)), factor);
  Value isReal = compare(FloatCompare::OEQ, x.im, number(0));
  return select(isReal, {make<math::ExpOp>(x.re), x.im}, {re, im});
}

Parts ComplexFunctions::expm1(Parts x) {
  Value half = make<math::SinOp>(mul(x.im, number(0.5)));
  Value cosMinusOne = mul(number(-2), mul(half, half));
  Value re =
      add(mul(make<math::ExpM1Op>(x.re), make<math::CosOp>(x.im)), cosMinusOne);
  return {re, mul(make<math::ExpOp>(x.re), make<math::SinOp>(x.im))};
}

Parts ComplexFunctions::log(Parts x) {
  Value a = fabs(x.re), c = fabs(x.im);
  Value isReal = compare(FloatCompare::OGT, a, c);
  Value large = select(isReal, a, c), small = select(isReal, c, a);
  Value size = hypot(*this, x.re, x.im);
  // Near 1 the logarithm of the rounded size would have few digits.
  Value one = number(1);
  Value excess = add(mul(sub(large, one), add(large, one)), mul(small, small));
  Value isNear = andi(compare(FloatCompare::OGT, size, number(0.5)),
                      compare(FloatCompare::OLT, size, number(2)));
  Value near =
      mul(number(0.5), make<math::Log1pOp>(select(isNear, excess, number(0))));
  return {select(isNear, near, make<math::LogOp>(size)),
          make<math::Atan2Op>(x.im, x.re)};
}

Parts ComplexFunctions::log1p(Parts x) {
  // |1 + x|^2 - 1 = x.re * (2 + x.re) + x.im^2
  Value excess = add(mul(x.re, add(number(2), x.re)), mul(x.im, x.im));
  Value sum = add(number(1), x.re);
  Value isNear = compare(FloatCompare::OLT, fabs(excess), number(1));
  Value near =
      mul(number(0.5), make<math::Log1pOp>(select(isNear, excess, number(0))));
  Parts far = log({sum, x.im});
  return {select(isNear, near, far.re), far.im};
}

Parts ComplexFunctions::sqrtOf(Parts x) {
  // Scaled by 1/4, so that |re| + |x| does not overflow; the root by 1/2.
  Parts quarter = scale(x, 0.25);
  Value size = hypot(*this, quarter.re, quarter.im);
  Value root = sqrt(mul(add(fabs(quarter.re), size), number(0.5)));
  Value other = div(fabs(quarter.im), mul(number(2), root));
  Value isZero = compare(FloatCompare::OEQ, root, number(0));
  other = select(isZero, number(0), other);
  Value isRight = compare(FloatCompare::OGE, x.re, number(0));
  Value re = mul(number(2), select(isRight, root, other));
  Value im = mul(number(2), select(isRight, other, root));
  Value isInfinite = compare(FloatCompare::OEQ, fabs(x.im), infinity(type));
  re = select(isInfinite, infinity(type), re);
  im = select(isInfinite, infinity(type), im);
  return {re, copysign(im, x.im)};
}

/// Small integer exponents are products, as in NumPy; else exp(y * log(x)).
Parts ComplexFunctions::power(Parts x, Parts y) {
  APFloat re(0.0), im(0.0);
  if (matchPattern(y.re, m_ConstantFloat(&re)) &&
      matchPattern(y.im, m_ConstantFloat(&im)) && im.isZero()) {
    double exponent = re.convertToDouble();
    if (exponent == 0)
      return {number(1), number(0)};
    if (exponent == std::trunc(exponent) && std::fabs(exponent) < 100) {
      Parts result, base = x;
      bool isFirst = true;
      for (unsigned rest = std::fabs(exponent); rest; rest >>= 1) {
        if (rest & 1) {
          result = isFirst ? base : mul(result, base);
          isFirst = false;
        }
        if (rest > 1)
          base = mul(base, base);
      }
      return exponent > 0 ? result : div({number(1), number(0)}, result);
    }
  }
  auto isZero = [&](Parts z) {
    return andi(compare(FloatCompare::OEQ, z.re, number(0)),
                compare(FloatCompare::OEQ, z.im, number(0)));
  };
  Parts zero{number(0), number(0)}, one{number(1), number(0)};
  // 0 to a positive power is 0, to another one it is not a number.
  Value nan = number(std::numeric_limits<double>::quiet_NaN());
  Value isPositive = compare(FloatCompare::OGT, y.re, number(0));
  Parts ofZero = select(isPositive, zero, {nan, nan});
  Parts general = exp(mul(y, log(x)));
  return select(isZero(y), one, select(isZero(x), ofZero, general));
}

Parts ComplexFunctions::sinh(Parts x) {
  Value re = mul(make<math::SinhOp>(x.re), make<math::CosOp>(x.im));
  Value im = mul(make<math::CoshOp>(x.re), make<math::SinOp>(x.im));
  // A real number stays one: infinity times 0 would be NaN.
  Value isReal = compare(FloatCompare::OEQ, x.im, number(0));
  return select(isReal, {make<math::SinhOp>(x.re), x.im}, {re, im});
}

Parts ComplexFunctions::cosh(Parts x) {
  Value re = mul(make<math::CoshOp>(x.re), make<math::CosOp>(x.im));
  Value im = mul(make<math::SinhOp>(x.re), make<math::SinOp>(x.im));
  Value isReal = compare(FloatCompare::OEQ, x.im, number(0));
  Value zero = mul(x.im, copysign(number(1), x.re));
  return select(isReal, {make<math::CoshOp>(x.re), zero}, {re, im});
}

/// Kahan's formula.
Parts ComplexFunctions::tanh(Parts x) {
  Value isLarge = compare(FloatCompare::OGT, fabs(x.re), number(22));
  Value safe = select(isLarge, number(0), x.re);
  Value t = make<math::TanOp>(x.im);
  Value beta = add(number(1), mul(t, t));
  Value s = make<math::SinhOp>(safe);
  Value rho = sqrt(add(number(1), mul(s, s)));
  Value denominator = add(number(1), mul(beta, mul(s, s)));
  Parts small{div(mul(beta, mul(rho, s)), denominator), div(t, denominator)};
  Value decay = make<math::ExpOp>(mul(number(-2), fabs(x.re)));
  Value swing = mul(make<math::SinOp>(x.im), make<math::CosOp>(x.im));
  Parts large{copysign(number(1), x.re), mul(number(4), mul(swing, decay))};
  return select(isLarge, large, small);
}

/// Kahan's formulas: no cancellation on or beside the branch cuts.
Parts ComplexFunctions::arcsin(Parts x) {
  Parts one{number(1), number(0)};
  Parts minus = sqrtOf(sub(one, x)), plus = sqrtOf(add(one, x));
  Value re = make<math::Atan2Op>(
      x.re, sub(mul(minus.re, plus.re), mul(minus.im, plus.im)));
  Value im = sub(mul(minus.re, plus.im), mul(minus.im, plus.re));
  return {re, make<math::AsinhOp>(im)};
}

Parts ComplexFunctions::arccos(Parts x) {
  Parts one{number(1), number(0)};
  Parts minus = sqrtOf(sub(one, x)), plus = sqrtOf(add(one, x));
  Value re = mul(number(2), make<math::Atan2Op>(minus.re, plus.re));
  Value im = sub(mul(plus.re, minus.im), mul(plus.im, minus.re));
  return {re, make<math::AsinhOp>(im)};
}

Parts ComplexFunctions::arccosh(Parts x) {
  Parts one{number(1), number(0)};
  Parts minus = sqrtOf(sub(x, one)), plus = sqrtOf(add(x, one));
  Value re = add(mul(minus.re, plus.re), mul(minus.im, plus.im));
  Value im = mul(number(2), make<math::Atan2Op>(minus.im, plus.re));
  return {make<math::AsinhOp>(re), im};
}

Parts ComplexFunctions::arctanh(Parts x) {
  Value minus = sub(number(1), x.re), plus = add(number(1), x.re);
  Value square = mul(x.im, x.im);
  Value distance = add(mul(minus, minus), square);
  Value re = mul(number(0.25),
                 make<math::Log1pOp>(div(mul(number(4), x.re), distance)));
  Value im =
      mul(number(0.5), make<math::Atan2Op>(mul(number(2), x.im),
                                           sub(mul(minus, plus), square)));
  return {re, im};
}

} // namespace

Value lowerComplex(Scalars &s, StringRef name, ValueRange x) {
  Type part = cast<ComplexType>(x[0].getType()).getElementType();
  return ComplexFunctions(s, part).lower(name, x);
}

Value compareComplex(Scalars &s, StringRef name, Value x, Value y) {
  Value xr = s.re(x), xi = s.im(x), yr = s.re(y), yi = s.im(y);
  if (name == "equal")
    return s.andi(s.compare(FloatCompare::OEQ, xr, yr),
                  s.compare(FloatCompare::OEQ, xi, yi));
  if (name == "not_equal")
    return s.ori(s.compare(FloatCompare::UNE, xr, yr),
                 s.compare(FloatCompare::UNE, xi, yi));
  bool isLess = name.starts_with("less");
  if (!isLess && !name.starts_with("greater"))
    return {};
  bool orEqual = name.ends_with("_equal");
  // The real parts decide, if no imaginary part is NaN; then the imaginary
  // ones.
  FloatCompare strict = isLess ? FloatCompare::OLT : FloatCompare::OGT;
  FloatCompare last = !orEqual ? strict
                      : isLess ? FloatCompare::OLE
                               : FloatCompare::OGE;
  Value ordered = s.compare(FloatCompare::ORD, xi, yi);
  Value byReal = s.andi(s.compare(strict, xr, yr), ordered);
  Value byImag =
      s.andi(s.compare(FloatCompare::OEQ, xr, yr), s.compare(last, xi, yi));
  return s.ori(byReal, byImag);
}

} // namespace arr
