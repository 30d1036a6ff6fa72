//===- Outline.h - Kernels as functions over ranges of work items ---------===//
//
// A Nest is what a kernel computes on: sizes, operands as pointers and strides,
// scalars from above. It crosses function boundaries as plain arguments; what
// is constant stays constant on the other side.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_OUTLINE_H
#define ARR_CONVERSION_KERNELTOVECTOR_OUTLINE_H

#include "compiler/Conversion/KernelToVector/KernelCall.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace arr {

struct Nest {
  llvm::SmallVector<mlir::Value> sizes; // i64
  llvm::SmallVector<Operand> inputs, outputs;
  /// Scalars from above the kernel, as its body names them, to what they are
  /// here.
  Captured captured;
};

/// The nest of a kernel at its place.
Nest makeNest(Emitter &emit, KernelOp kernel);

/// The values of a nest as arguments of a function, each once, no constants.
class NestArguments {
public:
  explicit NestArguments(const Nest &nest);

  llvm::ArrayRef<mlir::Value> getArguments() const { return arguments; }
  /// The nest inside a function whose first arguments are these.
  Nest rebuild(Emitter &emit, mlir::Block &entry) const;

private:
  void add(mlir::Value value);

  const Nest &nest;
  llvm::SmallVector<mlir::Value> arguments;
  llvm::DenseMap<mlir::Value, unsigned> numbers;
};

/// The i64, ptr, ... arguments of a worker after those of the nest.
struct WorkRange {
  mlir::Value shared;  // ptr: memory of all threads
  mlir::Value scratch; // ptr: memory of this call
  mlir::Value phase;   // i64
  mlir::Value begin, end;
};

/// How a launcher runs its worker.
struct WorkPlan {
  /// Work items of each phase, i64; one after the other. A phase may be empty.
  llvm::SmallVector<mlir::Value> phaseItems;
  mlir::Value sharedBytes;  // i64 or null
  mlir::Value scratchBytes; // i64 for each thread, or null
  mlir::Value points;       // i64: how much there is to do
  double costOfPoint;       // nanoseconds
};

/// A private function beside the one that encloses the emitter's position:
/// its body is made by `body`, which gets the entry block.
mlir::func::FuncOp
makeFunction(mlir::ModuleOp module, mlir::Location loc, llvm::StringRef name,
             mlir::TypeRange argumentTypes,
             llvm::function_ref<void(Emitter &, mlir::Block &)> body);

/// Calls worker(nest arguments, shared, scratch, phase, begin, end) for all
/// items, from several threads where that pays.
void emitLaunch(Emitter &emit, mlir::func::FuncOp worker,
                mlir::ValueRange nestArguments, const WorkPlan &plan);

/// The types of WorkRange's values.
llvm::SmallVector<mlir::Type> getWorkRangeTypes(mlir::OpBuilder &builder);
/// The last arguments of a worker.
WorkRange getWorkRange(mlir::Block &entry);

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_OUTLINE_H
