//===- AST.h - The syntax tree ----------------------------------*- C++ -*-===//
//
// What the parser makes of a file and what Sema reads. The tree says what the
// user wrote: no name is resolved, nothing is desugared. Type annotations are
// ordinary expressions (they are valid Python); Sema gives them their meaning.
//
// Nodes are immutable and live in the arena of their Module. Every node carries
// the exact range of its text. Use llvm::isa/cast/dyn_cast, or Visitor.h.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_AST_AST_H
#define ARR_AST_AST_H

#include "compiler/AST/ASTContext.h"
#include "compiler/Support/SourceRange.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <memory>

namespace arr::ast {

using llvm::ArrayRef;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

enum class ExprKind : uint8_t {
#define ARR_EXPR(Name) Name,
#include "compiler/AST/Nodes.def"
};

class Expr {
public:
  const ExprKind kind;
  const SourceRange range;

protected:
  Expr(ExprKind kind, SourceRange range) : kind(kind), range(range) {}
};

/// Gives a node class its kind and `classof`.
template <typename Derived, ExprKind K> class ExprBase : public Expr {
public:
  static bool classof(const Expr *expr) { return expr->kind == K; }

protected:
  explicit ExprBase(SourceRange range) : Expr(K, range) {}
};

/// `42`, `1_000`, `0xff`. Never negative: a minus sign is a Unary.
class IntLiteral : public ExprBase<IntLiteral, ExprKind::IntLiteral> {
public:
  IntLiteral(SourceRange range, StringRef digits, unsigned radix)
      : ExprBase(range), digits(digits), radix(radix) {}

  const StringRef digits; // Without prefix and underscores.
  const unsigned radix;   // 2, 8, 10 or 16

  /// The exact value, as wide as it needs to be; the top bit is zero.
  llvm::APInt value() const;
};

/// `1.5`, `1e-3`. `value` is rounded to f64 and may be infinite (`1e999`).
class FloatLiteral : public ExprBase<FloatLiteral, ExprKind::FloatLiteral> {
public:
  FloatLiteral(SourceRange range, StringRef text, double value)
      : ExprBase(range), text(text), value(value) {}

  const StringRef text; // Without underscores.
  const double value;
};

/// `2j`
class ImaginaryLiteral
    : public ExprBase<ImaginaryLiteral, ExprKind::ImaginaryLiteral> {
public:
  ImaginaryLiteral(SourceRange range, StringRef text, double value)
      : ExprBase(range), text(text), value(value) {}

  const StringRef text; // Without underscores and the `j`.
  const double value;
};

class BoolLiteral : public ExprBase<BoolLiteral, ExprKind::BoolLiteral> {
public:
  BoolLiteral(SourceRange range, bool value) : ExprBase(range), value(value) {}

  const bool value;
};

class NoneLiteral : public ExprBase<NoneLiteral, ExprKind::NoneLiteral> {
public:
  explicit NoneLiteral(SourceRange range) : ExprBase(range) {}
};

/// `...`, in a subscript or as the body of an `@extern` function.
class EllipsisLiteral
    : public ExprBase<EllipsisLiteral, ExprKind::EllipsisLiteral> {
public:
  explicit EllipsisLiteral(SourceRange range) : ExprBase(range) {}
};

/// A string with its escapes resolved, adjacent literals joined; UTF-8.
class StringLiteral : public ExprBase<StringLiteral, ExprKind::StringLiteral> {
public:
  StringLiteral(SourceRange range, StringRef value)
      : ExprBase(range), value(value) {}

  const StringRef value;
};

class Name : public ExprBase<Name, ExprKind::Name> {
public:
  Name(SourceRange range, StringRef id) : ExprBase(range), id(id) {}

  const StringRef id;
};

/// `value.name`
class Attribute : public ExprBase<Attribute, ExprKind::Attribute> {
public:
  Attribute(SourceRange range, const Expr *value, StringRef name,
            SourceRange nameRange)
      : ExprBase(range), value(value), name(name), nameRange(nameRange) {}

  const Expr *const value;
  const StringRef name;
  const SourceRange nameRange;
};

/// `value[items]`. Items are expressions, among them Slice, EllipsisLiteral and
/// NoneLiteral. `x[()]` has one item, an empty Tuple; `x[i, j]` has two items.
class Subscript : public ExprBase<Subscript, ExprKind::Subscript> {
public:
  Subscript(SourceRange range, const Expr *value, ArrayRef<const Expr *> items,
            SourceRange itemsRange)
      : ExprBase(range), value(value), items(items), itemsRange(itemsRange) {}

