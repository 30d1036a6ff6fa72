//===- ArrOps.cpp - Places, checks, values: verifiers and folds -----------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace arr;

#define GET_OP_CLASSES
#include "compiler/Dialect/Arr/ArrOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// One size operand for each axis.
template <typename Op>
static LogicalResult verifySizes(Op op, Type type, OperandRange sizes) {
  if (int64_t(sizes.size()) != arr::getRank(type))
    return op.emitOpError("has ") << sizes.size() << " sizes for " << type;
  return success();
}

/// A value and a place of the same shape and dtype.
template <typename Op>
static LogicalResult verifySameShape(Op op, Type value, Type place) {
  auto tensor = dyn_cast<RankedTensorType>(value);
  auto memref = dyn_cast<MemRefType>(place);
  if (tensor && memref && tensor.getElementType() == memref.getElementType() &&
      succeeded(verifyCompatibleShape(tensor, memref)))
    return success();
  if (arr::getElementTypeOrSelf(value) != arr::getElementTypeOrSelf(place) ||
      arr::getDims(value) != arr::getDims(place))
    return op.emitOpError("needs the same shape and dtype, got ") << value << " and " << place;
  return success();
}

LogicalResult EmptyOp::verify() { return verifySizes(*this, getType(), getSizes()); }

LogicalResult MaterializeOp::verify() {
  return verifySameShape(*this, getValue().getType(), getType());
}

LogicalResult ReadOp::verify() {
  return verifySameShape(*this, getType(), getPlace().getType());
}

LogicalResult WriteOp::verify() {
  return verifySameShape(*this, getValue().getType(), getPlace().getType());
}

template <typename Op>
static LogicalResult verifyElement(Op op, Type scalar) {
  Type place = op.getPlace().getType();
  if (int64_t(op.getIndices().size()) != arr::getRank(place))
    return op.emitOpError("has ") << op.getIndices().size() << " indices for " << place;
  if (scalar != arr::getElementTypeOrSelf(place))
    return op.emitOpError("has an element ") << scalar << " of " << place;
  return success();
}

LogicalResult LoadOp::verify() { return verifyElement(*this, getType()); }
LogicalResult StoreOp::verify() { return verifyElement(*this, getValue().getType()); }

//===----------------------------------------------------------------------===//
// Sizes and checks
//===----------------------------------------------------------------------===//

