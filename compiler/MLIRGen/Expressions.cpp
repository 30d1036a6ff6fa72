//===- Expressions.cpp - Scalars and values -------------------------------===//
//
// Operands are evaluated from left to right, but a place is read only when its
// value is used: `x + f(x)` sees what `f` did to x, as in Python.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/FunctionGen.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace arr {

using llvm::cast;

Value FunctionGen::genOne(const typed::Expr *expr) {
  Values values = gen(expr);
  assert(values.size() == 1 && "no tuple");
  return values.front();
}

Value FunctionGen::genPlace(const typed::Expr *expr) {
  Value array = genOne(expr);
  return asPlace(locations(expr->range), array);
}

Value FunctionGen::asValue(Location loc, Value array) {
  auto place = dyn_cast<PlaceType>(array.getType());
  if (!place)
    return array;
  auto type = ArrayType::get(context, place.getDims(), place.getElementType());
  return ReadOp::create(builder, loc, type, array);
}

Value FunctionGen::asPlace(Location loc, Value array) {
  auto value = dyn_cast<ArrayType>(array.getType());
  if (!value)
    return array;
  auto type = PlaceType::get(context, value.getDims(), value.getElementType());
  return MaterializeOp::create(builder, loc, type, array);
}

Value FunctionGen::genIndex(const typed::Expr *expr) {
  Location loc = locations(expr->range);
  if (auto *literal = dyn_cast<typed::Literal>(expr))
    return constIndex(loc, literal->integer);
  Value value = genOne(expr);
  if (expr->type.dtype == DType::U64) {
    // Beyond i64 it is out of range for every array; it must not turn negative.
    Value limit = genConstant(loc, DType::U64, INT64_MAX, {});
    value = ufunc(loc, "minimum", value.getType(), {value, limit});
  }
  value = castTo(loc, value, expr->type, DType::I64);
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    value);
}

