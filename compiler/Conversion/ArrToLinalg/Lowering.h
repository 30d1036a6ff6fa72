//===- Lowering.h - What the parts of ArrToLinalg share -------------------===//
#ifndef ARR_CONVERSION_ARRTOLINALG_LOWERING_H
#define ARR_CONVERSION_ARRTOLINALG_LOWERING_H

#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Dialect/Arr/Sizes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Transforms/DialectConversion.h"

namespace arr {

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Values to tensors, places to memrefs with any strides, unsigned to signless.
class ArrTypeConverter : public mlir::TypeConverter {
public:
  ArrTypeConverter();
};

/// The signless type of a scalar.
mlir::Type convertScalarType(mlir::Type type);
/// The type of an array's elements in memory and in tensors: i8 for bool.
mlir::Type convertElementType(mlir::Type type);
mlir::RankedTensorType convertArrayType(mlir::Type type);
mlir::MemRefType convertPlaceType(mlir::Type type);
/// True for `ui8`... and for bool, whose order is that of 0 and 1.
bool isUnsigned(mlir::Type elementType);
/// "u8", "bool", "c64": the dtype as the runtime library's metadata spells it.
mlir::StringAttr spellDType(mlir::Type elementType);

/// A scalar as it is stored in an array of converted element type, and back.
/// `scalarType` is the converted scalar type.
mlir::Value toMemory(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value scalar);
mlir::Value fromMemory(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value element, mlir::Type scalarType);

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

/// A size as a value.
mlir::Value toValue(mlir::OpBuilder &builder, mlir::Location loc,
                    mlir::OpFoldResult size);

/// A fresh contiguous block of `place`'s converted type's shape.
mlir::Value createAlloc(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::MemRefType place,
                        mlir::ArrayRef<mlir::OpFoldResult> sizes);
/// The sizes as they are needed for a tensor or memref type: static ones where
/// the type says so.
mlir::SmallVector<mlir::OpFoldResult> getMixedSizes(mlir::ShapedType type,
                                                    mlir::ValueRange sizes);

//===----------------------------------------------------------------------===//
// linalg.generic
//===----------------------------------------------------------------------===//

/// Collects what a linalg.generic is made of.
struct GenericBuilder {
  mlir::OpBuilder &builder;
  mlir::Location loc;
  unsigned numDims, numReductions = 0;
  mlir::SmallVector<mlir::Value> inputs = {};
  mlir::SmallVector<mlir::AffineMap> inputMaps = {};

  /// Adds an operand, once only if it is there with the same map; its number.
  unsigned addInput(mlir::Value tensor, mlir::AffineMap map);

  /// Elementwise: a result of `type` with `sizes`, one dim for each axis.
  mlir::Value createElementwise(
      mlir::RankedTensorType type, mlir::ArrayRef<mlir::OpFoldResult> sizes,
      mlir::function_ref<mlir::Value(mlir::OpBuilder &, mlir::ValueRange)>
          body);

  /// A reduction; `outputMap` names the parallel dims. `contribution` gives
  /// what is combined, of the accumulator's type.
  mlir::Value createReduction(
      mlir::RankedTensorType type, mlir::ArrayRef<mlir::OpFoldResult> sizes,
      mlir::AffineMap outputMap,
      mlir::ArrayRef<mlir::utils::IteratorType> iterators,
      AccumulatorAttr accumulator,
      mlir::function_ref<mlir::Value(mlir::OpBuilder &, mlir::ValueRange)>
          contribution);
};

/// The kind, type and signedness for a reduction of the original element type.
AccumulatorAttr getAccumulator(ReduceKind kind, mlir::Type elementType);
/// `lhs` and `rhs` combined.
mlir::Value createCombine(mlir::OpBuilder &builder, mlir::Location loc,
                          AccumulatorAttr accumulator, mlir::Value lhs,
                          mlir::Value rhs);
/// What combining starts from; null if the kind has none for the type.
mlir::TypedAttr getIdentity(AccumulatorAttr accumulator);
/// The only element of a tensor without axes, as a scalar.
mlir::Value extractScalar(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value tensor, mlir::Type scalarType);

//===----------------------------------------------------------------------===//
// Patterns, one function for each file
//===----------------------------------------------------------------------===//

void populatePlacePatterns(ArrTypeConverter &converter,
                           mlir::RewritePatternSet &patterns);
void populateViewPatterns(ArrTypeConverter &converter,
                          mlir::RewritePatternSet &patterns);
void populateValuePatterns(ArrTypeConverter &converter,
                           mlir::RewritePatternSet &patterns);
void populateReductionPatterns(ArrTypeConverter &converter,
                               mlir::RewritePatternSet &patterns);
void populateControlPatterns(ArrTypeConverter &converter,
                             mlir::RewritePatternSet &patterns);

} // namespace arr

#endif // ARR_CONVERSION_ARRTOLINALG_LOWERING_H
