//===- ExternCalls.cpp - Calls of C functions -----------------------------===//
//
// On entry: operands are memrefs, scalars and texts; `dtypes` has the spelling
// of each one's dtype. Sizes were checked by the Arr function that the
// declaration is.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/ArrToRuntime/ExternCalls.h"
#include "compiler/Conversion/ArrToRuntime/Descriptors.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace arr;

namespace {

class ExternCall {
public:
  ExternCall(OpBuilder &builder, CallExternOp op, RuntimeLibrary &runtime,
             const LLVMTypeConverter &converter)
      : b(builder), op(op), loc(op.getLoc()), runtime(runtime),
        converter(converter),
        pointer(LLVM::LLVMPointerType::get(builder.getContext())) {}

  LogicalResult lower();

private:
  Value pass(Value operand, StringRef dtype);
  Value passArray(Value memref, RuntimeDType dtype);
  Value passScalar(Value scalar, RuntimeDType dtype);

  OpBuilder &b;
  CallExternOp op;
  Location loc;
  RuntimeLibrary &runtime;
  const LLVMTypeConverter &converter;
  LLVM::LLVMPointerType pointer;
};

} // namespace

LogicalResult ExternCall::lower() {
  auto dtypes = op->getAttrOfType<ArrayAttr>("dtypes");
  if (!dtypes || dtypes.size() != op.getOperands().size() ||
      op->getNumResults() > 1)
    return op.emitOpError("does not name its dtypes");
  auto isComplex = [](Type type) { return isa<ComplexType>(type); };
  if (llvm::any_of(op->getOperandTypes(), isComplex) ||
      llvm::any_of(op->getResultTypes(), isComplex))
    return emitError(loc) << "not supported yet: complex scalars of C "
                             "functions; pass an array of one element";
  SmallVector<Value> operands;
  for (auto [operand, dtype] :
       llvm::zip(op.getOperands(), dtypes.getAsRange<StringAttr>()))
    operands.push_back(pass(operand, dtype.getValue()));

  Type type;
  if (op->getNumResults() == 1) {
    type = op->getResult(0).getType();
    // A C bool is a byte.
    type = type.isInteger(1) ? b.getI8Type() : converter.convertType(type);
  }
  FailureOr<Value> result =
      runtime.callUser(b, loc, op.getSymbol(), type, operands);
  if (failed(result))
    return failure();
  if (type) {
    Value value = *result;
    if (op->getResult(0).getType().isInteger(1))
      value = LLVM::ICmpOp::create(
          b, loc, LLVM::ICmpPredicate::ne, value,
          LLVM::ConstantOp::create(b, loc, b.getI8IntegerAttr(0)));
    op->getResult(0).replaceAllUsesWith(value);
  }
  op.erase();
  return success();
}

Value ExternCall::pass(Value operand, StringRef dtype) {
  if (isa<MemRefType>(operand.getType()))
    return passArray(operand, getRuntimeDType(dtype));
  if (isa<LLVM::LLVMPointerType>(operand.getType()))
    return operand;
  return passScalar(operand, getRuntimeDType(dtype));
}

/// Integers narrower than `int` are extended by the caller.
Value ExternCall::passScalar(Value scalar, RuntimeDType dtype) {
  if (scalar.getType().isIndex())
    return arith::IndexCastOp::create(b, loc, b.getI64Type(), scalar);
  auto type = dyn_cast<IntegerType>(scalar.getType());
  if (!type || type.getWidth() >= 32)
    return scalar;
  bool isSigned = getRuntimeDType("i8").code == dtype.code;
  if (isSigned)
    return LLVM::SExtOp::create(b, loc, b.getI32Type(), scalar);
  return LLVM::ZExtOp::create(b, loc, b.getI32Type(), scalar);
}

/// An arr_array on the stack, which the C function does not keep.
Value ExternCall::passArray(Value memref, RuntimeDType dtype) {
  Pieces array = takeApart(b, loc, converter, memref);
  int64_t rank = array.shape.size();
  Value itemSize = runtime.i64(b, loc, dtype.bytes());
  SmallVector<Value> byteStrides;
  for (Value stride : array.strides)
    byteStrides.push_back(LLVM::MulOp::create(b, loc, stride, itemSize));
  Value shape = runtime.stackArray(b, loc, array.shape);
  Value strides = runtime.stackArray(b, loc, byteStrides);

  // data, shape, strides; ndim and dtype in one number; release and owner;
  // flags.
  auto word = b.getI64Type();
  Value struct_ = runtime.stackArray(b, loc, int64_t(7));
  auto store = [&](int64_t index, Value value) {
    LLVM::StoreOp::create(b, loc, value,
                          runtime.elementAddress(b, loc, struct_, index));
  };
  store(0, array.data);
  store(1, shape);
  store(2, strides);
  uint64_t header = uint64_t(rank) | uint64_t(dtype.code) << 32 |
                    uint64_t(dtype.bits) << 40 | uint64_t(1) << 48;
  store(3, LLVM::ConstantOp::create(b, loc, b.getIntegerAttr(word, header)));
  Value null = LLVM::ZeroOp::create(b, loc, pointer);
  store(4, null);
  store(5, null);
  store(6, runtime.i64(b, loc, 0));
  return struct_;
}

LogicalResult arr::lowerExternCall(OpBuilder &builder, CallExternOp op,
                                   RuntimeLibrary &runtime,
                                   const LLVMTypeConverter &converter) {
  return ExternCall(builder, op, runtime, converter).lower();
}
