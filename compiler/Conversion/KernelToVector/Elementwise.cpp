//===- Elementwise.cpp - Kernels without reduction dims -------------------===//
//
// The kernel's body becomes a function over a tile: rows of elements that lie
// one after the other (of an input also one that is the same all along a row).
// Everything else is done by the runtime library, in the same way for all
// kernels (runtime/core/nest.c): dims are ordered and merged, cut into tiles,
// shared among threads; operands of other layouts are copied, tile by tile. So
// the body is there at most twice, for whole vectors and under a mask.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Elementwise.h"
#include "compiler/Conversion/KernelToVector/Accumulate.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace arr;

namespace {

/// Words of arr_tile and arr_tile_operand (runtime/include/arr/codegen.h).
enum { RowsWord, ColumnsWord, NestWord, NumTileWords };
enum { PointerWord, RowStepWord, ColumnStepWord, NumOperandWords };

/// An operand of the kernel as the body sees it.
struct Leaf {
  Type elementType; // null for an index
  bool isScalar;    // the same element for all points
  bool isUnit;      // one element after the other, never the same one
  Value pointer = {}, rowStep = {}, columnStep = {};
  Value row = {}; // at the current row
  // The row's first element in all lanes; where to load others.
  Value first = {}, isMoving = {};
};

class ElementwiseLowering {
public:
  ElementwiseLowering(KernelOp kernel, const Target &target)
      : kernel(kernel), target(target), body(kernel.getFinish().front()) {
    collectLeaves();
    width = getWidth();
  }

  void run(FunctionPool &functions, StringRef name);

private:
  void collectLeaves();
  unsigned getWidth();
  double getCostOfPoint();
  bool isLong() { return !llvm::hasNItemsOrLess(body, 24); }
  void emitBody(Emitter &emit, Value tile, const KernelContext &context);
  void loadLeaf(Emitter &emit, Leaf &leaf, Value tile, unsigned number);
  void moveToRow(Emitter &emit, Leaf &leaf, Value row);
  void emitStep(Emitter &emit, const Captured &captured, Value position,
                Lanes lanes);
  Value getLane(Emitter &emit, const Leaf &leaf, Value position, Lanes lanes);

  KernelOp kernel;
  const Target &target;
  Block &body;
  unsigned width;
  SmallVector<Leaf> outputs, inputs, indices;
  SmallVector<unsigned> usedInputs, indexedDims;
};

} // namespace

/// A memref that is contiguous and whose map moves with every dim has no step
/// of 0 in any.
static bool isNeverRepeated(MemRefType type, AffineMap map) {
  return type.getLayout().isIdentity() && map.isPermutation();
}

void ElementwiseLowering::collectLeaves() {
  for (Value output : kernel.getOutputs())
    outputs.push_back(
        {cast<MemRefType>(output.getType()).getElementType(), false, true});
  for (unsigned i = 0; i < kernel.getInputs().size(); ++i) {
    if (body.getArgument(i).use_empty())
      continue;
    auto type = cast<MemRefType>(kernel.getInputs()[i].getType());
    AffineMap map = kernel.getInputMap(i);
    usedInputs.push_back(i);
    inputs.push_back(
        {type.getElementType(), map.isConstant(), isNeverRepeated(type, map)});
  }
  kernel.getFinish().walk([&](IterationIndexOp op) {
    if (llvm::is_contained(indexedDims, op.getDim()))
      return;
    indexedDims.push_back(op.getDim());
    indices.push_back({Type(), false, false});
  });
}

unsigned ElementwiseLowering::getWidth() {
  if (!isVectorisable(kernel.getFinish()))
    return 1;
  unsigned widest = getWidestType(kernel.getFinish());
  for (const Leaf &output : outputs)
    widest = std::max(widest, 8 * getByteSize(output.elementType));
  return target.getWidth(widest);
}

double ElementwiseLowering::getCostOfPoint() {
  double cost = 0.5;
  for (Operation &op : body)
    cost += isa<math::MathDialect>(op.getDialect()) ? 6 : 0.3;
  return cost / width + 0.1;
}

