//===- Crash.cpp - When the compiler itself fails -------------------------===//

#include "compiler/Driver/Crash.h"
#include "compiler/Driver/Options.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Signals.h"
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace arr {

/// Only functions that are safe in a signal handler are called.
[[noreturn]] static void report(const char *what) {
  auto write = [](const char *text) {
    if (::write(STDERR_FILENO, text, std::strlen(text)) < 0)
      return; // Nobody is listening.
  };
  write("internal error: arrc has failed (");
  write(what);
  write(")\nThis is a fault of arrc, not of your program: please report it together with "
        "the source file.\n");
  llvm::sys::RunInterruptHandlers(); // removes temporary files
  ::_exit(ExitFailed);
}

static void onSignal(int signal) {
  report(signal == SIGSEGV || signal == SIGBUS ? "invalid memory access"
         : signal == SIGABRT                   ? "aborted"
                                               : "fatal signal");
}

static void onFatalError(void *, const char *reason, bool) { report(reason); }

void installCrashHandlers() {
  llvm::install_fatal_error_handler(onFatalError);
  // A stack of its own: the reason may be that the stack is full.
  static char stack[64 * 1024];
  stack_t alternate = {};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  sigaltstack(&alternate, nullptr);
  struct sigaction action = {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE})
    sigaction(signal, &action, nullptr);
}

} // namespace arr
