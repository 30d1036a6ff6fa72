//===- Dump.cpp - Prints typed programs (`--emit=typed`) ------------------===//
//
// One statement a line, types after a colon where they are not obvious, in a
// syntax near to the source's. For people and for FileCheck; never read back.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Program.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace arr;
using namespace arr::typed;

namespace {
class Dumper {
public:
  Dumper(llvm::raw_ostream &os, const Function &function)
      : os(os), function(function), names(function.symbolNames()) {}

  void run();

private:
  void symbolLine(const Symbol &symbol);
  void block(const Block &stmts, unsigned depth);
  void stmt(const Stmt &stmt, unsigned depth);
  void loop(const For &loop, unsigned depth);
  void expr(const Expr *expr);
  void literal(const Literal &literal);
  void indexItem(const IndexItem &item);
  void call(llvm::StringRef name, llvm::ArrayRef<Expr *> operands);
  void list(llvm::ArrayRef<Expr *> operands) {
    llvm::interleaveComma(operands, os, [&](Expr *operand) { expr(operand); });
  }
  std::string text(const Type &type) { return type.str(names); }
  std::string varName(const Var &var) {
    return var.name + "." + std::to_string(var.id);
  }

  llvm::raw_ostream &os;
  const Function &function;
  std::vector<std::string> names;
};
} // namespace

static llvm::StringRef name(ReduceKind kind) {
  static constexpr llvm::StringLiteral names[] = {
      "add", "mul", "min",    "max",    "fmin",        "fmax",      "and",
      "or",  "xor", "argmin", "argmax", "logical_and", "logical_or"};
  return names[static_cast<unsigned>(kind)];
}

void Dumper::run() {
  os << (function.isExported ? "export " : "") << "def " << function.symbol
     << "(";
  llvm::interleaveComma(function.params, os, [&](const Param &param) {
    os << varName(*param.var) << ": " << text(param.var->type);
    if (param.hasDefault())
      os << " = " << param.defaultText;
  });
  os << ") -> " << text(function.result) << ":\n";
  for (const Symbol &symbol : function.symbols)
    symbolLine(symbol);
  for (const DimCheck &check : function.dimChecks)
    os << "  check " << function.params[check.param].var->name << ".shape["
       << check.axis << "] == " << check.expected.str(names) << "\n";
  for (const DimCheck &check : function.resultChecks)
    os << "  check result " << check.param << ".shape[" << check.axis
       << "] == " << check.expected.str(names) << "\n";
  block(function.body, 1);
}

void Dumper::symbolLine(const Symbol &symbol) {
  os << "  size " << symbol.name;
  switch (symbol.kind) {
  case Symbol::Kind::Bound: {
    const Var &var = *function.params[symbol.param].var;
    os << " from " << var.name;
    if (var.type.isArray())
      os << ".shape[" << symbol.axis << "]";
    if (symbol.scale != 1 || symbol.offset != 0)
      os << " == " << symbol.scale << " * " << symbol.name << " + "
         << symbol.offset;
    break;
  }
  case Symbol::Kind::FloorDiv:
    os << " = (" << symbol.dividend.str(names) << ") // ("
       << symbol.divisor.str(names) << ")";
    break;
  case Symbol::Kind::Mod:
    os << " = (" << symbol.dividend.str(names) << ") % ("
       << symbol.divisor.str(names) << ")";
    break;
  case Symbol::Kind::Fresh:
    break;
  }
  os << "\n";
}

void Dumper::block(const Block &stmts, unsigned depth) {
  if (stmts.empty())
    os.indent(2 * depth) << "pass\n";
  for (const Stmt *child : stmts)
    stmt(*child, depth);
}

void Dumper::stmt(const Stmt &node, unsigned depth) {
  if (node.kind == StmtKind::For)
    return loop(llvm::cast<For>(node), depth);
  os.indent(2 * depth);
  switch (node.kind) {
  case StmtKind::Assign: {
    const auto &assign = llvm::cast<Assign>(node);
    llvm::interleaveComma(assign.targets, os, [&](const Var *var) {
      os << varName(*var) << ": " << text(var->type);
    });
    os << " = ";
    expr(assign.value);
    break;
  }
  case StmtKind::Store: {
    const auto &store = llvm::cast<Store>(node);
    os << "store ";
    expr(store.target);
    os << " = ";
    expr(store.value);
    break;
  }
  case StmtKind::Update: {
    const auto &update = llvm::cast<Update>(node);
    os << "update ";
    expr(update.target);
    os << (update.isRepeated ? " each " : " ") << opName(update.ufunc) << "[" << spelling(update.computeDType)
       << "]= ";
    expr(update.value);
    break;
  }
  case StmtKind::If: {
    const auto &branch = llvm::cast<If>(node);
    os << "if ";
    expr(branch.condition);
    os << ":\n";
    block(branch.thenBody, depth + 1);
    if (!branch.elseBody.empty()) {
      os.indent(2 * depth) << "else:\n";
      block(branch.elseBody, depth + 1);
    }
    return;
  }
  case StmtKind::While: {
    const auto &loop = llvm::cast<While>(node);
    os << "while ";
    expr(loop.condition);
    os << ":\n";
    block(loop.body, depth + 1);
    if (!loop.orElse.empty()) {
      os.indent(2 * depth) << "else:\n";
      block(loop.orElse, depth + 1);
    }
    return;
  }
  case StmtKind::For:
    llvm_unreachable("printed above");
  case StmtKind::Break:
    os << "break";
    break;
  case StmtKind::Continue:
    os << "continue";
    break;
  case StmtKind::Return:
    os << "return";
    if (const Expr *value = llvm::cast<Return>(node).value) {
      os << " ";
      expr(value);
    }
    break;
  case StmtKind::Assert:
    os << "assert ";
    expr(llvm::cast<Assert>(node).condition);
    if (!llvm::cast<Assert>(node).message.empty())
      os << ", '" << llvm::cast<Assert>(node).message << "'";
    break;
  case StmtKind::ExprStmt:
    expr(llvm::cast<ExprStmt>(node).expr);
    break;
  }
  os << "\n";
}

