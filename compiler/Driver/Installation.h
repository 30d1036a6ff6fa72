//===- Installation.h - Where arrc finds its other files ------------------===//
#ifndef ARR_DRIVER_INSTALLATION_H
#define ARR_DRIVER_INSTALLATION_H

#include <string>

namespace arr {

/// The same layout in the build tree and where arrc is installed:
/// bin/arrc, lib/libarrrt.a, include/arr/, share/arr/stdlib/.
struct Installation {
  std::string runtime; // lib/libarrrt.a
  std::string glue;    // lib/libarrglue.a: Python modules
  std::string stdlib;  // the folder

  static Installation find(const char *argv0);
};

} // namespace arr

#endif // ARR_DRIVER_INSTALLATION_H