  const Expr *const value;
  const ArrayRef<const Expr *> items;
  const SourceRange itemsRange; // What is between the brackets.
};

/// `lower:upper:step` in a subscript; each part may be null.
class Slice : public ExprBase<Slice, ExprKind::Slice> {
public:
  Slice(SourceRange range, const Expr *lower, const Expr *upper,
        const Expr *step)
      : ExprBase(range), lower(lower), upper(upper), step(step) {}

  const Expr *const lower;
  const Expr *const upper;
  const Expr *const step;
};

/// `name=value` in a call.
struct KeywordArg {
  StringRef name;
  SourceRange nameRange;
  const Expr *value;
};

class Call : public ExprBase<Call, ExprKind::Call> {
public:
  Call(SourceRange range, const Expr *callee, ArrayRef<const Expr *> args,
       ArrayRef<KeywordArg> keywords)
      : ExprBase(range), callee(callee), args(args), keywords(keywords) {}

  const Expr *const callee;
  const ArrayRef<const Expr *> args;
  const ArrayRef<KeywordArg> keywords;
};

enum class UnaryOp : uint8_t { Neg, Pos, Invert, Not };

class Unary : public ExprBase<Unary, ExprKind::Unary> {
public:
  Unary(SourceRange range, UnaryOp op, SourceRange opRange, const Expr *operand)
      : ExprBase(range), op(op), opRange(opRange), operand(operand) {}

  const UnaryOp op;
  const SourceRange opRange;
  const Expr *const operand;
};

enum class BinaryOp : uint8_t {
  Add,
  Sub,
  Mul,
  Div,
  FloorDiv,
  Mod,
  Pow,
  MatMul,
  BitAnd,
  BitOr,
  BitXor,
  LShift,
  RShift
};

class Binary : public ExprBase<Binary, ExprKind::Binary> {
public:
  Binary(SourceRange range, BinaryOp op, SourceRange opRange, const Expr *lhs,
         const Expr *rhs)
      : ExprBase(range), op(op), opRange(opRange), lhs(lhs), rhs(rhs) {}

  const BinaryOp op;
  const SourceRange opRange;
  const Expr *const lhs;
  const Expr *const rhs;
};

/// `a and b and c`: two or more operands.
class BoolOp : public ExprBase<BoolOp, ExprKind::BoolOp> {
public:
  BoolOp(SourceRange range, bool isAnd, ArrayRef<const Expr *> operands)
      : ExprBase(range), isAnd(isAnd), operands(operands) {}

  const bool isAnd;
  const ArrayRef<const Expr *> operands;
};

enum class CompareOp : uint8_t { Eq, Ne, Lt, Le, Gt, Ge, Is, IsNot, In, NotIn };

/// `a < b <= c`: operands.size() == ops.size() + 1.
class Compare : public ExprBase<Compare, ExprKind::Compare> {
public:
  Compare(SourceRange range, ArrayRef<const Expr *> operands,
          ArrayRef<CompareOp> ops, ArrayRef<SourceRange> opRanges)
      : ExprBase(range), operands(operands), ops(ops), opRanges(opRanges) {}

  const ArrayRef<const Expr *> operands;
  const ArrayRef<CompareOp> ops;
  const ArrayRef<SourceRange> opRanges;
};

/// `thenValue if condition else elseValue`
class IfExp : public ExprBase<IfExp, ExprKind::IfExp> {
public:
  IfExp(SourceRange range, const Expr *condition, const Expr *thenValue,
        const Expr *elseValue)
      : ExprBase(range), condition(condition), thenValue(thenValue),
        elseValue(elseValue) {}

  const Expr *const condition;
  const Expr *const thenValue;
  const Expr *const elseValue;
};

enum class ParamKind : uint8_t { PositionalOnly, Normal, KeywordOnly };

/// A parameter of a function or lambda.
struct Param {
  SourceRange range; // With annotation and default.
  StringRef name;
  SourceRange nameRange;
  const Expr *annotation = nullptr;   // May be null.
  const Expr *defaultValue = nullptr; // May be null.
  ParamKind kind = ParamKind::Normal;
};

class Lambda : public ExprBase<Lambda, ExprKind::Lambda> {
public:
  Lambda(SourceRange range, ArrayRef<Param> params, const Expr *body)
      : ExprBase(range), params(params), body(body) {}