Values FunctionGen::gen(const typed::Expr *expr) {
  using typed::ExprKind;
  Location loc = locations(expr->range);
  switch (expr->kind) {
  case ExprKind::Literal:
    return {genLiteral(*cast<typed::Literal>(expr))};
  case ExprKind::StrLiteral:
    return {StringOp::create(builder, loc, LLVM::LLVMPointerType::get(context),
                             cast<typed::StrLiteral>(expr)->value)};
  case ExprKind::VarRef:
    return current(loc, {cast<typed::VarRef>(expr)->var});
  case ExprKind::DimRef: {
    std::optional<Value> size = dimValue(loc, cast<typed::DimRef>(expr)->dim);
    if (!size) {
      unsupported(expr->range, "this size as a number");
      size = constIndex(loc, 0);
    }
    return {
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), *size)};
  }
  case ExprKind::DimOf: {
    auto *dimOf = cast<typed::DimOf>(expr);
    Value array = genOne(dimOf->array);
    Value size =
        sizeOf(loc, array, dimOf->axis, dimOf->array->type.shape[dimOf->axis]);
    return {
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), size)};
  }
  case ExprKind::Cast: {
    auto *conversion = cast<typed::Cast>(expr);
    Value operand = genOne(conversion->operand);
    return {castTo(loc, operand, conversion->operand->type, expr->type.dtype)};
  }
  case ExprKind::Elementwise:
    return {genElementwise(*cast<typed::Elementwise>(expr))};
  case ExprKind::Select:
    return genSelect(*cast<typed::Select>(expr));
  case ExprKind::ShortCircuit:
    return {genShortCircuit(*cast<typed::ShortCircuit>(expr))};
  case ExprKind::Index:
    return {genIndexExpr(*cast<typed::Index>(expr))};
  case ExprKind::Gather:
    return {genGather(*cast<typed::Gather>(expr))};
  case ExprKind::Transpose:
    return {genTranspose(*cast<typed::Transpose>(expr))};
  case ExprKind::Reshape:
    return {genReshape(*cast<typed::Reshape>(expr))};
  case ExprKind::Diagonal:
    return {genDiagonal(*cast<typed::Diagonal>(expr))};
  case ExprKind::ComplexPart:
    return {genComplexPart(*cast<typed::ComplexPart>(expr))};
  case ExprKind::Broadcast:
    return {genBroadcast(*cast<typed::Broadcast>(expr))};
  case ExprKind::Reduce:
    return {genReduce(*cast<typed::Reduce>(expr))};
  case ExprKind::Einsum:
    return {genEinsum(*cast<typed::Einsum>(expr))};
  case ExprKind::Fill: {
    auto *fill = cast<typed::Fill>(expr);
    SmallVector<Value> sizes = genSizes(fill->sizes, expr->type.shape);
    Value value = genOne(fill->value);
    return {FillOp::create(builder, loc, arrayType(expr->type), value, sizes)};
  }
  case ExprKind::Empty: {
    auto *empty = cast<typed::Empty>(expr);
    SmallVector<Value> sizes = genSizes(empty->sizes, expr->type.shape);
    return {EmptyOp::create(builder, loc, placeType(expr->type), sizes)};
  }
  case ExprKind::Arange:
    return {genArange(*cast<typed::Arange>(expr))};
  case ExprKind::ArrayLiteral: {
    SmallVector<Value> elements;
    for (typed::Expr *element : cast<typed::ArrayLiteral>(expr)->elements)
      elements.push_back(genOne(element));
    return {
        FromElementsOp::create(builder, loc, arrayType(expr->type), elements)};
  }
  case ExprKind::Copy: {
    Value operand = genOne(cast<typed::Copy>(expr)->operand);
    return {asPlace(loc, asValue(loc, operand))};
  }
  case ExprKind::Call:
    return genCall(*cast<typed::Call>(expr));
  case ExprKind::RuntimeCall:
    return genRuntimeCall(*cast<typed::RuntimeCall>(expr));
  case ExprKind::MakeTuple: {
    Values members;
    for (typed::Expr *element : cast<typed::MakeTuple>(expr)->elements)
      llvm::append_range(members, gen(element));
    return members;
  }
  case ExprKind::TupleGet: {
    auto *get = cast<typed::TupleGet>(expr);
    Values members = gen(get->tuple);
    SmallVector<mlir::Type> before, own;
    for (unsigned i = 0; i < get->index; ++i)
      appendTypes(get->tuple->type.elements[i], before);
    appendTypes(expr->type, own);
    return Values(ArrayRef<Value>(members).slice(before.size(), own.size()));
  }
  case ExprKind::Let: {
    auto *let = cast<typed::Let>(expr);
    bind(loc, let->var, gen(let->value), let->value->type);
    return gen(let->body);
  }
  }
  llvm_unreachable("an expression");
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

Value FunctionGen::genConstant(Location loc, DType dtype, int64_t integer,
                               std::complex<double> number) {
  mlir::Type type = getElementType(context, dtype);
  if (auto complexType = dyn_cast<ComplexType>(type)) {
    auto part = [&](double value) -> mlir::Attribute {
      return builder.getFloatAttr(complexType.getElementType(), value);
    };
    mlir::Attribute parts[] = {part(number.real()), part(number.imag())};
    return complex::ConstantOp::create(builder, loc, complexType,
                                       builder.getArrayAttr(parts));
  }
  if (isa<FloatType>(type))
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(type, number.real()));
  // Constants are signless: unsigned ones are made by a conversion.
  unsigned width = type.getIntOrFloatBitWidth();
  mlir::Type signless = builder.getIntegerType(width);
  Value constant = arith::ConstantOp::create(
      builder, loc,
      builder.getIntegerAttr(signless,
                             llvm::APInt(64, uint64_t(integer)).trunc(width)));
  return signless == type ? constant : ufunc(loc, "cast", type, {constant});
}

