//===- EmitEntries.cpp - `void f.entry(void **slots)` ---------------------===//
//
// On entry: exported functions take and return memrefs and scalars; they carry
// `arr.export`. Left at the end: an entry for each, which converts between the
// arr_array structs of the C interface (byte strides) and memref descriptors
// (strides in elements), and functions that are private to the module, with names
// that no C function has.
//
// What the entry need not check: arr_call has compared rank, dtype, alignment
// and overlap with the metadata; sizes are checked by the function itself.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/Exports.h"
#include "compiler/CodeGen/Passes.h"
#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/AttrTypeSubElements.h"

namespace arr {
#define GEN_PASS_DEF_EMITENTRIES
#include "compiler/CodeGen/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// The fields of arr_array that entries read (runtime/include/arr/arr.h).
enum ArrayField : int32_t { DataField = 0, ShapeField = 1, StridesField = 2 };

class EntryBuilder {
public:
  EntryBuilder(ModuleOp module)
      : module(module), runtime(module), converter(module.getContext()),
        pointer(LLVM::LLVMPointerType::get(module.getContext())) {}

  LogicalResult emit(func::FuncOp function);

private:
  Value loadPointer(Value array, int32_t index) {
    Value address =
        index == 0 ? array
                   : LLVM::GEPOp::create(b, loc, pointer, pointer, array,
                                         ArrayRef<LLVM::GEPArg>{index});
    return LLVM::LoadOp::create(b, loc, pointer, address);
  }
  Value loadSize(Value array, int32_t index) {
    return LLVM::LoadOp::create(b, loc, b.getI64Type(),
                                runtime.elementAddress(b, loc, array, index));
  }
  SmallVector<Value> loadStrides(Value strides, ArrayRef<Value> shape,
                                 unsigned itemSize);
  Value readArgument(Value slot, Type type);
  Value readArray(Value slot, MemRefType type);
  void writeResult(Value slot, Value result);
  Value cast(Type type, Value value) {
    return UnrealizedConversionCastOp::create(b, loc, type, value).getResult(0);
  }

  ModuleOp module;
  RuntimeLibrary runtime;
  LLVMTypeConverter converter;
  LLVM::LLVMPointerType pointer;
  OpBuilder b{module.getContext()};
  Location loc = UnknownLoc::get(module.getContext());
};

LogicalResult EntryBuilder::emit(func::FuncOp function) {
  loc = function.getLoc();
  b.setInsertionPointAfter(function);
  StringRef name = function.getName();
  name.consume_back(".arr");
  auto entry = func::FuncOp::create(
      b, loc, (name + ".entry").str(),
      b.getFunctionType({pointer}, {}));
  b.setInsertionPointToStart(entry.addEntryBlock());
  Value slots = entry.getArgument(0);
  int32_t slot = 0;
  SmallVector<Value> arguments;
  for (Type type : function.getArgumentTypes())
    arguments.push_back(readArgument(loadPointer(slots, slot++), type));
  auto call = func::CallOp::create(b, loc, function, arguments);
  for (Value result : call.getResults())
    writeResult(loadPointer(slots, slot++), result);
  func::ReturnOp::create(b, loc);
  function.setPrivate();
  return success();
}

Value EntryBuilder::readArgument(Value slot, Type type) {
  if (auto memref = dyn_cast<MemRefType>(type))
    return readArray(slot, memref);
  if (isa<LLVM::LLVMPointerType>(type)) // a text: the slot itself
    return slot;
  if (type.isInteger(1)) {
    Value byte = LLVM::LoadOp::create(b, loc, b.getI8Type(), slot);
    Value zero = LLVM::ConstantOp::create(b, loc, b.getI8IntegerAttr(0));
    return LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::ne, byte, zero);
  }
  Type converted = converter.convertType(type);
  Value value = LLVM::LoadOp::create(b, loc, converted, slot);
  return converted == type ? value : cast(type, value);
}

