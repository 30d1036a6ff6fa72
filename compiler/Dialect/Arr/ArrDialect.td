//===- ArrDialect.td - The arr dialect ------------------------*- tablegen -*-===//
//
// RATIONALE.md beside this file explains the decisions.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_DIALECT
#define ARR_DIALECT

include "mlir/IR/OpBase.td"

def Arr_Dialect : Dialect {
  let name = "arr";
  let cppNamespace = "::arr";
  let summary = "Array programs with NumPy semantics: values, places and loop nests";
  let description = [{
    The dialect keeps two kinds of arrays apart. A *value* (`!arr.array`) is an
    immutable array, the result of an expression; operations on values are pure
    and fuse freely. A *place* (`!arr.place`) is strided memory that several
    names may share; views of a place are places, and only `arr.write` and
    `arr.store` change one.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let extraClassDeclaration = "void registerTypes();";
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::tensor::TensorDialect"];
}

class Arr_Op<string mnemonic, list<Trait> traits = []> : Op<Arr_Dialect, mnemonic, traits>;

#endif // ARR_DIALECT
