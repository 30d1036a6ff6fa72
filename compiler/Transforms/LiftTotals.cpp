//===- LiftTotals.cpp - Accumulators of a nest become reductions ----------===//
//
// While a body is lifted, an accumulator is a `Partial`: the elements that its
// statements combine with it. A statement under a condition contributes what
// changes nothing where the condition does not hold. Where the loops end that
// the total is of, the elements are reduced and combined with the start.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/LiftNest.h"
#include "compiler/Transforms/ReduceKinds.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace arr;

Lifter::Result Lifter::liftTotal(Operation *op, ArrayRef<Lifted> operands) {
  if (isa<WhereOp, arith::SelectOp>(op))
    return liftChoice(operands[0], operands[1], operands[2]);
  if (operands.size() != 2)
    return std::nullopt;
  if (isa<GreaterOp, GreaterEqualOp, LessOp, LessEqualOp>(op))
    return liftComparison(op, operands);
  bool isTurned = isa<SubtractOp, arith::SubIOp>(op);
  std::optional<ReduceKind> kind = getReduceKind(op);
  bool isFirst = operands[0].partial != nullptr;
  if (!kind || (isTurned && !isFirst))
    return std::nullopt;
  Lifted total = operands[isFirst ? 0 : 1], element = operands[isFirst ? 1 : 0];
  if (isTurned) {
    Result negative =
        emit("arr.negative", element,
             arr::getElementTypeOrSelf(op->getResult(0).getType()));
    if (!negative)
      return std::nullopt;
    element = *negative;
  }
  return contribute(total, *kind, element);
}

//===----------------------------------------------------------------------===//
// Contributions
//===----------------------------------------------------------------------===//

static bool isInexact(Type type) { return isa<FloatType, ComplexType>(type); }

Lifter::Result Lifter::contribute(const Lifted &total, ReduceKind kind,
                                  const Lifted &original, bool isComparing) {
  Lifted element = asValue(original);
  if (!total.partial || !element.isValue())
    return std::nullopt;
  auto partial = std::make_shared<Partial>(*total.partial);
  Type type = arr::getElementTypeOrSelf(element.value.getType());
  bool isOrdered = kind == ReduceKind::Add || kind == ReduceKind::Mul;
  if ((isStrict && isOrdered && isInexact(type)) ||
      (partial->kind &&
       (*partial->kind != kind || partial->isComparing != isComparing)))
    return std::nullopt;
  partial->kind = kind;
  partial->isComparing = isComparing;

  // Each iteration contributes, also if all contribute the same.
  SmallVector<unsigned> dims(ArrayRef<unsigned>(partial->reduced));
  for (unsigned level = partial->depth; level < depth; ++level)
    dims.push_back(level);
  element.value = spread(element, dims);
  element.dims.append(dims);
  llvm::sort(element.dims);
  element.dims.erase(llvm::unique(element.dims), element.dims.end());

  Operation *loop = levels[depth - 1].loop;
  Lifted result;
  result.partial = partial;
  if (!partial->contributions.empty() &&
      partial->contributions.back().loop == loop) {
    Result sum =
        combine(*partial, partial->contributions.back().element, element);
    if (!sum)
      return std::nullopt;
    partial->contributions.back().element = *sum;
    return result;
  }
  partial->contributions.push_back({element, loop});
  return result;
}

