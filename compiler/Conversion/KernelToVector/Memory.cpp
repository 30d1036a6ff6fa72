//===- Memory.cpp - Addresses, scalar and vector accesses -----------------===//
//
// Everything is LLVM loads, stores and masked intrinsics on opaque pointers.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Memory.h"

#include "mlir/Dialect/Complex/IR/Complex.h"

using namespace mlir;
using namespace arr;

LLVM::LLVMPointerType arr::getPointerType(OpBuilder &builder) {
  return LLVM::LLVMPointerType::get(builder.getContext());
}

unsigned arr::getByteSize(Type elementType) {
  if (auto complexType = dyn_cast<ComplexType>(elementType))
    return 2 * getByteSize(complexType.getElementType());
  return llvm::divideCeil(elementType.getIntOrFloatBitWidth(), 8);
}

Value arr::advanceBytes(Emitter &emit, Value pointer, Value bytes) {
  if (Emitter::isConstant(bytes, 0))
    return pointer;
  Type pointerType = pointer.getType();
  if (auto vectorType = dyn_cast<VectorType>(bytes.getType()))
    pointerType = VectorType::get(vectorType.getShape(), pointerType);
  return LLVM::GEPOp::create(emit.builder, emit.loc, pointerType,
                             emit.builder.getI8Type(), pointer,
                             ArrayRef<LLVM::GEPArg>{bytes});
}

Value arr::advance(Emitter &emit, Value pointer, Type elementType,
                   Value elements) {
  if (Emitter::isConstant(elements, 0))
    return pointer;
  // In units of the element, so that the address fits one instruction.
  if (auto complexType = dyn_cast<ComplexType>(elementType)) {
    elementType = complexType.getElementType();
    elements = emit.mul(elements, emit.i64(2));
  }
  return LLVM::GEPOp::create(emit.builder, emit.loc, pointer.getType(),
                             elementType, pointer,
                             ArrayRef<LLVM::GEPArg>{elements});
}

Value arr::allocateOnStack(Emitter &emit, int64_t bytes) {
  OpBuilder::InsertionGuard guard(emit.builder);
  emit.builder.setInsertionPointToStart(emit.entry);
  return LLVM::AllocaOp::create(emit.builder, emit.loc,
                                getPointerType(emit.builder),
                                emit.builder.getI8Type(), emit.i64(bytes), 64);
}

Value arr::makeIota(Emitter &emit, Type integerType, unsigned width) {
  SmallVector<APInt> values;
  for (unsigned i = 0; i < width; ++i)
    values.emplace_back(integerType.getIntOrFloatBitWidth(), i);
  return arith::ConstantOp::create(
      emit.builder, emit.loc,
      DenseElementsAttr::get(VectorType::get(width, integerType), values));
}

Value arr::splat(Emitter &emit, Value scalar, unsigned width) {
  if (width == 1)
    return scalar;
  return vector::BroadcastOp::create(
      emit.builder, emit.loc, VectorType::get(width, scalar.getType()), scalar);
}

Lanes arr::makeLanes(Emitter &emit, unsigned width, Value count) {
  OpBuilder &b = emit.builder;
  Value used = emit.max(emit.min(count, emit.i64(width)), emit.i64(0));
  if (width == 1)
    return {width, used, emit.less(emit.i64(0), used)};
  // Narrow comparisons where many lanes would need many registers.
  Type type = b.getIntegerType(width <= 16 ? 32 : 16);
  Value narrow = arith::TruncIOp::create(b, emit.loc, type, used);
  Value mask = arith::CmpIOp::create(b, emit.loc, arith::CmpIPredicate::slt,
                                     makeIota(emit, type, width),
                                     splat(emit, narrow, width));
  return {width, used, mask};
}

Value arr::loadScalar(Emitter &emit, Type elementType, Value pointer) {
  if (auto complexType = dyn_cast<ComplexType>(elementType)) {
    Type part = complexType.getElementType();
    Value second = advance(emit, pointer, part, emit.i64(1));
    return complex::CreateOp::create(emit.builder, emit.loc, complexType,
                                     loadScalar(emit, part, pointer),
                                     loadScalar(emit, part, second));
  }
  return LLVM::LoadOp::create(emit.builder, emit.loc, elementType, pointer,
                              getByteSize(elementType));
}

