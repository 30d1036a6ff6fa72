//===- PrangeToOpenMP.cpp - arr.prange to threads -------------------------===//
//
// Expects loops on memrefs and scalars. Each becomes a function
// prange_N(context, begin, end) over chunks of iterations; the context is a
// struct on the caller's stack with all that the body uses from outside. Outer
// loops go first: an inner one's context then lives in the outer one's function
// and is private to its thread.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/KernelToVector/Accumulate.h"
#include "compiler/Conversion/KernelToVector/KernelCall.h"
#include "compiler/Conversion/Passes.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Transforms/RegionUtils.h"

namespace arr {
#define GEN_PASS_DEF_PRANGETOOPENMP
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

namespace {

/// Chunks of a loop: enough to balance uneven iterations among many threads.
const int64_t maxChunks = 256;
/// Room for one partial result; the widest is complex<f64>.
const int64_t partialSize = 16;

class PrangeLowering {
public:
  PrangeLowering(PrangeOp loop, StringRef name)
      : loop(loop), name(name), module(loop->getParentOfType<ModuleOp>()),
        converter(loop.getContext()) {}

  void run();

private:
  void collectCaptured();
  void makeBody();
  void emitChunk(Emitter &emit, Value context, Value chunk);
  Value makeContext(Emitter &emit);
  Value getField(Emitter &emit, Value context, unsigned field);
  Value loadField(Emitter &emit, Value context, unsigned field, Type type);
  void storeField(Emitter &emit, Value value, Value context, unsigned field);
  bool mayFail();
  double getCostOfIteration();
  SmallVector<Value> combinePartials(Emitter &emit, Value partials,
                                     Value chunks);
  Accumulate getAccumulate(unsigned number);
  Value getPartial(Emitter &emit, Value partials, Value chunk, unsigned number);

  PrangeOp loop;
  StringRef name;
  ModuleOp module;
  LLVMTypeConverter converter;
  SmallVector<Value> captured, constants;
  LLVM::LLVMStructType contextType;
  func::FuncOp function;
};

struct PrangeToOpenMP : arr::impl::PrangeToOpenMPBase<PrangeToOpenMP> {
  void runOnOperation() override {
    unsigned number = 0;
    while (PrangeOp loop = findOutermost())
      PrangeLowering(loop, "prange_" + std::to_string(number++)).run();
  }

