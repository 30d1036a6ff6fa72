//===- Stub.cpp - A few functions until Ufuncs.cpp is there ---------------===//
#include "compiler/Conversion/Ufuncs/Ufuncs.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Dialect/Math/IR/Math.h"
using namespace mlir;
Value arr::lowerUfunc(OpBuilder &b, Operation *op, ValueRange v) {
  Location loc = op->getLoc();
  auto f = [&](auto x){return Value(x);};
  if (isa<AddOp>(op)) return f(arith::AddFOp::create(b, loc, v[0], v[1]));
  if (isa<SubtractOp>(op)) return f(arith::SubFOp::create(b, loc, v[0], v[1]));
  if (isa<MultiplyOp>(op)) return f(arith::MulFOp::create(b, loc, v[0], v[1]));
  if (isa<DivideOp>(op)) return f(arith::DivFOp::create(b, loc, v[0], v[1]));
  if (isa<AbsoluteOp>(op)) return f(math::AbsFOp::create(b, loc, v[0]));
  if (isa<SqrtOp>(op)) return f(math::SqrtOp::create(b, loc, v[0]));
  if (isa<ExpOp>(op)) return f(math::ExpOp::create(b, loc, v[0]));
  if (isa<LessOp>(op)) return f(arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLT, v[0], v[1]));
  if (isa<LogicalNotOp>(op)) return f(arith::XOrIOp::create(b, loc, v[0], arith::ConstantIntOp::create(b, loc, 1, 1)));
  if (isa<WhereOp>(op)) return f(arith::SelectOp::create(b, loc, v[0], v[1], v[2]));
  op->emitError("stub");
  return v[0];
}
