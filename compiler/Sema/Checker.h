//===- Checker.h - Checks one function instance
//----------------------------===//
//
// A Checker turns the body of one function (or of a lambda, or the value of a
// module constant) into typed nodes. Its member functions are spread over files
// by concern, in the order of this header.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_SEMA_CHECKER_H
#define ARR_SEMA_CHECKER_H

#include "compiler/Sema/Scope.h"
#include "compiler/Sema/Session.h"
#include <functional>
#include <set>

namespace arr::sema {

/// The arguments of a call, checked.
struct Arguments {
  struct Keyword {
    std::string name;
    SourceRange range;
    Value value;
  };
  std::vector<Value> positional;
  std::vector<Keyword> keywords;
};

using ValueList = std::vector<Value>;
using DimList = std::vector<Dim>;

/// NumPy allows 64 axes; the runtime has room for these.
inline constexpr unsigned maxRank = 32;

/// A text that is equal for equal sizes.
std::string dimKey(const Dim &dim);

class Checker {
public:
  Checker(Session &session, ModuleScope &module, Instance *instance)
      : session(session), module(module), instance(instance) {}

  Session &session;
  ModuleScope &module;
  /// Null while a module constant is evaluated.
  Instance *instance;
  typed::Function &function() { return *instance->function; }

  template <typename... Args>
  Diagnostic &report(SourceRange range, const DiagnosticKind &kind,
                     const Args &...args) {
    return session.diags->report(range, kind, args...);
  }
  /// "not supported yet: {what}"
  Value unsupported(SourceRange range, llvm::StringRef what);
  std::string text(const Type &type);
  std::string text(const Dim &dim);
  std::string text(const DimList &shape); // "(n, 3)"
  /// What a value is, for messages: "`f64[n]`", "a function", "`None`".
  std::string describe(const Value &value);

  //===--- Instances.cpp ---===//

  Value callFunction(const Value &callee, Arguments &args, SourceRange range);
  Value callLambda(const Value &callee, Arguments &args, SourceRange range);
  /// Puts arguments into the order of parameters; false after an error.
  bool matchArguments(llvm::StringRef name, llvm::ArrayRef<ast::Param> params,
                      Arguments &args, SourceRange range, ValueList &matched);
  /// A call node, with the callee's sizes translated to the caller's.
  Value makeCall(Instance &callee, llvm::ArrayRef<Value> args,
                 SourceRange range);
  /// All instances of an exported function.
  void instantiateExports(FunctionDecl &decl);
  /// What a lambda's free names stand for here.
  std::map<std::string, Value> capturesOf(const Closure &closure);

  //===--- Annotations.cpp ---===//

  /// Reads the annotations of a function's parameters; false after an error.
  bool resolveSignature(FunctionDecl &decl);
  ParamSpec resolveParam(const ast::Param &param);
  /// The global that a name in an annotation means, imports followed.
  const Global *findGlobal(const ast::Expr &expr);
  std::optional<Type> resolveAnnotation(const ast::Expr &annotation,
                                        bool isResult = false);
  std::string annotationText(const ast::Expr &annotation);

  //===--- Parameters.cpp ---===//

  /// Declares the parameters of an instance. templateArgs has the argument for
  /// each parameter without annotation; ellipsisRank is set in the instance.
  bool declareParams(const FunctionDecl &decl,
                     llvm::ArrayRef<Value> templateArgs);
  Value declareTemplateParam(llvm::StringRef name, const Value &arg,
                             SourceRange range);
  typed::Var *declareParam(llvm::StringRef name, const Type &type,
                           SourceRange range);
  void declareDefault(const ParamSpec &spec, typed::Param &param);

  //===--- Results.cpp ---===//

  void checkBody(const FunctionDecl &decl);
  void callExtern(const FunctionDecl &decl);
  void finishResult(SourceRange range);
  bool conformReturn(const Value &value, const Type &declared,
                     SourceRange range, unsigned resultIndex,
                     typed::Expr *&out);

  //===--- Statements.cpp ---===//

  void checkBlock(llvm::ArrayRef<const ast::Stmt *> stmts);
  void checkStmt(const ast::Stmt &stmt);
  void checkIf(const ast::If &stmt, unsigned clause);
  void checkReturn(const ast::Return &stmt);
  void checkAssert(const ast::Assert &stmt);
  void emit(typed::Stmt *stmt, SourceRange range);
  void emitExpr(const Value &value, SourceRange range);
  /// A condition as a bool scalar.
  typed::Expr *condition(const Value &value);
  bool prunesBranches() const;

  //===--- Assignments.cpp ---===//

