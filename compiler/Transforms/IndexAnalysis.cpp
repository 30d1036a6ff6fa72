//===- IndexAnalysis.cpp - What is known about indices and sizes ----------===//
#include "compiler/Transforms/IndexAnalysis.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace arr;

using Predicate = arith::CmpIPredicate;

//===----------------------------------------------------------------------===//
// Linear expressions
//===----------------------------------------------------------------------===//

Linear Linear::plus(const Linear &other, int64_t factor) const {
  Linear result = *this;
  result.constant += factor * other.constant;
  for (auto [atom, coefficient] : other.terms) {
    auto *known = llvm::find_if(result.terms, [&, a = atom](const auto &term) {
      return term.first == a;
    });
    if (known == result.terms.end())
      result.terms.push_back({atom, factor * coefficient});
    else
      known->second += factor * coefficient;
  }
  llvm::erase_if(result.terms,
                 [](const auto &term) { return term.second == 0; });
  return result;
}

int64_t Linear::coefficient(Atom atom) const {
  for (auto [other, coefficient] : terms)
    if (other == atom)
      return coefficient;
  return 0;
}

Linear Linear::map(llvm::function_ref<Linear(Atom)> replacement) const {
  Linear result(constant);
  for (auto [atom, coefficient] : terms)
    result = result.plus(replacement(atom), coefficient);
  return result;
}

//===----------------------------------------------------------------------===//
// Values and sizes as linear expressions
//===----------------------------------------------------------------------===//

/// Coefficients stay small, so that sums of products do not overflow.
static bool isSmall(int64_t value) {
  return value > -(1 << 30) && value < (1 << 30);
}

static std::optional<int64_t> getConstant(Value value) {
  APInt constant;
  if (!matchPattern(value, m_ConstantInt(&constant)) ||
      constant.getSignificantBits() > 62)
    return std::nullopt;
  return constant.getSExtValue();
}

static bool isMachineInteger(Type type) {
  return type.isIndex() || type.isSignlessInteger(64);
}

IndexAnalysis::IndexAnalysis(Operation *function) : dominance(function) {
  function->walk([&](Operation *op) {
    if (auto check = dyn_cast<RequireOp>(op))
      checks.push_back(check);
    if (isa<FloorDivideOp, arith::FloorDivSIOp>(op) &&
        isMachineInteger(op->getResult(0).getType()))
      if (std::optional<int64_t> divisor = getConstant(op->getOperand(1));
          divisor && *divisor > 0 && isSmall(*divisor))
        divisions.push_back(op);
    auto addNames = [&](TypeRange types) {
      for (Type type : types)
        for (Attribute dim : arr::getDims(type))
          named[dim].push_back(op);
    };
    addNames(op->getResultTypes());
    for (Region &region : op->getRegions())
      addNames(region.getArgumentTypes());
  });
}

Linear IndexAnalysis::get(Value value, Operation *at) {
  if (std::optional<int64_t> constant = getConstant(value);
      constant && isSmall(*constant))
    return *constant;
  Operation *op = value.getDefiningOp();
  if (!op || !isMachineInteger(value.getType()))
    return atomOf(value, at);
  if (auto dim = dyn_cast<DimOp>(op))
    return getSize(dim.getArray(), dim.getAxis(), at);
  if (isa<arith::IndexCastOp>(op) &&
      isMachineInteger(op->getOperand(0).getType()))
    return get(op->getOperand(0), at);
  if (isa<arith::AddIOp, AddOp>(op))
    return get(op->getOperand(0), at) + get(op->getOperand(1), at);
  if (isa<arith::SubIOp, SubtractOp>(op))
    return get(op->getOperand(0), at) - get(op->getOperand(1), at);
  if (isa<NegativeOp>(op))
    return get(op->getOperand(0), at).times(-1);
  if (isa<PositiveOp>(op))
    return get(op->getOperand(0), at);
  if (isa<arith::MaxSIOp>(op) && matchPattern(op->getOperand(1), m_Zero()))
    if (Linear value = get(op->getOperand(0), at);
        isNonNegative(value, Facts(), at))
      return value;
  if (isa<arith::MulIOp, MultiplyOp>(op)) {
    Linear lhs = get(op->getOperand(0), at), rhs = get(op->getOperand(1), at);
    if (!lhs.terms.empty())
      std::swap(lhs, rhs);
    if (lhs.terms.empty() && isSmall(lhs.constant))
      return rhs.times(lhs.constant);
  }
  return atomOf(value, at);
}

