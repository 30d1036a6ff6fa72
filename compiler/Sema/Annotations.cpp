//===- Annotations.cpp - What the types in a signature say ----------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace arr;
using namespace arr::sema;

const Global *Checker::findGlobal(const ast::Expr &expr) {
  const Global *global = nullptr;
  if (const auto *name = llvm::dyn_cast<ast::Name>(&expr)) {
    auto it = module.globals.find(name->id.str());
    if (it != module.globals.end())
      global = &it->second;
  } else if (const auto *attribute = llvm::dyn_cast<ast::Attribute>(&expr)) {
    const Global *base = findGlobal(*attribute->value);
    if (base && base->kind == Global::Kind::Module) {
      auto it = base->module->globals.find(attribute->name.str());
      if (it != base->module->globals.end())
        global = &it->second;
    }
  }
  while (global && global->kind == Global::Kind::Imported && global->origin)
    global = global->origin;
  return global;
}

static bool isNamed(const ast::Expr &expr, llvm::StringRef name) {
  const auto *node = llvm::dyn_cast<ast::Name>(&expr);
  return node && node->id == name;
}

ParamSpec Checker::resolveParam(const ast::Param &param) {
  ParamSpec spec;
  spec.node = &param;
  if (!param.annotation)
    return spec;
  const ast::Expr *base = param.annotation;
  spec.kind = ParamSpec::Kind::Scalar;
  if (isNamed(*base, "str")) {
    spec.kind = ParamSpec::Kind::Text;
    return spec;
  }
  if (const auto *subscript = llvm::dyn_cast<ast::Subscript>(base)) {
    base = subscript->value;
    spec.kind = ParamSpec::Kind::Array;
    spec.dims = subscript->items;
    const auto *tuple = spec.dims.size() == 1
                            ? llvm::dyn_cast<ast::Tuple>(spec.dims[0])
                            : nullptr;
    if (tuple) // f64[()]
      spec.dims = tuple->elements;
    for (auto [i, dim] : llvm::enumerate(spec.dims))
      if (llvm::isa<ast::EllipsisLiteral>(dim))
        spec.ellipsis = i;
    if (isNamed(*base, "tuple")) {
      unsupported(param.annotation->range, "a tuple as a parameter");
      spec.kind = ParamSpec::Kind::Invalid;
      return spec;
    }
  }
  Value dtype = check(*base);
  if (dtype.isDType()) {
    spec.scalar = dtype.type;
    if (spec.kind == ParamSpec::Kind::Scalar && dtype.type.dtype == DType::Bool)
      spec.scalar.weak = false;
  } else if (dtype.kind == Value::Kind::DTypeSet) {
    spec.dtypeVar = findGlobal(*base);
    if (!spec.dtypeVar)
      unsupported(base->range, "a union of dtypes without a name");
  } else if (!dtype.isInvalid()) {
    report(base->range, diag::NotAType, session.sources.text(base->range))
        .help("write a dtype, as in `f64` or `f64[n, m]`");
  }
  if (!spec.scalar.isScalar() && !spec.dtypeVar)
    spec.kind = ParamSpec::Kind::Invalid;
  return spec;
}

/// `@extern('symbol')`; the others are planned.
static void readDecorator(Checker &checker, FunctionDecl &decl,
                          const ast::Expr &decorator) {
  const auto *call = llvm::dyn_cast<ast::Call>(&decorator);
  const ast::Expr &name = call ? *call->callee : decorator;
  if (!isNamed(name, "extern")) {
    checker.unsupported(
        decorator.range,
        "the decorator `@" +
            checker.session.sources.text(decorator.range).str() + "`");
    decl.isInvalid = true;
    return;
  }
  const auto *symbol = call && call->args.size() == 1 && call->keywords.empty()
                           ? llvm::dyn_cast<ast::StringLiteral>(call->args[0])
                           : nullptr;
  bool isIdentifier =
      symbol && !symbol->value.empty() && !llvm::isDigit(symbol->value[0]) &&
      llvm::all_of(symbol->value,
                   [](char c) { return llvm::isAlnum(c) || c == '_'; });
  const auto *body = decl.node->body.size() == 1
                         ? llvm::dyn_cast<ast::ExprStmt>(decl.node->body[0])
                         : nullptr;
  bool isDeclaration = body && llvm::isa<ast::EllipsisLiteral>(body->value);
  bool isAnnotated =
      llvm::all_of(decl.node->params, [](const ast::Param &param) {
        return param.annotation != nullptr;
      });
  if (!isIdentifier || !isDeclaration || !isAnnotated) {
    checker.report(decorator.range, diag::ExternForm)
        .help("as in `@extern('f')` above `def f(x: f64[n]) -> f64: ...`");
    decl.isInvalid = true;
    return;
  }
  decl.externSymbol = symbol->value.str();
}

