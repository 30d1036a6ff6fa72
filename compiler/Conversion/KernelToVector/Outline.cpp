//===- Outline.cpp - Kernels as functions over ranges of work items -------===//
#include "compiler/Conversion/KernelToVector/Outline.h"
#include "compiler/Conversion/KernelToVector/Memory.h"

#include "mlir/Dialect/OpenMP/OpenMPDialect.h"

using namespace mlir;
using namespace arr;

//===----------------------------------------------------------------------===//
// Nests
//===----------------------------------------------------------------------===//

Nest arr::makeNest(Emitter &emit, KernelOp kernel) {
  Nest nest;
  for (Value size : kernel.getSizes())
    nest.sizes.push_back(emit.toI64(size));
  for (auto [i, input] : llvm::enumerate(kernel.getInputs()))
    nest.inputs.push_back(makeOperand(emit, input, kernel.getInputMap(i)));
  for (auto [i, output] : llvm::enumerate(kernel.getOutputs()))
    nest.outputs.push_back(makeOperand(emit, output, kernel.getOutputMap(i)));
  for (Region *region : {&kernel.getContribution(), &kernel.getFinish()})
    region->walk([&](Operation *op) {
      for (Value used : op->getOperands())
        if (!region->isAncestor(used.getParentRegion()))
          nest.captured[used] = used;
    });
  return nest;
}

/// Calls `visit` on every value of a nest, in an order that is always the same.
template <typename NestT, typename Visit>
static void visitValues(NestT &nest, Visit visit) {
  for (auto &size : nest.sizes)
    visit(size);
  for (auto *operands : {&nest.inputs, &nest.outputs})
    for (auto &operand : *operands) {
      if (operand.pointer)
        visit(operand.pointer);
      for (auto &stride : operand.strides)
        visit(stride);
    }
}

NestArguments::NestArguments(const Nest &nest) : nest(nest) {
  visitValues(nest, [&](Value value) { add(value); });
  for (const auto &[name, value] : nest.captured)
    add(value);
}

static Operation *getConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<OpTrait::ConstantLike>() ? op : nullptr;
}

void NestArguments::add(Value value) {
  if (!getConstant(value) &&
      numbers.try_emplace(value, arguments.size()).second)
    arguments.push_back(value);
}

Nest NestArguments::rebuild(Emitter &emit, Block &entry) const {
  auto get = [&](Value value) -> Value {
    if (Operation *op = getConstant(value))
      return emit.builder.clone(*op)->getResult(0);
    return entry.getArgument(numbers.lookup(value));
  };
  Nest inner;
  inner.sizes = nest.sizes;
  inner.inputs = nest.inputs;
  inner.outputs = nest.outputs;
  visitValues(inner, [&](Value &value) { value = get(value); });
  for (const auto &[name, value] : nest.captured)
    inner.captured[name] = get(value);
  return inner;
}

//===----------------------------------------------------------------------===//
// Functions and launches
//===----------------------------------------------------------------------===//

func::FuncOp
arr::makeFunction(ModuleOp module, Location loc, StringRef name,
                  TypeRange argumentTypes,
                  llvm::function_ref<void(Emitter &, Block &)> body) {
  OpBuilder builder(module.getContext());
  builder.setInsertionPointToEnd(module.getBody());
  auto function = func::FuncOp::create(
      builder, loc, name, builder.getFunctionType(argumentTypes, {}));
  function.setPrivate();
  function.setNoInline(true);
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  Emitter emit{builder, loc, entry};
  body(emit, *entry);
  func::ReturnOp::create(builder, loc);
  return function;
}

SmallVector<Type> arr::getWorkRangeTypes(OpBuilder &builder) {
  Type pointer = getPointerType(builder), integer = builder.getI64Type();
  return {pointer, pointer, integer, integer, integer};
}

WorkRange arr::getWorkRange(Block &entry) {
  auto last = entry.getArguments().take_back(5);
  return {last[0], last[1], last[2], last[3], last[4]};
}

static Value allocateBytes(Emitter &emit, ModuleOp module, Value bytes) {
  OpBuilder &b = emit.builder;
  Value extents = allocateOnStack(emit, 8);
  storeScalar(emit, bytes, extents);
  return callRuntime(emit, module, "arr_alloc", getPointerType(b),
                     {emit.i64(1), extents, emit.i64(1)});
}

