//===- Crash.h - When the compiler itself fails ---------------------------===//
#ifndef ARR_DRIVER_CRASH_H
#define ARR_DRIVER_CRASH_H

namespace arr {

/// From now on a crash, or a fatal error inside LLVM, removes temporary files,
/// says in two lines what has happened, and exits with status 1. To be called on the
/// thread that does the work.
void installCrashHandlers();

} // namespace arr

#endif // ARR_DRIVER_CRASH_H
