//===- Value.h - What an expression of the source stands for
//---------------===//
//
// While functions are checked, an expression stands for more than the typed
// program can hold: besides run-time values there are constants whose value is
// known, dtypes, functions, modules, None, strings. All of these are Values;
// only run-time ones become typed::Exprs.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_VALUE_H
#define ARR_SEMA_VALUE_H

#include "compiler/AST/AST.h"
#include "compiler/Sema/Program.h"
#include "compiler/Sema/Promotion.h"
#include <map>
#include <memory>

namespace arr::sema {

struct Builtin;
struct FunctionDecl;
struct Global;
struct Value;
class ModuleScope;

/// A lambda expression. While it stays in the function that wrote it, its free
/// names mean what they mean there; when it is handed to another function,
/// `captures` says what they stand for in that function.
struct Closure {
  const ast::Lambda *node = nullptr;
  ModuleScope *module = nullptr;
  bool isCaptured = false;
  std::map<std::string, Value> captures;
};

struct Value {
  enum class Kind {
    Missing, // an argument that was not given
    Invalid, // an error was reported
    Runtime, // a scalar, array or str; perhaps with a known value
    None,
    Text,     // a string known at compile time
    DType,    // `type` says which; weak for int, float, complex, bool
    DTypeSet, // a dtype variable where no instance binds it, f32 | f64
    Tuple,    // of values
    List,     // [..], for np.array and the like
    Function,
    Lambda,
    Builtin,
    Method, // a built-in bound to a value (elements[0])
    Module,
    NumPy, // `np`, or a part of it: text is "np", "linalg", ...
    Ellipsis,
    Slice,    // slice(a, b): start, stop and step as elements, Missing for None
    Conflict, // a name with different meanings on different paths; text says
              // which
  };
  Kind kind = Kind::Missing;
  SourceRange range;

  Type type;                        // Runtime, DType
  typed::Expr *expr = nullptr;      // Runtime; null if the constant says it all
  std::optional<Constant> constant; // Runtime scalars
  std::optional<Dim> dim;           // weak ints that are a size
  bool isKnownArgument = false;     // a constant that selects an instance

  std::string text;
  std::vector<Value> elements; // Tuple, List, Method
  std::vector<DType> dtypes;   // DTypeSet
  const FunctionDecl *function = nullptr;
  const Builtin *builtin = nullptr;
  std::shared_ptr<Closure> closure;
  ModuleScope *module = nullptr;

  static Value invalid() { return of(Kind::Invalid, {}); }
  static Value of(Kind kind, SourceRange range) {
    Value value;
    value.kind = kind;
    value.range = range;
    return value;
  }
  static Value runtime(typed::Expr *expr) {
    Value value = of(Kind::Runtime, expr->range);
    value.expr = expr;
    value.type = expr->type;
    return value;
  }
  static Value constantOf(Constant constant, SourceRange range) {
    Value value = of(Kind::Runtime, range);
    value.type = Type::scalar(constant.dtype(), /*weak=*/true);
    if (constant.kind == Constant::Kind::Int &&
        fitsIn(constant.integer, DType::I64))
      value.dim = Dim::constant(static_cast<int64_t>(constant.integer));
    value.constant = std::move(constant);
    return value;
  }
  static Value integer(__int128 number, SourceRange range) {
    return constantOf(Constant::ofInt(number), range);
  }
  static Value textOf(std::string text, SourceRange range) {
    Value value = of(Kind::Text, range);
    value.text = std::move(text);
    return value;
  }
  static Value tuple(std::vector<Value> elements, SourceRange range) {
    Value value = of(Kind::Tuple, range);
    value.elements = std::move(elements);
    return value;
  }
  static Value dtype(Type scalar, SourceRange range) {
    Value value = of(Kind::DType, range);
    value.type = std::move(scalar);
    return value;
  }

  bool isInvalid() const { return kind == Kind::Invalid; }
  bool isMissing() const { return kind == Kind::Missing; }
  bool isNone() const { return kind == Kind::None; }
  bool isMissingOrNone() const { return isMissing() || isNone(); }
  bool isRuntime() const { return kind == Kind::Runtime; }
  bool isScalar() const { return isRuntime() && type.isScalar(); }
  bool isArray() const { return isRuntime() && type.isArray(); }
  bool isNumeric() const { return isScalar() || isArray(); }
  bool isTuple() const { return kind == Kind::Tuple; }
  bool isSequence() const { return isTuple() || kind == Kind::List; }
  bool isText() const { return kind == Kind::Text; }
  bool isDType() const { return kind == Kind::DType; }
  bool isCallable() const {
    return kind == Kind::Function || kind == Kind::Lambda ||
           kind == Kind::Builtin || kind == Kind::Method;
  }
  bool isInt() const { return isScalar() && kindOrder(type.dtype) == 1; }
  std::optional<int64_t> asInt() const {
    if (isScalar() && constant && constant->kind <= Constant::Kind::Int &&
        fitsIn(constant->integer, DType::I64))
      return static_cast<int64_t>(constant->integer);
    return std::nullopt;
  }
  std::optional<bool> asBool() const {
    if (isScalar() && constant)
      return constant->isTrue();
    return std::nullopt;
  }
};

} // namespace arr::sema

#endif // ARR_SEMA_VALUE_H
