//===- Exports.cpp - Reads the attributes of exported functions -----------===//

#include "compiler/CodeGen/Exports.h"
#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

namespace arr {

static std::string text(DictionaryAttr dict, StringRef key) {
  auto attr = dict.getAs<StringAttr>(key);
  return attr ? attr.getValue().str() : std::string();
}

static void readDefault(Attribute value, ExportedParam &param) {
  if (auto number = dyn_cast<FloatAttr>(value))
    param.defaultNumber = number.getValueAsDouble();
  else if (auto integer = dyn_cast<IntegerAttr>(value))
    // i1 is a bool: its value is 1, not the -1 that sign extension gives.
    param.defaultInteger = integer.getType().isInteger(1) ||
                                   integer.getType().isUnsignedInteger()
                               ? int64_t(integer.getValue().getZExtValue())
                               : integer.getValue().getSExtValue();
  else if (auto parts = dyn_cast<ArrayAttr>(value))
    param.defaultNumber = {cast<FloatAttr>(parts[0]).getValueAsDouble(),
                           cast<FloatAttr>(parts[1]).getValueAsDouble()};
  else
    param.defaultString = cast<StringAttr>(value).getValue().str();
}

static ExportedParam readParam(DictionaryAttr dict) {
  ExportedParam param;
  param.name = text(dict, "name");
  param.dtype = text(dict, "dtype");
  param.annotation = text(dict, "annotation");
  param.isWritten = dict.contains("written");
  if (auto dims = dict.getAs<ArrayAttr>("dims")) {
    param.kind = ExportedParam::Kind::Array;
    for (auto dim : dims.getAsRange<StringAttr>())
      param.dims.push_back(dim.getValue().str());
  } else if (param.dtype == "str") {
    param.kind = ExportedParam::Kind::Str;
  }
  if (Attribute value = dict.get("default")) {
    param.defaultText = text(dict, "default_text");
    readDefault(value, param);
  }
  return param;
}

const ExportedFunction *ExportedModule::find(StringRef name) const {
  for (const ExportedFunction &function : functions)
    if (function.name == name || function.symbol == name)
      return &function;
  return nullptr;
}

ExportedModule readExports(ModuleOp module) {
  ExportedModule result;
  if (auto dict = module->getAttrOfType<DictionaryAttr>(moduleAttrName)) {
    result.name = text(dict, "name");
    result.doc = text(dict, "doc");
    result.source = text(dict, "source");
  }
  for (auto function : module.getOps<FunctionOpInterface>()) {
    auto dict = function->getAttrOfType<DictionaryAttr>(exportAttrName);
    if (!dict)
      continue;
    ExportedFunction exported;
    exported.name = text(dict, "name");
    exported.symbol = function.getName().str();
    exported.doc = text(dict, "doc");
    exported.location = getLocationText(function.getLoc());
    if (auto params = dict.getAs<ArrayAttr>("params"))
      for (auto param : params.getAsRange<DictionaryAttr>())
        exported.params.push_back(readParam(param));
    if (auto results = dict.getAs<ArrayAttr>("results"))
      for (auto param : results.getAsRange<DictionaryAttr>())
        exported.results.push_back(readParam(param));
    size_t count = exported.results.size();
    exported.structure = dict.contains("structure") ? text(dict, "structure")
                         : count < 2 ? std::string(count, '.')
                                     : "(" + std::string(count, '.') + ")";
    result.functions.push_back(std::move(exported));
  }
  return result;
}

} // namespace arr