  const ArrayRef<Param> params;
  const Expr *const body;
};

/// `(a, b)` or `a, b`; the range includes the parentheses when there are any.
class Tuple : public ExprBase<Tuple, ExprKind::Tuple> {
public:
  Tuple(SourceRange range, ArrayRef<const Expr *> elements)
      : ExprBase(range), elements(elements) {}

  const ArrayRef<const Expr *> elements;
};

class List : public ExprBase<List, ExprKind::List> {
public:
  List(SourceRange range, ArrayRef<const Expr *> elements)
      : ExprBase(range), elements(elements) {}

  const ArrayRef<const Expr *> elements;
};

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

enum class StmtKind : uint8_t {
#define ARR_STMT(Name) Name,
#include "compiler/AST/Nodes.def"
};

class Stmt {
public:
  const StmtKind kind;
  /// For compound statements: up to the end of the last nested statement.
  const SourceRange range;

protected:
  Stmt(StmtKind kind, SourceRange range) : kind(kind), range(range) {}
};

template <typename Derived, StmtKind K> class StmtBase : public Stmt {
public:
  static bool classof(const Stmt *stmt) { return stmt->kind == K; }

protected:
  explicit StmtBase(SourceRange range) : Stmt(K, range) {}
};

using Block = ArrayRef<const Stmt *>;

/// `a = b = value`. A target is a Name, Attribute, Subscript, or a Tuple or
/// List of targets; the parser rejects everything else.
class Assign : public StmtBase<Assign, StmtKind::Assign> {
public:
  Assign(SourceRange range, ArrayRef<const Expr *> targets, const Expr *value)
      : StmtBase(range), targets(targets), value(value) {}

  const ArrayRef<const Expr *> targets; // From left to right.
  const Expr *const value;
};

/// `target: annotation = value`. The target is a Name, Attribute or Subscript.
class AnnAssign : public StmtBase<AnnAssign, StmtKind::AnnAssign> {
public:
  AnnAssign(SourceRange range, const Expr *target, const Expr *annotation,
            const Expr *value)
      : StmtBase(range), target(target), annotation(annotation), value(value) {}

  const Expr *const target;
  const Expr *const annotation;
  const Expr *const value; // May be null.
};

/// `target += value`. The target is a Name, Attribute or Subscript.
class AugAssign : public StmtBase<AugAssign, StmtKind::AugAssign> {
public:
  AugAssign(SourceRange range, const Expr *target, BinaryOp op,
            SourceRange opRange, const Expr *value)
      : StmtBase(range), target(target), op(op), opRange(opRange),
        value(value) {}

  const Expr *const target;
  const BinaryOp op;
  const SourceRange opRange;
  const Expr *const value;
};

class ExprStmt : public StmtBase<ExprStmt, StmtKind::ExprStmt> {
public:
  ExprStmt(SourceRange range, const Expr *value)
      : StmtBase(range), value(value) {}

  const Expr *const value;
};

/// `if` or `elif`
struct IfClause {
  SourceRange keywordRange;
  const Expr *condition;
  Block body;
};

/// A whole if/elif/else chain, flat.
class If : public StmtBase<If, StmtKind::If> {
public:
  If(SourceRange range, ArrayRef<IfClause> clauses, Block orElse)
      : StmtBase(range), clauses(clauses), orElse(orElse) {}

  const ArrayRef<IfClause> clauses; // One or more.
  const Block orElse;               // Empty without `else`.
};

class For : public StmtBase<For, StmtKind::For> {
public:
  For(SourceRange range, SourceRange headerRange, const Expr *target,
      const Expr *iter, Block body, Block orElse)
      : StmtBase(range), headerRange(headerRange), target(target), iter(iter),
        body(body), orElse(orElse) {}

  const SourceRange headerRange; // From `for` up to the colon.
  const Expr *const target;
  const Expr *const iter;
  const Block body;
  const Block orElse;
};

class While : public StmtBase<While, StmtKind::While> {
public:
  While(SourceRange range, SourceRange headerRange, const Expr *condition,
        Block body, Block orElse)
      : StmtBase(range), headerRange(headerRange), condition(condition),
        body(body), orElse(orElse) {}