Lifter::Result Lifter::combine(const Partial &partial, const Lifted &lhs,
                               const Lifted &rhs) {
  Value any = rhs.value ? rhs.value : lhs.value;
  Type type = arr::getElementTypeOrSelf(any.getType());
  return emit(getCombiningUfunc(*partial.kind, type), {lhs, rhs}, type);
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

Lifter::Result Lifter::liftComparison(Operation *op,
                                      ArrayRef<Lifted> operands) {
  bool isTotalFirst = operands[0].partial != nullptr;
  if (isTotalFirst == (operands[1].partial != nullptr))
    return std::nullopt;
  auto comparison = std::make_shared<TotalComparison>();
  comparison->element = operands[isTotalFirst ? 1 : 0];
  comparison->total = operands[isTotalFirst ? 0 : 1];
  comparison->isGreater = isa<GreaterOp, GreaterEqualOp>(op) != isTotalFirst;
  if (!comparison->element.isValue())
    return std::nullopt;
  Lifted result;
  result.comparison = comparison;
  return result;
}

Lifter::Result Lifter::liftChoice(const Lifted &condition, const Lifted &yes,
                                  const Lifted &no) {
  if (condition.comparison)
    return chooseExtreme(*condition.comparison, yes, no);
  if (!condition.isValue())
    return std::nullopt;
  if (yes.partial && no.partial)
    return chooseTotal(condition, *yes.partial, *no.partial);
  Lifted one = asValue(yes), other = asValue(no);
  if (!one.isValue() || !other.isValue())
    return std::nullopt;
  return emit("arr.where", {condition, one, other},
              arr::getElementTypeOrSelf(one.value.getType()));
}

/// `element if element > total else total`, as Python's max and min do.
Lifter::Result Lifter::chooseExtreme(const TotalComparison &comparison,
                                     const Lifted &yes, const Lifted &no) {
  auto isElement = [&](const Lifted &lifted) {
    return lifted.isValue() && lifted.value == comparison.element.value;
  };
  auto isTotal = [&](const Lifted &lifted) {
    const Lifted &total = comparison.total;
    return lifted.partial && lifted.partial->source == total.partial->source &&
           lifted.partial->contributions.size() ==
               total.partial->contributions.size();
  };
  bool isElementFirst = isElement(yes) && isTotal(no);
  if (!isElementFirst && !(isTotal(yes) && isElement(no)))
    return std::nullopt;
  Type type = arr::getElementTypeOrSelf(comparison.element.value.getType());
  bool wantsMax = comparison.isGreater == isElementFirst;
  if (!isInexact(type))
    return contribute(comparison.total,
                      wantsMax ? ReduceKind::Max : ReduceKind::Min,
                      comparison.element);
  // The other way round a NaN would be taken, and then replaced.
  if (!isElementFirst || isa<ComplexType>(type))
    return std::nullopt;
  return contribute(comparison.total,
                    wantsMax ? ReduceKind::FMax : ReduceKind::FMin,
                    comparison.element, /*isComparing=*/true);
}

Lifter::Result Lifter::mask(const Lifted &condition, bool when,
                            const Lifted &element, ReduceKind kind) {
  if (!condition.isValue())
    return std::nullopt;
  Type type = arr::getElementTypeOrSelf(element.value.getType());
  Lifted neutral;
  neutral.value = createNeutral(builder, loc, kind, type);
  return when ? emit("arr.where", {condition, element, neutral}, type)
              : emit("arr.where", {condition, neutral, element}, type);
}

/// Two ways to go on with a total: what each adds counts on its side only.
Lifter::Result Lifter::chooseTotal(const Lifted &condition, const Partial &yes,
                                   const Partial &no) {
  if (yes.source != no.source ||
      (yes.kind && no.kind &&
       (*yes.kind != *no.kind || yes.isComparing != no.isComparing)))
    return std::nullopt;
  auto result = std::make_shared<Partial>(yes.kind ? yes : no);
  result->contributions.clear();
  Lifted lifted;
  lifted.partial = result;
  unsigned common = 0;
  auto isSame = [&](unsigned i) {
    return i < yes.contributions.size() && i < no.contributions.size() &&
           yes.contributions[i].element.value ==
               no.contributions[i].element.value;
  };
  while (isSame(common))
    result->contributions.push_back(yes.contributions[common++]);
  for (const Partial *side : {&yes, &no})
    for (const Contribution &own :
         ArrayRef(side->contributions).drop_front(common)) {
      Result element = mask(condition, side == &yes, own.element, *side->kind);
      if (!element)
        return std::nullopt;
      result->contributions.push_back({*element, own.loop});
    }
  return lifted;
}

//===----------------------------------------------------------------------===//
// Totals
//===----------------------------------------------------------------------===//

/// Sums that start from 0 are the sums of the elements.
static bool isNoStart(ReduceKind kind, const Lifted &start) {
  return kind == ReduceKind::Add && start.isScalar() &&
         (matchPattern(start.value, m_AnyZeroFloat()) ||
          matchPattern(start.value, m_Zero()));
}

Lifter::Result Lifter::finish(const Partial &partial, const Lifted &original) {
  Lifted total = asValue(original);
  if (!total.isValue())
    return std::nullopt;
  bool isFirst = partial.kind && isNoStart(*partial.kind, total);
  for (const Contribution &contribution : partial.contributions) {
    const Lifted &element = contribution.element;
    Type type = arr::getElementTypeOrSelf(element.value.getType());
    SmallVector<int64_t> axes;
    SmallVector<Attribute> dims;
    Lifted reduced;
    ArrayRef<Attribute> own = arr::getDims(element.value.getType());
    for (auto [axis, dim] : llvm::enumerate(element.dims)) {
      if (dim >= partial.depth || llvm::is_contained(partial.reduced, dim)) {
        axes.push_back(axis);
        continue;
      }
      reduced.dims.push_back(dim);
      dims.push_back(own[axis]);
    }
    llvm::append_range(dims, own.drop_front(element.dims.size()));
    Type resultType =
        dims.empty() ? type : Type(ArrayType::get(context, dims, type));
    reduced.value = ReduceOp::create(builder, loc, resultType, *partial.kind,
                                     element.value, axes, /*keepdims=*/false);
    stored.push_back(getLoops(reduced.dims));
    if (isFirst) {
      total = reduced;
      isFirst = false;
      continue;
    }
    Result next;
    if (partial.isComparing) {
      bool wantsMax = *partial.kind == ReduceKind::FMax;
      Result isBetter = emit(wantsMax ? "arr.greater" : "arr.less",
                             {reduced, total}, builder.getI1Type());
      if (isBetter)
        next = emit("arr.where", {*isBetter, reduced, total}, type);
    } else {
      next = combine(partial, total, reduced);
    }
    if (!next)
      return std::nullopt;
    total = *next;
  }
  return total;
}
