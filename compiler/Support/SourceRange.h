//===- SourceRange.h - A stretch of source text -----------------*- C++ -*-===//

#ifndef ARR_SUPPORT_SOURCERANGE_H
#define ARR_SUPPORT_SOURCERANGE_H

#include <cstdint>

namespace arr {

/// Names a file of the SourceManager. The default value names none.
struct FileId {
  uint32_t index = UINT32_MAX;
  bool isValid() const { return index != UINT32_MAX; }
  bool operator==(FileId other) const { return index == other.index; }
  bool operator!=(FileId other) const { return index != other.index; }
  bool operator<(FileId other) const { return index < other.index; }
};

/// Bytes [begin, end) of a file. An empty range is a point between characters.
/// A default-constructed range is "nowhere", for what no user wrote.
struct SourceRange {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool isValid() const { return file.isValid(); }
  bool isEmpty() const { return begin == end; }
  bool operator==(const SourceRange &other) const {
    return file == other.file && begin == other.begin && end == other.end;
  }
  bool operator!=(const SourceRange &other) const { return !(*this == other); }
  bool contains(const SourceRange &other) const {
    return file == other.file && begin <= other.begin && other.end <= end;
  }

  SourceRange startPoint() const { return {file, begin, begin}; }
  SourceRange endPoint() const { return {file, end, end}; }
  /// From the start of this range to the end of `last`.
  SourceRange through(const SourceRange &last) const {
    return {file, begin, last.end};
  }
};

} // namespace arr

#endif // ARR_SUPPORT_SOURCERANGE_H
