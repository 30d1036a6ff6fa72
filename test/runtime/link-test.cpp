// link-test.cpp -- what the library needs and shows: modules are linked with
// libc, libm and libomp alone, and export only the public interface.
#include "runtime-test.h"

#include <array>
#include <sstream>

namespace {

std::string outputOf(const std::string &command, int &status) {
  std::string text;
  FILE *pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  while (size_t size = fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), size);
  status = pclose(pipe);
  return text;
}

TEST(Link, NeedsOnlyLibcLibmAndLibomp) {
  TemporaryDirectory directory;
  std::string library = directory.file("all.so");
  int status = 0;
  std::string text = outputOf(
      ARR_LLVM_ROOT
          "/bin/ld.lld -shared --no-undefined "
          "--whole-archive " ARR_RUNTIME_LIBRARY " --no-whole-archive "
          "/lib/x86_64-linux-gnu/libc.so.6 "
          "/lib/x86_64-linux-gnu/libm.so.6 "
          "/lib64/ld-linux-x86-64.so.2 " ARR_LLVM_ROOT "/lib/libomp.so -o " +
          library,
      status);
  EXPECT_EQ(status, 0) << text;
  std::string symbols = outputOf(
      ARR_LLVM_ROOT "/bin/llvm-nm -D --defined-only -j " + library, status);
  EXPECT_EQ(status, 0);
  std::istringstream lines(symbols);
  int count = 0;
  for (std::string name; std::getline(lines, name); ++count)
    EXPECT_TRUE(name.rfind("arr_last_error", 0) == 0 ||
                name.rfind("arr_distance_", 0) == 0 ||
                name.rfind("arr_cdist_", 0) == 0 || name == "arr_abi_version" ||
                name == "arr_call" || name == "arr_call_fortran" ||
                name == "arr_set_num_threads" ||
                name == "arr_get_num_threads" || name == "arr_set_allocator" ||
                name == "arr_thread_state_v1")
        << name << " is exported";
  EXPECT_GE(count, 13);
}

} // namespace
