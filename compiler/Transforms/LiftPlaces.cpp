//===- LiftPlaces.cpp - Accesses of a nest become accesses of slices ------===//
//
// An axis whose index is linear in one level's position is a slice along that
// level. A store must depend on every level, or be the end of an update, whose
// other levels are reduced.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/LiftNest.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace arr;

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

/// A place from outside is a view of all of itself.
std::shared_ptr<const View> Lifter::getView(Value place) {
  Lifted lifted = get(place);
  if (lifted.view || !lifted.isValue() || !lifted.dims.empty() ||
      !isa<PlaceType>(lifted.value.getType()))
    return lifted.view;
  auto view = std::make_shared<View>();
  view->place = lifted.value;
  for (auto [axis, dim] :
       llvm::enumerate(arr::getDims(lifted.value.getType()))) {
    Value length = DimOp::create(builder, loc, lifted.value, axis);
    view->axes.push_back({Affine(), length, constant(1), dim});
  }
  return view;
}

/// A part of a whole place; parts of parts only where axes are dropped.
Lifter::Result Lifter::liftSlice(SliceOp op) {
  std::shared_ptr<const View> source = getView(op.getSource());
  if (!source)
    return std::nullopt;
  auto view = std::make_shared<View>(*source);
  unsigned next = 0, kept = 0;
  ArrayRef<Attribute> dims = arr::getDims(op.getType());
  for (ViewAxis &axis : view->axes) {
    if (axis.isDropped)
      continue;
    std::optional<Affine> offset = getAffine(get(op.getOffsets()[next]));
    Value length = getInvariant(get(op.getLengths()[next]));
    Value step = getInvariant(get(op.getSteps()[next]));
    bool isWhole = !axis.offset.base && axis.offset.steps.empty() &&
                   matchPattern(axis.step, m_One());
    if (!isWhole || !offset || !length || !step)
      return std::nullopt;
    axis = {*offset, length, step, Attribute()};
    axis.isDropped = llvm::is_contained(op.getDropped(), int64_t(next++));
    if (!axis.isDropped)
      axis.dim = dims[kept++];
  }
  Lifted result;
  result.view = view;
  return result;
}

Lifter::Result Lifter::liftCast(CastShapeOp op) {
  std::shared_ptr<const View> source = get(op.getSource()).view;
  if (!source)
    return std::nullopt;
  auto view = std::make_shared<View>(*source);
  ArrayRef<Attribute> dims = arr::getDims(op.getType());
  for (ViewAxis &axis : view->axes)
    if (!axis.isDropped) {
      axis.dim = dims.front();
      dims = dims.drop_front();
    }
  Lifted result;
  result.view = view;
  return result;
}

Lifter::Result Lifter::liftDim(DimOp op) {
  std::shared_ptr<const View> view = get(op.getArray()).view;
  if (!view)
    return std::nullopt;
  unsigned axis = op.getAxis();
  Lifted result;
  for (const ViewAxis &own : view->axes)
    if (!own.isDropped && axis-- == 0)
      result.value = own.length;
  return result;
}

std::shared_ptr<const View> Lifter::getElement(Value place,
                                               ValueRange indices) {
  std::shared_ptr<const View> source = getView(place);
  if (!source)
    return nullptr;
  auto view = std::make_shared<View>(*source);
  for (ViewAxis &axis : view->axes) {
    if (axis.isDropped)
      continue;
    std::optional<Affine> offset = getAffine(get(indices.front()));
    bool isWhole = !axis.offset.base && axis.offset.steps.empty() &&
                   matchPattern(axis.step, m_One());
    if (!isWhole || !offset)
      return nullptr;
    axis.offset = *offset;
    axis.isDropped = true;
    indices = indices.drop_front();
  }
  return view;
}

SmallVector<unsigned, 2> Lifter::getUnused(const View &view) {
  SmallVector<unsigned, 2> unused;
  for (unsigned level = 0; level < depth; ++level)
    if (llvm::none_of(view.axes, [&](const ViewAxis &axis) {
          return axis.offset.stepOf(level) != 0;
        }))
      unused.push_back(level);
  return unused;
}

