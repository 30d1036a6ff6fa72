//===- ControlFlow.cpp - if, for, prange, while ---------------------------===//
//
// Loops over range become scf.for from 0 in steps of 1, whatever the step of
// the source; its variable is computed from the position. Loops that flags may
// end early, and while loops, become scf.while.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/FunctionGen.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace arr {

using llvm::dyn_cast;
using typed::Var;

//===----------------------------------------------------------------------===//
// Carried variables
//===----------------------------------------------------------------------===//

void FunctionGen::appendTypes(ArrayRef<Var *> vars,
                              SmallVectorImpl<mlir::Type> &types) {
  for (Var *var : vars)
    appendTypes(var->type, types);
}

/// For a variable that is bound on other paths only: never read.
Value FunctionGen::placeholder(Location loc, mlir::Type type) {
  if (isa<PlaceType>(type))
    return NoPlaceOp::create(builder, loc, type);
  if (isa<LLVM::LLVMPointerType>(type))
    return LLVM::ZeroOp::create(builder, loc, type);
  if (auto complexType = dyn_cast<ComplexType>(type)) {
    mlir::Attribute zero = builder.getZeroAttr(complexType.getElementType());
    return complex::ConstantOp::create(builder, loc, type,
                                       builder.getArrayAttr({zero, zero}));
  }
  if (!type.isUnsignedInteger())
    return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  mlir::Type signless = builder.getIntegerType(type.getIntOrFloatBitWidth());
  return ufunc(
      loc, "cast", type,
      {arith::ConstantOp::create(builder, loc, builder.getZeroAttr(signless))});
}

Values FunctionGen::current(Location loc, ArrayRef<Var *> vars) {
  Values result;
  for (Var *var : vars) {
    if (auto bound = scope.vars.find(var); bound != scope.vars.end()) {
      llvm::append_range(result, bound->second);
      continue;
    }
    SmallVector<mlir::Type> types;
    appendTypes(var->type, types);
    for (mlir::Type type : types)
      result.push_back(placeholder(loc, type));
  }
  return result;
}

void FunctionGen::rebind(ArrayRef<Var *> vars, ValueRange values) {
  for (Var *var : vars) {
    SmallVector<mlir::Type> types;
    appendTypes(var->type, types);
    scope.vars[var] = Values(values.take_front(types.size()));
    values = values.drop_front(types.size());
  }
}

//===----------------------------------------------------------------------===//
// if
//===----------------------------------------------------------------------===//

void FunctionGen::genIf(const typed::If &stmt) {
  Location loc = locations(stmt.range);
  Value condition = genCondition(stmt.condition);
  SmallVector<Var *, 4> carried = liveness->carried(&stmt);
  SmallVector<mlir::Type> types;
  appendTypes(carried, types);
  bool hasElse = !types.empty() || !stmt.elseBody.empty();
  auto branch = scf::IfOp::create(builder, loc, types, condition, hasElse);
  auto side = [&](mlir::Block *block, const typed::Block &body) {
    OpBuilder::InsertionGuard guard(builder);
    Scope saved = scope;
    builder.setInsertionPointToStart(block);
    genBlock(body);
    if (!types.empty())
      scf::YieldOp::create(builder, loc, current(loc, carried));
    scope = std::move(saved);
  };
  side(branch.thenBlock(), stmt.thenBody);
  if (hasElse)
    side(branch.elseBlock(), stmt.elseBody);
  rebind(carried, branch.getResults());
}

//===----------------------------------------------------------------------===//
// for
//===----------------------------------------------------------------------===//

