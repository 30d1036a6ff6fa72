//===- Metadata.cpp - The table of exported functions, in LLVM IR ---------===//
//
// The layouts below are those of runtime/include/arr/module.h; they change
// together, with ARR_ABI_VERSION.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/Metadata.h"
#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "arr/module.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace arr {

namespace {

class TableBuilder {
public:
  TableBuilder(Module &module)
      : module(module), context(module.getContext()),
        pointer(PointerType::getUnqual(context)), i8(Type::getInt8Ty(context)),
        i16(Type::getInt16Ty(context)), i32(Type::getInt32Ty(context)),
        dtypeType(StructType::get(i8, i8, i16)),
        paramType(StructType::get(pointer, i8, i8, i16, dtypeType, pointer,
                                  pointer, pointer, pointer)),
        functionType(StructType::get(context,
                                     {pointer, pointer, pointer, pointer, i32,
                                      i32, pointer, pointer, pointer,
                                      pointer})),
        moduleType(StructType::get(i32, i32, pointer, pointer, pointer, i32,
                                   i32, pointer)) {}

  GlobalVariable *emit(const ExportedModule &exports);
  StructType *getFunctionType() { return functionType; }
  StructType *getModuleType() { return moduleType; }

private:
  Constant *number(IntegerType *type, uint64_t value) {
    return ConstantInt::get(type, value);
  }
  Constant *null() { return ConstantPointerNull::get(pointer); }
  Constant *constant(Constant *value, const Twine &name);
  Constant *array(ArrayRef<Constant *> elements, Type *type, const Twine &name);
  Constant *text(StringRef text);
  Constant *dtype(StringRef spelling);
  Constant *defaultValue(const ExportedParam &param);
  Constant *param(const ExportedParam &param);
  Constant *params(ArrayRef<ExportedParam> params, const Twine &name);
  Constant *function(const ExportedFunction &function);

  Module &module;
  LLVMContext &context;
  PointerType *pointer;
  IntegerType *i8, *i16, *i32;
  StructType *dtypeType, *paramType, *functionType, *moduleType;
  StringMap<Constant *> texts;
};

Constant *TableBuilder::constant(Constant *value, const Twine &name) {
  return new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                            GlobalValue::PrivateLinkage, value, name);
}

Constant *TableBuilder::array(ArrayRef<Constant *> elements, Type *type,
                              const Twine &name) {
  if (elements.empty())
    return null();
  return constant(ConstantArray::get(ArrayType::get(type, elements.size()), elements), name);
}

Constant *TableBuilder::text(StringRef text) {
  Constant *&known = texts[text];
  if (!known)
    known = constant(ConstantDataArray::getString(context, text), "arr.text");
  return known;
}

Constant *TableBuilder::dtype(StringRef spelling) {
  RuntimeDType dtype = getRuntimeDType(spelling);
  return ConstantStruct::get(dtypeType, number(i8, dtype.code),
                             number(i8, dtype.bits),
                             number(i16, dtype.bits ? 1 : 0));
}

Constant *TableBuilder::defaultValue(const ExportedParam &param) {
  if (!param.hasDefault())
    return null();
  if (param.kind == ExportedParam::Kind::Str)
    return text(param.defaultString);
  RuntimeDType dtype = getRuntimeDType(StringRef(param.dtype));
  auto floating = [&](unsigned bits, double value) -> Constant * {
    return ConstantFP::get(bits == 32 ? Type::getFloatTy(context)
                                      : Type::getDoubleTy(context),
                           value);
  };
  if (dtype.code == ARR_COMPLEX)
    return constant(ConstantStruct::getAnon(
                        {floating(dtype.bits / 2, param.defaultNumber.real()),
                         floating(dtype.bits / 2, param.defaultNumber.imag())}),
                    "arr.default");
  if (dtype.code == ARR_FLOAT)
    return constant(floating(dtype.bits, param.defaultNumber.real()), "arr.default");
  return constant(ConstantInt::get(context, APInt(dtype.bits, uint64_t(param.defaultInteger),
                                                  /*isSigned=*/false,
                                                  /*implicitTrunc=*/true)),
                  "arr.default");
}

Constant *TableBuilder::param(const ExportedParam &param) {
  unsigned kind = param.kind == ExportedParam::Kind::Array    ? ARR_KIND_ARRAY
                  : param.kind == ExportedParam::Kind::Scalar ? ARR_KIND_SCALAR
                                                              : ARR_KIND_STR;
  unsigned flags = (param.isWritten ? ARR_PARAM_WRITTEN : 0) |
                   (param.hasDefault() ? ARR_PARAM_OPTIONAL : 0);
  SmallVector<Constant *> dims;
  for (const std::string &dim : param.dims)
    dims.push_back(text(dim));
  return ConstantStruct::get(
      paramType,
      {text(param.name), number(i8, kind), number(i8, flags),
       number(i16, dims.size()), dtype(param.dtype),
       array(dims, pointer, "arr.dims"), text(param.annotation),
       param.hasDefault() ? text(*param.defaultText) : null(),
       defaultValue(param)});
}

Constant *TableBuilder::params(ArrayRef<ExportedParam> params,
                               const Twine &name) {
  SmallVector<Constant *> entries;
  for (const ExportedParam &param : params)
    entries.push_back(this->param(param));
  return array(entries, paramType, name);
}

Constant *TableBuilder::function(const ExportedFunction &function) {
  Constant *entry = module.getFunction(function.entrySymbol());
  return ConstantStruct::get(
      functionType,
      {text(function.name), text(function.symbol), text(function.doc),
       text(function.location), number(i32, function.params.size()),
       number(i32, function.results.size()),
       params(function.params, "arr.params"),
       params(function.results, "arr.results"), text(function.structure),
       entry});
}

