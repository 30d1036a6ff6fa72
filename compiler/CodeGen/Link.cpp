//===- Link.cpp - Executables, shared libraries, archives -----------------===//
//
// No shell and no compiler driver: the paths of the C library's start files and
// of libomp were found when arrc was configured.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/Link.h"
#include "lld/Common/Driver.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

LLD_HAS_DRIVER(elf)

using namespace llvm;

namespace arr {

/// Public functions of the runtime that a library offers, whether or not the
/// compiled code uses them (runtime/include/arr/arr.h).
static constexpr const char *interface[] = {
    "arr_call", "arr_call_fortran", "arr_last_error", "arr_last_error_message",
    "arr_last_error_location", "arr_abi_version", "arr_set_num_threads",
    "arr_get_num_threads", "arr_set_allocator"};

static std::vector<std::string> getArguments(const LinkJob &job) {
  std::vector<std::string> args = {"ld.lld", "-o", job.output,
                                   "--eh-frame-hdr", "--hash-style=gnu",
                                   "--gc-sections", "--as-needed",
                                   "-z", "relro", "-z", "noexecstack"};
  const std::string crt = ARR_CRT_DIR "/";
  if (!job.keepDebugInfo)
    args.push_back("--strip-debug");
  if (job.isShared) {
    // OpenMP's threads outlive the last use of a library: it stays loaded.
    args.insert(args.end(), {"-shared", "-z", "nodelete"});
    for (const char *name : interface)
      args.insert(args.end(), {"-u", name});
  } else {
    args.insert(args.end(), {"-pie", "-z", "now", "-dynamic-linker", ARR_DYNAMIC_LINKER,
                             crt + "Scrt1.o"});
  }
  args.push_back(crt + "crti.o");
  args.push_back(job.object);
  args.insert(args.end(), job.archives.begin(), job.archives.end());
  args.insert(args.end(), job.libraries.begin(), job.libraries.end());
  args.insert(args.end(), {job.runtime, ARR_LIBOMP, "-L" ARR_CRT_DIR, "-lmvec",
                           "-lm", "-lpthread", "-lc", ARR_LIBGCC, crt + "crtn.o"});
  return args;
}

Error link(const LinkJob &job) {
  std::vector<std::string> args = getArguments(job);
  std::vector<const char *> pointers;
  for (const std::string &arg : args)
    pointers.push_back(arg.c_str());
  std::string messages;
  raw_string_ostream os(messages);
  lld::Result result =
      lld::lldMain(pointers, os, os, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode == 0)
    return Error::success();
  StringRef message = StringRef(messages).trim();
  message.consume_front("ld.lld: error: ");
  return createStringError("cannot link: " + message);
}

Error archive(const LinkJob &job) {
  auto object = NewArchiveMember::getFile(job.object, /*Deterministic=*/true);
  if (!object)
    return object.takeError();
  // Named by what it is, not by the temporary file that it was read from.
  object->MemberName = "module.o";
  std::vector<NewArchiveMember> members;
  members.push_back(std::move(*object));

  auto buffer = MemoryBuffer::getFile(job.runtime);
  if (!buffer)
    return createStringError("cannot read `" + job.runtime +
                             "`: " + buffer.getError().message());
  auto runtime = object::Archive::create((*buffer)->getMemBufferRef());
  if (!runtime)
    return runtime.takeError();
  Error error = Error::success();
  for (const object::Archive::Child &child : (*runtime)->children(error)) {
    auto member = NewArchiveMember::getOldMember(child, /*Deterministic=*/true);
    if (!member)
      return joinErrors(std::move(error), member.takeError());
    members.push_back(std::move(*member));
  }
  if (error)
    return error;
  return writeArchive(job.output, members, SymtabWritingMode::NormalSymtab,
                      object::Archive::K_GNU, /*Deterministic=*/true,
                      /*Thin=*/false);
}

} // namespace arr