void Dumper::loop(const For &loop, unsigned depth) {
  os.indent(2 * depth) << "for " << varName(*loop.var) << " in "
                       << (loop.isParallel ? "prange(" : "range(");
  list({loop.start, loop.stop, loop.step});
  os << (loop.unchecked ? ", unchecked)" : ")");
  for (const Reduction &reduction : loop.reductions)
    os << " reduce " << name(reduction.kind) << " " << varName(*reduction.var);
  os << ":\n";
  block(loop.body, depth + 1);
  if (!loop.orElse.empty()) {
    os.indent(2 * depth) << "else:\n";
    block(loop.orElse, depth + 1);
  }
}

void Dumper::literal(const Literal &literal) {
  auto number = [&](double value) {
    if (value != value)
      os << "nan";
    else if (value - value != 0)
      os << (value < 0 ? "-inf" : "inf");
    else
      os << llvm::format("%.17g", value);
  };
  DType dtype = literal.type.dtype;
  if (dtype == DType::Bool)
    os << (literal.integer ? "True" : "False");
  else if (isUnsigned(dtype))
    os << static_cast<uint64_t>(literal.integer);
  else if (isInteger(dtype))
    os << literal.integer;
  else
    number(literal.number.real());
  if (isComplex(dtype)) {
    os << " + ";
    number(literal.number.imag());
    os << "j";
  }
  if (!literal.type.weak && dtype != DType::Bool)
    os << ":" << spelling(dtype);
}

void Dumper::call(llvm::StringRef name, llvm::ArrayRef<Expr *> operands) {
  os << name << "(";
  list(operands);
  os << ")";
}

void Dumper::indexItem(const IndexItem &item) {
  switch (item.kind) {
  case IndexItem::Kind::At:
    return expr(item.at);
  case IndexItem::Kind::NewAxis:
    os << "newaxis";
    return;
  case IndexItem::Kind::Range:
    if (item.start)
      expr(item.start);
    os << ":";
    if (item.stop)
      expr(item.stop);
    if (item.step) {
      os << ":";
      expr(item.step);
    }
    return;
  }
}

