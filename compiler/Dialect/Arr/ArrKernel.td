//===- ArrKernel.td - The loop nest op ------------------------*- tablegen -*-===//
#ifndef ARR_KERNEL
#define ARR_KERNEL

include "compiler/Dialect/Arr/ArrTypes.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Arr_KernelOp : Arr_Op<"kernel", [AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>, RecursivelySpeculatable]> {
  let summary = "one loop nest over strided operands";
  let description = [{
    Everything that computes arrays becomes this op: elementwise expressions,
    reductions, contractions with producers and epilogue, loops written by hand.

    The iteration space is `sizes`; `numParallel` parallel dims come first,
    then the reduction dims. For each point of the parallel dims and each accumulator, the kernel
    combines, starting from the identity of its kind, what the *contribution*
    region yields for all points of the reduction dims; then the *finish* region
    gets the totals and yields one element for each output. Without reduction
    dims there is no contribution region and no accumulator.

    `inputMaps`/`outputMaps` have one affine map for each operand from all dims to the operand's
    axes; every result is a dim or the constant 0 (axis of size 1). Output maps
    use each parallel dim exactly once. Region arguments: contribution gets one
    element of each input; finish gets one element of each input whose map uses no reduction dim (for
    the others an argument too, but without uses), then the accumulators.
    Scalars from above may be used directly. `arr.iteration_index d` is the position in dim d.
    For accumulators of kind argmin and argmax the contribution is the value
    compared, and the total is the i64 position in C order over the reduction dims.

    On tensors the op is destination-passing: outputs are `tensor.empty` and the
    results hold the elements. On memrefs it has no results. A kernel may read and write the same
    memory only where input and output are the same memref with the same map.
    ```mlir
    arr.kernel (%n, %m, %k) parallel 2 acc [#arr.acc<add : f64>]
        ins(%x, %y : memref<?x?xf64>, memref<?x?xf64>) maps [#xmap, #ymap]
        outs(%d : memref<?x?xf64>) maps [#dmap]
    contribution {
    ^bb0(%a: f64, %b: f64):
      %0 = arith.subf %a, %b : f64
      %1 = arith.mulf %0, %0 : f64
      arr.yield %1 : f64
    } finish {
    ^bb0(%a: f64, %b: f64, %s: f64):
      %r = math.sqrt %s : f64
      arr.yield %r : f64
    }
    ```
  }];
  let arguments = (ins Variadic<Index>:$sizes, I64Attr:$numParallel,
                       Variadic<AnyShaped>:$inputs, Variadic<AnyShaped>:$outputs,
                       AffineMapArrayAttr:$inputMaps, AffineMapArrayAttr:$outputMaps,
                       TypedArrayAttrBase<Arr_AccumulatorAttr, "accumulators">:$accumulators);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region MaxSizedRegion<1>:$contribution, SizedRegion<1>:$finish);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned getNumDims() { return getSizes().size(); }
    unsigned getNumReductionDims() { return getNumDims() - getNumParallel(); }
    bool hasReduction() { return !getAccumulators().empty(); }
    bool isOnMemRefs() { return getResults().empty(); }
    ::mlir::AffineMap getInputMap(unsigned i) {
      return ::llvm::cast<::mlir::AffineMapAttr>(getInputMaps()[i]).getValue();
    }
    ::mlir::AffineMap getOutputMap(unsigned i) {
      return ::llvm::cast<::mlir::AffineMapAttr>(getOutputMaps()[i]).getValue();
    }
    ::arr::AccumulatorAttr getAccumulator(unsigned i) {
      return ::llvm::cast<::arr::AccumulatorAttr>(getAccumulators()[i]);
    }
    /// The finish region's arguments that hold the totals.
    ::mlir::Block::BlockArgListType getTotals() {
      return getFinish().front().getArguments().drop_front(getInputs().size());
    }
  }];
}

def Arr_IterationIndexOp : Arr_Op<"iteration_index", [Pure, ParentOneOf<["KernelOp"]>]> {
  let summary = "the position in one dim of the enclosing kernel";
  let description = [{
    ```mlir
    %i = arr.iteration_index 0
    ```
  }];
  let arguments = (ins I64Attr:$dim);
  let results = (outs Index:$result);
  let assemblyFormat = "$dim attr-dict";
}

#endif // ARR_KERNEL
