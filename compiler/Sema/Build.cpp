//===- Build.cpp - Makes typed nodes --------------------------------------===//
//
// The bridge from Values (what is known) to typed::Exprs (what runs): literals,
// conversions, and the nodes that several families of functions share.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace arr;
using namespace arr::sema;

typed::Literal *Checker::literal(const Constant &constant, const Type &type,
                                 SourceRange range) {
  auto *node = make<typed::Literal>(type, range);
  Constant value = convertConstant(constant, type.dtype);
  if (value.kind <= Constant::Kind::Int)
    node->integer = static_cast<int64_t>(value.integer);
  node->number = value.number;
  return node;
}

typed::Expr *Checker::toExpr(const Value &value) {
  switch (value.kind) {
  case Value::Kind::Runtime:
    if (!value.constant)
      return value.expr;
    if (value.constant->kind == Constant::Kind::Int &&
        !fitsIn(value.constant->integer, value.type.dtype))
      report(value.range, diag::IntegerTooLarge, value.constant->str(),
             text(value.type));
    return literal(*value.constant, value.type, value.range);
  case Value::Kind::Text: {
    auto *node = make<typed::StrLiteral>(Type::str(), value.range);
    node->value = value.text;
    return node;
  }
  case Value::Kind::Tuple: {
    std::vector<Type> types;
    llvm::SmallVector<typed::Expr *> elements;
    for (const Value &element : value.elements) {
      elements.push_back(toExpr(element));
      types.push_back(elements.back()->type);
    }
    auto *node =
        make<typed::MakeTuple>(Type::tuple(std::move(types)), value.range);
    node->elements.assign(elements.begin(), elements.end());
    return node;
  }
  default:
    if (!value.isInvalid())
      report(value.range, diag::NotAValue, describe(value));
    return make<typed::Literal>(Type(), value.range);
  }
}

Value Checker::convert(const Value &value, const Type &scalar,
                       bool isExplicit) {
  if (!requireNumeric(value, "operand"))
    return Value::invalid();
  Value result = value;
  if (value.isArray()) {
    if (value.type.dtype == scalar.dtype)
      return value;
    auto *cast = make<typed::Cast>(Type::array(scalar.dtype, value.type.shape),
                                   value.range);
    cast->operand = value.expr;
    return Value::runtime(cast);
  }
  result.type = scalar;
  if (value.constant) {
    bool isInteger = value.constant->kind == Constant::Kind::Int;
    if (!isExplicit && isInteger &&
        !fitsIn(value.constant->integer, scalar.dtype)) {
      if (scalar.weak)
        report(value.range, diag::IntegerTooLarge, value.constant->str(),
               text(scalar));
      else
        report(value.range, diag::LiteralOutOfRange, value.constant->str(),
               spelling(scalar.dtype));
      return Value::invalid();
    }
    result.constant = convertConstant(*value.constant, scalar.dtype);
    if (realDType(scalar.dtype) == DType::F32 &&
        std::isinf(result.constant->number.real()) &&
        !std::isinf(value.constant->asComplex().real()))
      report(value.range, diag::LiteralOverflowsFloat, value.constant->str());
    result.expr = nullptr;
    return result;
  }
  if (value.type.dtype == scalar.dtype)
    return result;
  result.dim = std::nullopt;
  auto *cast = make<typed::Cast>(scalar, value.range);
  cast->operand = value.expr;
  result.expr = cast;
  return result;
}

Value Checker::elementwiseNode(typed::Ufunc ufunc,
                               llvm::ArrayRef<Value> operands,
                               const Type &scalar, SourceRange range) {
  Type type = scalar;
  if (llvm::any_of(operands, [](const Value &v) { return v.isArray(); })) {
    auto shape = broadcastShapes(operands, range);
    if (!shape)
      return Value::invalid();
    type = Type::array(scalar.dtype, std::move(*shape));
  }
  auto *node = make<typed::Elementwise>(std::move(type), range);
  node->ufunc = ufunc;
  for (const Value &operand : operands)
    node->operands.push_back(toExpr(operand));
  return Value::runtime(node);
}

Value Checker::reduceNode(typed::ReduceKind kind, const Value &operand,
                          llvm::ArrayRef<unsigned> axes, bool keepDims,
                          DType result, SourceRange range) {
  DimList shape;
  for (unsigned i = 0; i < operand.type.rank(); ++i) {
    if (!llvm::is_contained(axes, i))
      shape.push_back(operand.type.shape[i]);
    else if (keepDims)
      shape.push_back(Dim::constant(1));
  }
  bool isScalar = shape.empty();
  auto *node = make<typed::Reduce>(
      isScalar ? Type::scalar(result) : Type::array(result, shape), range);
  node->reduceKind = kind;
  node->operand = toExpr(operand);
  node->axes.assign(axes.begin(), axes.end());
  node->keepDims = keepDims;
  return Value::runtime(node);
}

Value Checker::copyNode(const Value &value, SourceRange range) {
  if (!value.isArray())
    return value;
  auto *node = make<typed::Copy>(value.type, range);
  node->operand = value.expr;
  return Value::runtime(node);
}

bool Checker::isCheap(const typed::Expr *expr) {
  return !expr || llvm::isa<typed::Literal, typed::VarRef, typed::DimRef,
                            typed::StrLiteral>(expr);
}

Value Checker::withTemp(const Value &value,
                        llvm::function_ref<Value(const Value &)> body) {
  if (!value.isRuntime() || value.constant || isCheap(value.expr))
    return body(value);
  auto *ref = make<typed::VarRef>(value.type, value.range);
  ref->var = newVar("tmp", value.type, value.range);
  Value temp = Value::runtime(ref);
  temp.dim = value.dim;
  Value result = body(temp);
  if (!result.isRuntime() || result.constant)
    return result;
  auto *let = make<typed::Let>(result.type, result.range);
  let->var = ref->var;
  let->value = value.expr;
  let->body = result.expr;
  result.expr = let;
  return result;
}
