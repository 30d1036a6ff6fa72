//===- Accumulate.cpp - How an accumulator of a kernel is carried ---------===//
//
// Identities and combining ops of every reduction kind, on scalars or vectors.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Accumulate.h"

#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace arr;

Type arr::lanes(Type type, unsigned width) {
  return width == 1 ? type : VectorType::get(width, type);
}

SmallVector<Accumulate> arr::getAccumulates(KernelOp kernel,
                                            bool fuseMultiplyAdd) {
  SmallVector<Accumulate> result;
  for (unsigned i = 0; i < kernel.getAccumulators().size(); ++i) {
    Operation *yield = kernel.getContribution().front().getTerminator();
    result.push_back({kernel.getAccumulator(i), yield->getOperand(i).getType(),
                      fuseMultiplyAdd});
  }
  return result;
}

SmallVector<Type, 2> Accumulate::getStateTypes(unsigned width) const {
  SmallVector<Type, 2> types = {lanes(elementType, width)};
  if (isPositional())
    types.push_back(lanes(attribute.getType(), width));
  return types;
}

/// Bools are unsigned: the signed 1 of an i1 would be less than 0.
static bool isUnsigned(AccumulatorAttr attribute, Type type) {
  return attribute.getIsUnsigned() || type.isInteger(1);
}

/// The neutral element of a kind.
static TypedAttr getIdentity(OpBuilder &builder, AccumulatorAttr attribute,
                             Type type) {
  bool wantsLeast = attribute.getKind() == ReduceKind::Max ||
                    attribute.getKind() == ReduceKind::ArgMax;
  if (auto floatType = dyn_cast<FloatType>(type)) {
    const llvm::fltSemantics &semantics = floatType.getFloatSemantics();
    switch (attribute.getKind()) {
    case ReduceKind::Mul:
      return builder.getFloatAttr(type, 1.0);
    case ReduceKind::Min:
    case ReduceKind::ArgMin:
    case ReduceKind::Max:
    case ReduceKind::ArgMax:
      return builder.getFloatAttr(type, APFloat::getInf(semantics, wantsLeast));
    case ReduceKind::FMin:
    case ReduceKind::FMax:
      return builder.getFloatAttr(type, APFloat::getQNaN(semantics));
    default:
      return builder.getFloatAttr(type, 0.0);
    }
  }
  unsigned bits = type.getIntOrFloatBitWidth();
  auto extreme = [&](bool least) {
    if (isUnsigned(attribute, type))
      return least ? APInt::getZero(bits) : APInt::getMaxValue(bits);
    return least ? APInt::getSignedMinValue(bits)
                 : APInt::getSignedMaxValue(bits);
  };
  switch (attribute.getKind()) {
  case ReduceKind::Mul:
    return builder.getIntegerAttr(type, 1);
  case ReduceKind::And:
    return builder.getIntegerAttr(type, APInt::getAllOnes(bits));
  case ReduceKind::Max:
  case ReduceKind::FMax:
  case ReduceKind::ArgMax:
    return builder.getIntegerAttr(type, extreme(true));
  case ReduceKind::Min:
  case ReduceKind::FMin:
  case ReduceKind::ArgMin:
    return builder.getIntegerAttr(type, extreme(false));
  default:
    return builder.getIntegerAttr(type, APInt::getZero(bits));
  }
}

static Value broadcastConstant(Emitter &emit, TypedAttr attribute,
                               unsigned width) {
  if (width == 1)
    return arith::ConstantOp::create(emit.builder, emit.loc, attribute);
  auto type = VectorType::get(width, attribute.getType());
  return arith::ConstantOp::create(
      emit.builder, emit.loc,
      DenseElementsAttr::get(type, Attribute(attribute)));
}

State Accumulate::start(Emitter &emit, unsigned width) const {
  OpBuilder &builder = emit.builder;
  if (auto complexType = dyn_cast<ComplexType>(elementType)) {
    bool isProduct = attribute.getKind() == ReduceKind::Mul;
    Type part = complexType.getElementType();
    auto constant =
        builder.getArrayAttr({builder.getFloatAttr(part, isProduct ? 1.0 : 0.0),
                              builder.getFloatAttr(part, 0.0)});
    return {
        complex::ConstantOp::create(builder, emit.loc, complexType, constant)};
  }
  State state = {broadcastConstant(
      emit, getIdentity(builder, attribute, elementType), width)};
  if (isPositional())
    state.push_back(broadcastConstant(
        emit, builder.getIntegerAttr(attribute.getType(), 0), width));
  return state;
}

