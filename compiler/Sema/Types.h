//===- Types.h - Dtypes, symbolic dimensions and types of the language ----===//
//
// The type of every expression in a typed program. No MLIR here: MLIRGen maps
// these to the types of the arr dialect.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_TYPES_H
#define ARR_SEMA_TYPES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace arr {

enum class DType : uint8_t {
  Bool,
  I8,
  I16,
  I32,
  I64,
  U8,
  U16,
  U32,
  U64,
  F32,
  F64,
  C64,
  C128
};

bool isInteger(DType dtype); // signed or unsigned, not bool
bool isUnsigned(DType dtype);
bool isFloat(DType dtype);
bool isComplex(DType dtype);
unsigned bitWidth(DType dtype);        // storage bits, all parts; bool is 8
llvm::StringRef spelling(DType dtype); // "f64"
std::optional<DType> parseDType(llvm::StringRef name);

/// A symbol of a function instance: an index into its Function::symbols.
using SymbolId = unsigned;

/// A size: a polynomial with integer coefficients over symbols, kept in a
/// canonical form, so that equal sizes compare equal. What is no polynomial
/// (`n // 2`, the length of a computed slice) is a symbol of its own.
class Dim {
public:
  /// Sorted symbols that are multiplied; empty for the constant term.
  using Monomial = std::vector<SymbolId>;

  Dim() = default; // 0
  static Dim constant(int64_t value);
  static Dim symbol(SymbolId id);

  friend Dim operator+(const Dim &lhs, const Dim &rhs);
  friend Dim operator-(const Dim &lhs, const Dim &rhs);
  friend Dim operator*(const Dim &lhs, const Dim &rhs);
  friend bool operator==(const Dim &lhs, const Dim &rhs) {
    return lhs.terms == rhs.terms;
  }
  friend bool operator!=(const Dim &lhs, const Dim &rhs) {
    return !(lhs == rhs);
  }

  std::optional<int64_t> asConstant() const;
  std::optional<SymbolId> asSymbol() const; // exactly one symbol, coefficient 1
  bool isOne() const { return asConstant() == 1; }
  const std::map<Monomial, int64_t> &getTerms() const { return terms; }

  /// What the size cannot be less than, symbols being sizes (>= 0); none where
  /// nothing is known.
  std::optional<int64_t> lowerBound() const;
  std::optional<Dim> divideExactly(int64_t divisor) const;
  Dim substitute(llvm::function_ref<Dim(SymbolId)> replacement) const;
  bool anySymbol(llvm::function_ref<bool(SymbolId)> predicate) const;

  /// The size as a user would write it: "2 * n + 1".
  std::string str(llvm::ArrayRef<std::string> symbolNames) const;

private:
  std::map<Monomial, int64_t> terms; // no zero coefficients
};

enum class TypeKind : uint8_t {
  Invalid, // an error was reported; silences follow-up errors
  None,
  Scalar,
  Array,
  Tuple,
  Str,
};

/// The type of a value at run time. Functions, modules, dtypes and other
/// compile-time entities never appear in a typed program.
struct Type {
  TypeKind kind = TypeKind::Invalid;
  DType dtype = DType::F64;
  /// Python scalars (NEP 50): bool, int (I64), float (F64), complex (C128).
  bool weak = false;
  std::vector<Dim> shape;     // Array; never weak
  std::vector<Type> elements; // Tuple

  static Type none() { return make(TypeKind::None); }
  static Type str() { return make(TypeKind::Str); }
  static Type scalar(DType dtype, bool weak = false);
  static Type array(DType dtype, std::vector<Dim> shape);
  static Type tuple(std::vector<Type> elements);

  bool isInvalid() const { return kind == TypeKind::Invalid; }
  bool isScalar() const { return kind == TypeKind::Scalar; }
  bool isArray() const { return kind == TypeKind::Array; }
  bool isTuple() const { return kind == TypeKind::Tuple; }
  unsigned rank() const { return shape.size(); }

  /// Same kind, dtype, weakness, rank and sizes.
  friend bool operator==(const Type &lhs, const Type &rhs);
  friend bool operator!=(const Type &lhs, const Type &rhs) {
    return !(lhs == rhs);
  }
  /// "f64[n, 2 * k]", "int", "tuple[f32, i64]".
  std::string str(llvm::ArrayRef<std::string> symbolNames) const;

private:
  static Type make(TypeKind kind) {
    Type type;
    type.kind = kind;
    return type;
  }
};

} // namespace arr

#endif // ARR_SEMA_TYPES_H
