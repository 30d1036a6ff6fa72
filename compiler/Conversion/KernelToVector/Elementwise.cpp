//===- Elementwise.cpp - Kernels without reduction dims -------------------===//
//
// The launcher lets the runtime order and merge the dims (arr_plan_nest); an
// iteration index takes part as an operand that is its own address. The worker
// walks over chunks of the innermost dim in one of two versions: output one
// element after the other and inputs so or constant, or any strides.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Elementwise.h"
#include "compiler/Conversion/KernelToVector/Accumulate.h"
#include "compiler/Conversion/KernelToVector/Memory.h"
#include "compiler/Conversion/KernelToVector/Outline.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace arr;

namespace {

const int64_t chunkLength = 4096;
/// Short, so that what a strided operand touches stays in the cache until the
/// next rows use the rest of it.
const int64_t stridedChunkLength = 64;

/// The dims whose iteration index the kernel asks for.
SmallVector<unsigned> getIndexedDims(KernelOp kernel) {
  SmallVector<unsigned> dims;
  kernel.getFinish().walk([&](IterationIndexOp op) {
    if (!llvm::is_contained(dims, op.getDim()))
      dims.push_back(op.getDim());
  });
  return dims;
}

class ElementwiseWriter {
public:
  ElementwiseWriter(KernelOp kernel, const Target &target, Emitter &emit,
                    const Nest &nest, ArrayRef<unsigned> indexedDims)
      : kernel(kernel), target(target), emit(emit), nest(nest),
        indexedDims(indexedDims), width(getWidth()) {}

  Value countItems() {
    computeCounts();
    return emit.mul(outer, chunks);
  }
  double getCostOfPoint();
  void emitWorker(const WorkRange &range);

private:
  unsigned getWidth();
  unsigned getUnroll();
  void computeCounts();
  Value getInnerStride(const Operand &operand) {
    return operand.strides.back();
  }
  void emitChunk(ArrayRef<Value> pointers, Value begin, Value end,
                 bool isRegular);
  void emitStep(ArrayRef<Value> pointers, ArrayRef<Value> firsts, Value begin,
                Value position, unsigned unroll, Value end, bool isRegular);
  Value loadInput(unsigned input, Value pointer, Value first, Lanes lanes,
                  bool isRegular);

  KernelOp kernel;
  const Target &target;
  Emitter &emit;
  const Nest &nest;
  ArrayRef<unsigned> indexedDims;
  unsigned width;
  Value outer, chunk, chunks, isRegular;
};

} // namespace

unsigned ElementwiseWriter::getWidth() {
  if (!isVectorisable(kernel.getFinish()))
    return 1;
  unsigned widest = getWidestType(kernel.getFinish());
  for (Value output : kernel.getOutputs())
    widest = std::max(
        widest,
        8 * getByteSize(cast<MemRefType>(output.getType()).getElementType()));
  return target.getWidth(widest);
}

/// Several vectors at a time where there is little to do for one.
unsigned ElementwiseWriter::getUnroll() {
  return llvm::hasNItemsOrLess(kernel.getFinish().front(), 8) ? 4 : 1;
}

double ElementwiseWriter::getCostOfPoint() {
  double cost = 0.5;
  for (Operation &op : kernel.getFinish().front())
    cost += isa<math::MathDialect>(op.getDialect()) ? 6 : 0.3;
  return cost / width + 0.1;
}

void ElementwiseWriter::computeCounts() {
  Value one = emit.i64(1);
  outer = one;
  for (Value size : ArrayRef<Value>(nest.sizes).drop_back())
    outer = emit.mul(outer, size);
  // Strides 0 and 1 are those below 2 as unsigned numbers.
  isRegular = emit.boolean(true);
  for (const Operand &operand : nest.outputs)
    isRegular = emit.both(isRegular, emit.equal(getInnerStride(operand), one));
  for (const Operand &operand :
       ArrayRef<Operand>(nest.inputs).take_front(kernel.getInputs().size())) {
    // Without masked loads there is only the stride 1.
    Value fits = target.hasGather()
                     ? emit.compare(arith::CmpIPredicate::ult,
                                    getInnerStride(operand), emit.i64(2))
                     : emit.equal(getInnerStride(operand), one);
    isRegular = emit.both(isRegular, fits);
  }
  Value isBlocked = emit.both(emit.equal(isRegular, emit.boolean(false)),
                              emit.less(one, outer));
  chunk = emit.select(isBlocked, emit.i64(stridedChunkLength),
                      emit.i64(chunkLength));
  chunks = emit.ceilDiv(nest.sizes.back(), chunk);
}

