// cli-test.cpp -- the command line that arr_main and arr_run_function make from
// a signature: arguments, options, help, errors and exit statuses.
#include "runtime-test.h"

#include <cstring>

namespace {

const char *const dims[] = {"n"};
template <typename T> constexpr const char *annotation();
template <> constexpr const char *annotation<double>() { return "f64[n]"; }
template <> constexpr const char *annotation<float>() { return "f32[n]"; }

// def main(x: T[n], count: u8, eps: T = 0.5, out: str = 'd.npy',
//          verbose: bool = False, check_all: bool = True, z: c128 = 1j,
//          level: i8 = -1) -> T[n]
// prints its scalars and returns eps * x; count 99 fails.
template <typename T> void entry(void **slots) {
  auto *x = static_cast<arr_array *>(slots[0]);
  auto count = *static_cast<uint8_t *>(slots[1]);
  T eps = *static_cast<T *>(slots[2]);
  auto *z = static_cast<double *>(slots[6]);
  if (count == 99)
    arr_raise(ARR_EASSERT, "main.arr:7:5", "count is 99");
  arr_print_str(annotation<T>());
  arr_print_str(" ");
  arr_print_uint(count);
  arr_print_str(" ");
  arr_print_str(static_cast<const char *>(slots[3]));
  arr_print_str(" ");
  arr_print_bool(*static_cast<int8_t *>(slots[4]));
  arr_print_str(" ");
  arr_print_bool(*static_cast<int8_t *>(slots[5]));
  arr_print_str(" ");
  arr_print_complex(z[0], z[1], 128);
  arr_print_str(" ");
  arr_print_int(*static_cast<int8_t *>(slots[7]));
  arr_print_str("\n");
  int64_t n = x->shape[0], one = 1;
  T *block = static_cast<T *>(arr_alloc(1, &n, sizeof(T)));
  for (int64_t i = 0; i < n; ++i)
    block[i] = eps * static_cast<T *>(x->data)[i];
  arr_return_array(static_cast<arr_array *>(slots[8]), block, block, 1, &n,
                   &one, sizeof(T));
  arr_release(block);
}

template <typename T> const T half = T(0.5);
const uint8_t no = 0, yes = 1;
const int8_t minusOne = -1;
const double imaginary[] = {0, 1};
const uint8_t optional = ARR_PARAM_OPTIONAL;

template <typename T>
const arr_param params[] = {
    {"x", ARR_KIND_ARRAY, 0, 1, dtypeOf<T>(), dims, annotation<T>(), nullptr,
     nullptr},
    {"count",
     ARR_KIND_SCALAR,
     0,
     0,
     {ARR_UINT, 8, 1},
     nullptr,
     "u8",
     nullptr,
     nullptr},
    {"eps", ARR_KIND_SCALAR, optional, 0, dtypeOf<T>(), nullptr, "T", "0.5",
     &half<T>},
    {"out", ARR_KIND_STR, optional, 0, {}, nullptr, "str", "'d.npy'", "d.npy"},
    {"verbose",
     ARR_KIND_SCALAR,
     optional,
     0,
     {ARR_BOOL, 8, 1},
     nullptr,
     "bool",
     "False",
     &no},
    {"check_all",
     ARR_KIND_SCALAR,
     optional,
     0,
     {ARR_BOOL, 8, 1},
     nullptr,
     "bool",
     "True",
     &yes},
    {"z",
     ARR_KIND_SCALAR,
     optional,
     0,
     {ARR_COMPLEX, 128, 1},
     nullptr,
     "c128",
     "1j",
     imaginary},
    {"level",
     ARR_KIND_SCALAR,
     optional,
     0,
     {ARR_INT, 8, 1},
     nullptr,
     "i8",
     "-1",
     &minusOne}};
template <typename T>
const arr_param results[] = {{"", ARR_KIND_ARRAY, 0, 1, dtypeOf<T>(), dims,
                              annotation<T>(), nullptr, nullptr}};

const char doc[] = "Scales an array.\n\n    x is scaled.\n      By eps.\n    ";
const arr_function functions[] = {
    {"main", "main_f32", doc, "main.arr:3:1", 8, 1, params<float>,
     results<float>, ".", entry<float>},
    {"main", "main_f64", doc, "main.arr:3:1", 8, 1, params<double>,
     results<double>, ".", entry<double>}};
const arr_module module = {
    ARR_ABI_VERSION, sizeof(arr_module), "main", "", "main.arr", 2, 0,
    functions};

class CommandLine : public ::testing::Test {
protected:
  CommandLine() {
    ArrayView view(data, dtypeOf<double>(), {3});
    guarded([&] {
      int64_t n = 3, one = 1;
      arr_save_npy(x.c_str(), data, 1, &n, &one, ARR_FLOAT, 64, "");
      arr_save_npy(narrow.c_str(), narrowData, 1, &n, &one, ARR_FLOAT, 32, "");
      arr_save_npy(integers.c_str(), data, 1, &n, &one, ARR_INT, 64, "");
    });
  }

