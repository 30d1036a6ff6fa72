//===- Dump.cpp - Print the syntax tree -----------------------------------===//
//
// One statement a line, nested blocks indented; expressions as s-expressions,
// which show precedence and are easy to match in tests:
//
//   def f
//     param x: (subscript f64 n)
//     return (+ x 1)
//
// Positions are not part of the dump: tests of diagnostics cover them.
//
//===----------------------------------------------------------------------===//

#include "compiler/AST/Visitor.h"

using namespace arr::ast;
using llvm::raw_ostream;

namespace {

class ExprDumper : public ExprVisitor<ExprDumper> {
public:
  explicit ExprDumper(raw_ostream &os) : os(os) {}

  void visitIntLiteral(const IntLiteral &literal) {
    switch (literal.radix) {
    case 2:
      os << "0b";
      break;
    case 8:
      os << "0o";
      break;
    case 16:
      os << "0x";
      break;
    }
    os << literal.digits;
  }
  void visitFloatLiteral(const FloatLiteral &literal) { os << literal.text; }
  void visitImaginaryLiteral(const ImaginaryLiteral &literal) {
    os << literal.text << 'j';
  }
  void visitBoolLiteral(const BoolLiteral &literal) {
    os << (literal.value ? "True" : "False");
  }
  void visitNoneLiteral(const NoneLiteral &) { os << "None"; }
  void visitEllipsisLiteral(const EllipsisLiteral &) { os << "..."; }
  void visitStringLiteral(const StringLiteral &literal) {
    os << '"';
    os.write_escaped(literal.value);
    os << '"';
  }
  void visitName(const Name &name) { os << name.id; }
  void visitAttribute(const Attribute &attribute) {
    os << "(. ";
    visit(*attribute.value);
    os << ' ' << attribute.name << ')';
  }
  void visitSubscript(const Subscript &subscript) {
    os << "(subscript ";
    visit(*subscript.value);
    list(subscript.items);
    os << ')';
  }
  void visitSlice(const Slice &slice) {
    os << "(slice";
    for (const Expr *part : {slice.lower, slice.upper, slice.step}) {
      os << ' ';
      part ? visit(*part) : void(os << '_');
    }
    os << ')';
  }
  void visitCall(const Call &call) {
    os << "(call ";
    visit(*call.callee);
    list(call.args);
    for (const KeywordArg &keyword : call.keywords) {
      os << ' ' << keyword.name << '=';
      visit(*keyword.value);
    }
    os << ')';
  }
  void visitUnary(const Unary &unary) {
    os << '(' << spelling(unary.op) << ' ';
    visit(*unary.operand);
    os << ')';
  }
  void visitBinary(const Binary &binary) {
    os << '(' << spelling(binary.op) << ' ';
    visit(*binary.lhs);
    os << ' ';
    visit(*binary.rhs);
    os << ')';
  }
  void visitBoolOp(const BoolOp &boolOp) {
    os << (boolOp.isAnd ? "(and" : "(or");
    list(boolOp.operands);
    os << ')';
  }
  void visitCompare(const Compare &compare) {
    os << "(compare ";
    visit(*compare.operands[0]);
    for (size_t i = 0; i != compare.ops.size(); ++i) {
      os << ' ' << spelling(compare.ops[i]) << ' ';
      visit(*compare.operands[i + 1]);
    }
    os << ')';
  }
  void visitIfExp(const IfExp &ifExp) {
    os << "(if ";
    visit(*ifExp.condition);
    os << ' ';
    visit(*ifExp.thenValue);
    os << ' ';
    visit(*ifExp.elseValue);
    os << ')';
  }
  void visitLambda(const Lambda &lambda) {
    os << "(lambda (";
    llvm::interleave(lambda.params, os, [&](const Param &p) { param(p); }, " ");
    os << ") ";
    visit(*lambda.body);
    os << ')';
  }
  void visitTuple(const Tuple &tuple) {
    os << "(tuple";
    list(tuple.elements);
    os << ')';
  }
  void visitList(const List &node) {
    os << "(list";
    list(node.elements);
    os << ')';
  }

  void param(const Param &param) {
    if (param.kind == ParamKind::PositionalOnly)
      os << "positional-only ";
    if (param.kind == ParamKind::KeywordOnly)
      os << "keyword-only ";
    os << param.name;
    if (param.annotation) {
      os << ": ";
      visit(*param.annotation);
    }
    if (param.defaultValue) {
      os << " = ";
      visit(*param.defaultValue);
    }
  }

private:
  void list(ArrayRef<const Expr *> exprs) {
    for (const Expr *expr : exprs) {
      os << ' ';
      visit(*expr);
    }
  }