/// The number of iterations; sets start and step. All as indices.
Value FunctionGen::genTripCount(const typed::For &stmt, Value &start,
                                Value &step) {
  Location loc = locations(stmt.range);
  start = stmt.start ? genIndex(stmt.start) : constIndex(loc, 0);
  Value stop = genIndex(stmt.stop);
  step = stmt.step ? genIndex(stmt.step) : constIndex(loc, 1);
  Value zero = constIndex(loc, 0), one = constIndex(loc, 1);

  auto *startLiteral = llvm::dyn_cast_or_null<typed::Literal>(stmt.start);
  auto *stepLiteral = llvm::dyn_cast_or_null<typed::Literal>(stmt.step);
  bool fromZero = !stmt.start || (startLiteral && startLiteral->integer == 0);
  int64_t knownStep = !stmt.step ? 1 : stepLiteral ? stepLiteral->integer : 0;
  if (fromZero && knownStep == 1 && isNonNegative(stmt.stop))
    return stop;

  // ceil(distance / |step|), 0 if that is negative.
  auto count = [&](Value from, Value to, Value size) -> Value {
    Value distance = arith::SubIOp::create(builder, loc, to, from);
    distance = arith::MaxSIOp::create(builder, loc, distance, zero);
    if (matchPattern(size, m_One()))
      return distance;
    return arith::CeilDivUIOp::create(builder, loc, distance, size);
  };
  if (knownStep > 0)
    return count(start, stop, step);
  if (knownStep < 0)
    return count(stop, start, constIndex(loc, -uint64_t(knownStep)));
  require(loc, compare(loc, arith::CmpIPredicate::ne, step, zero),
          ErrorKind::Value, "range() arg 3 must not be zero");
  Value isUp = compare(loc, arith::CmpIPredicate::sgt, step, zero);
  Value down = arith::SubIOp::create(builder, loc, zero, step);
  Value size = arith::SelectOp::create(builder, loc, isUp, step, down);
  Value from = arith::SelectOp::create(builder, loc, isUp, start, stop);
  Value to = arith::SelectOp::create(builder, loc, isUp, stop, start);
  size = arith::MaxSIOp::create(builder, loc, size, one);
  return count(from, to, size);
}

/// The loop's variable is `start + position * step`.
void FunctionGen::bindLoopVar(const typed::For &stmt, Value position,
                              Value start, Value step) {
  Location loc = locations(stmt.var->range);
  Value value = position;
  if (!matchPattern(step, m_One()))
    value = arith::MulIOp::create(builder, loc, value, step);
  if (!matchPattern(start, m_Zero()))
    value = arith::AddIOp::create(builder, loc, start, value);
  value = arith::IndexCastOp::create(builder, loc, builder.getI64Type(), value);
  scope.vars[stmt.var] = {
      castTo(loc, value, Type::scalar(DType::I64), stmt.var->type.dtype)};
}

void FunctionGen::genFor(const typed::For &stmt) {
  Location loc = locations(stmt.range);
  Value start, step;
  Value count = genTripCount(stmt, start, step);
  if (stmt.isParallel)
    return genPrange(stmt, start, step, count);
  if (auto exits = structured->exits.find(&stmt);
      exits != structured->exits.end() && !exits->second.empty())
    return genCountedWhile(stmt, start, step, count, exits->second);

  SmallVector<Var *, 4> carried = liveness->carried(&stmt);
  auto loop = scf::ForOp::create(builder, loc, constIndex(loc, 0), count,
                                 constIndex(loc, 1), current(loc, carried));
  OpBuilder::InsertionGuard guard(builder);
  Scope saved = scope;
  builder.setInsertionPointToStart(loop.getBody());
  rebind(carried, loop.getRegionIterArgs());
  bindLoopVar(stmt, loop.getInductionVar(), start, step);
  genBlock(stmt.body);
  if (!carried.empty())
    scf::YieldOp::create(builder, loc, current(loc, carried));
  scope = std::move(saved);
  rebind(carried, loop.getResults());
}

void FunctionGen::genPrange(const typed::For &stmt, Value start, Value step,
                            Value count) {
  Location loc = locations(stmt.range);
  SmallVector<Var *, 4> vars;
  SmallVector<mlir::Attribute> kinds;
  for (const typed::Reduction &reduction : stmt.reductions) {
    vars.push_back(reduction.var);
    kinds.push_back(ReduceKindAttr::get(context, reduceKind(reduction.kind)));
  }
  for (Var *var : liveness->carried(&stmt))
    if (!llvm::is_contained(vars, var))
      unsupported(stmt.range,
                  "`" + var->name +
                      "`, assigned in a prange loop, is used in other "
                      "iterations or after the loop");

  SmallVector<mlir::Type> types;
  appendTypes(vars, types);
  auto loop = PrangeOp::create(builder, loc, types, count, current(loc, vars),
                               builder.getArrayAttr(kinds), stmt.unchecked);
  OpBuilder::InsertionGuard guard(builder);
  Scope saved = scope;
  mlir::Block *body = builder.createBlock(&loop.getRegion());
  body->addArgument(builder.getIndexType(), locations(stmt.var->range));
  for (auto [var, type] : llvm::zip(vars, types))
    body->addArgument(type, locations(var->range));
  rebind(vars, body->getArguments().drop_front());
  bindLoopVar(stmt, body->getArgument(0), start, step);
  genBlock(stmt.body);
  YieldOp::create(builder, loc, current(loc, vars));
  scope = std::move(saved);
  rebind(vars, loop.getResults());
}

