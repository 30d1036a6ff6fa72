//===- Emitter.h - Short names for building scalar arithmetic -------------===//
//
// The kernel generators compute many sizes, strides and addresses. Emitter
// wraps a builder and a location; integers are i64, constants fold at once.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_EMITTER_H
#define ARR_CONVERSION_KERNELTOVECTOR_EMITTER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

#include <optional>

namespace arr {

struct Emitter {
  mlir::OpBuilder &builder;
  mlir::Location loc;
  /// The first block of the function: for memory on the stack. While a loop's
  /// body is being built the loop is not part of the function yet.
  mlir::Block *entry = nullptr;

  mlir::Value i64(int64_t value) {
    return mlir::arith::ConstantIntOp::create(builder, loc, value, 64);
  }
  mlir::Value boolean(bool value) {
    return mlir::arith::ConstantIntOp::create(builder, loc, value, 1);
  }
  mlir::Value index(int64_t value) {
    return mlir::arith::ConstantIndexOp::create(builder, loc, value);
  }
  static std::optional<int64_t> constant(mlir::Value value) {
    llvm::APInt result;
    if (mlir::matchPattern(value, mlir::m_ConstantInt(&result)))
      return result.getSExtValue();
    return std::nullopt;
  }
  static bool isConstant(mlir::Value value, int64_t expected) {
    return constant(value) == expected;
  }

  template <typename Op> mlir::Value fold(mlir::Value lhs, mlir::Value rhs) {
    return builder.createOrFold<Op>(loc, lhs, rhs);
  }
  mlir::Value add(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::AddIOp>(lhs, rhs);
  }
  mlir::Value sub(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::SubIOp>(lhs, rhs);
  }
  mlir::Value mul(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::MulIOp>(lhs, rhs);
  }
  /// Quotient and remainder of numbers that are not negative.
  mlir::Value div(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::DivUIOp>(lhs, rhs);
  }
  mlir::Value rem(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::RemUIOp>(lhs, rhs);
  }
  mlir::Value ceilDiv(mlir::Value lhs, mlir::Value rhs) {
    return div(add(lhs, sub(rhs, i64(1))), rhs);
  }
  mlir::Value min(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::MinSIOp>(lhs, rhs);
  }
  mlir::Value max(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::MaxSIOp>(lhs, rhs);
  }
  mlir::Value both(mlir::Value lhs, mlir::Value rhs) {
    return fold<mlir::arith::AndIOp>(lhs, rhs);
  }
  mlir::Value compare(mlir::arith::CmpIPredicate predicate, mlir::Value lhs,
                      mlir::Value rhs) {
    return builder.createOrFold<mlir::arith::CmpIOp>(loc, predicate, lhs, rhs);
  }
  mlir::Value equal(mlir::Value lhs, mlir::Value rhs) {
    return compare(mlir::arith::CmpIPredicate::eq, lhs, rhs);
  }
  mlir::Value less(mlir::Value lhs, mlir::Value rhs) {
    return compare(mlir::arith::CmpIPredicate::slt, lhs, rhs);
  }
  mlir::Value select(mlir::Value condition, mlir::Value ifTrue,
                     mlir::Value ifFalse) {
    return builder.createOrFold<mlir::arith::SelectOp>(loc, condition, ifTrue,
                                                       ifFalse);
  }
  mlir::Value toI64(mlir::Value index) {
    return builder.createOrFold<mlir::arith::IndexCastOp>(
        loc, builder.getI64Type(), index);
  }
  mlir::Value toIndex(mlir::Value integer) {
    return builder.createOrFold<mlir::arith::IndexCastOp>(
        loc, builder.getIndexType(), integer);
  }

  /// `for iv in lower..upper step`: body(iv, carried) returns the next carried
  /// values; the last ones are returned.
  llvm::SmallVector<mlir::Value>
  loop(mlir::Value lower, mlir::Value upper, mlir::Value step,
       mlir::ValueRange carried,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                         mlir::ValueRange)>
           body) {
    auto op = mlir::scf::ForOp::create(
        builder, loc, lower, upper, step, carried,
        [&](mlir::OpBuilder &, mlir::Location, mlir::Value iv,
            mlir::ValueRange values) {
          mlir::scf::YieldOp::create(builder, loc, body(iv, values));
        });
    return llvm::SmallVector<mlir::Value>(op.getResults());
  }
  void loop(mlir::Value lower, mlir::Value upper, mlir::Value step,
            llvm::function_ref<void(mlir::Value)> body) {
    loop(lower, upper, step, {}, [&](mlir::Value iv, mlir::ValueRange) {
      body(iv);
      return llvm::SmallVector<mlir::Value>();
    });
  }
};

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_EMITTER_H
