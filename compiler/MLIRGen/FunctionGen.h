//===- FunctionGen.h - One function of the typed program -> func.func -----===//
//
// Variables become SSA values: a scalar is a scalar, an array variable the
// place it is bound to, a tuple the list of its members. Where control flow
// joins, the variables that were assigned are results of the scf op
// (Liveness.h). The parts:
//
//   FunctionGen.cpp   entry: parameters, symbols, results
//   Sizes.cpp         dims: attributes of types, and sizes as values
//   Checks.cpp        run-time checks with NumPy's words, broadcasting
//   Expressions.cpp   scalars, elementwise functions, reductions, calls
//   Views.cpp         subscripts, transpose, reshape, ...
//   Statements.cpp    assignments and stores
//   ControlFlow.cpp   if, for, prange, while
//
//===----------------------------------------------------------------------===//
#ifndef ARR_MLIRGEN_FUNCTIONGEN_H
#define ARR_MLIRGEN_FUNCTIONGEN_H

#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/MLIRGen/Liveness.h"
#include "compiler/MLIRGen/MLIRGen.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/DenseSet.h"

namespace arr {

using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using llvm::StringRef;
using llvm::Twine;
using mlir::Location;
using mlir::Value;

/// What an expression or variable is: one value, or the members of a tuple.
using Values = SmallVector<Value, 1>;

/// Positions of the source as MLIR locations.
class Locations {
public:
  Locations(mlir::MLIRContext *context, const SourceManager &sources)
      : context(context), sources(sources) {}
  Location operator()(SourceRange range) const;
  /// "distance.arr:7:1"
  std::string text(SourceRange range) const;

private:
  mlir::MLIRContext *context;
  const SourceManager &sources;
};

/// The type of scalars and elements of a dtype.
mlir::Type getElementType(mlir::MLIRContext *context, DType dtype);
/// The types a value of `type` has at the boundary of a function: tuples are
/// flat, arrays are places with unnamed sizes.
void appendBoundaryTypes(mlir::MLIRContext *context, const Type &type,
                         SmallVectorImpl<mlir::Type> &types);

class FunctionGen {
public:
  FunctionGen(mlir::func::FuncOp func, const typed::Function &function,
              const Locations &locations);

  /// Fills in the body. Fails after an error message for what is unsupported.
  mlir::LogicalResult run();

private:
  //===--- FunctionGen.cpp ------------------------------------------------===//
  void genParameters();
  void bindSymbols(ArrayRef<Value> arguments);
  Value bindSymbol(const typed::Symbol &symbol, ArrayRef<Value> arguments);
  Value solveSymbol(const typed::Symbol &symbol, Value size);
  void checkParameterSizes(ArrayRef<Value> arguments);
  void genReturn();
  void leaveResultSizesOpen();
  void unsupported(SourceRange range, const Twine &what);

  //===--- Sizes.cpp ------------------------------------------------------===//
  void findUnstableSymbols();
  bool isStable(const Dim &dim) const;
  /// A symbol whose size only the array itself knows.
  bool isFresh(SymbolId id) const;
  /// Provably the same size.
  bool isSame(const Dim &lhs, const Dim &rhs) const;
  mlir::Attribute dimAttr(const Dim &dim);
  SmallVector<mlir::Attribute> dimAttrs(ArrayRef<Dim> dims);
  ArrayType arrayType(const Type &type);
  PlaceType placeType(const Type &type);
  /// The types of a variable: one, or a tuple's members.
  void appendTypes(const Type &type, SmallVectorImpl<mlir::Type> &types);
  /// The size as an index, if its symbols are known here.
  std::optional<Value> dimValue(Location loc, const Dim &dim);
  std::optional<Value> symbolValue(Location loc, SymbolId id);
  /// The size of an axis of an array: known, or asked of the array.
  Value sizeOf(Location loc, Value array, unsigned axis, const Dim &dim);
  /// Remembers the size of a dim that is a new symbol.
  void learn(const Dim &dim, Value size);
  void learnFrom(Location loc, const Type &type, Value array);
  /// The same array with the sizes written as `type` writes them.
  Value castShape(Location loc, Value array, ArrayRef<mlir::Attribute> dims);