//===----------------------------------------------------------------------===//
// The body
//===----------------------------------------------------------------------===//

void ElementwiseLowering::loadLeaf(Emitter &emit, Leaf &leaf, Value tile,
                                   unsigned number) {
  OpBuilder &b = emit.builder;
  unsigned word = NumTileWords + number * NumOperandWords;
  Type integer = b.getI64Type();
  leaf.pointer = loadWord(emit, tile, word + PointerWord,
                          leaf.elementType ? Type(getPointerType(b)) : integer);
  if (leaf.isScalar) {
    leaf.first = loadScalar(emit, leaf.elementType, leaf.pointer);
    return;
  }
  leaf.rowStep = loadWord(emit, tile, word + RowStepWord, integer);
  leaf.columnStep = loadWord(emit, tile, word + ColumnStepWord, integer);
  if (leaf.elementType && !leaf.isUnit && target.hasGather() && width > 1)
    leaf.isMoving = splat(
        emit,
        emit.compare(arith::CmpIPredicate::ne, leaf.columnStep, emit.i64(0)),
        width);
}

void ElementwiseLowering::moveToRow(Emitter &emit, Leaf &leaf, Value row) {
  if (leaf.isScalar)
    return;
  Value offset = emit.mul(row, leaf.rowStep);
  leaf.row = leaf.elementType ? advanceBytes(emit, leaf.pointer, offset)
                              : emit.add(leaf.pointer, offset);
  // What is the same for all lanes is loaded once: no output overlaps it.
  if (leaf.isMoving)
    leaf.first =
        splat(emit, loadScalar(emit, leaf.elementType, leaf.row), width);
}

Value ElementwiseLowering::getLane(Emitter &emit, const Leaf &leaf,
                                   Value position, Lanes lanes) {
  OpBuilder &b = emit.builder;
  if (leaf.isScalar)
    return leaf.first;
  if (leaf.elementType) {
    if (width == 1) // the step may be 0
      return loadScalar(
          emit, leaf.elementType,
          advanceBytes(emit, leaf.row, emit.mul(position, leaf.columnStep)));
    Value pointer = advance(emit, leaf.row, leaf.elementType, position);
    if (leaf.isMoving)
      return loadWhere(emit, leaf.isMoving, leaf.first, pointer, lanes);
    return loadLanes(emit, leaf.elementType, pointer, lanes);
  }
  Value value = emit.add(leaf.row, emit.mul(position, leaf.columnStep));
  if (width > 1) {
    Value steps = arith::MulIOp::create(b, emit.loc,
                                        makeIota(emit, b.getI64Type(), width),
                                        splat(emit, leaf.columnStep, width));
    value =
        arith::AddIOp::create(b, emit.loc, splat(emit, value, width), steps);
  }
  return arith::IndexCastOp::create(b, emit.loc,
                                    arr::lanes(b.getIndexType(), width), value);
}

/// The elements of one vector from `position` of the row on.
void ElementwiseLowering::emitStep(Emitter &emit, const Captured &captured,
                                   Value position, Lanes lanes) {
  auto find = [&](Value value) -> const Leaf & {
    if (auto index = value.getDefiningOp<IterationIndexOp>())
      return indices[llvm::find(indexedDims, index.getDim()) -
                     indexedDims.begin()];
    unsigned input = cast<BlockArgument>(value).getArgNumber();
    return inputs[llvm::find(usedInputs, input) - usedInputs.begin()];
  };
  LaneCloner cloner(
      emit, body, width,
      [&](Value value, unsigned, unsigned) {
        return getLane(emit, find(value), position, lanes);
      },
      [&](Value value) { return Varies{false, !find(value).isScalar}; },
      captured);
  // All elements are computed before the first is stored: an output may also be
  // an input.
  SmallVector<Value> results;
  for (Value yielded : body.getTerminator()->getOperands())
    results.push_back(cloner.getLanes(yielded, 0, 0));
  for (auto [leaf, result] : llvm::zip(outputs, results))
    storeLanes(emit, result,
               advance(emit, leaf.row, leaf.elementType, position), lanes);
}