void ElementwiseWriter::emitWorker(const WorkRange &range) {
  computeCounts();
  OpBuilder &b = emit.builder;
  emit.loop(range.begin, range.end, emit.i64(1), [&](Value item) {
    // Regular: all chunks of a row, then the next row. Else all rows of a
    // chunk.
    Value divisor = emit.select(isRegular, chunks, outer);
    Value quotient = emit.div(item, divisor), rest = emit.rem(item, divisor);
    Value row = emit.select(isRegular, quotient, rest);
    Value begin = emit.mul(emit.select(isRegular, rest, quotient), chunk);
    Value end = emit.min(nest.sizes.back(), emit.add(begin, chunk));

    SmallVector<Value> positions(nest.sizes.size() - 1);
    for (unsigned dim = positions.size(); dim-- > 0;) {
      positions[dim] = dim ? emit.rem(row, nest.sizes[dim]) : row;
      row = dim ? emit.div(row, nest.sizes[dim]) : row;
    }
    SmallVector<Value> pointers;
    auto move = [&](const Operand &operand) {
      Value offset = emit.mul(begin, getInnerStride(operand));
      for (auto [dim, position] : llvm::enumerate(positions))
        offset = emit.add(offset, emit.mul(position, operand.strides[dim]));
      // An iteration index is its own address.
      pointers.push_back(operand.pointer ? advance(emit, operand.pointer,
                                                   operand.elementType, offset)
                                         : offset);
    };
    llvm::for_each(nest.inputs, move);
    llvm::for_each(nest.outputs, move);
    scf::IfOp::create(
        b, emit.loc, isRegular,
        [&](OpBuilder &, Location) {
          emitChunk(pointers, begin, end, true);
          scf::YieldOp::create(b, emit.loc);
        },
        [&](OpBuilder &, Location) {
          emitChunk(pointers, begin, end, false);
          scf::YieldOp::create(b, emit.loc);
        });
  });
}

void ElementwiseWriter::emitChunk(ArrayRef<Value> pointers, Value begin,
                                  Value end, bool isRegular) {
  unsigned unroll = isRegular ? getUnroll() : 1;
  // What is the same for all lanes is loaded once: no output overlaps it.
  SmallVector<Value> firsts;
  for (unsigned i = 0; i < kernel.getInputs().size(); ++i) {
    Block &body = kernel.getFinish().front();
    bool isUsed = !body.getArgument(i).use_empty();
    bool isHoisted = isUsed && width > 1 && isRegular && target.hasGather();
    firsts.push_back(
        isHoisted
            ? splat(emit,
                    loadScalar(emit, nest.inputs[i].elementType, pointers[i]),
                    width)
            : Value());
  }
  Value step = emit.i64(int64_t(width) * unroll);
  Value whole = emit.mul(emit.div(emit.sub(end, begin), step), step);
  Value middle = emit.add(begin, whole);
  emit.loop(begin, middle, step, [&](Value position) {
    emitStep(pointers, firsts, begin, position, unroll, {}, isRegular);
  });
  if (width * unroll > 1)
    emit.loop(middle, end, emit.i64(width), [&](Value position) {
      emitStep(pointers, firsts, begin, position, 1, end, isRegular);
    });
}

Value ElementwiseWriter::loadInput(unsigned input, Value pointer, Value first,
                                   Lanes lanes, bool isRegular) {
  OpBuilder &b = emit.builder;
  const Operand &operand = nest.inputs[input];
  Value stride = getInnerStride(operand);
  if (width == 1)
    return loadScalar(emit, operand.elementType, pointer);
  auto unit = [&] {
    return loadLanes(emit, operand.elementType, pointer, lanes, Access::Unit,
                     stride, target.hasGather());
  };
  if (isRegular) {
    if (!first || Emitter::isConstant(stride, 1))
      return unit();
    return loadUnitOrZero(emit, first, pointer, lanes, stride);
  }
  auto result = scf::IfOp::create(
      b, emit.loc, emit.equal(stride, emit.i64(1)),
      [&](OpBuilder &, Location) { scf::YieldOp::create(b, emit.loc, unit()); },
      [&](OpBuilder &, Location) {
        Value value = loadLanes(emit, operand.elementType, pointer, lanes,
                                Access::Strided, stride, target.hasGather());
        scf::YieldOp::create(b, emit.loc, value);
      });
  return result.getResult(0);
}

