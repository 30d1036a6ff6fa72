//===- ArrOps.td - Places, views, values and control ----------*- tablegen -*-===//
//
// The elementwise functions are in ArrUfuncs.td, the loop nest in ArrKernel.td.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_OPS
#define ARR_OPS

include "compiler/Dialect/Arr/ArrTypes.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

def Arr_EmptyOp : Arr_Op<"empty"> {
  let summary = "a fresh C-contiguous place with unspecified contents";
  let description = [{
    One size for each axis, checked to be non-negative before.
    ```mlir
    %p = arr.empty(%n, %m) : !arr.place<[n, m], f64>
    ```
  }];
  let arguments = (ins Variadic<Index>:$sizes);
  let results = (outs Res<Arr_PlaceType, "", [MemAlloc]>:$result);
  let assemblyFormat = "`(` $sizes `)` attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Arr_NoPlaceOp : Arr_Op<"no_place", [Pure]> {
  let summary = "a place without memory, for a variable that is not bound here";
  let description = [{
    Where control flow joins and a variable is bound on some paths only. Nobody
    reads or writes it; all its sizes are 0.
    ```mlir
    %p = arr.no_place : !arr.place<[?], f64>
    ```
  }];
  let results = (outs Arr_PlaceType:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Arr_MaterializeOp : Arr_Op<"materialize"> {
  let summary = "a fresh C-contiguous place that holds a value";
  let description = [{
    What `y = x + 1` does: the name is bound to new memory. Forwarded away
    (arr-forward-values) when the place is never written, aliased or passed on.
    ```mlir
    %p = arr.materialize %v : !arr.array<[n], f64> -> !arr.place<[n], f64>
    ```
  }];
  let arguments = (ins Arr_ArrayType:$value);
  let results = (outs Res<Arr_PlaceType, "", [MemAlloc, MemWrite]>:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_ReadOp : Arr_Op<"read"> {
  let summary = "the value that a place holds now";
  let description = [{
    A snapshot: later writes to the place do not change the value. Below this
    dialect the same op takes a tensor out of a memref.
    ```mlir
    %v = arr.read %p : !arr.place<[n], f64> -> !arr.array<[n], f64>
    ```
  }];
  let arguments = (ins Arg<Arr_Memory, "", [MemRead]>:$place);
  let results = (outs Arr_Elements:$result);
  let assemblyFormat = "$place attr-dict `:` type($place) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_WriteOp : Arr_Op<"write"> {
  let summary = "stores a value into a place of the same shape";
  let description = [{
    As if the value were complete before the first element is stored. Below
    this dialect the same op puts a tensor into a memref.
    ```mlir
    arr.write %v, %p : !arr.array<[n], f64>, !arr.place<[n], f64>
    ```
  }];
  let arguments = (ins Arr_Elements:$value, Arg<Arr_Memory, "", [MemWrite]>:$place);
  let assemblyFormat = "$value `,` $place attr-dict `:` type($value) `,` type($place)";
  let hasVerifier = 1;
}

def Arr_LoadOp : Arr_Op<"load"> {
  let summary = "one element of a place";
  let description = [{
    The indices are in range (see arr.normalize_index).
    ```mlir
    %e = arr.load %p[%i, %j] : !arr.place<[n, m], f64>
    ```
  }];
  let arguments = (ins Arg<Arr_PlaceType, "", [MemRead]>:$place, Variadic<Index>:$indices);
  let results = (outs Arr_Scalar:$result);
  let assemblyFormat = "$place `[` $indices `]` attr-dict `:` type($place) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_StoreOp : Arr_Op<"store"> {
  let summary = "stores one element into a place";
  let description = [{
    ```mlir
    arr.store %e, %p[%i] : f64, !arr.place<[n], f64>
    ```
  }];
  let arguments = (ins Arr_Scalar:$value, Arg<Arr_PlaceType, "", [MemWrite]>:$place,
                       Variadic<Index>:$indices);
  let assemblyFormat = "$value `,` $place `[` $indices `]` attr-dict `:` type($value) `,` type($place)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Sizes, indices and checks
//===----------------------------------------------------------------------===//

def Arr_DimOp : Arr_Op<"dim", [Pure]> {
  let summary = "the size of one axis";
  let description = [{
    ```mlir
    %n = arr.dim %p, 0 : !arr.place<[n, m], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$array, I64Attr:$axis);
  let results = (outs Index:$result);
  let assemblyFormat = "$array `,` $axis attr-dict `:` type($array)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Arr_NormalizeIndexOp : Arr_Op<"normalize_index"> {
  let summary = "checks an index and makes it non-negative";
  let description = [{
    Negative indices count from the end. Raises NumPy's IndexError ("index 5 is
    out of bounds for axis 0 with size 3") when out of range. Removed
    (arr-elide-checks) when the index is proved to be in [0, size).
    ```mlir
    %k = arr.normalize_index %i, %n axis 0
    ```
  }];
  let arguments = (ins Index:$index, Index:$size, I64Attr:$axis);
  let results = (outs Index:$result);
  let assemblyFormat = "$index `,` $size `axis` $axis attr-dict";
}

def Arr_SliceBoundsOp : Arr_Op<"slice_bounds", [Pure, AttrSizedOperandSegments]> {
  let summary = "offset and length of a Python slice, clamped as Python does";
  let description = [{
    `start` and `stop` may be absent; `step` is not zero (checked before).
    ```mlir
    %offset, %length = arr.slice_bounds %n from %start to %stop step %step
    ```
  }];
  let arguments = (ins Index:$size, Optional<Index>:$start, Optional<Index>:$stop, Index:$step);
  let results = (outs Index:$offset, Index:$length);
  let assemblyFormat = "$size (`from` $start^)? (`to` $stop^)? `step` $step attr-dict";
  let hasFolder = 1;
}

def Arr_ReshapeStridesOp : Arr_Op<"reshape_strides", [Pure, AttrSizedOperandSegments]> {
  let summary = "the strides of a reshaped array, if it can be a view";
  let description = [{
    Of an array's sizes and strides, and its new sizes with the same product. Where the
    elements cannot be reached in C order by strides, `isView` is false and the new
    strides mean nothing.
    ```mlir
    %isView, %new:2 = arr.reshape_strides (%n, %k) by (%s0, %s1) to (%k, %n) : index, index
    ```
  }];
  let arguments = (ins Variadic<Index>:$sizes, Variadic<Index>:$strides,
                       Variadic<Index>:$newSizes);
  let results = (outs I1:$isView, Variadic<Index>:$newStrides);
  let assemblyFormat = [{
    `(` $sizes `)` `by` `(` $strides `)` `to` `(` $newSizes `)` attr-dict `:` type($newStrides)
  }];
  let hasVerifier = 1;
}

def Arr_RequireOp : Arr_Op<"require"> {
  let summary = "a run-time check";
  let description = [{
    Raises an error unless the condition holds. %0, %1, %2 in the message stand for `values`.
    The position reported is the op's location.
    ```mlir
    arr.require %ok, shape "dimension 'n' is %0 in x (axis 0) but %1 in y (axis 0)" (%a, %b)
    ```
  }];
  let arguments = (ins I1:$condition, Arr_ErrorKindAttr:$kind, StrAttr:$message,
                       Variadic<Index>:$values);
  let assemblyFormat = "$condition `,` $kind $message (`(` $values^ `)`)? attr-dict";
  let hasCanonicalizeMethod = 1;
}

//===----------------------------------------------------------------------===//
// Views: of a place a place, of a value a value
//===----------------------------------------------------------------------===//

class Arr_ViewOp<string mnemonic, list<Trait> traits = []>
    : Arr_Op<mnemonic, !listconcat(traits, [Pure])>;

def Arr_SliceOp : Arr_ViewOp<"slice", [AttrSizedOperandSegments]> {
  let summary = "a strided part of an array; some axes fixed at one index";
  let description = [{
    One offset, length and step for each axis of the source, in range. Axes
    listed in `dropped` have length 1 and do not appear in the result.
    ```mlir
    %q = arr.slice %p[%o0, %i] [%len, %one] [%step, %one] drop [1]
       : !arr.place<[n, m], f64> -> !arr.place<["?1"], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source, Variadic<Index>:$offsets, Variadic<Index>:$lengths,
                       Variadic<Index>:$steps, DenseI64ArrayAttr:$dropped);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = [{
    $source `[` $offsets `]` `[` $lengths `]` `[` $steps `]` `drop` $dropped attr-dict
    `:` type($source) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Arr_TransposeOp : Arr_ViewOp<"transpose"> {
  let summary = "axes in another order: result axis i is source axis permutation[i]";
  let description = [{
    ```mlir
    %t = arr.transpose %p [1, 0] : !arr.place<[n, m], f64> -> !arr.place<[m, n], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source, DenseI64ArrayAttr:$permutation);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = "$source $permutation attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_ExpandDimsOp : Arr_ViewOp<"expand_dims"> {
  let summary = "new axes of the literal size 1 at the given positions of the result";
  let description = [{
    ```mlir
    %c = arr.expand_dims %v [1] : !arr.array<[n], f64> -> !arr.array<[n, 1], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source, DenseI64ArrayAttr:$axes);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = "$source $axes attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_DiagonalOp : Arr_ViewOp<"diagonal"> {
  let summary = "result axis i runs through several source axes together";
  let description = [{
    `groups` has the result axis of each source axis. The sizes of grouped axes
    are equal (checked before).
    ```mlir
    %d = arr.diagonal %p [0, 0] : !arr.place<[n, n], f64> -> !arr.place<[n], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source, DenseI64ArrayAttr:$groups);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = "$source $groups attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_ComplexPartOp : Arr_ViewOp<"complex_part"> {
  let summary = "the real or the imaginary parts of complex elements";
  let description = [{
    Below this dialect the same op takes a memref out of a memref: every second number.
    ```mlir
    %r = arr.complex_part %p : !arr.place<[n], complex<f64>> -> !arr.place<[n], f64>
    %i = arr.complex_part %p imaginary : !arr.place<[n], complex<f64>> -> !arr.place<[n], f64>
    ```
  }];
  let arguments = (ins AnyTypeOf<[Arr_ArrayType, Arr_Memory]>:$source, UnitAttr:$imaginary);
  let results = (outs AnyTypeOf<[Arr_ArrayType, Arr_Memory]>:$result);
  let assemblyFormat = "$source (`imaginary` $imaginary^)? attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_BroadcastOp : Arr_ViewOp<"broadcast"> {
  let summary = "the array repeated along axes of size 1 and new leading axes";
  let description = [{
    `sizes` are the result's. An axis of the source whose size *at run time* is 1
    is repeated; any other has the result's size (checked before). This is how a
    symbol that happens to be 1 broadcasts: a stride of 0.
    ```mlir
    %b = arr.broadcast %v to (%n, %m) : !arr.array<[k], f64> -> !arr.array<[n, m], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source, Variadic<Index>:$sizes);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = "$source `to` `(` $sizes `)` attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_ReshapeOp : Arr_Op<"reshape", [MemoryEffects<[MemRead, MemAlloc]>]> {
  let summary = "the same elements in C order with other sizes";
  let description = [{
    The number of elements is the same (checked before). Of a place: a view where
    its strides allow it, else a fresh copy, as in NumPy. `contiguous` (one axis only): a
    view only if the result has no gaps.
    ```mlir
    %r = arr.reshape %p to (%n, %m) : !arr.place<[k], f64> -> !arr.place<[n, m], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source, Variadic<Index>:$sizes, UnitAttr:$contiguous);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = "$source `to` `(` $sizes `)` (`contiguous` $contiguous^)? attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_CastShapeOp : Arr_ViewOp<"cast_shape"> {
  let summary = "the same array with differently written sizes";
  let description = [{
    Where an array passes to code that names its sizes differently: calls, joins
    of control flow. Sizes that were literal and are not any more, or the reverse (checked before).
    ```mlir
    %q = arr.cast_shape %p : !arr.place<[n], f64> -> !arr.place<[m], f64>
    ```
  }];
  let arguments = (ins Arr_AnyArray:$source);
  let results = (outs Arr_AnyArray:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

def Arr_ReduceOp : Arr_Op<"reduce", [Pure]> {
  let summary = "combines all elements along axes";
  let description = [{
    The result is a value with the other axes (reduced ones have the literal size
    1 if `keepdims`), or a scalar if there are none. Emptiness was checked before for kinds without identity.
    `argmin`/`argmax` give i64 positions (C order over the reduced axes).
    ```mlir
    %s = arr.reduce add %v axes [1] : !arr.array<[n, m], f64> -> !arr.array<[n], f64>
    ```
  }];
  let arguments = (ins Arr_ReduceKindAttr:$kind, Arr_ArrayType:$operand, DenseI64ArrayAttr:$axes,
                       UnitAttr:$keepdims);
  let results = (outs Arr_ScalarOrArray:$result);
  let assemblyFormat = [{
    $kind $operand `axes` $axes (`keepdims` $keepdims^)? attr-dict
    `:` type($operand) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Arr_EinsumOp : Arr_Op<"einsum", [Pure]> {
  let summary = "sum of products over labelled axes";
  let description = [{
    Each operand has one label for each axis; labels that are not in the output
    are summed over. Sizes of equal labels are equal, or the literal 1.
    ```mlir
    %c = arr.einsum %a [[0, 1]], %b [[1, 2]] -> [0, 2]
    ```
    In the generic form `labels` is an array of arrays.
  }];
  let arguments = (ins Variadic<Arr_ArrayType>:$operands,
                       TypedArrayAttrBase<DenseI64ArrayAttr, "labels of each operand">:$labels,
                       DenseI64ArrayAttr:$output);
  let results = (outs Arr_ScalarOrArray:$result);
  let assemblyFormat = [{
    $operands `labels` $labels `->` $output attr-dict `:` functional-type($operands, $result)
  }];
  let hasVerifier = 1;
}

def Arr_GatherOp : Arr_Op<"gather", [Pure]> {
  let summary = "the elements at positions that integer arrays hold";
  let description = [{
    `indices` are i64 arrays of one shape, one for each of `axes` of the source.
    The result has their axes at `position`, between the source's other axes.
    Negative positions count from the end; all are in range (checked before).
    ```mlir
    %r = arr.gather %x [%i] axes [1] at 1
       : !arr.array<[n, m], f64> [!arr.array<[k], i64>] -> !arr.array<[n, k], f64>
    ```
  }];
  let arguments = (ins Arr_ArrayType:$source, Variadic<Arr_ArrayType>:$indices,
                       DenseI64ArrayAttr:$axes, I64Attr:$position);
  let results = (outs Arr_ArrayType:$result);
  let assemblyFormat = [{
    $source `[` $indices `]` `axes` $axes `at` $position attr-dict
    `:` type($source) `[` type($indices) `]` `->` type($result)
  }];
  let hasVerifier = 1;
}

def Arr_FillOp : Arr_Op<"fill", [Pure]> {
  let summary = "a value with the same scalar everywhere";
  let description = [{
    ```mlir
    %z = arr.fill %zero (%n, %m) : f64 -> !arr.array<[n, m], f64>
    ```
  }];
  let arguments = (ins Arr_Scalar:$value, Variadic<Index>:$sizes);
  let results = (outs Arr_ArrayType:$result);
  let assemblyFormat = "$value `(` $sizes `)` attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_ArangeOp : Arr_Op<"arange", [Pure, AllTypesMatch<["start", "step"]>]> {
  let summary = "start + i * step for i in [0, count)";
  let description = [{
    ```mlir
    %r = arr.arange %start step %step count %n : f64 -> !arr.array<[n], f64>
    ```
  }];
  let arguments = (ins Arr_Scalar:$start, Arr_Scalar:$step, Index:$count);
  let results = (outs Arr_ArrayType:$result);
  let assemblyFormat = "$start `step` $step `count` $count attr-dict `:` type($start) `->` type($result)";
  let hasVerifier = 1;
}

def Arr_FromElementsOp : Arr_Op<"from_elements", [Pure]> {
  let summary = "a value of literal sizes from its elements in C order";
  let description = [{
    ```mlir
    %v = arr.from_elements %a, %b, %c : f64 -> !arr.array<[3], f64>
    ```
  }];
  let arguments = (ins Variadic<Arr_Scalar>:$elements);
  let results = (outs Arr_ArrayType:$result);
  let assemblyFormat = "($elements^)? attr-dict `:` functional-type($elements, $result)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Parallel loops, input and output
//===----------------------------------------------------------------------===//

def Arr_PrangeOp : Arr_Op<"prange", [RecursiveMemoryEffects, AutomaticAllocationScope,
                                     SingleBlockImplicitTerminator<"::arr::YieldOp">]> {
  let summary = "a loop whose iterations run in any order, in parallel";
  let description = [{
    The body gets an index in [0, count) and, for each reduction, an accumulator;
    it yields the new accumulators. `inits` are combined with the partial results
    once. How iterations are grouped depends on `count` only, so the result does not
    depend on the threads. `unchecked`: the independence of iterations is not proved.
    ```mlir
    %s = arr.prange %i = 0 to %n reduce [add] (%acc = %init : f64) {
      ...
      arr.yield %acc2 : f64
    }
    ```
  }];
  let arguments = (ins Index:$count, Variadic<Arr_Scalar>:$inits,
                       TypedArrayAttrBase<Arr_ReduceKindAttr, "reduction kinds">:$kinds,
                       UnitAttr:$unchecked);
  let results = (outs Variadic<Arr_Scalar>:$results);
  let regions = (region SizedRegion<1>:$region);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::BlockArgument getInductionVar() { return getBody()->getArgument(0); }
    ::mlir::Block::BlockArgListType getAccumulators() {
      return getBody()->getArguments().drop_front();
    }
  }];
}

def Arr_YieldOp : Arr_Op<"yield", [Pure, ReturnLike, Terminator]> {
  let summary = "ends a region of an arr op";
  let description = [{
    Its operands are what the region gives: new accumulators, contributions or
    elements.
    ```mlir
    arr.yield %sum : f64
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$operands);
  let assemblyFormat = "attr-dict ($operands^ `:` type($operands))?";
  let builders = [OpBuilder<(ins), [{ (void)$_state; }]>];
}

def Arr_PrintOp : Arr_Op<"print"> {
  let summary = "prints scalars, places and texts in NumPy's format";
  let description = [{
    `format` has one entry for each item in order: a text, or a unit attribute for the
    next operand; unsigned and weak scalars are told by their type (`ui8`, ...).
    ```mlir
    arr.print ["x =", " ", unit, "\n"] (%x) : f64
    ```
  }];
  let arguments = (ins ArrayAttr:$format, Variadic<AnyType>:$operands);
  let assemblyFormat = "$format (`(` $operands^ `)` `:` type($operands))? attr-dict";
}

def Arr_LoadFileOp : Arr_Op<"load_file"> {
  let summary = "reads a .npy file into a fresh place; dtype and rank are checked";
  let description = [{
    The path is a text (arr.string, or a parameter of `main`). A file that is not
    what the result's type says is an error, before anything is allocated.
    ```mlir
    %p = arr.load_file %path : !llvm.ptr -> !arr.place<[?, ?], f64>
    ```
  }];
  let arguments = (ins AnyType:$path);
  let results = (outs Res<Arr_PlaceType, "", [MemAlloc, MemWrite]>:$result);
  let assemblyFormat = "$path attr-dict `:` type($path) `->` type($result)";
}

// Writes what no value stands for: it must not be removed, nor reordered.
def Arr_SaveFileOp : Arr_Op<"save_file", [MemoryEffects<[MemWrite]>]> {
  let summary = "writes a place to a .npy file";
  let description = [{
    In C order; the file is replaced as a whole or not at all.
    ```mlir
    arr.save_file %path, %p : !llvm.ptr, !arr.place<[n], f64>
    ```
  }];
  let arguments = (ins AnyType:$path, Arg<Arr_PlaceType, "", [MemRead]>:$place);
  let assemblyFormat = "$path `,` $place attr-dict `:` type($path) `,` type($place)";
}

def Arr_CallExternOp : Arr_Op<"call_extern"> {
  let summary = "calls a C function that the user or the standard library declares";
  let description = [{
    Places are passed as `const arr_array *`, scalars and texts by value. The
    function may write the elements of its places.
    ```mlir
    %r = arr.call_extern "norm"(%p, %s) : (!arr.place<[n], f64>, i64) -> f64
    ```
  }];
  let arguments = (ins StrAttr:$symbol, Variadic<AnyType>:$operands);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$symbol `(` $operands `)` attr-dict `:` functional-type($operands, $results)";
}

def Arr_StringOp : Arr_Op<"string", [Pure]> {
  let summary = "the address of a constant NUL-terminated text";
  let description = [{
    ```mlir
    %path = arr.string "x.npy" : !llvm.ptr
    ```
  }];
  let arguments = (ins StrAttr:$text);
  let results = (outs AnyType:$result); // !llvm.ptr
  let assemblyFormat = "$text attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// Memory (after bufferisation; on memrefs)
//===----------------------------------------------------------------------===//

def Arr_AllocOp : Arr_Op<"alloc"> {
  let summary = "a reference-counted block of the runtime, count 1";
  let description = [{
    ```mlir
    %m = arr.alloc(%n, %k) : memref<?x?xf64>
    ```
  }];
  let arguments = (ins Variadic<Index>:$sizes);
  let results = (outs Res<AnyMemRef, "", [MemAlloc]>:$result);
  let assemblyFormat = "`(` $sizes `)` attr-dict `:` type($result)";
}

def Arr_RetainOp : Arr_Op<"retain", [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "one more reference to the block behind a memref (none if borrowed)";
  let description = [{
    Where a second name or a result begins to hold an array.
    ```mlir
    arr.retain %m : memref<?xf64>
    ```
  }];
  let arguments = (ins AnyMemRef:$memref);
  let assemblyFormat = "$memref attr-dict `:` type($memref)";
}

def Arr_ReleaseOp : Arr_Op<"release", [MemoryEffects<[MemRead, MemWrite, MemFree]>]> {
  let summary = "one reference less to the block behind a memref; the last frees it";
  let description = [{
    Where a name ends, placed by arr-insert-lifetimes. Borrowed memory is left alone.
    ```mlir
    arr.release %m : memref<?xf64>
    ```
  }];
  let arguments = (ins AnyMemRef:$memref);
  let assemblyFormat = "$memref attr-dict `:` type($memref)";
}

#endif // ARR_OPS