/// A value that is the size of an array with a name has that name.
Linear IndexAnalysis::atomOf(Value value, Operation *at) {
  if (value.getType().isIndex())
    for (Operation *user : value.getUsers()) {
      if (!isa<EmptyOp, FillOp, ReshapeOp, BroadcastOp, ArangeOp>(user) ||
          !dominance.properlyDominates(user, at))
        continue;
      ArrayRef<Attribute> dims = arr::getDims(user->getResult(0).getType());
      OperandRange sizes = user->getOperands().take_back(dims.size());
      for (auto [dim, size] : llvm::zip(dims, sizes))
        if (size == value && dim != arr::getUnknownDim(user->getContext()))
          return ofDim(dim);
    }
  return Linear::of({value.getAsOpaquePointer()});
}

Linear IndexAnalysis::getSize(Value array, int64_t axis, Operation *at) {
  Attribute dim = arr::getDims(array.getType())[axis];
  Attribute unknown = arr::getUnknownDim(array.getContext());
  if (dim != unknown)
    return ofDim(dim);
  // The names that a cast gives hold after the cast: checks come before it.
  for (Operation *user : array.getUsers())
    if (auto cast = dyn_cast<CastShapeOp>(user);
        cast && dominance.properlyDominates(user, at) &&
        arr::getDims(cast.getType())[axis] != unknown)
      return ofDim(arr::getDims(cast.getType())[axis]);
  for (Operation *user : array.getUsers())
    if (auto size = dyn_cast<DimOp>(user);
        size && int64_t(size.getAxis()) == axis)
      return Linear::of({size.getResult().getAsOpaquePointer()});
  return Linear::of({array.getAsOpaquePointer(), -1 - int(axis)});
}

Attribute IndexAnalysis::findName(const Linear &size, Operation *at) {
  for (auto &[dim, ops] : named) {
    if (dim == arr::getUnknownDim(at->getContext()))
      continue;
    Linear difference = ofDim(dim) - size;
    if (difference.terms.empty() && difference.constant == 0 &&
        llvm::any_of(ops, [&](Operation *op) {
          return dominance.properlyDominates(op, at);
        }))
      return dim;
  }
  return {};
}

Attribute IndexAnalysis::createName(MLIRContext *context,
                                    unsigned number) const {
  for (unsigned i = 1;; ++i) {
    Attribute name = StringAttr::get(context, "?" + std::to_string(i));
    if (!named.contains(name) && number-- == 0)
      return name;
  }
}

