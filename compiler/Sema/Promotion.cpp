//===- Promotion.cpp - NumPy 2's rules of promotion and casting -----------===//
#include "compiler/Sema/Promotion.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Format.h"
#include <cmath>
#include <cstring>

using namespace arr;

static DType signedOfWidth(unsigned bits) {
  return bits <= 8    ? DType::I8
         : bits <= 16 ? DType::I16
         : bits <= 32 ? DType::I32
                      : DType::I64;
}

unsigned arr::kindOrder(DType dtype) {
  if (dtype == DType::Bool)
    return 0;
  if (isInteger(dtype))
    return 1;
  return isFloat(dtype) ? 2 : 3;
}

DType arr::floatDType(DType dtype) {
  if (isFloat(dtype) || isComplex(dtype))
    return dtype;
  return bitWidth(dtype) <= 16 ? DType::F32 : DType::F64;
}

DType arr::realDType(DType dtype) {
  if (dtype == DType::C64)
    return DType::F32;
  return dtype == DType::C128 ? DType::F64 : dtype;
}

DType arr::complexDType(DType dtype) {
  return dtype == DType::F32 ? DType::C64 : DType::C128;
}

DType arr::defaultDType(DType dtype) {
  static constexpr DType defaults[] = {DType::Bool, DType::I64, DType::F64,
                                       DType::C128};
  return defaults[kindOrder(dtype)];
}

DType arr::promote(DType lhs, DType rhs) {
  if (lhs == rhs)
    return lhs;
  if (kindOrder(lhs) > kindOrder(rhs))
    std::swap(lhs, rhs);
  if (lhs == DType::Bool)
    return rhs;
  if (isInteger(rhs)) {
    if (isUnsigned(lhs) == isUnsigned(rhs))
      return bitWidth(lhs) > bitWidth(rhs) ? lhs : rhs;
    if (isUnsigned(rhs))
      std::swap(lhs, rhs); // lhs is unsigned, rhs signed
    if (bitWidth(lhs) < bitWidth(rhs))
      return rhs;
    return lhs == DType::U64 ? DType::F64 : signedOfWidth(2 * bitWidth(lhs));
  }
  // A float or complex number is on the right: the parts' precision decides.
  DType leftPart = realDType(floatDType(lhs)), rightPart = realDType(rhs);
  DType part = leftPart == DType::F64 ? leftPart : rightPart;
  return isComplex(rhs) ? complexDType(part) : part;
}

Type arr::promoteOperands(llvm::ArrayRef<Type> operands) {
  std::optional<DType> strong;
  std::optional<DType> weak;
  for (const Type &type : operands) {
    if (type.isScalar() && type.weak)
      weak = weak && kindOrder(*weak) >= kindOrder(type.dtype) ? *weak
                                                               : type.dtype;
    else
      strong = strong ? promote(*strong, type.dtype) : type.dtype;
  }
  if (!strong)
    return Type::scalar(weak.value_or(DType::F64), /*weak=*/true);
  if (!weak || kindOrder(*weak) <= kindOrder(*strong))
    return Type::scalar(*strong);
  if (isComplex(*weak) && isFloat(*strong))
    return Type::scalar(complexDType(*strong));
  return Type::scalar(*weak);
}

bool arr::canCastSafely(DType from, DType to) {
  return promote(from, to) == to;
}