  //===--- Checks.cpp -----------------------------------------------------===//
  Value constIndex(Location loc, int64_t value);
  void require(Location loc, Value condition, ErrorKind kind,
               const Twine &message, ArrayRef<Value> values = {});
  Value compare(Location loc, mlir::arith::CmpIPredicate predicate, Value lhs,
                Value rhs);
  void requireEqual(Location loc, Value lhs, Value rhs, ErrorKind kind,
                    const Twine &message, ArrayRef<Value> values);
  /// Index sizes of integer scalars, checked to be non-negative.
  SmallVector<Value> genSizes(ArrayRef<typed::Expr *> sizes,
                              ArrayRef<Dim> dims);
  bool isNonNegative(const typed::Expr *size);
  bool isNonNegative(const Dim &dim);
  /// The product of two sizes, or the largest number if it does not fit.
  Value multiplySizes(Location loc, Value lhs, Value rhs);
  /// Raises an error if a size of several terms or factors is so large that its
  /// computation could wrap around.
  void requireDimFits(Location loc, const Dim &dim);
  void requireFits(Location loc, Value magnitude);
  /// How large an integer expression, computed without wrapping around, can be
  /// at most; none if it is more than sums and products of Python's integers.
  std::optional<Value> genMagnitude(const typed::Expr *size);
  struct Operand {
    Value value; // scalar, value or place
    const Type *type;
  };
  /// The operands of an elementwise function with equal sizes or the literal 1
  /// on each axis. Places are read. Returns the sizes of the result.
  SmallVector<Value> broadcastTogether(
      Location loc, llvm::MutableArrayRef<Operand> operands, const Type &result,
      ErrorKind kind = ErrorKind::Shape,
      StringRef words = "operands could not be broadcast together");
  /// What a message says before the shape of a value and before that of where
  /// it should go.
  struct Words {
    StringRef value, target;
  };
  /// Checks that a value broadcasts to `sizes`; true if it has other sizes.
  bool checkFits(Location loc, Operand value, ArrayRef<Value> sizes,
                 const Type &target, Words words);
  /// A value with the sizes of a place that it is stored into.
  Value broadcastInto(Location loc, Operand value, Value place,
                      const Type &placeType);

  //===--- Expressions.cpp ------------------------------------------------===//
  Values gen(const typed::Expr *expr);
  Value genOne(const typed::Expr *expr);
  /// A place: arrays that are values are materialised.
  Value genPlace(const typed::Expr *expr);
  /// An i1.
  Value genCondition(const typed::Expr *expr) { return genOne(expr); }
  /// An integer scalar as an index.
  Value genIndex(const typed::Expr *expr);
  Value asValue(Location loc, Value array);
  Value asPlace(Location loc, Value array);
  Value ufunc(Location loc, StringRef name, mlir::Type type,
              ArrayRef<Value> operands);
  /// A function of scalars and arrays that were evaluated before.
  Value elementwise(Location loc, StringRef name,
                    llvm::MutableArrayRef<Operand> operands,
                    const Type &result);
  Value castTo(Location loc, Value value, const Type &type, DType dtype);
  Value genConstant(Location loc, DType dtype, int64_t integer,
                    std::complex<double> number);
  Value genLiteral(const typed::Literal &literal);
  Value genElementwise(const typed::Elementwise &expr);
  void checkPower(Location loc, Operand exponent);
  Values genSelect(const typed::Select &expr);
  Value genShortCircuit(const typed::ShortCircuit &expr);
  static ReduceKind reduceKind(typed::ReduceKind kind);
  Value genReduce(const typed::Reduce &expr);
  Value genEinsum(const typed::Einsum &expr);
  void checkLabels(const typed::Einsum &expr, ArrayRef<Value> operands);
  Value genArange(const typed::Arange &expr);
  Values genCall(const typed::Call &expr);
  Values genRuntimeCall(const typed::RuntimeCall &expr);
  void genPrint(const typed::RuntimeCall &expr);