/// "2 * n + m - 1"; what is not linear is one atom.
Linear IndexAnalysis::ofDim(Attribute dim) {
  if (auto size = dyn_cast<IntegerAttr>(dim))
    return isSmall(size.getInt()) ? Linear(size.getInt())
                                  : Linear::of({dim.getAsOpaquePointer()});
  Linear opaque = Linear::of({dim.getAsOpaquePointer()});
  StringRef text = cast<StringAttr>(dim).getValue();
  if (text.contains('(') || text.contains('/') || text.contains('%'))
    return opaque;
  Linear result;
  int64_t sign = 1;
  if (text.consume_front("-"))
    sign = -1;
  while (!text.empty()) {
    size_t end = std::min(text.find(" + "), text.find(" - "));
    StringRef term = text.take_front(end);
    int64_t factor = 1;
    auto [first, rest] = term.split(" * ");
    if (!first.getAsInteger(10, factor)) {
      if (!isSmall(factor))
        return opaque;
      result =
          rest.empty()
              ? result + Linear(sign * factor)
              : result.plus(Linear::of({StringAttr::get(dim.getContext(), rest)
                                            .getAsOpaquePointer()}),
                            sign * factor);
    } else {
      result = result.plus(
          Linear::of(
              {StringAttr::get(dim.getContext(), term).getAsOpaquePointer()}),
          sign);
    }
    if (end == StringRef::npos)
      break;
    sign = text[end + 1] == '-' ? -1 : 1;
    text = text.drop_front(end + 3);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Facts
//===----------------------------------------------------------------------===//

std::optional<Comparison> arr::getComparison(Value condition) {
  Operation *op = condition.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (auto compare = dyn_cast<arith::CmpIOp>(op))
    return Comparison{compare.getPredicate(), compare.getLhs(),
                      compare.getRhs()};
  std::optional<Predicate> predicate;
  if (isa<LessOp>(op))
    predicate = Predicate::slt;
  else if (isa<LessEqualOp>(op))
    predicate = Predicate::sle;
  else if (isa<GreaterOp>(op))
    predicate = Predicate::sgt;
  else if (isa<GreaterEqualOp>(op))
    predicate = Predicate::sge;
  else if (isa<EqualOp>(op))
    predicate = Predicate::eq;
  else if (isa<NotEqualOp>(op))
    predicate = Predicate::ne;
  if (!predicate || !isMachineInteger(op->getOperand(0).getType()))
    return std::nullopt;
  return Comparison{*predicate, op->getOperand(0), op->getOperand(1)};
}

std::optional<int64_t> arr::getConstantStep(Value next,
                                            BlockArgument variable) {
  Operation *op = next.getDefiningOp();
  bool isSubtract = isa_and_nonnull<SubtractOp, arith::SubIOp>(op);
  if ((!isSubtract && !isa_and_nonnull<AddOp, arith::AddIOp>(op)) ||
      !isMachineInteger(variable.getType()))
    return std::nullopt;
  unsigned own = op->getOperand(0) == variable ? 0 : 1;
  std::optional<int64_t> step = getConstant(op->getOperand(1 - own));
  if (op->getOperand(own) != variable || !step || *step == 0 ||
      !isSmall(*step) || (isSubtract && own == 1))
    return std::nullopt;
  return isSubtract ? -*step : *step;
}

/// What `upper` of a loop that runs cannot exceed; `factor` times the position
/// stays below it.
static Value stripTripCount(Value upper, int64_t &factor) {
  factor = 1;
  if (auto ceil = upper.getDefiningOp<arith::CeilDivUIOp>())
    if (std::optional<int64_t> step = getConstant(ceil.getRhs());
        step && *step > 0 && isSmall(*step)) {
      factor = *step;
      upper = ceil.getLhs();
    }
  // A loop that runs has a positive count: max(e, 0) is e.
  if (auto max = upper.getDefiningOp<arith::MaxSIOp>()) {
    if (getConstant(max.getRhs()) == 0)
      return max.getLhs();
    if (getConstant(max.getLhs()) == 0)
      return max.getRhs();
  }
  return upper;
}

void IndexAnalysis::addLoopFacts(Value induction, Linear lower, Value upper,
                                 Operation *at, Facts &facts) {
  Linear position = Linear::of({induction.getAsOpaquePointer()});
  facts.push_back(position - lower);
  int64_t factor;
  upper = stripTripCount(upper, factor);
  auto below = [&](Value bound) {
    facts.push_back(get(bound, at) - Linear(1) - position.times(factor));
  };
  while (auto cast = upper.getDefiningOp<arith::IndexCastOp>())
    upper = cast.getIn();
  Operation *op = upper.getDefiningOp();
  if (isa_and_nonnull<arith::MinSIOp, MinimumOp>(op) &&
      isMachineInteger(op->getOperand(0).getType()))
    llvm::for_each(op->getOperands(), below);
  below(upper);
}

void IndexAnalysis::addConditionFacts(Value condition, bool isTrue,
                                      Operation *at, Facts &facts) {
  Operation *op = condition.getDefiningOp();
  if (!op)
    return;
  bool isAnd = isa<arith::AndIOp, LogicalAndOp>(op);
  bool isOr = isa<arith::OrIOp, LogicalOrOp>(op);
  if (isTrue ? isAnd : isOr) {
    addConditionFacts(op->getOperand(0), isTrue, at, facts);
    addConditionFacts(op->getOperand(1), isTrue, at, facts);
  }
  if (isa<LogicalNotOp>(op))
    return addConditionFacts(op->getOperand(0), !isTrue, at, facts);
  std::optional<Comparison> comparison = getComparison(condition);
  if (!comparison || !isMachineInteger(comparison->lhs.getType()))
    return;
  Linear lhs = get(comparison->lhs, at), rhs = get(comparison->rhs, at);
  Predicate predicate = isTrue ? comparison->predicate
                               : arith::invertPredicate(comparison->predicate);
  switch (predicate) {
  case Predicate::eq:
    facts.push_back(lhs - rhs);
    facts.push_back(rhs - lhs);
    return;
  case Predicate::slt:
    facts.push_back(rhs - lhs - Linear(1));
    return;
  case Predicate::sle:
    facts.push_back(rhs - lhs);
    return;
  case Predicate::sgt:
    facts.push_back(lhs - rhs - Linear(1));
    return;
  case Predicate::sge:
    facts.push_back(lhs - rhs);
    return;
  default:
    return;
  }
}

/// Counters stay on one side of where they start; in the second region the
/// condition holds.
void IndexAnalysis::addWhileFacts(scf::WhileOp loop, Operation *at,
                                  Facts &facts) {
  scf::ConditionOp condition = loop.getConditionOp();
  bool isAfter = loop.getAfter().isAncestor(at->getParentRegion());
  auto inAfter = [&](Value before) -> Value {
    for (auto [own, argument] :
         llvm::zip(condition.getArgs(), loop.getAfterArguments()))
      if (own == before)
        return argument;
    return {};
  };
  for (BlockArgument counter : loop.getBeforeArguments()) {
    unsigned number = counter.getArgNumber();
    auto after = dyn_cast_or_null<BlockArgument>(inAfter(counter));
    std::optional<int64_t> step;
    if (after)
      step = getConstantStep(loop.getYieldOp().getOperand(number), after);
    if (!step)
      continue;
    Linear distance =
        get(isAfter ? after : counter, at) - get(loop.getInits()[number], at);
    facts.push_back(distance.times(*step > 0 ? 1 : -1));
  }
  if (!isAfter)
    return;
  Facts known;
  addConditionFacts(condition.getCondition(), true, condition, known);
  for (const Linear &fact : known)
    facts.push_back(fact.map([&](Atom atom) {
      for (BlockArgument argument : loop.getBeforeArguments())
        if (argument.getAsOpaquePointer() == atom.identity && atom.copy == 0)
          if (Value after = inAfter(argument))
            return Linear::of({after.getAsOpaquePointer()});
      return Linear::of(atom);
    }));
}

/// q = e // c says c * q <= e < c * (q + 1).
void IndexAnalysis::addDivisionFacts(Operation *at, Facts &facts) {
  for (Operation *op : divisions) {
    if (!dominance.properlyDominates(op, at))
      continue;
    int64_t divisor = *getConstant(op->getOperand(1));
    Linear rest =
        get(op->getOperand(0), at).plus(get(op->getResult(0), at), -divisor);
    facts.push_back(rest);
    facts.push_back(Linear(divisor - 1) - rest);
  }
}

IndexAnalysis::Facts
IndexAnalysis::getFacts(Operation *at,
                        llvm::function_ref<bool(Operation *)> counts) {
  Facts facts;
  for (Operation *inner = at, *op = at->getParentOp(); op;
       inner = op, op = op->getParentOp()) {
    if (!counts(op))
      continue;
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      if (std::optional<int64_t> step = getConstant(loop.getStep());
          step && *step > 0)
        addLoopFacts(loop.getInductionVar(), get(loop.getLowerBound(), at),
                     loop.getUpperBound(), at, facts);
    } else if (auto loop = dyn_cast<PrangeOp>(op)) {
      addLoopFacts(loop.getInductionVar(), 0, loop.getCount(), at, facts);
    } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      addWhileFacts(loop, at, facts);
    } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
      bool isThen = inner->getParentRegion() == &branch.getThenRegion();
      addConditionFacts(branch.getCondition(), isThen, at, facts);
    }
  }
  for (RequireOp check : checks)
    if (dominance.properlyDominates(check.getOperation(), at))
      addConditionFacts(check.getCondition(), true, at, facts);
  addDivisionFacts(at, facts);
  return facts;
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