Value Lifter::emitView(const View &view,
                       SmallVectorImpl<unsigned> &viewLevels) {
  SmallVector<Value> offsets, lengths, steps;
  SmallVector<int64_t> dropped;
  SmallVector<Attribute> dims;
  // For each axis of the slice: its level, or its number behind all levels.
  SmallVector<unsigned> order;
  bool isWhole = true;
  Value one = constant(1);
  for (auto [axis, own] : llvm::enumerate(view.axes)) {
    offsets.push_back(getIndex(own.offset));
    if (own.offset.steps.size() > 1 ||
        (!own.isDropped && !own.offset.steps.empty()))
      return {};
    Attribute dim = own.dim;
    isWhole &= !own.offset.base;
    if (!own.isDropped) {
      lengths.push_back(own.length);
      steps.push_back(own.step);
      order.push_back(levels.size() + axis);
    } else if (own.offset.steps.empty()) {
      lengths.push_back(one);
      steps.push_back(one);
      dropped.push_back(axis);
      isWhole = false;
      continue;
    } else {
      auto [level, step] = own.offset.steps.front();
      if (llvm::is_contained(viewLevels, level))
        return {};
      viewLevels.push_back(level);
      lengths.push_back(levels[level].count);
      steps.push_back(constant(step));
      dim = levels[level].dim;
      order.push_back(level);
    }
    isWhole &= matchPattern(steps.back(), m_One()) &&
               dim == arr::getDims(view.place.getType())[axis] &&
               dim != arr::getUnknownDim(context);
    dims.push_back(dim);
  }
  Value slice = view.place;
  if (!isWhole)
    slice = SliceOp::create(builder, loc,
                            arr::cloneWith(view.place.getType(), dims),
                            view.place, offsets, lengths, steps, dropped);
  SmallVector<int64_t> permutation =
      llvm::to_vector(llvm::seq<int64_t>(0, order.size()));
  llvm::sort(permutation,
             [&](int64_t a, int64_t b) { return order[a] < order[b]; });
  llvm::sort(viewLevels);
  return permute(slice, permutation);
}

//===----------------------------------------------------------------------===//
// Reads
//===----------------------------------------------------------------------===//

/// The axes of unknown size of two reads are not known to be equal.
static bool hasUnknownDim(Type type) {
  return llvm::is_contained(arr::getDims(type),
                            arr::getUnknownDim(type.getContext()));
}

Lifter::Result Lifter::emitRead(const View &view) {
  SmallVector<unsigned> viewLevels;
  Value place = emitView(view, viewLevels);
  if (!place || hasUnknownDim(place.getType()))
    return std::nullopt;
  Lifted result;
  result.dims.assign(viewLevels.begin(), viewLevels.end());
  result.value =
      ReadOp::create(builder, loc,
                     ArrayType::get(context, arr::getDims(place.getType()),
                                    arr::getElementTypeOrSelf(place.getType())),
                     place);
  accessed.push_back(getLoops(viewLevels));
  return result;
}

/// The op that stores to what `read` reads, later in the same block.
static Operation *findStore(Operation *read) {
  for (Operation *op = read->getNextNode(); op; op = op->getNextNode()) {
    if (auto load = dyn_cast<LoadOp>(read)) {
      auto store = dyn_cast<StoreOp>(op);
      if (store && store.getPlace() == load.getPlace() &&
          store.getIndices() == load.getIndices())
        return op;
    } else if (auto write = dyn_cast<WriteOp>(op);
               write && write.getPlace() == cast<ReadOp>(read).getPlace()) {
      return op;
    }
  }
  return nullptr;
}

LogicalResult Lifter::liftRead(Operation *op, Value place, ValueRange indices) {
  Value result = op->getResult(0);
  for (const KnownElement &element : elements)
    if (element.place == place && ValueRange(element.indices) == indices &&
        isa<ArrayType>(result.getType()) == indices.empty()) {
      known[result] = element.value;
      return success();
    }
  std::shared_ptr<const View> view =
      isa<LoadOp>(op) ? getElement(place, indices) : getView(place);
  if (!view)
    return failure();
  SmallVector<unsigned, 2> unused = getUnused(*view);
  Operation *store = unused.empty() ? nullptr : findStore(op);
  if (store) {
    if (!isAlwaysInRange(op, place, indices, unused))
      return failure();
    auto partial = std::make_shared<Partial>();
    partial->source = store;
    partial->depth = depth;
    partial->reduced = unused;
    known[result].partial = partial;
    SmallVector<Operation *> loops = getLoops(unused);
    updates[op] = {store, loops};
    updates[store] = {store, loops};
    return success();
  }
  if (!conditions.empty() && !isAlwaysInRange(op, place, indices, {}))
    return failure();
  Lifted element;
  if (isa<LoadOp>(op) && unused.size() == depth &&
      isAlwaysInRange(op, place, indices, unused)) {
    SmallVector<Value> positions;
    for (Value index : indices)
      positions.push_back(getIndex(*getAffine(get(index))));
    Lifted whole = get(place);
    if (whole.isValue())
      element.value = LoadOp::create(builder, loc, result.getType(),
                                     whole.value, positions);
  }
  if (!element.value) {
    Result read = emitRead(*view);
    if (!read)
      return failure();
    element = *read;
  }
  known[result] = element;
  elements.push_back({place, SmallVector<Value>(indices), element});
  return success();
}

