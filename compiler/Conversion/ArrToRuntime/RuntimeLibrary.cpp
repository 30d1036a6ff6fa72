//===- RuntimeLibrary.cpp - Calls of the runtime from generated code ------===//

#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace arr {

namespace {
// enum arr_dtype_code of runtime/include/arr/arr.h.
enum DTypeCode : uint8_t { Int = 0, UInt = 1, Float = 2, Complex = 5, Bool = 6 };
} // namespace

RuntimeDType getRuntimeDType(StringRef spelling) {
  return llvm::StringSwitch<RuntimeDType>(spelling)
      .Case("bool", {Bool, 8})
      .Case("i8", {Int, 8})
      .Case("i16", {Int, 16})
      .Case("i32", {Int, 32})
      .Case("i64", {Int, 64})
      .Case("u8", {UInt, 8})
      .Case("u16", {UInt, 16})
      .Case("u32", {UInt, 32})
      .Case("u64", {UInt, 64})
      .Case("f32", {Float, 32})
      .Case("f64", {Float, 64})
      .Case("c64", {Complex, 64})
      .Case("c128", {Complex, 128})
      .Default({});
}

RuntimeDType getRuntimeDType(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type))
    return {Complex, uint8_t(2 * complex.getElementType().getIntOrFloatBitWidth())};
  if (type.isInteger(1))
    return {Bool, 8};
  if (type.isIndex())
    return {Int, 64};
  uint8_t bits = type.getIntOrFloatBitWidth();
  if (isa<FloatType>(type))
    return {Float, bits};
  return {type.isUnsignedInteger() ? UInt : Int, bits};
}

std::string getLocationText(Location loc) {
  std::string text;
  loc->walk([&](Location part) {
    // Of an inlined operation, the place where it was written counts.
    auto file = dyn_cast<FileLineColLoc>(part);
    if (!file)
      return WalkResult::advance();
    text = (llvm::sys::path::filename(file.getFilename().getValue()) + ":" +
            Twine(file.getLine()) + ":" + Twine(file.getColumn()))
               .str();
    return WalkResult::interrupt();
  });
  return text;
}

LLVM::LLVMFuncOp RuntimeLibrary::declare(StringRef name, Type result,
                                         TypeRange operands, bool returns) {
  if (auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(name))
    return function;
  MLIRContext *context = module.getContext();
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  auto type = LLVM::LLVMFunctionType::get(
      result ? result : LLVM::LLVMVoidType::get(context),
      llvm::to_vector(operands));
  auto function =
      LLVM::LLVMFuncOp::create(builder, UnknownLoc::get(context), name, type);
  if (!returns)
    function.setPassthroughAttr(
        builder.getStrArrayAttr({"noreturn", "cold"}));
  return function;
}

Value RuntimeLibrary::call(OpBuilder &builder, Location loc, StringRef name,
                           Type result, ValueRange operands) {
  LLVM::LLVMFuncOp function =
      declare(name, result, operands.getTypes(), /*returns=*/true);
  auto call = LLVM::CallOp::create(builder, loc, function, operands);
  return result ? call.getResult() : Value();
}

void RuntimeLibrary::callNoReturn(OpBuilder &builder, Location loc,
                                  StringRef name, ValueRange operands) {
  LLVM::LLVMFuncOp function =
      declare(name, Type(), operands.getTypes(), /*returns=*/false);
  LLVM::CallOp::create(builder, loc, function, operands);
}

FailureOr<Value> RuntimeLibrary::callUser(OpBuilder &builder, Location loc,
                                          StringRef name, Type result,
                                          ValueRange operands) {
  auto type = LLVM::LLVMFunctionType::get(
      result ? result : LLVM::LLVMVoidType::get(builder.getContext()),
      llvm::to_vector(operands.getTypes()));
  if (auto known = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
      known && known.getFunctionType() != type)
    return emitError(loc) << "not supported yet: the C function `" << name
                          << "` with other types than elsewhere";
  return call(builder, loc, name, result, operands);
}

Value RuntimeLibrary::allocate(OpBuilder &builder, Location loc,
                               ValueRange shape, unsigned itemSize) {
  Value rank = i64(builder, loc, shape.size());
  Value sizes = stackArray(builder, loc, shape);
  Value bytes = i64(builder, loc, itemSize);
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  LLVM::LLVMFuncOp function =
      declare("arr_alloc", pointer, {rank.getType(), sizes.getType(), bytes.getType()},
              /*returns=*/true);
  // Fresh memory overlaps nothing that existed before.
  function.setResultAttr(0, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
  return LLVM::CallOp::create(builder, loc, function, ValueRange{rank, sizes, bytes})
      .getResult();
}

Value RuntimeLibrary::text(OpBuilder &builder, Location loc, StringRef text) {
  LLVM::GlobalOp &global = texts[text];
  if (!global) {
    // Names are taken until one is free: other passes make texts too.
    std::string name;
    unsigned number = texts.size();
    do
      name = "arr_text_" + std::to_string(number++);
    while (module.lookupSymbol(name));
    std::string bytes = text.str();
    bytes.push_back('\0');
    OpBuilder top = OpBuilder::atBlockBegin(module.getBody());
    auto type = LLVM::LLVMArrayType::get(top.getI8Type(), bytes.size());
    global = LLVM::GlobalOp::create(top, UnknownLoc::get(module.getContext()),
                                    type, /*isConstant=*/true,
                                    LLVM::Linkage::Private, name,
                                    top.getStringAttr(bytes));
    global.setUnnamedAddr(LLVM::UnnamedAddr::Global);
  }
  return LLVM::AddressOfOp::create(builder, loc, global);
}

Value RuntimeLibrary::i64(OpBuilder &builder, Location loc, int64_t value) {
  return LLVM::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(value));
}

Value RuntimeLibrary::i32(OpBuilder &builder, Location loc, int32_t value) {
  return LLVM::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(value));
}

Value RuntimeLibrary::stackArray(OpBuilder &builder, Location loc,
                                 int64_t count) {
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  if (count == 0)
    return LLVM::ZeroOp::create(builder, loc, pointer);
  // At the function's start, so that a loop does not grow the stack; a parallel
  // region becomes a function of its own and needs its own array.
  Operation *scope = builder.getInsertionBlock()->getParentOp();
  while (!scope->hasTrait<OpTrait::IsIsolatedFromAbove>() &&
         !isa<omp::ParallelOp>(scope))
    scope = scope->getParentOp();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&scope->getRegion(0).front());
  return LLVM::AllocaOp::create(builder, loc, pointer, builder.getI64Type(),
                                i64(builder, loc, count));
}

Value RuntimeLibrary::elementAddress(OpBuilder &builder, Location loc,
                                     Value array, int64_t index) {
  if (index == 0)
    return array;
  return LLVM::GEPOp::create(builder, loc, array.getType(),
                             builder.getI64Type(), array,
                             ArrayRef<LLVM::GEPArg>{int32_t(index)});
}

Value RuntimeLibrary::stackArray(OpBuilder &builder, Location loc,
                                 ValueRange values) {
  Value array = stackArray(builder, loc, int64_t(values.size()));
  for (auto [index, value] : llvm::enumerate(values)) {
    if (value.getType().isIndex())
      value = arith::IndexCastOp::create(builder, loc, builder.getI64Type(), value);
    LLVM::StoreOp::create(builder, loc, value,
                          elementAddress(builder, loc, array, index));
  }
  return array;
}

} // namespace arr