void Dumper::expr(const Expr *node) {
  switch (node->kind) {
  case ExprKind::Literal:
    return literal(*llvm::cast<Literal>(node));
  case ExprKind::StrLiteral:
    os << "'";
    llvm::printEscapedString(llvm::cast<StrLiteral>(node)->value, os);
    os << "'";
    return;
  case ExprKind::VarRef:
    os << varName(*llvm::cast<VarRef>(node)->var);
    return;
  case ExprKind::DimRef:
    os << "{" << llvm::cast<DimRef>(node)->dim.str(names) << "}";
    return;
  case ExprKind::DimOf:
    os << "dim(";
    expr(llvm::cast<DimOf>(node)->array);
    os << ", " << llvm::cast<DimOf>(node)->axis << ")";
    return;
  case ExprKind::Cast: {
    Type target = Type::scalar(node->type.dtype, node->type.weak);
    return call(text(target), {llvm::cast<Cast>(node)->operand});
  }
  case ExprKind::Elementwise: {
    const auto *elementwise = llvm::cast<Elementwise>(node);
    return call(opName(elementwise->ufunc), elementwise->operands);
  }
  case ExprKind::Select: {
    const auto *select = llvm::cast<Select>(node);
    return call("select",
                {select->condition, select->trueValue, select->falseValue});
  }
  case ExprKind::ShortCircuit: {
    const auto *logical = llvm::cast<ShortCircuit>(node);
    return call(logical->isAnd ? "and" : "or", {logical->lhs, logical->rhs});
  }
  case ExprKind::Index: {
    const auto *index = llvm::cast<Index>(node);
    expr(index->base);
    os << "[";
    llvm::interleaveComma(index->items, os,
                          [&](const IndexItem &item) { indexItem(item); });
    os << "]";
    if (node->type.isArray())
      os << ":" << text(node->type);
    return;
  }
  case ExprKind::Gather: {
    const auto *gather = llvm::cast<Gather>(node);
    os << "gather(";
    expr(gather->base);
    for (const IndexArray &index : gather->indices) {
      os << ", " << index.axis << ": ";
      expr(index.positions);
    }
    os << "; at " << gather->position << "):" << text(node->type);
    return;
  }
  case ExprKind::Transpose: {
    os << "transpose(";
    expr(llvm::cast<Transpose>(node)->base);
    os << ", [";
    llvm::interleaveComma(llvm::cast<Transpose>(node)->permutation, os);
    os << "])";
    return;
  }
  case ExprKind::Reshape:
    os << "reshape(";
    expr(llvm::cast<Reshape>(node)->base);
    os << ", [";
    list(llvm::cast<Reshape>(node)->sizes);
    os << "]):" << text(node->type);
    return;
  case ExprKind::ComplexPart: {
    auto *part = llvm::cast<ComplexPart>(node);
    os << (part->isImaginary ? "imag(" : "real(");
    expr(part->base);
    os << ")";
    return;
  }
  case ExprKind::Diagonal: {
    os << "diagonal(";
    expr(llvm::cast<Diagonal>(node)->base);
    os << ", [";
    llvm::interleaveComma(llvm::cast<Diagonal>(node)->axes, os,
                          [&](const auto &axes) {
                            os << "[";
                            llvm::interleaveComma(axes, os);
                            os << "]";
                          });
    os << "])";
    return;
  }
  case ExprKind::Broadcast:
    os << "broadcast(";
    expr(llvm::cast<Broadcast>(node)->base);
    os << "):" << text(node->type);
    return;
  case ExprKind::Reduce: {
    const auto *reduce = llvm::cast<Reduce>(node);
    os << "reduce_" << name(reduce->reduceKind) << "(";
    expr(reduce->operand);
    os << ", axes=[";
    llvm::interleaveComma(reduce->axes, os);
    os << "]" << (reduce->keepDims ? ", keepdims" : "")
       << "):" << text(node->type);
    return;
  }
  case ExprKind::Einsum: {
    const auto *einsum = llvm::cast<Einsum>(node);
    auto labels = [&](llvm::ArrayRef<unsigned> list) {
      for (unsigned label : list)
        os << static_cast<char>(label < 26 ? 'a' + label : 'A' + label % 26);
    };
    os << "einsum('";
    for (auto [i, list] : llvm::enumerate(einsum->labels)) {
      os << (i ? "," : "");
      labels(list);
    }
    os << "->";
    labels(einsum->output);
    os << "', ";
    list(einsum->operands);
    os << "):" << text(node->type);
    return;
  }
  case ExprKind::Fill: {
    const auto *fill = llvm::cast<Fill>(node);
    os << "fill([";
    list(fill->sizes);
    os << "], ";
    expr(fill->value);
    os << "):" << text(node->type);
    return;
  }
  case ExprKind::Empty:
    os << "empty([";
    list(llvm::cast<Empty>(node)->sizes);
    os << "]):" << text(node->type);
    return;
  case ExprKind::Arange: {
    const auto *arange = llvm::cast<Arange>(node);
    call("arange", {arange->start, arange->step, arange->count});
    os << ":" << text(node->type);
    return;
  }
  case ExprKind::ArrayLiteral:
    call("array", llvm::cast<ArrayLiteral>(node)->elements);
    os << ":" << text(node->type);
    return;
  case ExprKind::Copy:
    return call("copy", {llvm::cast<Copy>(node)->operand});
  case ExprKind::Call:
    return call(llvm::cast<Call>(node)->callee->symbol,
                llvm::cast<Call>(node)->arguments);
  case ExprKind::RuntimeCall: {
    const auto *runtime = llvm::cast<RuntimeCall>(node);
    static constexpr llvm::StringLiteral targets[] = {"load", "save", "extern ",
                                                      "print"};
    os << "@" << targets[static_cast<unsigned>(runtime->target)];
    call(runtime->symbol, runtime->arguments);
    if (node->type.kind != TypeKind::None)
      os << ":" << text(node->type);
    return;
  }
  case ExprKind::MakeTuple:
    return call("", llvm::cast<MakeTuple>(node)->elements);
  case ExprKind::TupleGet:
    expr(llvm::cast<TupleGet>(node)->tuple);
    os << "." << llvm::cast<TupleGet>(node)->index;
    return;
  case ExprKind::Let: {
    const auto *let = llvm::cast<Let>(node);
    os << "(let " << varName(*let->var) << " = ";
    expr(let->value);
    os << " in ";
    expr(let->body);
    os << ")";
    return;
  }
  }
}

void typed::dump(llvm::raw_ostream &os, const Function &function) {
  Dumper(os, function).run();
}

void typed::dump(llvm::raw_ostream &os, const Program &program) {
  llvm::interleave(
      program.functions, os, [&](const auto &function) { dump(os, *function); },
      "\n");
}
