//===- Linalg.cpp - Products of vectors and matrices
//------------------------===//
#include "compiler/Sema/Builtins/Einsum.h"
#include "llvm/ADT/STLExtras.h"

using namespace arr;
using namespace arr::sema;

/// Labels first, first + 1, ...
static Labels fresh(unsigned count, unsigned first) {
  Labels labels;
  for (unsigned i = 0; i < count; ++i)
    labels.push_back(first + i);
  return labels;
}

Value arr::sema::matmul(Checker &checker, const Value &lhs, const Value &rhs,
                        SourceRange range, llvm::StringRef spelling) {
  for (const Value *operand : {&lhs, &rhs})
    if (!operand->isArray() || operand->type.rank() == 0) {
      if (checker.requireNumeric(*operand, "operand"))
        checker
            .report(operand->range, diag::MatmulScalar,
                    checker.text(operand->type))
            .help("use `*` to scale");
      return Value::invalid();
    }
  unsigned left = lhs.type.rank(), right = rhs.type.rank();
  unsigned leftBatch = left > 2 ? left - 2 : 0;
  unsigned rightBatch = right > 2 ? right - 2 : 0;
  unsigned batch = std::max(leftBatch, rightBatch);
  enum : unsigned { Row = 0, Inner = 1, Column = 2, Batch = 3 };
  // Batch axes are aligned at the right.
  Labels leftLabels = fresh(leftBatch, Batch + batch - leftBatch);
  Labels rightLabels = fresh(rightBatch, Batch + batch - rightBatch);
  Labels output = fresh(batch, Batch);
  if (left > 1) {
    leftLabels.push_back(Row);
    output.push_back(Row);
  }
  leftLabels.push_back(Inner);
  rightLabels.push_back(Inner);
  if (right > 1) {
    rightLabels.push_back(Column);
    output.push_back(Column);
  }
  return contract(checker, {lhs, rhs}, {leftLabels, rightLabels}, output,
                  spelling, range);
}

static Value matmulCall(BuiltinCall &call) {
  if (!requireArgument(call, 0) || !requireArgument(call, 1))
    return Value::invalid();
  return matmul(call.checker, call[0], call[1], call.range, "matmul");
}

/// Sums products over one axis of each operand; the others follow one another.
static Value contractAxes(Checker &checker, const Value &lhs, const Value &rhs,
                          llvm::ArrayRef<unsigned> leftAxes,
                          llvm::ArrayRef<unsigned> rightAxes,
                          llvm::StringRef spelling, SourceRange range) {
  Labels left = fresh(lhs.type.rank(), 0);
  Labels right = fresh(rhs.type.rank(), lhs.type.rank());
  for (auto [l, r] : llvm::zip(leftAxes, rightAxes))
    right[r] = left[l];
  Labels output;
  for (auto [axis, label] : llvm::enumerate(left))
    if (!llvm::is_contained(leftAxes, axis))
      output.push_back(label);
  for (auto [axis, label] : llvm::enumerate(right))
    if (!llvm::is_contained(rightAxes, axis))
      output.push_back(label);
  return contract(checker, {lhs, rhs}, {left, right}, output, spelling, range);
}

enum Product { Dot, Inner };

static Value dotOrInner(BuiltinCall &call) {
  if (!requireArgument(call, 0) || !requireArgument(call, 1))
    return Value::invalid();
  const Value &lhs = call[0], &rhs = call[1];
  unsigned left = lhs.type.rank(), right = rhs.type.rank();
  if (left == 0 || right == 0)
    return call.checker.ufunc(typed::Ufunc::Multiply, {lhs, rhs}, call.range);
  bool isDot = call.builtin.data == Dot;
  unsigned rightAxis = isDot && right > 1 ? right - 2 : right - 1;
  return contractAxes(call.checker, lhs, rhs, {left - 1}, {rightAxis},
                      call.builtin.name, call.range);
}

/// All elements in one axis.
static Value flattened(Checker &checker, const Value &value,
                       SourceRange range) {
  Arguments args;
  args.positional = {value};
  Value atLeast1d =
      callBuiltin(checker, *findBuiltin("atleast_1d"), args, range);
  if (!atLeast1d.isArray() || atLeast1d.type.rank() == 1)
    return atLeast1d;
  return reshape(checker, atLeast1d, {Value::integer(-1, range)}, range);
}

static Value outer(BuiltinCall &call) {
  if (!requireArgument(call, 0) || !requireArgument(call, 1))
    return Value::invalid();
  Value lhs = flattened(call.checker, call[0], call.range);
  Value rhs = flattened(call.checker, call[1], call.range);
  return contractAxes(call.checker, lhs, rhs, {}, {}, "outer", call.range);
}

static Value vdot(BuiltinCall &call) {
  if (!requireArgument(call, 0) || !requireArgument(call, 1))
    return Value::invalid();
  Checker &checker = call.checker;
  Value lhs = flattened(checker, call[0], call.range);
  Value rhs = flattened(checker, call[1], call.range);
  if (isComplex(lhs.type.dtype))
    lhs = checker.ufunc(typed::Ufunc::Conjugate, {lhs}, call.range);
  return contractAxes(checker, lhs, rhs, {0}, {0}, "vdot", call.range);
}

