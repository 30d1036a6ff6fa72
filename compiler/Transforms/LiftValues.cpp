//===- LiftValues.cpp - Elementwise functions of a nest -------------------===//
//
// What differs between iterations gets an axis for each level that it depends
// on; functions of several such values broadcast.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/LiftNest.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace arr;

/// The ufunc that does on arrays what an op of arith does; empty if none does.
static StringRef getUfunc(Operation *op) {
  if (op->hasTrait<Ufunc>())
    return op->getName().getStringRef();
  bool isBool = op->getResult(0).getType().isInteger(1);
  if (isa<arith::SelectOp>(op))
    return "arr.where";
  if (isa<arith::AndIOp>(op))
    return isBool ? "arr.logical_and" : "arr.bitwise_and";
  if (isa<arith::OrIOp>(op))
    return isBool ? "arr.logical_or" : "arr.bitwise_or";
  if (isa<arith::XOrIOp>(op))
    return isBool ? "arr.logical_xor" : "arr.bitwise_xor";
  if (auto compare = dyn_cast<arith::CmpIOp>(op)) {
    if (compare.getLhs().getType().isInteger(1))
      return "";
    switch (compare.getPredicate()) {
    case arith::CmpIPredicate::eq:
      return "arr.equal";
    case arith::CmpIPredicate::ne:
      return "arr.not_equal";
    case arith::CmpIPredicate::slt:
      return "arr.less";
    case arith::CmpIPredicate::sle:
      return "arr.less_equal";
    case arith::CmpIPredicate::sgt:
      return "arr.greater";
    case arith::CmpIPredicate::sge:
      return "arr.greater_equal";
    default:
      return "";
    }
  }
  if (isBool)
    return "";
  if (isa<arith::AddIOp>(op))
    return "arr.add";
  if (isa<arith::SubIOp>(op))
    return "arr.subtract";
  if (isa<arith::MulIOp>(op))
    return "arr.multiply";
  if (isa<arith::MaxSIOp>(op))
    return "arr.maximum";
  if (isa<arith::MinSIOp>(op))
    return "arr.minimum";
  return "";
}

Lifter::Result Lifter::liftScalar(Operation *op) {
  if (Result affine = liftAffine(op))
    return affine;
  SmallVector<Lifted> operands;
  for (Value operand : op->getOperands())
    operands.push_back(get(operand));
  // Positions as values are 64-bit integers.
  if (isa<arith::IndexCastOp>(op) && operands[0].isValue() &&
      !operands[0].isScalar())
    return operands[0];
  StringRef name = getUfunc(op);
  if (name.empty())
    return std::nullopt;
  if (llvm::any_of(operands, [](const Lifted &operand) {
        return operand.partial || operand.comparison;
      }))
    return liftTotal(op, operands);
  Type elementType = arr::getElementTypeOrSelf(op->getResult(0).getType());
  return emit(name, operands, elementType,
              op->hasTrait<Ufunc>() ? op->getAttrs()
                                    : ArrayRef<NamedAttribute>());
}

Lifted Lifter::asValue(const Lifted &lifted) {
  if (lifted.isScalar() && lifted.value.getType().isIndex()) {
    Lifted integer;
    integer.value = arith::IndexCastOp::create(
        builder, loc, builder.getI64Type(), lifted.value);
    return integer;
  }
  if (!lifted.affine)
    return lifted;
  auto toInteger = [&](Value index) -> Value {
    return arith::IndexCastOp::create(builder, loc, builder.getI64Type(),
                                      index);
  };
  Value start = toInteger(getIndex(*lifted.affine));
  Lifted sum;
  for (auto [level, step] : lifted.affine->steps) {
    Value distance = arith::ConstantOp::create(builder, loc,
                                               builder.getI64IntegerAttr(step));
    Lifted range;
    range.dims = {level};
    range.value = ArangeOp::create(
        builder, loc,
        ArrayType::get(context, levels[level].dim, builder.getI64Type()), start,
        distance, levels[level].count);
    sum = sum.value ? *emit("arr.add", {sum, range}, builder.getI64Type())
                    : range;
    start =
        arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(0));
  }
  if (!sum.value)
    sum.value = start;
  return sum;
}

Lifter::Result Lifter::emit(StringRef name, ArrayRef<Lifted> operands,
                            Type elementType,
                            ArrayRef<NamedAttribute> attributes) {
  SmallVector<Lifted> values;
  llvm::SmallSetVector<unsigned, 4> all;
  unsigned ownRank = 0;
  bool hasArray = false;
  for (const Lifted &operand : operands) {
    values.push_back(asValue(operand));
    if (!values.back().isValue())
      return std::nullopt;
    if (values.back().isScalar())
      continue;
    hasArray = true;
    all.insert(values.back().dims.begin(), values.back().dims.end());
    ownRank = std::max(ownRank, values.back().getOwnRank());
  }
  if (elementType.isIndex())
    elementType = builder.getI64Type();
  Lifted result;
  result.dims.assign(all.begin(), all.end());
  llvm::sort(result.dims);
  SmallVector<Value> arguments;
  Attribute one = arr::getStaticDim(context, 1);
  SmallVector<Attribute> dims(result.dims.size() + ownRank, one);
  for (const Lifted &value : values) {
    if (value.isScalar()) {
      arguments.push_back(value.value);
      continue;
    }
    // What is needed many times may be computed once, into memory.
    if (value.dims.size() < result.dims.size())
      stored.push_back(getLoops(value.dims));
    arguments.push_back(align(value, result.dims, ownRank));
    for (auto [dim, own] :
         llvm::zip(dims, arr::getDims(arguments.back().getType())))
      if (dim == one)
        dim = own;
  }
  Type type =
      hasArray ? Type(ArrayType::get(context, dims, elementType)) : elementType;
  OperationState state(loc, name, arguments, type, attributes);
  result.value = builder.create(state)->getResult(0);
  if (hasArray)
    emitted.push_back({result.value, getLoops(result.dims)});
  return result;
}

