//===- Gather.cpp - Indexing by integer arrays and masks ------------------===//
//
// Reading is one op, `arr.gather`. Storing is a loop over the index space in C
// order, so that the last of several values for one element stays. Positions
// are checked before, all of them by one reduction each; that finds which one
// is wrong only if one is.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/FunctionGen.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace arr {

using llvm::cast;
using typed::IndexArray;

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// All of an i64 array is in [-size, size).
void FunctionGen::checkPositions(Location loc, Value positions,
                                 const Type &type, Value size, unsigned axis) {
  positions = asValue(loc, positions);
  mlir::Type i1 = builder.getI1Type(), i64 = builder.getI64Type();
  mlir::Type bools =
      cloneWith(ArrayType::get(context, {}, i1), getDims(positions.getType()));
  auto axes = llvm::to_vector(llvm::seq<int64_t>(0, type.rank()));
  Value extent = arith::IndexCastOp::create(builder, loc, i64, size);
  Value least = arith::SubIOp::create(
      builder, loc, genConstant(loc, DType::I64, 0, {}), extent);
  Value outside =
      ufunc(loc, "logical_or", bools,
            {ufunc(loc, "less", bools, {positions, least}),
             ufunc(loc, "greater_equal", bools, {positions, extent})});
  Value isOutside = ReduceOp::create(builder, loc, i1, ReduceKind::Or, outside,
                                     axes, /*keepdims=*/false);
  auto branch = scf::IfOp::create(builder, loc, isOutside, /*else=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  // The first one in C order is reported.
  Value first = ReduceOp::create(builder, loc, i64, ReduceKind::ArgMax, outside,
                                 axes, /*keepdims=*/false);
  Value count = constIndex(loc, 1);
  for (auto [i, dim] : llvm::enumerate(type.shape))
    count = arith::MulIOp::create(builder, loc, count,
                                  DimOp::create(builder, loc, positions, i));
  auto flatType = ArrayType::get(context, {getUnknownDim(context)}, i64);
  Value flat = ReshapeOp::create(builder, loc, flatType, positions, count);
  Value at =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), first);
  Value wrong = LoadOp::create(builder, loc, i64, asPlace(loc, flat), at);
  wrong =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), wrong);
  NormalizeIndexOp::create(builder, loc, wrong, size, axis);
}

