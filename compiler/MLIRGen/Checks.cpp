//===- Checks.cpp - Run-time checks with NumPy's words, broadcasting ------===//
#include "compiler/MLIRGen/FunctionGen.h"

using namespace mlir;

namespace arr {

using llvm::dyn_cast;

/// Sums of several such terms still fit.
static constexpr int64_t maxSize = int64_t(1) << 58;

Value FunctionGen::constIndex(Location loc, int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

void FunctionGen::require(Location loc, Value condition, ErrorKind kind,
                          const Twine &message, ArrayRef<Value> values) {
  RequireOp::create(builder, loc, condition, kind, message.str(), values);
}

Value FunctionGen::compare(Location loc, arith::CmpIPredicate predicate,
                           Value lhs, Value rhs) {
  return arith::CmpIOp::create(builder, loc, predicate, lhs, rhs);
}

void FunctionGen::requireEqual(Location loc, Value lhs, Value rhs,
                               ErrorKind kind, const Twine &message,
                               ArrayRef<Value> values) {
  require(loc, compare(loc, arith::CmpIPredicate::eq, lhs, rhs), kind, message,
          values);
}

Value FunctionGen::multiplySizes(Location loc, Value lhs, Value rhs) {
  if (matchPattern(lhs, m_One()))
    return rhs;
  if (matchPattern(rhs, m_One()))
    return lhs;
  mlir::Type i64 = builder.getI64Type(), index = builder.getIndexType();
  auto product = arith::MulSIExtendedOp::create(
      builder, loc, arith::IndexCastOp::create(builder, loc, i64, lhs),
      arith::IndexCastOp::create(builder, loc, i64, rhs));
  Value zero = arith::ConstantIntOp::create(builder, loc, 0, 64);
  Value fits = arith::AndIOp::create(
      builder, loc,
      compare(loc, arith::CmpIPredicate::eq, product.getHigh(), zero),
      compare(loc, arith::CmpIPredicate::sge, product.getLow(), zero));
  Value most = arith::ConstantIntOp::create(
      builder, loc, std::numeric_limits<int64_t>::max(), 64);
  Value result =
      arith::SelectOp::create(builder, loc, fits, product.getLow(), most);
  return arith::IndexCastOp::create(builder, loc, index, result);
}

void FunctionGen::requireDimFits(Location loc, const Dim &dim) {
  if (dim.asConstant() || dim.asSymbol() || !isStable(dim) ||
      isNonNegative(dim))
    return;
  Value zero = constIndex(loc, 0);
  for (const auto &[monomial, coefficient] : dim.getTerms()) {
    // Of the magnitude: as a whole the dim may be negative, which is another
    // error.
    Value product = constIndex(
        loc, coefficient < 0 ? -std::max(coefficient, -maxSize) : coefficient);
    for (SymbolId id : monomial) {
      std::optional<Value> value = symbolValue(loc, id);
      if (!value)
        return;
      Value size = arith::MaxSIOp::create(
          builder, loc, *value,
          arith::SubIOp::create(builder, loc, zero, *value));
      product = multiplySizes(loc, product, size);
    }
    if (!monomial.empty())
      requireFits(loc, product);
  }
}

void FunctionGen::requireFits(Location loc, Value magnitude) {
  require(loc,
          compare(loc, arith::CmpIPredicate::ule, magnitude,
                  constIndex(loc, maxSize)),
          ErrorKind::Value, "Maximum allowed dimension exceeded");
}

std::optional<Value> FunctionGen::genMagnitude(const typed::Expr *size) {
  using typed::Ufunc;
  Location loc = locations(size->range);
  if (!size->type.isScalar() || size->type.dtype != DType::I64)
    return std::nullopt;
  if (llvm::isa<typed::Literal, typed::VarRef, typed::DimRef, typed::DimOf>(
          size)) {
    Value value = genIndex(size);
    Value negated =
        arith::SubIOp::create(builder, loc, constIndex(loc, 0), value);
    return arith::MaxSIOp::create(builder, loc, value, negated).getResult();
  }
  auto *arithmetic = dyn_cast<typed::Elementwise>(size);
  if (!arithmetic || !size->type.weak ||
      (arithmetic->ufunc != Ufunc::Multiply &&
       arithmetic->ufunc != Ufunc::Add && arithmetic->ufunc != Ufunc::Subtract))
    return std::nullopt;
  std::optional<Value> lhs = genMagnitude(arithmetic->operands[0]);
  std::optional<Value> rhs = genMagnitude(arithmetic->operands[1]);
  if (!lhs || !rhs)
    return std::nullopt;
  if (arithmetic->ufunc == Ufunc::Multiply)
    return multiplySizes(loc, *lhs, *rhs);
  // Beyond the limit a term need not be exact.
  Value limit = constIndex(loc, 2 * maxSize);
  return arith::AddIOp::create(
             builder, loc, arith::MinUIOp::create(builder, loc, *lhs, limit),
             arith::MinUIOp::create(builder, loc, *rhs, limit))
      .getResult();
}

bool FunctionGen::isNonNegative(const Dim &dim) {
  using Kind = typed::Symbol::Kind;
  bool fromScalar = dim.anySymbol([&](SymbolId id) {
    if (isFresh(id))
      return false;
    const typed::Symbol &symbol = function.symbols[id];
    if (symbol.kind == Kind::Bound)
      return function.params[symbol.param].var->type.isScalar();
    return !isNonNegative(symbol.dividend) || !isNonNegative(symbol.divisor);
  });
  return !fromScalar && dim.lowerBound().value_or(-1) >= 0;
}

bool FunctionGen::isNonNegative(const typed::Expr *size) {
  if (auto *literal = dyn_cast<typed::Literal>(size))
    return literal->integer >= 0;
  if (auto *cast = dyn_cast<typed::Cast>(size))
    return cast->type.dtype == DType::I64 && isNonNegative(cast->operand);
  if (auto *dim = dyn_cast<typed::DimRef>(size))
    return isNonNegative(dim->dim);
  return llvm::isa<typed::DimOf>(size) || isUnsigned(size->type.dtype);
}

SmallVector<Value> FunctionGen::genSizes(ArrayRef<typed::Expr *> sizes,
                                         ArrayRef<Dim> dims) {
  SmallVector<Value> result;
  for (auto [expr, dim] : llvm::zip(sizes, dims)) {
    Location loc = locations(expr->range);
    Value size = genIndex(expr);
    requireDimFits(loc, dim);
    if (llvm::isa<typed::Elementwise>(expr))
      if (std::optional<Value> magnitude = genMagnitude(expr))
        requireFits(loc, *magnitude);
    if (!isNonNegative(expr))
      require(loc,
              compare(loc, arith::CmpIPredicate::sge, size, constIndex(loc, 0)),
              ErrorKind::Value, "negative dimensions are not allowed");
    learn(dim, size);
    result.push_back(size);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Broadcasting
//===----------------------------------------------------------------------===//

namespace {

/// Texts such as "(%0, 3)" for messages, with the values to put in.
class ShapeText {
public:
  std::string add(ArrayRef<Value> sizes) {
    std::string text = "(";
    for (auto [axis, size] : llvm::enumerate(sizes)) {
      llvm::APInt constant;
      if (axis)
        text += ", ";
      if (matchPattern(size, m_ConstantInt(&constant))) {
        text += std::to_string(constant.getSExtValue());
        continue;
      }
      text += "%" + std::to_string(values.size());
      values.push_back(size);
    }
    return text + (sizes.size() == 1 ? ",)" : ")");
  }
  /// A check has room for three values.
  bool fits() const { return values.size() <= 3; }

  SmallVector<Value> values;
};

/// An axis of an operand that is not the literal 1.
struct OperandAxis {
  unsigned operand, axis;
};

} // namespace

SmallVector<Value> FunctionGen::broadcastTogether(
    Location loc, llvm::MutableArrayRef<Operand> operands, const Type &result,
    ErrorKind kind, StringRef words) {
  unsigned rank = result.rank();
  auto dimOf = [&](OperandAxis at) -> const Dim & {
    return operands[at.operand].type->shape[at.axis];
  };
  auto size = [&](OperandAxis at) {
    return sizeOf(loc, operands[at.operand].value, at.axis, dimOf(at));
  };
  auto message = [&](OperandAxis lhs, OperandAxis rhs, ShapeText &shapes) {
    auto allSizes = [&](OperandAxis at) {
      SmallVector<Value> sizes;
      for (unsigned axis = 0; axis < operands[at.operand].type->rank(); ++axis)
        sizes.push_back(size({at.operand, axis}));
      return sizes;
    };
    std::string left = shapes.add(allSizes(lhs));
    std::string text =
        words.str() + " with shapes " + left + " " + shapes.add(allSizes(rhs));
    if (shapes.fits())
      return text;
    shapes.values = {size(lhs), size(rhs)};
    return words.str() + ": sizes %0 and %1";
  };

  SmallVector<Value> sizes;
  SmallVector<bool> stretched(operands.size(), false);
  for (unsigned axis = 0; axis < rank; ++axis) {
    // One representative of each size that occurs, literals first.
    SmallVector<OperandAxis> distinct;
    SmallVector<unsigned> involved;
    for (auto [index, operand] : llvm::enumerate(operands)) {
      int own = int(axis) - int(rank - operand.type->rank());
      if (!operand.type->isArray() || own < 0 ||
          operand.type->shape[own].isOne())
        continue;
      involved.push_back(index);
      OperandAxis at{unsigned(index), unsigned(own)};
      bool known = llvm::any_of(distinct, [&](OperandAxis other) {
        return isSame(dimOf(at), dimOf(other)) ||
               (operands[other.operand].value == operands[at.operand].value &&
                other.axis == at.axis);
      });
      if (known)
        continue;
      bool isLiteral = dimOf(at).asConstant().has_value();
      distinct.insert(isLiteral ? distinct.begin() : distinct.end(), at);
    }
    if (distinct.empty()) {
      sizes.push_back(constIndex(loc, 1));
      continue;
    }
    OperandAxis first = distinct.front();
    Value common = size(first), one = constIndex(loc, 1);
    bool isLiteral = dimOf(first).asConstant().has_value();
    for (OperandAxis at : llvm::drop_begin(distinct)) {
      Value other = size(at);
      Value isEqual = compare(loc, arith::CmpIPredicate::eq, common, other);
      Value isOne = compare(loc, arith::CmpIPredicate::eq, other, one);
      Value fits = arith::OrIOp::create(builder, loc, isEqual, isOne);
      ShapeText shapes;
      if (!isLiteral) {
        Value wasOne = compare(loc, arith::CmpIPredicate::eq, common, one);
        fits = arith::OrIOp::create(builder, loc, fits, wasOne);
        require(loc, fits, kind, message(first, at, shapes), shapes.values);
        common = arith::SelectOp::create(builder, loc, wasOne, other, common);
      } else {
        require(loc, fits, kind, message(first, at, shapes), shapes.values);
      }
    }
    if (distinct.size() > 1)
      for (unsigned operand : involved)
        stretched[operand] = true;
    sizes.push_back(common);
    learn(result.shape[axis], common);
  }

  for (auto [index, operand] : llvm::enumerate(operands)) {
    if (!operand.type->isArray())
      continue;
    operand.value = asValue(loc, operand.value);
    SmallVector<mlir::Attribute> dims;
    SmallVector<Value> own;
    unsigned missing = rank - operand.type->rank();
    for (auto [axis, dim] : llvm::enumerate(operand.type->shape)) {
      dims.push_back(dimAttr(dim.isOne() ? dim : result.shape[missing + axis]));
      own.push_back(dim.isOne() ? constIndex(loc, 1) : sizes[missing + axis]);
    }
    if (stretched[index])
      operand.value = BroadcastOp::create(
          builder, loc, cloneWith(operand.value.getType(), dims), operand.value,
          own);
    else
      operand.value = castShape(loc, operand.value, dims);
  }
  return sizes;
}

bool FunctionGen::checkFits(Location loc, Operand operand,
                            ArrayRef<Value> sizes, const Type &targetType,
                            Words words) {
  SmallVector<Value> valueSizes;
  for (auto [axis, dim] : llvm::enumerate(operand.type->shape))
    valueSizes.push_back(sizeOf(loc, operand.value, axis, dim));
  unsigned missing = targetType.rank() - operand.type->rank();
  bool stretch = missing > 0;
  for (auto [axis, dim] : llvm::enumerate(operand.type->shape)) {
    const Dim &target = targetType.shape[missing + axis];
    if (isSame(dim, target))
      continue;
    stretch = true;
    if (dim.isOne())
      continue;
    Value isEqual = compare(loc, arith::CmpIPredicate::eq, valueSizes[axis],
                            sizes[missing + axis]);
    Value isOne = compare(loc, arith::CmpIPredicate::eq, valueSizes[axis],
                          constIndex(loc, 1));
    ShapeText shapes;
    std::string from = shapes.add(valueSizes), to = shapes.add(sizes);
    std::string message = words.value.str() + from + words.target.str() + to;
    if (!shapes.fits()) {
      message = "could not broadcast input array: size %0 into size %1";
      shapes.values = {valueSizes[axis], sizes[missing + axis]};
    }
    require(loc, arith::OrIOp::create(builder, loc, isEqual, isOne),
            ErrorKind::Shape, message, shapes.values);
  }
  return stretch;
}

Value FunctionGen::broadcastInto(Location loc, Operand operand, Value place,
                                 const Type &placeType) {
  SmallVector<mlir::Attribute> dims(getDims(place.getType()));
  SmallVector<Value> sizes;
  for (auto [axis, dim] : llvm::enumerate(placeType.shape))
    sizes.push_back(sizeOf(loc, place, axis, dim));
  auto resultType = ArrayType::get(
      context, dims, arr::getElementTypeOrSelf(operand.value.getType()));
  if (!operand.type->isArray())
    return FillOp::create(builder, loc, resultType, operand.value, sizes);
  bool stretch = checkFits(
      loc, operand, sizes, placeType,
      {"could not broadcast input array from shape ", " into shape "});
  Value value = asValue(loc, operand.value);
  if (stretch)
    return BroadcastOp::create(builder, loc, resultType, value, sizes);
  return castShape(loc, value, dims);
}

} // namespace arr
