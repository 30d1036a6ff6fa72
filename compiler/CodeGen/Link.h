//===- Link.h - Executables, shared libraries, archives -------------------===//
#ifndef ARR_CODEGEN_LINK_H
#define ARR_CODEGEN_LINK_H

#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace arr {

struct LinkJob {
  std::string object;  // path of the compiled module
  std::string output;  // path to be written
  std::string runtime; // path of libarrrt.a
  /// Further archives, before the runtime (the Python glue).
  std::vector<std::string> archives;
  /// What the user links: files, and `-lNAME`, `-LDIR`.
  std::vector<std::string> libraries;
  bool isShared = false;
  bool keepDebugInfo = false;
};

/// Links with lld, in this process. The message of an error is the linker's.
llvm::Error link(const LinkJob &job);

/// Writes a static library of the object and the members of the runtime, so that
/// a program needs no other part of Arr.
llvm::Error archive(const LinkJob &job);

} // namespace arr

#endif // ARR_CODEGEN_LINK_H