Value Accumulate::combine(Emitter &emit, Value lhs, Value rhs) const {
  OpBuilder &b = emit.builder;
  Location loc = emit.loc;
  bool isFloat = isa<FloatType>(elementType);
  bool unsignedKind = isUnsigned(attribute, elementType);
  switch (attribute.getKind()) {
  case ReduceKind::Add:
    if (isa<ComplexType>(elementType))
      return complex::AddOp::create(b, loc, lhs, rhs);
    if (isFloat)
      return arith::AddFOp::create(b, loc, lhs, rhs);
    return arith::AddIOp::create(b, loc, lhs, rhs);
  case ReduceKind::Mul:
    if (isa<ComplexType>(elementType))
      return complex::MulOp::create(b, loc, lhs, rhs);
    if (isFloat)
      return arith::MulFOp::create(b, loc, lhs, rhs);
    return arith::MulIOp::create(b, loc, lhs, rhs);
  case ReduceKind::Min:
  case ReduceKind::Max: {
    bool wantsMax = attribute.getKind() == ReduceKind::Max;
    if (isFloat) {
      // Takes rhs if it is better or NaN; a NaN in lhs stays. Which zero wins
      // does not matter, as to arith.minimumf, which needs more instructions.
      auto predicate =
          wantsMax ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OLT;
      Value isBetter = arith::CmpFOp::create(b, loc, predicate, rhs, lhs);
      Value isNaN =
          arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNO, rhs, rhs);
      Value take = arith::OrIOp::create(b, loc, isBetter, isNaN);
      return arith::SelectOp::create(b, loc, take, rhs, lhs);
    }
    if (wantsMax)
      return unsignedKind ? Value(arith::MaxUIOp::create(b, loc, lhs, rhs))
                          : arith::MaxSIOp::create(b, loc, lhs, rhs);
    return unsignedKind ? Value(arith::MinUIOp::create(b, loc, lhs, rhs))
                        : arith::MinSIOp::create(b, loc, lhs, rhs);
  }
  case ReduceKind::FMin:
    if (isFloat)
      return arith::MinNumFOp::create(b, loc, lhs, rhs);
    return unsignedKind ? Value(arith::MinUIOp::create(b, loc, lhs, rhs))
                        : arith::MinSIOp::create(b, loc, lhs, rhs);
  case ReduceKind::FMax:
    if (isFloat)
      return arith::MaxNumFOp::create(b, loc, lhs, rhs);
    return unsignedKind ? Value(arith::MaxUIOp::create(b, loc, lhs, rhs))
                        : arith::MaxSIOp::create(b, loc, lhs, rhs);
  case ReduceKind::And:
    return arith::AndIOp::create(b, loc, lhs, rhs);
  case ReduceKind::Or:
    return arith::OrIOp::create(b, loc, lhs, rhs);
  case ReduceKind::Xor:
    return arith::XOrIOp::create(b, loc, lhs, rhs);
  case ReduceKind::ArgMin:
  case ReduceKind::ArgMax:
    break;
  }
  llvm_unreachable("argmin and argmax carry two values");
}

/// Strictly better, or the first NaN.
Value Accumulate::isBetter(Emitter &emit, Value candidate, Value best) const {
  OpBuilder &b = emit.builder;
  bool wantsMax = attribute.getKind() == ReduceKind::ArgMax;
  if (isa<FloatType>(elementType)) {
    // Unordered comparison: true also if either is NaN; then best must not be.
    auto predicate =
        wantsMax ? arith::CmpFPredicate::UGT : arith::CmpFPredicate::ULT;
    Value better =
        arith::CmpFOp::create(b, emit.loc, predicate, candidate, best);
    Value ordered = arith::CmpFOp::create(
        b, emit.loc, arith::CmpFPredicate::ORD, best, best);
    return arith::AndIOp::create(b, emit.loc, better, ordered);
  }
  arith::CmpIPredicate predicate;
  if (isUnsigned(attribute, elementType))
    predicate =
        wantsMax ? arith::CmpIPredicate::ugt : arith::CmpIPredicate::ult;
  else
    predicate =
        wantsMax ? arith::CmpIPredicate::sgt : arith::CmpIPredicate::slt;
  return arith::CmpIOp::create(b, emit.loc, predicate, candidate, best);
}

State Accumulate::update(Emitter &emit, ValueRange state, Value contribution,
                         Value position) const {
  if (!isPositional()) {
    auto product = contribution.getDefiningOp<arith::MulFOp>();
    if (fuseMultiplyAdd && attribute.getKind() == ReduceKind::Add && product)
      return {math::FmaOp::create(emit.builder, emit.loc, product.getLhs(),
                                  product.getRhs(), state[0])};
    return {combine(emit, state[0], contribution)};
  }
  Value better = isBetter(emit, contribution, state[0]);
  return {emit.select(better, contribution, state[0]),
          emit.select(better, position, state[1])};
}

State Accumulate::merge(Emitter &emit, ValueRange first,
                        ValueRange second) const {
  if (!isPositional())
    return {combine(emit, first[0], second[0])};
  // Of equal values (or two NaNs) the earlier position wins.
  Value better = isBetter(emit, second[0], first[0]);
  Value worse = isBetter(emit, first[0], second[0]);
  Value earlier = arith::CmpIOp::create(
      emit.builder, emit.loc, arith::CmpIPredicate::slt, second[1], first[1]);
  Value betterOrEarlier =
      arith::OrIOp::create(emit.builder, emit.loc, better, earlier);
  Value takeSecond = emit.select(worse, better, betterOrEarlier);
  return {emit.select(takeSecond, second[0], first[0]),
          emit.select(takeSecond, second[1], first[1])};
}