GlobalVariable *TableBuilder::emit(const ExportedModule &exports) {
  static_assert(sizeof(arr_param) == 48 && sizeof(arr_function) == 72 &&
                    sizeof(arr_module) == 48,
                "the layouts in this file must follow arr/module.h");
  SmallVector<Constant *> functions;
  for (const ExportedFunction &function : exports.functions)
    functions.push_back(this->function(function));
  Constant *table = ConstantStruct::get(
      moduleType,
      {number(i32, ARR_ABI_VERSION), number(i32, sizeof(arr_module)),
       text(exports.name), text(exports.doc), text(exports.source),
       number(i32, functions.size()), number(i32, 0),
       array(functions, functionType, "arr.functions")});
  return new GlobalVariable(module, moduleType, /*isConstant=*/true,
                            GlobalValue::ExternalLinkage, table,
                            getModuleTableName(exports));
}

} // namespace

std::string getModuleTableName(const ExportedModule &exports) {
  return exports.name + "_arr_module";
}

std::string getCName(const ExportedModule &exports,
                     const ExportedFunction &function) {
  unsigned instances = count_if(exports.functions, [&](const auto &other) {
    return other.name == function.name;
  });
  return exports.name + "_" + (instances == 1 ? function.name : function.symbol);
}

GlobalVariable *emitModuleTable(Module &module, const ExportedModule &exports) {
  return TableBuilder(module).emit(exports);
}

/// Arrays, texts and complex numbers are passed by address, other scalars by
/// value.
static Type *getCType(LLVMContext &context, const ExportedParam &param) {
  RuntimeDType dtype = getRuntimeDType(StringRef(param.dtype));
  if (param.kind != ExportedParam::Kind::Scalar || dtype.code == ARR_COMPLEX)
    return PointerType::getUnqual(context);
  if (dtype.code == ARR_FLOAT)
    return dtype.bits == 32 ? Type::getFloatTy(context) : Type::getDoubleTy(context);
  return IntegerType::get(context, dtype.bits);
}

/// `int NAME(arguments..., results...)`, which puts its arguments into slots and
/// hands them to `callee`.
static void emitWrapper(Module &module, const ExportedFunction &function,
                        Constant *metadata, const Twine &name,
                        StringRef callee) {
  LLVMContext &context = module.getContext();
  IRBuilder<> builder(context);
  Type *pointer = builder.getPtrTy(), *i32 = builder.getInt32Ty();
  FunctionCallee call = module.getOrInsertFunction(
      callee, FunctionType::get(i32, {pointer, pointer}, false));
  SmallVector<Type *> types;
  for (const ExportedParam &param : function.params)
    types.push_back(getCType(context, param));
  types.append(function.results.size(), pointer);
  auto *wrapper = Function::Create(FunctionType::get(i32, types, false),
                                   GlobalValue::ExternalLinkage, name, module);
  builder.SetInsertPoint(BasicBlock::Create(context, "", wrapper));
  Value *slots = builder.CreateAlloca(
      ArrayType::get(pointer, std::max<size_t>(types.size(), 1)));
  for (auto [slot, argument] : enumerate(wrapper->args())) {
    Value *address = &argument;
    if (!argument.getType()->isPointerTy()) {
      address = builder.CreateAlloca(argument.getType());
      builder.CreateStore(&argument, address);
    }
    builder.CreateStore(
        address, builder.CreateConstInBoundsGEP1_64(pointer, slots, slot));
  }
  builder.CreateRet(builder.CreateCall(call, {metadata, slots}));
}

void emitWrappers(Module &module, const ExportedModule &exports,
                  GlobalVariable *table) {
  TableBuilder layouts(module);
  // The functions are the last field of the table.
  auto *initializer = cast<ConstantStruct>(table->getInitializer());
  Constant *functions =
      initializer->getOperand(initializer->getNumOperands() - 1);
  Type *i32 = Type::getInt32Ty(module.getContext());
  for (auto [index, function] : enumerate(exports.functions)) {
    Constant *metadata = ConstantExpr::getInBoundsGetElementPtr(
        layouts.getFunctionType(), functions, ConstantInt::get(i32, index));
    std::string name = getCName(exports, function);
    emitWrapper(module, function, metadata, name, "arr_call");
    emitWrapper(module, function, metadata, name + fortranSuffix,
                "arr_call_fortran");
  }
}

void emitMain(Module &module, GlobalVariable *table, StringRef runFunction) {
  IRBuilder<> builder(module.getContext());
  Type *pointer = builder.getPtrTy(), *i32 = builder.getInt32Ty();
  auto *main = Function::Create(FunctionType::get(i32, {i32, pointer}, false),
                                GlobalValue::ExternalLinkage, "main", module);
  builder.SetInsertPoint(BasicBlock::Create(module.getContext(), "", main));
  SmallVector<Value *> arguments = {table};
  SmallVector<Type *> types = {pointer};
  if (!runFunction.empty()) {
    arguments.push_back(builder.CreateGlobalString(runFunction));
    types.push_back(pointer);
  }
  arguments.append({main->getArg(0), main->getArg(1)});
  types.append({i32, pointer});
  FunctionCallee callee = module.getOrInsertFunction(
      runFunction.empty() ? "arr_main" : "arr_run_function",
      FunctionType::get(i32, types, false));
  builder.CreateRet(builder.CreateCall(callee, arguments));
}

} // namespace arr
