//===- Outputs.h - Output files: all or nothing ---------------------------===//
#ifndef ARR_DRIVER_OUTPUTS_H
#define ARR_DRIVER_OUTPUTS_H

#include "compiler/Driver/Options.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace arr {

/// The path of the output by the rules of `-o`: the option's, or in the option's
/// directory (trailing `/`), or in the current directory, by the source's stem.
std::string getOutputPath(const Options &options);

/// The files that one command writes. Each is written under a temporary name in
/// its directory; commit() puts all in place. Without it, and on signals,
/// nothing is left behind.
class Outputs {
public:
  explicit Outputs(std::string input) : input(std::move(input)) {}
  Outputs(const Outputs &) = delete;
  Outputs &operator=(const Outputs &) = delete;
  ~Outputs();

  /// A temporary path for the output `path`. Fails if it is the input, a
  /// directory, or cannot be created.
  llvm::Expected<std::string> create(llvm::StringRef path);
  /// Writes a whole text; `-` is standard output.
  llvm::Error write(llvm::StringRef path, llvm::StringRef contents);
  llvm::Error commit();

private:
  struct File {
    std::string temporary, path;
  };
  std::string input;
  std::vector<File> files;
};

/// A private directory that disappears with all its contents.
class TemporaryDirectory {
public:
  static llvm::Expected<std::unique_ptr<TemporaryDirectory>> create();
  ~TemporaryDirectory();
  const std::string &getPath() const { return path; }

private:
  explicit TemporaryDirectory(std::string path) : path(std::move(path)) {}
  std::string path;
};

} // namespace arr

#endif // ARR_DRIVER_OUTPUTS_H
