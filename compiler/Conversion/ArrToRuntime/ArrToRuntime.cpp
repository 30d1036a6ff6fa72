//===- ArrToRuntime.cpp - Memory, checks, printing, files -> calls --------===//
//
// On entry: arrays are memrefs, loop nests are loops, control flow is
// structured. Left at the end: none of the arr ops below; memref descriptors
// are taken apart and put together by llvm ops, with casts that disappear in
// ConvertToLLVM. The convention: a descriptor's allocated pointer is the
// reference-counted block (null for borrowed memory), its aligned pointer the
// data.
//
//===----------------------------------------------------------------------===//

#include "compiler/Conversion/ArrToRuntime/Descriptors.h"
#include "compiler/Conversion/ArrToRuntime/ExternCalls.h"
#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "compiler/Conversion/Passes.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Analysis/CallGraph.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/TypeSwitch.h"

namespace arr {
#define GEN_PASS_DEF_ARRTORUNTIME
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

Pieces arr::takeApart(OpBuilder &b, Location loc,
                      const LLVMTypeConverter &converter, Value memref) {
  auto type = cast<MemRefType>(memref.getType());
  MemRefDescriptor parts(
      UnrealizedConversionCastOp::create(b, loc, converter.convertType(type),
                                         memref)
          .getResult(0));
  Pieces pieces;
  pieces.block = parts.allocatedPtr(b, loc);
  pieces.data = parts.bufferPtr(b, loc, converter, type);
  for (unsigned i = 0; i < type.getRank(); ++i) {
    pieces.shape.push_back(parts.size(b, loc, i));
    pieces.strides.push_back(parts.stride(b, loc, i));
  }
  return pieces;
}

namespace {

class Lowering {
public:
  Lowering(ModuleOp module)
      : runtime(module), converter(module.getContext()),
        pointer(LLVM::LLVMPointerType::get(module.getContext())) {}

  LogicalResult lower(Operation *op) {
    OpBuilder builder(op);
    LogicalResult result =
        llvm::TypeSwitch<Operation *, LogicalResult>(op)
            .Case<AllocOp, RetainOp, ReleaseOp, RequireOp, NormalizeIndexOp,
                  SliceBoundsOp, ReshapeStridesOp, ComplexPartOp, PrintOp, LoadFileOp,
                  SaveFileOp, StringOp>(
                [&](auto op) { return lower(builder, op.getLoc(), op); })
            .Case([&](CallExternOp op) {
              return lowerExternCall(builder, op, runtime, converter);
            })
            .Default([](Operation *) { return success(); });
    return result;
  }

private:
  LogicalResult lower(OpBuilder &b, Location loc, AllocOp op);
  LogicalResult lower(OpBuilder &b, Location loc, RetainOp op);
  LogicalResult lower(OpBuilder &b, Location loc, ReleaseOp op);
  LogicalResult lower(OpBuilder &b, Location loc, RequireOp op);
  LogicalResult lower(OpBuilder &b, Location loc, NormalizeIndexOp op);
  LogicalResult lower(OpBuilder &b, Location loc, SliceBoundsOp op);
  LogicalResult lower(OpBuilder &b, Location loc, ComplexPartOp op);
  LogicalResult lower(OpBuilder &b, Location loc, ReshapeStridesOp op);
  LogicalResult lower(OpBuilder &b, Location loc, PrintOp op);
  LogicalResult lower(OpBuilder &b, Location loc, LoadFileOp op);
  LogicalResult lower(OpBuilder &b, Location loc, SaveFileOp op);
  LogicalResult lower(OpBuilder &b, Location loc, StringOp op);

  Value index(OpBuilder &b, Location loc, int64_t value) {
    return arith::ConstantIndexOp::create(b, loc, value);
  }
  Value toI64(OpBuilder &b, Location loc, Value value) {
    return value.getType().isIndex()
               ? arith::IndexCastOp::create(b, loc, b.getI64Type(), value)
                     .getResult()
               : value;
  }
  MemRefDescriptor descriptor(OpBuilder &b, Location loc, Value memref) {
    Type type = converter.convertType(memref.getType());
    return MemRefDescriptor(
        UnrealizedConversionCastOp::create(b, loc, type, memref).getResult(0));
  }
  Value block(OpBuilder &b, Location loc, Value memref) {
    return descriptor(b, loc, memref).allocatedPtr(b, loc);
  }
  Pieces takeApart(OpBuilder &b, Location loc, Value memref) {
    return arr::takeApart(b, loc, converter, memref);
  }
  /// A C-contiguous memref over `block`; `shape` as i64.
  Value contiguous(OpBuilder &b, Location loc, MemRefType type, Value block,
                   ArrayRef<Value> shape);
  void printOperand(OpBuilder &b, Location loc, Value value,
                    RuntimeDType dtype);

