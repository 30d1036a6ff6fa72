//===- Program.cpp - Small facts about the typed program ------------------===//
#include "compiler/Sema/Program.h"

using namespace arr;
using namespace arr::typed;

llvm::StringRef typed::opName(Ufunc ufunc) {
  static constexpr llvm::StringLiteral names[] = {
#define ARR_UFUNC(NAME, OPNAME, ARITY) OPNAME,
#include "compiler/Sema/Ufuncs.def"
  };
  return names[static_cast<unsigned>(ufunc)];
}

unsigned typed::arity(Ufunc ufunc) {
  static constexpr uint8_t arities[] = {
#define ARR_UFUNC(NAME, OPNAME, ARITY) ARITY,
#include "compiler/Sema/Ufuncs.def"
  };
  return arities[static_cast<unsigned>(ufunc)];
}

bool Expr::isPlace() const {
  if (!type.isArray())
    return false;
  switch (kind) {
  case ExprKind::VarRef:
    return true;
  case ExprKind::Index:
    return llvm::cast<Index>(this)->base->isPlace();
  case ExprKind::Transpose:
    return llvm::cast<Transpose>(this)->base->isPlace();
  case ExprKind::Reshape:
    return llvm::cast<Reshape>(this)->base->isPlace();
  case ExprKind::Diagonal:
    return llvm::cast<Diagonal>(this)->base->isPlace();
  case ExprKind::ComplexPart:
    return llvm::cast<ComplexPart>(this)->base->isPlace();
  case ExprKind::Broadcast:
    return llvm::cast<Broadcast>(this)->base->isPlace();
  case ExprKind::Select:
    return llvm::cast<Select>(this)->trueValue->isPlace() &&
           llvm::cast<Select>(this)->falseValue->isPlace();
  // A callee may return a view of its argument.
  case ExprKind::Call:
  case ExprKind::TupleGet:
    return true;
  case ExprKind::Let:
    return llvm::cast<Let>(this)->body->isPlace();
  default:
    return false;
  }
}

unsigned Gather::spaceRank() const { return spaceType().rank(); }

Type Gather::spaceType() const {
  // Each position array takes one axis of the base away.
  unsigned gathered = 0;
  for (const IndexArray &index : indices)
    gathered += index.positions->type.isTuple()
                    ? index.positions->type.elements.size()
                    : 1;
  unsigned rank = type.rank() - (base->type.rank() - gathered);
  auto first = type.shape.begin() + position;
  return Type::array(DType::I64, {first, first + rank});
}

std::vector<std::string> Function::symbolNames() const {
  std::vector<std::string> names;
  names.reserve(symbols.size());
  for (const Symbol &symbol : symbols)
    names.push_back(symbol.name);
  return names;
}
