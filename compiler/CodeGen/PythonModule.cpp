//===- PythonModule.cpp - The part of a module that CPython calls ---------===//
//
// Little is generated: the glue library (runtime/python) does the work, driven
// by the metadata table. No header of Python's is involved on the user's side.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/PythonModule.h"
#include "arr/python.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace arr {

std::vector<PythonFunction> groupByName(const ExportedModule &exports) {
  std::vector<PythonFunction> functions;
  StringMap<unsigned> indices;
  for (const ExportedFunction &function : exports.functions) {
    auto [place, isNew] = indices.try_emplace(function.name, functions.size());
    if (isNew)
      functions.push_back({function.name, {}});
    functions[place->second].instances.push_back(&function);
  }
  return functions;
}

std::string getPythonInitName(StringRef importName) {
  return ("PyInit_" + importName).str();
}

void emitPythonModule(Module &module, const ExportedModule &exports,
                      GlobalVariable *table, StringRef importName) {
  static_assert(sizeof(arr_python_function) == 24,
                "the layout in this file must follow arr/python.h");
  IRBuilder<> builder(module.getContext());
  Type *pointer = builder.getPtrTy(), *i64 = builder.getInt64Ty();
  std::vector<PythonFunction> functions = groupByName(exports);

  auto *entryType = StructType::get(pointer, pointer, pointer);
  auto *listType = ArrayType::get(entryType, functions.size());
  // Written when the module is imported.
  auto *list = new GlobalVariable(module, listType, /*isConstant=*/false,
                                  GlobalValue::InternalLinkage, nullptr,
                                  "arr.python.functions");
  // (module, arguments, count, keywords)
  auto *callType =
      FunctionType::get(pointer, {pointer, pointer, i64, pointer}, false);
  FunctionCallee call = module.getOrInsertFunction("arr_python_call", callType);

  SmallVector<Constant *> entries;
  for (auto [index, function] : enumerate(functions)) {
    auto *wrapper = Function::Create(callType, GlobalValue::InternalLinkage,
                                     function.name + ".python", module);
    builder.SetInsertPoint(
        BasicBlock::Create(module.getContext(), "", wrapper));
    Constant *self = ConstantExpr::getInBoundsGetElementPtr(
        entryType, list, ConstantInt::get(i64, index));
    CallInst *result =
        builder.CreateCall(call, {self, wrapper->getArg(1), wrapper->getArg(2),
                                  wrapper->getArg(3)});
    result->setTailCall();
    builder.CreateRet(result);
    entries.push_back(ConstantStruct::get(
        entryType, {builder.CreateGlobalString(function.name), wrapper,
                    ConstantPointerNull::get(builder.getPtrTy())}));
  }
  list->setInitializer(ConstantArray::get(listType, entries));

  auto *init = Function::Create(FunctionType::get(pointer, false),
                                GlobalValue::ExternalLinkage,
                                getPythonInitName(importName), module);
  builder.SetInsertPoint(BasicBlock::Create(module.getContext(), "", init));
  FunctionCallee initialize = module.getOrInsertFunction(
      "arr_python_init",
      FunctionType::get(pointer, {pointer, pointer, i64}, false));
  builder.CreateRet(builder.CreateCall(
      initialize, {table, list, builder.getInt64(functions.size())}));
}

} // namespace arr
