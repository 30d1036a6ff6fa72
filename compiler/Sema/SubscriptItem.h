//===- SubscriptItem.h - The checked items of a subscript -----------------===//
#ifndef ARR_SEMA_SUBSCRIPTITEM_H
#define ARR_SEMA_SUBSCRIPTITEM_H

#include "compiler/Sema/Checker.h"

namespace arr::sema {

struct SubscriptItem {
  enum Kind { At, Range, NewAxis, Ellipsis, Positions, Mask } kind = Range;
  Value at;                // At, Positions (an i64 array), Mask
  Value start, stop, step; // Range: Missing where left out
  SourceRange range;

  /// How many axes of the base it stands for.
  unsigned axes() const {
    if (kind == NewAxis || kind == Ellipsis)
      return 0;
    return kind == Mask ? at.type.rank() : 1;
  }
  bool isAdvanced() const { return kind == Positions || kind == Mask; }
};

/// Makes `item` of an array or list that stands in a subscript; false after an
/// error.
bool checkIndexArray(Checker &checker, const Value &value, SubscriptItem &item);

/// Basic indexing by items that match the base's axes one to one. `isArray`:
/// an array without axes stays one.
Value basicIndex(Checker &checker, const Value &base,
                 llvm::ArrayRef<SubscriptItem> items, bool isArray,
                 SourceRange range);

/// Indexing where at least one item is an array. `ellipsis` is where an
/// ellipsis was written out, perhaps as no axis at all.
Value advancedIndex(Checker &checker, const Value &base,
                    llvm::ArrayRef<SubscriptItem> items,
                    std::optional<size_t> ellipsis, SourceRange range);

} // namespace arr::sema

#endif // ARR_SEMA_SUBSCRIPTITEM_H