static Value tensordot(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0) || !requireArgument(call, 1))
    return Value::invalid();
  unsigned left = call[0].type.rank(), right = call[1].type.rank();
  ValueList leftList, rightList;
  Value axes = call[2].isMissing() ? Value::integer(2, call.range) : call[2];
  if (auto count = axes.asInt()) {
    if (*count < 0 || *count > left || *count > right) {
      checker.report(axes.range, diag::AxisOutOfBounds, *count,
                     std::min(left, right));
      return Value::invalid();
    }
    for (int64_t i = 0; i < *count; ++i) {
      leftList.push_back(Value::integer(left - *count + i, axes.range));
      rightList.push_back(Value::integer(i, axes.range));
    }
  } else if (axes.isSequence() && axes.elements.size() == 2) {
    auto list = [](const Value &side) {
      return side.isSequence() ? side.elements : ValueList{side};
    };
    leftList = list(axes.elements[0]);
    rightList = list(axes.elements[1]);
  }
  if (leftList.size() != rightList.size() ||
      (leftList.empty() && axes.asInt() != 0)) {
    checker.report(axes.range, diag::TensordotAxes);
    return Value::invalid();
  }
  llvm::SmallVector<unsigned> leftAxes, rightAxes;
  for (auto [l, r] : llvm::zip(leftList, rightList)) {
    auto leftAxis = axisArgument(checker, l, left);
    auto rightAxis = axisArgument(checker, r, right);
    if (!leftAxis || !rightAxis)
      return Value::invalid();
    leftAxes.push_back(*leftAxis);
    rightAxes.push_back(*rightAxis);
  }
  return contractAxes(checker, call[0], call[1], leftAxes, rightAxes,
                      "tensordot", call.range);
}

//===----------------------------------------------------------------------===//
// Diagonals
//===----------------------------------------------------------------------===//

/// `array[..., start:stop, ...]` along one axis.
static Value sliceAxis(Checker &checker, const Value &array, unsigned axis,
                       const Value &start, const Value &stop,
                       SourceRange range) {
  auto *node = checker.make<typed::Index>(Type(), range);
  node->base = array.expr;
  DimList shape = array.type.shape;
  for (unsigned i = 0; i < array.type.rank(); ++i) {
    typed::IndexItem item;
    item.range = range;
    if (i == axis) {
      item.start = start.isMissing() ? nullptr : checker.toExpr(start);
      item.stop = stop.isMissing() ? nullptr : checker.toExpr(stop);
      shape[i] = checker.sliceLength(shape[i], start, stop, Value(), range);
    }
    node->items.push_back(item);
  }
  node->type = Type::array(array.type.dtype, std::move(shape));
  return Value::runtime(node);
}

/// The diagonal as the last axis of a view.
static Value diagonalOf(BuiltinCall &call) {
  Checker &checker = call.checker;
  if (!requireArgument(call, 0))
    return Value::invalid();
  Value array = call[0];
  unsigned rank = array.type.rank();
  auto offset =
      call[1].isMissing() ? std::optional<int64_t>(0) : call[1].asInt();
  auto axisOr = [&](const Value &given, int64_t normal) {
    return axisArgument(
        checker, given.isMissing() ? Value::integer(normal, call.range) : given,
        rank);
  };
  auto first = axisOr(call[2], 0);
  auto second = first ? axisOr(call[3], 1) : std::nullopt;
  if (!offset) {
    checker.report(call[1].range, diag::NotKnown, "the offset");
    return Value::invalid();
  }
  if (!first || !second || *first == *second) {
    if (first && second)
      checker.report(call.range, diag::DuplicateAxis, *first);
    return Value::invalid();
  }
  if (*offset > 0)
    array = sliceAxis(checker, array, *second,
                      Value::integer(*offset, call.range), Value(), call.range);
  if (*offset < 0)
    array =
        sliceAxis(checker, array, *first, Value::integer(-*offset, call.range),
                  Value(), call.range);
  if (array.type.shape[*first] != array.type.shape[*second]) {
    // The diagonal is as long as the shorter side.
    return checker.withTemp(array, [&](const Value &matrix) {
      Arguments args;
      args.positional = {checker.sizeOf(matrix, *first, call.range),
                         checker.sizeOf(matrix, *second, call.range)};
      Value shorter =
          callBuiltin(checker, *findBuiltin("min"), args, call.range);
      return checker.withTemp(shorter, [&](const Value &size) {
        Dim length = checker.dimOf(size);
        Value square = matrix;
        for (unsigned axis : {*first, *second}) {
          square = sliceAxis(checker, square, axis, Value(), size, call.range);
          square.type.shape[axis] = length;
          square.expr->type = square.type;
        }
        llvm::SmallVector<Labels> axes;
        for (unsigned i = 0; i < rank; ++i)
          if (i != *first && i != *second)
            axes.push_back({i});
        axes.push_back({*first, *second});
        return diagonalView(checker, square, axes, call.range);
      });
    });
  }
  llvm::SmallVector<Labels> axes;
  for (unsigned i = 0; i < rank; ++i)
    if (i != *first && i != *second)
      axes.push_back({i});
  axes.push_back({*first, *second});
  return diagonalView(checker, array, axes, call.range);
}

static Value trace(BuiltinCall &call) {
  Value diagonal = diagonalOf(call);
  if (diagonal.isInvalid())
    return diagonal;
  Arguments args;
  args.positional = {diagonal, Value::integer(-1, call.range)};
  return callBuiltin(call.checker, *findBuiltin("sum"), args, call.range);
}

llvm::ArrayRef<Builtin> arr::sema::linalgBuiltins() {
  static const Builtin table[] = {
      {"matmul", "x1, x2", matmulCall},
      {"dot", "a, b", dotOrInner, true, Dot},
      {"inner", "a, b", dotOrInner, false, Inner},
      {"outer", "a, b", outer},
      {"vdot", "a, b", vdot},
      {"tensordot", "a, b, axes=", tensordot},
      {"einsum", "*operands, optimize=", einsum},
      {"diagonal", "a, offset=, axis1=, axis2=", diagonalOf, true},
      {"trace", "a, offset=, axis1=, axis2=", trace, true},
  };
  return table;
}