/// 1 where the work is small, without a call; else what the runtime decides.
static Value planThreads(Emitter &emit, ModuleOp module, Value items,
                         const WorkPlan &plan) {
  OpBuilder &b = emit.builder;
  const double grain = 20e3;
  Value isSmall =
      emit.less(plan.points, emit.i64(int64_t(grain / plan.costOfPoint) + 1));
  auto choice = scf::IfOp::create(
      b, emit.loc, isSmall,
      [&](OpBuilder &, Location) {
        scf::YieldOp::create(b, emit.loc, emit.i64(1));
      },
      [&](OpBuilder &, Location) {
        Value points =
            arith::SIToFPOp::create(b, emit.loc, b.getF64Type(), plan.points);
        Value cost = arith::MulFOp::create(
            b, emit.loc, points,
            arith::ConstantOp::create(b, emit.loc,
                                      b.getF64FloatAttr(plan.costOfPoint)));
        scf::YieldOp::create(b, emit.loc,
                             callRuntime(emit, module, "arr_plan_threads",
                                         b.getI64Type(), {items, cost}));
      });
  return choice.getResult(0);
}

void arr::emitLaunch(Emitter &emit, func::FuncOp worker,
                     ValueRange nestArguments, const WorkPlan &plan) {
  OpBuilder &b = emit.builder;
  auto module = worker->getParentOfType<ModuleOp>();
  Value items = plan.phaseItems.front();
  Value threads = planThreads(emit, module, items, plan);

  Value shared = LLVM::ZeroOp::create(b, emit.loc, getPointerType(b));
  Value scratch = shared;
  bool needsMemory = plan.sharedBytes || plan.scratchBytes;
  if (needsMemory) {
    Value sharedBytes = plan.sharedBytes ? plan.sharedBytes : emit.i64(0);
    Value bytes = sharedBytes;
    if (plan.scratchBytes)
      bytes = emit.add(bytes, emit.mul(plan.scratchBytes, threads));
    Value null = shared;
    shared = scf::IfOp::create(
                 b, emit.loc, emit.less(emit.i64(0), bytes),
                 [&](OpBuilder &, Location) {
                   scf::YieldOp::create(b, emit.loc,
                                        allocateBytes(emit, module, bytes));
                 },
                 [&](OpBuilder &, Location) {
                   scf::YieldOp::create(b, emit.loc, null);
                 })
                 .getResult(0);
    scratch = advanceBytes(emit, shared, sharedBytes);
  }

  auto call = [&](Value scratch, Value phase, Value begin, Value end) {
    SmallVector<Value> arguments(nestArguments);
    llvm::append_values(arguments, shared, scratch, phase, begin, end);
    func::CallOp::create(b, emit.loc, worker, arguments);
  };
  Value phases = emit.i64(plan.phaseItems.size());
  emit.loop(emit.i64(0), phases, emit.i64(1), [&](Value phase) {
    Value items = plan.phaseItems[0];
    for (unsigned i = 1; i < plan.phaseItems.size(); ++i)
      items = emit.select(emit.equal(phase, emit.i64(i)), plan.phaseItems[i],
                          items);
    Value isSerial = emit.equal(threads, emit.i64(1));
    scf::IfOp::create(
        b, emit.loc, isSerial,
        [&](OpBuilder &, Location) {
          call(scratch, phase, emit.i64(0), items);
          scf::YieldOp::create(b, emit.loc);
        },
        [&](OpBuilder &, Location) {
          omp::ParallelOperands parallelOperands;
          parallelOperands.numThreads =
              arith::TruncIOp::create(b, emit.loc, b.getI32Type(), threads);
          Value zero = emit.i64(0), one = emit.i64(1);
          auto parallel =
              omp::ParallelOp::create(b, emit.loc, parallelOperands);
          OpBuilder::InsertionGuard guard(b);
          b.createBlock(&parallel.getRegion());
          auto workshare =
              omp::WsloopOp::create(b, emit.loc, omp::WsloopOperands());
          omp::TerminatorOp::create(b, emit.loc);
          b.createBlock(&workshare.getRegion());
          omp::LoopNestOperands loopOperands;
          loopOperands.loopLowerBounds = {zero};
          loopOperands.loopUpperBounds = {threads};
          loopOperands.loopSteps = {one};
          auto nest = omp::LoopNestOp::create(b, emit.loc, loopOperands);
          Block *body = b.createBlock(&nest.getRegion(), {}, {b.getI64Type()},
                                      {emit.loc});
          Value thread = body->getArgument(0);
          Value begin = emit.div(emit.mul(items, thread), threads);
          Value end = emit.div(emit.mul(items, emit.add(thread, one)), threads);
          Value mine = scratch;
          if (plan.scratchBytes)
            mine = advanceBytes(emit, scratch,
                                emit.mul(plan.scratchBytes, thread));
          call(mine, phase, begin, end);
          omp::YieldOp::create(b, emit.loc);
          b.setInsertionPointAfter(parallel);
          scf::YieldOp::create(b, emit.loc);
        });
  });
  if (needsMemory) // no memory is a null pointer, which may be released
    callRuntime(emit, module, "arr_release", Type(), {shared});
}