bool Lifter::isAlwaysInRange(Operation *op, Value place, ValueRange indices,
                             ArrayRef<unsigned> unused) {
  SmallVector<Operation *> skipped = getLoops(unused);
  for (const Condition &condition : conditions)
    skipped.push_back(condition.op);
  IndexAnalysis::Facts facts = analysis.getFacts(op, [&](Operation *around) {
    return !llvm::is_contained(skipped, around);
  });
  auto isInRange = [&](Value array, unsigned axis, Value index) {
    Linear position = analysis.get(index, op);
    Linear size = analysis.getSize(array, axis, op);
    return analysis.isNonNegative(position, facts, op) &&
           analysis.isNonNegative(size - position - Linear(1), facts, op);
  };
  for (auto [axis, index] : llvm::enumerate(indices))
    if (!isInRange(place, axis, index))
      return false;
  // Of slices, those that drop axes and keep the others as they are.
  while (root->isAncestor(place.getParentBlock()->getParentOp())) {
    Operation *view = place.getDefiningOp();
    if (auto cast = dyn_cast_or_null<CastShapeOp>(view)) {
      place = cast.getSource();
      continue;
    }
    auto slice = dyn_cast_or_null<SliceOp>(view);
    if (!slice)
      return false;
    place = slice.getSource();
    for (auto [axis, offset] : llvm::enumerate(slice.getOffsets())) {
      if (llvm::is_contained(slice.getDropped(), int64_t(axis))) {
        if (!isInRange(place, axis, offset))
          return false;
        continue;
      }
      Linear rest = analysis.getSize(place, axis, op) -
                    analysis.get(slice.getLengths()[axis], op);
      if (!matchPattern(offset, m_Zero()) || !rest.terms.empty() ||
          rest.constant != 0)
        return false;
    }
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Writes
//===----------------------------------------------------------------------===//

LogicalResult Lifter::liftWrite(Operation *op, Value place, ValueRange indices,
                                Value original) {
  std::shared_ptr<const View> view =
      isa<StoreOp>(op) ? getElement(place, indices) : getView(place);
  if (!view)
    return failure();
  SmallVector<unsigned, 2> unused = getUnused(*view);
  Lifted value = asValue(get(original));
  if (!conditions.empty()) {
    // What is written where no condition holds is what was there: nobody else
    // may write it meanwhile.
    if (root->getParentOfType<PrangeOp>() ||
        !isAlwaysInRange(op, place, indices, {}))
      return failure();
  }
  if (value.partial && value.partial->source == op) {
    auto partial = std::make_shared<Partial>(*value.partial);
    for (const Condition &condition : conditions)
      for (Contribution &contribution : partial->contributions) {
        Result masked = mask(condition.value, condition.when,
                             contribution.element, *partial->kind);
        if (!masked)
          return failure();
        contribution.element = *masked;
      }
    Result start = emitRead(*view);
    Result total = start ? finish(*partial, *start) : std::nullopt;
    if (!total)
      return failure();
    value = *total;
  } else if (!unused.empty()) {
    return failure();
  } else if (!conditions.empty()) {
    Result old = emitRead(*view);
    for (const Condition &condition : conditions) {
      if (!old || !condition.value.isValue() || !value.isValue())
        return failure();
      Type type = arr::getElementTypeOrSelf(old->value.getType());
      value = condition.when
                  ? *emit("arr.where", {condition.value, value, *old}, type)
                  : *emit("arr.where", {condition.value, *old, value}, type);
    }
  }
  if (!value.isValue())
    return failure();
  SmallVector<unsigned> viewLevels;
  Value target = emitView(*view, viewLevels);
  if (!target || hasUnknownDim(target.getType()))
    return failure();
  accessed.push_back(getLoops(viewLevels));
  value.value = spread(value, viewLevels);
  if (!isa<ArrayType>(value.value.getType()))
    value.value = FillOp::create(
        builder, loc, ArrayType::get(context, {}, value.value.getType()),
        value.value, ValueRange());
  value.dims.assign(viewLevels.begin(), viewLevels.end());
  if (arr::getDims(value.value.getType()) != arr::getDims(target.getType()))
    return failure();
  WriteOp::create(builder, loc, value.value, target);
  elements.clear();
  if (conditions.empty())
    elements.push_back({place, SmallVector<Value>(indices), value});
  return success();
}

//===----------------------------------------------------------------------===//
// The size of temporaries
//===----------------------------------------------------------------------===//

SmallVector<Operation *> Lifter::getLoops(ArrayRef<unsigned> dims) const {
  return llvm::map_to_vector(
      dims, [&](unsigned level) { return levels[level].loop; });
}

/// Reductions, and what is used more than once, may be computed into memory
/// that the loops did not need. Never more than a place that they go through.
bool Lifter::fitsMemory() {
  for (auto &[value, loops] : emitted)
    if (!value.use_empty() && !value.hasOneUse())
      stored.push_back(loops);
  return llvm::all_of(stored, [&](ArrayRef<Operation *> loops) {
    return loops.empty() ||
           llvm::any_of(accessed, [&](ArrayRef<Operation *> others) {
             return llvm::all_of(loops, [&](Operation *loop) {
               return llvm::is_contained(others, loop);
             });
           });
  });
}
