//===- Types.cpp - Types, sizes and elements of converted arrays ----------===//
#include "compiler/Conversion/ArrToLinalg/Lowering.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace arr;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type arr::convertScalarType(Type type) {
  if (type.isUnsignedInteger())
    return IntegerType::get(type.getContext(), type.getIntOrFloatBitWidth());
  return type;
}

Type arr::convertElementType(Type type) {
  if (type.isInteger(1))
    return IntegerType::get(type.getContext(), 8);
  return convertScalarType(type);
}

static SmallVector<int64_t> getShape(Type type) {
  SmallVector<int64_t> shape;
  for (Attribute dim : arr::getDims(type)) {
    auto size = dyn_cast<IntegerAttr>(dim);
    shape.push_back(size ? size.getInt() : ShapedType::kDynamic);
  }
  return shape;
}

RankedTensorType arr::convertArrayType(Type type) {
  return RankedTensorType::get(
      getShape(type), convertElementType(arr::getElementTypeOrSelf(type)));
}

MemRefType arr::convertPlaceType(Type type) {
  SmallVector<int64_t> shape = getShape(type);
  SmallVector<int64_t> strides(shape.size(), ShapedType::kDynamic);
  return MemRefType::get(
      shape, convertElementType(arr::getElementTypeOrSelf(type)),
      StridedLayoutAttr::get(type.getContext(), ShapedType::kDynamic, strides));
}

ArrTypeConverter::ArrTypeConverter() {
  addConversion([](Type type) { return convertScalarType(type); });
  addConversion([](ArrayType type) -> Type { return convertArrayType(type); });
  addConversion([](PlaceType type) -> Type { return convertPlaceType(type); });
}

bool arr::isUnsigned(Type elementType) {
  return elementType.isUnsignedInteger() || elementType.isInteger(1);
}

StringAttr arr::spellDType(Type type) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (type.isInteger(1))
    stream << "bool";
  else if (type.isIndex())
    stream << "i64";
  else if (auto complex = dyn_cast<ComplexType>(type))
    stream << 'c' << 2 * complex.getElementType().getIntOrFloatBitWidth();
  else if (type.isIntOrFloat())
    stream << (isa<FloatType>(type)       ? 'f'
               : type.isUnsignedInteger() ? 'u'
                                          : 'i')
           << type.getIntOrFloatBitWidth();
  else
    stream << "str";
  return StringAttr::get(type.getContext(), text);
}

Value arr::toMemory(OpBuilder &builder, Location loc, Value scalar) {
  if (!scalar.getType().isInteger(1))
    return scalar;
  return arith::ExtUIOp::create(builder, loc, builder.getI8Type(), scalar);
}

Value arr::fromMemory(OpBuilder &builder, Location loc, Value element,
                      Type scalarType) {
  if (!scalarType.isInteger(1))
    return element;
  Value zero = arith::ConstantIntOp::create(builder, loc, 0, 8);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, element,
                               zero);
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

Value arr::toValue(OpBuilder &builder, Location loc, OpFoldResult size) {
  return getValueOrCreateConstantIndexOp(builder, loc, size);
}

SmallVector<OpFoldResult> arr::getMixedSizes(ShapedType type,
                                             ValueRange sizes) {
  SmallVector<OpFoldResult> result;
  for (auto [axis, size] : llvm::enumerate(sizes)) {
    if (type.isDynamicDim(axis))
      result.push_back(getAsOpFoldResult(size));
    else
      result.push_back(
          Builder(type.getContext()).getIndexAttr(type.getDimSize(axis)));
  }
  return result;
}

Value arr::createAlloc(OpBuilder &builder, Location loc, MemRefType place,
                       ArrayRef<OpFoldResult> sizes) {
  auto type = MemRefType::get(place.getShape(), place.getElementType());
  SmallVector<Value> dynamic;
  for (auto [axis, size] : llvm::enumerate(sizes))
    if (type.isDynamicDim(axis))
      dynamic.push_back(toValue(builder, loc, size));
  return AllocOp::create(builder, loc, type, dynamic);
}

//===----------------------------------------------------------------------===//
// linalg.generic
//===----------------------------------------------------------------------===//