  void checkAssign(const ast::Assign &stmt);
  void checkAnnAssign(const ast::AnnAssign &stmt);
  void checkAugAssign(const ast::AugAssign &stmt);
  void assignTo(const ast::Expr &target, const Value &value);
  void assignTuple(llvm::ArrayRef<const ast::Expr *> targets,
                   const Value &value, SourceRange range);
  void assignName(llvm::StringRef name, const Value &value, SourceRange range);
  /// Binds a value to a fresh or the name's present variable.
  Value bindToVar(llvm::StringRef name, const Value &value, SourceRange range,
                  const Value *present);
  /// `target op= value` in place; `isRepeated` as np.add.at.
  void updateInPlace(const Value &target, typed::Ufunc ufunc,
                     llvm::StringRef spelled, const Value &value,
                     SourceRange range, bool isRepeated = false);
  void storeTo(const Value &target, const Value &value, SourceRange range);
  typed::Var *newVar(llvm::StringRef name, const Type &type, SourceRange range);
  typed::Var *varFor(llvm::StringRef name, const Type &type, SourceRange range,
                     const Value *present);
  Value varValue(typed::Var *var, SourceRange range);
  /// The elements of a tuple-like value, as values that can be used often.
  std::optional<ValueList> unpack(const Value &value, SourceRange range);

  //===--- Loops.cpp, Prange.cpp ---===//

  struct LoopContext {
    bool isParallel = false;
    SourceRange range;
    std::vector<Edge> breaks, continues;
  };
  /// What trials of a loop found about a name that its body assigns.
  struct LoopHint {
    std::optional<Type> type;   // scalars: at least this wide
    std::vector<bool> wideAxes; // arrays: sizes that change
    std::vector<LoopHint> elements;
    std::optional<Value> conflict;
    std::optional<Unbound> unbound;
  };
  struct LoopNode {
    typed::Block *body = nullptr, *orElse = nullptr;
  };
  struct LoopShape {
    const ast::Stmt *stmt = nullptr;
    SourceRange headerRange;
    ast::Block body, orElse;
    bool isParallel = false;
    bool isEndless = false; // while True
    std::set<std::string> assigned;
    /// Names that every iteration of a prange has for itself.
    std::map<std::string, Unbound> privateNames;
    std::function<LoopNode()> makeNode;
    std::function<void()> enterBody;
  };
  void checkFor(const ast::For &stmt);
  void checkWhile(const ast::While &stmt);
  void checkJump(const ast::Stmt &stmt);
  void checkLoop(const LoopShape &shape);
  void finishLoop(const LoopShape &shape, LoopNode node, Env &head,
                  LoopContext &context);
  void skipLoop(const LoopShape &shape);
  void unrollLoop(const ast::For &stmt, const Value &sequence);
  Value enterLoop(llvm::StringRef name, const Value &value,
                  const LoopHint *hint, SourceRange range);
  bool holds(const Value &head, const Value &back, LoopHint &hint,
             SourceRange range);
  void assignBack(Edge &edge, const Value &head, const Value &back);
  bool rangeBounds(const ast::Call &call, Value bounds[3]);
  /// Sorts the names a prange assigns into reductions (the result) and private
  /// ones.
  std::map<std::string, typed::ReduceKind>
  classifyPrangeNames(const ast::For &stmt, LoopShape &shape);

  //===--- Joins.cpp ---===//

  Env joinEdges(std::vector<Edge> &edges);
  Value joinValues(llvm::StringRef name, llvm::ArrayRef<const Value *> values,
                   std::vector<Edge> &edges);
  /// The type that holds values of all these; none if there is none.
  std::optional<Type> joinTypes(llvm::ArrayRef<Type> types, SourceRange range);
  Value conflict(const Value &lhs, const Value &rhs);
  void assignAtEdge(Edge &edge, typed::Var *var, const Value &value);
  void warnNarrowAccumulator(llvm::StringRef name, const Value &value,
                             const Type &joined);

  //===--- Expressions.cpp ---===//

  Value check(const ast::Expr &expr);
  Value checkName(const ast::Name &name);
  Value checkAttribute(const ast::Attribute &attribute);
  Value attributeOf(const Value &base, const ast::Attribute &attribute);
  Value checkCompare(const ast::Compare &compare);
  Value checkBoolOp(const ast::BoolOp &boolOp);
  Value checkIfExp(const ast::IfExp &ifExp);
  Value checkCall(const ast::Call &call);
  Value call(const Value &callee, Arguments &args, SourceRange range);
  Value globalValue(Global &global, SourceRange range);
  std::optional<Value> lookup(llvm::StringRef name, SourceRange range);
  /// What `np.name` means, whatever the module calls by that name.
  std::optional<Value> numpyName(llvm::StringRef name, SourceRange range);
  void reportUndefined(llvm::StringRef name, SourceRange range);
  /// A scalar or array; false (after an error) for anything else.
  bool requireNumeric(const Value &value, llvm::StringRef role);

  //===--- Operators.cpp ---===//

