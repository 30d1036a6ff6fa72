//===- MLIRGen.cpp - The module: functions and metadata -------------------===//
#include "compiler/MLIRGen/MLIRGen.h"
#include "compiler/MLIRGen/Effects.h"
#include "compiler/MLIRGen/FunctionGen.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;

namespace arr {

namespace {

class ModuleGen {
public:
  ModuleGen(MLIRContext &context, const typed::Program &program,
            const SourceManager &sources)
      : context(context), program(program), sources(sources),
        locations(&context, sources), builder(&context) {}

  OwningOpRef<ModuleOp> run();

private:
  func::FuncOp declare(const typed::Function &function,
                       const typed::FunctionEffects &effects);
  DictionaryAttr exportAttr(const typed::Function &function,
                            const typed::FunctionEffects &effects);
  void addResult(const Type &type, StringRef annotation,
                 const std::vector<std::string> &symbolNames,
                 SmallVectorImpl<mlir::Attribute> &results,
                 std::string &structure);
  void addType(NamedAttrList &entry, const Type &type,
               const std::vector<std::string> &symbolNames);
  mlir::Attribute defaultAttr(const typed::Param &param);
  mlir::StringAttr text(const Twine &text) {
    return builder.getStringAttr(text);
  }

  MLIRContext &context;
  const typed::Program &program;
  const SourceManager &sources;
  Locations locations;
  Builder builder;
};

} // namespace

OwningOpRef<ModuleOp> generate(MLIRContext &context,
                               const typed::Program &program,
                               const SourceManager &sources) {
  context.loadDialect<ArrDialect, arith::ArithDialect, complex::ComplexDialect,
                      func::FuncDialect, scf::SCFDialect, LLVM::LLVMDialect>();
  return ModuleGen(context, program, sources).run();
}

OwningOpRef<ModuleOp> ModuleGen::run() {
  StringRef source =
      program.file.isValid() ? sources.name(program.file) : StringRef();
  OwningOpRef<ModuleOp> module = ModuleOp::create(
      FileLineColLoc::get(text(source), 1, 1), StringRef(program.moduleName));
  (*module)->setAttr("arr.module",
                     builder.getDictionaryAttr({
                         builder.getNamedAttr("name", text(program.moduleName)),
                         builder.getNamedAttr("doc", text(program.doc)),
                         builder.getNamedAttr("source", text(source)),
                     }));

  typed::ProgramEffects effects = typed::computeEffects(program);
  bool failed = false;
  for (const auto &function : program.functions) {
    func::FuncOp func = declare(*function, effects[function.get()]);
    module->push_back(func);
    failed |= FunctionGen(func, *function, locations).run().failed();
  }
  if (failed || verify(*module).failed())
    return {};
  return module;
}

func::FuncOp ModuleGen::declare(const typed::Function &function,
                                const typed::FunctionEffects &effects) {
  SmallVector<mlir::Type> inputs, results;
  for (const typed::Param &param : function.params)
    appendBoundaryTypes(&context, param.var->type, inputs);
  appendBoundaryTypes(&context, function.result, results);
  auto func =
      func::FuncOp::create(locations(function.nameRange), function.symbol,
                           builder.getFunctionType(inputs, results));
  // Private functions may disappear by inlining.
  func.setVisibility(function.isExported ? SymbolTable::Visibility::Public
                                         : SymbolTable::Visibility::Private);
  for (unsigned index : effects.written.set_bits())
    func.setArgAttr(index, "arr.written", builder.getUnitAttr());
  if (function.isExported)
    func->setAttr("arr.export", exportAttr(function, effects));
  return func;
}

//===----------------------------------------------------------------------===//
// Metadata
//===----------------------------------------------------------------------===//

void ModuleGen::addType(NamedAttrList &entry, const Type &type,
                        const std::vector<std::string> &symbolNames) {
  // As compiler/CodeGen/Exports.h reads it: only arrays have `dims`.
  bool isArray = type.isArray();
  entry.set("dtype",
            text(isArray || type.isScalar() ? spelling(type.dtype) : "str"));
  if (!isArray)
    return;
  SmallVector<mlir::Attribute> dims;
  for (const Dim &dim : type.shape) {
    std::string written = dim.str(symbolNames);
    dims.push_back(
        text(written.find('?') == std::string::npos ? written : ":"));
  }
  entry.set("dims", builder.getArrayAttr(dims));
}

/// One result for each scalar or array in `type`; see Exports.h for
/// `structure`.
void ModuleGen::addResult(const Type &type, StringRef annotation,
                          const std::vector<std::string> &symbolNames,
                          SmallVectorImpl<mlir::Attribute> &results,
                          std::string &structure) {
  if (type.isTuple()) {
    structure += "(";
    for (const Type &element : type.elements)
      addResult(element, "", symbolNames, results, structure);
    structure += ")";
    return;
  }
  NamedAttrList entry;
  addType(entry, type, symbolNames);
  entry.set("annotation",
            text(annotation.empty() ? type.str(symbolNames) : annotation));
  results.push_back(entry.getDictionary(&context));
  structure += ".";
}

mlir::Attribute ModuleGen::defaultAttr(const typed::Param &param) {
  if (param.defaultString)
    return text(param.defaultString->value);
  const typed::Literal &number = *param.defaultNumber;
  DType dtype = param.var->type.dtype;
  if (isComplex(dtype))
    return builder.getArrayAttr(
        {builder.getF64FloatAttr(number.number.real()),
         builder.getF64FloatAttr(number.number.imag())});
  if (isFloat(dtype))
    return builder.getF64FloatAttr(number.number.real());
  return builder.getI64IntegerAttr(number.integer);
}

DictionaryAttr ModuleGen::exportAttr(const typed::Function &function,
                                     const typed::FunctionEffects &effects) {
  std::vector<std::string> symbolNames = function.symbolNames();
  SmallVector<mlir::Attribute> params, results;
  for (auto [index, param] : llvm::enumerate(function.params)) {
    NamedAttrList entry;
    entry.set("name", text(param.var->name));
    addType(entry, param.var->type, symbolNames);
    if (!param.dimTexts.empty())
      entry.set("dims", builder.getStrArrayAttr(SmallVector<StringRef>(
                            param.dimTexts.begin(), param.dimTexts.end())));
    entry.set("annotation", text(param.annotation));
    if (effects.written.test(index))
      entry.set("written", builder.getUnitAttr());
    if (param.hasDefault()) {
      entry.set("default_text", text(param.defaultText));
      entry.set("default", defaultAttr(param));
    }
    params.push_back(entry.getDictionary(&context));
  }

  std::string structure;
  if (function.result.isTuple()) {
    structure = "(";
    for (auto [index, element] : llvm::enumerate(function.result.elements))
      addResult(element,
                index < function.resultAnnotations.size()
                    ? function.resultAnnotations[index]
                    : "",
                symbolNames, results, structure);
    structure += ")";
  } else if (function.result.kind != TypeKind::None) {
    addResult(function.result,
              function.resultAnnotations.empty()
                  ? ""
                  : function.resultAnnotations.front(),
              symbolNames, results, structure);
  }

  NamedAttrList entry;
  entry.set("name", text(function.name));
  entry.set("doc", text(function.doc));
  entry.set("location", text(locations.text(function.range)));
  entry.set("params", builder.getArrayAttr(params));
  entry.set("results", builder.getArrayAttr(results));
  entry.set("structure", text(structure));
  return entry.getDictionary(&context);
}

} // namespace arr
