//===- Joins.cpp - Where paths of control flow meet -----------------------===//
//
// A name that different paths gave different variables gets one variable: of a
// type that holds what every path brings, assigned at the end of each path.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Checker.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

/// Puts an assignment at the end of a path.
static void assignAt(Checker &checker, Edge &edge, typed::Var *var,
                     const Value &value) {
  auto *assign = checker.session.program.create<typed::Assign>();
  assign->targets.push_back(var);
  assign->value = checker.toExpr(value);
  assign->range = value.range;
  auto where =
      edge.before ? llvm::find(*edge.block, edge.before) : edge.block->end();
  edge.block->insert(where, assign);
}

static const typed::Var *varOf(const Value &value) {
  if (!value.isRuntime())
    return nullptr;
  auto *ref = llvm::dyn_cast_or_null<typed::VarRef>(value.expr);
  return ref ? ref->var : nullptr;
}

std::optional<Type> Checker::joinTypes(llvm::ArrayRef<Type> types,
                                       SourceRange range) {
  const Type &first = types.front();
  if (llvm::all_equal(types))
    return first;
  if (llvm::all_of(types, [](const Type &t) { return t.isScalar(); })) {
    const Type *strong = nullptr;
    for (const Type &type : types) {
      if (type.weak)
        continue;
      if (strong && strong->dtype != type.dtype)
        return std::nullopt;
      strong = &type;
    }
    return promoteOperands(types);
  }
  if (!llvm::all_of(types, [&](const Type &type) {
        return type.isArray() && type.dtype == first.dtype &&
               type.rank() == first.rank();
      }))
    return std::nullopt;
  DimList shape;
  for (unsigned axis = 0; axis < first.rank(); ++axis) {
    bool same = llvm::all_of(types, [&](const Type &type) {
      return type.shape[axis] == first.shape[axis];
    });
    shape.push_back(same ? first.shape[axis] : freshDim(range));
  }
  return Type::array(first.dtype, std::move(shape));
}

/// Two values that are the same thing to the compiler.
static bool sameMeaning(const Value &lhs, const Value &rhs) {
  return lhs.kind == rhs.kind && lhs.text == rhs.text && lhs.type == rhs.type &&
         lhs.function == rhs.function && lhs.builtin == rhs.builtin &&
         lhs.closure == rhs.closure && lhs.module == rhs.module &&
         lhs.dtypes == rhs.dtypes;
}

Value Checker::conflict(const Value &lhs, const Value &rhs) {
  Value value = Value::of(Value::Kind::Conflict, rhs.range);
  value.text = "`" + describe(lhs) + "` on one path and `" + describe(rhs) +
               "` on another";
  return value;
}

/// The value that a name has where paths meet. `values` has one per edge.
Value Checker::joinValues(llvm::StringRef name,
                          llvm::ArrayRef<const Value *> values,
                          std::vector<Edge> &edges) {
  const Value &first = *values.front();
  for (const Value *value : values)
    if (value->isInvalid() || value->kind == Value::Kind::Conflict)
      return *value;
  if (first.isTuple()) {
    Value tuple = Value::tuple({}, first.range);
    for (const Value *value : values)
      if (!value->isTuple() || value->elements.size() != first.elements.size())
        return conflict(first, *value);
    for (size_t i = 0; i < first.elements.size(); ++i) {
      llvm::SmallVector<const Value *> parts;
      for (const Value *value : values)
        parts.push_back(&value->elements[i]);
      tuple.elements.push_back(
          joinValues((name + "." + llvm::Twine(i)).str(), parts, edges));
      if (tuple.elements.back().kind == Value::Kind::Conflict)
        return tuple.elements.back();
    }
    return tuple;
  }
  for (const Value *value : values) {
    if (first.isRuntime() && value->isRuntime())
      continue;
    if (!sameMeaning(first, *value))
      return conflict(first, *value);
  }
  if (!first.isRuntime())
    return first;
  // One variable, or one size or constant, on all paths.
  bool isSame = llvm::all_of(values, [&](const Value *value) {
    if (const typed::Var *var = varOf(first))
      return varOf(*value) == var;
    return value->expr == first.expr && value->constant == first.constant &&
           value->type == first.type;
  });
  Value result = first;
  for (const Value *value : values) {
    if (result.constant &&
        !(value->constant && *value->constant == *result.constant))
      result.constant = std::nullopt;
    if (result.dim && value->dim != result.dim)
      result.dim = std::nullopt;
  }
  if (isSame)
    return result;
  std::vector<Type> types;
  for (const Value *value : values)
    types.push_back(value->type);
  auto type = joinTypes(types, first.range);
  if (!type) {
    for (const Value *value : values)
      if (value->type != first.type)
        return conflict(first, *value);
  }
  // One of the paths may have the right variable already.
  typed::Var *var = nullptr;
  for (const Value *value : values)
    if (auto *candidate = varOf(*value))
      if (candidate->type == *type && !loopVars.count(candidate))
        var = const_cast<typed::Var *>(candidate);
  if (!var)
    var = newVar(name, *type, first.range);
  for (auto [edge, value] : llvm::zip(edges, values)) {
    if (varOf(*value) == var)
      continue;
    warnNarrowAccumulator(name, *value, *type);
    assignAt(*this, edge, var,
             type->isScalar() ? convert(*value, *type, false) : *value);
  }
  Value joined = varValue(var, first.range);
  joined.constant = result.constant;
  if (joined.constant)
    joined.constant = convertConstant(*joined.constant, type->dtype);
  joined.dim = result.dim;
  return joined;
}

void Checker::warnNarrowAccumulator(llvm::StringRef name, const Value &value,
                                    const Type &joined) {
  if (value.isInt() && value.type.weak && isInteger(joined.dtype) &&
      !joined.weak && bitWidth(joined.dtype) < 64)
    report(value.range, diag::NarrowAccumulator, name, spelling(joined.dtype))
        .help("start from `i64(0)` to keep 64 bits");
}

Env Checker::joinEdges(std::vector<Edge> &edges) {
  if (edges.empty())
    return {};
  if (edges.size() == 1)
    return edges.front().env;
  std::set<std::string> names;
  for (const Edge &edge : edges)
    for (const auto &[name, binding] : edge.env)
      names.insert(name);
  Env joined;
  for (const std::string &name : names) {
    Binding binding;
    llvm::SmallVector<const Value *> values;
    for (const Edge &edge : edges) {
      auto it = edge.env.find(name);
      if (it == edge.env.end()) {
        binding.unbound = edge.missing;
        continue;
      }
      if (it->second.unbound)
        binding.unbound = it->second.unbound;
      values.push_back(&it->second.value);
      binding.assigned = it->second.assigned;
    }
    if (!binding.unbound)
      binding.value = joinValues(name, values, edges);
    joined[name] = std::move(binding);
  }
  return joined;
}

void Checker::assignAtEdge(Edge &edge, typed::Var *var, const Value &value) {
  assignAt(*this, edge, var,
           var->type.isScalar() ? convert(value, var->type, false) : value);
}