  Value unary(ast::UnaryOp op, const Value &operand, SourceRange range);
  Value binary(ast::BinaryOp op, const Value &lhs, const Value &rhs,
               SourceRange range);
  Value compare(ast::CompareOp op, const Value &lhs, const Value &rhs,
                SourceRange range);
  /// A NumPy function: Python scalars alone give NumPy scalars.
  Value ufunc(typed::Ufunc ufunc, llvm::ArrayRef<Value> operands,
              SourceRange range, bool isOperator = false);
  Value where(const Value &condition, const Value &trueValue,
              const Value &falseValue, SourceRange range);

  //===--- Build.cpp ---===//

  template <typename Node> Node *make(Type type, SourceRange range) {
    Node *node = session.program.create<Node>();
    node->type = std::move(type);
    node->range = range;
    return node;
  }
  typed::Expr *toExpr(const Value &value);
  typed::Literal *literal(const Constant &constant, const Type &type,
                          SourceRange range);
  /// The value with another dtype; explicit conversions wrap, implicit ones
  /// report constants that do not fit.
  Value convert(const Value &value, const Type &scalar, bool isExplicit);
  typed::Expr *convertExpr(const Value &value, DType dtype) {
    return toExpr(convert(value, Type::scalar(dtype), /*isExplicit=*/false));
  }
  Value elementwiseNode(typed::Ufunc ufunc, llvm::ArrayRef<Value> operands,
                        const Type &scalar, SourceRange range);
  Value reduceNode(typed::ReduceKind kind, const Value &operand,
                   llvm::ArrayRef<unsigned> axes, bool keepDims, DType result,
                   SourceRange range);
  Value copyNode(const Value &value, SourceRange range);
  /// Gives `body` a value that may be used several times.
  Value withTemp(const Value &value,
                 llvm::function_ref<Value(const Value &)> body);
  static bool isCheap(const typed::Expr *expr);

  //===--- Shapes.cpp ---===//

  Dim freshDim(SourceRange range);
  /// The same symbol for the same key: lengths of equal slices are equal.
  Dim keyedDim(const std::string &key, SourceRange range);
  Dim clampedDim(const Dim &dim, SourceRange range); // max(dim, 0)
  Dim floorDivDim(const Dim &dividend, const Dim &divisor, SourceRange range);
  Dim broadcastDim(const Dim &lhs, const Dim &rhs, SourceRange range);
  bool canBroadcast(const Dim &lhs, const Dim &rhs);
  std::optional<DimList> broadcastShapes(llvm::ArrayRef<Value> operands,
                                         SourceRange range);
  bool isProvablyDifferent(const Dim &lhs, const Dim &rhs);
  bool isComputable(const Dim &dim); // no Fresh symbol in it
  Value dimValue(const Dim &dim, SourceRange range);
  Value sizeOf(const Value &array, unsigned axis, SourceRange range);
  Value totalSize(const Value &array, SourceRange range);
  /// The size that an integer value stands for.
  Dim dimOf(const Value &size);

  //===--- Indexing.cpp ---===//

  Value checkSubscript(const ast::Subscript &subscript);
  Value subscriptTarget(const ast::Subscript &subscript);
  /// What `array[index]` names, to be stored into.
  Value indexTarget(const Value &array, const Value &index, SourceRange range);
  Value indexArray(const Value &base, llvm::ArrayRef<const ast::Expr *> items,
                   SourceRange range);
  Dim sliceLength(const Dim &size, const Value &start, const Value &stop,
                  const Value &step, SourceRange range);
  Value elementAt(const Value &array, llvm::ArrayRef<Value> indices,
                  SourceRange range);

  //===--- State ---===//

  Env env;
  bool isReachable = true;
  typed::Block *block = nullptr; // where statements go

  struct ReturnSite {
    typed::Return *node;
    Value value;
    SourceRange range;
  };
  std::vector<ReturnSite> returns;
  std::optional<Type> declaredResult;

  std::vector<LoopContext *> loops;
  /// Variables that a loop counts with: only the loop writes them.
  std::set<const typed::Var *> loopVars;

  std::map<std::string, SymbolId> keyedSymbols;
  /// Fresh symbols that are max(size, 0) of something.
  std::map<SymbolId, Dim> clampedSymbols;
  /// Names that loops found to need wider types; see Loops.cpp.
  std::map<const ast::Stmt *, std::map<std::string, LoopHint>> loopHints;
  /// Sizes of template parameters that the caller proved equal.
  std::map<std::string, Dim> templateDims;
  /// The annotation of the name that is being assigned: what `load` loads.
  std::optional<Type> expectedType;
  /// Names a lambda was handed along with.
  const std::map<std::string, Value> *captures = nullptr;
};

} // namespace arr::sema

#endif // ARR_SEMA_CHECKER_H
