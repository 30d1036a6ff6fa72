//===- KernelCall.cpp - What crosses from a kernel to its functions -------===//
#include "compiler/Conversion/KernelToVector/KernelCall.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace arr;

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

Operand arr::makeOperand(Emitter &emit, Value memref, AffineMap map) {
  OpBuilder &b = emit.builder;
  auto type = cast<MemRefType>(memref.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  (void)type.getStridesAndOffset(strides, offset);
  auto metadata = memref::ExtractStridedMetadataOp::create(b, emit.loc, memref);
  auto stride = [&](unsigned axis) {
    return ShapedType::isDynamic(strides[axis])
               ? emit.toI64(metadata.getStrides()[axis])
               : emit.i64(strides[axis]);
  };

  Operand operand;
  operand.elementType = type.getElementType();
  Value base = emit.toI64(memref::ExtractAlignedPointerAsIndexOp::create(
      b, emit.loc, b.getIndexType(), memref));
  Value first = ShapedType::isDynamic(offset) ? emit.toI64(metadata.getOffset())
                                              : emit.i64(offset);
  operand.pointer = advance(
      emit, LLVM::IntToPtrOp::create(b, emit.loc, getPointerType(b), base),
      operand.elementType, first);
  // An axis may be used by no dim; a dim may use several axes (a diagonal).
  operand.strides.assign(map.getNumDims(), emit.i64(0));
  for (auto [axis, result] : llvm::enumerate(map.getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(result)) {
      Value &sum = operand.strides[dim.getPosition()];
      sum = emit.add(sum, stride(axis));
    }
  return operand;
}

Operand arr::makeIndexOperand(Emitter &emit, unsigned dim, unsigned numDims) {
  Operand operand;
  operand.pointer = LLVM::ZeroOp::create(emit.builder, emit.loc,
                                         getPointerType(emit.builder));
  operand.strides.assign(numDims, emit.i64(0));
  operand.strides[dim] = emit.i64(1);
  return operand;
}

//===----------------------------------------------------------------------===//
// Contexts
//===----------------------------------------------------------------------===//

static bool isConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<OpTrait::ConstantLike>();
}

KernelContext::KernelContext(KernelOp kernel, unsigned numWords)
    : numWords(numWords), converter(kernel.getContext()) {
  for (Region *region : {&kernel.getContribution(), &kernel.getFinish()})
    region->walk([&](Operation *op) {
      for (Value used : op->getOperands())
        if (!region->isAncestor(used.getParentRegion()))
          (isConstant(used) ? constants : captured).insert(used);
    });
  SmallVector<Type> fields(numWords, IntegerType::get(kernel.getContext(), 64));
  for (Value value : captured)
    fields.push_back(converter.convertType(value.getType()));
  type = LLVM::LLVMStructType::getLiteral(kernel.getContext(), fields);
}

Value KernelContext::getField(Emitter &emit, Value context,
                              unsigned field) const {
  return LLVM::GEPOp::create(emit.builder, emit.loc,
                             getPointerType(emit.builder), type, context,
                             ArrayRef<LLVM::GEPArg>{0, int32_t(field)});
}

Value KernelContext::fill(Emitter &emit, ValueRange words) const {
  OpBuilder &b = emit.builder;
  Value context;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(emit.entry);
    context = LLVM::AllocaOp::create(b, emit.loc, getPointerType(b), type,
                                     emit.i64(1), 8);
  }
  unsigned field = 0;
  for (Value word : words)
    LLVM::StoreOp::create(b, emit.loc, word, getField(emit, context, field++));
  for (Value value : captured) {
    Type stored = type.getBody()[field];
    if (stored != value.getType())
      value = UnrealizedConversionCastOp::create(b, emit.loc, stored, value)
                  .getResult(0);
    LLVM::StoreOp::create(b, emit.loc, value, getField(emit, context, field++));
  }
  return context;
}

