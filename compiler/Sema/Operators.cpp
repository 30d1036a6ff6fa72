//===- Operators.cpp - Operators and elementwise functions ----------------===//
//
// Operators between Python scalars follow Python (and are computed at once
// where the values are known); everything else follows NumPy's ufuncs.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace arr;
using namespace arr::sema;
using ast::BinaryOp;
using typed::Ufunc;

static Ufunc ufuncOf(BinaryOp op) {
  switch (op) {
  case BinaryOp::Add:
    return Ufunc::Add;
  case BinaryOp::Sub:
    return Ufunc::Subtract;
  case BinaryOp::Mul:
    return Ufunc::Multiply;
  case BinaryOp::Div:
    return Ufunc::Divide;
  case BinaryOp::FloorDiv:
    return Ufunc::FloorDivide;
  case BinaryOp::Mod:
    return Ufunc::Remainder;
  case BinaryOp::Pow:
    return Ufunc::Power;
  case BinaryOp::BitAnd:
    return Ufunc::BitwiseAnd;
  case BinaryOp::BitOr:
    return Ufunc::BitwiseOr;
  case BinaryOp::BitXor:
    return Ufunc::BitwiseXor;
  case BinaryOp::LShift:
    return Ufunc::LeftShift;
  case BinaryOp::RShift:
    return Ufunc::RightShift;
  case BinaryOp::MatMul:
    break;
  }
  llvm_unreachable("`@` is no elementwise function");
}

static Ufunc ufuncOf(ast::CompareOp op);

Ufunc arr::sema::elementwiseOf(BinaryOp op) { return ufuncOf(op); }

//===----------------------------------------------------------------------===//
// Known values
//===----------------------------------------------------------------------===//

/// Beyond this, the value could not be carried while an expression is folded.
static const __int128 foldLimit = static_cast<__int128>(1) << 120;

static std::optional<__int128> foldIntegers(BinaryOp op, __int128 lhs,
                                            __int128 rhs, bool &overflow) {
  __int128 result = 0;
  auto floorDiv = [](__int128 a, __int128 b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
  };
  switch (op) {
  case BinaryOp::Add:
    result = lhs + rhs;
    break;
  case BinaryOp::Sub:
    result = lhs - rhs;
    break;
  case BinaryOp::Mul:
    overflow |= __builtin_mul_overflow(lhs, rhs, &result);
    break;
  case BinaryOp::FloorDiv:
    if (rhs == 0)
      return std::nullopt;
    result = floorDiv(lhs, rhs);
    break;
  case BinaryOp::Mod:
    if (rhs == 0)
      return std::nullopt;
    result = lhs - floorDiv(lhs, rhs) * rhs;
    break;
  case BinaryOp::Pow:
    result = 1;
    // Bounded: the result overflows after 120 steps unless |lhs| <= 1.
    if (lhs == 0 || lhs == 1)
      return rhs == 0 ? 1 : lhs;
    if (lhs == -1)
      return rhs % 2 ? -1 : 1;
    for (__int128 i = 0; i < rhs && !overflow; ++i)
      overflow |= __builtin_mul_overflow(result, lhs, &result);
    break;
  case BinaryOp::BitAnd:
    result = lhs & rhs;
    break;
  case BinaryOp::BitOr:
    result = lhs | rhs;
    break;
  case BinaryOp::BitXor:
    result = lhs ^ rhs;
    break;
  case BinaryOp::LShift:
    if (rhs < 0 || rhs > 63)
      return std::nullopt;
    overflow |=
        __builtin_mul_overflow(lhs, static_cast<__int128>(1) << rhs, &result);
    break;
  case BinaryOp::RShift:
    if (rhs < 0)
      return std::nullopt;
    result = lhs >> std::min<__int128>(rhs, 126);
    break;
  case BinaryOp::Div:
  case BinaryOp::MatMul:
    return std::nullopt;
  }
  overflow |= result >= foldLimit || result <= -foldLimit;
  return result;
}

