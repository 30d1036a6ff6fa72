//===- Program.h - The typed program: what Sema gives to MLIRGen ----------===//
//
// A small typed core language. All of NumPy's sugar is gone: every name is
// resolved, every function is an instance with concrete dtypes and ranks, every
// conversion is an explicit Cast, methods, operators and library functions have
// become the few node kinds below. Nodes are owned by the Program's arena.
//
// Conventions
//  * An Expr of Array type denotes either a *place* (a name, or a view of a
//    place: mutable memory that others may see) or a *value* (the result of a
//    computation). `isPlace` tells which; MLIRGen reads places where values are
//    wanted, and materialises values where places are wanted (assignment to a
//    name, argument of a call, return).
//  * Broadcasting is implicit in Elementwise, Store and Broadcast: operands are
//    aligned at their last axes. An operand's dim broadcasts if it is the
//    literal 1; dims that are equal as `Dim` are equal; for all others MLIRGen
//    emits the run-time check "equal, or one of them is 1".
//  * Evaluation order is Python's: operands left to right.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_PROGRAM_H
#define ARR_SEMA_PROGRAM_H

#include "compiler/Sema/Types.h"
#include "compiler/Support/SourceManager.h"
#include "llvm/ADT/APInt.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/raw_ostream.h"
#include <complex>
#include <memory>

namespace arr::typed {

struct Function;

//===----------------------------------------------------------------------===//
// Variables and symbols
//===----------------------------------------------------------------------===//

/// A local variable or parameter of one type. A Python name that is rebound to
/// another type in straight-line code has one Var for each type; where control
/// flow joins, a name has one Var (Sema inserts the casts).
struct Var {
  std::string name;
  Type type;
  SourceRange range;
  unsigned id = 0; // unique within the function
};

/// A symbolic dimension of a function instance.
struct Symbol {
  enum class Kind {
    /// Bound on entry: size of `axis` of parameter `param` == scale * symbol +
    /// offset,
    /// or, where that parameter is an integer scalar, its value.
    Bound,
    /// dividend // divisor, or dividend % divisor, of sizes known before.
    FloorDiv,
    Mod,
    /// A size that only the array itself knows (the length of a slice with
    /// computed bounds, a result of broadcasting, what `load` found).
    Fresh,
  };
  std::string name; // as written; "?3" for Fresh
  Kind kind = Kind::Fresh;
  SourceRange range; // where it was first written
  unsigned param = 0, axis = 0;
  int64_t scale = 1, offset = 0;
  Dim dividend, divisor;
};

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

enum class ExprKind {
  Literal,
  StrLiteral,
  VarRef,
  DimRef,
  DimOf,
  Cast,
  Elementwise,
  Select,
  ShortCircuit,
  Index,
  Gather,
  Transpose,
  Reshape,
  Diagonal,
  ComplexPart,
  Broadcast,
  Reduce,
  Einsum,
  Fill,
  Empty,
  Arange,
  ArrayLiteral,
  Copy,
  Call,
  RuntimeCall,
  MakeTuple,
  TupleGet,
  Let,
};

struct Expr {
  const ExprKind kind;
  Type type;
  SourceRange range;

