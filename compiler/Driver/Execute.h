//===- Execute.h - Runs a compiled program --------------------------------===//
#ifndef ARR_DRIVER_EXECUTE_H
#define ARR_DRIVER_EXECUTE_H

#include <string>
#include <vector>

namespace arr {

/// Runs the program and waits for it. Its exit status, or 128 + the signal that
/// ended it, as a shell gives it.
int execute(const std::string &program, const std::vector<std::string> &arguments);

} // namespace arr

#endif // ARR_DRIVER_EXECUTE_H