static std::optional<Constant> foldNumbers(BinaryOp op, const Constant &lhs,
                                           const Constant &rhs) {
  auto a = lhs.asComplex(), b = rhs.asComplex();
  bool isReal =
      lhs.kind < Constant::Kind::Complex && rhs.kind < Constant::Kind::Complex;
  std::complex<double> result;
  switch (op) {
  case BinaryOp::Add:
    result = a + b;
    break;
  case BinaryOp::Sub:
    result = a - b;
    break;
  case BinaryOp::Mul:
    result = isReal ? std::complex<double>(a.real() * b.real()) : a * b;
    break;
  case BinaryOp::Div:
    if (b == 0.0)
      return std::nullopt;
    result = isReal ? std::complex<double>(a.real() / b.real()) : a / b;
    break;
  case BinaryOp::Pow:
    if (!isReal || (a.real() < 0 && std::trunc(b.real()) != b.real()))
      return std::nullopt;
    result = std::pow(a.real(), b.real());
    break;
  default:
    return std::nullopt;
  }
  return isReal ? Constant::ofFloat(result.real())
                : Constant::ofComplex(result);
}

//===----------------------------------------------------------------------===//
// Python scalars
//===----------------------------------------------------------------------===//

static bool isWeakScalar(const Value &value) {
  return value.isScalar() && value.type.weak;
}

static bool isBitwise(BinaryOp op) {
  return op == BinaryOp::BitAnd || op == BinaryOp::BitOr ||
         op == BinaryOp::BitXor;
}

