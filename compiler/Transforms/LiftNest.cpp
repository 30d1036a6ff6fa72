//===- LiftNest.cpp - Statements and elementwise functions of a nest ------===//
#include "compiler/Transforms/LiftNest.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace arr;

int64_t Affine::stepOf(unsigned level) const {
  for (auto [own, step] : steps)
    if (own == level)
      return step;
  return 0;
}

Lifter::Lifter(Operation *root, IndexAnalysis &analysis, bool isStrict)
    : root(root), analysis(analysis), isStrict(isStrict),
      context(root->getContext()), builder(context), loc(root->getLoc()) {
  region.push_back(new Block());
  builder.setInsertionPointToStart(&region.front());
}

LogicalResult Lifter::run() {
  std::optional<SmallVector<Lifted>> lifted = liftLoop(root);
  if (!lifted || !fitsMemory())
    return failure();
  results = std::move(*lifted);
  for (auto [result, old] : llvm::zip(results, root->getResults()))
    if (!result.isScalar() || result.value.getType() != old.getType())
      return failure();
  return success();
}

SmallVector<Value> Lifter::commit(OpBuilder &at) {
  Block *target = at.getInsertionBlock();
  target->getOperations().splice(at.getInsertionPoint(),
                                 region.front().getOperations());
  return llvm::map_to_vector(results,
                             [](const Lifted &lifted) { return lifted.value; });
}