LogicalResult DimOp::verify() {
  int64_t rank = arr::getRank(getArray().getType());
  if (getAxis() >= uint64_t(rank))
    return emitOpError("has axis ") << getAxis() << " of " << getArray().getType();
  return success();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

LogicalResult arr::verifyElementwise(Operation *op) {
  Type result = op->getResult(0).getType();
  ArrayRef<Attribute> dims = arr::getDims(result);
  bool hasArray = false;
  for (Type operand : op->getOperandTypes()) {
    ArrayRef<Attribute> own = arr::getDims(operand);
    hasArray |= isa<ArrayType>(operand);
    bool fits = own.size() <= dims.size();
    for (size_t i = 1; fits && i <= own.size(); ++i)
      fits = own[own.size() - i] == dims[dims.size() - i] ||
             own[own.size() - i] == arr::getStaticDim(op->getContext(), 1);
    if (!fits)
      return op->emitOpError("cannot broadcast ") << operand << " to " << result;
  }
  if (hasArray != isa<ArrayType>(result))
    return op->emitOpError("has a result of another kind: ") << result;
  return success();
}

LogicalResult ReduceOp::verify() {
  auto operand = getOperand().getType();
  int64_t previous = -1;
  for (int64_t axis : getAxes()) {
    if (axis <= previous || axis >= operand.getRank())
      return emitOpError("needs ascending axes of ") << operand;
    previous = axis;
  }
  SmallVector<Attribute> dims;
  for (auto [axis, dim] : llvm::enumerate(operand.getDims())) {
    if (!llvm::is_contained(getAxes(), int64_t(axis)))
      dims.push_back(dim);
    else if (getKeepdims())
      dims.push_back(arr::getStaticDim(getContext(), 1));
  }
  if (ArrayRef<Attribute>(dims) != arr::getDims(getType()))
    return emitOpError("has a result of another shape: ") << getType();
  bool isPosition = getKind() == ReduceKind::ArgMin || getKind() == ReduceKind::ArgMax;
  Type element = arr::getElementTypeOrSelf(getType());
  if (isPosition ? !element.isInteger(64) : element != operand.getElementType())
    return emitOpError("has a result of another dtype: ") << getType();
  return success();
}

LogicalResult EinsumOp::verify() {
  if (getLabels().size() != getOperands().size())
    return emitOpError("needs labels for each operand");
  llvm::SmallDenseSet<int64_t> known;
  for (auto [operand, labels] : llvm::zip(getOperands(), getLabels())) {
    ArrayRef<int64_t> list = cast<DenseI64ArrayAttr>(labels).asArrayRef();
    if (int64_t(list.size()) != arr::getRank(operand.getType()))
      return emitOpError("needs one label for each axis of ") << operand.getType();
    known.insert(list.begin(), list.end());
  }
  for (int64_t label : getOutput())
    if (!known.contains(label))
      return emitOpError("has an output label that no operand has: ") << label;
  if (int64_t(getOutput().size()) != arr::getRank(getType()))
    return emitOpError("has a result of another rank: ") << getType();
  return success();
}

LogicalResult GatherOp::verify() {
  int64_t sourceRank = arr::getRank(getSource().getType());
  if (getIndices().empty() || getIndices().size() != getAxes().size())
    return emitOpError("needs one array of positions for each axis");
  llvm::SmallDenseSet<int64_t> known;
  for (int64_t axis : getAxes())
    if (axis < 0 || axis >= sourceRank || !known.insert(axis).second)
      return emitOpError("gathers along an unknown axis: ") << axis;
  for (Value indices : getIndices())
    if (indices.getType() != getIndices()[0].getType() ||
        !arr::getElementTypeOrSelf(indices.getType()).isSignlessInteger(64))
      return emitOpError("needs i64 positions of one shape");
  int64_t others = sourceRank - int64_t(getAxes().size());
  int64_t rank = others + arr::getRank(getIndices()[0].getType());
  if (arr::getRank(getType()) != rank || int64_t(getPosition()) > others)
    return emitOpError("has a result of another rank: ") << getType();
  return success();
}

LogicalResult FillOp::verify() { return verifySizes(*this, getType(), getSizes()); }

LogicalResult ArangeOp::verify() {
  if (arr::getRank(getType()) != 1 || getStart().getType() != getStep().getType() ||
      getStart().getType() != arr::getElementTypeOrSelf(getType()))
    return emitOpError("needs start and step of the result's dtype, and rank 1");
  return success();
}

LogicalResult FromElementsOp::verify() {
  int64_t count = 1;
  for (unsigned axis = 0; axis < getType().getRank(); ++axis) {
    if (ShapedType::isDynamic(getType().getStaticSize(axis)))
      return emitOpError("needs literal sizes, got ") << getType();
    count *= getType().getStaticSize(axis);
  }
  if (count != int64_t(getElements().size()))
    return emitOpError("has ") << getElements().size() << " elements for " << getType();
  return success();
}

//===----------------------------------------------------------------------===//
// Parallel loops
//===----------------------------------------------------------------------===//

LogicalResult PrangeOp::verify() {
  if (getKinds().size() != getInits().size() || getResultTypes() != getInits().getTypes())
    return emitOpError("needs a kind, an initial value and a result for each reduction");
  Block *body = getBody();
  if (body->getNumArguments() != 1 + getInits().size() || !body->getArgument(0).getType().isIndex())
    return emitOpError("needs an index and one accumulator for each reduction in its body");
  if (body->getTerminator()->getOperandTypes() != getInits().getTypes())
    return emitOpError("needs to yield the accumulators");
  return success();
}

// %s = arr.prange %i = 0 to %n reduce [add, max] (%acc = %init : f64, ...) { ... }
void PrangeOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getInductionVar() << " = 0 to " << getCount();
  if (!getInits().empty()) {
    printer << " reduce [";
    llvm::interleaveComma(getKinds(), printer, [&](Attribute kind) {
      printer << stringifyReduceKind(cast<ReduceKindAttr>(kind).getValue());
    });
    printer << "] (";
    llvm::interleaveComma(llvm::zip(getAccumulators(), getInits()), printer, [&](auto pair) {
      printer << std::get<0>(pair) << " = " << std::get<1>(pair) << " : "
              << std::get<1>(pair).getType();
    });
    printer << ')';
  }
  if (getUnchecked())
    printer << " unchecked";
  printer << ' ';
  printer.printRegion(getRegion(), /*printEntryBlockArgs=*/false,
                      /*printBlockTerminators=*/!getInits().empty());
  printer.printOptionalAttrDict((*this)->getAttrs(), {"kinds", "unchecked"});
}

ParseResult PrangeOp::parse(OpAsmParser &parser, OperationState &result) {
  Builder &builder = parser.getBuilder();
  OpAsmParser::Argument induction;
  OpAsmParser::UnresolvedOperand count;
  int64_t zero;
  if (parser.parseArgument(induction) || parser.parseEqual() || parser.parseInteger(zero) ||
      parser.parseKeyword("to") || parser.parseOperand(count) ||
      parser.resolveOperand(count, builder.getIndexType(), result.operands))
    return failure();
  induction.type = builder.getIndexType();
  SmallVector<OpAsmParser::Argument> arguments = {induction};
  SmallVector<Attribute> kinds;
  auto parseKind = [&]() -> ParseResult {
    StringRef keyword;
    if (parser.parseKeyword(&keyword))
      return failure();
    std::optional<ReduceKind> kind = symbolizeReduceKind(keyword);
    if (!kind)
      return parser.emitError(parser.getCurrentLocation(), "expected a reduction kind");
    kinds.push_back(ReduceKindAttr::get(parser.getContext(), *kind));
    return success();
  };
  auto parseAccumulator = [&]() -> ParseResult {
    OpAsmParser::Argument accumulator;
    OpAsmParser::UnresolvedOperand init;
    if (parser.parseArgument(accumulator) || parser.parseEqual() || parser.parseOperand(init) ||
        parser.parseColonType(accumulator.type) ||
        parser.resolveOperand(init, accumulator.type, result.operands))
      return failure();
    arguments.push_back(accumulator);
    result.addTypes(accumulator.type);
    return success();
  };
  if (succeeded(parser.parseOptionalKeyword("reduce")) &&
      (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseKind) ||
       parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseAccumulator)))
    return failure();
  result.addAttribute("kinds", builder.getArrayAttr(kinds));
  if (succeeded(parser.parseOptionalKeyword("unchecked")))
    result.addAttribute("unchecked", builder.getUnitAttr());
  Region *body = result.addRegion();
  if (parser.parseRegion(*body, arguments))
    return failure();
  PrangeOp::ensureTerminator(*body, builder, result.location);
  return parser.parseOptionalAttrDict(result.attributes);
}