  RuntimeLibrary runtime;
  LLVMTypeConverter converter;
  LLVM::LLVMPointerType pointer;
};

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

Value Lowering::contiguous(OpBuilder &b, Location loc, MemRefType type,
                           Value block, ArrayRef<Value> shape) {
  auto result = MemRefDescriptor::poison(b, loc, converter.convertType(type));
  result.setAllocatedPtr(b, loc, block);
  result.setAlignedPtr(b, loc, block);
  result.setConstantOffset(b, loc, 0);
  Value stride = runtime.i64(b, loc, 1);
  for (int64_t i = type.getRank() - 1; i >= 0; --i) {
    result.setSize(b, loc, i, shape[i]);
    result.setStride(b, loc, i, stride);
    if (i > 0)
      stride = LLVM::MulOp::create(b, loc, stride, shape[i]);
  }
  return UnrealizedConversionCastOp::create(b, loc, type, Value(result))
      .getResult(0);
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, AllocOp op) {
  auto type = cast<MemRefType>(op.getResult().getType());
  // One size for each axis, or for each dynamic axis only, as memref.alloc.
  bool forAll = int64_t(op.getSizes().size()) == type.getRank();
  SmallVector<Value> shape;
  auto next = op.getSizes().begin();
  for (int64_t size : type.getShape()) {
    if (forAll || ShapedType::isDynamic(size))
      shape.push_back(toI64(b, loc, *next++));
    else
      shape.push_back(runtime.i64(b, loc, size));
  }
  unsigned itemSize = getRuntimeDType(type.getElementType()).bytes();
  Value block = runtime.allocate(b, loc, shape, itemSize);
  op.replaceAllUsesWith(contiguous(b, loc, type, block, shape));
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, RetainOp op) {
  runtime.call(b, loc, "arr_retain", Type(), block(b, loc, op.getMemref()));
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, ReleaseOp op) {
  runtime.call(b, loc, "arr_release", Type(), block(b, loc, op.getMemref()));
  op.erase();
  return success();
}

/// Numbers lie in pairs: twice the strides, and one further for the second.
LogicalResult Lowering::lower(OpBuilder &b, Location loc, ComplexPartOp op) {
  auto type = cast<MemRefType>(op.getResult().getType());
  Pieces whole = takeApart(b, loc, op.getSource());
  auto result = MemRefDescriptor::poison(b, loc, converter.convertType(type));
  result.setAllocatedPtr(b, loc, whole.block);
  result.setAlignedPtr(b, loc, whole.data);
  result.setOffset(b, loc, runtime.i64(b, loc, op.getImaginary()));
  Value two = runtime.i64(b, loc, 2);
  for (auto [i, size, stride] : llvm::enumerate(whole.shape, whole.strides)) {
    result.setSize(b, loc, i, size);
    result.setStride(b, loc, i, LLVM::MulOp::create(b, loc, stride, two));
  }
  op.replaceAllUsesWith(
      UnrealizedConversionCastOp::create(b, loc, type, Value(result))
          .getResult(0));
  op.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Checks and indices
//===----------------------------------------------------------------------===//

LogicalResult Lowering::lower(OpBuilder &b, Location loc, RequireOp op) {
  if (op.getValues().size() > 3)
    return op.emitOpError("has more values than arr_raise_values takes");
  Value yes = arith::ConstantIntOp::create(b, loc, 1, 1);
  Value failed = arith::XOrIOp::create(b, loc, op.getCondition(), yes);
  auto branch = scf::IfOp::create(b, loc, failed, /*withElseRegion=*/false);
  b.setInsertionPointToStart(branch.thenBlock());
  SmallVector<Value> operands = {runtime.i32(b, loc, int32_t(op.getKind())),
                                 runtime.locationText(b, loc),
                                 runtime.text(b, loc, op.getMessage())};
  if (op.getValues().empty()) {
    runtime.callNoReturn(b, loc, "arr_raise", operands);
  } else {
    for (Value value : op.getValues())
      operands.push_back(toI64(b, loc, value));
    while (operands.size() < 6)
      operands.push_back(runtime.i64(b, loc, 0));
    runtime.callNoReturn(b, loc, "arr_raise_values", operands);
  }
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, NormalizeIndexOp op) {
  Value index = op.getIndex(), size = op.getSize();
  Value negative = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                                         index, this->index(b, loc, 0));
  Value fromEnd = arith::AddIOp::create(b, loc, index, size);
  Value result = arith::SelectOp::create(b, loc, negative, fromEnd, index);
  // One unsigned comparison covers both ends; `fromEnd` cannot wrap around,
  // because a size is not negative.
  Value failed =
      arith::CmpIOp::create(b, loc, arith::CmpIPredicate::uge, result, size);
  auto branch = scf::IfOp::create(b, loc, failed, /*withElseRegion=*/false);
  OpBuilder inside = branch.getThenBodyBuilder();
  runtime.callNoReturn(
      inside, loc, "arr_raise_values",
      {runtime.i32(inside, loc, int32_t(ErrorKind::Index)),
       runtime.locationText(inside, loc),
       runtime.text(inside, loc,
                    "index %0 is out of bounds for axis %1 with size %2"),
       toI64(inside, loc, index), runtime.i64(inside, loc, op.getAxis()),
       toI64(inside, loc, size)});
  op.replaceAllUsesWith(result);
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, ReshapeStridesOp op) {
  Value strides = runtime.stackArray(b, loc, op.getNewSizes().size());
  Value answer =
      runtime.call(b, loc, "arr_reshape_strides", b.getI32Type(),
                   {runtime.i64(b, loc, op.getSizes().size()),
                    runtime.stackArray(b, loc, op.getSizes()),
                    runtime.stackArray(b, loc, op.getStrides()),
                    runtime.i64(b, loc, op.getNewSizes().size()),
                    runtime.stackArray(b, loc, op.getNewSizes()), strides});
  op.getIsView().replaceAllUsesWith(LLVM::ICmpOp::create(
      b, loc, LLVM::ICmpPredicate::ne, answer, runtime.i32(b, loc, 0)));
  for (auto [i, stride] : llvm::enumerate(op.getNewStrides())) {
    Value loaded = LLVM::LoadOp::create(
        b, loc, b.getI64Type(), runtime.elementAddress(b, loc, strides, i));
    stride.replaceAllUsesWith(
        arith::IndexCastOp::create(b, loc, b.getIndexType(), loaded));
  }
  op.erase();
  return success();
}

/// CPython's PySlice_AdjustIndices.
LogicalResult Lowering::lower(OpBuilder &b, Location loc, SliceBoundsOp op) {
  Value zero = index(b, loc, 0), one = index(b, loc, 1), size = op.getSize();
  Value backwards = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                                          op.getStep(), zero);
  // Positions lie in [0, size] going forwards, in [-1, size - 1] going
  // backwards.
  Value minusOne = index(b, loc, -1);
  Value last = arith::AddIOp::create(b, loc, size, minusOne);
  Value low = arith::SelectOp::create(b, loc, backwards, minusOne, zero);
  Value high = arith::SelectOp::create(b, loc, backwards, last, size);
  auto clamp = [&](Value position) -> Value {
    Value negative = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                                           position, zero);
    Value fromEnd = arith::AddIOp::create(b, loc, position, size);
    position = arith::SelectOp::create(b, loc, negative, fromEnd, position);
    position = arith::MaxSIOp::create(b, loc, position, low);
    return arith::MinSIOp::create(b, loc, position, high);
  };
  Value start =
      op.getStart()
          ? clamp(op.getStart())
          : arith::SelectOp::create(b, loc, backwards, high, low).getResult();
  Value stop =
      op.getStop()
          ? clamp(op.getStop())
          : arith::SelectOp::create(b, loc, backwards, low, high).getResult();
  // ceil(distance / |step|); |step| as an unsigned number is right even for the
  // smallest integer, and the distance fits because both ends are clamped.
  Value forward = arith::SubIOp::create(b, loc, stop, start);
  Value backward = arith::SubIOp::create(b, loc, start, stop);
  Value distance =
      arith::SelectOp::create(b, loc, backwards, backward, forward);
  Value negated = arith::SubIOp::create(b, loc, zero, op.getStep());
  Value stride =
      arith::SelectOp::create(b, loc, backwards, negated, op.getStep());
  Value before = arith::SubIOp::create(b, loc, distance, one);
  Value count = arith::DivUIOp::create(b, loc, before, stride);
  count = arith::AddIOp::create(b, loc, count, one);
  Value empty =
      arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sle, distance, zero);
  Value length = arith::SelectOp::create(b, loc, empty, zero, count);
  // An empty slice starts at 0: its address is never outside the array.
  Value offset = arith::SelectOp::create(b, loc, empty, zero, start);
  op.getOffset().replaceAllUsesWith(offset);
  op.getLength().replaceAllUsesWith(length);
  op.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Input and output