Value Lifter::align(const Lifted &lifted, ArrayRef<unsigned> dims,
                    unsigned ownRank) {
  SmallVector<int64_t> axes;
  SmallVector<Attribute> types;
  ArrayRef<Attribute> own = arr::getDims(lifted.value.getType());
  Attribute one = arr::getStaticDim(context, 1);
  auto addOne = [&] {
    axes.push_back(types.size());
    types.push_back(one);
  };
  for (unsigned dim : dims) {
    if (!llvm::is_contained(lifted.dims, dim)) {
      addOne();
      continue;
    }
    types.push_back(own.front());
    own = own.drop_front();
  }
  for (unsigned i = own.size(); i < ownRank; ++i)
    addOne();
  llvm::append_range(types, own);
  if (axes.empty())
    return lifted.value;
  Type type = ArrayType::get(context, types,
                             arr::getElementTypeOrSelf(lifted.value.getType()));
  return ExpandDimsOp::create(builder, loc, type, lifted.value, axes);
}

Value Lifter::spread(const Lifted &lifted, ArrayRef<unsigned> dims) {
  SmallVector<Value> sizes;
  SmallVector<Attribute> names;
  SmallVector<unsigned, 4> missing;
  for (unsigned dim : dims)
    if (!llvm::is_contained(lifted.dims, dim)) {
      missing.push_back(dim);
      sizes.push_back(levels[dim].count);
      names.push_back(levels[dim].dim);
    }
  if (missing.empty())
    return lifted.value;
  auto fill = [&](Value scalar) -> Value {
    return FillOp::create(builder, loc,
                          ArrayType::get(context, names, scalar.getType()),
                          scalar, sizes);
  };
  if (lifted.isScalar())
    return fill(lifted.value);
  // A choice between equal values that has all axes; it is folded away.
  Lifted always;
  always.value =
      fill(arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true)));
  always.dims = missing;
  return emit("arr.where", {always, lifted, lifted},
              arr::getElementTypeOrSelf(lifted.value.getType()))
      ->value;
}

Value Lifter::permute(Value array, ArrayRef<int64_t> permutation) {
  if (llvm::is_sorted(permutation))
    return array;
  ArrayRef<Attribute> dims = arr::getDims(array.getType());
  SmallVector<Attribute> permuted;
  for (int64_t axis : permutation)
    permuted.push_back(dims[axis]);
  return TransposeOp::create(builder, loc,
                             arr::cloneWith(array.getType(), permuted), array,
                             permutation);
}

/// Moves the axes of what an iteration has; those of the levels stay in front.
Lifter::Result Lifter::liftMovement(Operation *op, const Lifted &source) {
  if (!source.isValue())
    return std::nullopt;
  unsigned lead = source.dims.size();
  SmallVector<Attribute> dims(
      arr::getDims(source.value.getType()).take_front(lead));
  llvm::append_range(dims, arr::getDims(op->getResult(0).getType()));
  Type type = arr::cloneWith(source.value.getType(), dims);
  SmallVector<int64_t> axes;
  auto shift = [&](ArrayRef<int64_t> own) {
    for (int64_t axis : own)
      axes.push_back(axis + lead);
    return ArrayRef<int64_t>(axes);
  };
  Lifted result;
  result.dims = source.dims;
  if (auto transpose = dyn_cast<TransposeOp>(op)) {
    llvm::append_range(axes, llvm::seq<int64_t>(0, lead));
    result.value = TransposeOp::create(builder, loc, type, source.value,
                                       shift(transpose.getPermutation()));
  } else if (auto expand = dyn_cast<ExpandDimsOp>(op)) {
    result.value = ExpandDimsOp::create(builder, loc, type, source.value,
                                        shift(expand.getAxes()));
  } else {
    result.value = CastShapeOp::create(builder, loc, type, source.value);
  }
  return result;
}

/// A reduction of what an iteration has: its axes come after the levels'.
Lifter::Result Lifter::liftReduce(ReduceOp op) {
  Lifted operand = get(op.getOperand());
  if (!operand.isValue() || operand.isScalar())
    return std::nullopt;
  SmallVector<int64_t> axes;
  for (int64_t axis : op.getAxes())
    axes.push_back(axis + operand.dims.size());
  SmallVector<Attribute> dims(
      arr::getDims(operand.value.getType()).take_front(operand.dims.size()));
  llvm::append_range(dims, arr::getDims(op.getType()));
  Lifted result;
  result.dims = operand.dims;
  result.value = ReduceOp::create(
      builder, loc,
      ArrayType::get(context, dims, arr::getElementTypeOrSelf(op.getType())),
      op.getKind(), operand.value, axes, op.getKeepdims());
  stored.push_back(getLoops(result.dims));
  return result;
}
