//===- Einsum.cpp - einsum, and what other products are made of
//-------------===//
//
// Every product of linear algebra becomes one Einsum node whose operands have
// distinct labels: repeated labels of an operand become a diagonal view, axes
// of literal size 1 that broadcast are dropped, and a single operand becomes a
// view or a plain sum.
//
//===----------------------------------------------------------------------===//
#include "compiler/Sema/Builtins/Einsum.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace arr;
using namespace arr::sema;

Value arr::sema::diagonalView(Checker &checker, const Value &array,
                              llvm::ArrayRef<Labels> axes, SourceRange range) {
  DimList shape;
  for (const Labels &group : axes)
    shape.push_back(array.type.shape[group.front()]);
  auto *node = checker.make<typed::Diagonal>(
      Type::array(array.type.dtype, std::move(shape)), range);
  node->base = array.expr;
  for (const Labels &group : axes)
    node->axes.emplace_back(group.begin(), group.end());
  return Value::runtime(node);
}

/// Drops axes of literal size 1, by taking their only element.
static Value dropAxes(Checker &checker, const Value &array,
                      llvm::ArrayRef<bool> drop, SourceRange range) {
  auto *node = checker.make<typed::Index>(Type(), range);
  node->base = array.expr;
  DimList shape;
  for (unsigned axis = 0; axis < array.type.rank(); ++axis) {
    typed::IndexItem item;
    item.range = range;
    if (drop[axis]) {
      item.kind = typed::IndexItem::Kind::At;
      item.at = checker.toExpr(Value::integer(0, range));
    } else {
      shape.push_back(array.type.shape[axis]);
    }
    node->items.push_back(item);
  }
  node->type = Type::array(array.type.dtype, std::move(shape));
  return Value::runtime(node);
}

/// Makes the labels of one operand distinct.
static Value takeDiagonals(Checker &checker, const Value &operand,
                           Labels &labels, SourceRange range) {
  Labels distinct;
  llvm::SmallVector<Labels> axes;
  for (auto [axis, label] : llvm::enumerate(labels)) {
    auto it = llvm::find(distinct, label);
    if (it == distinct.end()) {
      distinct.push_back(label);
      axes.push_back({static_cast<unsigned>(axis)});
    } else {
      axes[it - distinct.begin()].push_back(axis);
    }
  }
  if (distinct.size() == labels.size())
    return operand;
  labels = distinct;
  return diagonalView(checker, operand, axes, range);
}

namespace {
/// The size of each label, and the operand it was taken from.
struct LabelSizes {
  std::map<unsigned, std::pair<Dim, const Value *>> sizes;
  bool add(Checker &checker, unsigned label, const Dim &dim,
           const Value &operand, llvm::StringRef spelling, SourceRange range);
};
} // namespace

bool LabelSizes::add(Checker &checker, unsigned label, const Dim &dim,
                     const Value &operand, llvm::StringRef spelling,
                     SourceRange range) {
  auto [it, isNew] = sizes.try_emplace(label, dim, &operand);
  auto &[known, source] = it->second;
  if (isNew || known == dim || dim.isOne())
    return true;
  if (known.isOne()) {
    it->second = {dim, &operand};
    return true;
  }
  if (!checker.isProvablyDifferent(known, dim))
    return true;
  checker
      .report(range, diag::ContractionSizes, spelling, checker.text(known),
              checker.text(dim))
      .note(source->range, "this is `{0}`", checker.text(source->type))
      .note(operand.range, "this is `{0}`", checker.text(operand.type));
  return false;
}

static Value permuted(Checker &checker, const Value &operand,
                      const Labels &labels, const Labels &output,
                      SourceRange range) {
  llvm::SmallVector<unsigned> permutation;
  for (unsigned label : output)
    permutation.push_back(llvm::find(labels, label) - labels.begin());
  return transpose(checker, operand, permutation, range);
}

