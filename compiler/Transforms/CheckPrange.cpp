//===- CheckPrange.cpp - Proves the iterations of prange independent ------===//
//
// Every access of the body to an array from outside is a box of positions that
// are linear in the loop's index. For a write and any other access to the same
// array, the boxes of two different iterations must be disjoint on some axis.
// Left: loops that are proved, loops marked `unchecked`, and loops that update
// arrays, marked for arr-private-copies.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/LoopDependence.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAliases.h"
#include "compiler/Transforms/PrivateCopies.h"
#include "compiler/Transforms/ReduceKinds.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/SetVector.h"

namespace arr {
#define GEN_PASS_DEF_CHECKPRANGE
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

class LoopChecker {
public:
  LoopChecker(PrangeOp loop, IndexAnalysis &analysis)
      : loop(loop), analysis(analysis),
        dependence(loop, loop.getInductionVar(), analysis) {}

  struct Conflict {
    const Access *write, *other;
  };
  /// Two accesses, from different iterations, that may touch one element; not
  /// in reductions that are known.
  std::optional<Conflict> findConflict();
  /// Fails after an error message.
  LogicalResult check();

private:
  void collect();
  void collectCall(func::CallOp call);
  void add(Operation *op, Value place, std::optional<ValueRange> indices,
           bool isWrite);
  bool isOutside(Value value) {
    return !loop.getRegion().isAncestor(value.getParentRegion());
  }

  void findReductions();
  void markReductions();
  /// The function of `place[...] = f(place[...], other)`, where `op` stores;
  /// null for other stores. Sets the op that reads.
  Operation *getUpdate(Operation *op, Operation *&read) const;

  bool areIndependent(const Access &write, const Access &other) {
    return write.region.root == other.region.root &&
           dependence.areDisjoint(write, other);
  }
  void report(const Access &write, const Access &other);
  std::string describe(const Access &write, const Access &other);
  std::string spell(const Access &access, StringRef iteration);

  PrangeOp loop;
  IndexAnalysis &analysis;
  SmallVector<Access, 8> accesses;
  llvm::SetVector<Value> reductions;
  LoopDependence dependence;
};

struct CheckPrangePass : arr::impl::CheckPrangeBase<CheckPrangePass> {
  void runOnOperation() override;
};

} // namespace

void CheckPrangePass::runOnOperation() {
  IndexAnalysis analysis(getOperation());
  SmallVector<PrangeOp> serial;
  bool failed = false;
  getOperation().walk([&](PrangeOp loop) {
    if (loop.getUnchecked())
      return;
    LoopChecker checker(loop, analysis);
    // What the version without checks does in parallel is legal in any order.
    if (loop->hasAttr("fallback")) {
      if (checker.findConflict())
        serial.push_back(loop);
      return;
    }
    failed |= checker.check().failed();
  });
  if (failed)
    return signalPassFailure();
  llvm::for_each(serial, makeSerial);
}

//===----------------------------------------------------------------------===//
// Accesses
//===----------------------------------------------------------------------===//

void LoopChecker::add(Operation *op, Value place,
                      std::optional<ValueRange> indices, bool isWrite) {
  PlaceRegion region = indices ? getElementRegion(place, *indices, analysis, op)
                               : getRegion(place, analysis, op);
  // Fresh arrays of an iteration are its own.
  if (isFreshPlace(region.root) && !isOutside(region.root))
    return;
  accesses.push_back({op, region, isWrite});
}

void LoopChecker::collectCall(func::CallOp call) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  for (auto [index, argument] : llvm::enumerate(call.getOperands())) {
    if (!isa<PlaceType>(argument.getType()))
      continue;
    bool isWritten = !callee || callee.getArgAttr(index, "arr.written");
    add(call, argument, std::nullopt, isWritten);
  }
}

void LoopChecker::collect() {
  loop.getRegion().walk([&](Operation *op) {
    if (auto load = dyn_cast<LoadOp>(op))
      add(op, load.getPlace(), ValueRange(load.getIndices()), false);
    else if (auto store = dyn_cast<StoreOp>(op))
      add(op, store.getPlace(), ValueRange(store.getIndices()), true);
    else if (auto read = dyn_cast<ReadOp>(op))
      add(op, read.getPlace(), std::nullopt, false);
    else if (auto write = dyn_cast<WriteOp>(op))
      add(op, write.getPlace(), std::nullopt, true);
    else if (auto reshape = dyn_cast<ReshapeOp>(op);
             reshape && isa<PlaceType>(reshape.getType()))
      add(op, reshape.getSource(), std::nullopt, false);
    else if (auto call = dyn_cast<func::CallOp>(op))
      collectCall(call);
    else if (isa<PrintOp, SaveFileOp, CallExternOp>(op))
      for (Value operand : op->getOperands())
        if (isa<PlaceType>(operand.getType()))
          add(op, operand, std::nullopt, isa<CallExternOp>(op));
  });
}

//===----------------------------------------------------------------------===//
// Reductions into arrays
//===----------------------------------------------------------------------===//

Operation *LoopChecker::getUpdate(Operation *op, Operation *&read) const {
  Value value;
  if (auto store = dyn_cast<StoreOp>(op))
    value = store.getValue();
  else if (auto write = dyn_cast<WriteOp>(op))
    value = write.getValue();
  Operation *function = value ? value.getDefiningOp() : nullptr;
  if (!function || !value.hasOneUse() || !function->hasTrait<Ufunc>() ||
      !getReduceKind(function))
    return nullptr;
  for (Value operand : function->getOperands()) {
    read = operand.getDefiningOp();
    if (isa<SubtractOp>(function) && operand != function->getOperand(0))
      continue;
    if (!read || !operand.hasOneUse())
      continue;
    auto load = dyn_cast<LoadOp>(read);
    auto store = dyn_cast<StoreOp>(op);
    if (load && store && load.getPlace() == store.getPlace() &&
        load.getIndices() == store.getIndices())
      return function;
    auto whole = dyn_cast<ReadOp>(read);
    auto write = dyn_cast<WriteOp>(op);
    if (whole && write && whole.getPlace() == write.getPlace())
      return function;
  }
  return nullptr;
}

