//===- ExternCalls.h - Calls of C functions -------------------------------===//
#ifndef ARR_CONVERSION_ARRTORUNTIME_EXTERNCALLS_H
#define ARR_CONVERSION_ARRTORUNTIME_EXTERNCALLS_H

#include "compiler/Conversion/ArrToRuntime/RuntimeLibrary.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"

namespace arr {

/// Replaces the op by a call that follows the C interface of the processor:
/// arrays as `const arr_array *` (runtime/include/arr/arr.h) on the stack,
/// scalars by value, texts as `const char *`.
mlir::LogicalResult lowerExternCall(mlir::OpBuilder &builder, CallExternOp op,
                                    RuntimeLibrary &runtime,
                                    const mlir::LLVMTypeConverter &converter);

} // namespace arr

#endif // ARR_CONVERSION_ARRTORUNTIME_EXTERNCALLS_H
