//===- SourceManager.cpp - Source files and positions in them -------------===//
//
// Files are read once, whole, and never change afterwards, so StringRefs into
// them stay valid. The table of line starts is made when a file is added.
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/SourceManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>
#include <cassert>

using namespace arr;

struct SourceManager::File {
  std::string name;
  std::string text;
  std::vector<uint32_t> lineStarts;
};

/// LF, CR LF and a lone CR end a line.
static std::vector<uint32_t> findLineStarts(llvm::StringRef text) {
  std::vector<uint32_t> starts{0};
  for (size_t i = 0; i != text.size(); ++i) {
    if (text[i] == '\r' && i + 1 != text.size() && text[i + 1] == '\n')
      continue;
    if (text[i] == '\n' || text[i] == '\r')
      starts.push_back(i + 1);
  }
  return starts;
}

SourceManager::SourceManager() = default;
SourceManager::~SourceManager() = default;

llvm::Expected<FileId> SourceManager::loadFile(llvm::StringRef path) {
  auto fail = [&](const llvm::Twine &reason) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "cannot read `" + path + "`: " + reason);
  };
  llvm::sys::fs::file_status status;
  if (std::error_code error = llvm::sys::fs::status(path, status))
    return fail(error.message());
  if (llvm::sys::fs::is_directory(status))
    return fail("it is a directory");
  // A device or pipe might never end.
  if (!llvm::sys::fs::is_regular_file(status))
    return fail("it is not a regular file");
  if (status.getSize() > maxFileSize)
    return fail("it is larger than 16 MB");

  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false,
                                            /*IsVolatile=*/true);
  if (!buffer)
    return fail(buffer.getError().message());
  // The file may have grown since it was looked at.
  if ((*buffer)->getBufferSize() > maxFileSize)
    return fail("it is larger than 16 MB");
  return addBuffer(path, (*buffer)->getBuffer().str());
}

FileId SourceManager::addBuffer(llvm::StringRef name, std::string text) {
  assert(text.size() <= maxFileSize);
  auto added = std::make_unique<File>();
  added->name = name.str();
  added->text = std::move(text);
  added->lineStarts = findLineStarts(added->text);
  files.push_back(std::move(added));
  return FileId{static_cast<uint32_t>(files.size() - 1)};
}

const SourceManager::File &SourceManager::file(FileId id) const {
  assert(id.index < files.size());
  return *files[id.index];
}

llvm::StringRef SourceManager::name(FileId id) const { return file(id).name; }

llvm::StringRef SourceManager::text(FileId id) const { return file(id).text; }

llvm::StringRef SourceManager::text(SourceRange range) const {
  return text(range.file).slice(range.begin, range.end);
}

LineColumn SourceManager::lineColumn(FileId id, uint32_t offset) const {
  const File &f = file(id);
  offset = std::min<uint32_t>(offset, f.text.size());
  auto next =
      std::upper_bound(f.lineStarts.begin(), f.lineStarts.end(), offset);
  LineColumn result;
  result.line = next - f.lineStarts.begin();
  // A byte-order mark is not a character of the first line.
  uint32_t start = lineStart(id, result.line);
  for (uint32_t i = start; i < offset; ++i)
    if ((static_cast<unsigned char>(f.text[i]) & 0xC0) != 0x80)
      ++result.column;
  return result;
}

SourceRange SourceManager::range(llvm::StringRef name, LineColumn begin,
                                 LineColumn end) const {
  for (uint32_t index = 0; index < files.size(); ++index) {
    FileId id{index};
    if (files[index]->name != name || begin.line < 1 ||
        end.line > lineCount(id) || begin.line > end.line)
      continue;
    auto offset = [&](LineColumn position) {
      uint32_t at = lineStart(id, position.line);
      uint32_t lineEnd = at + lineText(id, position.line).size();
      // Columns count characters: continuation bytes belong to the one before.
      for (unsigned column = 1; column < position.column && at < lineEnd;
           ++column)
        do
          ++at;
        while (at < lineEnd &&
               (static_cast<unsigned char>(files[index]->text[at]) & 0xC0) ==
                   0x80);
      return at;
    };
    return {id, offset(begin), offset(end)};
  }
  return SourceRange();
}

uint32_t SourceManager::lineStart(FileId id, unsigned line) const {
  const File &f = file(id);
  assert(line >= 1 && line <= f.lineStarts.size());
  uint32_t start = f.lineStarts[line - 1];
  if (start == 0 && llvm::StringRef(f.text).starts_with("\xEF\xBB\xBF"))
    start = 3;
  return start;
}

llvm::StringRef SourceManager::lineText(FileId id, unsigned line) const {
  llvm::StringRef rest =
      llvm::StringRef(file(id).text).drop_front(lineStart(id, line));
  return rest.take_until([](char c) { return c == '\n' || c == '\r'; });
}

unsigned SourceManager::lineCount(FileId id) const {
  return file(id).lineStarts.size();
}
