//===- Results.cpp - A function's body and what it returns ----------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace arr;
using namespace arr::sema;

/// Whether any `return` has a value: if not, recursion needs no annotation.
static bool returnsValue(ast::Block block) {
  for (const ast::Stmt *stmt : block) {
    if (const auto *result = llvm::dyn_cast<ast::Return>(stmt)) {
      if (result->value && !llvm::isa<ast::NoneLiteral>(result->value))
        return true;
    } else if (const auto *branch = llvm::dyn_cast<ast::If>(stmt)) {
      for (const ast::IfClause &clause : branch->clauses)
        if (returnsValue(clause.body))
          return true;
      if (returnsValue(branch->orElse))
        return true;
    } else if (const auto *loop = llvm::dyn_cast<ast::For>(stmt)) {
      if (returnsValue(loop->body) || returnsValue(loop->orElse))
        return true;
    } else if (const auto *loop = llvm::dyn_cast<ast::While>(stmt)) {
      if (returnsValue(loop->body) || returnsValue(loop->orElse))
        return true;
    }
  }
  return false;
}

/// The body of an @extern function: it hands its parameters on.
void Checker::callExtern(const FunctionDecl &decl) {
  Type result = declaredResult.value_or(Type::none());
  SourceRange range = decl.node->nameRange;
  if (result.kind != TypeKind::None && !result.isScalar()) {
    unsupported(decl.node->returns->range, "an array as result of C");
    return;
  }
  auto *node = make<typed::RuntimeCall>(result, range);
  node->target = typed::RuntimeCall::Target::Extern;
  node->symbol = decl.externSymbol;
  for (const typed::Param &param : function().params)
    node->arguments.push_back(varValue(param.var, range).expr);
  function().result = result;
  instance->hasResult = true;
  if (result.kind == TypeKind::None)
    return emitExpr(Value::runtime(node), range);
  auto *statement = session.program.create<typed::Return>();
  statement->value = node;
  emit(statement, range);
}

void Checker::checkBody(const FunctionDecl &decl) {
  const ast::FunctionDef &node = *decl.node;
  if (node.returns) {
    declaredResult = resolveAnnotation(*node.returns, /*isResult=*/true);
    if (declaredResult) {
      function().result = *declaredResult;
      instance->hasResult = true;
      const auto *subscript = llvm::dyn_cast<ast::Subscript>(node.returns);
      if (declaredResult->isTuple() && subscript)
        for (const ast::Expr *item : subscript->items)
          function().resultAnnotations.push_back(annotationText(*item));
      else if (declaredResult->kind != TypeKind::None)
        function().resultAnnotations = {annotationText(*node.returns)};
    }
  }
  if (!decl.externSymbol.empty())
    return callExtern(decl);
  if (!node.returns && !returnsValue(node.body)) {
    function().result = Type::none();
    instance->hasResult = true;
  }
  checkBlock(node.body);
  if (!node.returns || declaredResult)
    finishResult(node.nameRange);
}

/// Scalars and arrays in a result: those of tuples count one by one.
static unsigned countParts(const Type &type) {
  if (!type.isTuple())
    return 1;
  unsigned count = 0;
  for (const Type &element : type.elements)
    count += countParts(element);
  return count;
}

bool Checker::conformReturn(const Value &value, const Type &declared,
                            SourceRange range, unsigned resultIndex,
                            typed::Expr *&out) {
  auto mismatch = [&] {
    auto &diagnostic = report(range, diag::ReturnTypeMismatch, describe(value),
                              text(declared));
    if (value.isArray() && declared.isArray() &&
        value.type.rank() == declared.rank())
      diagnostic.help("convert it with `.astype({0})`",
                      spelling(declared.dtype));
    return false;
  };
  if (value.isInvalid())
    return false;
  if (declared.isTuple()) {
    if (!value.isTuple() || value.elements.size() != declared.elements.size())
      return mismatch();
    auto *tuple = make<typed::MakeTuple>(declared, range);
    for (auto [i, element] : llvm::enumerate(value.elements)) {
      typed::Expr *part = nullptr;
      if (!conformReturn(element, declared.elements[i], range, resultIndex,
                         part))
        return false;
      resultIndex += countParts(declared.elements[i]);
      tuple->elements.push_back(part);
    }
    out = tuple;
    return true;
  }
  if (declared.isScalar()) {
    if (!value.isScalar())
      return mismatch();
    bool fits = value.type.weak || declared.weak
                    ? kindOrder(value.type.dtype) <= kindOrder(declared.dtype)
                    : canCastSafely(value.type.dtype, declared.dtype);
    if (!fits)
      return mismatch();
    out = toExpr(convert(value, declared, false));
    return true;
  }
  if (!declared.isArray()) {
    if (value.isRuntime() ? value.type.kind != declared.kind
                          : !(value.isText() && declared.kind == TypeKind::Str))
      return mismatch();
    out = toExpr(value);
    return true;
  }
  if (!value.isArray() || value.type.dtype != declared.dtype ||
      value.type.rank() != declared.rank())
    return mismatch();
  for (unsigned axis = 0; axis < declared.rank(); ++axis) {
    const Dim &expected = declared.shape[axis];
    const Dim &actual = value.type.shape[axis];
    if (isProvablyDifferent(expected, actual)) {
      report(range, diag::ReturnShapeMismatch, text(actual), axis,
             text(expected))
          .note(value.range, "this is `{0}`", text(value.type));
      return false;
    }
    if (expected == actual || !isComputable(expected))
      continue;
    bool isKnown = llvm::any_of(
        function().resultChecks, [&](const typed::DimCheck &check) {
          return check.param == resultIndex && check.axis == axis;
        });
    if (!isKnown)
      function().resultChecks.push_back({resultIndex, axis, expected});
  }
  out = toExpr(value);
  return true;
}

