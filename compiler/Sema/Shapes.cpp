//===- Shapes.cpp - Symbolic sizes: broadcasting, fresh symbols -----------===//
//
// Sizes are polynomials over symbols. What is no polynomial gets a symbol of
// its own; such symbols are keyed by what they mean, so that, for one `n`, the
// length of `x[1:]` is the same symbol each time.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

std::string arr::sema::dimKey(const Dim &dim) {
  std::string key;
  for (const auto &[monomial, coefficient] : dim.getTerms()) {
    key += "+" + std::to_string(coefficient);
    for (SymbolId id : monomial)
      key += "*s" + std::to_string(id);
  }
  return key;
}

Dim Checker::freshDim(SourceRange range) {
  auto &symbols = function().symbols;
  typed::Symbol symbol;
  symbol.name = "?" + std::to_string(symbols.size());
  symbol.range = range;
  symbols.push_back(std::move(symbol));
  return Dim::symbol(symbols.size() - 1);
}

Dim Checker::keyedDim(const std::string &key, SourceRange range) {
  auto [slot, isNew] = keyedSymbols.try_emplace(key, 0);
  if (isNew)
    slot->second = *freshDim(range).asSymbol();
  return Dim::symbol(slot->second);
}

Dim Checker::clampedDim(const Dim &dim, SourceRange range) {
  if (auto bound = dim.lowerBound(); bound && *bound >= 0)
    return dim;
  if (dim.asConstant())
    return Dim::constant(0);
  // max(max(a, 0) - k, 0) is max(a - k, 0) for k >= 0.
  int64_t offset = 0;
  if (auto it = dim.getTerms().find({}); it != dim.getTerms().end())
    offset = it->second;
  auto base = (dim - Dim::constant(offset)).asSymbol();
  if (offset <= 0 && base)
    if (auto it = clampedSymbols.find(*base); it != clampedSymbols.end())
      return clampedDim(it->second + Dim::constant(offset), range);
  Dim symbol = keyedDim("max(" + dimKey(dim) + ",0)", range);
  clampedSymbols[*symbol.asSymbol()] = dim;
  return symbol;
}

Dim Checker::floorDivDim(const Dim &dividend, const Dim &divisor,
                         SourceRange range) {
  if (auto number = divisor.asConstant(); number && *number > 0) {
    if (auto quotient = dividend.divideExactly(*number))
      return *quotient;
    // Whole multiples come out: (2 * m + 1) // 2 is m.
    Dim whole, rest;
    for (const auto &[monomial, coefficient] : dividend.getTerms()) {
      Dim term = Dim::constant(coefficient);
      for (SymbolId id : monomial)
        term = term * Dim::symbol(id);
      bool divides = coefficient % *number == 0;
      (divides ? whole : rest) = (divides ? whole : rest) + term;
    }
    if (auto value = rest.asConstant())
      return *whole.divideExactly(*number) +
             Dim::constant(*value / *number - (*value % *number < 0));
  }
  Dim dim =
      keyedDim("(" + dimKey(dividend) + ")//(" + dimKey(divisor) + ")", range);
  typed::Symbol &symbol = function().symbols[*dim.asSymbol()];
  if (isComputable(dividend) && isComputable(divisor)) {
    symbol.kind = typed::Symbol::Kind::FloorDiv;
    symbol.dividend = dividend;
    symbol.divisor = divisor;
    auto names = function().symbolNames();
    auto operand = [&](const Dim &part) {
      std::string text = part.str(names);
      return part.getTerms().size() > 1 ? "(" + text + ")" : text;
    };
    symbol.name = operand(dividend) + " // " + operand(divisor);
  }
  return dim;
}

bool Checker::isComputable(const Dim &dim) {
  return !dim.anySymbol([&](SymbolId id) {
    return function().symbols[id].kind == typed::Symbol::Kind::Fresh;
  });
}

bool Checker::isProvablyDifferent(const Dim &lhs, const Dim &rhs) {
  auto difference = (lhs - rhs).asConstant();
  return difference && *difference != 0;
}

