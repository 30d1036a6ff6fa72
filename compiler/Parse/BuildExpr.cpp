//===- BuildExpr.cpp - Expressions ----------------------------------------===//
//
// The parse tree has operands and operators in a row; here they are grouped by
// precedence. Every function returns null when it has reported an error.
//
//===----------------------------------------------------------------------===//

#include "compiler/Parse/Builder.h"
#include "compiler/Parse/ParseDiagnostics.h"

using namespace arr;
using namespace arr::ast;
using antlr4::ParserRuleContext;
using antlr4::Token;
using antlr4::tree::TerminalNode;
using llvm::SmallVector;

template <typename T> static ArrayRef<T> list(const SmallVector<T> &items) {
  return items;
}

bool Builder::DepthScope::isTooDeep(SourceRange range) {
  if (builder.depth <= maxDepth)
    return false;
  // Mark the start only: the whole would be many lines.
  builder.diags.report(range.startPoint(), diag::ExpressionTooLong, maxDepth)
      .help("assign parts of it to variables");
  return true;
}

bool Builder::checkCommas(ParserRuleContext *list) {
  bool afterComma = false;
  for (antlr4::tree::ParseTree *child : list->children) {
    auto *word = dynamic_cast<TerminalNode *>(child);
    bool isComma = word && word->getSymbol()->getType() == P::COMMA;
    if (afterComma && isComma) {
      diags.report(range(word->getSymbol()), diag::MissingElement);
      return false;
    }
    afterComma = isComma;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Expressions and lists of them
//===----------------------------------------------------------------------===//

std::optional<ArrayRef<const Expr *>>
Builder::elements(P::ExpressionsContext *context) {
  SmallVector<P::ExpressionContext *> items;
  if (!split(context, items))
    return std::nullopt;
  SmallVector<const Expr *> built;
  for (P::ExpressionContext *item : items) {
    const Expr *element = expression(item);
    if (!element)
      return std::nullopt;
    built.push_back(element);
  }
  return memory.copy(list(built));
}

/// One expression, or a tuple without parentheses.
const Expr *Builder::expressions(P::ExpressionsContext *context) {
  if (context->children.size() == 1)
    return expression(context->expression(0));
  auto items = elements(context);
  return items ? memory.create<Tuple>(range(context), *items) : nullptr;
}

const Expr *Builder::expression(P::ExpressionContext *context) {
  DepthScope scope(*this, 1);
  if (scope.isTooDeep(range(context)))
    return nullptr;
  if (context->lambda())
    return lambda(context->lambda());
  const Expr *value = operation(context->operation(0));
  if (!context->IF() || !value)
    return value;
  const Expr *condition = operation(context->operation(1));
  const Expr *elseValue = expression(context->expression());
  if (!condition || !elseValue)
    return nullptr;
  return memory.create<IfExp>(range(context), condition, value, elseValue);
}

const Expr *Builder::lambda(P::LambdaContext *context) {
  ArrayRef<Param> parameters;
  if (P::LambdaParamsContext *items = context->lambdaParams()) {
    auto built = params(items);
    if (!built)
      return nullptr;
    parameters = *built;
  }
  const Expr *body = expression(context->expression());
  if (!body)
    return nullptr;
  return memory.create<Lambda>(range(context), parameters, body);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

namespace {

/// How tightly operators bind, from loose to tight.
enum Precedence : unsigned {
  PrecOr = 1,
  PrecAnd,
  PrecNot,
  PrecCompare,
  PrecBitOr,
  PrecBitXor,
  PrecBitAnd,
  PrecShift,
  PrecSum,
  PrecProduct,
  PrecUnary,
  PrecPower
};

struct Operator {
  Precedence precedence;
  BinaryOp binary = {};   // From PrecBitOr on.
  CompareOp compare = {}; // For PrecCompare.
};

} // namespace

static Operator operatorOf(size_t tokenType) {
  using P = syntax::ArrParser;
  auto comparison = [](CompareOp op) { return Operator{PrecCompare, {}, op}; };
  switch (tokenType) {
  case P::OR:
    return {PrecOr};
  case P::AND:
    return {PrecAnd};
  case P::LT:
    return comparison(CompareOp::Lt);
  case P::LE:
    return comparison(CompareOp::Le);
  case P::GT:
    return comparison(CompareOp::Gt);
  case P::GE:
    return comparison(CompareOp::Ge);
  case P::EQ:
    return comparison(CompareOp::Eq);
  case P::NE:
    return comparison(CompareOp::Ne);
  case P::IS:
    return comparison(CompareOp::Is);
  case P::IN:
    return comparison(CompareOp::In);
  case P::NOT: // NOT IN
    return comparison(CompareOp::NotIn);
  case P::BAR:
    return {PrecBitOr, BinaryOp::BitOr};
  case P::CARET:
    return {PrecBitXor, BinaryOp::BitXor};
  case P::AMP:
    return {PrecBitAnd, BinaryOp::BitAnd};
  case P::SHL:
    return {PrecShift, BinaryOp::LShift};
  case P::SHR:
    return {PrecShift, BinaryOp::RShift};
  case P::PLUS:
    return {PrecSum, BinaryOp::Add};
  case P::MINUS:
    return {PrecSum, BinaryOp::Sub};
  case P::STAR:
    return {PrecProduct, BinaryOp::Mul};
  case P::SLASH:
    return {PrecProduct, BinaryOp::Div};
  case P::FLOORDIV:
    return {PrecProduct, BinaryOp::FloorDiv};
  case P::PERCENT:
    return {PrecProduct, BinaryOp::Mod};
  case P::AT:
    return {PrecProduct, BinaryOp::MatMul};
  case P::POW:
    return {PrecPower, BinaryOp::Pow};
  }
  llvm_unreachable("not a binary operator");
}

/// Precedence climbing over one `operation`.
class Builder::Operation {
public:
  Operation(Builder &builder, ArrayRef<P::OperandContext *> operands,
            ArrayRef<P::BinaryOperatorContext *> operators)
      : builder(builder), operands(operands), operators(operators) {
    for (P::OperandContext *operand : operands)
      prefixes.push_back(operand->prefix());
  }

  const Expr *build() { return parse(PrecOr, StringRef()).expr; }

private:
  /// An operand with the range that its user sees, parentheses included.
  struct Part {
    const Expr *expr;
    SourceRange range;
  };

  /// Parse operators that bind at least as tightly as `least`. `outer` is the
  /// operator whose right side this is.
  Part parse(unsigned least, StringRef outer);
  Part parsePrefixed(unsigned least, StringRef outer);
  Part parseBoolOp(Part first, Precedence precedence);
  Part parseComparison(Part first);

  bool atEnd() const { return next == operators.size(); }
  Operator peek() const {
    return operatorOf(operators[next]->getStart()->getType());
  }
  Token *take() { return operators[next++]->getStart(); }
  SourceRange takeRange() { return builder.range(operators[next++]); }

  Builder &builder;
  ArrayRef<P::OperandContext *> operands;
  ArrayRef<P::BinaryOperatorContext *> operators;
  SmallVector<std::vector<P::PrefixContext *>> prefixes;
  size_t next = 0;       // The operator after the current operand.
  size_t prefixUsed = 0; // Prefixes of the current operand done.
};

Builder::Operation::Part Builder::Operation::parsePrefixed(unsigned least,
                                                           StringRef outer) {
  P::OperandContext *operand = operands[next];
  if (prefixUsed == prefixes[next].size()) {
    prefixUsed = 0;
    P::PrimaryContext *primary = operand->primary();
    return {builder.primary(primary), builder.range(primary)};
  }
  Token *token = prefixes[next][prefixUsed++]->getStart();
  SourceRange opRange = builder.range(token);
  UnaryOp op = UnaryOp::Not;
  switch (token->getType()) {
  case P::MINUS:
    op = UnaryOp::Neg;
    break;
  case P::PLUS:
    op = UnaryOp::Pos;
    break;
  case P::TILDE:
    op = UnaryOp::Invert;
    break;
  }
  if (op == UnaryOp::Not && least > PrecNot) {
    builder.diags.report(opRange, diag::MisplacedNot, outer)
        .help("put `not` and its operand in parentheses");
    return {};
  }
  Part inner =
      parse(op == UnaryOp::Not ? PrecNot : PrecUnary, ast::spelling(op));
  if (!inner.expr)
    return {};
  SourceRange range = opRange.through(inner.range);
  return {builder.memory.create<Unary>(range, op, opRange, inner.expr), range};
}

Builder::Operation::Part Builder::Operation::parse(unsigned least,
                                                   StringRef outer) {
  Part left = parsePrefixed(least, outer);
  while (left.expr && !atEnd()) {
    Operator op = peek();
    if (op.precedence < least)
      break;
    if (op.precedence <= PrecAnd) {
      left = parseBoolOp(left, op.precedence);
      continue;
    }
    if (op.precedence == PrecCompare) {
      left = parseComparison(left);
      continue;
    }
    SourceRange opRange = takeRange();
    // `**` groups to the right, and its right side may have a sign.
    Part right =
        parse(op.precedence == PrecPower ? PrecUnary : op.precedence + 1,
              ast::spelling(op.binary));
    if (!right.expr)
      return {};
    SourceRange range = left.range.through(right.range);
    left = {builder.memory.create<Binary>(range, op.binary, opRange, left.expr,
                                          right.expr),
            range};
  }
  return left;
}

/// All operands of a row of `and`, or of `or`.
Builder::Operation::Part
Builder::Operation::parseBoolOp(Part first, Precedence precedence) {
  SmallVector<const Expr *> parts{first.expr};
  SourceRange range = first.range;
  bool isAnd = precedence == PrecAnd;
  while (!atEnd() && peek().precedence == precedence) {
    take();
    Part right = parse(precedence + 1, isAnd ? "and" : "or");
    if (!right.expr)
      return {};
    parts.push_back(right.expr);
    range = range.through(right.range);
  }
  return {builder.memory.create<BoolOp>(range, isAnd,
                                        builder.memory.copy(list(parts))),
          range};
}

/// A whole chain `a < b <= c`.
Builder::Operation::Part Builder::Operation::parseComparison(Part first) {
  SmallVector<const Expr *> parts{first.expr};
  SmallVector<CompareOp> ops;
  SmallVector<SourceRange> opRanges;
  SourceRange range = first.range;
  while (!atEnd() && peek().precedence == PrecCompare) {
    CompareOp op = peek().compare;
    SourceRange opRange = takeRange();
    ArrayRef<P::PrefixContext *> signs = prefixes[next];
    if (op == CompareOp::Is && !signs.empty() && signs[0]->NOT()) {
      op = CompareOp::IsNot;
      opRange = opRange.through(builder.range(signs[0]));
      prefixUsed = 1;
    }
    Part right = parse(PrecBitOr, ast::spelling(op));
    if (!right.expr)
      return {};
    parts.push_back(right.expr);
    ops.push_back(op);
    opRanges.push_back(opRange);
    range = range.through(right.range);
  }
  ASTContext &memory = builder.memory;
  return {memory.create<Compare>(range, memory.copy(list(parts)),
                                 memory.copy(list(ops)),
                                 memory.copy(list(opRanges))),
          range};
}

const Expr *Builder::operation(P::OperationContext *context) {
  SmallVector<P::OperandContext *> operands;
  SmallVector<P::BinaryOperatorContext *> operators;
  unsigned levels = 0;
  for (antlr4::tree::ParseTree *child : context->children) {
    if (auto *operand = dynamic_cast<P::OperandContext *>(child)) {
      operands.push_back(operand);
      levels += operand->children.size();
    } else {
      operators.push_back(static_cast<P::BinaryOperatorContext *>(child));
    }
  }
  if (operators.empty() && operands[0]->children.size() == 1)
    return primary(operands[0]->primary());
  // A bound for the depth, whatever the grouping.
  DepthScope scope(*this, levels);
  if (scope.isTooDeep(range(context)))
    return nullptr;
  return Operation(*this, operands, operators).build();
}

//===----------------------------------------------------------------------===//
// Calls, subscripts, attributes
//===----------------------------------------------------------------------===//

const Expr *Builder::primary(P::PrimaryContext *context) {
  DepthScope scope(*this, context->children.size() - 1);
  if (scope.isTooDeep(range(context)))
    return nullptr;
  const Expr *value = atom(context->atom());
  SourceRange start = range(context->getStart());
  for (P::TrailerContext *next : context->trailer()) {
    if (!value)
      return nullptr;
    value = trailer(value, start.through(range(next)), next);
  }
  return value;
}

const Expr *Builder::trailer(const Expr *value, SourceRange where,
                             P::TrailerContext *context) {
  if (context->DOT()) {
    Token *name = context->NAME()->getSymbol();
    return memory.create<Attribute>(where, value, spelling(name), range(name));
  }
  if (context->LPAREN())
    return call(value, where, context->arguments());
  return subscript(value, where, context->subscripts());
}

const Expr *Builder::call(const Expr *callee, SourceRange where,
                          P::ArgumentsContext *context) {
  SmallVector<P::ArgumentContext *> items;
  if (context && !split(context, items))
    return nullptr;
  SmallVector<const Expr *> args;
  SmallVector<KeywordArg> keywords;
  for (P::ArgumentContext *item : items) {
    const Expr *first = expression(item->expression(0));
    if (!first)
      return nullptr;
    if (!item->ASSIGN()) {
      if (!keywords.empty()) {
        diags.report(first->range, diag::PositionalAfterKeyword)
            .note(keywords.back().nameRange, "the keyword argument");
        return nullptr;
      }
      args.push_back(first);
      continue;
    }
    const auto *name = llvm::dyn_cast<Name>(first);
    if (!name) {
      diags.report(range(item->expression(0)), diag::KeywordNotName)
          .help("to compare, write `==`");
      return nullptr;
    }
    for (const KeywordArg &other : keywords)
      if (other.name == name->id) {
        diags.report(name->range, diag::RepeatedKeyword, name->id)
            .note(other.nameRange, "first given here");
        return nullptr;
      }
    const Expr *value = expression(item->expression(1));
    if (!value)
      return nullptr;
    keywords.push_back({name->id, name->range, value});
  }
  return memory.create<Call>(where, callee, memory.copy(list(args)),
                             memory.copy(list(keywords)));
}

const Expr *Builder::subscript(const Expr *value, SourceRange where,
                               P::SubscriptsContext *context) {
  SmallVector<P::SubscriptContext *> items;
  if (!split(context, items))
    return nullptr;
  SmallVector<const Expr *> built;
  for (P::SubscriptContext *item : items) {
    const Expr *element = subscriptItem(item);
    if (!element)
      return nullptr;
    built.push_back(element);
  }
  return memory.create<Subscript>(where, value, memory.copy(list(built)),
                                  range(context));
}

const Expr *Builder::subscriptItem(P::SubscriptContext *context) {
  if (!context->sliceRest())
    return expression(context->expression());
  // Which part an expression is depends on the colons before it.
  const Expr *parts[3] = {};
  if (context->expression() && !(parts[0] = expression(context->expression())))
    return nullptr;
  unsigned part = 0;
  for (antlr4::tree::ParseTree *child : context->sliceRest()->children) {
    auto *value = dynamic_cast<P::ExpressionContext *>(child);
    if (!value)
      ++part;
    else if (!(parts[part] = expression(value)))
      return nullptr;
  }
  return memory.create<Slice>(range(context), parts[0], parts[1], parts[2]);
}

const Expr *Builder::atom(P::AtomContext *context) {
  Token *token = context->getStart();
  SourceRange where = range(context);
  switch (token->getType()) {
  case P::NAME:
    return memory.create<Name>(where, spelling(token));
  case P::INT:
  case P::FLOAT:
  case P::IMAGINARY:
    return number(token);
  case P::STRING:
    return strings(context);
  case P::TRUE:
    return memory.create<BoolLiteral>(where, true);
  case P::FALSE:
    return memory.create<BoolLiteral>(where, false);
  case P::NONE:
    return memory.create<NoneLiteral>(where);
  case P::ELLIPSIS:
    return memory.create<EllipsisLiteral>(where);
  }
  P::ExpressionsContext *inner = context->expressions();
  bool isList = token->getType() == P::LBRACK;
  if (!isList && inner && inner->children.size() == 1)
    return expression(inner->expression(0));
  ArrayRef<const Expr *> items;
  if (inner) {
    auto built = elements(inner);
    if (!built)
      return nullptr;
    items = *built;
  }
  if (isList)
    return memory.create<List>(where, items);
  return memory.create<Tuple>(where, items);
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

std::optional<ArrayRef<Param>> Builder::params(ArrayRef<ParamItem> items) {
  SmallVector<Param> built;
  ParamKind kind = ParamKind::Normal;
  bool hasSlash = false;
  auto misplaced = [&](Token *marker) {
    diags.report(range(marker), diag::MisplacedMarker, spelling(marker));
    return std::nullopt;
  };
  for (size_t i = 0; i != items.size(); ++i) {
    const ParamItem &item = items[i];
    if (item.name->getType() == P::STAR) {
      // At least one parameter follows it.
      if (kind == ParamKind::KeywordOnly || i + 1 == items.size())
        return misplaced(item.name);
      kind = ParamKind::KeywordOnly;
      continue;
    }
    if (item.name->getType() == P::SLASH) {
      if (hasSlash || built.empty() || kind == ParamKind::KeywordOnly)
        return misplaced(item.name);
      hasSlash = true;
      for (Param &before : built)
        before.kind = ParamKind::PositionalOnly;
      continue;
    }
    Param param;
    param.range = range(item.context);
    param.name = spelling(item.name);
    param.nameRange = range(item.name);
    param.kind = kind;
    for (const Param &other : built)
      if (other.name == param.name) {
        diags.report(param.nameRange, diag::RepeatedParameter, param.name)
            .note(other.nameRange, "first one here");
        return std::nullopt;
      }
    if (item.annotation && !(param.annotation = expression(item.annotation)))
      return std::nullopt;
    if (item.defaultValue &&
        !(param.defaultValue = expression(item.defaultValue)))
      return std::nullopt;
    if (!param.defaultValue && kind != ParamKind::KeywordOnly &&
        !built.empty() && built.back().defaultValue) {
      diags.report(param.nameRange, diag::MissingDefault, param.name)
          .note(built.back().nameRange, "`{0}` has a default",
                built.back().name);
      return std::nullopt;
    }
    built.push_back(param);
  }
  return memory.copy(list(built));
}

std::optional<ArrayRef<Param>> Builder::params(P::ParamsContext *context) {
  SmallVector<P::ParamContext *> contexts;
  if (!split(context, contexts))
    return std::nullopt;
  SmallVector<ParamItem> items;
  for (P::ParamContext *param : contexts) {
    bool hasAnnotation = param->COLON();
    items.push_back(
        {param, param->getStart(),
         hasAnnotation ? param->expression(0) : nullptr,
         param->ASSIGN() ? param->expression(hasAnnotation) : nullptr});
  }
  return params(items);
}

std::optional<ArrayRef<Param>>
Builder::params(P::LambdaParamsContext *context) {
  SmallVector<P::LambdaParamContext *> contexts;
  if (!split(context, contexts))
    return std::nullopt;
  SmallVector<ParamItem> items;
  for (P::LambdaParamContext *param : contexts)
    items.push_back({param, param->getStart(), nullptr, param->expression()});
  return params(items);
}