unsigned GenericBuilder::addInput(Value tensor, AffineMap map) {
  for (auto [i, known] : llvm::enumerate(llvm::zip(inputs, inputMaps)))
    if (std::get<0>(known) == tensor && std::get<1>(known) == map)
      return i;
  inputs.push_back(tensor);
  inputMaps.push_back(map);
  return inputs.size() - 1;
}

/// tensor.empty of exactly this type.
static Value createEmpty(OpBuilder &builder, Location loc,
                         RankedTensorType type, ArrayRef<OpFoldResult> sizes) {
  SmallVector<Value> dynamic;
  for (auto [axis, size] : llvm::enumerate(sizes))
    if (type.isDynamicDim(axis))
      dynamic.push_back(arr::toValue(builder, loc, size));
  return tensor::EmptyOp::create(builder, loc, type, dynamic);
}

Value GenericBuilder::createElementwise(
    RankedTensorType type, ArrayRef<OpFoldResult> sizes,
    function_ref<Value(OpBuilder &, ValueRange)> body) {
  Value empty = createEmpty(builder, loc, type, sizes);
  SmallVector<AffineMap> maps = inputMaps;
  maps.push_back(builder.getMultiDimIdentityMap(numDims));
  SmallVector<utils::IteratorType> iterators(numDims,
                                             utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      builder, loc, type, inputs, empty, maps, iterators,
      [&](OpBuilder &inside, Location bodyLoc, ValueRange arguments) {
        Value result = body(inside, arguments.drop_back());
        linalg::YieldOp::create(inside, bodyLoc,
                                arr::toMemory(inside, bodyLoc, result));
      });
  return generic.getResult(0);
}

Value GenericBuilder::createReduction(
    RankedTensorType type, ArrayRef<OpFoldResult> sizes, AffineMap outputMap,
    ArrayRef<utils::IteratorType> iterators, AccumulatorAttr accumulator,
    function_ref<Value(OpBuilder &, ValueRange)> contribution) {
  Value empty = createEmpty(builder, loc, type, sizes);
  TypedAttr identity = getIdentity(accumulator);
  Value start;
  if (auto parts = dyn_cast<ComplexType>(accumulator.getType())) {
    auto list = cast<ArrayAttr>(ArrayAttr::get(
        builder.getContext(),
        {identity, builder.getZeroAttr(parts.getElementType())}));
    start = complex::ConstantOp::create(builder, loc, parts, list);
  } else {
    start = arith::ConstantOp::create(builder, loc, identity);
  }
  start = arr::toMemory(builder, loc, start);
  Value filled =
      linalg::FillOp::create(builder, loc, start, empty).getResult(0);
  SmallVector<AffineMap> maps = inputMaps;
  maps.push_back(outputMap);
  auto generic = linalg::GenericOp::create(
      builder, loc, type, inputs, filled, maps, iterators,
      [&](OpBuilder &inside, Location bodyLoc, ValueRange arguments) {
        Value value = contribution(inside, arguments.drop_back());
        Value total = arr::fromMemory(inside, bodyLoc, arguments.back(),
                                      accumulator.getType());
        Value combined =
            createCombine(inside, bodyLoc, accumulator, total, value);
        linalg::YieldOp::create(inside, bodyLoc,
                                arr::toMemory(inside, bodyLoc, combined));
      });
  generic->setAttr("accumulators", builder.getArrayAttr(accumulator));
  return generic.getResult(0);
}

Value arr::extractScalar(OpBuilder &builder, Location loc, Value tensor,
                         Type scalarType) {
  Value element = tensor::ExtractOp::create(builder, loc, tensor, ValueRange());
  return fromMemory(builder, loc, element, scalarType);
}

//===----------------------------------------------------------------------===//
// Accumulators
//===----------------------------------------------------------------------===//

AccumulatorAttr arr::getAccumulator(ReduceKind kind, Type elementType) {
  Type type = convertScalarType(elementType);
  if (elementType.isInteger(1)) {
    // Of bools, sum and max are `or`, product and min are `and`.
    if (kind == ReduceKind::Add || kind == ReduceKind::Max ||
        kind == ReduceKind::FMax)
      kind = ReduceKind::Or;
    else if (kind == ReduceKind::Mul || kind == ReduceKind::Min ||
             kind == ReduceKind::FMin)
      kind = ReduceKind::And;
  }
  return AccumulatorAttr::get(type.getContext(), kind, type,
                              isUnsigned(elementType));
}

