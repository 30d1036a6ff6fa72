//===- ArrTypes.td - Types and attributes of the arr dialect --*- tablegen -*-===//
#ifndef ARR_TYPES
#define ARR_TYPES

include "compiler/Dialect/Arr/ArrDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class Arr_ShapedType<string name, string typeMnemonic> : TypeDef<Arr_Dialect, name> {
  let mnemonic = typeMnemonic;
  // Each dim is an IntegerAttr (a size that is the literal number), a StringAttr
  // ("n", "n + 1": a symbolic size, canonical, so that equal strings in one
  // function are equal sizes), or the StringAttr "?" (a size of no name).
  let parameters = (ins ArrayRefParameter<"::mlir::Attribute">:$dims, "::mlir::Type":$elementType);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    int64_t getRank() const { return getDims().size(); }
    /// The literal size of an axis, or ShapedType::kDynamic.
    int64_t getStaticSize(unsigned axis) const;
    /// True where the axis is the literal 1: it broadcasts.
    bool isUnitDim(unsigned axis) const { return getStaticSize(axis) == 1; }
  }];
}

def Arr_ArrayType : Arr_ShapedType<"Array", "array"> {
  let summary = "an immutable array";
  let description = [{
    The result of an expression. Syntax: `!arr.array<[n, "n + 1", 3, ?], f64>`.
    Element types are `i1` (bool), `i8..i64` (signed), `ui8..ui64`, `f32`, `f64`,
    `complex<f32>`, `complex<f64>`. Below this dialect unsigned integers are
    signless, and a bool in memory is an `i8` that is 0 or 1.
  }];
}

def Arr_PlaceType : Arr_ShapedType<"Place", "place"> {
  let summary = "strided memory that names and views may share";
  let description = [{
    What a variable that holds an array is bound to, and what its views are.
    Strides are known at run time only and may be negative or zero. Syntax as `!arr.array`.
  }];
}

def Arr_Scalar : AnyTypeOf<[AnyInteger, AnyFloat, AnyComplex, Index], "scalar">;
def Arr_AnyArray : AnyTypeOf<[Arr_ArrayType, Arr_PlaceType], "value or place">;
// After ArrToLinalg places are memrefs and values are tensors.
def Arr_Memory : AnyTypeOf<[Arr_PlaceType, AnyMemRef], "place">;
def Arr_Elements : AnyTypeOf<[Arr_ArrayType, AnyRankedTensor], "value">;
def Arr_ScalarOrArray : AnyTypeOf<[Arr_ArrayType, AnyInteger, AnyFloat, AnyComplex, Index],
                                  "scalar or value">;

// The ways to combine partial results. `min`/`max` propagate NaN, `fmin`/`fmax`
// skip it; `argmin`/`argmax` give the first position of the extreme (or of the first NaN).
def Arr_ReduceKind : I32EnumAttr<"ReduceKind", "how partial results are combined", [
    I32EnumAttrCase<"Add", 0, "add">, I32EnumAttrCase<"Mul", 1, "mul">,
    I32EnumAttrCase<"Min", 2, "min">, I32EnumAttrCase<"Max", 3, "max">,
    I32EnumAttrCase<"FMin", 4, "fmin">, I32EnumAttrCase<"FMax", 5, "fmax">,
    I32EnumAttrCase<"And", 6, "and">, I32EnumAttrCase<"Or", 7, "or">,
    I32EnumAttrCase<"Xor", 8, "xor">, I32EnumAttrCase<"ArgMin", 9, "argmin">,
    I32EnumAttrCase<"ArgMax", 10, "argmax">]> {
  let cppNamespace = "::arr";
  let genSpecializedAttr = 0;
}
def Arr_ReduceKindAttr : EnumAttr<Arr_Dialect, Arr_ReduceKind, "reduce_kind">;

// One accumulator of an arr.kernel: how it combines, whether its integers are
// unsigned (min and max of ui32), and the scalar type it has.
def Arr_AccumulatorAttr : AttrDef<Arr_Dialect, "Accumulator"> {
  let mnemonic = "acc";
  let parameters = (ins EnumParameter<Arr_ReduceKind>:$kind, "::mlir::Type":$type,
                        DefaultValuedParameter<"bool", "false">:$isUnsigned);
  let assemblyFormat = "`<` $kind `:` $type (`unsigned` $isUnsigned^)? `>`";
  let summary = "how an accumulator of a kernel combines contributions";
}

// Mirrors arr_status in runtime/include/arr/arr.h.
def Arr_ErrorKind : I32EnumAttr<"ErrorKind", "what a failed check raises", [
    I32EnumAttrCase<"Shape", 4, "shape">, I32EnumAttrCase<"Value", 7, "value">,
    I32EnumAttrCase<"Index", 8, "index">, I32EnumAttrCase<"Assert", 9, "assert">,
    I32EnumAttrCase<"LinAlg", 12, "linalg">]> {
  let cppNamespace = "::arr";
  let genSpecializedAttr = 0;
}
def Arr_ErrorKindAttr : EnumAttr<Arr_Dialect, Arr_ErrorKind, "error_kind">;

#endif // ARR_TYPES