Value FunctionGen::genLiteral(const typed::Literal &literal) {
  return genConstant(locations(literal.range), literal.type.dtype,
                     literal.integer, literal.number);
}

Value FunctionGen::ufunc(Location loc, StringRef name, mlir::Type type,
                         ArrayRef<Value> operands) {
  OperationState state(loc, ("arr." + name).str());
  state.addOperands(operands);
  state.addTypes(type);
  return builder.create(state)->getResult(0);
}

Value FunctionGen::castTo(Location loc, Value value, const Type &type,
                          DType dtype) {
  mlir::Type element = getElementType(context, dtype);
  if (arr::getElementTypeOrSelf(value.getType()) == element)
    return value;
  if (!type.isArray())
    return ufunc(loc, "cast", element, {value});
  value = asValue(loc, value);
  return ufunc(loc, "cast",
               ArrayType::get(context, getDims(value.getType()), element),
               {value});
}

Values FunctionGen::genSelect(const typed::Select &expr) {
  Location loc = locations(expr.range);
  Value condition = genCondition(expr.condition);
  SmallVector<mlir::Type> types;
  appendTypes(expr.type, types);
  auto branch =
      scf::IfOp::create(builder, loc, types, condition, /*else=*/true);
  auto side = [&](mlir::Block *block, const typed::Expr *value) {
    OpBuilder::InsertionGuard guard(builder);
    Scope saved = scope;
    builder.setInsertionPointToStart(block);
    Values values = gen(value);
    for (auto [member, type] : llvm::zip(values, types))
      if (isa<PlaceType>(type))
        member = castShape(loc, asPlace(loc, member), getDims(type));
    scf::YieldOp::create(builder, loc, values);
    scope = std::move(saved);
  };
  side(branch.thenBlock(), expr.trueValue);
  side(branch.elseBlock(), expr.falseValue);
  return Values(branch.getResults());
}

Value FunctionGen::genShortCircuit(const typed::ShortCircuit &expr) {
  Location loc = locations(expr.range);
  Value lhs = genCondition(expr.lhs);
  auto branch = scf::IfOp::create(builder, loc, builder.getI1Type(), lhs,
                                  /*else=*/true);
  OpBuilder::InsertionGuard guard(builder);
  Scope saved = scope;
  mlir::Block *evaluates = expr.isAnd ? branch.thenBlock() : branch.elseBlock();
  mlir::Block *skips = expr.isAnd ? branch.elseBlock() : branch.thenBlock();
  builder.setInsertionPointToStart(evaluates);
  scf::YieldOp::create(builder, loc, genCondition(expr.rhs));
  builder.setInsertionPointToStart(skips);
  scf::YieldOp::create(builder, loc,
                       genConstant(loc, DType::Bool, !expr.isAnd, {}));
  scope = std::move(saved);
  return branch.getResult(0);
}

//===----------------------------------------------------------------------===//
// Elementwise functions
//===----------------------------------------------------------------------===//

Value FunctionGen::elementwise(Location loc, StringRef name,
                               llvm::MutableArrayRef<Operand> operands,
                               const Type &result) {
  mlir::Type type = getElementType(context, result.dtype);
  if (result.isArray()) {
    broadcastTogether(loc, operands, result);
    type = arrayType(result);
  }
  return ufunc(loc, name, type,
               llvm::map_to_vector(operands, [](const Operand &operand) {
                 return operand.value;
               }));
}

Value FunctionGen::genElementwise(const typed::Elementwise &expr) {
  Location loc = locations(expr.range);
  SmallVector<Operand> operands;
  for (typed::Expr *operand : expr.operands)
    operands.push_back({genOne(operand), &operand->type});
  if (expr.ufunc == typed::Ufunc::Power)
    checkPower(loc, operands[1]);
  return elementwise(loc, typed::opName(expr.ufunc), operands, expr.type);
}

