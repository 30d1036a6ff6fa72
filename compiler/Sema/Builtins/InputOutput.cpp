//===- InputOutput.cpp - print, load, save
//-----------------------------------===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;
using Target = typed::RuntimeCall::Target;

static void addText(Checker &checker, typed::RuntimeCall *node,
                    llvm::StringRef text, SourceRange range) {
  if (!text.empty())
    node->arguments.push_back(checker.toExpr(Value::textOf(text.str(), range)));
}

/// What print shows of a value; tuples are taken apart.
static bool addItem(Checker &checker, typed::RuntimeCall *node,
                    const Value &value) {
  if (value.isInvalid())
    return false;
  if (value.isSequence()) {
    bool isTuple = value.isTuple();
    addText(checker, node, isTuple ? "(" : "[", value.range);
    for (auto [i, element] : llvm::enumerate(value.elements)) {
      addText(checker, node, i ? ", " : "", value.range);
      if (!addItem(checker, node, element))
        return false;
    }
    bool isSingle = isTuple && value.elements.size() == 1;
    addText(checker, node, isSingle ? ",)" : isTuple ? ")" : "]", value.range);
    return true;
  }
  if (value.isNone() || (value.isDType() && !value.type.weak)) {
    addText(checker, node, value.isNone() ? "None" : spelling(value.type.dtype),
            value.range);
    return true;
  }
  if (value.isRuntime() && value.type.kind == TypeKind::Tuple) {
    auto parts = checker.unpack(value, value.range);
    return addItem(checker, node, Value::tuple(*parts, value.range));
  }
  if (!value.isText() && !value.isRuntime()) {
    checker.report(value.range, diag::NotAValue, checker.describe(value));
    return false;
  }
  node->arguments.push_back(checker.toExpr(value));
  return true;
}

static Value print(BuiltinCall &call) {
  Checker &checker = call.checker;
  std::string separator = " ", end = "\n";
  for (auto [index, text] : {std::pair(1u, &separator), {2u, &end}}) {
    if (call[index].isMissingOrNone())
      continue;
    if (!call[index].isText()) {
      checker.report(call[index].range, diag::NotKnown, "this argument");
      return Value::invalid();
    }
    *text = call[index].text;
  }
  auto *node = checker.make<typed::RuntimeCall>(Type::none(), call.range);
  node->target = Target::Print;
  for (auto [i, item] : llvm::enumerate(call.rest)) {
    if (i)
      addText(checker, node, separator, call.range);
    if (!addItem(checker, node, item))
      return Value::invalid();
  }
  addText(checker, node, end, call.range);
  return Value::runtime(node);
}

static bool requirePath(Checker &checker, const Value &path) {
  if (path.isText() || (path.isRuntime() && path.type.kind == TypeKind::Str))
    return true;
  if (!path.isInvalid())
    checker.report(path.range, diag::NotAPath, checker.describe(path));
  return false;
}

/// The type comes from the annotation of the name it is assigned to.
static Value load(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requirePath(checker, call[0]))
    return Value::invalid();
  if (!checker.expectedType || !checker.expectedType->isArray()) {
    checker.report(call.range, diag::LoadNeedsType)
        .help("write `x: f64[n, k] = np.load(path)`");
    return Value::invalid();
  }
  DimList shape;
  for (unsigned i = 0; i < checker.expectedType->rank(); ++i)
    shape.push_back(checker.freshDim(call.range));
  auto *node = checker.make<typed::RuntimeCall>(
      Type::array(checker.expectedType->dtype, std::move(shape)), call.range);
  node->target = Target::Load;
  node->arguments.push_back(checker.toExpr(call[0]));
  return Value::runtime(node);
}

static Value save(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requirePath(checker, call[0]) || !requireArgument(call, 1))
    return Value::invalid();
  Value array = call[1];
  if (array.isScalar()) {
    auto *node = checker.make<typed::ArrayLiteral>(
        Type::array(array.type.dtype, {}), call.range);
    node->elements.push_back(
        checker.toExpr(castTo(checker, array, array.type.dtype)));
    array = Value::runtime(node);
  }
  auto *node = checker.make<typed::RuntimeCall>(Type::none(), call.range);
  node->target = Target::Save;
  node->arguments.push_back(checker.toExpr(call[0]));
  node->arguments.push_back(checker.toExpr(array));
  return Value::runtime(node);
}

llvm::ArrayRef<Builtin> arr::sema::ioBuiltins() {
  static const Builtin table[] = {
      {"print", "*items, sep=, end=", print},
      {"load", "file", load},
      {"save", "file, arr", save},
  };
  return table;
}
