//===- Views.cpp - Subscripts, transpose, reshape and other views ---------===//
#include "compiler/MLIRGen/FunctionGen.h"

using namespace mlir;

namespace arr {

using llvm::dyn_cast;
using typed::IndexItem;

mlir::Type FunctionGen::viewType(Value base, const Type &type) {
  return cloneWith(base.getType(), dimAttrs(type.shape));
}

//===----------------------------------------------------------------------===//
// Subscripts
//===----------------------------------------------------------------------===//

SmallVector<Value> FunctionGen::genElementIndices(const typed::Index &expr,
                                                  Value base) {
  SmallVector<Value> indices;
  unsigned axis = 0;
  for (const IndexItem &item : expr.items) {
    if (item.kind == IndexItem::Kind::NewAxis)
      continue;
    Location loc = locations(item.range);
    Value index = genIndex(item.at);
    Value size = sizeOf(loc, base, axis, expr.base->type.shape[axis]);
    indices.push_back(
        NormalizeIndexOp::create(builder, loc, index, size, axis));
    ++axis;
  }
  return indices;
}

Value FunctionGen::genIndexExpr(const typed::Index &expr) {
  Location loc = locations(expr.range);
  Value base = genOne(expr.base);
  if (expr.type.isScalar()) {
    base = asPlace(loc, base);
    SmallVector<Value> indices = genElementIndices(expr, base);
    return LoadOp::create(
        builder, loc, getElementType(context, expr.type.dtype), base, indices);
  }

  SmallVector<Value> offsets, lengths, steps;
  SmallVector<int64_t> dropped, added;
  SmallVector<Dim> sliced; // the sizes before new axes are put in
  bool isWhole = true;
  unsigned axis = 0, resultAxis = 0;
  Value zero = constIndex(loc, 0), one = constIndex(loc, 1);
  for (const IndexItem &item : expr.items) {
    if (item.kind == IndexItem::Kind::NewAxis) {
      added.push_back(resultAxis++);
      continue;
    }
    Location itemLoc = locations(item.range);
    Value size = sizeOf(itemLoc, base, axis, expr.base->type.shape[axis]);
    if (item.kind == IndexItem::Kind::At) {
      Value index = genIndex(item.at);
      offsets.push_back(
          NormalizeIndexOp::create(builder, itemLoc, index, size, axis));
      lengths.push_back(one);
      steps.push_back(one);
      dropped.push_back(axis++);
      isWhole = false;
      continue;
    }
    const Dim &dim = expr.type.shape[resultAxis++];
    sliced.push_back(dim);
    ++axis;
    if (!item.start && !item.stop && !item.step) {
      offsets.push_back(zero);
      lengths.push_back(size);
      steps.push_back(one);
      continue;
    }
    isWhole = false;
    auto optional = [&](const typed::Expr *bound) {
      return bound ? genIndex(bound) : Value();
    };
    Value start = optional(item.start), stop = optional(item.stop);
    Value step = item.step ? genIndex(item.step) : one;
    if (auto *literal = llvm::dyn_cast_or_null<typed::Literal>(item.step);
        item.step && (!literal || literal->integer == 0))
      require(itemLoc, compare(itemLoc, arith::CmpIPredicate::ne, step, zero),
              ErrorKind::Value, "slice step cannot be zero");
    auto bounds =
        SliceBoundsOp::create(builder, itemLoc, size, start, stop, step);
    offsets.push_back(bounds.getOffset());
    lengths.push_back(bounds.getLength());
    steps.push_back(step);
    learn(dim, bounds.getLength());
  }
  Value result = base;
  if (!isWhole)
    result = SliceOp::create(builder, loc,
                             cloneWith(base.getType(), dimAttrs(sliced)), base,
                             offsets, lengths, steps, dropped);
  if (!added.empty())
    result = ExpandDimsOp::create(builder, loc, viewType(base, expr.type),
                                  result, added);
  return result;
}

//===----------------------------------------------------------------------===//
// Other views
//===----------------------------------------------------------------------===//

Value FunctionGen::genTranspose(const typed::Transpose &expr) {
  Location loc = locations(expr.range);
  Value base = genOne(expr.base);
  SmallVector<int64_t> permutation(expr.permutation.begin(),
                                   expr.permutation.end());
  SmallVector<mlir::Attribute> dims;
  for (int64_t axis : permutation)
    dims.push_back(getDims(base.getType())[axis]);
  return TransposeOp::create(builder, loc, cloneWith(base.getType(), dims),
                             base, permutation);
}

Value FunctionGen::genReshape(const typed::Reshape &expr) {
  Location loc = locations(expr.range);
  Value base = genOne(expr.base);
  Dim oldCount = Dim::constant(1), newCount = Dim::constant(1);
  Value total = constIndex(loc, 1), product = total;
  for (auto [axis, dim] : llvm::enumerate(expr.base->type.shape)) {
    oldCount = oldCount * dim;
    // Of arrays that the caller gave, the size is known to fit.
    Value size = sizeOf(loc, base, axis, dim);
    total = isNonNegative(dim)
                ? arith::MulIOp::create(builder, loc, total, size).getResult()
                : multiplySizes(loc, total, size);
  }

  Value zero = constIndex(loc, 0);
  SmallVector<Value> sizes;
  int64_t open = -1;
  std::string text;
  SmallVector<Value> values = {total};
  for (auto [axis, size] : llvm::enumerate(expr.sizes)) {
    auto *literal = dyn_cast<typed::Literal>(size);
    text += axis ? "," : "";
    if (literal)
      text += std::to_string(literal->integer);
    if (literal && literal->integer == -1) {
      open = axis;
      sizes.push_back(Value());
      continue;
    }
    newCount = newCount * expr.type.shape[axis];
    Value value = genIndex(size);
    if (!literal) {
      text += "%" + std::to_string(values.size());
      values.push_back(value);
    }
    if (!isNonNegative(size))
      require(locations(size->range),
              compare(loc, arith::CmpIPredicate::sge, value, zero),
              ErrorKind::Value, "negative dimensions are not allowed");
    product = multiplySizes(loc, product, value);
    sizes.push_back(value);
  }
  std::string message = "cannot reshape array of size %0 into shape (" + text +
                        (sizes.size() == 1 ? ",)" : ")");
  if (values.size() > 3) {
    message = "cannot reshape array of size %0 into the given shape";
    values.resize(1);
  }
  if (open < 0) {
    if (!isSame(oldCount, newCount))
      requireEqual(loc, total, product, ErrorKind::Shape, message, values);
  } else {
    // The open size: the others must divide the total. By 0 nothing divides.
    Value isZero = compare(loc, arith::CmpIPredicate::eq, product, zero);
    Value divisor = arith::SelectOp::create(builder, loc, isZero,
                                            constIndex(loc, 1), product);
    Value rest = arith::RemUIOp::create(builder, loc, total, divisor);
    Value divides = compare(loc, arith::CmpIPredicate::eq, rest, zero);
    Value isFilled = compare(loc, arith::CmpIPredicate::ne, product, zero);
    require(loc, arith::AndIOp::create(builder, loc, divides, isFilled),
            ErrorKind::Shape, message, values);
    sizes[open] = arith::DivUIOp::create(builder, loc, total, divisor);
  }
  for (auto [size, dim] : llvm::zip(sizes, expr.type.shape))
    learn(dim, size);
  return ReshapeOp::create(builder, loc, viewType(base, expr.type), base, sizes,
                           expr.isContiguous);
}

Value FunctionGen::genDiagonal(const typed::Diagonal &expr) {
  Location loc = locations(expr.range);
  Value base = genOne(expr.base);
  ArrayRef<Dim> dims = expr.base->type.shape;
  SmallVector<int64_t> groups(dims.size());
  for (auto [resultAxis, axes] : llvm::enumerate(expr.axes)) {
    for (unsigned axis : axes) {
      groups[axis] = resultAxis;
      if (axis == axes.front() || isSame(dims[axis], dims[axes.front()]))
        continue;
      Value size = sizeOf(loc, base, axis, dims[axis]);
      Value first = sizeOf(loc, base, axes.front(), dims[axes.front()]);
      requireEqual(
          loc, first, size, ErrorKind::Shape,
          "dimensions in operand 0 for collapsing index don't match (%0 != %1)",
          {first, size});
    }
  }
  return DiagonalOp::create(builder, loc, viewType(base, expr.type), base,
                            groups);
}

Value FunctionGen::genComplexPart(const typed::ComplexPart &expr) {
  Value base = genOne(expr.base);
  mlir::Type part = getElementType(context, expr.type.dtype);
  auto dims = getDims(base.getType());
  mlir::Type type = isa<PlaceType>(base.getType())
                        ? mlir::Type(PlaceType::get(context, dims, part))
                        : ArrayType::get(context, dims, part);
  return ComplexPartOp::create(builder, locations(expr.range), type, base,
                               expr.isImaginary);
}

Value FunctionGen::genBroadcast(const typed::Broadcast &expr) {
  Location loc = locations(expr.range);
  Value base = genOne(expr.base);
  SmallVector<Value> sizes = genSizes(expr.sizes, expr.type.shape);
  unsigned missing = expr.type.rank() - expr.base->type.rank();
  for (auto [axis, dim] : llvm::enumerate(expr.base->type.shape)) {
    if (dim.isOne() || isSame(dim, expr.type.shape[missing + axis]))
      continue;
    Value size = sizeOf(loc, base, axis, dim);
    Value isEqual =
        compare(loc, arith::CmpIPredicate::eq, size, sizes[missing + axis]);
    Value isOne =
        compare(loc, arith::CmpIPredicate::eq, size, constIndex(loc, 1));
    require(loc, arith::OrIOp::create(builder, loc, isEqual, isOne),
            ErrorKind::Shape,
            "operands could not be broadcast together: size %0 of axis " +
                Twine(axis) + " and requested size %1",
            {size, sizes[missing + axis]});
  }
  return BroadcastOp::create(builder, loc, viewType(base, expr.type), base,
                             sizes);
}

} // namespace arr