void ElementwiseLowering::emitBody(Emitter &emit, Value tile,
                                   const KernelContext &context) {
  OpBuilder &b = emit.builder;
  Value rows = loadWord(emit, tile, RowsWord, b.getI64Type());
  Value columns = loadWord(emit, tile, ColumnsWord, b.getI64Type());
  Captured captured =
      context.load(emit, loadWord(emit, tile, NestWord, getPointerType(b)));
  unsigned number = 0;
  for (auto *leaves : {&outputs, &inputs, &indices})
    for (Leaf &leaf : *leaves)
      loadLeaf(emit, leaf, tile, number++);

  Value zero = emit.i64(0), step = emit.i64(width);
  emit.loop(zero, rows, emit.i64(1), [&](Value row) {
    for (auto *leaves : {&outputs, &inputs, &indices})
      for (Leaf &leaf : *leaves)
        moveToRow(emit, leaf, row);
    // A mask costs little beside a long body.
    Value whole = zero;
    if (width == 1)
      whole = columns;
    else if (!isLong())
      whole = emit.sub(columns, emit.rem(columns, step));
    if (whole != zero)
      emit.loop(zero, whole, step, [&](Value position) {
        emitStep(emit, captured, position, {width, {}, {}});
      });
    if (width > 1)
      emit.loop(whole, columns, step, [&](Value position) {
        emitStep(emit, captured, position,
                 makeLanes(emit, width, emit.sub(columns, position)));
      });
  });
}

//===----------------------------------------------------------------------===//
// The call
//===----------------------------------------------------------------------===//

void ElementwiseLowering::run(FunctionPool &functions, StringRef name) {
  OpBuilder b(kernel);
  auto caller = kernel->getParentOfType<func::FuncOp>();
  Emitter emit{b, kernel.getLoc(), &caller.getBody().front()};
  unsigned rank = kernel.getNumDims();
  SmallVector<Operand> operands;
  SmallVector<char> itemSizes;
  for (auto [i, output] : llvm::enumerate(kernel.getOutputs())) {
    operands.push_back(makeOperand(emit, output, kernel.getOutputMap(i)));
    itemSizes.push_back(getByteSize(outputs[i].elementType));
  }
  for (auto [i, input] : llvm::enumerate(usedInputs)) {
    operands.push_back(makeOperand(emit, kernel.getInputs()[input],
                                   kernel.getInputMap(input)));
    itemSizes.push_back(
        inputs[i].isScalar ? 0 : getByteSize(inputs[i].elementType));
  }
  for (unsigned dim : indexedDims) {
    operands.push_back(makeIndexOperand(emit, dim, rank));
    itemSizes.push_back(0);
  }
  SmallVector<Value> words;
  for (Value size : kernel.getSizes())
    words.push_back(emit.toI64(size));
  for (const Operand &operand : operands)
    llvm::append_range(words, operand.strides);
  for (const Operand &operand : operands)
    words.push_back(operand.pointer);

  KernelContext context(kernel, words.size());
  auto function = functions.get(kernel.getLoc(), name, {getPointerType(b)},
                                [&](Emitter &emit, Block &entry) {
                                  emitBody(emit, entry.getArgument(0), context);
                                });
  bool expands = !target.hasGather() && width > 1;
  Value cost = arith::ConstantOp::create(b, emit.loc,
                                         b.getF64FloatAttr(getCostOfPoint()));
  callRuntime(emit, functions.getModule(), "arr_run_nest", Type(),
              {FunctionPool::getAddress(emit, function), cost, emit.i64(rank),
               emit.i64(outputs.size()), functions.getBytes(emit, itemSizes),
               emit.i64(operands.size()),
               arith::ConstantIntOp::create(b, emit.loc, expands, 32),
               context.fill(emit, words)});
}

void arr::lowerElementwise(KernelOp kernel, const Target &target,
                           FunctionPool &functions, StringRef name) {
  ElementwiseLowering(kernel, target).run(functions, name);
  kernel.erase();
}