SmallVector<Value> EntryBuilder::loadStrides(Value strides,
                                             ArrayRef<Value> shape,
                                             unsigned itemSize) {
  unsigned rank = shape.size();
  Value null = LLVM::ZeroOp::create(b, loc, pointer);
  Value isContiguous =
      LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, strides, null);
  SmallVector<Type> types(rank, b.getI64Type());
  auto branch = scf::IfOp::create(b, loc, types, isContiguous,
                                  /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  SmallVector<Value> contiguous(rank);
  Value stride = runtime.i64(b, loc, 1);
  for (unsigned i = rank; i-- > 0;) {
    contiguous[i] = stride;
    stride = LLVM::MulOp::create(b, loc, stride, shape[i]);
  }
  scf::YieldOp::create(b, loc, contiguous);
  b.setInsertionPointToStart(branch.elseBlock());
  SmallVector<Value> given;
  Value shift = runtime.i64(b, loc, llvm::Log2_32(itemSize));
  for (unsigned i = 0; i < rank; ++i)
    given.push_back(LLVM::AShrOp::create(b, loc, loadSize(strides, i), shift));
  scf::YieldOp::create(b, loc, given);
  return branch.getResults();
}

Value EntryBuilder::readArray(Value slot, MemRefType type) {
  unsigned rank = type.getRank();
  Value data = loadPointer(slot, DataField);
  SmallVector<Value> shape, strides;
  if (rank > 0) {
    Value shapeArray = loadPointer(slot, ShapeField);
    for (unsigned i = 0; i < rank; ++i)
      shape.push_back(loadSize(shapeArray, i));
    strides = loadStrides(loadPointer(slot, StridesField), shape,
                          getRuntimeDType(type.getElementType()).bytes());
  }
  auto result = MemRefDescriptor::poison(b, loc, converter.convertType(type));
  // The caller's memory is borrowed: no block to retain or release.
  result.setAllocatedPtr(b, loc, LLVM::ZeroOp::create(b, loc, pointer));
  result.setAlignedPtr(b, loc, data);
  result.setConstantOffset(b, loc, 0);
  for (unsigned i = 0; i < rank; ++i) {
    result.setSize(b, loc, i, shape[i]);
    result.setStride(b, loc, i, strides[i]);
  }
  return cast(type, result);
}

void EntryBuilder::writeResult(Value slot, Value result) {
  Type type = result.getType();
  auto memref = dyn_cast<MemRefType>(type);
  if (!memref) {
    if (type.isInteger(1))
      result = LLVM::ZExtOp::create(b, loc, b.getI8Type(), result);
    else if (Type converted = converter.convertType(type); converted != type)
      result = cast(converted, result);
    LLVM::StoreOp::create(b, loc, result, slot);
    return;
  }
  MemRefDescriptor parts(cast(converter.convertType(type), result));
  Value block = parts.allocatedPtr(b, loc);
  SmallVector<Value> shape, strides;
  for (unsigned i = 0; i < memref.getRank(); ++i) {
    shape.push_back(parts.size(b, loc, i));
    strides.push_back(parts.stride(b, loc, i));
  }
  unsigned itemSize = getRuntimeDType(memref.getElementType()).bytes();
  runtime.call(b, loc, "arr_return_array", Type(),
               {slot, block, parts.bufferPtr(b, loc, converter, memref),
                runtime.i64(b, loc, memref.getRank()),
                runtime.stackArray(b, loc, shape),
                runtime.stackArray(b, loc, strides),
                runtime.i64(b, loc, itemSize)});
  // arr_return_array has taken its own reference.
  runtime.call(b, loc, "arr_release", Type(), block);
}

/// `f` becomes `f.arr`: a function of the source may be called `main`, `exp` or
/// `arr_alloc`, and must not take the place of C's or the runtime's.
static void separateNames(ModuleOp module) {
  llvm::DenseMap<StringAttr, StringAttr> names;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isDeclaration())
      continue;
    auto name = StringAttr::get(module.getContext(), function.getName() + ".arr");
    names[function.getSymNameAttr()] = name;
    function.setSymNameAttr(name);
  }
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FlatSymbolRefAttr symbol) -> std::optional<Attribute> {
    auto name = names.find(symbol.getAttr());
    if (name == names.end())
      return std::nullopt;
    return FlatSymbolRefAttr::get(name->second);
  });
  replacer.recursivelyReplaceElementsIn(module);
}

struct EmitEntriesPass : arr::impl::EmitEntriesBase<EmitEntriesPass> {
  void runOnOperation() override {
    separateNames(getOperation());
    EntryBuilder builder(getOperation());
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (function->hasAttr(exportAttrName) && failed(builder.emit(function)))
        return signalPassFailure();
  }
};

} // namespace
