//===- Installation.cpp - Where arrc finds its other files ----------------===//

#include "compiler/Driver/Installation.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace arr {

Installation Installation::find(const char *argv0) {
  // Any address in this program will do.
  std::string program = sys::fs::getMainExecutable(
      argv0, reinterpret_cast<void *>(&Installation::find));
  StringRef root = sys::path::parent_path(sys::path::parent_path(program));
  Installation found;
  found.runtime = (root + "/lib/libarrrt.a").str();
  found.glue = (root + "/lib/libarrglue.a").str();
  found.stdlib = (root + "/share/arr/stdlib").str();
  // In the build tree the library is read from the source, where it is edited.
  if (!sys::fs::is_directory(found.stdlib))
    found.stdlib = ARR_STDLIB_SOURCE;
  return found;
}

} // namespace arr