Value arr::createCombine(OpBuilder &b, Location loc,
                         AccumulatorAttr accumulator, Value lhs, Value rhs) {
  Type type = accumulator.getType();
  bool isFloat = isa<FloatType>(type), isComplex = isa<ComplexType>(type);
  bool isUnsigned = accumulator.getIsUnsigned();
  switch (accumulator.getKind()) {
  case ReduceKind::Add:
    if (isFloat)
      return arith::AddFOp::create(b, loc, lhs, rhs);
    if (isComplex)
      return complex::AddOp::create(b, loc, lhs, rhs);
    return arith::AddIOp::create(b, loc, lhs, rhs);
  case ReduceKind::Mul:
    if (isFloat)
      return arith::MulFOp::create(b, loc, lhs, rhs);
    if (isComplex)
      return complex::MulOp::create(b, loc, lhs, rhs);
    return arith::MulIOp::create(b, loc, lhs, rhs);
  case ReduceKind::Min:
    if (isFloat)
      return arith::MinimumFOp::create(b, loc, lhs, rhs);
    return isUnsigned ? arith::MinUIOp::create(b, loc, lhs, rhs).getResult()
                      : arith::MinSIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::Max:
    if (isFloat)
      return arith::MaximumFOp::create(b, loc, lhs, rhs);
    return isUnsigned ? arith::MaxUIOp::create(b, loc, lhs, rhs).getResult()
                      : arith::MaxSIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::FMin:
    if (isFloat)
      return arith::MinNumFOp::create(b, loc, lhs, rhs);
    return isUnsigned ? arith::MinUIOp::create(b, loc, lhs, rhs).getResult()
                      : arith::MinSIOp::create(b, loc, lhs, rhs).getResult();
  case ReduceKind::FMax:
    if (isFloat)
      return arith::MaxNumFOp::create(b, loc, lhs, rhs);
    return isUnsigned ? arith::MaxUIOp::create(b, loc, lhs, rhs).getResult()
                      : arith::MaxSIOp::create(b, loc, lhs, rhs).getResult();
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
  llvm_unreachable("positions are not combined element by element");
}

TypedAttr arr::getIdentity(AccumulatorAttr accumulator) {
  Type type = accumulator.getType();
  if (auto complex = dyn_cast<ComplexType>(type))
    type = complex.getElementType();
  ReduceKind kind = accumulator.getKind();
  bool isMin = kind == ReduceKind::Min || kind == ReduceKind::FMin;
  if (auto floatType = dyn_cast<FloatType>(type)) {
    const llvm::fltSemantics &semantics = floatType.getFloatSemantics();
    if (kind == ReduceKind::Add)
      return FloatAttr::get(type, 0.0);
    if (kind == ReduceKind::Mul)
      return FloatAttr::get(type, 1.0);
    // fmin and fmax start from NaN: they skip it, and NaN alone gives NaN.
    if (kind == ReduceKind::FMin || kind == ReduceKind::FMax)
      return FloatAttr::get(type, llvm::APFloat::getNaN(semantics));
    return FloatAttr::get(type, llvm::APFloat::getInf(semantics, !isMin));
  }
  unsigned width = type.getIntOrFloatBitWidth();
  bool isUnsigned = accumulator.getIsUnsigned();
  switch (kind) {
  case ReduceKind::Mul:
    return IntegerAttr::get(type, llvm::APInt(width, 1));
  case ReduceKind::And:
    return IntegerAttr::get(type, llvm::APInt::getAllOnes(width));
  case ReduceKind::Min:
  case ReduceKind::FMin:
    return IntegerAttr::get(type, isUnsigned
                                      ? llvm::APInt::getMaxValue(width)
                                      : llvm::APInt::getSignedMaxValue(width));
  case ReduceKind::Max:
  case ReduceKind::FMax:
    return IntegerAttr::get(type, isUnsigned
                                      ? llvm::APInt::getMinValue(width)
                                      : llvm::APInt::getSignedMinValue(width));
  default:
    return IntegerAttr::get(type, llvm::APInt(width, 0));
  }
}