void LoopChecker::findReductions() {
  llvm::DenseMap<Value, ReduceKind> kinds;
  llvm::DenseSet<Value> others;
  llvm::DenseSet<Operation *> reads;
  for (const Access &access : accesses) {
    if (!access.isWrite)
      continue;
    Operation *read = nullptr;
    Operation *update = getUpdate(access.op, read);
    if (!update) {
      others.insert(access.region.root);
      continue;
    }
    reads.insert(read);
    ReduceKind kind = *getReduceKind(update);
    auto [known, isNew] = kinds.try_emplace(access.region.root, kind);
    if (known->second != kind)
      others.insert(access.region.root);
  }
  for (const Access &access : accesses)
    if (!access.isWrite && !reads.contains(access.op))
      others.insert(access.region.root);
  for (auto [root, kind] : kinds) {
    bool isAlone = !others.contains(root);
    for (const Access &access : accesses)
      isAlone &= access.region.root == root ||
                 !mayShareMemory(access.region.root, root);
    if (isAlone)
      reductions.insert(root);
  }
}

void LoopChecker::markReductions() {
  loop->setAttr(updateAttrName, UnitAttr::get(loop.getContext()));
  for (const Access &access : accesses) {
    Operation *read = nullptr;
    if (access.isWrite && reductions.contains(access.region.root))
      access.op->setAttr(
          updateAttrName,
          ReduceKindAttr::get(loop.getContext(),
                              *getReduceKind(getUpdate(access.op, read))));
  }
}

//===----------------------------------------------------------------------===//
// Independence
//===----------------------------------------------------------------------===//

std::optional<LoopChecker::Conflict> LoopChecker::findConflict() {
  if (accesses.empty())
    collect();
  for (const Access &write : accesses) {
    if (!write.isWrite || reductions.contains(write.region.root))
      continue;
    for (const Access &other : accesses)
      if (mayShareMemory(write.region.root, other.region.root) &&
          !areIndependent(write, other))
        return Conflict{&write, &other};
  }
  return std::nullopt;
}

LogicalResult LoopChecker::check() {
  if (!findConflict())
    return success();
  findReductions();
  std::optional<Conflict> conflict = findConflict();
  if (!conflict) {
    markReductions();
    return success();
  }
  report(*conflict->write, *conflict->other);
  return failure();
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

/// "[2 * i + 1, :]"; "?" for what is not known by a name here.
std::string LoopChecker::spell(const Access &access, StringRef iteration) {
  Atom position{loop.getInductionVar().getAsOpaquePointer()};
  auto spellAxis = [&](const AxisRange &axis) -> std::string {
    Linear length = axis.end - axis.begin;
    if (axis.isWhole || !length.terms.empty() || length.constant != 1)
      return axis.isWhole ? ":" : "?";
    Linear rest = axis.begin;
    int64_t factor = rest.coefficient(position);
    rest = rest.plus(Linear::of(position), -factor);
    if (!rest.terms.empty())
      return "?";
    std::string text;
    if (factor != 0) {
      text = factor == 1 ? "" : std::to_string(factor) + " * ";
      text += iteration;
      if (rest.constant == 0)
        return text;
      text += rest.constant < 0 ? " - " : " + ";
      return text + std::to_string(std::abs(rest.constant));
    }
    return std::to_string(rest.constant);
  };
  std::string text = "[";
  for (auto [i, axis] : llvm::enumerate(access.region.axes))
    text += (i == 0 ? "" : ", ") + spellAxis(axis);
  return text + "]";
}

/// Two iterations that touch the same element, and which one.
std::string LoopChecker::describe(const Access &write, const Access &other) {
  if (write.region.root != other.region.root)
    return "two arrays that are touched here may overlap";
  Atom position{loop.getInductionVar().getAsOpaquePointer()};
  std::string touched = other.isWrite ? "writes" : "reads";
  bool isFixed = true, isSame = true;
  std::optional<int64_t> distance;
  for (auto [mine, others] : llvm::zip(write.region.axes, other.region.axes)) {
    if (mine.isWhole && others.isWhole)
      continue;
    Linear difference = mine.begin - others.begin;
    int64_t factor = mine.begin.coefficient(position);
    isFixed &=
        factor == 0 && others.begin.coefficient(position) == 0 && !mine.isWhole;
    isSame &= difference.terms.empty() && factor != 0;
    if (isSame && difference.constant % factor == 0)
      distance = difference.constant / factor;
  }
  if (isFixed)
    return "iteration 0 may write what iteration 1 " + touched + ": element " +
           spell(write, "i");
  if (isSame && distance && *distance != 0)
    return "iteration i writes what iteration i " +
           std::string(*distance > 0 ? "+ " : "- ") +
           std::to_string(std::abs(*distance)) + " " + touched + ": element " +
           spell(write, "i");
  return "iteration i may write what iteration j " + touched + ": elements " +
         spell(write, "i") + " and " + spell(other, "j");
}

void LoopChecker::report(const Access &write, const Access &other) {
  InFlightDiagnostic error = emitError(loop.getLoc())
                             << "[prange-conflict] the iterations of this "
                                "`prange` are not independent: "
                             << describe(write, other);
  error.attachNote(write.op->getLoc()) << "written here";
  if (other.op != write.op)
    error.attachNote(other.op->getLoc())
        << (other.isWrite ? "and written here" : "and read here");
}
