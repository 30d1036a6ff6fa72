//===- Driver.h - The program arrc ----------------------------------------===//
#ifndef ARR_DRIVER_DRIVER_H
#define ARR_DRIVER_DRIVER_H

namespace arr {

/// Returns the exit status: 0 done, 1 the source or the program failed, 2 wrong usage.
int runArrc(int argc, char **argv);

} // namespace arr

#endif // ARR_DRIVER_DRIVER_H
