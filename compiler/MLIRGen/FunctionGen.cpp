//===- FunctionGen.cpp - Entry and exit of a function ---------------------===//
//
// On entry the sizes of the array parameters are bound to the symbols of the
// signature or checked against them; from then on types carry the symbols.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/FunctionGen.h"
#include "compiler/MLIRGen/Walk.h"
#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace arr {

Location Locations::operator()(SourceRange range) const {
  if (!range.isValid())
    return UnknownLoc::get(context);
  LineColumn begin = sources.lineColumn(range.file, range.begin);
  LineColumn end = sources.lineColumn(range.file, range.end);
  return FileLineColRange::get(
      mlir::StringAttr::get(context, sources.name(range.file)), begin.line,
      begin.column, end.line, end.column);
}

std::string Locations::text(SourceRange range) const {
  if (!range.isValid())
    return "";
  LineColumn begin = sources.lineColumn(range);
  return (sources.name(range.file) + ":" + Twine(begin.line) + ":" +
          Twine(begin.column))
      .str();
}

mlir::Type getElementType(MLIRContext *context, DType dtype) {
  Builder b(context);
  switch (dtype) {
  case DType::Bool:
    return b.getI1Type();
  case DType::I8:
  case DType::I16:
  case DType::I32:
  case DType::I64:
    return b.getIntegerType(bitWidth(dtype));
  case DType::U8:
  case DType::U16:
  case DType::U32:
  case DType::U64:
    return b.getIntegerType(bitWidth(dtype), /*isSigned=*/false);
  case DType::F32:
    return b.getF32Type();
  case DType::F64:
    return b.getF64Type();
  case DType::C64:
    return ComplexType::get(b.getF32Type());
  case DType::C128:
    return ComplexType::get(b.getF64Type());
  }
  llvm_unreachable("a dtype");
}

void appendBoundaryTypes(MLIRContext *context, const Type &type,
                         SmallVectorImpl<mlir::Type> &types) {
  switch (type.kind) {
  case TypeKind::Scalar:
    types.push_back(getElementType(context, type.dtype));
    return;
  case TypeKind::Array: {
    SmallVector<mlir::Attribute> dims(type.rank(), getUnknownDim(context));
    types.push_back(
        PlaceType::get(context, dims, getElementType(context, type.dtype)));
    return;
  }
  case TypeKind::Tuple:
    for (const Type &element : type.elements)
      appendBoundaryTypes(context, element, types);
    return;
  case TypeKind::Str:
    types.push_back(LLVM::LLVMPointerType::get(context));
    return;
  case TypeKind::None:
  case TypeKind::Invalid:
    return;
  }
}

FunctionGen::FunctionGen(func::FuncOp func, const typed::Function &function,
                         const Locations &locations)
    : func(func), function(function), locations(locations),
      context(func.getContext()), builder(context),
      symbolNames(function.symbolNames()),
      structured(typed::structure(function)) {
  // Texts of dims must tell symbols apart.
  llvm::StringSet<> used;
  for (std::string &name : symbolNames)
    while (!used.insert(name).second)
      name += "_";
}

LogicalResult FunctionGen::run() {
  liveness.emplace(*structured);
  leaveResultSizesOpen();
  findUnstableSymbols();
  builder.setInsertionPointToStart(func.addEntryBlock());
  genParameters();
  genBlock(structured->body);
  genReturn();
  return failure(failed);
}

void FunctionGen::unsupported(SourceRange range, const Twine &what) {
  emitError(locations(range)) << "not supported yet: " << what;
  failed = true;
}

//===----------------------------------------------------------------------===//
// Entry
//===----------------------------------------------------------------------===//

void FunctionGen::genParameters() {
  SmallVector<Value> arguments(func.getArguments());
  bindSymbols(arguments);
  checkParameterSizes(arguments);
  for (auto [param, argument] : llvm::zip(function.params, arguments)) {
    Location loc = locations(param.var->range);
    Value value = argument;
    if (param.var->type.isArray()) {
      value = castShape(loc, value, dimAttrs(param.var->type.shape));
      learnFrom(loc, param.var->type, value);
    }
    scope.vars[param.var] = {value};
  }
}

void FunctionGen::bindSymbols(ArrayRef<Value> arguments) {
  for (auto [id, symbol] : llvm::enumerate(function.symbols))
    if (symbol.kind == typed::Symbol::Kind::Bound)
      scope.sizes[id] = bindSymbol(symbol, arguments);
}

/// From the size of an array parameter, or the value of a scalar one.
Value FunctionGen::bindSymbol(const typed::Symbol &symbol,
                              ArrayRef<Value> arguments) {
  const typed::Var &param = *function.params[symbol.param].var;
  Location loc = locations(param.range);
  Value argument = arguments[symbol.param];
  if (param.type.isScalar()) {
    Value value = castTo(loc, argument, param.type, DType::I64);
    return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                      value);
  }
  return solveSymbol(symbol,
                     DimOp::create(builder, loc, argument, symbol.axis));
}

