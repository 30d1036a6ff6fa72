//===- ArrDialect.cpp - Registration of the arr dialect -------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace arr;

#include "compiler/Dialect/Arr/ArrDialect.cpp.inc"
#include "compiler/Dialect/Arr/ArrEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/Dialect/Arr/ArrAttrs.cpp.inc"

namespace {

/// Everything of the dialect may be inlined anywhere.
struct ArrInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Operation *, bool) const final {
    return true;
  }
  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final {
    return true;
  }
  void processInlinedCallBlocks(
      Operation *call,
      iterator_range<Region::iterator> inlinedBlocks) const final {
    renameInlinedSizes(call, inlinedBlocks);
  }
};

} // namespace

Operation *ArrDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

void ArrDialect::initialize() {
  registerTypes();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/Dialect/Arr/ArrAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "compiler/Dialect/Arr/ArrOps.cpp.inc"
      >();
  addInterfaces<ArrInlinerInterface>();
}
