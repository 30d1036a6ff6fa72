//===- Arr.h - The arr dialect: include this ------------------------------===//
#ifndef ARR_DIALECT_ARR_H
#define ARR_DIALECT_ARR_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace arr {
/// A scalar of scalars, or a value to whose sizes every operand broadcasts.
mlir::LogicalResult verifyElementwise(mlir::Operation *op);

/// Marks the elementwise functions of ArrUfuncs.td.
template <typename Op>
class Ufunc : public mlir::OpTrait::TraitBase<Op, Ufunc> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) {
    return verifyElementwise(op);
  }
};

/// After a body was inlined: its sizes get names that are new in the caller, or
/// the caller's own where the call shows what they are.
void renameInlinedSizes(
    mlir::Operation *call,
    llvm::iterator_range<mlir::Region::iterator> inlinedBlocks);
} // namespace arr

#include "compiler/Dialect/Arr/ArrDialect.h.inc"
#include "compiler/Dialect/Arr/ArrEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/Dialect/Arr/ArrAttrs.h.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/Dialect/Arr/ArrTypes.h.inc"
#define GET_OP_CLASSES
#include "compiler/Dialect/Arr/ArrOps.h.inc"

namespace arr {

/// The dims of a value or place.
llvm::ArrayRef<mlir::Attribute> getDims(mlir::Type type);
/// The element type of a value or place; a scalar's own type.
mlir::Type getElementTypeOrSelf(mlir::Type type);
/// The rank of a value or place; 0 for a scalar.
int64_t getRank(mlir::Type type);
/// `!arr.array` for `!arr.array`, `!arr.place` for `!arr.place`, with other dims.
mlir::Type cloneWith(mlir::Type type, llvm::ArrayRef<mlir::Attribute> dims);
/// The attribute for a size: an IntegerAttr, or a StringAttr ("n", "?").
mlir::Attribute getStaticDim(mlir::MLIRContext *context, int64_t size);
mlir::Attribute getUnknownDim(mlir::MLIRContext *context);

} // namespace arr

#endif // ARR_DIALECT_ARR_H