  raw_ostream &os;
};

class StmtDumper : public StmtVisitor<StmtDumper> {
public:
  explicit StmtDumper(raw_ostream &os) : os(os), exprs(os) {}

  void block(Block statements) {
    indent += 2;
    for (const Stmt *statement : statements)
      visit(*statement);
    indent -= 2;
  }

  void visitAssign(const Assign &assign) {
    line("assign");
    for (const Expr *target : assign.targets)
      child(target);
    os << " =";
    child(assign.value);
    os << '\n';
  }
  void visitAnnAssign(const AnnAssign &assign) {
    line("declare");
    child(assign.target);
    os << ':';
    child(assign.annotation);
    if (assign.value) {
      os << " =";
      child(assign.value);
    }
    os << '\n';
  }
  void visitAugAssign(const AugAssign &assign) {
    line("update");
    child(assign.target);
    os << ' ' << spelling(assign.op) << '=';
    child(assign.value);
    os << '\n';
  }
  void visitExprStmt(const ExprStmt &statement) {
    line("expr");
    child(statement.value);
    os << '\n';
  }
  void visitIf(const If &statement) {
    for (const IfClause &clause : statement.clauses) {
      line(&clause == statement.clauses.begin() ? "if" : "elif");
      child(clause.condition);
      os << '\n';
      block(clause.body);
    }
    orElse(statement.orElse);
  }
  void visitFor(const For &loop) {
    line("for");
    child(loop.target);
    os << " in";
    child(loop.iter);
    os << '\n';
    block(loop.body);
    orElse(loop.orElse);
  }
  void visitWhile(const While &loop) {
    line("while");
    child(loop.condition);
    os << '\n';
    block(loop.body);
    orElse(loop.orElse);
  }
  void visitBreak(const Break &) { line("break") << '\n'; }
  void visitContinue(const Continue &) { line("continue") << '\n'; }
  void visitPass(const Pass &) { line("pass") << '\n'; }
  void visitReturn(const Return &statement) {
    line("return");
    if (statement.value)
      child(statement.value);
    os << '\n';
  }
  void visitAssert(const Assert &statement) {
    line("assert");
    child(statement.condition);
    if (statement.message) {
      os << ',';
      child(statement.message);
    }
    os << '\n';
  }
  void visitFunctionDef(const FunctionDef &function) {
    for (const Expr *decorator : function.decorators) {
      line("decorator");
      child(decorator);
      os << '\n';
    }
    line("def ") << function.name;
    if (function.returns) {
      os << " ->";
      child(function.returns);
    }
    os << '\n';
    indent += 2;
    for (const Param &param : function.params) {
      line("param ");
      exprs.param(param);
      os << '\n';
    }
    docstring(function.docstring);
    indent -= 2;
    block(function.body);
  }
  void visitImport(const Import &import) {
    line("import");
    aliases(import.names);
    os << '\n';
  }
  void visitImportFrom(const ImportFrom &import) {
    line("from ") << import.module << " import";
    aliases(import.names);
    os << '\n';
  }

  void docstring(const StringLiteral *text) {
    if (!text)
      return;
    line("docstring");
    child(text);
    os << '\n';
  }

private:
  raw_ostream &line(StringRef text) { return os.indent(indent) << text; }
  void child(const Expr *expr) {
    os << ' ';
    exprs.visit(*expr);
  }
  void orElse(Block statements) {
    if (statements.empty())
      return;
    line("else") << '\n';
    block(statements);
  }
  void aliases(ArrayRef<ImportAlias> names) {
    for (const ImportAlias &alias : names) {
      os << ' ' << alias.name;
      if (!alias.asName.empty())
        os << " as " << alias.asName;
    }
  }

  raw_ostream &os;
  ExprDumper exprs;
  unsigned indent = 0;
};

} // namespace

void arr::ast::dumpAST(raw_ostream &os, const Expr &expr) {
  ExprDumper(os).visit(expr);
}

void arr::ast::dumpAST(raw_ostream &os, const Stmt &stmt) {
  StmtDumper(os).visit(stmt);
}

void arr::ast::dumpAST(raw_ostream &os, const Module &module) {
  os << "module\n";
  StmtDumper dumper(os);
  if (module.docstring) {
    os << "  ";
    dumper.docstring(module.docstring);
  }
  dumper.block(module.body);
}