bool Checker::canBroadcast(const Dim &lhs, const Dim &rhs) {
  if (!isProvablyDifferent(lhs, rhs))
    return true;
  auto mayBeOne = [](const Dim &dim) {
    if (auto number = dim.asConstant())
      return *number == 1;
    auto bound = dim.lowerBound();
    return !bound || *bound <= 1;
  };
  return mayBeOne(lhs) || mayBeOne(rhs);
}

Dim Checker::broadcastDim(const Dim &lhs, const Dim &rhs, SourceRange range) {
  if (lhs == rhs || rhs.isOne())
    return lhs;
  if (lhs.isOne())
    return rhs;
  // A size that is certainly not 1 is the result's: the other is 1 or equal.
  auto isNotOne = [](const Dim &dim) {
    auto bound = dim.lowerBound();
    return (bound && *bound >= 2) || dim.asConstant() == 0;
  };
  if (isNotOne(lhs))
    return lhs;
  if (isNotOne(rhs))
    return rhs;
  std::string left = dimKey(lhs), right = dimKey(rhs);
  if (right < left)
    std::swap(left, right);
  return keyedDim("broadcast(" + left + "," + right + ")", range);
}

std::optional<DimList> Checker::broadcastShapes(llvm::ArrayRef<Value> operands,
                                                SourceRange range) {
  size_t rank = 0;
  for (const Value &operand : operands)
    rank = std::max(rank, operand.type.shape.size());
  DimList result(rank, Dim::constant(1));
  const Value *first = nullptr; // an array that set the sizes so far
  for (const Value &operand : operands) {
    if (!operand.isArray())
      continue;
    size_t offset = rank - operand.type.rank();
    for (size_t i = 0; i < operand.type.rank(); ++i) {
      Dim &dim = result[offset + i];
      const Dim &other = operand.type.shape[i];
      if (!canBroadcast(dim, other)) {
        report(range, diag::ShapesDoNotBroadcast, text(first->type.shape),
               text(operand.type.shape))
            .note(first->range, "this is `{0}`", text(first->type))
            .note(operand.range, "this is `{0}`", text(operand.type))
            .help("sizes must be equal, or one of them 1; shapes are aligned "
                  "at their last axes");
        return std::nullopt;
      }
      dim = broadcastDim(dim, other, range);
    }
    if (!first)
      first = &operand;
  }
  return result;
}

Value Checker::dimValue(const Dim &dim, SourceRange range) {
  if (auto number = dim.asConstant())
    return Value::integer(*number, range);
  auto *node =
      make<typed::DimRef>(Type::scalar(DType::I64, /*weak=*/true), range);
  node->dim = dim;
  Value value = Value::runtime(node);
  value.dim = dim;
  return value;
}

Value Checker::sizeOf(const Value &array, unsigned axis, SourceRange range) {
  const Dim &dim = array.type.shape[axis];
  if (isComputable(dim))
    return dimValue(dim, range);
  auto *node =
      make<typed::DimOf>(Type::scalar(DType::I64, /*weak=*/true), range);
  node->array = array.expr;
  node->axis = axis;
  Value value = Value::runtime(node);
  value.dim = dim;
  return value;
}

Value Checker::totalSize(const Value &array, SourceRange range) {
  Value product = Value::integer(1, range);
  for (unsigned axis = 0; axis < array.type.rank(); ++axis)
    product =
        binary(ast::BinaryOp::Mul, product, sizeOf(array, axis, range), range);
  return product;
}

Dim Checker::dimOf(const Value &size) {
  if (size.dim)
    return *size.dim;
  if (auto number = size.asInt())
    return Dim::constant(*number);
  Dim dim = freshDim(size.range);
  // The variable keeps its value until it is assigned again: its next use as a
  // size is the same size.
  if (auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(size.expr))
    for (auto &[name, binding] : env)
      if (auto *bound =
              llvm::dyn_cast_or_null<typed::VarRef>(binding.value.expr))
        if (binding.value.isScalar() && bound->var == ref->var)
          binding.value.dim = dim;
  return dim;
}