Captured KernelContext::load(Emitter &emit, Value context) const {
  OpBuilder &b = emit.builder;
  Captured result;
  for (Value constant : constants)
    result[constant] = b.clone(*constant.getDefiningOp())->getResult(0);
  unsigned field = numWords;
  for (Value value : captured) {
    Type stored = type.getBody()[field];
    Value loaded = LLVM::LoadOp::create(b, emit.loc, stored,
                                        getField(emit, context, field++));
    if (stored != value.getType())
      loaded = UnrealizedConversionCastOp::create(b, emit.loc, value.getType(),
                                                  loaded)
                   .getResult(0);
    result[value] = loaded;
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Of what isRegionEquivalentTo compares, a part that is quickly computed.
static llvm::hash_code computeHash(func::FuncOp function) {
  llvm::hash_code hash = llvm::hash_value(function.getNumArguments());
  function.getBody().walk([&](Operation *op) {
    hash =
        llvm::hash_combine(hash, OperationEquivalence::computeHash(
                                     op, OperationEquivalence::ignoreHashValue,
                                     OperationEquivalence::ignoreHashValue,
                                     OperationEquivalence::IgnoreLocations));
  });
  return hash;
}

func::FuncOp
arr::makeFunction(ModuleOp module, Location loc, StringRef name,
                  TypeRange argumentTypes,
                  llvm::function_ref<void(Emitter &, Block &)> body) {
  OpBuilder builder(module.getContext());
  builder.setInsertionPointToEnd(module.getBody());
  auto function = func::FuncOp::create(
      builder, loc, name, builder.getFunctionType(argumentTypes, {}));
  function.setPrivate();
  function.setNoInline(true);
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  Emitter emit{builder, loc, entry};
  body(emit, *entry);
  func::ReturnOp::create(builder, loc);
  return function;
}

func::FuncOp
FunctionPool::get(Location loc, StringRef name, TypeRange argumentTypes,
                  llvm::function_ref<void(Emitter &, Block &)> body) {
  func::FuncOp function = makeFunction(module, loc, name, argumentTypes, body);
  // Their loops are vectors already: see CodeGen.
  function->setAttr(
      "passthrough",
      OpBuilder(module.getContext()).getStrArrayAttr({"arr-kernel"}));
  auto &known = functions[computeHash(function)];
  for (func::FuncOp other : known)
    if (other.getFunctionType() == function.getFunctionType() &&
        OperationEquivalence::isRegionEquivalentTo(
            &other.getBody(), &function.getBody(),
            OperationEquivalence::IgnoreLocations)) {
      function.erase();
      return other;
    }
  known.push_back(function);
  return function;
}

Value FunctionPool::getAddress(Emitter &emit, func::FuncOp function) {
  Value constant = func::ConstantOp::create(emit.builder, emit.loc,
                                            function.getFunctionType(),
                                            function.getSymName());
  return UnrealizedConversionCastOp::create(
             emit.builder, emit.loc, getPointerType(emit.builder), constant)
      .getResult(0);
}

Value FunctionPool::getBytes(Emitter &emit, ArrayRef<char> bytes) {
  std::string name = "bytes";
  for (char byte : bytes)
    name += "." + std::to_string(int(byte));
  OpBuilder &b = emit.builder;
  if (!module.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    auto type = LLVM::LLVMArrayType::get(b.getI8Type(), bytes.size());
    LLVM::GlobalOp::create(
        b, module.getLoc(), type, /*isConstant=*/true, LLVM::Linkage::Private,
        name, b.getStringAttr(StringRef(bytes.data(), bytes.size())));
  }
  return LLVM::AddressOfOp::create(b, emit.loc, getPointerType(b), name);
}

Value FunctionPool::getWords(Emitter &emit, ArrayRef<int32_t> words) {
  std::string name = "words";
  for (int32_t word : words)
    name += "." + std::to_string(word);
  OpBuilder &b = emit.builder;
  if (!module.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    auto type = LLVM::LLVMArrayType::get(b.getI32Type(), words.size());
    LLVM::GlobalOp::create(b, module.getLoc(), type, /*isConstant=*/true,
                           LLVM::Linkage::Private, name,
                           b.getI32TensorAttr(words));
  }
  return LLVM::AddressOfOp::create(b, emit.loc, getPointerType(b), name);
}

Value arr::loadWord(Emitter &emit, Value pointer, unsigned word, Type type) {
  return LLVM::LoadOp::create(
      emit.builder, emit.loc, type,
      advanceBytes(emit, pointer, emit.i64(8 * int64_t(word))));
}

Value arr::callRuntime(Emitter &emit, ModuleOp module, StringRef name,
                       Type result, ValueRange operands) {
  auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
  if (!function) {
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    Type type = result ? result : LLVM::LLVMVoidType::get(module.getContext());
    SmallVector<Type> operandTypes(operands.getTypes());
    function = LLVM::LLVMFuncOp::create(
        builder, module.getLoc(), name,
        LLVM::LLVMFunctionType::get(type, operandTypes));
  }
  auto call = LLVM::CallOp::create(emit.builder, emit.loc, function, operands);
  return result ? call.getResult() : Value();
}