/// The symbol n of a parameter of size `scale * n + offset`.
Value FunctionGen::solveSymbol(const typed::Symbol &symbol, Value size) {
  if (symbol.scale == 1 && symbol.offset == 0)
    return size;
  const typed::Param &param = function.params[symbol.param];
  Location loc = locations(param.var->range);
  std::string text = param.var->type.shape[symbol.axis].str(symbolNames);
  auto check = [&](Value condition) {
    require(loc, condition, ErrorKind::Shape,
            "size %0 of " + param.var->name + " (axis " + Twine(symbol.axis) +
                ") is not of the form " + text,
            {size});
  };
  Value zero = constIndex(loc, 0);
  Value scaled = size;
  if (symbol.offset != 0)
    scaled = arith::SubIOp::create(builder, loc, size,
                                   constIndex(loc, symbol.offset));
  Value result = scaled;
  if (symbol.scale != 1) {
    Value scale = constIndex(loc, symbol.scale);
    Value rest = arith::RemSIOp::create(builder, loc, scaled, scale);
    check(compare(loc, arith::CmpIPredicate::eq, rest, zero));
    result = arith::DivSIOp::create(builder, loc, scaled, scale);
  }
  check(compare(loc, arith::CmpIPredicate::sge, result, zero));
  return result;
}

void FunctionGen::checkParameterSizes(ArrayRef<Value> arguments) {
  for (const typed::DimCheck &item : function.dimChecks) {
    const typed::Param &param = function.params[item.param];
    Location loc = locations(param.var->range);
    Value size = DimOp::create(builder, loc, arguments[item.param], item.axis);
    requireDimFits(loc, item.expected);
    std::optional<Value> expected = dimValue(loc, item.expected);
    if (!expected) {
      unsupported(param.var->range, "this size of a parameter");
      continue;
    }
    std::string where =
        param.var->name + " (axis " + std::to_string(item.axis) + ")";
    if (std::optional<int64_t> constant = item.expected.asConstant()) {
      requireEqual(loc, *expected, size, ErrorKind::Shape,
                   "size of " + where + " is %0, expected " + Twine(*constant),
                   {size});
      continue;
    }
    std::optional<SymbolId> id = item.expected.asSymbol();
    if (id && function.symbols[*id].kind == typed::Symbol::Kind::Bound &&
        function.symbols[*id].scale == 1 && function.symbols[*id].offset == 0) {
      const typed::Symbol &symbol = function.symbols[*id];
      requireEqual(loc, *expected, size, ErrorKind::Shape,
                   "dimension '" + symbol.name + "' is %0 in " +
                       function.params[symbol.param].var->name + " (axis " +
                       Twine(symbol.axis) + ") but %1 in " + where,
                   {*expected, size});
      continue;
    }
    requireEqual(loc, *expected, size, ErrorKind::Shape,
                 "size of " + where + " is %1, expected " +
                     item.expected.str(symbolNames) + " = %0",
                 {*expected, size});
  }
}

//===----------------------------------------------------------------------===//
// Exit
//===----------------------------------------------------------------------===//

/// The scalar or array number `index` of a type; parts that are skipped are
/// subtracted from `index`.
static Type *findPart(Type &type, unsigned &index) {
  if (!type.isTuple())
    return index-- == 0 ? &type : nullptr;
  for (Type &element : type.elements)
    if (Type *part = findPart(element, index))
      return part;
  return nullptr;
}

/// Sizes of the result that have to be checked are not named before the check:
/// equal names would mean that they are equal.
void FunctionGen::leaveResultSizesOpen() {
  if (function.resultChecks.empty())
    return;
  SymbolId open = symbolNames.size();
  symbolNames.push_back("?");
  unstable.insert(open);
  for (const typed::DimCheck &check : function.resultChecks) {
    unsigned index = check.param;
    findPart(structured->result->type, index)->shape[check.axis] =
        Dim::symbol(open);
  }
}

/// Where a failed check of the result is reported: the `return`, if it is one.
static SourceRange resultRange(const typed::Function &function) {
  SourceRange range = function.nameRange;
  unsigned count = 0;
  typed::walk(function.body, [&](const typed::Stmt *stmt) {
    if (stmt->kind == typed::StmtKind::Return) {
      range = stmt->range;
      ++count;
    }
  });
  return count == 1 ? range : function.nameRange;
}

void FunctionGen::genReturn() {
  Location loc = locations(resultRange(function));
  SmallVector<Value> results;
  if (structured->result) {
    Values values = current(loc, {structured->result});
    for (const typed::DimCheck &check : function.resultChecks) {
      Value array = values[check.param];
      Value size = DimOp::create(builder, loc, array, check.axis);
      std::optional<Value> expected = dimValue(loc, check.expected);
      if (!expected) {
        unsupported(function.nameRange, "this size of a result");
        continue;
      }
      requireEqual(loc, size, *expected, ErrorKind::Shape,
                   "result has size %0 on axis " + Twine(check.axis) +
                       ", declared as " + check.expected.str(symbolNames) +
                       " = %1",
                   {size, *expected});
    }
    for (Value value : values) {
      if (isa<PlaceType>(value.getType())) {
        SmallVector<mlir::Attribute> dims(getRank(value.getType()),
                                          getUnknownDim(context));
        value = castShape(loc, value, dims);
      }
      results.push_back(value);
    }
  }
  func::ReturnOp::create(builder, loc, results);
}

} // namespace arr