Value arr::sema::contract(Checker &checker, ValueList operands,
                          std::vector<Labels> labels, const Labels &output,
                          llvm::StringRef spelling, SourceRange range) {
  std::vector<Type> types;
  for (const Value &operand : operands)
    types.push_back(operand.type);
  DType dtype = promoteOperands(types).dtype;
  if (dtype == DType::Bool) {
    // Whether any product is true.
    for (Value &operand : operands)
      operand = castTo(checker, operand, DType::I64);
    Value counts = contract(checker, operands, labels, output, spelling, range);
    return counts.isInvalid() ? counts : castTo(checker, counts, DType::Bool);
  }
  LabelSizes known;
  for (auto [operand, list] : llvm::zip(operands, labels)) {
    SourceRange where = operand.range;
    for (auto [axis, label] : llvm::enumerate(list))
      if (!known.add(checker, label, operand.type.shape[axis], operand,
                     spelling, range))
        return Value::invalid();
    bool isView = operand.type.dtype == dtype;
    operand = takeDiagonals(checker, operand, list, range);
    if (!isView)
      operand = castTo(checker, operand, dtype);
    operand.range = where;
  }
  // Axes of size 1 broadcast where another operand has the label's real size.
  for (auto [operand, list] : llvm::zip(operands, labels)) {
    llvm::SmallVector<bool> drop(list.size(), false);
    Labels kept;
    for (auto [axis, label] : llvm::enumerate(list)) {
      drop[axis] =
          operand.type.shape[axis].isOne() && !known.sizes[label].first.isOne();
      if (!drop[axis])
        kept.push_back(label);
    }
    if (kept.size() == list.size())
      continue;
    operand = dropAxes(checker, operand, drop, operand.range);
    list = kept;
  }
  DimList shape;
  for (unsigned label : output)
    shape.push_back(known.sizes[label].first);
  if (operands.size() == 1) {
    llvm::SmallVector<unsigned> summed;
    Labels kept;
    for (auto [axis, label] : llvm::enumerate(labels[0])) {
      if (llvm::is_contained(output, label))
        kept.push_back(label);
      else
        summed.push_back(axis);
    }
    Value result = operands[0];
    if (!summed.empty())
      result = checker.reduceNode(typed::ReduceKind::Add, result, summed, false,
                                  dtype, range);
    return result.isArray() ? permuted(checker, result, kept, output, range)
                            : result;
  }
  auto *node = checker.make<typed::Einsum>(
      shape.empty() ? Type::scalar(dtype) : Type::array(dtype, shape), range);
  std::map<unsigned, unsigned> dense;
  auto number = [&](unsigned label) {
    return dense.try_emplace(label, dense.size()).first->second;
  };
  for (auto [operand, list] : llvm::zip(operands, labels)) {
    node->operands.push_back(checker.toExpr(operand));
    auto &entry = node->labels.emplace_back();
    for (unsigned label : list)
      entry.push_back(number(label));
  }
  for (unsigned label : output)
    node->output.push_back(number(label));
  node->spelling = spelling.str();
  return Value::runtime(node);
}

//===----------------------------------------------------------------------===//
// The subscripts string
//===----------------------------------------------------------------------===//

/// Ellipsis axes are labelled from the right, beyond all letters.
static constexpr unsigned ellipsisLabel = 1000;

namespace {
struct Term {
  Labels before, after; // around the ellipsis
  bool hasEllipsis = false;

  /// The labels of an operand of this rank.
  Labels expand(unsigned ellipsisRank) const {
    Labels labels = before;
    for (unsigned i = ellipsisRank; hasEllipsis && i-- > 0;)
      labels.push_back(ellipsisLabel + i);
    labels.append(after.begin(), after.end());
    return labels;
  }
  unsigned fixedRank() const { return before.size() + after.size(); }
};
} // namespace

static bool parseTerm(Checker &checker, llvm::StringRef text, Term &term,
                      SourceRange range) {
  while (!text.empty()) {
    if (text.consume_front("...")) {
      if (term.hasEllipsis) {
        checker.report(range, diag::EinsumSyntax, "a term has two ellipses");
        return false;
      }
      term.hasEllipsis = true;
      continue;
    }
    char c = text.front();
    text = text.drop_front();
    if (c == ' ')
      continue;
    if (!llvm::isAlpha(c)) {
      checker.report(range, diag::EinsumSyntax,
                     std::string("`") + c + "` is no label");
      return false;
    }
    (term.hasEllipsis ? term.after : term.before)
        .push_back(static_cast<unsigned char>(c));
  }
  return true;
}

