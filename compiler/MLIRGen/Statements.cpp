//===- Statements.cpp - Assignments and stores ----------------------------===//
#include "compiler/MLIRGen/FunctionGen.h"

using namespace mlir;

namespace arr {

using llvm::cast;
using llvm::dyn_cast;

void FunctionGen::genBlock(const typed::Block &block) {
  for (const typed::Stmt *stmt : block)
    genStmt(stmt);
}

void FunctionGen::genStmt(const typed::Stmt *stmt) {
  using typed::StmtKind;
  switch (stmt->kind) {
  case StmtKind::Assign:
    return genAssign(*cast<typed::Assign>(stmt));
  case StmtKind::Store:
    return genStore(*cast<typed::Store>(stmt));
  case StmtKind::Update:
    return genUpdate(*cast<typed::Update>(stmt));
  case StmtKind::If:
    return genIf(*cast<typed::If>(stmt));
  case StmtKind::For:
    return genFor(*cast<typed::For>(stmt));
  case StmtKind::While:
    return genWhile(*cast<typed::While>(stmt));
  case StmtKind::Assert: {
    auto *assertion = cast<typed::Assert>(stmt);
    require(locations(stmt->range), genCondition(assertion->condition),
            ErrorKind::Assert, assertion->message);
    return;
  }
  case StmtKind::ExprStmt:
    gen(cast<typed::ExprStmt>(stmt)->expr);
    return;
  case StmtKind::Break:
  case StmtKind::Continue:
  case StmtKind::Return:
    llvm_unreachable("jumps were removed (Structure.h)");
  }
}

/// Binds a variable: an array variable to a place with its own sizes.
void FunctionGen::bind(Location loc, const typed::Var *var,
                       ArrayRef<Value> values, const Type &type) {
  SmallVector<mlir::Type> types;
  appendTypes(var->type, types);
  Values bound(values);
  for (auto [value, type] : llvm::zip(bound, types))
    if (isa<PlaceType>(type))
      value = castShape(loc, asPlace(loc, value), getDims(type));
  scope.vars[var] = bound;
  if (var->type.isArray() && type.isArray())
    for (auto [axis, dim] : llvm::enumerate(var->type.shape))
      if (std::optional<SymbolId> id = dim.asSymbol();
          id && isFresh(*id) && isStable(dim) && !scope.sizes.contains(*id))
        learn(dim, DimOp::create(builder, loc, bound[0], axis));
}

void FunctionGen::genAssign(const typed::Assign &stmt) {
  Location loc = locations(stmt.range);
  Values values = gen(stmt.value);
  if (stmt.targets.size() == 1)
    return bind(loc, stmt.targets[0], values, stmt.value->type);
  ArrayRef<Value> rest = values;
  for (auto [target, type] :
       llvm::zip(stmt.targets, stmt.value->type.elements)) {
    SmallVector<mlir::Type> types;
    appendTypes(type, types);
    bind(loc, target, rest.take_front(types.size()), type);
    rest = rest.drop_front(types.size());
  }
}

void FunctionGen::genStore(const typed::Store &stmt) {
  Location loc = locations(stmt.range);
  Operand value{genOne(stmt.value), &stmt.value->type};
  if (auto *gather = dyn_cast<typed::Gather>(stmt.target))
    return scatter(loc, *gather, genGathered(*gather), value, nullptr);
  auto *index = dyn_cast<typed::Index>(stmt.target);
  if (index && stmt.target->type.isScalar()) {
    Value base = genOne(index->base);
    SmallVector<Value> indices = genElementIndices(*index, base);
    StoreOp::create(builder, loc, value.value, base, indices);
    return;
  }
  Value place = genOne(stmt.target);
  WriteOp::create(builder, loc,
                  broadcastInto(loc, value, place, stmt.target->type), place);
}

void FunctionGen::genUpdate(const typed::Update &stmt) {
  if (auto *gather = dyn_cast<typed::Gather>(stmt.target))
    return updateGathered(stmt, *gather);
  Location loc = locations(stmt.range);
  StringRef name = typed::opName(stmt.ufunc);
  const Type &targetType = stmt.target->type;
  Type computeType = targetType;
  computeType.dtype = stmt.computeDType;

  auto *index = dyn_cast<typed::Index>(stmt.target);
  if (index && targetType.isScalar()) {
    Value base = genOne(index->base);
    SmallVector<Value> indices = genElementIndices(*index, base);
    Value old = LoadOp::create(
        builder, loc, getElementType(context, targetType.dtype), base, indices);
    Operand value{genOne(stmt.value), &stmt.value->type};
    if (stmt.ufunc == typed::Ufunc::Power)
      checkPower(loc, value);
    old = castTo(loc, old, targetType, stmt.computeDType);
    Value result = ufunc(loc, name, old.getType(), {old, value.value});
    StoreOp::create(builder, loc,
                    castTo(loc, result, computeType, targetType.dtype), base,
                    indices);
    return;
  }
  Value place = genOne(stmt.target);
  Operand value{genOne(stmt.value), &stmt.value->type};
  if (stmt.ufunc == typed::Ufunc::Power)
    checkPower(loc, value);
  Value old = castTo(loc, asValue(loc, place), targetType, stmt.computeDType);
  if (value.type->isArray())
    value.value = broadcastInto(loc, value, place, targetType);
  Value result = ufunc(loc, name, old.getType(), {old, value.value});
  WriteOp::create(builder, loc,
                  castTo(loc, result, computeType, targetType.dtype), place);
}

} // namespace arr
