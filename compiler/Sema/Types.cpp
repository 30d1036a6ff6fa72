//===- Types.cpp - Dtypes, size polynomials, printing of types ------------===//
//
// Sizes are kept as polynomials in a canonical form (sorted monomials without
// zero coefficients), so that equality of sizes is equality of the maps.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Types.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <algorithm>

using namespace arr;

//===----------------------------------------------------------------------===//
// Dtypes
//===----------------------------------------------------------------------===//

bool arr::isInteger(DType dtype) {
  return dtype >= DType::I8 && dtype <= DType::U64;
}

bool arr::isUnsigned(DType dtype) {
  return dtype >= DType::U8 && dtype <= DType::U64;
}

bool arr::isFloat(DType dtype) {
  return dtype == DType::F32 || dtype == DType::F64;
}

bool arr::isComplex(DType dtype) {
  return dtype == DType::C64 || dtype == DType::C128;
}

unsigned arr::bitWidth(DType dtype) {
  switch (dtype) {
  case DType::Bool:
  case DType::I8:
  case DType::U8:
    return 8;
  case DType::I16:
  case DType::U16:
    return 16;
  case DType::I32:
  case DType::U32:
  case DType::F32:
    return 32;
  case DType::I64:
  case DType::U64:
  case DType::F64:
  case DType::C64:
    return 64;
  case DType::C128:
    return 128;
  }
  llvm_unreachable("all dtypes are covered");
}

llvm::StringRef arr::spelling(DType dtype) {
  static constexpr llvm::StringLiteral names[] = {
      "bool", "i8",  "i16", "i32", "i64", "u8",  "u16",
      "u32",  "u64", "f32", "f64", "c64", "c128"};
  return names[static_cast<unsigned>(dtype)];
}