/// Integers have no negative powers.
void FunctionGen::checkPower(Location loc, Operand exponent) {
  DType dtype = exponent.type->dtype;
  llvm::APInt constant;
  if (!isInteger(dtype) || isUnsigned(dtype) ||
      (matchPattern(exponent.value, m_ConstantInt(&constant)) &&
       constant.isNonNegative()))
    return;
  Value zero = genConstant(loc, dtype, 0, {});
  mlir::Type i1 = builder.getI1Type();
  Value fits;
  if (exponent.type->isArray()) {
    Value value = asValue(loc, exponent.value);
    auto type = cast<ArrayType>(value.getType());
    Value each =
        ufunc(loc, "greater_equal", ArrayType::get(context, type.getDims(), i1),
              {value, zero});
    auto axes = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
    fits = ReduceOp::create(builder, loc, i1, ReduceKind::And, each, axes,
                            /*keepdims=*/false);
  } else {
    fits = ufunc(loc, "greater_equal", i1, {exponent.value, zero});
  }
  require(loc, fits, ErrorKind::Value,
          "Integers to negative integer powers are not allowed.");
}

//===----------------------------------------------------------------------===//
// Reductions and contractions
//===----------------------------------------------------------------------===//

static ReduceKind getReduceKind(typed::ReduceKind kind) {
  switch (kind) {
  case typed::ReduceKind::Add:
    return ReduceKind::Add;
  case typed::ReduceKind::Mul:
    return ReduceKind::Mul;
  case typed::ReduceKind::Min:
    return ReduceKind::Min;
  case typed::ReduceKind::Max:
    return ReduceKind::Max;
  case typed::ReduceKind::FMin:
    return ReduceKind::FMin;
  case typed::ReduceKind::FMax:
    return ReduceKind::FMax;
  case typed::ReduceKind::And:
  case typed::ReduceKind::LogicalAnd:
    return ReduceKind::And;
  case typed::ReduceKind::Or:
  case typed::ReduceKind::LogicalOr:
    return ReduceKind::Or;
  case typed::ReduceKind::Xor:
    return ReduceKind::Xor;
  case typed::ReduceKind::ArgMin:
    return ReduceKind::ArgMin;
  case typed::ReduceKind::ArgMax:
    return ReduceKind::ArgMax;
  }
  llvm_unreachable("a reduction");
}

ReduceKind FunctionGen::reduceKind(typed::ReduceKind kind) {
  return getReduceKind(kind);
}

/// NumPy's words for the reduction of nothing; empty where that has a result.
static std::string emptyMessage(ReduceKind kind) {
  switch (kind) {
  case ReduceKind::Min:
    return "zero-size array to reduction operation minimum which has no "
           "identity";
  case ReduceKind::Max:
    return "zero-size array to reduction operation maximum which has no "
           "identity";
  case ReduceKind::FMin:
    return "zero-size array to reduction operation fmin which has no identity";
  case ReduceKind::FMax:
    return "zero-size array to reduction operation fmax which has no identity";
  case ReduceKind::ArgMin:
    return "attempt to get argmin of an empty sequence";
  case ReduceKind::ArgMax:
    return "attempt to get argmax of an empty sequence";
  default:
    return "";
  }
}

Value FunctionGen::genReduce(const typed::Reduce &expr) {
  Location loc = locations(expr.range);
  ReduceKind kind = getReduceKind(expr.reduceKind);
  const Type &type = expr.operand->type;
  Value array = asValue(loc, genOne(expr.operand));
  if (std::string message = emptyMessage(kind); !message.empty()) {
    Value filled;
    for (unsigned axis : expr.axes) {
      const Dim &dim = type.shape[axis];
      if (dim.asConstant().value_or(0) > 0)
        continue;
      Value some = compare(loc, arith::CmpIPredicate::ne,
                           sizeOf(loc, array, axis, dim), constIndex(loc, 0));
      filled =
          filled ? arith::AndIOp::create(builder, loc, filled, some) : some;
    }
    if (filled)
      require(loc, filled, ErrorKind::Value, message);
  }
  mlir::Type result = getElementType(context, expr.type.dtype);
  if (expr.type.isArray()) {
    SmallVector<mlir::Attribute> dims;
    for (auto [axis, dim] : llvm::enumerate(getDims(array.getType())))
      if (!llvm::is_contained(expr.axes, unsigned(axis)))
        dims.push_back(dim);
      else if (expr.keepDims)
        dims.push_back(getStaticDim(context, 1));
    result = ArrayType::get(context, dims, result);
  }
  SmallVector<int64_t> axes(expr.axes.begin(), expr.axes.end());
  return ReduceOp::create(builder, loc, result, kind, array, axes,
                          expr.keepDims);
}

