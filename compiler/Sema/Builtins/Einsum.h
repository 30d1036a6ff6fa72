//===- Einsum.h - Sums of products over labelled axes
//-----------------------===//
#ifndef ARR_SEMA_BUILTINS_EINSUM_H
#define ARR_SEMA_BUILTINS_EINSUM_H

#include "compiler/Sema/Builtins/Builtins.h"

namespace arr::sema {

using Labels = llvm::SmallVector<unsigned, 4>;

/// The sum over all labels that are not in `output` of the product of the
/// operands, in their common dtype. Operands of literal size 1 along a shared
/// label broadcast. One operand whose labels are all kept is a view of it.
Value contract(Checker &checker, ValueList operands, std::vector<Labels> labels,
               const Labels &output, llvm::StringRef spelling,
               SourceRange range);

Value einsum(BuiltinCall &call);

/// A view along diagonals; see typed::Diagonal.
Value diagonalView(Checker &checker, const Value &array,
                   llvm::ArrayRef<Labels> axes, SourceRange range);

} // namespace arr::sema

#endif // ARR_SEMA_BUILTINS_EINSUM_H