/// Polynomials stay polynomials; `n // 2` becomes a symbol.
static std::optional<Dim> foldSizes(Checker &checker, BinaryOp op,
                                    const Value &lhs, const Value &rhs,
                                    SourceRange range) {
  if (!lhs.dim || !rhs.dim)
    return std::nullopt;
  switch (op) {
  case BinaryOp::Add:
    return *lhs.dim + *rhs.dim;
  case BinaryOp::Sub:
    return *lhs.dim - *rhs.dim;
  case BinaryOp::Mul:
    return *lhs.dim * *rhs.dim;
  case BinaryOp::FloorDiv:
    if (auto divisor = rhs.dim->asConstant(); divisor && *divisor > 0)
      return checker.floorDivDim(*lhs.dim, *rhs.dim, range);
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

static Value pythonBinary(Checker &checker, BinaryOp op, const Value &lhs,
                          const Value &rhs, SourceRange range) {
  Type common = promoteOperands({lhs.type, rhs.type});
  DType dtype = common.dtype;
  bool bothBool = dtype == DType::Bool;
  if (bothBool && !isBitwise(op))
    dtype = DType::I64;
  if (op == BinaryOp::Div && kindOrder(dtype) < 2)
    dtype = DType::F64;
  if (lhs.constant && rhs.constant) {
    if (op == BinaryOp::Pow && isInteger(dtype) && rhs.constant->integer < 0) {
      checker.report(range, diag::IntegerNegativePower)
          .help("write the base as a float");
      return Value::invalid();
    }
    if (kindOrder(dtype) <= 1) {
      bool overflow = false;
      auto folded = foldIntegers(op, lhs.constant->integer,
                                 rhs.constant->integer, overflow);
      if (overflow) {
        checker.report(range, diag::ConstantTooLarge);
        return Value::invalid();
      }
      if (folded)
        return Value::constantOf(bothBool && isBitwise(op)
                                     ? Constant::ofBool(*folded)
                                     : Constant::ofInt(*folded),
                                 range);
    } else if (auto folded = foldNumbers(op, *lhs.constant, *rhs.constant)) {
      return Value::constantOf(*folded, range);
    }
  }
  if (auto dim = foldSizes(checker, op, lhs, rhs, range);
      dim && checker.isComputable(*dim))
    return checker.dimValue(*dim, range);
  auto types = ufuncTypes(ufuncOf(op), dtype);
  if (!types) {
    checker.report(range, diag::OperatorNotDefined, ast::spelling(op),
                   checker.text(lhs.type), checker.text(rhs.type));
    return Value::invalid();
  }
  Type scalar = Type::scalar(types->compute, /*weak=*/true);
  Value result = checker.elementwiseNode(types->ufunc,
                                         {checker.convert(lhs, scalar, false),
                                          checker.convert(rhs, scalar, false)},
                                         scalar, range);
  result.dim = foldSizes(checker, op, lhs, rhs, range);
  return result;
}

Value Checker::binary(BinaryOp op, const Value &lhs, const Value &rhs,
                      SourceRange range) {
  if (lhs.isInvalid() || rhs.isInvalid())
    return Value::invalid();
  auto isDTypes = [](const Value &value) {
    return value.isDType() || value.kind == Value::Kind::DTypeSet;
  };
  if (op == BinaryOp::BitOr && isDTypes(lhs) && isDTypes(rhs)) {
    Value set = Value::of(Value::Kind::DTypeSet, range);
    for (const Value *side : {&lhs, &rhs}) {
      if (side->isDType())
        set.dtypes.push_back(side->type.dtype);
      llvm::append_range(set.dtypes, side->dtypes);
    }
    return set;
  }
  if (op == BinaryOp::Add && lhs.isTuple() && rhs.isTuple()) {
    Value tuple = lhs;
    llvm::append_range(tuple.elements, rhs.elements);
    tuple.range = range;
    return tuple;
  }
  if (op == BinaryOp::Mul && lhs.isSequence() && rhs.asInt() &&
      *rhs.asInt() >= 0 && *rhs.asInt() <= 64) {
    Value repeated = lhs;
    repeated.elements.clear();
    for (int64_t i = 0; i < *rhs.asInt(); ++i)
      llvm::append_range(repeated.elements, lhs.elements);
    return repeated;
  }
  if (op == BinaryOp::Add && lhs.isText() && rhs.isText())
    return Value::textOf(lhs.text + rhs.text, range);
  if (!lhs.isNumeric() || !rhs.isNumeric()) {
    report(range, diag::OperatorNotDefined, ast::spelling(op), describe(lhs),
           describe(rhs));
    return Value::invalid();
  }
  if (op == BinaryOp::MatMul)
    return matmul(*this, lhs, rhs, range, "@");
  if (isWeakScalar(lhs) && isWeakScalar(rhs))
    return pythonBinary(*this, op, lhs, rhs, range);
  Value result = ufunc(ufuncOf(op), {lhs, rhs}, range, /*isOperator=*/true);
  if (result.isInt() && result.type.dtype == DType::I64)
    result.dim = foldSizes(*this, op, lhs, rhs, range);
  return result;
}

Value Checker::unary(ast::UnaryOp op, const Value &operand, SourceRange range) {
  if (operand.isInvalid())
    return operand;
  if (op == ast::UnaryOp::Not) {
    if (auto known = operand.asBool())
      return Value::constantOf(Constant::ofBool(!*known), range);
    if (operand.isNone())
      return Value::constantOf(Constant::ofBool(true), range);
    typed::Expr *test = condition(operand);
    if (test->type.isInvalid())
      return Value::invalid();
    Type boolean = Type::scalar(DType::Bool, operand.type.weak);
    return elementwiseNode(Ufunc::LogicalNot, {Value::runtime(test)}, boolean,
                           range);
  }
  if (!operand.isNumeric()) {
    report(range, diag::UnaryNotDefined, ast::spelling(op), describe(operand));
    return Value::invalid();
  }
  if (operand.constant && operand.type.weak) {
    const Constant &value = *operand.constant;
    bool isInteger = value.kind <= Constant::Kind::Int;
    if (isInteger && op == ast::UnaryOp::Invert)
      return Value::integer(~value.integer, range);
    if (isInteger && op != ast::UnaryOp::Invert)
      return Value::integer(
          op == ast::UnaryOp::Neg ? -value.integer : value.integer, range);
    if (op == ast::UnaryOp::Pos)
      return operand;
    if (op == ast::UnaryOp::Neg)
      return Value::constantOf(value.kind == Constant::Kind::Float
                                   ? Constant::ofFloat(-value.number.real())
                                   : Constant::ofComplex(-value.number),
                               range);
  }
  Value number = operand;
  if (isWeakScalar(operand) && operand.type.dtype == DType::Bool)
    number = convert(operand, Type::scalar(DType::I64, true), false);
  Ufunc function = op == ast::UnaryOp::Neg   ? Ufunc::Negative
                   : op == ast::UnaryOp::Pos ? Ufunc::Positive
                                             : Ufunc::Invert;
  Value result = ufunc(function, {number}, range, /*isOperator=*/true);
  if (op == ast::UnaryOp::Neg && operand.dim) {
    Dim negated = Dim::constant(0) - *operand.dim;
    if (isComputable(negated))
      return dimValue(negated, range);
    result.dim = negated;
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Elementwise functions
//===----------------------------------------------------------------------===//

static bool isComparison(Ufunc ufunc) {
  return ufunc >= Ufunc::Equal && ufunc <= Ufunc::GreaterEqual;
}

/// `u8_array < 300` is decided by the nearest value that u8 has: the comparison
/// that gives the same answer for every element.
static std::optional<Value> compareOutOfRange(Checker &checker, Ufunc ufunc,
                                              const Value &array,
                                              const Value &bound, bool swapped,
                                              SourceRange range) {
  if (!bound.constant || bound.constant->kind != Constant::Kind::Int ||
      !bound.type.weak || !isInteger(array.type.dtype) ||
      fitsIn(bound.constant->integer, array.type.dtype))
    return std::nullopt;
  bool isAbove = bound.constant->integer > 0;
  if (swapped) {
    if (ufunc == Ufunc::Less)
      ufunc = Ufunc::Greater;
    else if (ufunc == Ufunc::Greater)
      ufunc = Ufunc::Less;
    else if (ufunc == Ufunc::LessEqual)
      ufunc = Ufunc::GreaterEqual;
    else if (ufunc == Ufunc::GreaterEqual)
      ufunc = Ufunc::LessEqual;
  }
  bool isLess = ufunc == Ufunc::Less || ufunc == Ufunc::LessEqual;
  bool answer =
      ufunc == Ufunc::NotEqual || (ufunc != Ufunc::Equal && isLess == isAbove);
  DType dtype = array.type.dtype;
  Constant lowest = convertConstant(Constant::ofFloat(-1e300), dtype);
  Value limit = Value::constantOf(lowest, bound.range);
  limit.type = Type::scalar(dtype);
  return checker.elementwiseNode(answer ? Ufunc::GreaterEqual : Ufunc::Less,
                                 {array, limit}, Type::scalar(DType::Bool),
                                 range);
}

/// Signed against u64: no integer dtype holds both, so negative values are
/// decided by their sign.
static Value compareSigns(Checker &checker, Ufunc ufunc, const Value &lhs,
                          const Value &rhs, SourceRange range) {
  bool signedFirst = !isUnsigned(lhs.type.dtype);
  const Value &number = signedFirst ? lhs : rhs;
  Type u64 = Type::scalar(DType::U64), boolean = Type::scalar(DType::Bool);
  bool isLess = ufunc == Ufunc::Less || ufunc == Ufunc::LessEqual;
  bool isOrder = ufunc != Ufunc::Equal && ufunc != Ufunc::NotEqual;
  bool whenNegative =
      isOrder ? isLess == signedFirst : ufunc == Ufunc::NotEqual;
  return checker.withTemp(number, [&](const Value &s) {
    Value zero = checker.convert(Value::integer(0, range),
                                 Type::scalar(s.type.dtype), false);
    Value isNegative =
        checker.elementwiseNode(Ufunc::Less, {s, zero}, boolean, range);
    Value unsignedNumber = checker.convert(s, u64, true);
    Value compared =
        signedFirst
            ? checker.elementwiseNode(
                  ufunc, {unsignedNumber, checker.convert(rhs, u64, true)},
                  boolean, range)
            : checker.elementwiseNode(
                  ufunc, {checker.convert(lhs, u64, true), unsignedNumber},
                  boolean, range);
    if (compared.isInvalid())
      return compared;
    Value answer = Value::constantOf(Constant::ofBool(whenNegative), range);
    return checker.elementwiseNode(Ufunc::Where, {isNegative, answer, compared},
                                   boolean, range);
  });
}

/// In the words of the source: `&`, not bitwise_and.
static void reportOperator(Checker &checker, Ufunc ufunc,
                           llvm::ArrayRef<Value> operands, SourceRange range) {
  if (operands.size() == 1) {
    llvm::StringRef name = ufunc == Ufunc::Negative   ? "-"
                           : ufunc == Ufunc::Positive ? "+"
                           : ufunc == Ufunc::Invert   ? "~"
                                                      : typed::opName(ufunc);
    checker.report(range, diag::UnaryNotDefined, name,
                   checker.text(operands[0].type));
    return;
  }
  llvm::StringRef name = typed::opName(ufunc);
  for (unsigned i = 0; i <= static_cast<unsigned>(BinaryOp::RShift); ++i)
    if (auto op = static_cast<BinaryOp>(i);
        op != BinaryOp::MatMul && ufuncOf(op) == ufunc)
      name = ast::spelling(op);
  if (isComparison(ufunc))
    for (auto op : {ast::CompareOp::Lt, ast::CompareOp::Le, ast::CompareOp::Gt,
                    ast::CompareOp::Ge})
      if (ufuncOf(op) == ufunc)
        name = ast::spelling(op);
  checker.report(range, diag::OperatorNotDefined, name,
                 checker.text(operands[0].type),
                 checker.text(operands[1].type));
}

Value Checker::ufunc(Ufunc ufunc, llvm::ArrayRef<Value> operands,
                     SourceRange range, bool isOperator) {
  std::vector<Type> types;
  for (const Value &operand : operands) {
    if (!requireNumeric(operand, "operand"))
      return Value::invalid();
    types.push_back(operand.type);
  }
  if (ufunc == Ufunc::Ldexp)
    types.pop_back();
  Type common = promoteOperands(types);
  if (isComparison(ufunc)) {
    for (bool swapped : {false, true})
      if (auto result = compareOutOfRange(*this, ufunc, operands[swapped],
                                          operands[!swapped], swapped, range))
        return *result;
    bool mixed = types[0].dtype == DType::U64 && isInteger(types[1].dtype) &&
                 !isUnsigned(types[1].dtype) && !types[1].weak;
    mixed |= types[1].dtype == DType::U64 && isInteger(types[0].dtype) &&
             !isUnsigned(types[0].dtype) && !types[0].weak;
    if (mixed)
      return compareSigns(*this, ufunc, operands[0], operands[1], range);
  }
  if (ufunc == Ufunc::Power && isInteger(common.dtype) &&
      operands[1].constant && operands[1].constant->integer < 0) {
    report(range, diag::IntegerNegativePower).help("write the base as a float");
    return Value::invalid();
  }
  auto rule = ufuncTypes(ufunc, common.dtype);
  if (!rule && isOperator) {
    reportOperator(*this, ufunc, operands, range);
    return Value::invalid();
  }
  if (!rule) {
    std::string list;
    for (auto [i, operand] : llvm::enumerate(operands))
      list += (i ? ", `" : "`") + text(operand.type) + "`";
    report(range, diag::UfuncNotDefined, typed::opName(ufunc), list);
    return Value::invalid();
  }
  bool weak = common.weak && isOperator;
  ValueList converted;
  for (auto [i, operand] : llvm::enumerate(operands)) {
    bool isExponent = ufunc == Ufunc::Ldexp && i == 1;
    converted.push_back(convert(
        operand, Type::scalar(isExponent ? DType::I32 : rule->compute, weak),
        /*isExplicit=*/false));
    if (converted.back().isInvalid())
      return Value::invalid();
  }
  // Functions that leave real numbers as they are.
  if (rule->ufunc == Ufunc::Conjugate && !isComplex(rule->compute))
    return copyNode(converted[0], range);
  return elementwiseNode(rule->ufunc, converted,
                         Type::scalar(rule->result, weak), range);
}

Value Checker::where(const Value &test, const Value &trueValue,
                     const Value &falseValue, SourceRange range) {
  for (const Value *operand : {&test, &trueValue, &falseValue})
    if (!requireNumeric(*operand, "operand"))
      return Value::invalid();
  Type common = promoteOperands({trueValue.type, falseValue.type});
  Type scalar = Type::scalar(common.dtype);
  return elementwiseNode(Ufunc::Where,
                         {convert(test, Type::scalar(DType::Bool), true),
                          convert(trueValue, scalar, false),
                          convert(falseValue, scalar, false)},
                         scalar, range);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

static Ufunc ufuncOf(ast::CompareOp op) {
  switch (op) {
  case ast::CompareOp::Eq:
    return Ufunc::Equal;
  case ast::CompareOp::Ne:
    return Ufunc::NotEqual;
  case ast::CompareOp::Lt:
    return Ufunc::Less;
  case ast::CompareOp::Le:
    return Ufunc::LessEqual;
  case ast::CompareOp::Gt:
    return Ufunc::Greater;
  case ast::CompareOp::Ge:
    return Ufunc::GreaterEqual;
  default:
    llvm_unreachable("not an elementwise comparison");
  }
}

static bool foldComparison(ast::CompareOp op, const Constant &lhs,
                           const Constant &rhs) {
  auto decide = [&](auto a, auto b) {
    switch (op) {
    case ast::CompareOp::Eq:
      return a == b;
    case ast::CompareOp::Ne:
      return a != b;
    case ast::CompareOp::Lt:
      return a < b;
    case ast::CompareOp::Le:
      return a <= b;
    case ast::CompareOp::Gt:
      return a > b;
    default:
      return a >= b;
    }
  };
  if (lhs.kind <= Constant::Kind::Int && rhs.kind <= Constant::Kind::Int)
    return decide(lhs.integer, rhs.integer);
  return decide(lhs.asComplex().real(), rhs.asComplex().real());
}

/// Equality of things that exist only while compiling; none if it is not known.
static std::optional<bool> sameEntity(const Value &lhs, const Value &rhs) {
  if (lhs.isDType() && rhs.isDType())
    return lhs.type.dtype == rhs.type.dtype;
  if (lhs.isText() && rhs.isText())
    return lhs.text == rhs.text;
  if (lhs.isNone() || rhs.isNone())
    return lhs.isNone() && rhs.isNone();
  if (lhs.isCallable() && rhs.isCallable())
    return lhs.kind == rhs.kind && lhs.function == rhs.function &&
           lhs.builtin == rhs.builtin && lhs.closure == rhs.closure;
  if (lhs.isText() != rhs.isText() &&
      !(lhs.isRuntime() && lhs.type.kind == TypeKind::Str) &&
      !(rhs.isRuntime() && rhs.type.kind == TypeKind::Str))
    return false;
  return std::nullopt;
}

static Value contains(Checker &checker, const Value &item,
                      const Value &container, SourceRange range) {
  if (container.isText() && item.isText())
    return Value::constantOf(
        Constant::ofBool(container.text.find(item.text) != std::string::npos),
        range);
  if (container.isArray()) {
    Value equal = checker.ufunc(Ufunc::Equal, {item, container}, range, true);
    if (!equal.isArray())
      return Value::invalid();
    llvm::SmallVector<unsigned> axes;
    for (unsigned i = 0; i < equal.type.rank(); ++i)
      axes.push_back(i);
    return checker.reduceNode(typed::ReduceKind::LogicalOr, equal, axes, false,
                              DType::Bool, range);
  }
  if (!container.isSequence()) {
    checker.report(range, diag::NotAContainer, checker.describe(container));
    return Value::invalid();
  }
  return checker.withTemp(item, [&](const Value &once) {
    Value any = Value::constantOf(Constant::ofBool(false), range);
    for (const Value &element : container.elements) {
      Value equal = checker.compare(ast::CompareOp::Eq, once, element, range);
      if (equal.isInvalid())
        return equal;
      if (equal.asBool() == true)
        return equal;
      if (equal.asBool() == false)
        continue;
      if (any.constant) {
        any = equal;
        continue;
      }
      auto *either = checker.make<typed::ShortCircuit>(
          Type::scalar(DType::Bool, true), range);
      either->isAnd = false;
      either->lhs = checker.condition(any);
      either->rhs = checker.condition(equal);
      any = Value::runtime(either);
    }
    return any;
  });
}

Value Checker::compare(ast::CompareOp op, const Value &lhs, const Value &rhs,
                       SourceRange range) {
  using ast::CompareOp;
  if (lhs.isInvalid() || rhs.isInvalid())
    return Value::invalid();
  auto known = [&](bool answer) {
    return Value::constantOf(Constant::ofBool(answer), range);
  };
  if (op == CompareOp::In || op == CompareOp::NotIn) {
    Value found = contains(*this, lhs, rhs, range);
    return op == CompareOp::In ? found : unary(ast::UnaryOp::Not, found, range);
  }
  bool isEquality = op == CompareOp::Eq || op == CompareOp::Is;
  bool isInequality = op == CompareOp::Ne || op == CompareOp::IsNot;
  if (isEquality || isInequality) {
    if (auto same = sameEntity(lhs, rhs))
      return known(*same == isEquality);
  }
  if (op == CompareOp::Is || op == CompareOp::IsNot) {
    bool isBool = lhs.isScalar() && lhs.type.dtype == DType::Bool &&
                  rhs.isScalar() && rhs.type.dtype == DType::Bool;
    if (!isBool) {
      report(range, diag::IdentityOfValues).help("compare values with `==`");
      return Value::invalid();
    }
    op = op == CompareOp::Is ? CompareOp::Eq : CompareOp::Ne;
  }
  if (lhs.isTuple() && rhs.isTuple() && (isEquality || isInequality)) {
    if (lhs.elements.size() != rhs.elements.size())
      return known(isInequality);
    Value all = known(true);
    for (auto [left, right] : llvm::zip(lhs.elements, rhs.elements)) {
      Value equal = compare(CompareOp::Eq, left, right, range);
      if (equal.isInvalid() || equal.asBool() == false) {
        all = equal;
        break;
      }
      if (equal.asBool() == true)
        continue;
      if (all.constant) {
        all = equal;
        continue;
      }
      auto *both =
          make<typed::ShortCircuit>(Type::scalar(DType::Bool, true), range);
      both->lhs = condition(all);
      both->rhs = condition(equal);
      all = Value::runtime(both);
    }
    return isEquality ? all : unary(ast::UnaryOp::Not, all, range);
  }
  if (!lhs.isNumeric() || !rhs.isNumeric()) {
    report(range, diag::OperatorNotDefined, ast::spelling(op), describe(lhs),
           describe(rhs));
    return Value::invalid();
  }
  if (lhs.constant && rhs.constant &&
      lhs.constant->kind != Constant::Kind::Complex &&
      rhs.constant->kind != Constant::Kind::Complex)
    return known(foldComparison(op, *lhs.constant, *rhs.constant));
  // Sizes that are equal (or differ by a known amount) at every call.
  if (lhs.dim && rhs.dim && lhs.isInt() && rhs.isInt())
    if (auto difference = (*lhs.dim - *rhs.dim).asConstant())
      return known(
          foldComparison(op, Constant::ofInt(*difference), Constant::ofInt(0)));
  return ufunc(ufuncOf(op), {lhs, rhs}, range, /*isOperator=*/true);
}