/// The type that all of a function's returns have in common.
static std::optional<Type> commonResult(Checker &checker,
                                        llvm::ArrayRef<Value> values,
                                        SourceRange range) {
  if (values.front().isTuple()) {
    std::vector<Type> elements;
    size_t count = values.front().elements.size();
    for (const Value &value : values)
      if (!value.isTuple() || value.elements.size() != count)
        return std::nullopt;
    for (size_t i = 0; i < count; ++i) {
      ValueList parts;
      for (const Value &value : values)
        parts.push_back(value.elements[i]);
      auto type = commonResult(checker, parts, range);
      if (!type)
        return std::nullopt;
      elements.push_back(*type);
    }
    return Type::tuple(std::move(elements));
  }
  std::vector<Type> types;
  for (const Value &value : values) {
    if (value.isRuntime())
      types.push_back(value.type);
    else if (value.isText())
      types.push_back(Type::str());
    else
      return std::nullopt;
  }
  return checker.joinTypes(types, range);
}

/// None, or something that exists when the program runs.
static bool isReturnable(const Value &value) {
  if (value.isTuple())
    return llvm::all_of(value.elements, [](const Value &element) {
      return !element.isNone() && isReturnable(element);
    });
  return value.isNone() || value.isRuntime() || value.isText();
}

void Checker::finishResult(SourceRange range) {
  bool returnsValue = false, returnsNothing = isReachable;
  for (const ReturnSite &site : returns) {
    if (site.value.isInvalid())
      return;
    if (!isReturnable(site.value)) {
      report(site.range, diag::NotAValue, describe(site.value));
      return;
    }
    (site.value.isNone() ? returnsNothing : returnsValue) = true;
  }
  bool declaresValue = declaredResult && declaredResult->kind != TypeKind::None;
  if (isReachable && (returnsValue || declaresValue)) {
    report(range, diag::MissingReturn, function().name);
    return;
  }
  if (declaredResult && !declaresValue) {
    for (const ReturnSite &site : returns)
      if (!site.value.isNone())
        report(site.range, diag::ReturnTypeMismatch, describe(site.value),
               "None");
    return;
  }
  if (!declaredResult && !returnsValue) {
    function().result = Type::none();
    instance->hasResult = true;
    return;
  }
  for (const ReturnSite &site : returns)
    if (site.value.isNone()) {
      report(site.range, diag::ReturnTypeMismatch, "None",
             declaredResult ? text(*declaredResult) : "a value elsewhere");
      return;
    }
  if (!declaredResult) {
    ValueList values;
    for (const ReturnSite &site : returns)
      values.push_back(site.value);
    auto type = commonResult(*this, values, range);
    if (!type) {
      auto &diagnostic = report(range, diag::ReturnsDiffer, function().name);
      for (const ReturnSite &site : returns)
        diagnostic.note(site.range, "this is `{0}`", describe(site.value));
      return;
    }
    function().result = *type;
    llvm::ArrayRef<Type> parts = type->isTuple()
                                     ? llvm::ArrayRef<Type>(type->elements)
                                     : llvm::ArrayRef<Type>(*type);
    for (const Type &part : parts)
      function().resultAnnotations.push_back(text(part));
  }
  for (const ReturnSite &site : returns)
    conformReturn(site.value, function().result, site.range, 0,
                  site.node->value);
  instance->hasResult = true;
}
