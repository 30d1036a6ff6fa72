//===- AST.cpp - The syntax tree ------------------------------------------===//
//
// The few functions of the nodes that are not inline.
//
//===----------------------------------------------------------------------===//

#include "compiler/AST/AST.h"
#include "llvm/Support/ErrorHandling.h"

using namespace arr::ast;

llvm::APInt IntLiteral::value() const {
  // One bit more than needed keeps the value non-negative when read as signed.
  unsigned bits = llvm::APInt::getSufficientBitsNeeded(digits, radix) + 1;
  return llvm::APInt(bits, digits, radix);
}

const StringLiteral *arr::ast::takeDocstring(Block &body) {
  const auto *first =
      body.empty() ? nullptr : llvm::dyn_cast<ExprStmt>(body.front());
  const auto *text =
      first ? llvm::dyn_cast<StringLiteral>(first->value) : nullptr;
  if (text)
    body = body.drop_front();
  return text;
}

StringRef arr::ast::spelling(UnaryOp op) {
  switch (op) {
  case UnaryOp::Neg:
    return "-";
  case UnaryOp::Pos:
    return "+";
  case UnaryOp::Invert:
    return "~";
  case UnaryOp::Not:
    return "not";
  }
  llvm_unreachable("unknown operator");
}

StringRef arr::ast::spelling(BinaryOp op) {
  switch (op) {
  case BinaryOp::Add:
    return "+";
  case BinaryOp::Sub:
    return "-";
  case BinaryOp::Mul:
    return "*";
  case BinaryOp::Div:
    return "/";
  case BinaryOp::FloorDiv:
    return "//";
  case BinaryOp::Mod:
    return "%";
  case BinaryOp::Pow:
    return "**";
  case BinaryOp::MatMul:
    return "@";
  case BinaryOp::BitAnd:
    return "&";
  case BinaryOp::BitOr:
    return "|";
  case BinaryOp::BitXor:
    return "^";
  case BinaryOp::LShift:
    return "<<";
  case BinaryOp::RShift:
    return ">>";
  }
  llvm_unreachable("unknown operator");
}

StringRef arr::ast::spelling(CompareOp op) {
  switch (op) {
  case CompareOp::Eq:
    return "==";
  case CompareOp::Ne:
    return "!=";
  case CompareOp::Lt:
    return "<";
  case CompareOp::Le:
    return "<=";
  case CompareOp::Gt:
    return ">";
  case CompareOp::Ge:
    return ">=";
  case CompareOp::Is:
    return "is";
  case CompareOp::IsNot:
    return "is not";
  case CompareOp::In:
    return "in";
  case CompareOp::NotIn:
    return "not in";
  }
  llvm_unreachable("unknown operator");
}