/// Sizes of arrays are not negative.
bool IndexAnalysis::isSizeAtom(Atom atom, Operation *at) {
  if (atom.copy < 0)
    return true; // an axis of an array
  for (auto &[dim, ops] : named)
    if (dim.getAsOpaquePointer() == atom.identity)
      return llvm::any_of(ops, [&](Operation *op) {
        return dominance.properlyDominates(op, at) || op == at;
      });
  return false;
}

bool IndexAnalysis::prove(const Linear &expr, const Facts &facts, Operation *at,
                          unsigned depth) {
  bool isPlain = expr.constant >= 0;
  for (auto [atom, coefficient] : expr.terms)
    isPlain = isPlain && coefficient > 0 && isSizeAtom(atom, at);
  if (isPlain)
    return true;
  if (depth == 0 || --steps <= 0)
    return false;
  // Take away a fact that has an atom in common: what is left must be >= 0 too.
  auto cancel = [&](Atom atom, int64_t coefficient) {
    for (const Linear &fact : facts) {
      int64_t own = fact.coefficient(atom);
      if (own == 0 || (own > 0) != (coefficient > 0) || coefficient % own != 0)
        continue;
      int64_t factor = coefficient / own;
      if (isSmall(factor) && steps > 0 &&
          prove(expr.plus(fact, -factor), facts, at, depth - 1))
        return true;
    }
    return false;
  };
  // An atom that may be negative has to go; else the constant has to grow.
  for (auto [atom, coefficient] : expr.terms)
    if (coefficient < 0 || !isSizeAtom(atom, at))
      return cancel(atom, coefficient);
  for (auto [atom, coefficient] : expr.terms)
    if (cancel(atom, coefficient))
      return true;
  return false;
}