  //===--- Views.cpp ------------------------------------------------------===//
  /// Checked element indices.
  SmallVector<Value> genElementIndices(const typed::Index &expr, Value base);
  Value genIndexExpr(const typed::Index &expr);
  Value genTranspose(const typed::Transpose &expr);
  Value genReshape(const typed::Reshape &expr);
  Value genDiagonal(const typed::Diagonal &expr);
  Value genComplexPart(const typed::ComplexPart &expr);
  Value genBroadcast(const typed::Broadcast &expr);
  /// `array` or value type like the base, with the sizes of `type`.
  mlir::Type viewType(Value base, const Type &type);

  //===--- Gather.cpp -----------------------------------------------------===//
  /// Elements of an array at positions that are known to be in range.
  struct Gathered {
    Value base;
    SmallVector<Value> positions; // i64 arrays of one shape
    SmallVector<int64_t> axes;    // of the base, one for each
    SmallVector<Value> sizes;     // of the index space
  };
  Gathered genGathered(const typed::Gather &expr);
  Value genGather(const typed::Gather &expr);
  Value gather(Location loc, const typed::Gather &expr, const Gathered &at);
  void checkPositions(Location loc, Value positions, const Type &type,
                      Value size, unsigned axis);
  void checkMask(const typed::IndexArray &index, const typed::Gather &expr,
                 Value base);
  /// Combines an element, or the part of the base that the other axes span,
  /// with the present one: null to replace it.
  using Combine = llvm::function_ref<Value(Value present, Value value)>;
  /// Stores a value that broadcasts to the shape of `expr`, in C order.
  void scatter(Location loc, const typed::Gather &expr, const Gathered &at,
               Operand value, Combine combine);
  Value broadcastTo(Location loc, Operand value, ArrayRef<Value> sizes,
                    const typed::Gather &target);
  void updateGathered(const typed::Update &stmt, const typed::Gather &target);

  //===--- Statements.cpp -------------------------------------------------===//
  void genBlock(const typed::Block &block);
  void genStmt(const typed::Stmt *stmt);
  void genAssign(const typed::Assign &stmt);
  void bind(Location loc, const typed::Var *var, ArrayRef<Value> values,
            const Type &type);
  void genStore(const typed::Store &stmt);
  void genUpdate(const typed::Update &stmt);

  //===--- ControlFlow.cpp ------------------------------------------------===//
  void genIf(const typed::If &stmt);
  void genFor(const typed::For &stmt);
  void genPrange(const typed::For &stmt, Value start, Value step, Value count);
  /// A loop over [0, count) that exit flags may end.
  void genCountedWhile(const typed::For &stmt, Value start, Value step,
                       Value count, ArrayRef<typed::Var *> flags);
  void genWhile(const typed::While &stmt);
  Value genTripCount(const typed::For &stmt, Value &start, Value &step);
  void bindLoopVar(const typed::For &stmt, Value position, Value start,
                   Value step);
  /// The values of variables in this scope; placeholders for those without.
  Values current(Location loc, ArrayRef<typed::Var *> vars);
  void appendTypes(ArrayRef<typed::Var *> vars,
                   SmallVectorImpl<mlir::Type> &types);
  /// Binds variables to consecutive values.
  void rebind(ArrayRef<typed::Var *> vars, mlir::ValueRange values);
  Value placeholder(Location loc, mlir::Type type);

  mlir::func::FuncOp func;
  const typed::Function &function;
  const Locations &locations;
  mlir::MLIRContext *context;
  mlir::OpBuilder builder;
  std::vector<std::string> symbolNames;
  std::unique_ptr<typed::StructuredBody> structured;
  std::optional<typed::Liveness> liveness;
  /// Symbols whose arrays may have different sizes at one time: those of
  /// variables that arrays of other sizes are assigned to.
  llvm::DenseSet<SymbolId> unstable;

  /// What is known at a point of the function.
  struct Scope {
    llvm::DenseMap<const typed::Var *, Values> vars;
    llvm::DenseMap<SymbolId, Value> sizes;
  };
  Scope scope;
  bool failed = false;
};

} // namespace arr

#endif // ARR_MLIRGEN_FUNCTIONGEN_H
