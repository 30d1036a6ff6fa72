//===- LiftNest.h - A loop nest for all its iterations at once ------------===//
//
// The lifter runs the body of a nest once, symbolically: a scalar that differs
// between iterations becomes a value with one axis for each loop (*level*) that
// it depends on, an element access the access of a slice, an accumulator a
// reduction. What it emits does the statements one after the other, each for
// all iterations; the caller has proved that this order cannot be told from
// the original one.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_TRANSFORMS_LIFTNEST_H
#define ARR_TRANSFORMS_LIFTNEST_H

#include "compiler/Transforms/IndexAnalysis.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Builders.h"
#include <memory>

namespace arr {

/// base + the sum of step * position over levels; without a base it is 0.
struct Affine {
  mlir::Value base; // index
  llvm::SmallVector<std::pair<unsigned, int64_t>, 2> steps;

  int64_t stepOf(unsigned level) const;
};

struct Partial;
struct TotalComparison;
struct View;

/// What a value of the body is, for all iterations.
struct Lifted {
  /// A scalar that is the same for all, or an array: axes for `dims`, then the
  /// axes that the value has in one iteration.
  mlir::Value value;
  llvm::SmallVector<unsigned, 4> dims; // levels, ascending
  /// Instead of a value: an integer that is linear in the positions,
  std::optional<Affine> affine;
  /// an accumulator on its way,
  std::shared_ptr<const Partial> partial;
  /// an element compared with an accumulator,
  std::shared_ptr<const TotalComparison> comparison;
  /// or a part of a place.
  std::shared_ptr<const View> view;

  bool isValue() const { return value != nullptr; }
  bool isScalar() const {
    return value && !mlir::isa<ArrayType>(value.getType());
  }
  unsigned getOwnRank() const {
    return arr::getRank(value.getType()) - dims.size();
  }
};

/// What is combined with an accumulator in all iterations of the loops around
/// one statement.
struct Contribution {
  Lifted element;
  mlir::Operation *loop; // the innermost one
};

/// An accumulator after some statements of the body.
struct Partial {
  const void *source = nullptr; // what it was at first
  /// It is the total of the levels from `depth` on, and of `reduced`.
  unsigned depth = 0;
  llvm::SmallVector<unsigned, 2> reduced;
  std::optional<ReduceKind> kind;
  /// `max(total, element)` of Python, which skips NaN but keeps a first one.
  bool isComparing = false;
  llvm::SmallVector<Contribution, 2> contributions;
};

/// `element` is greater (less) than a total.
struct TotalComparison {
  Lifted element, total;
  bool isGreater;
};

/// One axis of a place as a body sees it.
struct ViewAxis {
  Affine offset;
  mlir::Value length, step; // of one iteration
  mlir::Attribute dim;
  bool isDropped = false;
};

struct View {
  mlir::Value place; // outside the nest
  llvm::SmallVector<ViewAxis, 4> axes;
};

/// A loop of the nest that is being lifted.
struct Level {
  mlir::Operation *loop;
  mlir::Value count; // index
  mlir::Attribute dim;
};

class Lifter {
public:
  /// Emits before `root`, into a block of its own until `commit`.
  Lifter(mlir::Operation *root, IndexAnalysis &analysis, bool isStrict);

  /// Fails if the nest has anything that has no form for all iterations.
  mlir::LogicalResult run();
  /// Moves what was emitted to `builder`'s position; the root's results.
  llvm::SmallVector<mlir::Value> commit(mlir::OpBuilder &builder);

  /// True if two accesses belong to one update, whose order in the iterations
  /// of `loop` does not matter.
  bool areOneUpdate(mlir::Operation *access, mlir::Operation *other,
                    mlir::Operation *loop) const;

private:
  using Result = std::optional<Lifted>;

  // LiftNest.cpp: statements and positions; LiftValues.cpp: what is computed.
  Lifted get(mlir::Value value);
  mlir::LogicalResult liftBlock(mlir::Block &block);
  mlir::LogicalResult liftOp(mlir::Operation *op);
  std::optional<llvm::SmallVector<Lifted>> liftLoop(mlir::Operation *loop);
  mlir::LogicalResult liftIf(mlir::scf::IfOp op);
  Result liftScalar(mlir::Operation *op);
  Result liftAffine(mlir::Operation *op);
  Result liftReduce(ReduceOp op);
  Result liftMovement(mlir::Operation *op, const Lifted &source);
  std::optional<Affine> getAffine(const Lifted &lifted);
  mlir::Value getIndex(const Affine &affine);
  mlir::Value getInvariant(const Lifted &lifted);
  Result emit(mlir::StringRef name, llvm::ArrayRef<Lifted> operands,
              mlir::Type elementType,
              llvm::ArrayRef<mlir::NamedAttribute> attributes = {});
  /// An array or a scalar; null for what is not a value.
  Lifted asValue(const Lifted &lifted);
  /// The array with axes for exactly `dims`, of size 1 where it has none.
  mlir::Value align(const Lifted &lifted, llvm::ArrayRef<unsigned> dims,
                    unsigned ownRank);
  /// The array with real axes for exactly `dims`.
  mlir::Value spread(const Lifted &lifted, llvm::ArrayRef<unsigned> dims);
  mlir::Value permute(mlir::Value array, llvm::ArrayRef<int64_t> permutation);
  mlir::Value constant(int64_t value);
  mlir::Attribute nameSize(mlir::Value count, mlir::Operation *loop);

