//===- Driver.cpp - The commands of arrc ----------------------------------===//

#include "compiler/Driver/Driver.h"
#include "compiler/CodeGen/Fortran.h"
#include "compiler/CodeGen/Header.h"
#include "compiler/CodeGen/Link.h"
#include "compiler/CodeGen/PythonModule.h"
#include "compiler/Driver/Compilation.h"
#include "compiler/Driver/Crash.h"
#include "compiler/Driver/Execute.h"
#include "compiler/Driver/Outputs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/thread.h"
#include "llvm/Config/llvm-config.h"

using namespace llvm;

namespace arr {

namespace {

class Driver {
public:
  Driver(const Options &options, const Installation &installation)
      : options(options), installation(installation),
        compilation(options, installation) {}

  int check();
  int build();
  int run();

private:
  int finish(Error error = Error::success());
  bool lowerAll();
  Error emitText(Outputs &outputs, const std::string &path);
  Error emitBinary(Outputs &outputs, const std::string &path);
  Expected<std::string> writeObject(const TemporaryDirectory &folder);
  LinkJob makeLinkJob(std::string object, std::string output) const;
  /// A message was left with the compilation, which finish() prints.
  static Error reported() { return createStringError(""); }

  const Options &options;
  const Installation &installation;
  Compilation compilation;
};

int Driver::finish(Error error) {
  ExitStatus status = compilation.finish(errs());
  std::string message = toString(std::move(error));
  if (message.empty() || status != ExitDone)
    return status;
  errs() << "arrc: error: ";
  printEscaped(errs(), message);
  errs() << '\n';
  return ExitFailed;
}

bool Driver::lowerAll() {
  return compilation.parse() && compilation.analyze() && compilation.lower(Phase::LLVM);
}

int Driver::check() {
  // Some errors are found by passes: parallel loops are proved there.
  if (compilation.parse() && compilation.analyze())
    compilation.lower(Phase::Simplify);
  return finish();
}

/// What is written as text, and stops before the object file.
Error Driver::emitText(Outputs &outputs, const std::string &path) {
  std::string text;
  raw_string_ostream os(text);
  switch (options.emit) {
  case Emit::AST:
    if (!compilation.parse())
      return reported();
    ast::dumpAST(os, compilation.getSyntax());
    break;
  case Emit::Typed:
    if (!compilation.parse() || !compilation.analyze())
      return reported();
    typed::dump(os, compilation.getProgram());
    break;
  case Emit::MLIR:
    if (!compilation.parse() || !compilation.analyze() ||
        !compilation.lower(options.phase))
      return reported();
    compilation.getModule().print(os);
    os << '\n';
    break;
  case Emit::Header:
  case Emit::Fortran:
    if (!compilation.parse() || !compilation.analyze() ||
        !compilation.lower(Phase::Arr))
      return reported();
    os << (options.emit == Emit::Header
               ? makeHeader(compilation.getExports())
               : makeFortranModule(compilation.getExports()));
    break;
  case Emit::LLVM:
    if (!lowerAll() || !compilation.generate(OutputKind::Library))
      return reported();
    compilation.getLLVMModule().print(os, nullptr);
    break;
  case Emit::Asm: {
    SmallString<0> code;
    if (!lowerAll() || !compilation.generate(OutputKind::Library) ||
        !compilation.emitCode(CodeGenFileType::AssemblyFile, code))
      return reported();
    os << code;
    break;
  }
  default:
    llvm_unreachable("not a text");
  }
  return outputs.write(path, text);
}

Expected<std::string> Driver::writeObject(const TemporaryDirectory &folder) {
  SmallString<0> code;
  if (!compilation.emitCode(CodeGenFileType::ObjectFile, code))
    return reported();
  std::string path = folder.getPath() + "/module.o";
  std::error_code error;
  raw_fd_ostream os(path, error);
  if (!error) {
    os << code;
    os.close();
    error = os.error();
    os.clear_error();
  }
  if (error)
    return createStringError("cannot write `" + path + "`: " + error.message());
  return path;
}

LinkJob Driver::makeLinkJob(std::string object, std::string output) const {
  LinkJob job;
  job.object = std::move(object);
  job.output = std::move(output);
  job.runtime = installation.runtime;
  job.libraries = options.libraries;
  job.keepDebugInfo = options.debugInfo;
  return job;
}

/// A file beside `path`.
static std::string withName(StringRef path, const Twine &name) {
  SmallString<128> result(sys::path::parent_path(path));
  sys::path::append(result, name);
  return result.str().str();
}

/// Can be the name of a module whose file name CPython need not encode.
static bool isImportable(StringRef name) {
  return !name.empty() && !isDigit(name.front()) &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

Error Driver::emitBinary(Outputs &outputs, const std::string &path) {
  if (path == "-")
    return createStringError("this kind of output cannot be written to standard output");
  bool isExecutable = options.emit == Emit::Exe;
  if (!lowerAll())
    return reported();
  if (isExecutable && !compilation.getExports().find("main"))
    return createStringError("`" + options.input + "` has no function `main` to make an "
                             "executable of; write one, or build a library with --emit=shared");
  OutputKind kind = isExecutable                    ? OutputKind::Executable
                    : options.emit == Emit::Python ? OutputKind::PythonModule
                                                   : OutputKind::Library;
  StringRef importName;
  if (kind == OutputKind::PythonModule) {
    importName = sys::path::filename(path).split('.').first;
    if (!isImportable(importName))
      return createStringError("a file '" + sys::path::filename(path) +
                               "' cannot be imported: the name of a Python module "
                               "consists of letters, digits and underscores");
  }
  if (!compilation.generate(kind, importName))
    return reported();
  auto folder = TemporaryDirectory::create();
  if (!folder)
    return folder.takeError();
  Expected<std::string> object = writeObject(**folder);
  if (!object)
    return object.takeError();
  Expected<std::string> output = outputs.create(path);
  if (!output)
    return output.takeError();
  LinkJob job = makeLinkJob(*object, *output);
  switch (options.emit) {
  case Emit::Object:
    if (std::error_code error = sys::fs::copy_file(*object, *output))
      return createStringError("cannot write `" + path + "`: " + error.message());
    return Error::success();
  case Emit::Static:
    if (Error error = archive(job))
      return error;
    break;
  case Emit::Shared:
    job.isShared = true;
    if (Error error = link(job))
      return error;
    break;
  case Emit::Python:
    job.isShared = true;
    job.archives.push_back(installation.glue);
    if (Error error = link(job))
      return error;
    return outputs.write(withName(path, importName + ".pyi"),
                         makePythonStub(compilation.getExports()));
  default:
    return link(job);
  }
  // A library comes with its header: libNAME.so and NAME.h.
  StringRef stem = sys::path::stem(path);
  stem.consume_front("lib");
  return outputs.write(withName(path, stem + ".h"),
                       makeHeader(compilation.getExports()));
}

int Driver::build() {
  Outputs outputs(options.input);
  std::string path = getOutputPath(options);
  Error error = Error::success();
  switch (options.emit) {
  case Emit::AST:
  case Emit::Typed:
  case Emit::MLIR:
  case Emit::Header:
  case Emit::Fortran:
  case Emit::LLVM:
  case Emit::Asm:
    error = emitText(outputs, path);
    break;
  default:
    error = emitBinary(outputs, path);
  }
  if (!error)
    error = outputs.commit();
  return finish(std::move(error));
}

int Driver::run() {
  std::string function = options.function.empty() ? "main" : options.function;
  std::unique_ptr<TemporaryDirectory> folder;
  std::string program;
  auto prepare = [&]() -> Error {
    if (!lowerAll())
      return reported();
    if (!compilation.getExports().find(function))
      return createStringError("`" + options.input + "` has no exported function `" +
                               function + "`");
    if (!compilation.generate(OutputKind::Executable, options.function))
      return reported();
    auto created = TemporaryDirectory::create();
    if (!created)
      return created.takeError();
    folder = std::move(*created);
    Expected<std::string> object = writeObject(*folder);
    if (!object)
      return object.takeError();
    // Named after the source: the program prints its name in messages.
    program = folder->getPath() + "/" + sys::path::stem(options.input).str();
    return link(makeLinkJob(*object, program));
  };
  int status = finish(prepare());
  if (status != ExitDone)
    return status;
  return execute(program, options.arguments);
}

} // namespace

static int runCommand(int argc, char **argv) {
  installCrashHandlers();
  Options options;
  if (!parseOptions(ArrayRef<const char *>(argv + 1, argc - 1), options, errs()))
    return ExitUsage;
  switch (options.command) {
  case Command::Help:
    printHelp(outs());
    return ExitDone;
  case Command::Version:
    outs() << "arrc " ARR_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
    return ExitDone;
  case Command::Build:
  case Command::Run:
  case Command::Check:
    break;
  }
  Installation installation = Installation::find(argv[0]);
  Driver driver(options, installation);
  return options.command == Command::Build ? driver.build()
         : options.command == Command::Run ? driver.run()
                                           : driver.check();
}

int runArrc(int argc, char **argv) {
  // Deeply nested sources make deep recursions: a stack to match.
  int status = ExitFailed;
  llvm::thread compiler(std::optional<unsigned>(256 << 20),
                        [&] { status = runCommand(argc, argv); });
  compiler.join();
  return status;
}

} // namespace arr