void arr::storeScalar(Emitter &emit, Value value, Value pointer) {
  if (auto complexType = dyn_cast<ComplexType>(value.getType())) {
    Type part = complexType.getElementType();
    storeScalar(emit,
                complex::ReOp::create(emit.builder, emit.loc, part, value),
                pointer);
    storeScalar(emit,
                complex::ImOp::create(emit.builder, emit.loc, part, value),
                advance(emit, pointer, part, emit.i64(1)));
    return;
  }
  LLVM::StoreOp::create(emit.builder, emit.loc, value, pointer,
                        getByteSize(value.getType()));
}

static Value zeros(Emitter &emit, Type type) {
  return arith::ConstantOp::create(
      emit.builder, emit.loc, cast<TypedAttr>(emit.builder.getZeroAttr(type)));
}

Value arr::loadLanes(Emitter &emit, Type elementType, Value pointer,
                     Lanes lanes) {
  OpBuilder &b = emit.builder;
  if (lanes.width == 1)
    return loadScalar(emit, elementType, pointer);
  auto type = VectorType::get(lanes.width, elementType);
  unsigned bytes = getByteSize(elementType);
  if (!lanes.mask)
    return LLVM::LoadOp::create(b, emit.loc, type, pointer, bytes);
  return LLVM::MaskedLoadOp::create(b, emit.loc, type, pointer, lanes.mask,
                                    zeros(emit, type), bytes);
}

Value arr::loadWhere(Emitter &emit, Value where, Value first, Value pointer,
                     Lanes lanes) {
  if (lanes.mask)
    where = arith::AndIOp::create(emit.builder, emit.loc, where, lanes.mask);
  return LLVM::MaskedLoadOp::create(
      emit.builder, emit.loc, first.getType(), pointer, where, first,
      getByteSize(mlir::getElementTypeOrSelf(first.getType())));
}

void arr::storeLanes(Emitter &emit, Value value, Value pointer, Lanes lanes) {
  if (lanes.width == 1)
    return storeScalar(emit, value, pointer);
  unsigned bytes = getByteSize(mlir::getElementTypeOrSelf(value.getType()));
  if (lanes.mask)
    LLVM::MaskedStoreOp::create(emit.builder, emit.loc, value, pointer,
                                lanes.mask, bytes);
  else
    LLVM::StoreOp::create(emit.builder, emit.loc, value, pointer, bytes);
}

int64_t arr::getSpillSize(Type type) {
  int64_t count = 1;
  if (auto vectorType = dyn_cast<VectorType>(type)) {
    count = vectorType.getNumElements();
    type = vectorType.getElementType();
  }
  return llvm::alignTo(count * getByteSize(type), 8);
}

/// Bools as bytes: a vector of i1 in memory would be packed bits.
static Type getSpillType(OpBuilder &builder, Type type) {
  Type element = mlir::getElementTypeOrSelf(type);
  if (!element.isInteger(1))
    return type;
  if (auto vectorType = dyn_cast<VectorType>(type))
    return VectorType::get(vectorType.getShape(), builder.getI8Type());
  return builder.getI8Type();
}

Value arr::loadSpill(Emitter &emit, Type type, Value pointer) {
  Type spillType = getSpillType(emit.builder, type);
  Value value;
  if (isa<VectorType>(type))
    value = LLVM::LoadOp::create(
        emit.builder, emit.loc, spillType, pointer,
        getByteSize(mlir::getElementTypeOrSelf(spillType)));
  else
    value = loadScalar(emit, spillType, pointer);
  if (spillType != type)
    value = arith::TruncIOp::create(emit.builder, emit.loc, type, value);
  return value;
}

void arr::storeSpill(Emitter &emit, Value value, Value pointer) {
  Type spillType = getSpillType(emit.builder, value.getType());
  if (spillType != value.getType())
    value = arith::ExtUIOp::create(emit.builder, emit.loc, spillType, value);
  if (isa<VectorType>(spillType))
    LLVM::StoreOp::create(emit.builder, emit.loc, value, pointer,
                          getByteSize(mlir::getElementTypeOrSelf(spillType)));
  else
    storeScalar(emit, value, pointer);
}