bool Lifter::areOneUpdate(Operation *access, Operation *other,
                          Operation *loop) const {
  auto own = updates.find(access), others = updates.find(other);
  return own != updates.end() && others != updates.end() &&
         own->second.store == others->second.store &&
         llvm::is_contained(own->second.loops, loop);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// What was lifted, or a value from outside the nest.
Lifted Lifter::get(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  Lifted outside;
  if (!root->isAncestor(value.getParentBlock()->getParentOp()))
    outside.value = value;
  return outside;
}

LogicalResult Lifter::liftBlock(Block &block) {
  for (Operation &op : block.without_terminator()) {
    loc = op.getLoc();
    if (failed(liftOp(&op)))
      return failure();
  }
  return success();
}

LogicalResult Lifter::liftOp(Operation *op) {
  auto bind = [&](Result result) {
    if (!result)
      return failure();
    known[op->getResult(0)] = std::move(*result);
    return success();
  };
  if (isa<scf::ForOp, PrangeOp>(op)) {
    std::optional<SmallVector<Lifted>> totals = liftLoop(op);
    if (!totals)
      return failure();
    for (auto [result, total] : llvm::zip(op->getResults(), *totals))
      known[result] = total;
    return success();
  }
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return liftIf(branch);
  if (auto load = dyn_cast<LoadOp>(op))
    return liftRead(op, load.getPlace(), load.getIndices());
  if (auto read = dyn_cast<ReadOp>(op))
    return liftRead(op, read.getPlace(), {});
  if (auto store = dyn_cast<StoreOp>(op))
    return liftWrite(op, store.getPlace(), store.getIndices(),
                     store.getValue());
  if (auto write = dyn_cast<WriteOp>(op))
    return liftWrite(op, write.getPlace(), {}, write.getValue());
  if (!isPure(op) || op->getNumRegions() != 0 || op->getNumResults() != 1)
    return failure();

  // What is the same in all iterations stays what it is.
  SmallVector<Lifted> operands;
  for (Value operand : op->getOperands())
    operands.push_back(get(operand));
  // (What was an element of a place may be an array without axes by now.)
  auto isSame = [](auto pair) {
    auto [old, lifted] = pair;
    return lifted.isValue() && lifted.dims.empty() &&
           lifted.value.getType() == old.getType();
  };
  if (llvm::all_of(llvm::zip(op->getOperands(), operands), isSame)) {
    IRMapping mapping;
    for (auto [old, lifted] : llvm::zip(op->getOperands(), operands))
      mapping.map(old, lifted.value);
    Lifted result;
    result.value = builder.clone(*op, mapping)->getResult(0);
    return bind(result);
  }
  if (isa<ArrayType>(op->getResult(0).getType()) &&
      isa<TransposeOp, ExpandDimsOp, CastShapeOp>(op))
    return bind(liftMovement(op, operands[0]));
  if (auto slice = dyn_cast<SliceOp>(op))
    return bind(liftSlice(slice));
  if (auto cast = dyn_cast<CastShapeOp>(op))
    return bind(liftCast(cast));
  if (auto dim = dyn_cast<DimOp>(op))
    return bind(liftDim(dim));
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return bind(liftReduce(reduce));
  return bind(liftScalar(op));
}

/// A count from 0 in steps of 1.
static Value getCount(Operation *loop) {
  if (auto prange = dyn_cast<PrangeOp>(loop))
    return prange.getCount();
  auto serial = cast<scf::ForOp>(loop);
  bool isPlain = matchPattern(serial.getLowerBound(), m_Zero()) &&
                 matchPattern(serial.getStep(), m_One());
  return isPlain ? serial.getUpperBound() : Value();
}

/// Counts are not negative by how they are computed, in most cases.
static bool isClamped(Value count) {
  Operation *op = count.getDefiningOp();
  return isa_and_nonnull<DimOp, arith::CeilDivUIOp>(op) ||
         (isa_and_nonnull<arith::MaxSIOp>(op) &&
          (matchPattern(op->getOperand(0), m_Zero()) ||
           matchPattern(op->getOperand(1), m_Zero())));
}

std::optional<SmallVector<Lifted>> Lifter::liftLoop(Operation *loop) {
  Block &body = loop->getRegion(0).front();
  Value original = getCount(loop);
  Value count = original ? getInvariant(get(original)) : Value();
  if (!count)
    return std::nullopt;
  if (!isClamped(original))
    count = arith::MaxSIOp::create(builder, loc, count, constant(0));
  auto inits = isa<PrangeOp>(loop) ? cast<PrangeOp>(loop).getInits()
                                   : cast<scf::ForOp>(loop).getInits();
  SmallVector<Lifted> starts;
  for (Value init : inits)
    starts.push_back(get(init));

  levels.truncate(depth);
  levels.push_back({loop, count, nameSize(original, loop)});
  Lifted position;
  position.affine = Affine{Value(), {{depth, 1}}};
  known[body.getArgument(0)] = position;
  SmallVector<Lifted> before;
  for (auto [argument, start] :
       llvm::zip(body.getArguments().drop_front(), starts)) {
    Lifted total = start;
    if (!start.partial) {
      if (start.affine)
        return std::nullopt;
      auto partial = std::make_shared<Partial>();
      partial->source = argument.getAsOpaquePointer();
      partial->depth = depth;
      total = Lifted();
      total.partial = partial;
    }
    known[argument] = total;
    before.push_back(total);
  }
  ++depth;
  if (failed(liftBlock(body)))
    return std::nullopt;
  --depth;

  SmallVector<Lifted> totals;
  for (auto [i, yielded] :
       llvm::enumerate(body.getTerminator()->getOperands())) {
    Lifted total = get(yielded);
    if (!total.partial || total.partial->source != before[i].partial->source)
      return std::nullopt;
    if (starts[i].partial) {
      totals.push_back(total);
      continue;
    }
    Result result = finish(*total.partial, starts[i]);
    if (!result)
      return std::nullopt;
    totals.push_back(*result);
  }
  return totals;
}

LogicalResult Lifter::liftIf(scf::IfOp op) {
  Lifted condition = get(op.getCondition());
  if (!condition.isValue() && !condition.comparison)
    return failure();
  conditions.push_back({op, condition, true});
  if (failed(liftBlock(*op.thenBlock())))
    return failure();
  conditions.back().when = false;
  if (!op.getElseRegion().empty() && failed(liftBlock(*op.elseBlock())))
    return failure();
  conditions.pop_back();
  for (auto [i, result] : llvm::enumerate(op.getResults())) {
    Result choice = liftChoice(condition, get(op.thenYield().getOperand(i)),
                               get(op.elseYield().getOperand(i)));
    if (!choice)
      return failure();
    known[result] = *choice;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

Value Lifter::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

/// The dim of a level: equal counts have equal names.
Attribute Lifter::nameSize(Value count, Operation *loop) {
  APInt literal;
  if (matchPattern(count, m_ConstantInt(&literal)) && literal.isNonNegative())
    return arr::getStaticDim(context, literal.getSExtValue());
  if (Attribute name = analysis.findName(analysis.get(count, loop), loop))
    return name;
  for (const Level &level : ArrayRef(levels).take_front(depth))
    if (getCount(level.loop) == count)
      return level.dim;
  return analysis.createName(context, numNames++);
}

/// 64-bit integers that are the same in all iterations, or linear.
std::optional<Affine> Lifter::getAffine(const Lifted &lifted) {
  if (lifted.affine)
    return lifted.affine;
  if (!lifted.isScalar())
    return std::nullopt;
  Type type = lifted.value.getType();
  if (matchPattern(lifted.value, m_Zero()) &&
      (type.isIndex() || type.isSignlessInteger(64)))
    return Affine();
  if (type.isIndex())
    return Affine{lifted.value, {}};
  if (!type.isSignlessInteger(64))
    return std::nullopt;
  return Affine{arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                           lifted.value),
                {}};
}

Value Lifter::getIndex(const Affine &affine) {
  return affine.base ? affine.base : constant(0);
}

/// An index; null for what differs between iterations.
Value Lifter::getInvariant(const Lifted &lifted) {
  std::optional<Affine> affine = getAffine(lifted);
  return affine && affine->steps.empty() ? getIndex(*affine) : Value();
}

Lifter::Result Lifter::liftAffine(Operation *op) {
  Type type = op->getResult(0).getType();
  if (!type.isIndex() && !type.isSignlessInteger(64))
    return std::nullopt;
  bool isAdd = isa<arith::AddIOp, AddOp>(op),
       isSubtract = isa<arith::SubIOp, SubtractOp>(op),
       isMultiply = isa<arith::MulIOp, MultiplyOp>(op);
  if (!isAdd && !isSubtract && !isMultiply &&
      !isa<arith::IndexCastOp, NegativeOp, PositiveOp>(op))
    return std::nullopt;
  std::optional<Affine> lhs = getAffine(get(op->getOperand(0)));
  if (!lhs)
    return std::nullopt;
  Affine result = *lhs;
  auto scale = [&](int64_t factor) {
    if (result.base)
      result.base =
          arith::MulIOp::create(builder, loc, result.base, constant(factor));
    for (auto &[level, step] : result.steps)
      step *= factor;
    llvm::erase_if(result.steps, [](auto &term) { return term.second == 0; });
  };
  if (isa<NegativeOp>(op))
    scale(-1);
  if (op->getNumOperands() == 2) {
    std::optional<Affine> rhs = getAffine(get(op->getOperand(1)));
    if (!rhs)
      return std::nullopt;
    if (isMultiply) {
      APInt factor;
      Value other = op->getOperand(1);
      if (!matchPattern(other, m_ConstantInt(&factor))) {
        std::swap(result, *rhs);
        other = op->getOperand(0);
      }
      if (!matchPattern(other, m_ConstantInt(&factor)) ||
          factor.getSignificantBits() > 31)
        return std::nullopt;
      scale(factor.getSExtValue());
    } else {
      if (rhs->base && result.base)
        result.base =
            isAdd ? arith::AddIOp::create(builder, loc, result.base, rhs->base)
                        .getResult()
                  : arith::SubIOp::create(builder, loc, result.base, rhs->base)
                        .getResult();
      else if (rhs->base)
        result.base =
            isAdd ? rhs->base
                  : arith::SubIOp::create(builder, loc, constant(0), rhs->base)
                        .getResult();
      for (auto [level, step] : rhs->steps) {
        int64_t sum = result.stepOf(level) + (isAdd ? step : -step);
        llvm::erase_if(result.steps,
                       [l = level](auto &term) { return term.first == l; });
        if (sum != 0)
          result.steps.push_back({level, sum});
      }
    }
  }
  // Steps stay small, so that sums do not overflow.
  for (auto [level, step] : result.steps)
    if (std::abs(step) > int64_t(1) << 40)
      return std::nullopt;
  Lifted lifted;
  lifted.affine = result;
  return lifted;
}

//===----------------------------------------------------------------------===//
// Elementwise functions
//===----------------------------------------------------------------------===//

/// The ufunc that does on arrays what an op of arith does; empty if none does.
static StringRef getUfunc(Operation *op) {
  if (op->hasTrait<Ufunc>())
    return op->getName().getStringRef();
  bool isBool = op->getResult(0).getType().isInteger(1);
  if (isa<arith::SelectOp>(op))
    return "arr.where";
  if (isa<arith::AndIOp>(op))
    return isBool ? "arr.logical_and" : "arr.bitwise_and";
  if (isa<arith::OrIOp>(op))
    return isBool ? "arr.logical_or" : "arr.bitwise_or";
  if (isa<arith::XOrIOp>(op))
    return isBool ? "arr.logical_xor" : "arr.bitwise_xor";
  if (auto compare = dyn_cast<arith::CmpIOp>(op)) {
    if (compare.getLhs().getType().isInteger(1))
      return "";
    switch (compare.getPredicate()) {
    case arith::CmpIPredicate::eq:
      return "arr.equal";
    case arith::CmpIPredicate::ne:
      return "arr.not_equal";
    case arith::CmpIPredicate::slt:
      return "arr.less";
    case arith::CmpIPredicate::sle:
      return "arr.less_equal";
    case arith::CmpIPredicate::sgt:
      return "arr.greater";
    case arith::CmpIPredicate::sge:
      return "arr.greater_equal";
    default:
      return "";
    }
  }
  if (isBool)
    return "";
  if (isa<arith::AddIOp>(op))
    return "arr.add";
  if (isa<arith::SubIOp>(op))
    return "arr.subtract";
  if (isa<arith::MulIOp>(op))
    return "arr.multiply";
  if (isa<arith::MaxSIOp>(op))
    return "arr.maximum";
  if (isa<arith::MinSIOp>(op))
    return "arr.minimum";
  return "";
}

Lifter::Result Lifter::liftScalar(Operation *op) {
  if (Result affine = liftAffine(op))
    return affine;
  SmallVector<Lifted> operands;
  for (Value operand : op->getOperands())
    operands.push_back(get(operand));
  // Positions as values are 64-bit integers.
  if (isa<arith::IndexCastOp>(op) && operands[0].isValue() &&
      !operands[0].isScalar())
    return operands[0];
  StringRef name = getUfunc(op);
  if (name.empty())
    return std::nullopt;
  if (llvm::any_of(operands, [](const Lifted &operand) {
        return operand.partial || operand.comparison;
      }))
    return liftTotal(op, operands);
  Type elementType = arr::getElementTypeOrSelf(op->getResult(0).getType());
  return emit(name, operands, elementType,
              op->hasTrait<Ufunc>() ? op->getAttrs()
                                    : ArrayRef<NamedAttribute>());
}

Lifted Lifter::asValue(const Lifted &lifted) {
  if (lifted.isScalar() && lifted.value.getType().isIndex()) {
    Lifted integer;
    integer.value = arith::IndexCastOp::create(
        builder, loc, builder.getI64Type(), lifted.value);
    return integer;
  }
  if (!lifted.affine)
    return lifted;
  auto toInteger = [&](Value index) -> Value {
    return arith::IndexCastOp::create(builder, loc, builder.getI64Type(),
                                      index);
  };
  Value start = toInteger(getIndex(*lifted.affine));
  Lifted sum;
  for (auto [level, step] : lifted.affine->steps) {
    Value distance = arith::ConstantOp::create(builder, loc,
                                               builder.getI64IntegerAttr(step));
    Lifted range;
    range.dims = {level};
    range.value = ArangeOp::create(
        builder, loc,
        ArrayType::get(context, levels[level].dim, builder.getI64Type()), start,
        distance, levels[level].count);
    sum = sum.value ? *emit("arr.add", {sum, range}, builder.getI64Type())
                    : range;
    start =
        arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(0));
  }
  if (!sum.value)
    sum.value = start;
  return sum;
}

Lifter::Result Lifter::emit(StringRef name, ArrayRef<Lifted> operands,
                            Type elementType,
                            ArrayRef<NamedAttribute> attributes) {
  SmallVector<Lifted> values;
  llvm::SmallSetVector<unsigned, 4> all;
  unsigned ownRank = 0;
  bool hasArray = false;
  for (const Lifted &operand : operands) {
    values.push_back(asValue(operand));
    if (!values.back().isValue())
      return std::nullopt;
    if (values.back().isScalar())
      continue;
    hasArray = true;
    all.insert(values.back().dims.begin(), values.back().dims.end());
    ownRank = std::max(ownRank, values.back().getOwnRank());
  }
  if (elementType.isIndex())
    elementType = builder.getI64Type();
  Lifted result;
  result.dims.assign(all.begin(), all.end());
  llvm::sort(result.dims);
  SmallVector<Value> arguments;
  Attribute one = arr::getStaticDim(context, 1);
  SmallVector<Attribute> dims(result.dims.size() + ownRank, one);
  for (const Lifted &value : values) {
    if (value.isScalar()) {
      arguments.push_back(value.value);
      continue;
    }
    // What is needed many times may be computed once, into memory.
    if (value.dims.size() < result.dims.size())
      stored.push_back(getLoops(value.dims));
    arguments.push_back(align(value, result.dims, ownRank));
    for (auto [dim, own] :
         llvm::zip(dims, arr::getDims(arguments.back().getType())))
      if (dim == one)
        dim = own;
  }
  Type type =
      hasArray ? Type(ArrayType::get(context, dims, elementType)) : elementType;
  OperationState state(loc, name, arguments, type, attributes);
  result.value = builder.create(state)->getResult(0);
  if (hasArray)
    emitted.push_back({result.value, getLoops(result.dims)});
  return result;
}

Value Lifter::align(const Lifted &lifted, ArrayRef<unsigned> dims,
                    unsigned ownRank) {
  SmallVector<int64_t> axes;
  SmallVector<Attribute> types;
  ArrayRef<Attribute> own = arr::getDims(lifted.value.getType());
  Attribute one = arr::getStaticDim(context, 1);
  auto addOne = [&] {
    axes.push_back(types.size());
    types.push_back(one);
  };
  for (unsigned dim : dims) {
    if (!llvm::is_contained(lifted.dims, dim)) {
      addOne();
      continue;
    }
    types.push_back(own.front());
    own = own.drop_front();
  }
  for (unsigned i = own.size(); i < ownRank; ++i)
    addOne();
  llvm::append_range(types, own);
  if (axes.empty())
    return lifted.value;
  Type type = ArrayType::get(context, types,
                             arr::getElementTypeOrSelf(lifted.value.getType()));
  return ExpandDimsOp::create(builder, loc, type, lifted.value, axes);
}

Value Lifter::spread(const Lifted &lifted, ArrayRef<unsigned> dims) {
  SmallVector<Value> sizes;
  SmallVector<Attribute> names;
  SmallVector<unsigned, 4> missing;
  for (unsigned dim : dims)
    if (!llvm::is_contained(lifted.dims, dim)) {
      missing.push_back(dim);
      sizes.push_back(levels[dim].count);
      names.push_back(levels[dim].dim);
    }
  if (missing.empty())
    return lifted.value;
  auto fill = [&](Value scalar) -> Value {
    return FillOp::create(builder, loc,
                          ArrayType::get(context, names, scalar.getType()),
                          scalar, sizes);
  };
  if (lifted.isScalar())
    return fill(lifted.value);
  // A choice between equal values that has all axes; it is folded away.
  Lifted always;
  always.value =
      fill(arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true)));
  always.dims = missing;
  return emit("arr.where", {always, lifted, lifted},
              arr::getElementTypeOrSelf(lifted.value.getType()))
      ->value;
}