  // LiftTotals.cpp: accumulators.
  Result liftTotal(mlir::Operation *op, llvm::ArrayRef<Lifted> operands);
  Result liftComparison(mlir::Operation *op, llvm::ArrayRef<Lifted> operands);
  Result liftChoice(const Lifted &condition, const Lifted &yes,
                    const Lifted &no);
  Result chooseExtreme(const TotalComparison &comparison, const Lifted &yes,
                       const Lifted &no);
  Result chooseTotal(const Lifted &condition, const Partial &yes,
                     const Partial &no);
  Result contribute(const Lifted &total, ReduceKind kind, const Lifted &element,
                    bool isComparing = false);
  /// The element where the condition is `when`, else what changes nothing.
  Result mask(const Lifted &condition, bool when, const Lifted &element,
              ReduceKind kind);
  Result combine(const Partial &partial, const Lifted &lhs, const Lifted &rhs);
  /// The start combined with all contributions.
  Result finish(const Partial &partial, const Lifted &start);

  // LiftPlaces.cpp: memory.
  std::shared_ptr<const View> getView(mlir::Value place);
  std::shared_ptr<const View> getElement(mlir::Value place,
                                         mlir::ValueRange indices);
  Result liftSlice(SliceOp op);
  Result liftCast(CastShapeOp op);
  Result liftDim(DimOp op);
  mlir::LogicalResult liftRead(mlir::Operation *op, mlir::Value place,
                               mlir::ValueRange indices);
  mlir::LogicalResult liftWrite(mlir::Operation *op, mlir::Value place,
                                mlir::ValueRange indices, mlir::Value value);
  /// A view for all iterations, the axes of its levels first.
  mlir::Value emitView(const View &view,
                       llvm::SmallVectorImpl<unsigned> &viewLevels);
  Result emitRead(const View &view);
  /// The levels that an access does not depend on.
  llvm::SmallVector<unsigned, 2> getUnused(const View &view);
  /// True if an access is in range even where conditions do not hold, and
  /// the loops of `unused` levels do not run.
  bool isAlwaysInRange(mlir::Operation *op, mlir::Value place,
                       mlir::ValueRange indices,
                       llvm::ArrayRef<unsigned> unused);
  /// Values that may get memory are not larger than arrays that are there.
  bool fitsMemory();
  llvm::SmallVector<mlir::Operation *>
  getLoops(llvm::ArrayRef<unsigned> dims) const;

  mlir::Operation *root;
  IndexAnalysis &analysis;
  bool isStrict;
  mlir::MLIRContext *context;
  mlir::Region region;
  mlir::OpBuilder builder;
  mlir::Location loc;
  llvm::DenseMap<mlir::Value, Lifted> known;
  /// The first `depth` are around the current statement; one behind them is
  /// the last that there was.
  llvm::SmallVector<Level> levels;
  unsigned depth = 0;
  /// The branches around the current statement.
  struct Condition {
    mlir::scf::IfOp op;
    Lifted value;
    bool when;
  };
  llvm::SmallVector<Condition> conditions;
  llvm::SmallVector<Lifted> results;
  /// What elements of memory are, until something else is written.
  struct KnownElement {
    mlir::Value place;
    llvm::SmallVector<mlir::Value> indices;
    Lifted value;
  };
  llvm::SmallVector<KnownElement> elements;
  /// The store that an access updates for, and in which loops.
  struct Update {
    mlir::Operation *store;
    llvm::SmallVector<mlir::Operation *> loops;
  };
  llvm::DenseMap<mlir::Operation *, Update> updates;
  /// The loops that accesses depend on, and those that values with memory do.
  llvm::SmallVector<llvm::SmallVector<mlir::Operation *>> accessed, stored;
  llvm::SmallVector<
      std::pair<mlir::Value, llvm::SmallVector<mlir::Operation *>>>
      emitted;
  unsigned numNames = 0;
};

} // namespace arr

#endif // ARR_TRANSFORMS_LIFTNEST_H