bool Checker::resolveSignature(FunctionDecl &decl) {
  if (!decl.isResolved) {
    decl.isResolved = true;
    for (const ast::Expr *decorator : decl.node->decorators)
      readDecorator(*this, decl, *decorator);
    for (const ast::Param &param : decl.node->params) {
      decl.params.push_back(resolveParam(param));
      const ParamSpec &spec = decl.params.back();
      decl.isInvalid |= spec.kind == ParamSpec::Kind::Invalid;
      decl.isTemplate |= spec.kind == ParamSpec::Kind::Unannotated;
      decl.hasEllipsis |= spec.ellipsis.has_value();
      if (spec.dtypeVar && !llvm::is_contained(decl.dtypeVars, spec.dtypeVar))
        decl.dtypeVars.push_back(spec.dtypeVar);
    }
  }
  return !decl.isInvalid;
}

std::string Checker::annotationText(const ast::Expr &annotation) {
  const ast::Expr *base = &annotation;
  const auto *subscript = llvm::dyn_cast<ast::Subscript>(base);
  if (subscript)
    base = subscript->value;
  std::string result = session.sources.text(base->range).str();
  if (const Global *global = findGlobal(*base))
    if (auto it = instance->dtypes.find(global); it != instance->dtypes.end())
      result = spelling(it->second).str();
  if (subscript)
    result += "[" + session.sources.text(subscript->itemsRange).str() + "]";
  return result;
}

std::optional<Type> Checker::resolveAnnotation(const ast::Expr &annotation,
                                               bool isResult) {
  if (llvm::isa<ast::NoneLiteral>(annotation))
    return Type::none();
  if (isNamed(annotation, "str"))
    return Type::str();
  const auto *subscript = llvm::dyn_cast<ast::Subscript>(&annotation);
  if (subscript && isNamed(*subscript->value, "tuple")) {
    std::vector<Type> elements;
    for (const ast::Expr *item : subscript->items) {
      auto element = resolveAnnotation(*item, isResult);
      if (!element)
        return std::nullopt;
      elements.push_back(*element);
    }
    return Type::tuple(std::move(elements));
  }
  const ast::Expr &base = subscript ? *subscript->value : annotation;
  Value dtype = check(base);
  if (!dtype.isDType()) {
    if (dtype.kind == Value::Kind::DTypeSet)
      report(base.range, diag::UnboundDtypeVariable,
             session.sources.text(base.range));
    else if (!dtype.isInvalid())
      report(base.range, diag::NotAType, session.sources.text(base.range))
          .help("write a dtype, as in `f64` or `f64[n, m]`");
    return std::nullopt;
  }
  if (!subscript) {
    Type type = dtype.type;
    type.weak &= type.dtype != DType::Bool;
    return type;
  }
  DimList shape;
  auto items = subscript->items;
  if (items.size() == 1)
    if (const auto *tuple = llvm::dyn_cast<ast::Tuple>(items[0]))
      items = tuple->elements;
  for (const ast::Expr *item : items) {
    if (llvm::isa<ast::EllipsisLiteral>(item)) {
      for (unsigned i = 0; i < instance->ellipsisRank; ++i)
        shape.push_back(freshDim(item->range));
      continue;
    }
    const auto *name = llvm::dyn_cast<ast::Name>(item);
    bool isOpen = llvm::isa<ast::Slice>(item);
    // A symbol that only the result has: whatever size comes out.
    isOpen |= isResult && name && !env.count(name->id.str()) &&
              !module.globals.count(name->id.str());
    if (isOpen) {
      shape.push_back(freshDim(item->range));
      continue;
    }
    Value size = check(*item);
    if (size.isInvalid())
      return std::nullopt;
    if (!size.dim) {
      report(item->range, diag::NotASize);
      return std::nullopt;
    }
    shape.push_back(*size.dim);
  }
  return Type::array(dtype.type.dtype, std::move(shape));
}
