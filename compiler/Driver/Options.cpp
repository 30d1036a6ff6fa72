//===- Options.cpp - arrc's command line ----------------------------------===//

#include "compiler/Driver/Options.h"
#include "compiler/Support/Diagnostics.h"
#include "llvm/ADT/StringSwitch.h"
#include <optional>

using llvm::StringRef;

namespace arr {

void printHelp(llvm::raw_ostream &os) {
  os << R"(arrc, the compiler of the array language Arr

  arrc build FILE.arr [OPTIONS]             compile
  arrc run FILE.arr [ARGUMENTS]             compile and run `main`
  arrc run FILE.arr:FUNCTION X.npy ... [-o D.npy]
                                            compile and call any exported function
  arrc check FILE.arr                       report errors, write nothing

Options of build; before the file also of run and check:
  -o OUT              write OUT; with a trailing `/`, into that directory
  --emit=KIND         exe (default): an executable
                      shared: a library for C and a header
                      python: a module (NAME.abi3.so) and its types (NAME.pyi)
                      fortran: a module (NAME.f90) for a library
                      static, object, asm, llvm, header
                      mlir[=PHASE]: the program after a phase of the compiler
                      ast, typed: the program before that
  -O0 -O1 -O2 -O3     effort of optimisation (default -O2); results are the same
  --march=CPU         native (default), x86-64-v3, x86-64-v4, ...
  --fp=MODE           default, strict: as NumPy bit for bit, fast
  --unsafe            leave out checks of indices
  -I DIR              look for imported modules in DIR
  FILE.o .a .so       link these, for `@extern` functions
  -l NAME, -L DIR     link libNAME; look for libraries in DIR
  -g                  line numbers for debuggers
  --help, --version

Phases for --emit=mlir:
)";
  for (unsigned i = 0; i < numPhases; ++i)
    os << "  " << llvm::left_justify(getPhaseName(Phase(i)), 20)
       << getPhaseText(Phase(i)) << '\n';
  os << R"(
Exit status: 0 done, 1 the source or the program failed, 2 wrong usage.
)";
}

namespace {

class OptionParser {
public:
  OptionParser(llvm::ArrayRef<const char *> args, Options &options,
               llvm::raw_ostream &errs)
      : args(args), options(options), errs(errs) {}

  bool parse();

private:
  bool fail(const llvm::Twine &message) {
    errs << "arrc: error: ";
    printEscaped(errs, message.str());
    errs << "\ntry `arrc --help`\n";
    return false;
  }
  bool parseCommand(StringRef word);
  bool parseOption(StringRef arg);
  bool parseEmit(StringRef value);
  bool parsePhase(StringRef name, Phase &phase);
  bool parseFile(StringRef arg);
  bool takeRunArguments();
  /// The value of `-o OUT` or `-oOUT`.
  bool value(StringRef option, StringRef attached, std::string &result) {
    if (!attached.empty()) {
      result = attached.str();
      return true;
    }
    if (next == args.size())
      return fail(option + " needs a value");
    result = args[next++];
    return true;
  }