/// How a message names a label: by its letter, where the subscripts of the
/// source are as long as the labels.
static std::string labelName(const typed::Einsum &expr, unsigned operand,
                             unsigned axis) {
  SmallVector<StringRef> parts;
  StringRef(expr.spelling).split("->").first.split(parts, ',');
  if (parts.size() == expr.operands.size()) {
    StringRef letters = parts[operand].trim();
    if (letters.size() == expr.labels[operand].size() &&
        llvm::all_of(letters, llvm::isAlpha))
      return letters.substr(axis, 1).str();
  }
  return std::to_string(expr.labels[operand][axis]);
}

void FunctionGen::checkLabels(const typed::Einsum &expr,
                              ArrayRef<Value> operands) {
  Location loc = locations(expr.range);
  struct Use {
    unsigned operand, axis;
  };
  llvm::DenseMap<unsigned, Use> first;
  for (auto [operand, labels] : llvm::enumerate(expr.labels))
    for (auto [axis, label] : llvm::enumerate(labels)) {
      const Dim &dim = expr.operands[operand]->type.shape[axis];
      if (dim.isOne())
        continue;
      Use use{unsigned(operand), unsigned(axis)};
      auto [known, isNew] = first.try_emplace(label, use);
      if (isNew)
        continue;
      Use other = known->second;
      const Dim &expected =
          expr.operands[other.operand]->type.shape[other.axis];
      if (isSame(dim, expected))
        continue;
      Value size = sizeOf(loc, operands[operand], axis, dim);
      Value before = sizeOf(loc, operands[other.operand], other.axis, expected);
      std::string message;
      if (expr.spelling == "@")
        message =
            "matmul: Input operand " + std::to_string(operand) +
            " has a mismatch in its core dimension " +
            std::to_string(
                axis - std::min<size_t>(
                           axis, std::max<int>(0, int(labels.size()) - 2))) +
            " (size %1 is different from %0)";
      else if (StringRef(expr.spelling).contains("->") ||
               StringRef(expr.spelling).contains(','))
        message = "Size of label '" + labelName(expr, operand, axis) +
                  "' for operand " + std::to_string(operand) +
                  " (%1) does not match previous terms (%0).";
      else
        message = "shapes not aligned: %0 (dim " + std::to_string(other.axis) +
                  ") != %1 (dim " + std::to_string(axis) + ")";
      requireEqual(loc, before, size, ErrorKind::Shape, message,
                   {before, size});
    }
}

Value FunctionGen::genEinsum(const typed::Einsum &expr) {
  Location loc = locations(expr.range);
  SmallVector<Value> operands;
  for (typed::Expr *operand : expr.operands)
    operands.push_back(genOne(operand));
  checkLabels(expr, operands);
  SmallVector<mlir::Attribute> labels;
  for (auto [operand, list] : llvm::zip(operands, expr.labels)) {
    // A scalar is an operand without labels.
    if (isa<ArrayType, PlaceType>(operand.getType()))
      operand = asValue(loc, operand);
    else
      operand = FillOp::create(builder, loc,
                               ArrayType::get(context, {}, operand.getType()),
                               operand, ValueRange());
    labels.push_back(builder.getDenseI64ArrayAttr(
        SmallVector<int64_t>(list.begin(), list.end())));
  }
  mlir::Type result = getElementType(context, expr.type.dtype);
  if (expr.type.isArray())
    result = arrayType(expr.type);
  SmallVector<int64_t> output(expr.output.begin(), expr.output.end());
  return EinsumOp::create(builder, loc, result, operands,
                          builder.getArrayAttr(labels), output);
}

