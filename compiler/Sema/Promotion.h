//===- Promotion.h - NumPy 2's rules of promotion and casting
//--------------===//
#ifndef ARR_SEMA_PROMOTION_H
#define ARR_SEMA_PROMOTION_H

#include "compiler/Sema/Program.h"
#include "compiler/Sema/Types.h"

namespace arr {

/// The dtype of arithmetic between two dtypes: i32 and f32 give f64.
DType promote(DType lhs, DType rhs);

/// The common dtype of operands, Python scalars (weak) taking the dtype of the
/// others where their kind allows (NEP 50). A scalar type; weak if all are.
Type promoteOperands(llvm::ArrayRef<Type> operands);

/// np.can_cast(from, to, 'same_kind'): what `+=` may store.
bool canCastSameKind(DType from, DType to);
/// np.can_cast(from, to): no value is lost.
bool canCastSafely(DType from, DType to);
/// bool 0, integers 1, floats 2, complex 3.
unsigned kindOrder(DType dtype);
/// The float dtype in which `sqrt` and its like compute for a dtype.
DType floatDType(DType dtype);
/// c64 -> f32, c128 -> f64, others unchanged.
DType realDType(DType dtype);
DType complexDType(DType dtype); // of a float
/// The Python scalar's dtype for its kind: bool, i64, f64, c128.
DType defaultDType(DType dtype);

/// A value known at compile time.
struct Constant {
  enum class Kind { Bool, Int, Float, Complex };
  Kind kind = Kind::Int;
  __int128 integer = 0; // Bool, Int; wide enough for u64 arithmetic
  std::complex<double> number;

  static Constant ofBool(bool value);
  static Constant ofInt(__int128 value);
  static Constant ofFloat(double value);
  static Constant ofComplex(std::complex<double> value);

  DType dtype() const; // as a Python scalar
  std::complex<double> asComplex() const;
  bool isTrue() const;
  std::string str() const; // as Python prints it
  friend bool operator==(const Constant &lhs, const Constant &rhs);
};

/// Whether an integer is a value of an integer dtype (or converts to others).
bool fitsIn(__int128 value, DType dtype);
/// astype: truncation, saturation of floats, NaN to 0, integers wrap.
Constant convertConstant(const Constant &value, DType dtype);

/// In which dtype a ufunc computes for operands of a common dtype.
struct UfuncTypes {
  typed::Ufunc ufunc; // bool + bool is logical_or
  DType compute;
  DType result;
};
/// None where NumPy has no loop for the dtype.
std::optional<UfuncTypes> ufuncTypes(typed::Ufunc ufunc, DType promoted);

} // namespace arr

#endif // ARR_SEMA_PROMOTION_H