Value Lifter::permute(Value array, ArrayRef<int64_t> permutation) {
  if (llvm::is_sorted(permutation))
    return array;
  ArrayRef<Attribute> dims = arr::getDims(array.getType());
  SmallVector<Attribute> permuted;
  for (int64_t axis : permutation)
    permuted.push_back(dims[axis]);
  return TransposeOp::create(builder, loc,
                             arr::cloneWith(array.getType(), permuted), array,
                             permutation);
}

/// Moves the axes of what an iteration has; those of the levels stay in front.
Lifter::Result Lifter::liftMovement(Operation *op, const Lifted &source) {
  if (!source.isValue())
    return std::nullopt;
  unsigned lead = source.dims.size();
  SmallVector<Attribute> dims(
      arr::getDims(source.value.getType()).take_front(lead));
  llvm::append_range(dims, arr::getDims(op->getResult(0).getType()));
  Type type = arr::cloneWith(source.value.getType(), dims);
  SmallVector<int64_t> axes;
  auto shift = [&](ArrayRef<int64_t> own) {
    for (int64_t axis : own)
      axes.push_back(axis + lead);
    return ArrayRef<int64_t>(axes);
  };
  Lifted result;
  result.dims = source.dims;
  if (auto transpose = dyn_cast<TransposeOp>(op)) {
    llvm::append_range(axes, llvm::seq<int64_t>(0, lead));
    result.value = TransposeOp::create(builder, loc, type, source.value,
                                       shift(transpose.getPermutation()));
  } else if (auto expand = dyn_cast<ExpandDimsOp>(op)) {
    result.value = ExpandDimsOp::create(builder, loc, type, source.value,
                                        shift(expand.getAxes()));
  } else {
    result.value = CastShapeOp::create(builder, loc, type, source.value);
  }
  return result;
}

/// A reduction of what an iteration has: its axes come after the levels'.
Lifter::Result Lifter::liftReduce(ReduceOp op) {
  Lifted operand = get(op.getOperand());
  if (!operand.isValue() || operand.isScalar())
    return std::nullopt;
  SmallVector<int64_t> axes;
  for (int64_t axis : op.getAxes())
    axes.push_back(axis + operand.dims.size());
  SmallVector<Attribute> dims(
      arr::getDims(operand.value.getType()).take_front(operand.dims.size()));
  llvm::append_range(dims, arr::getDims(op.getType()));
  Lifted result;
  result.dims = operand.dims;
  result.value = ReduceOp::create(
      builder, loc,
      ArrayType::get(context, dims, arr::getElementTypeOrSelf(op.getType())),
      op.getKind(), operand.value, axes, op.getKeepdims());
  stored.push_back(getLoops(result.dims));
  return result;
}
