//===- PlaceValues.cpp - Every tensor gets its memory ---------------------===//
//
// On entry: kernels on tensors, `arr.read` and `arr.write` between tensors and
// memrefs; tensors do not cross control flow. Left at the end: kernels on
// memrefs, no tensors.
//
// Two questions are decided here. A write: may the kernel that computes the
// value store straight into the place? Yes, unless it reads memory that may
// overlap the place at other positions; then it goes through a temporary, as
// NumPy's "as if the right side were complete first" wants. Whether views of
// one array do overlap is found out at run time. A read: is the memory still
// unchanged where the value is used? If not, the read copies.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Sizes.h"
#include "compiler/Transforms/OverlapChecks.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/PlaceAnalysis.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/PatternMatch.h"

namespace arr {
#define GEN_PASS_DEF_PLACEVALUES
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;
using namespace arr;

/// `np.array([1, 2])` was folded to a constant tensor; what gets memory are its
/// elements.
static void expandConstants(func::FuncOp function) {
  SmallVector<arith::ConstantOp> constants;
  function.walk([&](arith::ConstantOp op) {
    if (isa<RankedTensorType>(op.getType()))
      constants.push_back(op);
  });
  for (arith::ConstantOp op : constants) {
    OpBuilder builder(op);
    auto type = cast<RankedTensorType>(op.getType());
    SmallVector<Value> elements;
    for (Attribute element :
         cast<DenseElementsAttr>(op.getValue()).getValues<Attribute>())
      if (auto parts = dyn_cast<ArrayAttr>(element))
        elements.push_back(complex::ConstantOp::create(
            builder, op.getLoc(), type.getElementType(), parts));
      else
        elements.push_back(arith::ConstantOp::create(builder, op.getLoc(),
                                                     cast<TypedAttr>(element)));
    op.replaceAllUsesWith(
        tensor::FromElementsOp::create(builder, op.getLoc(), type, elements)
            .getResult());
    op.erase();
  }
}

namespace {

/// A temporary up to this many bytes of known size lives on the stack.
constexpr int64_t maxStackBytes = 512;

/// A store whose target may overlap more inputs than this gets a temporary
/// without looking.
constexpr size_t maxChecks = 4;

Value skipCasts(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<tensor::CastOp, memref::CastOp>(op))
      break;
    value = op->getOperand(0);
  }
  return value;
}

/// The complex array whose parts are at the same positions.
Value skipParts(Value memref) {
  while (auto part = memref.getDefiningOp<ComplexPartOp>())
    memref = skipCasts(part.getSource());
  return memref;
}

int64_t getByteWidth(Type elementType) {
  if (auto complex = dyn_cast<ComplexType>(elementType))
    return 2 * getByteWidth(complex.getElementType());
  return (elementType.getIntOrFloatBitWidth() + 7) / 8;
}

class ValuePlacer {
public:
  ValuePlacer(func::FuncOp function)
      : function(function), places(function), rewriter(function.getContext()) {}

  LogicalResult run() {
    SmallVector<WriteOp> writes;
    function.walk([&](WriteOp op) { writes.push_back(op); });
    for (WriteOp write : writes)
      bringComputation(write);
    SmallVector<ReadOp> reads;
    function.walk([&](ReadOp op) { reads.push_back(op); });
    for (ReadOp read : reads)
      placeRead(read);
    SmallVector<Operation *> ops;
    function.walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<KernelOp, WriteOp>(op) ||
          isa_and_present<tensor::TensorDialect>(op->getDialect()))
        ops.push_back(op);
    });
    for (Operation *op : ops)
      if (failed(place(op)))
        return failure();
    for (Operation *op : llvm::reverse(ops))
      if (isa_and_present<tensor::TensorDialect>(op->getDialect()) ||
          llvm::is_contained(finished, op))
        rewriter.eraseOp(op);
    for (ReadOp read : reads)
      rewriter.eraseOp(read);
    return success();
  }

