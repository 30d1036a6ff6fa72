//===- Ufuncs.cpp - Chooses the code of an elementwise function -----------===//
#include "compiler/Conversion/Ufuncs/Ufuncs.h"
#include "compiler/Conversion/Ufuncs/Functions.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

using namespace mlir;

Value arr::lowerUfunc(OpBuilder &builder, Operation *op, ValueRange operands) {
  Scalars s(builder, op->getLoc());
  StringRef name = op->getName().stripDialect();
  Type first = arr::getElementTypeOrSelf(op->getOperand(0).getType());
  Type result = arr::getElementTypeOrSelf(op->getResult(0).getType());

  if (isa<CastOp>(op))
    return convert(s, operands[0], first, result);
  if (isa<WhereOp>(op))
    return s.select(operands[0], operands[1], operands[2]);
  if (isa<PositiveOp>(op))
    return operands[0];
  if (isa<MakeComplexOp>(op))
    return s.complexOf(operands[0], operands[1]);

  Value value;
  if (isa<ComplexType>(first))
    value = lowerComplex(s, name, operands);
  else if (isa<FloatType>(first))
    value = lowerFloat(s, name, operands);
  else
    value = lowerInteger(s, name, operands,
                         first.isUnsignedInteger() || first.isInteger(1));
  if (value)
    return value;
  // Sema gives functions the dtypes they are defined for.
  op->emitOpError("is not defined for ") << first;
  return ub::PoisonOp::create(builder, op->getLoc(), operands[0].getType());
}