  const SourceRange headerRange; // From `while` up to the colon.
  const Expr *const condition;
  const Block body;
  const Block orElse;
};

/// Inside a loop: the parser has checked it.
class Break : public StmtBase<Break, StmtKind::Break> {
public:
  explicit Break(SourceRange range) : StmtBase(range) {}
};

class Continue : public StmtBase<Continue, StmtKind::Continue> {
public:
  explicit Continue(SourceRange range) : StmtBase(range) {}
};

class Pass : public StmtBase<Pass, StmtKind::Pass> {
public:
  explicit Pass(SourceRange range) : StmtBase(range) {}
};

/// Inside a function: the parser has checked it.
class Return : public StmtBase<Return, StmtKind::Return> {
public:
  Return(SourceRange range, const Expr *value)
      : StmtBase(range), value(value) {}

  const Expr *const value; // May be null.
};

class Assert : public StmtBase<Assert, StmtKind::Assert> {
public:
  Assert(SourceRange range, const Expr *condition, const Expr *message)
      : StmtBase(range), condition(condition), message(message) {}

  const Expr *const condition;
  const Expr *const message; // May be null.
};

/// Always at the top level of a module: the parser has checked it.
class FunctionDef : public StmtBase<FunctionDef, StmtKind::FunctionDef> {
public:
  FunctionDef(SourceRange range, SourceRange headerRange, StringRef name,
              SourceRange nameRange, ArrayRef<const Expr *> decorators,
              ArrayRef<Param> params, const Expr *returns,
              const StringLiteral *docstring, Block body)
      : StmtBase(range), headerRange(headerRange), name(name),
        nameRange(nameRange), decorators(decorators), params(params),
        returns(returns), docstring(docstring), body(body) {}

  const SourceRange headerRange; // From `def` up to the colon.
  const StringRef name;
  const SourceRange nameRange;
  const ArrayRef<const Expr *> decorators; // Without the `@`.
  const ArrayRef<Param> params;
  const Expr *const returns;            // May be null.
  const StringLiteral *const docstring; // May be null.
  const Block body;                     // Without the docstring; may be empty.
};

/// `name as asName`; in `import a.b` the name is "a.b".
struct ImportAlias {
  SourceRange range;
  StringRef name;
  SourceRange nameRange;
  StringRef asName; // Empty without `as`.
};

/// `import numpy as np, stats`
class Import : public StmtBase<Import, StmtKind::Import> {
public:
  Import(SourceRange range, ArrayRef<ImportAlias> names)
      : StmtBase(range), names(names) {}

  const ArrayRef<ImportAlias> names;
};

/// `from stats import mean, var as variance`
class ImportFrom : public StmtBase<ImportFrom, StmtKind::ImportFrom> {
public:
  ImportFrom(SourceRange range, StringRef module, SourceRange moduleRange,
             ArrayRef<ImportAlias> names)
      : StmtBase(range), module(module), moduleRange(moduleRange),
        names(names) {}

  const StringRef module;
  const SourceRange moduleRange;
  const ArrayRef<ImportAlias> names;
};

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

/// A whole file, and the memory of its nodes. The body has only Import,
/// ImportFrom, Assign, AnnAssign, FunctionDef and Pass statements, and
/// ExprStmts that are `...` or strings: the parser reports the rest.
class Module {
public:
  explicit Module(FileId file) : file(file) {}

  const FileId file;
  const StringLiteral *docstring = nullptr; // May be null.
  Block body;                               // Without the docstring.

  ASTContext &context() { return arena; }

private:
  ASTContext arena;
};

/// The docstring at the start of a body, which is then left out of the body.
/// Null if there is none.
const StringLiteral *takeDocstring(Block &body);

/// The operator as it is written: `+`, `//`, `not in`.
StringRef spelling(UnaryOp op);
StringRef spelling(BinaryOp op);
StringRef spelling(CompareOp op);

/// Print a tree, one node a line, children indented (`--emit=ast`).
void dumpAST(llvm::raw_ostream &os, const Module &module);
void dumpAST(llvm::raw_ostream &os, const Expr &expr);
void dumpAST(llvm::raw_ostream &os, const Stmt &stmt);

} // namespace arr::ast

#endif // ARR_AST_AST_H
