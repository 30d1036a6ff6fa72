//===- KernelCall.h - What crosses from a kernel's place to its functions -===//
//
// The arithmetic of a kernel is in functions of their own, which the runtime
// library calls for one tile after the other. They find sizes, operands and
// scalars from above in a context: words, then captured values, in a struct on
// the stack of the function around the kernel. Equal kernels share functions:
// what differs between them is in the context.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_KERNELCALL_H
#define ARR_CONVERSION_KERNELTOVECTOR_KERNELCALL_H

#include "compiler/Conversion/KernelToVector/LaneCloner.h"
#include "compiler/Conversion/KernelToVector/Memory.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace arr {

/// One operand of a kernel: a pointer to its first element and, for each dim of
/// the kernel, how many elements a step in it goes.
struct Operand {
  mlir::Value pointer;
  mlir::Type elementType;
  llvm::SmallVector<mlir::Value> strides; // i64

  bool uses(unsigned dim) const {
    return !Emitter::isConstant(strides[dim], 0);
  }
  /// The same element for all points.
  bool isScalar() const {
    return llvm::all_of(strides, [](mlir::Value stride) {
      return Emitter::isConstant(stride, 0);
    });
  }
};

Operand makeOperand(Emitter &emit, mlir::Value memref, mlir::AffineMap map);
/// The position in dim `dim` as an operand that is its own address.
Operand makeIndexOperand(Emitter &emit, unsigned dim, unsigned numDims);

/// The context of one kernel.
class KernelContext {
public:
  /// Collects what the kernel's regions use from above.
  KernelContext(KernelOp kernel, unsigned numWords);

  /// Makes the struct on the stack of the emitter's function and fills it.
  mlir::Value fill(Emitter &emit, mlir::ValueRange words) const;
  /// What the regions use from above, inside a function that has the context.
  Captured load(Emitter &emit, mlir::Value context) const;

private:
  mlir::Value getField(Emitter &emit, mlir::Value context,
                       unsigned field) const;

  unsigned numWords;
  mlir::LLVMTypeConverter converter;
  llvm::SetVector<mlir::Value> captured, constants;
  mlir::LLVM::LLVMStructType type;
};

/// A private function at the end of a module: `body` gets its entry block.
mlir::func::FuncOp
makeFunction(mlir::ModuleOp module, mlir::Location loc, llvm::StringRef name,
             mlir::TypeRange argumentTypes,
             llvm::function_ref<void(Emitter &, mlir::Block &)> body);

/// The functions made so far: of equal ones only the first is kept.
class FunctionPool {
public:
  explicit FunctionPool(mlir::ModuleOp module) : module(module) {}

  /// makeFunction, or an equal function that is there already.
  mlir::func::FuncOp
  get(mlir::Location loc, llvm::StringRef name, mlir::TypeRange argumentTypes,
      llvm::function_ref<void(Emitter &, mlir::Block &)> body);
  /// The address of a function as a value.
  static mlir::Value getAddress(Emitter &emit, mlir::func::FuncOp function);
  /// A constant string of bytes.
  mlir::Value getBytes(Emitter &emit, llvm::ArrayRef<char> bytes);
  /// A constant array of integers.
  mlir::Value getWords(Emitter &emit, llvm::ArrayRef<int32_t> words);
  mlir::ModuleOp getModule() const { return module; }

private:
  mlir::ModuleOp module;
  llvm::DenseMap<llvm::hash_code, llvm::SmallVector<mlir::func::FuncOp, 1>>
      functions;
};

/// A word of a struct that the runtime library passes.
mlir::Value loadWord(Emitter &emit, mlir::Value pointer, unsigned word,
                     mlir::Type type);
/// Calls a function of the runtime library; `result` is null for none.
mlir::Value callRuntime(Emitter &emit, mlir::ModuleOp module,
                        llvm::StringRef name, mlir::Type result,
                        mlir::ValueRange operands);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_KERNELCALL_H