/// `unroll` vectors from `position` on; only those before `end` if there is
/// one.
void ElementwiseWriter::emitStep(ArrayRef<Value> pointers,
                                 ArrayRef<Value> firsts, Value begin,
                                 Value position, unsigned unroll, Value end,
                                 bool isRegular) {
  OpBuilder &b = emit.builder;
  Block &body = kernel.getFinish().front();
  unsigned numInputs = kernel.getInputs().size();
  Lanes lanes = {width, {}, {}};
  if (end && width > 1)
    lanes = makeLanes(emit, width, emit.sub(end, position));
  auto distance = [&](unsigned column) {
    return emit.add(emit.sub(position, begin),
                    emit.i64(int64_t(column) * width));
  };
  auto getPointer = [&](const Operand &operand, Value base, unsigned column) {
    return advance(emit, base, operand.elementType,
                   emit.mul(distance(column), getInnerStride(operand)));
  };
  auto getLeaf = [&](Value leaf, unsigned, unsigned column) -> Value {
    auto index = leaf.getDefiningOp<IterationIndexOp>();
    if (!index) {
      unsigned input = cast<BlockArgument>(leaf).getArgNumber();
      return loadInput(input,
                       getPointer(nest.inputs[input], pointers[input], column),
                       firsts[input], lanes, isRegular);
    }
    unsigned number = numInputs + llvm::find(indexedDims, index.getDim()) -
                      indexedDims.begin();
    Value stride = getInnerStride(nest.inputs[number]);
    Value value =
        emit.add(pointers[number], emit.mul(distance(column), stride));
    Type type = arr::lanes(b.getIndexType(), width);
    if (width > 1) {
      Value steps = arith::MulIOp::create(b, emit.loc,
                                          makeIota(emit, b.getI64Type(), width),
                                          splat(emit, stride, width));
      value =
          arith::AddIOp::create(b, emit.loc, splat(emit, value, width), steps);
    }
    return arith::IndexCastOp::create(b, emit.loc, type, value);
  };
  LaneCloner cloner(
      emit, body, width, getLeaf, [](Value) { return Varies{false, true}; },
      nest.captured);
  for (unsigned column = 0; column < unroll; ++column) {
    SmallVector<Value> results;
    for (Value yielded : body.getTerminator()->getOperands())
      results.push_back(cloner.getLanes(yielded, 0, column));
    for (auto [i, result] : llvm::enumerate(results)) {
      const Operand &operand = nest.outputs[i];
      Value pointer =
          getPointer(operand, pointers[nest.inputs.size() + i], column);
      storeLanes(emit, result, pointer, lanes,
                 isRegular ? Access::Unit : Access::Strided,
                 getInnerStride(operand), target.hasGather());
    }
  }
}

/// Lets the runtime order and merge the dims of a nest in place.
static void planDims(Emitter &emit, ModuleOp module, Nest &nest) {
  unsigned rank = nest.sizes.size();
  SmallVector<Operand *> operands;
  for (auto *list : {&nest.outputs, &nest.inputs})
    for (Operand &operand : *list)
      operands.push_back(&operand);
  Value sizes = allocateOnStack(emit, 8 * rank);
  Value strides = allocateOnStack(emit, 8 * rank * operands.size());
  Type integer = emit.builder.getI64Type();
  auto visit = [&](auto access) {
    for (unsigned dim = 0; dim < rank; ++dim)
      access(nest.sizes[dim], advance(emit, sizes, integer, emit.i64(dim)));
    for (auto [i, operand] : llvm::enumerate(operands))
      for (unsigned dim = 0; dim < rank; ++dim)
        access(operand->strides[dim],
               advance(emit, strides, integer, emit.i64(i * rank + dim)));
  };
  visit([&](Value &value, Value slot) { storeScalar(emit, value, slot); });
  callRuntime(emit, module, "arr_plan_nest", Type(),
              {emit.i64(rank), sizes, emit.i64(operands.size()), strides});
  visit([&](Value &value, Value slot) {
    value = loadScalar(emit, integer, slot);
  });
}

void arr::lowerElementwise(KernelOp kernel, const Target &target,
                           StringRef name) {
  auto module = kernel->getParentOfType<ModuleOp>();
  OpBuilder builder(kernel);
  Emitter emit{builder, kernel.getLoc(), nullptr};
  Nest nest = makeNest(emit, kernel);
  NestArguments nestArguments(nest);
  SmallVector<Type> types;
  for (Value argument : nestArguments.getArguments())
    types.push_back(argument.getType());
  SmallVector<unsigned> indexedDims = getIndexedDims(kernel);

  auto launcher = makeFunction(
      module, kernel.getLoc(), name, types, [&](Emitter &emit, Block &entry) {
        Nest planned = nestArguments.rebuild(emit, entry);
        WorkPlan plan;
        plan.points = emit.i64(1);
        for (Value size : planned.sizes)
          plan.points = emit.mul(plan.points, size);
        for (unsigned dim : indexedDims) {
          Operand position;
          position.strides.assign(planned.sizes.size(), emit.i64(0));
          position.strides[dim] = emit.i64(1);
          planned.inputs.push_back(position);
        }
        if (planned.sizes.size() > 1)
          planDims(emit, module, planned);

        NestArguments workerArguments(planned);
        SmallVector<Type> workerTypes;
        for (Value argument : workerArguments.getArguments())
          workerTypes.push_back(argument.getType());
        llvm::append_range(workerTypes, getWorkRangeTypes(emit.builder));
        auto worker = makeFunction(
            module, kernel.getLoc(), (name + "_items").str(), workerTypes,
            [&](Emitter &emit, Block &entry) {
              Nest inner = workerArguments.rebuild(emit, entry);
              ElementwiseWriter(kernel, target, emit, inner, indexedDims)
                  .emitWorker(getWorkRange(entry));
            });
        ElementwiseWriter writer(kernel, target, emit, planned, indexedDims);
        plan.phaseItems = {writer.countItems()};
        plan.costOfPoint = writer.getCostOfPoint();
        emitLaunch(emit, worker, workerArguments.getArguments(), plan);
      });
  func::CallOp::create(builder, kernel.getLoc(), launcher,
                       nestArguments.getArguments());
  kernel.erase();
}
