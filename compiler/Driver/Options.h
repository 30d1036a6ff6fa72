//===- Options.h - arrc's command line ------------------------------------===//
#ifndef ARR_DRIVER_OPTIONS_H
#define ARR_DRIVER_OPTIONS_H

#include "compiler/Pipelines/Pipelines.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace arr {

enum class Command { Build, Run, Check, Help, Version };

enum class Emit {
  Exe, Shared, Static, Object, Asm, LLVM, MLIR, Header, Python, Fortran, AST, Typed
};

struct Options {
  Command command = Command::Help;
  std::string input;
  std::string output; // -o; empty: by the source's stem
  Emit emit = Emit::Exe;
  Phase phase = Phase::Arr; // of --emit=mlir
  unsigned optLevel = 2;
  std::string march = "native";
  FPMode fpMode = FPMode::Default;
  bool isUnsafe = false;
  bool debugInfo = false;
  std::vector<std::string> importPaths;
  std::vector<std::string> libraries; // files; `-lNAME`, `-LDIR`
  // For work on the compiler.
  bool verifyDiagnostics = false; // against comments in the source
  bool timing = false;
  bool verifyEach = false;
  std::string printAfter; // a pass
  Phase from = Phase::Arr; // what a .mlir file given as input has gone through

  // arrc run
  std::string function; // FILE.arr:function; empty: main
  std::vector<std::string> arguments;
};

/// Exit statuses of arrc and of compiled programs.
enum ExitStatus { ExitDone = 0, ExitFailed = 1, ExitUsage = 2 };

/// Parses the command line. On wrong usage prints what is wrong and returns false.
bool parseOptions(llvm::ArrayRef<const char *> args, Options &options,
                  llvm::raw_ostream &errs);
void printHelp(llvm::raw_ostream &os);

} // namespace arr

#endif // ARR_DRIVER_OPTIONS_H
