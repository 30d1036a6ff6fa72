//===- Builtins.h - The table of built-in functions
//------------------------===//
//
// A built-in is a row of a family's table: its name, its parameters as NumPy
// names them, and the function that checks a call. Functions that can be
// written in the language are rows of stdlibFunctions() and live in stdlib/.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_BUILTINS_BUILTINS_H
#define ARR_SEMA_BUILTINS_BUILTINS_H

#include "compiler/Sema/Checker.h"

namespace arr::sema {

/// A call of a built-in, with arguments in the order of its parameters.
struct BuiltinCall {
  Checker &checker;
  const Builtin &builtin;
  SourceRange range;
  ValueList args; // Missing where not given
  ValueList rest; // what a `*name` parameter took

  const Value &operator[](unsigned i) const { return args[i]; }
};

struct Builtin {
  const char *name;   // "sum", "linalg.norm"
  const char *params; // "a, axis=, *, keepdims="; "=" marks optional ones
  Value (*handler)(BuiltinCall &call);
  bool isMethod = false; // also `x.name(...)`
  int data = 0;          // what a shared handler needs to know
};

/// A function of the standard library that has a NumPy name.
struct StdlibFunction {
  const char *name;
  const char *module;
  bool isMethod = false;
};

llvm::ArrayRef<Builtin> scalarBuiltins();
llvm::ArrayRef<Builtin> ufuncBuiltins();
llvm::ArrayRef<Builtin> reductionBuiltins();
llvm::ArrayRef<Builtin> creationBuiltins();
llvm::ArrayRef<Builtin> shapeBuiltins();
llvm::ArrayRef<Builtin> linalgBuiltins();
llvm::ArrayRef<Builtin> ioBuiltins();
llvm::ArrayRef<StdlibFunction> stdlibFunctions();

const Builtin *findBuiltin(llvm::StringRef name);
const StdlibFunction *findStdlibFunction(llvm::StringRef name);
/// `pi`, `newaxis`, `float64`, ...
std::optional<Value> findBuiltinConstant(llvm::StringRef name,
                                         SourceRange range);
/// Names that NumPy has and this compiler will have.
bool isPlannedName(llvm::StringRef name);
/// The name that was probably meant; empty if none is near.
std::string nearestBuiltin(llvm::StringRef name);
std::string nearestName(llvm::StringRef name,
                        llvm::ArrayRef<llvm::StringRef> candidates);

Value callBuiltin(Checker &checker, const Builtin &builtin, Arguments &args,
                  SourceRange range);

//===--- Shared by the families
//---------------------------------------------===//

typed::Ufunc elementwiseOf(ast::BinaryOp op);
/// Checks that an argument is an array or scalar.
bool requireArgument(BuiltinCall &call, unsigned index);
/// `axis=` as sorted axes; all of them for None. None after an error.
std::optional<llvm::SmallVector<unsigned, 4>>
axesArgument(Checker &checker, const Value &axis, unsigned rank);
/// One axis, normalised.
std::optional<unsigned> axisArgument(Checker &checker, const Value &axis,
                                     unsigned rank);
/// A dtype argument; nothing for Missing and None, which is no error.
bool dtypeArgument(Checker &checker, const Value &value,
                   std::optional<DType> &dtype);
/// A compile-time bool; Missing gives the default.
bool flagArgument(Checker &checker, const Value &value, bool &flag);
/// A shape: an integer or a sequence of them.
std::optional<ValueList> shapeArgument(Checker &checker, const Value &value);
/// Nested lists, tuples and scalars as an array value; arrays as they are.
Value asArray(Checker &checker, const Value &value,
              std::optional<DType> dtype = std::nullopt);

Value matmul(Checker &checker, const Value &lhs, const Value &rhs,
             SourceRange range, llvm::StringRef spelling);
Value transpose(Checker &checker, const Value &array,
                llvm::ArrayRef<unsigned> permutation, SourceRange range);
Value reshape(Checker &checker, const Value &array, const ValueList &sizes,
              SourceRange range);
Value castTo(Checker &checker, const Value &value, DType dtype);
Value realPart(Checker &checker, const Value &value, SourceRange range);
Value imagPart(Checker &checker, const Value &value, SourceRange range);

} // namespace arr::sema

#endif // ARR_SEMA_BUILTINS_BUILTINS_H