  PrangeOp findOutermost() {
    PrangeOp found;
    getOperation().walk<WalkOrder::PreOrder>([&](PrangeOp loop) {
      found = loop;
      return WalkResult::interrupt();
    });
    return found;
  }
};

} // namespace

// The first fields of a context; what is captured follows.
enum ContextField { CountField, ChunksField, PartialsField, NumFixedFields };

void PrangeLowering::collectCaptured() {
  llvm::SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  MLIRContext *context = loop.getContext();
  Type integer = IntegerType::get(context, 64);
  SmallVector<Type> fields = {integer, integer,
                              LLVM::LLVMPointerType::get(context)};
  for (Value value : used) {
    Operation *op = value.getDefiningOp();
    if (op && op->hasTrait<OpTrait::ConstantLike>()) {
      constants.push_back(value);
      continue;
    }
    captured.push_back(value);
    fields.push_back(converter.convertType(value.getType()));
  }
  contextType = LLVM::LLVMStructType::getLiteral(context, fields);
}

Value PrangeLowering::getField(Emitter &emit, Value context, unsigned field) {
  return LLVM::GEPOp::create(emit.builder, emit.loc,
                             getPointerType(emit.builder), contextType, context,
                             ArrayRef<LLVM::GEPArg>{0, int32_t(field)});
}

Value PrangeLowering::loadField(Emitter &emit, Value context, unsigned field,
                                Type type) {
  Type stored = contextType.getBody()[field];
  Value value = LLVM::LoadOp::create(emit.builder, emit.loc, stored,
                                     getField(emit, context, field));
  if (stored == type)
    return value;
  return UnrealizedConversionCastOp::create(emit.builder, emit.loc, type, value)
      .getResult(0);
}

void PrangeLowering::storeField(Emitter &emit, Value value, Value context,
                                unsigned field) {
  Type stored = contextType.getBody()[field];
  if (stored != value.getType())
    value = UnrealizedConversionCastOp::create(emit.builder, emit.loc, stored,
                                               value)
                .getResult(0);
  LLVM::StoreOp::create(emit.builder, emit.loc, value,
                        getField(emit, context, field));
}

Accumulate PrangeLowering::getAccumulate(unsigned number) {
  Type type = loop.getInits()[number].getType();
  auto kind = cast<ReduceKindAttr>(loop.getKinds()[number]).getValue();
  auto isUnsigned = loop->getAttrOfType<ArrayAttr>("unsigned");
  auto attribute = AccumulatorAttr::get(
      loop.getContext(), kind, type,
      isUnsigned && cast<BoolAttr>(isUnsigned[number]).getValue());
  return {attribute, type, /*fuseMultiplyAdd=*/false};
}

Value PrangeLowering::getPartial(Emitter &emit, Value partials, Value chunk,
                                 unsigned number) {
  int64_t count = loop.getInits().size();
  Value slot = emit.add(emit.mul(chunk, emit.i64(count)), emit.i64(number));
  return advanceBytes(emit, partials, emit.mul(slot, emit.i64(partialSize)));
}

/// The function over chunks: loads what the body uses, then for each chunk runs
/// its iterations and stores the partial results.
void PrangeLowering::makeBody() {
  Type pointer = LLVM::LLVMPointerType::get(loop.getContext());
  Type integer = IntegerType::get(loop.getContext(), 64);
  function = makeFunction(
      module, loop.getLoc(), name, {pointer, integer, integer},
      [&](Emitter &emit, Block &entry) {
        Value context = entry.getArgument(0);
        for (Value constant : constants) {
          Value clone =
              emit.builder.clone(*constant.getDefiningOp())->getResult(0);
          replaceAllUsesInRegionWith(constant, clone, loop.getRegion());
        }
        for (auto [i, value] : llvm::enumerate(captured))
          replaceAllUsesInRegionWith(
              value,
              loadField(emit, context, NumFixedFields + i, value.getType()),
              loop.getRegion());
        // Built op by op: the body must be part of the function when the loops
        // inside it are lowered.
        auto chunks =
            scf::ForOp::create(emit.builder, emit.loc, entry.getArgument(1),
                               entry.getArgument(2), emit.i64(1));
        OpBuilder::InsertionGuard guard(emit.builder);
        emit.builder.setInsertionPointToStart(chunks.getBody());
        emitChunk(emit, context, chunks.getInductionVar());
      });
}

void PrangeLowering::emitChunk(Emitter &emit, Value context, Value chunk) {
  OpBuilder &b = emit.builder;
  Value count = loadField(emit, context, CountField, b.getI64Type());
  Value chunks = loadField(emit, context, ChunksField, b.getI64Type());
  // The first count % chunks chunks have one iteration more than the others;
  // nothing here can overflow.
  Value length = emit.div(count, chunks), longer = emit.rem(count, chunks);
  Value begin = emit.add(emit.mul(chunk, length), emit.min(chunk, longer));
  Value isLonger = emit.less(chunk, longer);
  Value end = emit.add(
      begin, emit.add(length, emit.select(isLonger, emit.i64(1), emit.i64(0))));

  SmallVector<Value> starts;
  for (unsigned i = 0; i < loop.getInits().size(); ++i)
    starts.push_back(getAccumulate(i).start(emit, 1)[0]);
  auto iterations =
      scf::ForOp::create(b, emit.loc, emit.toIndex(begin), emit.toIndex(end),
                         emit.index(1), starts);
  Block *to = iterations.getBody(), *from = loop.getBody();
  if (starts.empty()) // the builder has put an empty yield there
    to->getTerminator()->erase();
  for (auto [inner, outer] :
       llvm::zip(from->getArguments(), to->getArguments()))
    inner.replaceAllUsesWith(outer);
  to->getOperations().splice(to->end(), from->getOperations());
  Operation *yield = to->getTerminator();
  b.setInsertionPoint(yield);
  scf::YieldOp::create(b, emit.loc, yield->getOperands());
  yield->erase();

  b.setInsertionPointAfter(iterations);
  Value partials = loadField(emit, context, PartialsField, getPointerType(b));
  for (auto [i, result] : llvm::enumerate(iterations.getResults()))
    storeSpill(emit, result, getPartial(emit, partials, chunk, i));
}

/// Anything that may raise: then chunks run under a guard.
bool PrangeLowering::mayFail() {
  auto result = loop.getRegion().walk([](Operation *op) {
    bool raises = isa<RequireOp, NormalizeIndexOp, AllocOp, KernelOp, PrintOp,
                      LoadFileOp, SaveFileOp>(op) ||
                  isa<CallOpInterface>(op);
    return raises ? WalkResult::interrupt() : WalkResult::advance();
  });
  return result.wasInterrupted();
}

/// In nanoseconds. What has loops or calls inside is worth threads in any case.
double PrangeLowering::getCostOfIteration() {
  double cost = 0;
  loop.getRegion().walk([&](Operation *op) {
    bool isLarge = isa<LoopLikeOpInterface, CallOpInterface, KernelOp>(op);
    cost += isLarge ? 1e6 : isa<math::MathDialect>(op->getDialect()) ? 10 : 0.5;
  });
  return cost;
}

/// The inits, then the partial results in the order of the chunks.
SmallVector<Value>
PrangeLowering::combinePartials(Emitter &emit, Value partials, Value chunks) {
  return emit.loop(
      emit.i64(0), chunks, emit.i64(1), loop.getInits(),
      [&](Value chunk, ValueRange carried) {
        SmallVector<Value> next;
        for (auto [i, value] : llvm::enumerate(carried)) {
          Value partial = loadSpill(emit, value.getType(),
                                    getPartial(emit, partials, chunk, i));
          next.push_back(
              getAccumulate(i).merge(emit, {value}, {partial}).front());
        }
        return next;
      });
}

Value PrangeLowering::makeContext(Emitter &emit) {
  OpBuilder::InsertionGuard guard(emit.builder);
  emit.builder.setInsertionPointToStart(emit.entry);
  return LLVM::AllocaOp::create(emit.builder, emit.loc,
                                getPointerType(emit.builder), contextType,
                                emit.i64(1));
}

void PrangeLowering::run() {
  auto caller = loop->getParentOfType<func::FuncOp>();
  OpBuilder b(loop);
  Emitter emit{b, loop.getLoc(), &caller.getBody().front()};
  bool isGuarded = mayFail();
  double costOfIteration = getCostOfIteration();
  collectCaptured();

  Value count = emit.toI64(loop.getCount());
  Value chunks = emit.min(count, emit.i64(maxChunks));
  int64_t numPartials = loop.getInits().size();
  Value partials = allocateOnStack(
      emit, std::max<int64_t>(1, numPartials * maxChunks) * partialSize);
  Value context = makeContext(emit);
  storeField(emit, count, context, CountField);
  storeField(emit, chunks, context, ChunksField);
  storeField(emit, partials, context, PartialsField);
  for (auto [i, value] : llvm::enumerate(captured))
    storeField(emit, value, context, NumFixedFields + i);
  makeBody();

  Value cost = arith::MulFOp::create(
      b, emit.loc, arith::SIToFPOp::create(b, emit.loc, b.getF64Type(), count),
      arith::ConstantOp::create(b, emit.loc,
                                b.getF64FloatAttr(costOfIteration)));
  Value threads = callRuntime(emit, module, "arr_plan_threads", b.getI64Type(),
                              {chunks, cost});
  Value one = emit.i64(1), zero = emit.i64(0);
  auto choice = scf::IfOp::create(b, emit.loc, emit.equal(threads, one),
                                  /*withElseRegion=*/true);
  b.setInsertionPointToStart(choice.thenBlock());
  func::CallOp::create(b, emit.loc, function,
                       ValueRange{context, zero, chunks});

  b.setInsertionPointToStart(choice.elseBlock());
  Value region, address;
  if (isGuarded) {
    region = allocateOnStack(emit, 64);
    callRuntime(emit, module, "arr_region_begin", Type(), {region});
    Value constant = func::ConstantOp::create(
        b, emit.loc, function.getFunctionType(), function.getSymName());
    address = UnrealizedConversionCastOp::create(b, emit.loc, getPointerType(b),
                                                 constant)
                  .getResult(0);
  }
  omp::ParallelOperands parallelOperands;
  parallelOperands.numThreads =
      arith::TruncIOp::create(b, emit.loc, b.getI32Type(), threads);
  auto parallel = omp::ParallelOp::create(b, emit.loc, parallelOperands);
  b.createBlock(&parallel.getRegion());
  omp::WsloopOperands workshareOperands;
  workshareOperands.scheduleKind = omp::ClauseScheduleKindAttr::get(
      b.getContext(), omp::ClauseScheduleKind::Dynamic);
  auto workshare = omp::WsloopOp::create(b, emit.loc, workshareOperands);
  omp::TerminatorOp::create(b, emit.loc);
  b.createBlock(&workshare.getRegion());
  omp::LoopNestOperands nestOperands;
  nestOperands.loopLowerBounds = {zero};
  nestOperands.loopUpperBounds = {chunks};
  nestOperands.loopSteps = {one};
  auto nest = omp::LoopNestOp::create(b, emit.loc, nestOperands);
  Block *body =
      b.createBlock(&nest.getRegion(), {}, {b.getI64Type()}, {emit.loc});
  Value chunk = body->getArgument(0), next = emit.add(chunk, one);
  if (isGuarded)
    callRuntime(emit, module, "arr_try_item", Type(),
                {region, address, context, chunk, next});
  else
    func::CallOp::create(b, emit.loc, function,
                         ValueRange{context, chunk, next});
  omp::YieldOp::create(b, emit.loc);
  b.setInsertionPointAfter(parallel);
  if (isGuarded)
    callRuntime(emit, module, "arr_region_end", Type(), {region});

  b.setInsertionPointAfter(choice);
  loop->replaceAllUsesWith(combinePartials(emit, partials, chunks));
  loop.erase();
}
