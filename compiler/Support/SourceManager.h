//===- SourceManager.h - Source files and positions in them -----*- C++ -*-===//
//
// Owns the text of every source file of one compilation. A place in the source
// is a SourceRange: a file and two byte offsets. Lines and columns are worked
// out only when a diagnostic or a debug location needs them.
//
//===----------------------------------------------------------------------===//

#ifndef ARR_SUPPORT_SOURCEMANAGER_H
#define ARR_SUPPORT_SOURCEMANAGER_H

#include "compiler/Support/SourceRange.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace arr {

/// A position as people count it. `column` counts characters, not bytes.
struct LineColumn {
  unsigned line = 1;
  unsigned column = 1;
};

class SourceManager {
public:
  /// The largest file that is read. Offsets are 32 bits wide, and a compiler
  /// that is given a core dump by mistake should say so.
  static constexpr size_t maxFileSize = size_t(16) << 20;

  SourceManager();
  ~SourceManager();
  SourceManager(const SourceManager &) = delete;
  SourceManager &operator=(const SourceManager &) = delete;

  /// Read a file from disk. Fails for directories, devices, files that are too
  /// large, and whatever the system refuses; the message names the file.
  llvm::Expected<FileId> loadFile(llvm::StringRef path);

  /// Add a text that is not on disk, or was read by the caller.
  FileId addBuffer(llvm::StringRef name, std::string text);

  /// Files are numbered from 0, in the order in which they were added.
  unsigned fileCount() const { return files.size(); }

  /// The path as the user wrote it, for messages and debug information.
  llvm::StringRef name(FileId file) const;
  /// The whole text, exactly as stored on disk.
  llvm::StringRef text(FileId file) const;
  /// What the user wrote at `range`.
  llvm::StringRef text(SourceRange range) const;

  LineColumn lineColumn(FileId file, uint32_t offset) const;
  LineColumn lineColumn(SourceRange range) const {
    return lineColumn(range.file, range.begin);
  }
  /// The reverse: the range between two positions in the file of that name;
  /// invalid if there is no such file or line.
  SourceRange range(llvm::StringRef name, LineColumn begin,
                    LineColumn end) const;
  /// The text of a line (counted from 1) without its end-of-line characters.
  llvm::StringRef lineText(FileId file, unsigned line) const;
  /// Where a line starts.
  uint32_t lineStart(FileId file, unsigned line) const;
  unsigned lineCount(FileId file) const;

private:
  struct File;
  const File &file(FileId id) const;
  std::vector<std::unique_ptr<File>> files;
};

} // namespace arr

#endif // ARR_SUPPORT_SOURCEMANAGER_H