  llvm::ArrayRef<const char *> args;
  Options &options;
  llvm::raw_ostream &errs;
  size_t next = 0;
};

bool OptionParser::parseCommand(StringRef word) {
  auto command = llvm::StringSwitch<std::optional<Command>>(word)
                     .Case("build", Command::Build)
                     .Case("run", Command::Run)
                     .Case("check", Command::Check)
                     .Cases({"help", "--help", "-h"}, Command::Help)
                     .Cases({"version", "--version"}, Command::Version)
                     .Default(std::nullopt);
  if (command) {
    options.command = *command;
    return true;
  }
  if (word.ends_with(".arr"))
    return fail("`" + word + "` is not a command; did you mean `arrc build " + word + "`?");
  return fail("`" + word + "` is not a command (build, run, check)");
}

bool OptionParser::parsePhase(StringRef name, Phase &phase) {
  if (std::optional<Phase> known = arr::parsePhase(name)) {
    phase = *known;
    return true;
  }
  std::string names;
  for (unsigned i = 0; i < numPhases; ++i)
    names += (i ? ", " : "") + getPhaseName(Phase(i)).str();
  return fail("`" + name + "` is no phase of the compiler (" + names + ")");
}

bool OptionParser::parseEmit(StringRef value) {
  StringRef phase;
  std::tie(value, phase) = value.split('=');
  auto emit = llvm::StringSwitch<std::optional<Emit>>(value)
                  .Case("exe", Emit::Exe)
                  .Case("shared", Emit::Shared)
                  .Case("static", Emit::Static)
                  .Case("object", Emit::Object)
                  .Case("asm", Emit::Asm)
                  .Case("llvm", Emit::LLVM)
                  .Case("mlir", Emit::MLIR)
                  .Case("header", Emit::Header)
                  .Case("python", Emit::Python)
                  .Case("fortran", Emit::Fortran)
                  .Case("ast", Emit::AST)
                  .Case("typed", Emit::Typed)
                  .Default(std::nullopt);
  if (!emit)
    return fail("cannot emit `" + value + "` (exe, shared, static, object, asm, llvm, "
                "mlir, header, python, fortran, ast, typed)");
  options.emit = *emit;
  if (phase.empty())
    return true;
  if (*emit != Emit::MLIR)
    return fail("only --emit=mlir has phases");
  return parsePhase(phase, options.phase);
}

bool OptionParser::parseOption(StringRef arg) {
  StringRef name = arg;
  if (name == "--help" || name == "-h")
    options.command = Command::Help;
  else if (name == "--version")
    options.command = Command::Version;
  else if (name.consume_front("--emit="))
    return parseEmit(name);
  else if (name.consume_front("--march="))
    options.march = name.str();
  else if (name.consume_front("--fp=")) {
    if (name != "default" && name != "strict" && name != "fast")
      return fail("--fp is default, strict or fast, not `" + name + "`");
    options.fpMode = name == "strict" ? FPMode::Strict
                     : name == "fast" ? FPMode::Fast
                                      : FPMode::Default;
  } else if (name == "--unsafe")
    options.isUnsafe = true;
  else if (name == "-g")
    options.debugInfo = true;
  else if (name == "--verify-diagnostics")
    options.verifyDiagnostics = true;
  else if (name == "--timing")
    options.timing = true;
  else if (name == "--verify-each")
    options.verifyEach = true;
  else if (name.consume_front("--print-after="))
    options.printAfter = name.str();
  else if (name.consume_front("--from="))
    return parsePhase(name, options.from);
  else if (name.size() == 3 && name.starts_with("-O") && name[2] >= '0' && name[2] <= '3')
    options.optLevel = name[2] - '0';
  else if (name.consume_front("-o")) {
    if (!value("-o", name, options.output))
      return false;
    if (options.output.empty())
      return fail("-o needs a file name");
  } else if (name.consume_front("-I")) {
    std::string folder;
    if (!value("-I", name, folder))
      return false;
    options.importPaths.push_back(std::move(folder));
  } else if (name.starts_with("-l") || name.starts_with("-L")) {
    std::string library;
    if (!value(name.take_front(2), name.drop_front(2), library))
      return false;
    options.libraries.push_back((name.take_front(2) + library).str());
  } else
    return fail("unknown option `" + arg + "`");
  return true;
}

bool OptionParser::parseFile(StringRef arg) {
  if (arg.ends_with(".o") || arg.ends_with(".a") || arg.ends_with(".so")) {
    options.libraries.push_back(arg.str());
    return true;
  }
  if (!options.input.empty())
    return fail("only one file can be compiled at a time: `" + options.input +
                "` or `" + arg + "`");
  options.input = arg.str();
  if (options.command != Command::Run)
    return true;
  // FILE.arr:function, but a colon in a folder's name stays.
  size_t colon = arg.rfind(":");
  StringRef file = arg.take_front(colon);
  if (colon != StringRef::npos && (file.ends_with(".arr") || file.ends_with(".mlir"))) {
    options.input = file.str();
    options.function = arg.drop_front(colon + 1).str();
    if (options.function.empty())
      return fail("no function name follows the colon in `" + arg + "`");
  }
  // All that follows belongs to the program.
  while (next < args.size())
    options.arguments.push_back(args[next++]);
  return true;
}

bool OptionParser::parse() {
  if (args.empty())
    return fail("no command (build, run, check)");
  if (!parseCommand(args[next++]))
    return false;
  bool onlyFiles = false; // after `--`
  while (next < args.size() && options.command != Command::Help &&
         options.command != Command::Version) {
    StringRef arg = args[next++];
    if (arg == "--" && !onlyFiles)
      onlyFiles = true;
    else if (!onlyFiles && arg.size() > 1 && arg.starts_with("-")) {
      if (!parseOption(arg))
        return false;
    } else if (!parseFile(arg))
      return false;
  }
  if (options.command == Command::Help || options.command == Command::Version)
    return true;
  if (options.input.empty())
    return fail("no source file");
  if (options.command == Command::Run && !options.output.empty())
    return fail("-o of `arrc run` stands after the file");
  return true;
}

} // namespace

bool parseOptions(llvm::ArrayRef<const char *> args, Options &options,
                  llvm::raw_ostream &errs) {
  return OptionParser(args, options, errs).parse();
}

} // namespace arr
