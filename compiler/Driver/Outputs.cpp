//===- Outputs.cpp - Output files: all or nothing -------------------------===//

#include "compiler/Driver/Outputs.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <unistd.h>

using namespace llvm;

namespace arr {

static Error cannotWrite(StringRef path, std::error_code error) {
  return createStringError("cannot write `" + path + "`: " + error.message());
}

std::string getOutputPath(const Options &options) {
  if (!options.output.empty() && !StringRef(options.output).ends_with("/"))
    return options.output;
  std::string stem = sys::path::stem(options.input).str();
  std::string name;
  switch (options.emit) {
  case Emit::Exe:
    name = stem;
    break;
  case Emit::Shared:
    name = "lib" + stem + ".so";
    break;
  case Emit::Static:
    name = "lib" + stem + ".a";
    break;
  case Emit::Object:
    name = stem + ".o";
    break;
  case Emit::Asm:
    name = stem + ".s";
    break;
  case Emit::LLVM:
    name = stem + ".ll";
    break;
  case Emit::MLIR:
    name = stem + ".mlir";
    break;
  case Emit::Header:
    name = stem + ".h";
    break;
  case Emit::Fortran:
    name = stem + ".f90";
    break;
  case Emit::Python:
    name = stem + ".abi3.so";
    break;
  case Emit::AST:
  case Emit::Typed:
    return "-";
  }
  return options.output + name;
}

Outputs::~Outputs() {
  for (const File &file : files) {
    sys::fs::remove(file.temporary);
    sys::DontRemoveFileOnSignal(file.temporary);
  }
}

Expected<std::string> Outputs::create(StringRef path) {
  if (sys::fs::is_directory(path))
    return createStringError("cannot write `" + path + "`: it is a directory");
  if (sys::fs::equivalent(path, input))
    return createStringError("the output `" + path + "` is the source file");
  SmallString<128> model(sys::path::parent_path(path));
  sys::path::append(model, "." + sys::path::filename(path) + ".%%%%%%%%");
  SmallString<128> temporary;
  int descriptor;
  if (std::error_code error = sys::fs::createUniqueFile(model, descriptor, temporary))
    return cannotWrite(path, error);
  ::close(descriptor);
  sys::RemoveFileOnSignal(temporary);
  files.push_back({temporary.str().str(), path.str()});
  return temporary.str().str();
}

Error Outputs::write(StringRef path, StringRef contents) {
  if (path == "-") {
    outs() << contents;
    outs().flush();
    if (outs().has_error()) {
      std::error_code error = outs().error();
      outs().clear_error();
      return cannotWrite("standard output", error);
    }
    return Error::success();
  }
  Expected<std::string> temporary = create(path);
  if (!temporary)
    return temporary.takeError();
  std::error_code error;
  raw_fd_ostream os(*temporary, error);
  if (!error) {
    os << contents;
    os.close();
    error = os.error();
    os.clear_error();
  }
  return error ? cannotWrite(path, error) : Error::success();
}

Error Outputs::commit() {
  for (const File &file : files) {
    // Temporary files are private; outputs follow the user's umask. The linker
    // has set the permissions of what can be executed.
    sys::fs::perms mode = sys::fs::perms::all_read | sys::fs::perms::all_write;
    if (ErrorOr<sys::fs::perms> given = sys::fs::getPermissions(file.temporary))
      if (*given & sys::fs::owner_exe)
        mode = mode | sys::fs::all_exe;
    sys::fs::setPermissions(file.temporary, sys::fs::perms(mode & ~sys::fs::getUmask()));
    if (std::error_code error = sys::fs::rename(file.temporary, file.path))
      return cannotWrite(file.path, error);
    sys::DontRemoveFileOnSignal(file.temporary);
  }
  files.clear();
  return Error::success();
}

Expected<std::unique_ptr<TemporaryDirectory>> TemporaryDirectory::create() {
  const char *folder = std::getenv("TMPDIR");
  std::string path = std::string(folder && *folder ? folder : "/tmp") + "/arrc-XXXXXX";
  if (!::mkdtemp(path.data()))
    return cannotWrite(path, std::error_code(errno, std::generic_category()));
  return std::unique_ptr<TemporaryDirectory>(new TemporaryDirectory(path));
}

TemporaryDirectory::~TemporaryDirectory() { sys::fs::remove_directories(path); }

} // namespace arr