private:
  //===--------------------------------------------------------------------===//
  // Writes
  //===--------------------------------------------------------------------===//

  /// The kernel that may compute what is written in the place itself: it
  /// computes nothing else, for nobody else.
  KernelOp getOwnKernel(WriteOp write) {
    Value value = write.getValue();
    while (auto cast = value.getDefiningOp<tensor::CastOp>()) {
      if (!value.hasOneUse())
        return {};
      value = cast.getSource();
    }
    auto kernel = value.getDefiningOp<KernelOp>();
    if (!kernel || kernel->getNumResults() != 1 || !value.hasOneUse() ||
        kernel->getBlock() != write->getBlock())
      return {};
    return kernel;
  }

  /// What the kernel reads on tensors.
  static SmallVector<Value> getTensors(KernelOp kernel) {
    SmallVector<Value> tensors(kernel.getInputs());
    llvm::append_range(tensors, getGathered(kernel));
    return tensors;
  }

  /// Puts a kernel right before the write: the one that computes the value if
  /// what it reads is still unchanged here, else one that copies.
  void bringComputation(WriteOp write) {
    if (KernelOp kernel = getOwnKernel(write)) {
      bool isUnchanged = llvm::none_of(getTensors(kernel), [&](Value input) {
        auto read = skipCasts(input).getDefiningOp<ReadOp>();
        return read && places.isWrittenBetween(read.getPlace(), kernel, write);
      });
      if (isUnchanged) {
        moveChain(kernel, write);
        return;
      }
    }
    rewriter.setInsertionPoint(write);
    Location loc = write.getLoc();
    Value value = write.getValue();
    auto type = cast<RankedTensorType>(value.getType());
    SmallVector<Value> dynamic;
    for (int64_t axis = 0; axis < type.getRank(); ++axis)
      if (type.isDynamicDim(axis))
        dynamic.push_back(sizeAsValue(loc, value, axis));
    Value empty = tensor::EmptyOp::create(rewriter, loc, type, dynamic);
    KernelOp copy = createCopy(loc, value, empty, type);
    write.getValueMutable().assign(copy.getResult(0));
  }

  /// Moves the kernel and the casts between it and its write before the write.
  void moveChain(KernelOp kernel, WriteOp write) {
    SmallVector<Operation *> casts;
    for (Value value = write.getValue();
         auto cast = value.getDefiningOp<tensor::CastOp>();
         value = cast.getSource())
      casts.push_back(cast);
    rewriter.moveOpBefore(kernel, write);
    for (Operation *cast : llvm::reverse(casts))
      rewriter.moveOpBefore(cast, write);
  }

  Value sizeAsValue(Location loc, Value shaped, int64_t axis) {
    return getValueOrCreateConstantIndexOp(
        rewriter, loc, getSize(rewriter, loc, shaped, axis));
  }

  /// to[...] = from; both tensors (`result` the type) or both memrefs.
  KernelOp createCopy(Location loc, Value from, Value to, Type result) {
    auto type = cast<ShapedType>(from.getType());
    unsigned rank = type.getRank();
    SmallVector<Value> sizes;
    for (unsigned axis = 0; axis < rank; ++axis)
      sizes.push_back(sizeAsValue(loc, from, axis));
    ArrayAttr maps =
        rewriter.getAffineMapArrayAttr(rewriter.getMultiDimIdentityMap(rank));
    auto kernel = KernelOp::create(
        rewriter, loc, result ? TypeRange(result) : TypeRange(), sizes,
        rewriter.getI64IntegerAttr(rank), from, to, maps, maps,
        rewriter.getArrayAttr({}));
    OpBuilder::InsertionGuard guard(rewriter);
    Block *finish = rewriter.createBlock(&kernel.getFinish(), {},
                                         {type.getElementType()}, {loc});
    YieldOp::create(rewriter, loc, ValueRange(finish->getArgument(0)));
    return kernel;
  }

  //===--------------------------------------------------------------------===//
  // Reads
  //===--------------------------------------------------------------------===//

  /// All ops that use a tensor's elements, through casts.
  void collectUsers(Value tensor, SmallVectorImpl<Operation *> &users) {
    for (Operation *user : tensor.getUsers()) {
      if (isa<tensor::CastOp>(user))
        collectUsers(user->getResult(0), users);
      else if (!isa<tensor::DimOp>(user))
        users.push_back(user);
    }
  }

  void placeRead(ReadOp read) {
    SmallVector<Operation *> users;
    collectUsers(read.getResult(), users);
    Value place = read.getPlace();
    bool isChanged = llvm::any_of(users, [&](Operation *user) {
      return places.isWrittenBetween(place, read, user);
    });
    if (isChanged) {
      rewriter.setInsertionPoint(read);
      Value copy =
          createBlock(read.getLoc(), place, cast<ShapedType>(place.getType()));
      createCopy(read.getLoc(), place, copy, Type());
      place = copy;
    }
    memory[read.getResult()] = place;
  }

  //===--------------------------------------------------------------------===//
  // Memory of values
  //===--------------------------------------------------------------------===//

  /// A temporary of this type would not come from the heap.
  static bool isOnStack(ShapedType type) {
    return type.hasStaticShape() &&
           type.getNumElements() <=
               maxStackBytes / getByteWidth(type.getElementType());
  }

  /// A fresh block with the sizes of `like`.
  Value createBlock(Location loc, Value like, ShapedType type) {
    SmallVector<Value> dynamic;
    for (int64_t axis = 0; axis < type.getRank(); ++axis)
      if (type.isDynamicDim(axis))
        dynamic.push_back(sizeAsValue(loc, like, axis));
    auto blockType = MemRefType::get(type.getShape(), type.getElementType());
    if (isOnStack(type)) {
      // On the stack once, not once for each iteration of a loop.
      OpBuilder::InsertionGuard guard(rewriter);
      Block *body = rewriter.getInsertionBlock();
      while (!isa<func::FuncOp, PrangeOp>(body->getParentOp()))
        body = body->getParentOp()->getBlock();
      rewriter.setInsertionPointToStart(body);
      return memref::AllocaOp::create(rewriter, loc, blockType);
    }
    return AllocOp::create(rewriter, loc, blockType, dynamic);
  }

  LogicalResult place(Operation *op) {
    rewriter.setInsertionPoint(op);
    if (auto kernel = dyn_cast<KernelOp>(op))
      return kernel.isOnMemRefs() ? success() : placeKernel(kernel);
    if (isa<WriteOp>(op)) {
      finished.push_back(op);
      return success();
    }
    if (auto cast = dyn_cast<tensor::CastOp>(op)) {
      auto type = llvm::cast<RankedTensorType>(cast.getType());
      Value source = memoryOf(cast.getSource());
      if (source)
        memory[cast.getResult()] = castTo(source, type);
      return success(source != nullptr);
    }
    if (auto extract = dyn_cast<tensor::ExtractOp>(op)) {
      Value source = memoryOf(extract.getTensor());
      if (!source)
        return failure();
      extract.replaceAllUsesWith(memref::LoadOp::create(rewriter, op->getLoc(),
                                                        source,
                                                        extract.getIndices())
                                     .getResult());
      return success();
    }
    if (auto dim = dyn_cast<tensor::DimOp>(op)) {
      Value source = memoryOf(dim.getSource());
      if (!source)
        return failure();
      dim.replaceAllUsesWith(
          memref::DimOp::create(rewriter, op->getLoc(), source, dim.getIndex())
              .getResult());
      return success();
    }
    if (auto elements = dyn_cast<tensor::FromElementsOp>(op)) {
      placeElements(elements);
      return success();
    }
    if (isa<tensor::EmptyOp>(op))
      return success();
    return op->emitOpError("is no tensor op that can be given memory");
  }

  Value memoryOf(Value tensor) {
    Value result = memory.lookup(tensor);
    if (!result)
      emitError(tensor.getLoc(), "this value was given no memory");
    return result;
  }

  Value castTo(Value memref, RankedTensorType tensor) {
    auto type = cast<MemRefType>(memref.getType());
    auto wanted = MemRefType::get(tensor.getShape(), tensor.getElementType(),
                                  type.getLayout());
    if (type == wanted)
      return memref;
    if (type.getLayout().isIdentity() ||
        !memref::CastOp::areCastCompatible(type, wanted)) {
      SmallVector<int64_t> strides(tensor.getRank(), ShapedType::kDynamic);
      wanted = MemRefType::get(tensor.getShape(), tensor.getElementType(),
                               StridedLayoutAttr::get(rewriter.getContext(),
                                                      ShapedType::kDynamic,
                                                      strides));
    }
    return memref::CastOp::create(rewriter, memref.getLoc(), wanted, memref);
  }

  void placeElements(tensor::FromElementsOp op) {
    auto type = cast<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    Value block = createBlock(loc, op.getResult(), type);
    SmallVector<int64_t> position(type.getRank(), 0);
    for (Value element : op.getElements()) {
      SmallVector<Value> indices;
      for (int64_t i : position)
        indices.push_back(arith::ConstantIndexOp::create(rewriter, loc, i));
      memref::StoreOp::create(rewriter, loc, element, block, indices);
      for (int64_t axis = type.getRank() - 1; axis >= 0; --axis) {
        if (++position[axis] < type.getDimSize(axis))
          break;
        position[axis] = 0;
      }
    }
    memory[op.getResult()] = block;
  }

  //===--------------------------------------------------------------------===//
  // Kernels
  //===--------------------------------------------------------------------===//

  /// The write that this kernel was brought to.
  WriteOp getOwnWrite(KernelOp kernel) {
    if (kernel->getNumResults() != 1)
      return {};
    Value value = kernel.getResult(0);
    while (value.hasOneUse()) {
      Operation *user = *value.user_begin();
      if (auto write = dyn_cast<WriteOp>(user))
        return getOwnKernel(write) == kernel ? write : WriteOp();
      if (!isa<tensor::CastOp>(user))
        break;
      value = user->getResult(0);
    }
    return {};
  }

  LogicalResult placeKernel(KernelOp kernel) {
    Location loc = kernel.getLoc();
    SmallVector<Value> inputs, outputs;
    for (Value tensor : kernel.getInputs()) {
      Value input = memoryOf(tensor);
      if (!input)
        return failure();
      inputs.push_back(skipCasts(input));
    }
    WriteOp write = getOwnWrite(kernel);
    bool isDirect = false;
    Value overlaps; // where that is decided at run time
    if (write) {
      Value target = skipCasts(write.getPlace());
      SmallVector<Value> doubtful;
      if (canStoreTo(kernel, inputs, target, doubtful)) {
        isDirect = true;
        if (!doubtful.empty()) {
          overlaps = checkOverlaps(loc, target, doubtful);
          target = chooseMemory(loc, kernel, overlaps, target);
        }
        outputs.push_back(target);
        memory[kernel.getResult(0)] = target;
      }
    }
    if (!isDirect)
      for (auto [result, output] :
           llvm::zip(kernel.getResults(), kernel.getOutputs())) {
        Value block =
            createBlock(loc, output, cast<ShapedType>(result.getType()));
        outputs.push_back(block);
        memory[result] = block;
      }
    rewriter.setInsertionPoint(kernel);
    auto placed = KernelOp::create(
        rewriter, loc, TypeRange(), kernel.getSizes(),
        kernel.getNumParallelAttr(), inputs, outputs, kernel.getInputMaps(),
        kernel.getOutputMaps(), kernel.getAccumulators());
    placed.getContribution().takeBody(kernel.getContribution());
    placed.getFinish().takeBody(kernel.getFinish());
    if (write && (!isDirect || overlaps)) {
      rewriter.setInsertionPoint(write);
      OpBuilder::InsertionGuard guard(rewriter);
      if (overlaps) {
        auto branch = scf::IfOp::create(rewriter, write.getLoc(), overlaps,
                                        /*withElseRegion=*/false);
        rewriter.setInsertionPoint(branch.thenYield());
      }
      createCopy(write.getLoc(), outputs[0], write.getPlace(), Type());
    }
    finished.push_back(kernel);
    return success();
  }

  Value checkOverlaps(Location loc, Value target, ArrayRef<Value> inputs) {
    Value result;
    for (Value input : inputs) {
      Value one = createOverlapCheck(rewriter, loc, input, target);
      result = result ? arith::OrIOp::create(rewriter, loc, result, one) : one;
    }
    return result;
  }

  /// The target itself, or, if the kernel would change what it reads, a block.
  Value chooseMemory(Location loc, KernelOp kernel, Value overlaps,
                     Value target) {
    auto tensor = cast<RankedTensorType>(kernel.getResult(0).getType());
    SmallVector<int64_t> strides(tensor.getRank(), ShapedType::kDynamic);
    auto type =
        MemRefType::get(tensor.getShape(), tensor.getElementType(),
                        StridedLayoutAttr::get(rewriter.getContext(),
                                               ShapedType::kDynamic, strides));
    auto branch = scf::IfOp::create(rewriter, loc, type, overlaps,
                                    /*withElseRegion=*/true);
    auto yield = [&](Value memref) {
      if (memref.getType() != type)
        memref = memref::CastOp::create(rewriter, loc, type, memref);
      scf::YieldOp::create(rewriter, loc, memref);
    };
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(branch.thenBlock());
    yield(createBlock(loc, kernel.getOutputs()[0], tensor));
    rewriter.setInsertionPointToStart(branch.elseBlock());
    yield(target);
    return branch.getResult(0);
  }

  /// True if storing to `target` cannot change an element that the kernel
  /// reads later: each input is other memory, or read at the same position;
  /// what it gathers from is other memory. `doubtful` are other views of the
  /// memory: true if they turn out to be other elements.
  bool canStoreTo(KernelOp kernel, ArrayRef<Value> inputs, Value target,
                  SmallVectorImpl<Value> &doubtful) {
    for (Value tensor : getGathered(kernel)) {
      Value gathered = memoryOf(tensor);
      if (!gathered || places.mayAlias(skipCasts(gathered), target))
        return false;
    }
    for (auto [i, input] : llvm::enumerate(inputs)) {
      if (skipParts(input) == skipParts(target) &&
          kernel.getInputMap(i) == kernel.getOutputMap(0))
        continue;
      if (!places.mayAlias(input, target))
        continue;
      if (skipParts(input) == skipParts(target) ||
          isOnStack(cast<ShapedType>(kernel.getResult(0).getType())) ||
          doubtful.size() == maxChecks)
        return false;
      doubtful.push_back(input);
    }
    return true;
  }

  func::FuncOp function;
  PlaceAnalysis places;
  IRRewriter rewriter;
  /// Where each tensor's elements are.
  llvm::DenseMap<Value, Value> memory;
  /// Ops that have been replaced.
  SmallVector<Operation *> finished;
};

struct PlaceValuesPass : arr::impl::PlaceValuesBase<PlaceValuesPass> {
  void runOnOperation() override {
    expandConstants(getOperation());
    if (!getOperation().isExternal() &&
        failed(ValuePlacer(getOperation()).run()))
      signalPassFailure();
  }
};

} // namespace
