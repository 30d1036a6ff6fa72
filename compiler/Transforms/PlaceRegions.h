//===- PlaceRegions.h - Which part of which array an access touches -------===//
#ifndef ARR_TRANSFORMS_PLACEREGIONS_H
#define ARR_TRANSFORMS_PLACEREGIONS_H

#include "compiler/Transforms/IndexAnalysis.h"

namespace arr {

/// Positions [begin, end) of one axis, or all of it.
struct AxisRange {
  bool isWhole = true;
  Linear begin, end;
};

/// A part of the array that `root` is: a box, at least.
struct PlaceRegion {
  mlir::Value root;
  llvm::SmallVector<AxisRange, 4> axes;
};

/// The part of its root that a view is. Where the view cannot be followed, the
/// whole array that could be followed last.
PlaceRegion getRegion(mlir::Value place, IndexAnalysis &analysis,
                      mlir::Operation *at);

/// The part that `place[indices]` is.
PlaceRegion getElementRegion(mlir::Value place, mlir::ValueRange indices,
                             IndexAnalysis &analysis, mlir::Operation *at);

} // namespace arr

#endif // ARR_TRANSFORMS_PLACEREGIONS_H