//===----------------------------------------------------------------------===//

void Lowering::printOperand(OpBuilder &b, Location loc, Value value,
                            RuntimeDType dtype) {
  Type type = value.getType();
  if (isa<LLVM::LLVMPointerType>(type)) {
    runtime.call(b, loc, "arr_print_str", Type(), value);
  } else if (isa<MemRefType>(type)) {
    Pieces array = takeApart(b, loc, value);
    runtime.call(b, loc, "arr_print_array", Type(),
                 {array.data, runtime.i64(b, loc, array.shape.size()),
                  runtime.stackArray(b, loc, array.shape),
                  runtime.stackArray(b, loc, array.strides),
                  runtime.i32(b, loc, dtype.code),
                  runtime.i32(b, loc, dtype.bits)});
  } else if (isa<ComplexType>(type)) {
    Type part = cast<ComplexType>(type).getElementType();
    auto pair = LLVM::LLVMStructType::getLiteral(b.getContext(), {part, part});
    Value numbers =
        UnrealizedConversionCastOp::create(b, loc, pair, value).getResult(0);
    SmallVector<Value> operands;
    for (int64_t i : {0, 1}) {
      Value number = LLVM::ExtractValueOp::create(b, loc, numbers, i);
      if (!part.isF64())
        number = LLVM::FPExtOp::create(b, loc, b.getF64Type(), number);
      operands.push_back(number);
    }
    operands.push_back(runtime.i32(b, loc, dtype.bits));
    runtime.call(b, loc, "arr_print_complex", Type(), operands);
  } else if (isa<FloatType>(type)) {
    if (!type.isF64())
      value = LLVM::FPExtOp::create(b, loc, b.getF64Type(), value);
    runtime.call(b, loc, "arr_print_float", Type(),
                 {value, runtime.i32(b, loc, dtype.bits)});
  } else if (type.isInteger(1)) {
    value = LLVM::ZExtOp::create(b, loc, b.getI32Type(), value);
    runtime.call(b, loc, "arr_print_bool", Type(), value);
  } else {
    bool isUnsigned = dtype.code == getRuntimeDType("u8").code;
    if (type.isUnsignedInteger()) {
      type = b.getIntegerType(type.getIntOrFloatBitWidth());
      value =
          UnrealizedConversionCastOp::create(b, loc, type, value).getResult(0);
    }
    value = toI64(b, loc, value);
    if (value.getType() != b.getI64Type())
      value =
          isUnsigned
              ? LLVM::ZExtOp::create(b, loc, b.getI64Type(), value).getResult()
              : LLVM::SExtOp::create(b, loc, b.getI64Type(), value).getResult();
    runtime.call(b, loc, isUnsigned ? "arr_print_uint" : "arr_print_int",
                 Type(), value);
  }
}

