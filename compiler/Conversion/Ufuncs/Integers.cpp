//===- Integers.cpp - Elementwise functions of integers and bool ----------===//
//
// Everything wraps, nothing traps: a divisor of 0 or -1 never reaches the
// division, an amount of the width or more never reaches the shift.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Ufuncs/Functions.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace arr {
namespace {

class Integers : Scalars {
public:
  Integers(const Scalars &s, bool isUnsigned, Type type)
      : Scalars(s), isUnsigned(isUnsigned), type(type),
        isBool(type.isInteger(1)) {}

  Value lower(StringRef name, ValueRange x);

private:
  Value lowerUnary(StringRef name, Value x);
  Value lowerBinary(StringRef name, Value x, Value y);
  std::optional<IntCompare> predicate(StringRef name);
  Value number(int64_t value) { return integer(type, value); }
  Value isZero(Value x) { return compare(IntCompare::eq, x, number(0)); }

  enum class Rounding { Down, TowardsZero };
  Value quotient(Value x, Value y, Rounding rounding);
  Value remainder(Value x, Value y, Rounding rounding);
  Value shift(Value x, Value amount, bool toLeft);
  Value power(Value base, Value exponent);
  Value powerByLoop(Value base, Value exponent);
  Value sign(Value x);

  bool isUnsigned;
  Type type;
  bool isBool;
};

Value Integers::lower(StringRef name, ValueRange x) {
  return x.size() == 1 ? lowerUnary(name, x[0]) : lowerBinary(name, x[0], x[1]);
}

Value Integers::lowerUnary(StringRef name, Value x) {
  Type i1 = b.getI1Type();
  if (name == "negative")
    return neg(x);
  if (name == "absolute") {
    if (isUnsigned)
      return x;
    Value isNegative = compare(IntCompare::slt, x, number(0));
    return select(isNegative, neg(x), x);
  }
  if (name == "sign")
    return sign(x);
  if (name == "reciprocal")
    return quotient(number(1), x, Rounding::TowardsZero);
  if (name == "square")
    return isBool ? x : mul(x, x);
  if (name == "logical_not" || name == "invert")
    return notOf(x);
  if (name == "floor" || name == "ceil" || name == "trunc" || name == "rint" ||
      name == "conjugate" || name == "real")
    return x;
  if (name == "imag")
    return number(0);
  if (name == "isnan" || name == "isinf")
    return integer(i1, 0);
  if (name == "isfinite")
    return integer(i1, 1);
  if (name == "signbit")
    return isUnsigned ? integer(i1, 0) : compare(IntCompare::slt, x, number(0));
  return {};
}

std::optional<IntCompare> Integers::predicate(StringRef name) {
  auto choose = [&](IntCompare withSign, IntCompare withoutSign) {
    return isUnsigned ? withoutSign : withSign;
  };
  return llvm::StringSwitch<std::optional<IntCompare>>(name)
      .Case("equal", IntCompare::eq)
      .Case("not_equal", IntCompare::ne)
      .Case("less", choose(IntCompare::slt, IntCompare::ult))
      .Case("less_equal", choose(IntCompare::sle, IntCompare::ule))
      .Case("greater", choose(IntCompare::sgt, IntCompare::ugt))
      .Case("greater_equal", choose(IntCompare::sge, IntCompare::uge))
      .Default(std::nullopt);
}

Value Integers::lowerBinary(StringRef name, Value x, Value y) {
  if (std::optional<IntCompare> comparison = predicate(name))
    return compare(*comparison, x, y);
  if (name == "add")
    return isBool ? ori(x, y) : add(x, y);
  if (name == "subtract")
    return sub(x, y);
  if (name == "multiply")
    return isBool ? andi(x, y) : mul(x, y);
  if (name == "floor_divide")
    return quotient(x, y, Rounding::Down);
  if (name == "remainder")
    return remainder(x, y, Rounding::Down);
  if (name == "fmod")
    return remainder(x, y, Rounding::TowardsZero);
  if (name == "power")
    return power(x, y);
  if (name == "maximum" || name == "fmax")
    return isUnsigned ? make<arith::MaxUIOp>(x, y) : make<arith::MaxSIOp>(x, y);
  if (name == "minimum" || name == "fmin")
    return isUnsigned ? make<arith::MinUIOp>(x, y) : make<arith::MinSIOp>(x, y);
  if (name == "logical_and" || name == "bitwise_and")
    return andi(x, y);
  if (name == "logical_or" || name == "bitwise_or")
    return ori(x, y);
  if (name == "logical_xor" || name == "bitwise_xor")
    return xori(x, y);
  if (name == "left_shift")
    return shift(x, y, /*toLeft=*/true);
  if (name == "right_shift")
    return shift(x, y, /*toLeft=*/false);
  return {};
}

Value Integers::sign(Value x) {
  Value isPositive = make<arith::ExtUIOp>(
      type,
      compare(isUnsigned ? IntCompare::ugt : IntCompare::sgt, x, number(0)));
  if (isUnsigned)
    return isPositive;
  Value isNegative =
      make<arith::ExtUIOp>(type, compare(IntCompare::slt, x, number(0)));
  return sub(isPositive, isNegative);
}

/// By 0: 0. The smallest integer by -1: itself.
Value Integers::quotient(Value x, Value y, Rounding rounding) {
  APInt divisor;
  bool isKnown = matchPattern(y, m_ConstantInt(&divisor));
  if (isUnsigned) {
    if (isKnown && !divisor.isZero())
      return make<arith::DivUIOp>(x, y);
    Value safe = select(isZero(y), number(1), y);
    return select(isZero(y), number(0), make<arith::DivUIOp>(x, safe));
  }
  auto divide = [&](Value divisor) {
    return rounding == Rounding::Down ? make<arith::FloorDivSIOp>(x, divisor)
                                      : make<arith::DivSIOp>(x, divisor);
  };
  if (isKnown && !divisor.isZero() && !divisor.isAllOnes())
    return divide(y);
  Value isMinusOne = compare(IntCompare::eq, y, number(-1));
  Value safe = select(ori(isZero(y), isMinusOne), number(1), y);
  Value result = select(isMinusOne, neg(x), divide(safe));
  return select(isZero(y), number(0), result);
}

Value Integers::remainder(Value x, Value y, Rounding rounding) {
  APInt divisor;
  bool isKnown = matchPattern(y, m_ConstantInt(&divisor));
  if (isUnsigned) {
    if (isKnown && !divisor.isZero())
      return make<arith::RemUIOp>(x, y);
    // Modulo 1 is 0, as modulo 0 is.
    return make<arith::RemUIOp>(x, select(isZero(y), number(1), y));
  }
  Value safe = y;
  if (!isKnown || divisor.isZero() || divisor.isAllOnes()) {
    Value isMinusOne = compare(IntCompare::eq, y, number(-1));
    safe = select(ori(isZero(y), isMinusOne), number(1), y);
  }
  Value rest = make<arith::RemSIOp>(x, safe);
  if (rounding == Rounding::TowardsZero)
    return rest;
  // The divisor's sign: -7 % 3 is 2.
  Value differs = compare(IntCompare::slt, xori(rest, safe), number(0));
  Value isInexact = compare(IntCompare::ne, rest, number(0));
  return select(andi(differs, isInexact), add(rest, safe), rest);
}

/// Negative amounts act like the width.
Value Integers::shift(Value x, Value amount, bool toLeft) {
  unsigned width = type.getIntOrFloatBitWidth();
  Value fits = compare(IntCompare::ult, amount, number(width));
  if (!toLeft && !isUnsigned)
    return make<arith::ShRSIOp>(x, select(fits, amount, number(width - 1)));
  Value safe = select(fits, amount, number(0));
  Value shifted =
      toLeft ? make<arith::ShLIOp>(x, safe) : make<arith::ShRUIOp>(x, safe);
  return select(fits, shifted, number(0));
}

Value Integers::power(Value base, Value exponent) {
  APInt known;
  if (!matchPattern(exponent, m_ConstantInt(&known)))
    return powerByLoop(base, exponent);
  Value result;
  for (uint64_t rest = known.getZExtValue(); rest; rest >>= 1) {
    if (rest & 1)
      result = result ? mul(result, base) : base;
    if (rest > 1)
      base = mul(base, base);
  }
  return result ? result : number(1);
}

/// By squaring: while the exponent is not 0, (result, base, exponent).
Value Integers::powerByLoop(Value base, Value exponent) {
  Type types[] = {type, type, type};
  Value inits[] = {number(1), base, exponent};
  Location locs[] = {loc, loc, loc};
  auto loop = scf::WhileOp::create(b, loc, types, inits);
  OpBuilder::InsertionGuard guard(b);
  Block *before = b.createBlock(&loop.getBefore(), {}, types, locs);
  scf::ConditionOp::create(
      b, loc, compare(IntCompare::ne, before->getArgument(2), number(0)),
      before->getArguments());
  Block *after = b.createBlock(&loop.getAfter(), {}, types, locs);
  Value result = after->getArgument(0), square = after->getArgument(1),
        rest = after->getArgument(2);
  Value isOdd = compare(IntCompare::ne, andi(rest, number(1)), number(0));
  Value next[] = {select(isOdd, mul(result, square), result),
                  mul(square, square), make<arith::ShRUIOp>(rest, number(1))};
  scf::YieldOp::create(b, loc, next);
  return loop.getResult(0);
}

} // namespace

Value lowerInteger(Scalars &s, StringRef name, ValueRange x, bool isUnsigned) {
  return Integers(s, isUnsigned, x[0].getType()).lower(name, x);
}

} // namespace arr
