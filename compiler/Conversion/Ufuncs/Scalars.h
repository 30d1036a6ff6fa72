//===- Scalars.h - A vocabulary for scalar code ---------------------------===//
//
// Short names for the arith and math ops that the functions are written in.
// `add`, `mul` and so on take floats or integers.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_UFUNCS_SCALARS_H
#define ARR_CONVERSION_UFUNCS_SCALARS_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"

namespace arr {

using mlir::Type;
using mlir::Value;
using mlir::ValueRange;
using FloatCompare = mlir::arith::CmpFPredicate;
using IntCompare = mlir::arith::CmpIPredicate;

class Scalars {
public:
  Scalars(mlir::OpBuilder &builder, mlir::Location loc)
      : b(builder), loc(loc) {}

  template <typename Op, typename... Args> Value make(Args &&...args) {
    return Op::create(b, loc, std::forward<Args>(args)...);
  }

  // Constants.
  Value real(Type type, double value) {
    return make<mlir::arith::ConstantOp>(b.getFloatAttr(type, value));
  }
  Value integer(Type type, int64_t value) {
    return make<mlir::arith::ConstantOp>(b.getIntegerAttr(
        type,
        llvm::APInt(64, uint64_t(value)).trunc(type.getIntOrFloatBitWidth())));
  }
  /// 0, 1, ... of a float or integer type.
  Value number(Type type, int64_t value) {
    return isFloat(type) ? real(type, double(value)) : integer(type, value);
  }
  Value infinity(Type type) {
    return real(type, std::numeric_limits<double>::infinity());
  }

  // Arithmetic.
  Value add(Value x, Value y) {
    return either<mlir::arith::AddFOp, mlir::arith::AddIOp>(x, y);
  }
  Value sub(Value x, Value y) {
    return either<mlir::arith::SubFOp, mlir::arith::SubIOp>(x, y);
  }
  Value mul(Value x, Value y) {
    return either<mlir::arith::MulFOp, mlir::arith::MulIOp>(x, y);
  }
  Value div(Value x, Value y) { return make<mlir::arith::DivFOp>(x, y); }
  Value neg(Value x) {
    return isFloat(x.getType()) ? make<mlir::arith::NegFOp>(x)
                                : sub(integer(x.getType(), 0), x);
  }
  Value fabs(Value x) { return make<mlir::math::AbsFOp>(x); }
  Value copysign(Value x, Value sign) {
    return make<mlir::math::CopySignOp>(x, sign);
  }
  Value sqrt(Value x) { return make<mlir::math::SqrtOp>(x); }

  // Bits and conditions.
  Value andi(Value x, Value y) { return make<mlir::arith::AndIOp>(x, y); }
  Value ori(Value x, Value y) { return make<mlir::arith::OrIOp>(x, y); }
  Value xori(Value x, Value y) { return make<mlir::arith::XOrIOp>(x, y); }
  Value notOf(Value x) { return xori(x, integer(x.getType(), -1)); }
  Value compare(FloatCompare predicate, Value x, Value y) {
    return make<mlir::arith::CmpFOp>(predicate, x, y);
  }
  Value compare(IntCompare predicate, Value x, Value y) {
    return make<mlir::arith::CmpIOp>(predicate, x, y);
  }
  Value isNan(Value x) { return compare(FloatCompare::UNO, x, x); }
  Value select(Value condition, Value x, Value y) {
    return make<mlir::arith::SelectOp>(condition, x, y);
  }
  Value bitcast(Type type, Value x) {
    return make<mlir::arith::BitcastOp>(type, x);
  }

  // Complex numbers.
  Value re(Value x) { return make<mlir::complex::ReOp>(x); }
  Value im(Value x) { return make<mlir::complex::ImOp>(x); }
  Value complexOf(Value re, Value im) {
    return make<mlir::complex::CreateOp>(mlir::ComplexType::get(re.getType()),
                                         re, im);
  }

  static bool isFloat(Type type) { return llvm::isa<mlir::FloatType>(type); }

  mlir::OpBuilder &b;
  mlir::Location loc;

private:
  template <typename FloatOp, typename IntOp> Value either(Value x, Value y) {
    return isFloat(x.getType()) ? make<FloatOp>(x, y) : make<IntOp>(x, y);
  }
};

} // namespace arr

#endif // ARR_CONVERSION_UFUNCS_SCALARS_H
