//===- OverlapChecks.cpp - Do two views share elements, at run time -------===//
#include "compiler/Transforms/OverlapChecks.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace {

class CheckBuilder {
public:
  CheckBuilder(OpBuilder &builder, Location loc) : b(builder), loc(loc) {}

  Value check(Value lhs, Value rhs);

private:
  /// The addresses of the lowest element and of the highest one's end.
  struct Range {
    Value first; // the address of element [0, ...]
    Value low, high;
    SmallVector<Value> strides; // in bytes
  };
  Range getRange(Value memref);
  Value interleave(const Range &lhs, const Range &rhs, int64_t itemSize);

  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(b, loc, value);
  }
  Value add(Value lhs, Value rhs) {
    return arith::AddIOp::create(b, loc, lhs, rhs);
  }
  Value subtract(Value lhs, Value rhs) {
    return arith::SubIOp::create(b, loc, lhs, rhs);
  }
  Value multiply(Value lhs, Value rhs) {
    return arith::MulIOp::create(b, loc, lhs, rhs);
  }
  Value compare(arith::CmpIPredicate predicate, Value lhs, Value rhs) {
    return arith::CmpIOp::create(b, loc, predicate, lhs, rhs);
  }

  OpBuilder &b;
  Location loc;
};

int64_t getItemSize(Value memref) {
  Type type = cast<MemRefType>(memref.getType()).getElementType();
  if (auto complex = dyn_cast<ComplexType>(type))
    return complex.getElementType().getIntOrFloatBitWidth() / 4;
  return (type.getIntOrFloatBitWidth() + 7) / 8;
}

} // namespace

CheckBuilder::Range CheckBuilder::getRange(Value memref) {
  auto parts = memref::ExtractStridedMetadataOp::create(b, loc, memref);
  Value itemSize = index(getItemSize(memref)), zero = index(0);
  Value base = memref::ExtractAlignedPointerAsIndexOp::create(b, loc, memref);
  Range range;
  range.first = add(base, multiply(parts.getOffset(), itemSize));
  range.low = range.first;
  range.high = add(range.first, itemSize);
  for (auto [size, stride] : llvm::zip(parts.getSizes(), parts.getStrides())) {
    range.strides.push_back(multiply(stride, itemSize));
    Value span = multiply(subtract(size, index(1)), range.strides.back());
    range.low = add(range.low, arith::MinSIOp::create(b, loc, span, zero));
    range.high = add(range.high, arith::MaxSIOp::create(b, loc, span, zero));
  }
  return range;
}

/// True for rows of one stride whose distance is no multiple of it. Elements
/// are aligned, so then there is room for a whole element between them.
Value CheckBuilder::interleave(const Range &lhs, const Range &rhs,
                               int64_t itemSize) {
  Value stride = lhs.strides[0];
  Value isSame = compare(arith::CmpIPredicate::eq, stride, rhs.strides[0]);
  Value isZero = compare(arith::CmpIPredicate::eq, stride, index(0));
  Value divisor =
      arith::SelectOp::create(b, loc, isZero, index(itemSize), stride);
  Value rest =
      arith::RemSIOp::create(b, loc, subtract(lhs.first, rhs.first), divisor);
  Value isBetween = compare(arith::CmpIPredicate::ne, rest, index(0));
  return arith::AndIOp::create(b, loc, isSame, isBetween);
}

Value CheckBuilder::check(Value lhs, Value rhs) {
  Range left = getRange(lhs), right = getRange(rhs);
  Type elementType = cast<MemRefType>(lhs.getType()).getElementType();
  Value meets = arith::AndIOp::create(
      b, loc, compare(arith::CmpIPredicate::ult, left.low, right.high),
      compare(arith::CmpIPredicate::ult, right.low, left.high));
  if (left.strides.size() != 1 || right.strides.size() != 1 ||
      elementType != cast<MemRefType>(rhs.getType()).getElementType() ||
      isa<ComplexType>(elementType))
    return meets;
  Value apart = interleave(left, right, getItemSize(lhs));
  Value one = arith::ConstantIntOp::create(b, loc, 1, 1);
  return arith::AndIOp::create(b, loc, meets,
                               arith::XOrIOp::create(b, loc, apart, one));
}

Value arr::createOverlapCheck(OpBuilder &builder, Location loc, Value lhs,
                              Value rhs) {
  return CheckBuilder(builder, loc).check(lhs, rhs);
}
