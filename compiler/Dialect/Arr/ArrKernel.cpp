//===- ArrKernel.cpp - The loop nest op -----------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"

using namespace mlir;
using namespace arr;

void KernelOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  if (!isOnMemRefs())
    return;
  for (OpOperand &operand : getInputsMutable())
    effects.emplace_back(MemoryEffects::Read::get(), &operand);
  for (OpOperand &operand : getOutputsMutable())
    effects.emplace_back(MemoryEffects::Write::get(), &operand);
}

/// Every result of a map is a dim or the constant 0.
static bool isProjection(AffineMap map) {
  return llvm::all_of(map.getResults(), [](AffineExpr result) {
    auto constant = dyn_cast<AffineConstantExpr>(result);
    return isa<AffineDimExpr>(result) || (constant && constant.getValue() == 0);
  });
}

LogicalResult KernelOp::verify() {
  if (getNumParallel() > getNumDims())
    return emitOpError("has more parallel dims than dims");
  if (getInputMaps().size() != getInputs().size() || getOutputMaps().size() != getOutputs().size())
    return emitOpError("needs a map for each input and output");
  auto verifyMap = [&](AffineMap map, Value operand) -> LogicalResult {
    if (map.getNumDims() != getNumDims() || !isProjection(map) ||
        map.getNumResults() != cast<ShapedType>(operand.getType()).getRank())
      return emitOpError("has a map that is no projection of its dims: ") << AffineMapAttr::get(map);
    return success();
  };
  for (auto [i, input] : llvm::enumerate(getInputs()))
    if (failed(verifyMap(getInputMap(i), input)))
      return failure();
  for (auto [i, output] : llvm::enumerate(getOutputs())) {
    AffineMap map = getOutputMap(i);
    if (failed(verifyMap(map, output)))
      return failure();
    for (unsigned dim = 0; dim < getNumDims(); ++dim)
      if (map.isFunctionOfDim(dim) != (dim < getNumParallel()))
        return emitOpError("has an output map that does not use just the parallel dims: ") << AffineMapAttr::get(map);
  }
  if (hasReduction() == getContribution().empty() || (!hasReduction() && getNumReductionDims()))
    return emitOpError("needs accumulators, reduction dims and a contribution region together");

  unsigned numInputs = getInputs().size();
  if (hasReduction()) {
    Block &contribution = getContribution().front();
    if (contribution.getNumArguments() != numInputs ||
        contribution.getTerminator()->getNumOperands() != getAccumulators().size())
      return emitOpError("has a contribution region that does not fit its inputs and accumulators");
  }
  Block &finish = getFinish().front();
  if (finish.getNumArguments() != numInputs + getAccumulators().size() ||
      finish.getTerminator()->getNumOperands() != getOutputs().size())
    return emitOpError("has a finish region that does not fit its inputs, accumulators and outputs");
  for (auto [output, yielded] : llvm::zip(getOutputs(), finish.getTerminator()->getOperands()))
    if (cast<ShapedType>(output.getType()).getElementType() != yielded.getType())
      return emitOpError("yields ") << yielded.getType() << " for " << output.getType();
  for (unsigned i = 0; i < numInputs; ++i) {
    AffineMap map = getInputMap(i);
    for (unsigned dim = getNumParallel(); dim < getNumDims(); ++dim)
      if (map.isFunctionOfDim(dim) && !finish.getArgument(i).use_empty())
        return emitOpError("uses input ") << i << " of the reduction dims after the reduction";
  }
  return success();
}

// arr.kernel (%n, %m, %k) parallel 2 acc [...] ins(...) maps [...] outs(...) maps [...]
// contribution {...} finish {...}
void KernelOp::print(OpAsmPrinter &printer) {
  printer << " (" << getSizes() << ") parallel " << getNumParallel();
  if (hasReduction())
    printer << " acc " << getAccumulators();
  auto printOperands = [&](StringRef keyword, OperandRange operands, ArrayAttr maps) {
    if (operands.empty())
      return;
    printer << ' ' << keyword << '(' << operands << " : " << operands.getTypes() << ") maps " << maps;
  };
  printOperands("ins", getInputs(), getInputMaps());
  printOperands("outs", getOutputs(), getOutputMaps());
  printer.printOptionalAttrDict((*this)->getAttrs(),
                                {"numParallel", "inputMaps", "outputMaps", "accumulators",
                                 "operandSegmentSizes"});
  if (!getResults().empty())
    printer << " -> " << getResultTypes();
  if (hasReduction()) {
    printer << " contribution ";
    printer.printRegion(getContribution());
  }
  printer << " finish ";
  printer.printRegion(getFinish());
}

ParseResult KernelOp::parse(OpAsmParser &parser, OperationState &result) {
  Builder &builder = parser.getBuilder();
  SmallVector<OpAsmParser::UnresolvedOperand> sizes;
  int64_t numParallel;
  if (parser.parseOperandList(sizes, AsmParser::Delimiter::Paren) ||
      parser.resolveOperands(sizes, builder.getIndexType(), result.operands) ||
      parser.parseKeyword("parallel") || parser.parseInteger(numParallel))
    return failure();
  result.addAttribute("numParallel", builder.getI64IntegerAttr(numParallel));

  ArrayAttr accumulators = builder.getArrayAttr({});
  bool hasReduction = succeeded(parser.parseOptionalKeyword("acc"));
  if (hasReduction && parser.parseAttribute(accumulators))
    return failure();
  result.addAttribute("accumulators", accumulators);

  auto parseOperands = [&](StringRef keyword, StringRef mapsName, int32_t &count) -> ParseResult {
    SmallVector<OpAsmParser::UnresolvedOperand> operands;
    SmallVector<Type> types;
    ArrayAttr maps = builder.getArrayAttr({});
    if (succeeded(parser.parseOptionalKeyword(keyword)))
      if (parser.parseLParen() || parser.parseOperandList(operands) ||
          parser.parseColonTypeList(types) || parser.parseRParen() ||
          parser.parseKeyword("maps") || parser.parseAttribute(maps) ||
          parser.resolveOperands(operands, types, parser.getCurrentLocation(), result.operands))
        return failure();
    result.addAttribute(mapsName, maps);
    count = operands.size();
    return success();
  };
  int32_t numInputs, numOutputs;
  if (parseOperands("ins", "inputMaps", numInputs) ||
      parseOperands("outs", "outputMaps", numOutputs) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseOptionalArrowTypeList(result.types))
    return failure();
  result.addAttribute("operandSegmentSizes",
                      builder.getDenseI32ArrayAttr({int32_t(sizes.size()), numInputs, numOutputs}));
  Region *contribution = result.addRegion();
  if (hasReduction && (parser.parseKeyword("contribution") || parser.parseRegion(*contribution)))
    return failure();
  return failure(parser.parseKeyword("finish") || parser.parseRegion(*result.addRegion()));
}