bool arr::canCastSameKind(DType from, DType to) {
  if (kindOrder(from) != kindOrder(to))
    return kindOrder(from) < kindOrder(to);
  return !isInteger(from) || isUnsigned(from) || !isUnsigned(to);
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

Constant Constant::ofBool(bool value) {
  Constant result;
  result.kind = Kind::Bool;
  result.integer = value;
  return result;
}
Constant Constant::ofInt(__int128 value) {
  Constant result;
  result.integer = value;
  return result;
}
Constant Constant::ofFloat(double value) {
  Constant result;
  result.kind = Kind::Float;
  result.number = value;
  return result;
}
Constant Constant::ofComplex(std::complex<double> value) {
  Constant result;
  result.kind = Kind::Complex;
  result.number = value;
  return result;
}

DType Constant::dtype() const {
  switch (kind) {
  case Kind::Bool:
    return DType::Bool;
  case Kind::Int:
    return DType::I64;
  case Kind::Float:
    return DType::F64;
  case Kind::Complex:
    return DType::C128;
  }
  llvm_unreachable("all kinds are covered");
}

std::complex<double> Constant::asComplex() const {
  return kind <= Kind::Int ? static_cast<double>(integer) : number;
}

bool Constant::isTrue() const {
  return kind <= Kind::Int ? integer != 0 : number != 0.0;
}

namespace arr {
bool operator==(const Constant &lhs, const Constant &rhs) {
  auto same = [](double a, double b) {
    // Bitwise, so that NaN is itself and -0.0 is not 0.0.
    return std::memcmp(&a, &b, sizeof a) == 0;
  };
  return lhs.kind == rhs.kind && lhs.integer == rhs.integer &&
         same(lhs.number.real(), rhs.number.real()) &&
         same(lhs.number.imag(), rhs.number.imag());
}
} // namespace arr

static std::string decimal(__int128 value) {
  bool negative = value < 0;
  unsigned __int128 rest =
      negative ? -static_cast<unsigned __int128>(value) : value;
  std::string digits;
  do
    digits.insert(digits.begin(), static_cast<char>('0' + rest % 10));
  while (rest /= 10);
  return (negative ? "-" : "") + digits;
}

static std::string decimal(double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  std::string text;
  // The shortest form that reads back, as Python's repr.
  for (int precision = 1; precision <= 17; ++precision) {
    text.clear();
    llvm::raw_string_ostream(text) << llvm::format("%.*g", precision, value);
    if (std::strtod(text.c_str(), nullptr) == value)
      break;
  }
  bool isPlain = text.find_first_of(".e") == std::string::npos;
  return isPlain ? text + ".0" : text;
}

std::string Constant::str() const {
  switch (kind) {
  case Kind::Bool:
    return integer ? "True" : "False";
  case Kind::Int:
    return decimal(integer);
  case Kind::Float:
    return decimal(number.real());
  case Kind::Complex:
    return "(" + decimal(number.real()) + "+" + decimal(number.imag()) + "j)";
  }
  llvm_unreachable("all kinds are covered");
}

bool arr::fitsIn(__int128 value, DType dtype) {
  if (!isInteger(dtype))
    return true;
  unsigned bits = bitWidth(dtype);
  if (isUnsigned(dtype))
    return value >= 0 && value < (static_cast<__int128>(1) << bits);
  __int128 limit = static_cast<__int128>(1) << (bits - 1);
  return -limit <= value && value < limit;
}

/// The value with `bits` bits, sign- or zero-extended again.
static __int128 wrapTo(__int128 value, DType dtype) {
  unsigned bits = bitWidth(dtype);
  auto mask = (static_cast<unsigned __int128>(1) << bits) - 1;
  auto pattern = static_cast<unsigned __int128>(value) & mask;
  if (!isUnsigned(dtype) && (pattern >> (bits - 1)))
    return static_cast<__int128>(pattern) - static_cast<__int128>(mask) - 1;
  return static_cast<__int128>(pattern);
}

Constant arr::convertConstant(const Constant &value, DType dtype) {
  if (dtype == DType::Bool)
    return Constant::ofBool(value.isTrue());
  if (isInteger(dtype)) {
    if (value.kind <= Constant::Kind::Int)
      return Constant::ofInt(wrapTo(value.integer, dtype));
    double number = std::trunc(value.number.real());
    if (std::isnan(number))
      return Constant::ofInt(0);
    __int128 one = 1;
    __int128 low = isUnsigned(dtype) ? 0 : -(one << (bitWidth(dtype) - 1));
    __int128 high =
        (one << (bitWidth(dtype) - (isUnsigned(dtype) ? 0 : 1))) - 1;
    if (number <= static_cast<double>(low))
      return Constant::ofInt(low);
    if (number >= static_cast<double>(high))
      return Constant::ofInt(high);
    return Constant::ofInt(static_cast<__int128>(number));
  }
  std::complex<double> number = value.asComplex();
  if (realDType(dtype) == DType::F32)
    number = {static_cast<float>(number.real()),
              static_cast<float>(number.imag())};
  return isComplex(dtype) ? Constant::ofComplex(number)
                          : Constant::ofFloat(number.real());
}

//===----------------------------------------------------------------------===//
// Elementwise functions
//===----------------------------------------------------------------------===//

namespace {
/// What a function does with its operands' dtype.
enum class Rule {
  Arithmetic,       // any number, bool as the function's logical twin
  NoBool,           // bool has no loop
  NoBoolReal,       // neither bool nor complex
  SmallForBool,     // bool computes in i8
  SmallForBoolReal, // and complex has no loop
  Divide,           // integers give f64
  Absolute,
  Order,   // maximum, minimum: real, bool as logic
  Compare, // -> bool
  CompareReal,
  Logic, // computes in bool
  Bits,
  Shift,
  Float,        // computes in floats, or complex
  FloatReal,    // only floats
  Round,        // integers are left alone
  Classify,     // float or complex -> bool
  ClassifyReal, // float -> bool
  Identity,
  Part, // complex -> float
};
} // namespace

static Rule ruleOf(typed::Ufunc ufunc) {
  using U = typed::Ufunc;
  switch (ufunc) {
  case U::Add:
  case U::Multiply:
    return Rule::Arithmetic;
  case U::Subtract:
  case U::Negative:
  case U::Positive:
  case U::Sign:
    return Rule::NoBool;
  case U::FloorDivide:
  case U::Remainder:
  case U::Fmod:
    return Rule::SmallForBoolReal;
  case U::Power:
  case U::Square:
  case U::Reciprocal:
    return Rule::SmallForBool;
  case U::Divide:
    return Rule::Divide;
  case U::Absolute:
    return Rule::Absolute;
  case U::Maximum:
  case U::Minimum:
  case U::Fmax:
  case U::Fmin:
    return Rule::Order;
  case U::Equal:
  case U::NotEqual:
    return Rule::Compare;
  case U::Less:
  case U::LessEqual:
  case U::Greater:
  case U::GreaterEqual:
    return Rule::CompareReal;
  case U::LogicalAnd:
  case U::LogicalOr:
  case U::LogicalXor:
  case U::LogicalNot:
    return Rule::Logic;
  case U::BitwiseAnd:
  case U::BitwiseOr:
  case U::BitwiseXor:
  case U::Invert:
    return Rule::Bits;
  case U::LeftShift:
  case U::RightShift:
    return Rule::Shift;
  case U::Exp:
  case U::Exp2:
  case U::Expm1:
  case U::Log:
  case U::Log2:
  case U::Log10:
  case U::Log1p:
  case U::Sqrt:
  case U::Sin:
  case U::Cos:
  case U::Tan:
  case U::Arcsin:
  case U::Arccos:
  case U::Arctan:
  case U::Sinh:
  case U::Cosh:
  case U::Tanh:
  case U::Arcsinh:
  case U::Arccosh:
  case U::Arctanh:
  case U::Rint:
    return Rule::Float;
  case U::Logaddexp:
  case U::Logaddexp2:
  case U::Cbrt:
  case U::Hypot:
  case U::Arctan2:
  case U::Copysign:
  case U::Nextafter:
  case U::Spacing:
  case U::Ldexp:
  case U::Heaviside:
    return Rule::FloatReal;
  case U::Floor:
  case U::Ceil:
  case U::Trunc:
    return Rule::Round;
  case U::Isnan:
  case U::Isinf:
  case U::Isfinite:
    return Rule::Classify;
  case U::Signbit:
    return Rule::ClassifyReal;
  case U::Conjugate:
  case U::Where:
    return Rule::Identity;
  case U::Real:
  case U::Imag:
    return Rule::Part;
  case U::MakeComplex:
    return Rule::FloatReal;
  }
  llvm_unreachable("all functions are covered");
}

/// On bool, these compute what their logical twin computes.
static typed::Ufunc logicalTwin(typed::Ufunc ufunc) {
  using U = typed::Ufunc;
  switch (ufunc) {
  case U::Add:
  case U::Maximum:
  case U::Fmax:
  case U::BitwiseOr:
    return U::LogicalOr;
  case U::Multiply:
  case U::Minimum:
  case U::Fmin:
  case U::BitwiseAnd:
    return U::LogicalAnd;
  case U::BitwiseXor:
    return U::LogicalXor;
  case U::Invert:
    return U::LogicalNot;
  default:
    return ufunc;
  }
}

std::optional<UfuncTypes> arr::ufuncTypes(typed::Ufunc ufunc, DType dtype) {
  auto same = [&](DType compute) {
    return UfuncTypes{ufunc, compute, compute};
  };
  auto toBool = [&](DType compute) {
    return UfuncTypes{ufunc, compute, DType::Bool};
  };
  bool isBool = dtype == DType::Bool;
  if (isBool && logicalTwin(ufunc) != ufunc)
    return UfuncTypes{logicalTwin(ufunc), DType::Bool, DType::Bool};
  switch (ruleOf(ufunc)) {
  case Rule::Arithmetic:
  case Rule::Identity:
    return same(dtype);
  case Rule::NoBool:
    if (isBool)
      return std::nullopt;
    return same(dtype);
  case Rule::NoBoolReal:
    if (isBool || isComplex(dtype))
      return std::nullopt;
    return same(dtype);
  case Rule::SmallForBool:
    return same(isBool ? DType::I8 : dtype);
  case Rule::SmallForBoolReal:
    if (isComplex(dtype))
      return std::nullopt;
    return same(isBool ? DType::I8 : dtype);
  case Rule::Divide:
    return same(kindOrder(dtype) < 2 ? DType::F64 : dtype);
  case Rule::Absolute:
    if (isBool)
      return UfuncTypes{typed::Ufunc::Conjugate, dtype, dtype};
    return UfuncTypes{ufunc, dtype, realDType(dtype)};
  case Rule::Order:
    if (isComplex(dtype))
      return std::nullopt;
    return same(dtype);
  case Rule::Compare:
    return toBool(dtype);
  case Rule::CompareReal:
    if (isComplex(dtype))
      return std::nullopt;
    return toBool(dtype);
  case Rule::Logic:
    return toBool(DType::Bool);
  case Rule::Bits:
    if (!isInteger(dtype))
      return std::nullopt;
    return same(dtype);
  case Rule::Shift:
    if (kindOrder(dtype) > 1)
      return std::nullopt;
    return same(isBool ? DType::I8 : dtype);
  case Rule::Float:
    return same(floatDType(dtype));
  case Rule::FloatReal:
    if (isComplex(dtype))
      return std::nullopt;
    return same(floatDType(dtype));
  case Rule::Round:
    if (isComplex(dtype))
      return std::nullopt;
    if (!isFloat(dtype))
      return UfuncTypes{typed::Ufunc::Conjugate, dtype, dtype};
    return same(dtype);
  case Rule::Classify:
    return toBool(floatDType(dtype));
  case Rule::ClassifyReal:
    if (isComplex(dtype))
      return std::nullopt;
    return toBool(floatDType(dtype));
  case Rule::Part:
    return UfuncTypes{ufunc, dtype, realDType(dtype)};
  }
  llvm_unreachable("all rules are covered");
}