  /// True for arrays that are mutable memory others may see; see above.
  bool isPlace() const;

protected:
  Expr(ExprKind kind) : kind(kind) {}
};

template <ExprKind K> struct ExprBase : Expr {
  ExprBase() : Expr(K) {}
  static bool classof(const Expr *expr) { return expr->kind == K; }
};

/// A constant scalar. Integers are stored as the 64-bit pattern of the value,
/// f32 constants as the double they round to.
struct Literal : ExprBase<ExprKind::Literal> {
  int64_t integer = 0;         // bool and integers
  std::complex<double> number; // floats (real part) and complex numbers
};

struct StrLiteral : ExprBase<ExprKind::StrLiteral> {
  std::string value;
};

struct VarRef : ExprBase<ExprKind::VarRef> {
  Var *var = nullptr;
};

/// A symbolic size as an integer (weak int). Only over symbols that are not
/// Fresh.
struct DimRef : ExprBase<ExprKind::DimRef> {
  Dim dim;
};

/// The size of one axis of an array (weak int), where DimRef cannot say it.
struct DimOf : ExprBase<ExprKind::DimOf> {
  Expr *array = nullptr;
  unsigned axis = 0;
};

/// Conversion of a scalar or, elementwise, of an array to `type`'s dtype, as
/// astype: float to int truncates and saturates, NaN gives 0; to bool is != 0;
/// complex to real drops the imaginary part.
struct Cast : ExprBase<ExprKind::Cast> {
  Expr *operand = nullptr;
};

/// The elementwise functions: each is one op of the arr dialect, named by
/// opName. Operands have been cast to the dtype in which the function computes.
enum class Ufunc : uint8_t {
#define ARR_UFUNC(NAME, OPNAME, ARITY) NAME,
#include "compiler/Sema/Ufuncs.def"
};
llvm::StringRef opName(Ufunc ufunc); // "add", "floor_divide", ...
unsigned arity(Ufunc ufunc);

struct Elementwise : ExprBase<ExprKind::Elementwise> {
  Ufunc ufunc{};
  llvm::SmallVector<Expr *, 3> operands;
};

/// `trueValue if condition else falseValue`; only one side is evaluated.
/// Scalars of one type, tuples, or arrays of one dtype and rank: of two places
/// it is the chosen place (an alias), else a value.
struct Select : ExprBase<ExprKind::Select> {
  Expr *condition = nullptr, *trueValue = nullptr, *falseValue = nullptr;
};

/// `lhs and rhs`, `lhs or rhs` of bool scalars.
struct ShortCircuit : ExprBase<ExprKind::ShortCircuit> {
  bool isAnd = true;
  Expr *lhs = nullptr, *rhs = nullptr;
};

/// One item of a basic subscript; ellipsis and missing trailing axes are
/// written out, so that At and Range items match the base's axes one to one.
struct IndexItem {
  enum class Kind { At, Range, NewAxis };
  Kind kind = Kind::Range;
  Expr *at = nullptr;                                      // At: integer scalar
  Expr *start = nullptr, *stop = nullptr, *step = nullptr; // Range: may be null
  SourceRange range;
};

/// Basic indexing. Scalar type when every item is At (an element); otherwise a
/// view of the base (a place if the base is one). Indices are checked, negative
/// ones count from the end; ranges clamp as in Python; a step of 0 is an error.
struct Index : ExprBase<ExprKind::Index> {
  Expr *base = nullptr;
  llvm::SmallVector<IndexItem, 4> items;
};

/// One array of positions, or the mask they come from.
struct IndexArray {
  /// An I64 array; of a mask a tuple of them, one for each axis of the mask.
  Expr *positions = nullptr;
  /// A name of the mask, whose sizes must be the base's; null if there is none.
  Expr *mask = nullptr;
  unsigned axis = 0;         // of the base, the first one for a mask
  unsigned reportedAxis = 0; // as messages count it
  SourceRange range;
};

/// Indexing by integer arrays and masks. The arrays broadcast together to an
/// index space; the result has its axes at `position`, between the base's other
/// axes. Negative positions count from the end; all are checked before anything
/// else happens. A value; but as the target of a Store or Update, the elements
/// of the base.
struct Gather : ExprBase<ExprKind::Gather> {
  Expr *base = nullptr;
  llvm::SmallVector<IndexArray, 2> indices;
  unsigned position = 0;
  bool isTarget = false;