/// `einsum(a, [0, 1], b, [1, 2], [0, 2])`
static bool parseSublist(Checker &checker, const Value &list, Term &term) {
  if (!list.isSequence()) {
    checker.report(list.range, diag::EinsumSyntax,
                   "each operand needs a list of labels");
    return false;
  }
  for (const Value &element : list.elements) {
    if (element.kind == Value::Kind::Ellipsis && !term.hasEllipsis) {
      term.hasEllipsis = true;
      continue;
    }
    auto number = element.asInt();
    if (!number || *number < 0 || *number >= 52) {
      checker.report(element.range, diag::EinsumSyntax,
                     "labels are integers from 0 to 51");
      return false;
    }
    // In NumPy's order: A..Z, then a..z.
    unsigned label = *number < 26 ? 'A' + *number : 'a' + (*number - 26);
    (term.hasEllipsis ? term.after : term.before).push_back(label);
  }
  return true;
}

static bool readTerms(BuiltinCall &call, ValueList &operands,
                      std::vector<Term> &terms, std::optional<Term> &output,
                      std::string &spelling) {
  Checker &checker = call.checker;
  ValueList args = call.rest;
  if (args.empty()) {
    checker.report(call.range, diag::MissingArgument, "einsum", "subscripts");
    return false;
  }
  if (!args[0].isText()) {
    size_t i = 0;
    for (; i + 1 < args.size(); i += 2) {
      operands.push_back(args[i]);
      if (!parseSublist(checker, args[i + 1], terms.emplace_back()))
        return false;
    }
    if (i < args.size() && !parseSublist(checker, args[i], output.emplace()))
      return false;
    spelling = "einsum";
    return true;
  }
  SourceRange range = args[0].range;
  spelling = args[0].text;
  operands.assign(args.begin() + 1, args.end());
  auto [inputs, result] = llvm::StringRef(spelling).split("->");
  llvm::SmallVector<llvm::StringRef> parts;
  inputs.split(parts, ',');
  for (llvm::StringRef part : parts)
    if (!parseTerm(checker, part, terms.emplace_back(), range))
      return false;
  if (llvm::StringRef(spelling).contains("->") &&
      !parseTerm(checker, result, output.emplace(), range))
    return false;
  if (terms.size() != operands.size()) {
    checker.report(range, diag::EinsumSyntax,
                   std::to_string(terms.size()) + " terms for " +
                       std::to_string(operands.size()) + " operands");
    return false;
  }
  return true;
}

Value arr::sema::einsum(BuiltinCall &call) {
  Checker &checker = call.checker;
  ValueList operands;
  std::vector<Term> terms;
  std::optional<Term> output;
  std::string spelling;
  if (!readTerms(call, operands, terms, output, spelling))
    return Value::invalid();
  auto fail = [&](const std::string &message) {
    checker.report(call.rest[0].range, diag::EinsumSyntax, message);
    return Value::invalid();
  };
  unsigned ellipsisRank = 0;
  std::vector<Labels> labels;
  std::map<unsigned, unsigned> uses;
  for (auto [operand, term] : llvm::zip(operands, terms)) {
    SourceRange range = operand.range;
    operand = asArray(checker, operand);
    if (operand.isInvalid())
      return operand;
    operand.range = range;
    unsigned rank = operand.type.rank();
    if (term.hasEllipsis ? rank < term.fixedRank() : rank != term.fixedRank())
      return fail("an operand of rank " + std::to_string(rank) + " has " +
                  std::to_string(term.fixedRank()) + " labels");
    unsigned extra = rank - term.fixedRank();
    ellipsisRank = std::max(ellipsisRank, extra);
    labels.push_back(term.expand(extra));
    for (unsigned label : labels.back())
      ++uses[label];
  }
  Labels result;
  if (output) {
    result = output->expand(ellipsisRank);
    std::set<unsigned> seen;
    for (unsigned label : result) {
      if (!seen.insert(label).second)
        return fail("a label occurs twice in the output");
      if (!uses.count(label))
        return fail(label >= ellipsisLabel
                        ? "the output has an ellipsis that no operand has"
                        : std::string("the output label `") + char(label) +
                              "` is in no operand");
    }
    if (!output->hasEllipsis && ellipsisRank)
      return fail("the output lacks the operands' ellipsis");
  } else {
    for (unsigned i = ellipsisRank; i-- > 0;)
      result.push_back(ellipsisLabel + i);
    for (auto [label, count] : uses)
      if (label < ellipsisLabel && count == 1)
        result.push_back(label);
  }
  return contract(checker, operands, labels, result, spelling, call.range);
}