/// A mask has the sizes of the axes that it stands for.
void FunctionGen::checkMask(const IndexArray &index, const typed::Gather &expr,
                            Value base) {
  Location loc = locations(index.range);
  for (auto [i, dim] : llvm::enumerate(index.mask->type.shape)) {
    const Dim &wanted = expr.base->type.shape[index.axis + i];
    if (isSame(dim, wanted))
      continue;
    Value size = sizeOf(loc, base, index.axis + i, wanted);
    Value own = sizeOf(loc, genOne(index.mask), i, dim);
    requireEqual(loc, own, size, ErrorKind::Index,
                 "boolean index did not match indexed array along axis " +
                     Twine(index.reportedAxis + i) +
                     "; size of axis is %0 but size of corresponding boolean "
                     "axis is %1",
                 {size, own});
  }
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

FunctionGen::Gathered FunctionGen::genGathered(const typed::Gather &expr) {
  Gathered result;
  result.base = genOne(expr.base);
  SmallVector<Operand> operands;
  for (const IndexArray &index : expr.indices) {
    Location loc = locations(index.range);
    const Type &type = index.positions->type;
    Values arrays = gen(index.positions);
    const Type &first = type.isTuple() ? type.elements[0] : type;
    if (index.mask) {
      checkMask(index, expr, result.base);
    } else {
      Value size = sizeOf(loc, result.base, index.axis,
                          expr.base->type.shape[index.axis]);
      checkPositions(loc, arrays[0], first, size, index.reportedAxis);
    }
    for (auto [i, array] : llvm::enumerate(arrays)) {
      // The arrays of a mask have one size.
      Value positions = castShape(loc, array, getDims(arrays[0].getType()));
      operands.push_back({positions, &first});
      result.axes.push_back(index.axis + i);
    }
  }
  Location loc = locations(expr.range);
  result.sizes = broadcastTogether(
      loc, operands, expr.spaceType(), ErrorKind::Index,
      "shape mismatch: indexing arrays could not be broadcast together");
  // Axes that are missing, or of the literal size 1, are repeated.
  SmallVector<mlir::Attribute> dims = dimAttrs(expr.spaceType().shape);
  for (const Operand &operand : operands) {
    Value array = operand.value;
    if (getDims(array.getType()) != ArrayRef(dims))
      array = BroadcastOp::create(
          builder, loc, cloneWith(array.getType(), dims), array, result.sizes);
    result.positions.push_back(array);
  }
  return result;
}

Value FunctionGen::gather(Location loc, const typed::Gather &expr,
                          const Gathered &at) {
  return GatherOp::create(builder, loc, arrayType(expr.type),
                          asValue(loc, at.base), at.positions, at.axes,
                          expr.position);
}

Value FunctionGen::genGather(const typed::Gather &expr) {
  return gather(locations(expr.range), expr, genGathered(expr));
}

//===----------------------------------------------------------------------===//
// Storing
//===----------------------------------------------------------------------===//

void FunctionGen::scatter(Location loc, const typed::Gather &expr,
                          const Gathered &at, Operand value, Combine combine) {
  Value zero = constIndex(loc, 0), one = constIndex(loc, 1);
  unsigned rank = expr.type.rank(), baseRank = expr.base->type.rank();
  unsigned spaceRank = at.sizes.size();
  ArrayRef<mlir::Attribute> baseDims = getDims(at.base.getType());
  SmallVector<Value> lengths; // of the base
  SmallVector<mlir::Attribute> restDims;
  SmallVector<Value> restSizes;
  for (auto [axis, dim] : llvm::enumerate(expr.base->type.shape)) {
    bool isGathered = llvm::is_contained(at.axes, int64_t(axis));
    lengths.push_back(isGathered ? one : sizeOf(loc, at.base, axis, dim));
    if (!isGathered) {
      restDims.push_back(baseDims[axis]);
      restSizes.push_back(lengths.back());
    }
  }
  // What is stored, as memory of its own: it is complete before the first
  // store.
  SmallVector<Value> sizes(restSizes);
  sizes.insert(sizes.begin() + expr.position, at.sizes.begin(), at.sizes.end());
  bool isArray = value.type->isArray();
  Value source = value.value;
  if (isArray)
    source = broadcastTo(loc, {asPlace(loc, asValue(loc, source)), value.type},
                         sizes, expr);
  SmallVector<Value> positions;
  for (Value array : at.positions)
    positions.push_back(asPlace(loc, array));

  OpBuilder::InsertionGuard guard(builder);
  SmallVector<Value> ivs;
  for (Value size : at.sizes) {
    auto loop = scf::ForOp::create(builder, loc, zero, size, one);
    builder.setInsertionPointToStart(loop.getBody());
    ivs.push_back(loop.getInductionVar());
  }
  SmallVector<Value> offsets(baseRank, zero);
  for (auto [array, axis] : llvm::zip(positions, at.axes)) {
    Value given =
        LoadOp::create(builder, loc, builder.getI64Type(), array, ivs);
    given =
        arith::IndexCastOp::create(builder, loc, builder.getIndexType(), given);
    Value size = DimOp::create(builder, loc, at.base, axis);
    Value isFromEnd = compare(loc, arith::CmpIPredicate::slt, given, zero);
    offsets[axis] = arith::SelectOp::create(
        builder, loc, isFromEnd,
        arith::AddIOp::create(builder, loc, given, size), given);
  }
  mlir::Type element = arr::getElementTypeOrSelf(at.base.getType());
  mlir::Type given = arr::getElementTypeOrSelf(source.getType());
  if (restDims.empty()) {
    if (isArray)
      source = LoadOp::create(builder, loc, given, source, ivs);
    if (combine)
      source = combine(LoadOp::create(builder, loc, element, at.base, offsets),
                       source);
    StoreOp::create(builder, loc, source, at.base, offsets);
    return;
  }
  SmallVector<Value> steps(baseRank, one);
  Value part =
      SliceOp::create(builder, loc, PlaceType::get(context, restDims, element),
                      at.base, offsets, lengths, steps, at.axes);
  auto valueType = ArrayType::get(context, restDims, given);
  if (isArray) {
    SmallVector<Value> starts(rank, zero), counts(sizes), strides(rank, one);
    SmallVector<int64_t> dropped;
    for (unsigned i = 0; i < spaceRank; ++i) {
      starts[expr.position + i] = ivs[i];
      counts[expr.position + i] = one;
      dropped.push_back(expr.position + i);
    }
    Value own =
        SliceOp::create(builder, loc, PlaceType::get(context, restDims, given),
                        source, starts, counts, strides, dropped);
    source = ReadOp::create(builder, loc, valueType, own);
  } else {
    source = FillOp::create(builder, loc, valueType, source, restSizes);
  }
  if (combine)
    source = combine(asValue(loc, part), source);
  WriteOp::create(builder, loc, source, part);
}

/// The value with the shape of what is stored into; see broadcastInto.
Value FunctionGen::broadcastTo(Location loc, Operand value,
                               ArrayRef<Value> sizes,
                               const typed::Gather &target) {
  bool isMasked = target.indices.size() == 1 && target.indices[0].mask &&
                  target.type.rank() == 1 && value.type->rank() == 1;
  if (isMasked && !value.type->shape[0].isOne() &&
      !isSame(value.type->shape[0], target.type.shape[0])) {
    Value count = sizeOf(loc, value.value, 0, value.type->shape[0]);
    Value isOne =
        compare(loc, arith::CmpIPredicate::eq, count, constIndex(loc, 1));
    Value isEqual = compare(loc, arith::CmpIPredicate::eq, count, sizes[0]);
    require(loc, arith::OrIOp::create(builder, loc, isOne, isEqual),
            ErrorKind::Shape,
            "NumPy boolean array indexing assignment cannot assign %0 input "
            "values to the %1 output values where the mask is true",
            {count, sizes[0]});
  }
  bool stretches =
      checkFits(loc, value, sizes, target.type,
                {"shape mismatch: value array of shape ",
                 " could not be broadcast to indexing result of shape "});
  SmallVector<mlir::Attribute> dims = dimAttrs(target.type.shape);
  if (stretches)
    return BroadcastOp::create(builder, loc,
                               cloneWith(value.value.getType(), dims),
                               value.value, sizes);
  return castShape(loc, value.value, dims);
}

void FunctionGen::updateGathered(const typed::Update &stmt,
                                 const typed::Gather &target) {
  Location loc = locations(stmt.range);
  StringRef name = typed::opName(stmt.ufunc);
  Gathered at = genGathered(target);
  Value old;
  if (!stmt.isRepeated)
    old = castTo(loc, gather(loc, target, at), target.type, stmt.computeDType);
  Operand value{genOne(stmt.value), &stmt.value->type};
  if (stmt.ufunc == typed::Ufunc::Power)
    checkPower(loc, value);
  DType dtype = target.type.dtype;
  auto combine = [&](Value present, Value with) {
    bool isArray = isa<ArrayType>(present.getType());
    const Type &type = isArray ? target.type : Type::scalar(stmt.computeDType);
    present = castTo(loc, present, type, stmt.computeDType);
    Value result = ufunc(loc, name, present.getType(), {present, with});
    return castTo(loc, result, type, dtype);
  };
  if (stmt.isRepeated)
    return scatter(loc, target, at, value, combine);
  if (value.type->isArray()) {
    SmallVector<Value> sizes;
    for (unsigned axis = 0; axis < target.type.rank(); ++axis)
      sizes.push_back(DimOp::create(builder, loc, old, axis));
    value.value = asValue(loc, value.value);
    value.value = broadcastTo(loc, value, sizes, target);
  }
  Value result = ufunc(loc, name, old.getType(), {old, value.value});
  scatter(loc, target, at,
          {castTo(loc, result, target.type, dtype), &target.type}, nullptr);
}

} // namespace arr