  unsigned spaceRank() const; // axes of the index space
  Type spaceType() const;
};

/// Result axis i is operand axis permutation[i]. A view.
struct Transpose : ExprBase<ExprKind::Transpose> {
  Expr *base = nullptr;
  llvm::SmallVector<unsigned, 4> permutation;
};

/// C-order reshape: a view where the base's layout allows it, else a copy, as
/// in NumPy. One size may be the literal -1. Sizes are checked where not
/// proved.
struct Reshape : ExprBase<ExprKind::Reshape> {
  Expr *base = nullptr;
  llvm::SmallVector<Expr *, 4> sizes;
  bool isContiguous = false; // ravel: a copy rather than a view with gaps
};

/// A view along diagonals: result axis i runs through all operand axes listed
/// in axes[i] together (`einsum('iij->ji', a)`: {{2}, {0, 1}}).
struct Diagonal : ExprBase<ExprKind::Diagonal> {
  Expr *base = nullptr;
  llvm::SmallVector<llvm::SmallVector<unsigned, 2>, 4> axes;
};

/// A view of the real or the imaginary parts of a complex array.
struct ComplexPart : ExprBase<ExprKind::ComplexPart> {
  Expr *base = nullptr;
  bool isImaginary = false;
};

/// np.broadcast_to: a read-only view with the sizes of `type`, given by
/// `sizes`.
struct Broadcast : ExprBase<ExprKind::Broadcast> {
  Expr *base = nullptr;
  llvm::SmallVector<Expr *, 4> sizes;
};

enum class ReduceKind : uint8_t {
  Add,
  Mul,
  Min,
  Max,
  FMin,
  FMax,
  And,
  Or,
  Xor,
  ArgMin,
  ArgMax,
  LogicalAnd,
  LogicalOr
};

/// Reduction over `axes` (sorted; none is a plain copy). The operand has
/// already the dtype in which the result is accumulated. Min and Max propagate
/// NaN, FMin and FMax skip it. ArgMin/ArgMax (one axis, or all: C-order
/// position) give I64. Min, Max, ArgMin, ArgMax of nothing are run-time errors.
struct Reduce : ExprBase<ExprKind::Reduce> {
  ReduceKind reduceKind{};
  Expr *operand = nullptr;
  llvm::SmallVector<unsigned, 4> axes;
  bool keepDims = false;
};

/// Sum over all labels that are not in the output of the product of the
/// operands. Labels are small integers; each operand has one for every axis.
/// matmul, dot, outer, tensordot, trace are written with it.
struct Einsum : ExprBase<ExprKind::Einsum> {
  llvm::SmallVector<Expr *, 2> operands;
  llvm::SmallVector<llvm::SmallVector<unsigned, 4>, 2> labels;
  llvm::SmallVector<unsigned, 4> output;
  std::string spelling; // for messages: "ij,jk->ik", "@"
};

/// A new array with every element `value` (scalar of the array's dtype).
struct Fill : ExprBase<ExprKind::Fill> {
  llvm::SmallVector<Expr *, 4>
      sizes; // integer scalars; negative ones are run-time errors
  Expr *value = nullptr;
};

/// A new array with unspecified contents.
struct Empty : ExprBase<ExprKind::Empty> {
  llvm::SmallVector<Expr *, 4> sizes;
};

/// 1-D: start + i * step for i in [0, count), computed in the array's dtype.
struct Arange : ExprBase<ExprKind::Arange> {
  Expr *start = nullptr, *step = nullptr, *count = nullptr;
};

/// np.array([[a, b], [c, d]]): scalars of the array's dtype in C order, all
/// sizes constant.
struct ArrayLiteral : ExprBase<ExprKind::ArrayLiteral> {
  llvm::SmallVector<Expr *, 8> elements;
};

/// A fresh C-contiguous array with the operand's contents.
struct Copy : ExprBase<ExprKind::Copy> {
  Expr *operand = nullptr;
};

/// A call of a function instance. Array arguments are passed as places.
struct Call : ExprBase<ExprKind::Call> {
  Function *callee = nullptr;
  llvm::SmallVector<Expr *, 4> arguments;
};

/// A call of the runtime library or of an @extern C function.
struct RuntimeCall : ExprBase<ExprKind::RuntimeCall> {
  enum class Target {
    Load,   // arguments: path (str). Result: array, all sizes Fresh
    Save,   // arguments: path (str), array. Result: None
    Extern, // `symbol`: arrays are passed as const arr_array *, scalars by
            // value
    Print,  // arguments: items (scalars, arrays, str; separators included).
            // Result: None
  };
  Target target{};
  std::string symbol;
  llvm::SmallVector<Expr *, 4> arguments;
};

struct MakeTuple : ExprBase<ExprKind::MakeTuple> {
  llvm::SmallVector<Expr *, 4> elements;
};

struct TupleGet : ExprBase<ExprKind::TupleGet> {
  Expr *tuple = nullptr;
  unsigned index = 0;
};

/// Evaluates `value`, binds it to `var` (as Assign does), then `body`: for what
/// the source wrote once and the typed program needs twice (`a < f(x) < b`).
struct Let : ExprBase<ExprKind::Let> {
  Var *var = nullptr;
  Expr *value = nullptr;
  Expr *body = nullptr;
};

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

enum class StmtKind {
  Assign,
  Store,
  Update,
  If,
  For,
  While,
  Break,
  Continue,
  Return,
  Assert,
  ExprStmt
};

struct Stmt {
  const StmtKind kind;
  SourceRange range;

protected:
  Stmt(StmtKind kind) : kind(kind) {}
};

template <StmtKind K> struct StmtBase : Stmt {
  StmtBase() : Stmt(K) {}
  static bool classof(const Stmt *stmt) { return stmt->kind == K; }
};

using Block = std::vector<Stmt *>;

/// Binds variables: one, or several from a tuple value (all of the right side
/// is evaluated first). An array variable bound to a place expression aliases
/// it; bound to a value it names a fresh array.
struct Assign : StmtBase<StmtKind::Assign> {
  llvm::SmallVector<Var *, 1> targets;
  Expr *value = nullptr;
};

/// target[...] = value: `target` is a place or an element (Index of scalar
/// type). The value has been cast to its dtype and broadcasts to its shape; it
/// is evaluated before the first element is stored. Python's order: value
/// first, then the target's subscripts. Where a Gather names an element twice,
/// the last value stays.
struct Store : StmtBase<StmtKind::Store> {
  Expr *target = nullptr;
  Expr *value = nullptr;
};

/// target[...] op= value: as target[...] = ufunc(target[...], value), with the
/// target's subscripts evaluated once. If `computeType` differs in dtype from
/// the target, both operands are cast to it and the result is cast back.
/// `isRepeated` (np.add.at): an element that a Gather names twice is updated
/// twice.
struct Update : StmtBase<StmtKind::Update> {
  Ufunc ufunc{};
  Expr *target = nullptr;
  Expr *value = nullptr; // already of dtype computeDType
  DType computeDType{};
  bool isRepeated = false;
};

struct If : StmtBase<StmtKind::If> {
  Expr *condition = nullptr; // bool scalar
  Block thenBody, elseBody;
};

/// A scalar variable of a prange body that accumulates over the iterations.
struct Reduction {
  Var *var = nullptr;
  ReduceKind kind{};
};

/// for var in range(start, stop, step), or prange. `orElse` runs unless the
/// loop was left by break. The loop variable keeps its last value afterwards.
struct For : StmtBase<StmtKind::For> {
  bool isParallel = false;
  bool unchecked = false; // prange(..., unchecked=True)
  Var *var = nullptr;
  Expr *start = nullptr, *stop = nullptr, *step = nullptr; // weak ints
  llvm::SmallVector<Reduction, 2> reductions;              // prange
  Block body, orElse;
};

struct While : StmtBase<StmtKind::While> {
  Expr *condition = nullptr;
  Block body, orElse;
};

struct Break : StmtBase<StmtKind::Break> {};
struct Continue : StmtBase<StmtKind::Continue> {};

/// Null value: returns nothing. Tuples are returned as several results.
struct Return : StmtBase<StmtKind::Return> {
  Expr *value = nullptr;
};

struct Assert : StmtBase<StmtKind::Assert> {
  Expr *condition = nullptr;
  std::string message;
};

struct ExprStmt : StmtBase<StmtKind::ExprStmt> {
  Expr *expr = nullptr;
};

//===----------------------------------------------------------------------===//
// Functions and programs
//===----------------------------------------------------------------------===//

struct Param {
  Var *var = nullptr;
  std::string annotation; // as a user reads it: "f32[n, k]"
  std::vector<std::string> dimTexts;
  Literal *defaultNumber = nullptr; // or
  StrLiteral *defaultString = nullptr;
  std::string defaultText; // Python spelling
  bool hasDefault() const { return defaultNumber || defaultString; }
};

/// A size of a parameter that must equal an expression over bound symbols.
struct DimCheck {
  unsigned param = 0, axis = 0;
  Dim expected;
};

/// One instance of a function of the source.
struct Function {
  std::string name;   // as written
  std::string symbol; // unique in the program: "euclidean_f32"
  std::string module; // "" for the file being compiled
  std::string doc;
  SourceRange range, nameRange;
  bool isExported = false;
  std::vector<Param> params;
  std::vector<Symbol> symbols;
  std::vector<DimCheck> dimChecks;
  Type result;                                // None, a type, or a tuple
  std::vector<std::string> resultAnnotations; // per result: "f64[n, m]"
  /// Sizes of the declared result that could not be proved: (result, axis,
  /// expected).
  std::vector<DimCheck> resultChecks;
  Block body;

  /// Parameters first. Ids are positions in this list.
  std::vector<std::unique_ptr<Var>> vars;

  std::vector<std::string> symbolNames() const;
};

struct Program {
  std::string moduleName; // the stem of the file: a C identifier
  std::string doc;
  FileId file;
  /// Callees before callers where there is no recursion.
  std::vector<std::unique_ptr<Function>> functions;

  template <typename Node> Node *create() {
    auto node = std::make_shared<Node>();
    Node *raw = node.get();
    arena.push_back(std::move(node));
    return raw;
  }

private:
  std::vector<std::shared_ptr<void>> arena;
};

/// Prints a program, one statement a line (`--emit=typed`).
void dump(llvm::raw_ostream &os, const Program &program);
void dump(llvm::raw_ostream &os, const Function &function);

} // namespace arr::typed

#endif // ARR_SEMA_PROGRAM_H