bool IndexAnalysis::isNonNegative(const Linear &expr, const Facts &facts,
                                  Operation *at) {
  steps = 2000; // proofs are short; a search that is not finds none
  return prove(expr, facts, at, /*depth=*/6);
}

bool IndexAnalysis::isNonNegative(const Linear &expr, Operation *at) {
  if (expr.terms.empty())
    return expr.constant >= 0;
  return isNonNegative(expr, getFacts(at), at);
}

bool IndexAnalysis::holds(Value condition, Operation *at) {
  Operation *op = condition.getDefiningOp();
  if (matchPattern(condition, m_One()))
    return true;
  if (isa_and_nonnull<arith::OrIOp, LogicalOrOp>(op))
    return holds(op->getOperand(0), at) || holds(op->getOperand(1), at);
  if (isa_and_nonnull<arith::AndIOp, LogicalAndOp>(op))
    return holds(op->getOperand(0), at) && holds(op->getOperand(1), at);
  std::optional<Comparison> comparison = getComparison(condition);
  if (!comparison || !isMachineInteger(comparison->lhs.getType()))
    return false;
  Linear difference = get(comparison->rhs, at) - get(comparison->lhs, at);
  Linear reverse = difference.times(-1), one(1);
  switch (comparison->predicate) {
  case Predicate::eq:
    return isNonNegative(difference, at) && isNonNegative(reverse, at);
  case Predicate::ne:
    return isNonNegative(difference - one, at) ||
           isNonNegative(reverse - one, at);
  case Predicate::slt:
    return isNonNegative(difference - one, at);
  case Predicate::sle:
    return isNonNegative(difference, at);
  case Predicate::sgt:
    return isNonNegative(reverse - one, at);
  case Predicate::sge:
    return isNonNegative(reverse, at);
  default:
    return false;
  }
}