/// The dtype of a value: from its type, unless an attribute names it (the types
/// of memrefs do not tell unsigned integers and bool).
static RuntimeDType dtypeOf(Type type, Attribute spelling) {
  if (auto name = dyn_cast_or_null<StringAttr>(spelling))
    return getRuntimeDType(name.getValue());
  if (auto memref = dyn_cast<MemRefType>(type))
    return getRuntimeDType(memref.getElementType());
  return isa<LLVM::LLVMPointerType>(type) ? RuntimeDType()
                                          : getRuntimeDType(type);
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, PrintOp op) {
  auto dtypes = op->getAttrOfType<ArrayAttr>("dtypes");
  unsigned next = 0;
  for (Attribute item : op.getFormat()) {
    if (auto text = dyn_cast<StringAttr>(item)) {
      runtime.call(b, loc, "arr_print_str", Type(),
                   runtime.text(b, loc, text.getValue()));
      continue;
    }
    if (next == op.getOperands().size())
      return op.emitOpError("has fewer operands than its format");
    Value value = op.getOperands()[next];
    printOperand(b, loc, value,
                 dtypeOf(value.getType(), dtypes ? dtypes[next] : Attribute()));
    ++next;
  }
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, LoadFileOp op) {
  // The accessors of the op know it with places only.
  auto type = dyn_cast<MemRefType>(op->getResult(0).getType());
  if (!type)
    return op.emitOpError("is not bufferised");
  RuntimeDType dtype = dtypeOf(type, op->getAttr("dtype"));
  Value shape = runtime.stackArray(b, loc, type.getRank());
  Value block = runtime.call(b, loc, "arr_load_npy", pointer,
                             {op.getPath(), runtime.i32(b, loc, dtype.code),
                              runtime.i32(b, loc, dtype.bits),
                              runtime.i64(b, loc, type.getRank()), shape,
                              runtime.locationText(b, loc)});
  SmallVector<Value> sizes;
  for (int64_t i = 0; i < type.getRank(); ++i)
    sizes.push_back(LLVM::LoadOp::create(
        b, loc, b.getI64Type(), runtime.elementAddress(b, loc, shape, i)));
  op->getResult(0).replaceAllUsesWith(contiguous(b, loc, type, block, sizes));
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, SaveFileOp op) {
  Value memref = op->getOperand(1);
  if (!isa<MemRefType>(memref.getType()))
    return op.emitOpError("is not bufferised");
  RuntimeDType dtype = dtypeOf(memref.getType(), op->getAttr("dtype"));
  Pieces array = takeApart(b, loc, memref);
  runtime.call(b, loc, "arr_save_npy", Type(),
               {op.getPath(), array.data,
                runtime.i64(b, loc, array.shape.size()),
                runtime.stackArray(b, loc, array.shape),
                runtime.stackArray(b, loc, array.strides),
                runtime.i32(b, loc, dtype.code),
                runtime.i32(b, loc, dtype.bits), runtime.locationText(b, loc)});
  op.erase();
  return success();
}

