//===- RuntimeLibrary.h - Calls of the runtime from generated code --------===//
//
// Declares the functions of runtime/include/arr/codegen.h in a module as they
// are needed, and makes the constants and stack arrays that calls of them take.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_ARRTORUNTIME_RUNTIMELIBRARY_H
#define ARR_CONVERSION_ARRTORUNTIME_RUNTIMELIBRARY_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"

namespace arr {

/// Code and bits of arr_dtype (runtime/include/arr/arr.h).
struct RuntimeDType {
  uint8_t code = 0;
  uint8_t bits = 0;
  unsigned bytes() const { return bits / 8; }
};

/// From the spelling of the language: "f64", "bool", "c128".
RuntimeDType getRuntimeDType(llvm::StringRef spelling);
/// From an element or scalar type. Signless integers count as signed.
RuntimeDType getRuntimeDType(mlir::Type type);

/// "file.arr:12:5", or "" for code that no user wrote.
std::string getLocationText(mlir::Location loc);

class RuntimeLibrary {
public:
  explicit RuntimeLibrary(mlir::ModuleOp module) : module(module) {}

  /// Calls a runtime function; its declaration is derived from the operands.
  /// Returns null for a void result.
  mlir::Value call(mlir::OpBuilder &builder, mlir::Location loc,
                   llvm::StringRef name, mlir::Type result,
                   mlir::ValueRange operands);
  /// The same for functions that do not return.
  void callNoReturn(mlir::OpBuilder &builder, mlir::Location loc,
                    llvm::StringRef name, mlir::ValueRange operands);

  /// A call of a function that the program declares. Fails, with a diagnostic,
  /// if something else is known by that name.
  mlir::FailureOr<mlir::Value> callUser(mlir::OpBuilder &builder,
                                        mlir::Location loc,
                                        llvm::StringRef name, mlir::Type result,
                                        mlir::ValueRange operands);

  /// A new block for an array of these sizes (i64).
  mlir::Value allocate(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::ValueRange shape, unsigned itemSize);

  /// The address of a private NUL-terminated constant; equal texts share one.
  mlir::Value text(mlir::OpBuilder &builder, mlir::Location loc,
                   llvm::StringRef text);
  /// The position of `loc` as a text constant.
  mlir::Value locationText(mlir::OpBuilder &builder, mlir::Location loc) {
    return text(builder, loc, getLocationText(loc));
  }
  mlir::Value i64(mlir::OpBuilder &builder, mlir::Location loc, int64_t value);
  mlir::Value i32(mlir::OpBuilder &builder, mlir::Location loc, int32_t value);

  /// Room for `count` i64 on the stack of the function around the insertion
  /// point; null pointer for none.
  mlir::Value stackArray(mlir::OpBuilder &builder, mlir::Location loc,
                         int64_t count);
  /// A stack array that holds `values` (i64 or index).
  mlir::Value stackArray(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::ValueRange values);
  /// The address of element `index` of an array of i64.
  mlir::Value elementAddress(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value array, int64_t index);

private:
  mlir::LLVM::LLVMFuncOp declare(llvm::StringRef name, mlir::Type result,
                                 mlir::TypeRange operands, bool returns);

  mlir::ModuleOp module;
  llvm::StringMap<mlir::LLVM::GlobalOp> texts;
};

} // namespace arr

#endif // ARR_CONVERSION_ARRTORUNTIME_RUNTIMELIBRARY_H