//===----------------------------------------------------------------------===//
// Loops that end early
//===----------------------------------------------------------------------===//

void FunctionGen::genCountedWhile(const typed::For &stmt, Value start,
                                  Value step, Value count,
                                  ArrayRef<Var *> flags) {
  Location loc = locations(stmt.range);
  SmallVector<Var *, 4> carried = liveness->carried(&stmt);
  Values inits = {constIndex(loc, 0)};
  llvm::append_range(inits, current(loc, carried));
  SmallVector<mlir::Type> types(ValueRange(inits).getTypes());
  SmallVector<Location> locs(types.size(), loc);
  auto loop = scf::WhileOp::create(builder, loc, types, inits);
  OpBuilder::InsertionGuard guard(builder);
  Scope saved = scope;

  mlir::Block *before = builder.createBlock(&loop.getBefore(), {}, types, locs);
  rebind(carried, before->getArguments().drop_front());
  Value goesOn =
      compare(loc, arith::CmpIPredicate::slt, before->getArgument(0), count);
  for (Var *flag : flags) {
    Value isSet = current(loc, {flag}).front();
    Value isClear = ufunc(loc, "logical_not", builder.getI1Type(), {isSet});
    goesOn = arith::AndIOp::create(builder, loc, goesOn, isClear);
  }
  scf::ConditionOp::create(builder, loc, goesOn, before->getArguments());

  scope = saved;
  mlir::Block *after = builder.createBlock(&loop.getAfter(), {}, types, locs);
  Value position = after->getArgument(0);
  rebind(carried, after->getArguments().drop_front());
  bindLoopVar(stmt, position, start, step);
  genBlock(stmt.body);
  Values next = {
      arith::AddIOp::create(builder, loc, position, constIndex(loc, 1))};
  llvm::append_range(next, current(loc, carried));
  scf::YieldOp::create(builder, loc, next);
  scope = std::move(saved);
  rebind(carried, loop.getResults().drop_front());
}

void FunctionGen::genWhile(const typed::While &stmt) {
  Location loc = locations(stmt.range);
  SmallVector<Var *, 4> carried = liveness->carried(&stmt);
  Values inits = current(loc, carried);
  SmallVector<mlir::Type> types(ValueRange(inits).getTypes());
  SmallVector<Location> locs(types.size(), loc);
  auto loop = scf::WhileOp::create(builder, loc, types, inits);
  OpBuilder::InsertionGuard guard(builder);
  Scope saved = scope;

  // The condition is evaluated only if no flag has ended the loop.
  mlir::Block *before = builder.createBlock(&loop.getBefore(), {}, types, locs);
  rebind(carried, before->getArguments());
  Value ended;
  for (Var *flag : structured->exits.lookup(&stmt)) {
    Value isSet = current(loc, {flag}).front();
    ended = ended ? arith::OrIOp::create(builder, loc, ended, isSet) : isSet;
  }
  Value goesOn;
  if (ended) {
    auto guardOp =
        scf::IfOp::create(builder, loc, builder.getI1Type(), ended, true);
    OpBuilder::InsertionGuard inner(builder);
    builder.setInsertionPointToStart(guardOp.thenBlock());
    scf::YieldOp::create(builder, loc, genConstant(loc, DType::Bool, 0, {}));
    builder.setInsertionPointToStart(guardOp.elseBlock());
    scf::YieldOp::create(builder, loc, genCondition(stmt.condition));
    goesOn = guardOp.getResult(0);
  } else {
    goesOn = genCondition(stmt.condition);
  }
  scf::ConditionOp::create(builder, loc, goesOn, before->getArguments());

  scope = saved;
  mlir::Block *after = builder.createBlock(&loop.getAfter(), {}, types, locs);
  rebind(carried, after->getArguments());
  genBlock(stmt.body);
  scf::YieldOp::create(builder, loc, current(loc, carried));
  scope = std::move(saved);
  rebind(carried, loop.getResults());
}

} // namespace arr