  int run(std::vector<std::string> arguments, const char *function = nullptr) {
    std::vector<char *> argv = {const_cast<char *>("/usr/bin/prog")};
    for (std::string &argument : arguments)
      argv.push_back(argument.data());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    int status = function ? arr_run_function(&module, function,
                                             int(argv.size()), argv.data())
                          : arr_main(&module, int(argv.size()), argv.data());
    out = testing::internal::GetCapturedStdout();
    error = testing::internal::GetCapturedStderr();
    return status;
  }

  void expectUsageError(std::vector<std::string> arguments,
                        const std::string &message) {
    EXPECT_EQ(run(arguments), 2);
    EXPECT_EQ(error,
              "usage: prog [options] x count\nprog: error: " + message + "\n");
    EXPECT_EQ(out, "");
  }

  double data[3] = {1, 2, 3};
  float narrowData[3] = {1, 2, 3};
  TemporaryDirectory directory;
  std::string x = directory.file("x.npy"), narrow = directory.file("f.npy"),
              integers = directory.file("i.npy"), out, error;
};

TEST_F(CommandLine, DefaultsAndInstances) {
  CountingAllocator allocator;
  EXPECT_EQ(run({x, "7"}), 0);
  EXPECT_EQ(out, "f64[n] 7 d.npy False True 1j -1\n[0.5 1.  1.5]\n");
  EXPECT_EQ(run({narrow, "0x10"}), 0);
  EXPECT_EQ(out, "f32[n] 16 d.npy False True 1j -1\n[0.5 1.  1.5]\n");
  EXPECT_EQ(error, "");
  EXPECT_EQ(allocator.live, 0);
}

TEST_F(CommandLine, Options) {
  EXPECT_EQ(run({"--eps", "2", "--verbose", x, "--no-check-all", "--out=r s",
                 "2_0", "--z", "1-2j"}),
            0);
  EXPECT_EQ(out, "f64[n] 20 r s True False (1-2j) -1\n[2. 4. 6.]\n");
  EXPECT_EQ(run({x, "1", "--eps=-1e0", "--check_all=False", "--verbose=true"}),
            0);
  EXPECT_EQ(out, "f64[n] 1 d.npy True False 1j -1\n[-1. -2. -3.]\n");
  EXPECT_EQ(run({"--eps", "-inf", "--", x, "1"}), 0);
  EXPECT_EQ(out, "f64[n] 1 d.npy False True 1j -1\n[-inf -inf -inf]\n");
}

TEST_F(CommandLine, IntegersMustFit) {
  for (const char *level : {"-128", "127", "-0", "+5", "-0b11", "0o17"})
    EXPECT_EQ(run({x, "0", "--level", level}), 0);
  EXPECT_EQ(out, "f64[n] 0 d.npy False True 1j 15\n[0.5 1.  1.5]\n");
  for (const char *level : {"-129", "128", "99999999999999999999"})
    expectUsageError({x, "0", "--level", level},
                     std::string("argument 'level': '") + level +
                         "' is not a value of i8");
}

TEST_F(CommandLine, UsageErrors) {
  expectUsageError({}, "argument 'x' (f32[n]) is missing");
  expectUsageError({x}, "argument 'count' (u8) is missing");
  expectUsageError({x, "1", "2"}, "unexpected argument '2'");
  expectUsageError({x, "256"}, "argument 'count': '256' is not a value of u8");
  expectUsageError({x, "-1"}, "argument 'count': '-1' is not a value of u8");
  for (const char *bad : {"", "1.5", "0x", "1__0", "_1", "1_", "12a", " 1"})
    expectUsageError({x, bad}, std::string("argument 'count': '") + bad +
                                   "' is not a value of u8");
  for (const char *bad : {"", "1e", "0x1", "1,5", " 1", "one", "1 "})
    expectUsageError({x, "1", std::string("--eps=") + bad},
                     std::string("argument 'eps': '") + bad +
                         "' is not a value of T");
  for (const char *bad : {"", "j", "1+2", "1+2i", "1+2jj", "(1+2j", "1+2j+3j"})
    expectUsageError({x, "1", std::string("--z=") + bad},
                     std::string("argument 'z': '") + bad +
                         "' is not a value of c128");
  expectUsageError({x, "1", "--verbose=maybe"},
                   "argument 'verbose': 'maybe' is not a value of bool");
  expectUsageError({x, "1", "--eps"}, "option '--eps' needs a value");
  expectUsageError({x, "1", "--epsilon", "3"}, "unknown option '--epsilon'");
  expectUsageError({x, "1", "-e\x1b[31m"}, "unknown option '-e\\x1b[31m'");
  expectUsageError({x, "1", "--count", "3"}, "unknown option '--count'");
  expectUsageError({x, "1", "-o", "y.npy"}, "unknown option '-o'");
}

TEST_F(CommandLine, Failures) {
  EXPECT_EQ(run({x, "99"}), 1);
  EXPECT_EQ(error, "main.arr:7:5: error: count is 99\n");
  EXPECT_EQ(run({integers, "1"}), 1);
  EXPECT_EQ(error, "main.arr:3:1: error: main() argument 'x' must be a 1-d "
                   "float32 array (f32[n]), got a 1-d int64 array; convert it "
                   "with .astype(np.float32)\n");
  EXPECT_EQ(run({directory.file("none.npy"), "1"}), 1);
  EXPECT_EQ(error, "prog: error: cannot read '" + directory.file("none.npy") +
                       "': No such file or directory\n");
}

TEST_F(CommandLine, EveryAllocationFailureIsReported) {
  CountingAllocator allocator;
  for (int n = 1; n <= 3; ++n) {
    arr_test_configure(n, false);
    EXPECT_EQ(run({x, "1"}), 1) << n;
    EXPECT_NE(error.find("error: "), std::string::npos);
    EXPECT_EQ(allocator.live, 0);
  }
  arr_test_configure(0, false);
}

TEST_F(CommandLine, Help) {
  EXPECT_EQ(run({"--help"}), 0);
  EXPECT_EQ(out, R"(usage: prog [options] x count

Scales an array.

x is scaled.
  By eps.

arguments:
  x                      f32[n], a .npy file
  count                  u8

options:
  --eps VALUE            T (default: 0.5)
  --out VALUE            str (default: 'd.npy')
  --verbose              bool (default: False)
  --no-check-all         bool (default: True)
  --z VALUE              c128 (default: 1j)
  --level VALUE          i8 (default: -1)
  -h, --help             show this text
)");
}

TEST_F(CommandLine, RunFunctionSavesResults) {
  std::string output = directory.file("out");
  EXPECT_EQ(run({x, "3", "-o", output}, "main"), 0);
  EXPECT_EQ(out, "f64[n] 3 d.npy False True 1j -1\n");
  EXPECT_EQ(readFile(output).substr(1, 5), "NUMPY");
  EXPECT_EQ(run({"--help"}, "main"), 0);
  EXPECT_NE(out.find("-o, --output FILE"), std::string::npos);
  EXPECT_EQ(run({x}, "other"), 2);
  EXPECT_EQ(error, "main.arr: error: no function `other` is exported\n");
}

} // namespace
