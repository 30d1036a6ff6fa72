//===- Casts.cpp - Conversion between dtypes ------------------------------===//
//
// As astype, but defined everywhere: float to integer truncates and saturates,
// NaN becomes 0.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Ufuncs/Functions.h"

using namespace mlir;

namespace arr {

static bool isUnsignedOrBool(Type type) {
  return type.isUnsignedInteger() || type.isInteger(1);
}

static Value floatToInteger(Scalars &s, Value x, Type to, bool isUnsigned) {
  Type type = x.getType();
  unsigned width = to.getIntOrFloatBitWidth();
  double top = std::ldexp(1.0, isUnsigned ? width : width - 1);
  double bottom = isUnsigned ? 0 : -top;
  Value whole = s.make<math::TruncOp>(x);
  Value isBelow = s.compare(FloatCompare::OLT, whole, s.real(type, bottom));
  Value isAbove = s.compare(FloatCompare::OGE, whole, s.real(type, top));
  Value isOutside = s.ori(s.ori(isBelow, isAbove), s.isNan(x));
  Value safe = s.select(isOutside, s.real(type, 0), whole);
  Value result = isUnsigned ? s.make<arith::FPToUIOp>(to, safe)
                            : s.make<arith::FPToSIOp>(to, safe);
  APInt max =
      isUnsigned ? APInt::getMaxValue(width) : APInt::getSignedMaxValue(width);
  APInt min =
      isUnsigned ? APInt::getZero(width) : APInt::getSignedMinValue(width);
  auto constant = [&](const APInt &value) {
    return s.make<arith::ConstantOp>(s.b.getIntegerAttr(to, value));
  };
  result = s.select(isAbove, constant(max), result);
  return isUnsigned ? result : s.select(isBelow, constant(min), result);
}

static Value integerToInteger(Scalars &s, Value x, Type to, bool isUnsigned) {
  unsigned from = x.getType().getIntOrFloatBitWidth();
  unsigned width = to.getIntOrFloatBitWidth();
  if (from == width)
    return x;
  if (from > width)
    return s.make<arith::TruncIOp>(to, x);
  return isUnsigned ? s.make<arith::ExtUIOp>(to, x)
                    : s.make<arith::ExtSIOp>(to, x);
}

static Value floatToFloat(Scalars &s, Value x, Type to) {
  unsigned from = x.getType().getIntOrFloatBitWidth();
  unsigned width = to.getIntOrFloatBitWidth();
  if (from == width)
    return x;
  return from > width ? s.make<arith::TruncFOp>(to, x)
                      : s.make<arith::ExtFOp>(to, x);
}

Value convert(Scalars &s, Value x, Type from, Type to) {
  if (auto complexTo = dyn_cast<ComplexType>(to)) {
    Type part = complexTo.getElementType();
    if (auto complexFrom = dyn_cast<ComplexType>(from)) {
      if (complexFrom == complexTo)
        return x;
      return s.complexOf(floatToFloat(s, s.re(x), part),
                         floatToFloat(s, s.im(x), part));
    }
    return s.complexOf(convert(s, x, from, part), s.real(part, 0));
  }
  if (auto complexFrom = dyn_cast<ComplexType>(from)) {
    Type part = complexFrom.getElementType();
    if (to.isInteger(1))
      return s.ori(convert(s, s.re(x), part, to),
                   convert(s, s.im(x), part, to));
    return convert(s, s.re(x), part, to);
  }
  bool fromFloat = isa<FloatType>(from);
  if (isa<FloatType>(to)) {
    if (fromFloat)
      return floatToFloat(s, x, to);
    return isUnsignedOrBool(from) ? s.make<arith::UIToFPOp>(to, x)
                                  : s.make<arith::SIToFPOp>(to, x);
  }
  if (to.isInteger(1)) {
    if (from.isInteger(1))
      return x;
    Value zero = s.number(x.getType(), 0);
    return fromFloat ? s.compare(FloatCompare::UNE, x, zero)
                     : s.compare(IntCompare::ne, x, zero);
  }
  Type signless = s.b.getIntegerType(to.getIntOrFloatBitWidth());
  if (fromFloat)
    return floatToInteger(s, x, signless, to.isUnsignedInteger());
  return integerToInteger(s, x, signless, isUnsignedOrBool(from));
}

} // namespace arr