Value FunctionGen::genArange(const typed::Arange &expr) {
  Location loc = locations(expr.range);
  Value start = genOne(expr.start), step = genOne(expr.step);
  Value count = genIndex(expr.count);
  if (!isNonNegative(expr.count))
    count = arith::MaxSIOp::create(builder, loc, count, constIndex(loc, 0));
  learn(expr.type.shape[0], count);
  return ArangeOp::create(builder, loc, arrayType(expr.type), start, step,
                          count);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

Values FunctionGen::genCall(const typed::Call &expr) {
  Location loc = locations(expr.range);
  SmallVector<Value> arguments;
  for (typed::Expr *argument : expr.arguments)
    for (Value value : gen(argument)) {
      if (argument->type.isArray()) {
        value = asPlace(locations(argument->range), value);
        SmallVector<mlir::Attribute> dims(argument->type.rank(),
                                          getUnknownDim(context));
        value = castShape(loc, value, dims);
      }
      arguments.push_back(value);
    }
  SmallVector<mlir::Type> results;
  appendBoundaryTypes(context, expr.callee->result, results);
  auto call = func::CallOp::create(builder, loc, expr.callee->symbol, results,
                                   arguments);

  SmallVector<const Type *> types;
  if (expr.type.isTuple())
    for (const Type &element : expr.type.elements)
      types.push_back(&element);
  else if (expr.type.kind != TypeKind::None)
    types.push_back(&expr.type);
  Values values(call.getResults());
  for (auto [value, type] : llvm::zip(values, types))
    if (type->isArray()) {
      learnFrom(loc, *type, value);
      value = castShape(loc, value, dimAttrs(type->shape));
    }
  return values;
}

Values FunctionGen::genRuntimeCall(const typed::RuntimeCall &expr) {
  using Target = typed::RuntimeCall::Target;
  Location loc = locations(expr.range);
  switch (expr.target) {
  case Target::Load: {
    Value path = genOne(expr.arguments[0]);
    Value place = LoadFileOp::create(builder, loc, placeType(expr.type), path);
    learnFrom(loc, expr.type, place);
    return {place};
  }
  case Target::Save: {
    Value path = genOne(expr.arguments[0]);
    SaveFileOp::create(builder, loc, path, genPlace(expr.arguments[1]));
    return {};
  }
  case Target::Print:
    genPrint(expr);
    return {};
  case Target::Extern: {
    SmallVector<mlir::Type> types;
    appendTypes(expr.type, types);
    SmallVector<Value> operands;
    for (typed::Expr *argument : expr.arguments)
      operands.push_back(argument->type.isArray() ? genPlace(argument)
                                                  : genOne(argument));
    auto call =
        CallExternOp::create(builder, loc, types, expr.symbol, operands);
    return Values(call.getResults());
  }
  }
  llvm_unreachable("a runtime function");
}

void FunctionGen::genPrint(const typed::RuntimeCall &expr) {
  SmallVector<mlir::Attribute> format;
  SmallVector<Value> operands;
  for (typed::Expr *argument : expr.arguments) {
    if (auto *text = dyn_cast<typed::StrLiteral>(argument)) {
      format.push_back(builder.getStringAttr(text->value));
      continue;
    }
    format.push_back(builder.getUnitAttr());
    operands.push_back(asPlace(locations(argument->range), genOne(argument)));
  }
  PrintOp::create(builder, locations(expr.range), builder.getArrayAttr(format),
                  operands);
}

} // namespace arr