std::optional<DType> arr::parseDType(llvm::StringRef name) {
  for (unsigned i = 0; i <= static_cast<unsigned>(DType::C128); ++i)
    if (spelling(static_cast<DType>(i)) == name)
      return static_cast<DType>(i);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

Dim Dim::constant(int64_t value) {
  Dim dim;
  if (value)
    dim.terms[{}] = value;
  return dim;
}

Dim Dim::symbol(SymbolId id) {
  Dim dim;
  dim.terms[{id}] = 1;
  return dim;
}

/// Sizes wrap like all integers; done unsigned, where wrapping is defined.
static int64_t wrappingAdd(int64_t lhs, int64_t rhs) {
  return static_cast<int64_t>(static_cast<uint64_t>(lhs) +
                              static_cast<uint64_t>(rhs));
}
static int64_t wrappingMul(int64_t lhs, int64_t rhs) {
  return static_cast<int64_t>(static_cast<uint64_t>(lhs) *
                              static_cast<uint64_t>(rhs));
}

static void addTerm(std::map<Dim::Monomial, int64_t> &terms,
                    const Dim::Monomial &monomial, int64_t coefficient) {
  int64_t &slot = terms[monomial];
  slot = wrappingAdd(slot, coefficient);
  if (slot == 0)
    terms.erase(monomial);
}

namespace arr {
Dim operator+(const Dim &lhs, const Dim &rhs) {
  Dim sum = lhs;
  for (const auto &[monomial, coefficient] : rhs.terms)
    addTerm(sum.terms, monomial, coefficient);
  return sum;
}

Dim operator-(const Dim &lhs, const Dim &rhs) {
  Dim difference = lhs;
  for (const auto &[monomial, coefficient] : rhs.terms)
    addTerm(difference.terms, monomial, wrappingMul(coefficient, -1));
  return difference;
}

Dim operator*(const Dim &lhs, const Dim &rhs) {
  Dim product;
  for (const auto &[left, leftCoefficient] : lhs.terms)
    for (const auto &[right, rightCoefficient] : rhs.terms) {
      Dim::Monomial monomial;
      std::merge(left.begin(), left.end(), right.begin(), right.end(),
                 std::back_inserter(monomial));
      addTerm(product.terms, monomial,
              wrappingMul(leftCoefficient, rightCoefficient));
    }
  return product;
}
} // namespace arr

std::optional<int64_t> Dim::asConstant() const {
  if (terms.empty())
    return 0;
  if (terms.size() == 1 && terms.begin()->first.empty())
    return terms.begin()->second;
  return std::nullopt;
}

std::optional<SymbolId> Dim::asSymbol() const {
  if (terms.size() == 1 && terms.begin()->first.size() == 1 &&
      terms.begin()->second == 1)
    return terms.begin()->first.front();
  return std::nullopt;
}

std::optional<int64_t> Dim::lowerBound() const {
  int64_t bound = 0;
  for (const auto &[monomial, coefficient] : terms) {
    if (monomial.empty())
      bound = coefficient;
    else if (coefficient < 0)
      return std::nullopt;
  }
  return bound;
}

std::optional<Dim> Dim::divideExactly(int64_t divisor) const {
  Dim quotient;
  for (const auto &[monomial, coefficient] : terms) {
    if (divisor == 0 || coefficient % divisor != 0)
      return std::nullopt;
    quotient.terms[monomial] = coefficient / divisor;
  }
  return quotient;
}

Dim Dim::substitute(llvm::function_ref<Dim(SymbolId)> replacement) const {
  Dim result;
  for (const auto &[monomial, coefficient] : terms) {
    Dim product = constant(coefficient);
    for (SymbolId id : monomial)
      product = product * replacement(id);
    result = result + product;
  }
  return result;
}

bool Dim::anySymbol(llvm::function_ref<bool(SymbolId)> predicate) const {
  for (const auto &term : terms)
    if (llvm::any_of(term.first, predicate))
      return true;
  return false;
}

std::string Dim::str(llvm::ArrayRef<std::string> symbolNames) const {
  if (terms.empty())
    return "0";
  std::string text;
  auto append = [&](const Monomial &monomial, int64_t coefficient) {
    bool negative = coefficient < 0;
    uint64_t magnitude = negative ? 0 - static_cast<uint64_t>(coefficient)
                                  : static_cast<uint64_t>(coefficient);
    if (!text.empty())
      text += negative ? " - " : " + ";
    else if (negative)
      text += "-";
    if (magnitude != 1 || monomial.empty()) {
      text += std::to_string(magnitude);
      if (!monomial.empty())
        text += " * ";
    }
    for (auto [i, id] : llvm::enumerate(monomial)) {
      if (i)
        text += " * ";
      text +=
          id < symbolNames.size() ? symbolNames[id] : "?" + std::to_string(id);
    }
  };
  // A positive term first, the constant last: `n - 1`, `m - n`.
  std::vector<const std::pair<const Monomial, int64_t> *> order;
  for (const auto &term : terms)
    if (!term.first.empty())
      order.push_back(&term);
  llvm::stable_sort(order, [](const auto *lhs, const auto *rhs) {
    return (lhs->second > 0) > (rhs->second > 0);
  });
  if (auto constantTerm = terms.find({}); constantTerm != terms.end()) {
    bool allNegative =
        llvm::all_of(order, [](const auto *term) { return term->second < 0; });
    order.insert(allNegative && constantTerm->second > 0 ? order.begin()
                                                         : order.end(),
                 &*constantTerm);
  }
  for (const auto *term : order)
    append(term->first, term->second);
  return text;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type Type::scalar(DType dtype, bool weak) {
  Type type = make(TypeKind::Scalar);
  type.dtype = dtype;
  type.weak = weak;
  return type;
}

Type Type::array(DType dtype, std::vector<Dim> shape) {
  Type type = make(TypeKind::Array);
  type.dtype = dtype;
  type.shape = std::move(shape);
  return type;
}

Type Type::tuple(std::vector<Type> elements) {
  Type type = make(TypeKind::Tuple);
  type.elements = std::move(elements);
  return type;
}

namespace arr {
bool operator==(const Type &lhs, const Type &rhs) {
  if (lhs.kind != rhs.kind)
    return false;
  switch (lhs.kind) {
  case TypeKind::Scalar:
    return lhs.dtype == rhs.dtype && lhs.weak == rhs.weak;
  case TypeKind::Array:
    return lhs.dtype == rhs.dtype && lhs.shape == rhs.shape;
  case TypeKind::Tuple:
    return lhs.elements == rhs.elements;
  default:
    return true;
  }
}
} // namespace arr

static llvm::StringRef weakSpelling(DType dtype) {
  if (dtype == DType::Bool)
    return "bool";
  if (isInteger(dtype))
    return "int";
  return isFloat(dtype) ? "float" : "complex";
}

std::string Type::str(llvm::ArrayRef<std::string> symbolNames) const {
  switch (kind) {
  case TypeKind::Invalid:
    return "<error>";
  case TypeKind::None:
    return "None";
  case TypeKind::Str:
    return "str";
  case TypeKind::Scalar:
    return (weak ? weakSpelling(dtype) : spelling(dtype)).str();
  case TypeKind::Array: {
    std::string text = spelling(dtype).str() + "[";
    for (auto [i, dim] : llvm::enumerate(shape))
      text += (i ? ", " : "") + dim.str(symbolNames);
    return text + (shape.empty() ? "()]" : "]");
  }
  case TypeKind::Tuple: {
    std::string text = "tuple[";
    for (auto [i, element] : llvm::enumerate(elements))
      text += (i ? ", " : "") + element.str(symbolNames);
    return text + (elements.empty() ? "()]" : "]");
  }
  }
  llvm_unreachable("all kinds are covered");
}
