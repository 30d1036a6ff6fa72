//===- ReduceKinds.cpp - Reductions as elementwise functions --------------===//
#include "compiler/Transforms/ReduceKinds.h"
#include "mlir/Dialect/Complex/IR/Complex.h"

using namespace mlir;
using namespace arr;

std::optional<ReduceKind> arr::getReduceKind(Operation *op) {
  bool isBool =
      arr::getElementTypeOrSelf(op->getResult(0).getType()).isInteger(1);
  if (isa<AddOp>(op) && isBool)
    return ReduceKind::Or;
  if (isa<MultiplyOp>(op) && isBool)
    return ReduceKind::And;
  if (isa<AddOp, SubtractOp, arith::AddIOp, arith::SubIOp>(op) && !isBool)
    return ReduceKind::Add;
  if (isa<MultiplyOp, arith::MulIOp>(op) && !isBool)
    return ReduceKind::Mul;
  if (isa<MaximumOp, arith::MaxSIOp>(op))
    return ReduceKind::Max;
  if (isa<MinimumOp, arith::MinSIOp>(op))
    return ReduceKind::Min;
  if (isa<BitwiseAndOp, LogicalAndOp, arith::AndIOp>(op))
    return ReduceKind::And;
  if (isa<BitwiseOrOp, LogicalOrOp, arith::OrIOp>(op))
    return ReduceKind::Or;
  if (isa<BitwiseXorOp, LogicalXorOp, arith::XOrIOp>(op))
    return ReduceKind::Xor;
  return std::nullopt;
}

StringRef arr::getCombiningUfunc(ReduceKind kind, Type type) {
  bool isBool = type.isInteger(1);
  switch (kind) {
  case ReduceKind::Add:
    return "arr.add";
  case ReduceKind::Mul:
    return "arr.multiply";
  case ReduceKind::Max:
    return "arr.maximum";
  case ReduceKind::Min:
    return "arr.minimum";
  case ReduceKind::FMax:
    return "arr.fmax";
  case ReduceKind::FMin:
    return "arr.fmin";
  case ReduceKind::And:
    return isBool ? "arr.logical_and" : "arr.bitwise_and";
  case ReduceKind::Or:
    return isBool ? "arr.logical_or" : "arr.bitwise_or";
  case ReduceKind::Xor:
    return isBool ? "arr.logical_xor" : "arr.bitwise_xor";
  case ReduceKind::ArgMin:
  case ReduceKind::ArgMax:
    break;
  }
  return "";
}

Value arr::createNeutral(OpBuilder &builder, Location loc, ReduceKind kind,
                         Type type) {
  bool isProduct = kind == ReduceKind::Mul;
  if (auto complexType = dyn_cast<ComplexType>(type)) {
    Type part = complexType.getElementType();
    return complex::ConstantOp::create(
        builder, loc, complexType,
        builder.getArrayAttr({builder.getFloatAttr(part, isProduct),
                              builder.getFloatAttr(part, 0)}));
  }
  bool wantsLeast = kind == ReduceKind::Max;
  if (auto floatType = dyn_cast<FloatType>(type)) {
    const llvm::fltSemantics &semantics = floatType.getFloatSemantics();
    APFloat value(semantics, isProduct ? 1 : 0);
    if (kind == ReduceKind::Max || kind == ReduceKind::Min)
      value = APFloat::getInf(semantics, wantsLeast);
    if (kind == ReduceKind::FMax || kind == ReduceKind::FMin)
      value = APFloat::getQNaN(semantics);
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(type, value));
  }
  unsigned bits = type.getIntOrFloatBitWidth();
  APInt value(bits, isProduct);
  if (kind == ReduceKind::And)
    value = APInt::getAllOnes(bits);
  bool isUnsigned = type.isUnsignedInteger() || bits == 1;
  if (kind == ReduceKind::Max || kind == ReduceKind::FMax)
    value = isUnsigned ? APInt(bits, 0) : APInt::getSignedMinValue(bits);
  if (kind == ReduceKind::Min || kind == ReduceKind::FMin)
    value =
        isUnsigned ? APInt::getMaxValue(bits) : APInt::getSignedMaxValue(bits);
  Type signless = builder.getIntegerType(bits);
  Value constant = arith::ConstantOp::create(
      builder, loc, builder.getIntegerAttr(signless, value));
  return type == signless
             ? constant
             : CastOp::create(builder, loc, type, constant).getResult();
}