LogicalResult Lowering::lower(OpBuilder &b, Location loc, StringOp op) {
  op.replaceAllUsesWith(runtime.text(b, loc, op.getText()));
  op.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Recursion
//===----------------------------------------------------------------------===//

/// Functions that may call themselves, directly or not, look first whether
/// there is stack left: recursion without end is an error, not a crash.
static void checkStackOnRecursion(ModuleOp module) {
  CallGraph graph(module);
  RuntimeLibrary runtime(module);
  for (auto scc = llvm::scc_begin(static_cast<const CallGraph *>(&graph));
       !scc.isAtEnd(); ++scc) {
    if (!scc.hasCycle())
      continue;
    for (CallGraphNode *node : *scc) {
      if (node->isExternal())
        continue;
      Region *body = node->getCallableRegion();
      OpBuilder builder = OpBuilder::atBlockBegin(&body->front());
      Location loc = body->getParentOp()->getLoc();
      runtime.call(builder, loc, "arr_check_stack", Type(),
                   runtime.locationText(builder, loc));
    }
  }
}

struct ArrToRuntimePass : arr::impl::ArrToRuntimeBase<ArrToRuntimePass> {
  void runOnOperation() override {
    checkStackOnRecursion(getOperation());
    Lowering lowering(getOperation());
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) {
      if (isa_and_present<ArrDialect>(op->getDialect()))
        ops.push_back(op);
    });
    for (Operation *op : ops)
      if (failed(lowering.lower(op)))
        return signalPassFailure();
  }
};

} // namespace
