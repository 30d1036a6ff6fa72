//===- Sizes.cpp - Dims: attributes of types, and sizes as values ---------===//
//
// A dim of a type is written as an integer, as the canonical text of its
// polynomial, or as `?`. Equal texts in one function are equal sizes, so a
// symbol may appear in a text only if it has one value wherever arrays of that
// type meet: not the symbols of variables that arrays of other sizes are
// assigned to ("unstable").
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/FunctionGen.h"
#include "compiler/MLIRGen/Walk.h"

using namespace mlir;

namespace arr {

using llvm::cast;
using llvm::dyn_cast;

static void forEachSymbol(const Dim &dim,
                          llvm::function_ref<void(SymbolId)> visit) {
  for (const auto &term : dim.getTerms())
    for (SymbolId id : term.first)
      visit(id);
}

void FunctionGen::findUnstableSymbols() {
  auto compare = [&](const Type &variable, const Type &value) {
    if (!variable.isArray() || !value.isArray())
      return;
    for (auto [target, source] : llvm::zip(variable.shape, value.shape))
      if (target != source)
        forEachSymbol(target, [&](SymbolId id) {
          if (isFresh(id))
            unstable.insert(id);
        });
  };
  typed::walk(structured->body, [&](const typed::Stmt *stmt) {
    auto *assign = dyn_cast<typed::Assign>(stmt);
    if (!assign)
      return;
    const Type &value = assign->value->type;
    if (assign->targets.size() > 1) {
      for (auto [target, type] : llvm::zip(assign->targets, value.elements))
        compare(target->type, type);
    } else if (value.isTuple()) {
      for (auto [target, type] :
           llvm::zip(assign->targets[0]->type.elements, value.elements))
        compare(target, type);
    } else {
      compare(assign->targets[0]->type, value);
    }
  });
}

bool FunctionGen::isFresh(SymbolId id) const {
  return id >= function.symbols.size() ||
         function.symbols[id].kind == typed::Symbol::Kind::Fresh;
}

bool FunctionGen::isStable(const Dim &dim) const {
  bool stable = true;
  forEachSymbol(dim, [&](SymbolId id) { stable &= !unstable.contains(id); });
  return stable;
}

bool FunctionGen::isSame(const Dim &lhs, const Dim &rhs) const {
  return lhs == rhs && isStable(lhs);
}

mlir::Attribute FunctionGen::dimAttr(const Dim &dim) {
  if (std::optional<int64_t> size = dim.asConstant(); size && *size >= 0)
    return getStaticDim(context, *size);
  if (!isStable(dim))
    return getUnknownDim(context);
  return builder.getStringAttr(dim.str(symbolNames));
}

SmallVector<mlir::Attribute> FunctionGen::dimAttrs(ArrayRef<Dim> dims) {
  return llvm::map_to_vector(dims,
                             [&](const Dim &dim) { return dimAttr(dim); });
}

arr::ArrayType FunctionGen::arrayType(const Type &type) {
  return ArrayType::get(context, dimAttrs(type.shape),
                        getElementType(context, type.dtype));
}

PlaceType FunctionGen::placeType(const Type &type) {
  return PlaceType::get(context, dimAttrs(type.shape),
                        getElementType(context, type.dtype));
}

void FunctionGen::appendTypes(const Type &type,
                              SmallVectorImpl<mlir::Type> &types) {
  if (type.isTuple()) {
    for (const Type &element : type.elements)
      appendTypes(element, types);
  } else if (type.isArray()) {
    types.push_back(placeType(type));
  } else {
    appendBoundaryTypes(context, type, types);
  }
}

std::optional<Value> FunctionGen::symbolValue(Location loc, SymbolId id) {
  if (auto known = scope.sizes.find(id); known != scope.sizes.end())
    return known->second;
  if (isFresh(id))
    return std::nullopt;
  const typed::Symbol &symbol = function.symbols[id];
  bool isDiv = symbol.kind == typed::Symbol::Kind::FloorDiv;
  if (!isDiv && symbol.kind != typed::Symbol::Kind::Mod)
    return std::nullopt;
  std::optional<Value> dividend = dimValue(loc, symbol.dividend);
  std::optional<Value> divisor = dimValue(loc, symbol.divisor);
  if (!dividend || !divisor)
    return std::nullopt;
  mlir::Type i64 = builder.getI64Type();
  Value lhs = arith::IndexCastOp::create(builder, loc, i64, *dividend);
  Value rhs = arith::IndexCastOp::create(builder, loc, i64, *divisor);
  Value result =
      ufunc(loc, isDiv ? "floor_divide" : "remainder", i64, {lhs, rhs});
  return scope.sizes[id] = arith::IndexCastOp::create(
             builder, loc, builder.getIndexType(), result);
}

std::optional<Value> FunctionGen::dimValue(Location loc, const Dim &dim) {
  if (std::optional<int64_t> size = dim.asConstant())
    return constIndex(loc, *size);
  if (!isStable(dim))
    return std::nullopt;
  Value sum;
  for (const auto &[monomial, coefficient] : dim.getTerms()) {
    Value product;
    for (SymbolId id : monomial) {
      std::optional<Value> value = symbolValue(loc, id);
      if (!value)
        return std::nullopt;
      product = product ? arith::MulIOp::create(builder, loc, product, *value)
                        : *value;
    }
    if (!product)
      product = constIndex(loc, coefficient);
    else if (coefficient != 1)
      product = arith::MulIOp::create(builder, loc, product,
                                      constIndex(loc, coefficient));
    sum = sum ? arith::AddIOp::create(builder, loc, sum, product) : product;
  }
  return sum;
}

Value FunctionGen::sizeOf(Location loc, Value array, unsigned axis,
                          const Dim &dim) {
  if (std::optional<Value> size = dimValue(loc, dim))
    return *size;
  return DimOp::create(builder, loc, array, axis);
}

void FunctionGen::learn(const Dim &dim, Value size) {
  std::optional<SymbolId> id = dim.asSymbol();
  if (id && isFresh(*id) && isStable(dim))
    scope.sizes[*id] = size;
}

void FunctionGen::learnFrom(Location loc, const Type &type, Value array) {
  for (auto [axis, dim] : llvm::enumerate(type.shape))
    if (std::optional<SymbolId> id = dim.asSymbol(); id && isFresh(*id))
      learn(dim, DimOp::create(builder, loc, array, axis));
}

Value FunctionGen::castShape(Location loc, Value array,
                             ArrayRef<mlir::Attribute> dims) {
  if (getDims(array.getType()) == dims)
    return array;
  return CastShapeOp::create(builder, loc, cloneWith(array.getType(), dims),
                             array);
}

} // namespace arr
