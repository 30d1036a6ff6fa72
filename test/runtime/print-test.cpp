// print-test.cpp -- printing against what NumPy 2 printed (golden/print.txt,
// written by make-goldens.py), and the cases that are easy to get wrong.
#include "io/text.h"
#include "runtime-test.h"

#include <cmath>
#include <cstring>
#include <sstream>

namespace {

std::string textOf(const arr_array &array) {
  char *text = nullptr;
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  arr_write_array(file, &array);
  fclose(file);
  std::string result(text, size);
  free(text);
  return result;
}

TEST(Print, AgreesWithNumPy) {
  std::ifstream file(ARR_GOLDEN_DIR "/print.txt");
  std::string line;
  int cases = 0;
  while (std::getline(file, line)) {
    std::istringstream head(line);
    std::string name, hex, expected;
    int rank = 0, lines = 0;
    head >> name >> rank;
    std::vector<int64_t> shape(rank);
    for (int64_t &extent : shape)
      head >> extent;
    head >> lines;
    ASSERT_TRUE(head) << line;
    std::getline(file, hex);
    for (int i = 0; i < lines; ++i) {
      std::string next;
      std::getline(file, next);
      expected += (i ? "\n" : "") + next;
    }
    std::string bytes = bytesOfHex(hex);
    // vector<double>: aligned for every dtype.
    std::vector<double> data(bytes.size() / 8 + 2);
    memcpy(data.data(), bytes.data(), bytes.size());
    ArrayView view(data.data(), dtypeNamed(name), shape);
    ASSERT_EQ(textOf(view.array), expected) << line;
    ++cases;
  }
  EXPECT_GE(cases, 300);
}

TEST(Print, StridedArrays) {
  double data[] = {1, 2, 3, 4, 5, 6};
  ArrayView transposed(data, dtypeOf<double>(), {3, 2}, {8, 24});
  EXPECT_EQ(textOf(transposed.array), "[[1. 4.]\n [2. 5.]\n [3. 6.]]");
  ArrayView reversed(data + 5, dtypeOf<double>(), {3}, {-16});
  EXPECT_EQ(textOf(reversed.array), "[6. 4. 2.]");
  ArrayView huge(data, dtypeOf<double>(), {int64_t(1) << 62, 8}, {0, 0});
  EXPECT_EQ(textOf(huge.array).substr(0, 30),
            "[[1. 1. 1. ... 1. 1. 1.]\n [1. ");
  ArrayView empty(data, dtypeOf<double>(), {INT64_MAX, INT64_MAX, 0});
  EXPECT_EQ(textOf(empty.array), "[]");
}

std::string floatText(double value, int bits) {
  char text[ARR_NUMBER_SIZE];
  arr_float_text(value, bits, text);
  return text;
}

TEST(Print, Scalars) {
  EXPECT_EQ(floatText(0.1, 64), "0.1");
  EXPECT_EQ(floatText(1, 64), "1.0");
  EXPECT_EQ(floatText(-0.0, 64), "-0.0");
  EXPECT_EQ(floatText(100, 64), "100.0");
  EXPECT_EQ(floatText(1e15, 64), "1000000000000000.0");
  EXPECT_EQ(floatText(1e16, 64), "1e+16");
  EXPECT_EQ(floatText(1e-4, 64), "0.0001");
  EXPECT_EQ(floatText(9.9e-5, 64), "9.9e-05");
  EXPECT_EQ(floatText(5e-324, 64), "5e-324");
  EXPECT_EQ(floatText(1.7976931348623157e308, 64), "1.7976931348623157e+308");
  EXPECT_EQ(floatText(9007199254740992, 64), "9007199254740992.0");
  EXPECT_EQ(floatText(INFINITY, 64), "inf");
  EXPECT_EQ(floatText(-INFINITY, 32), "-inf");
  EXPECT_EQ(floatText(NAN, 64), "nan");
  EXPECT_EQ(floatText(0.1f, 32), "0.1");
  EXPECT_EQ(floatText(16777216, 32), "1.6777216e+07");
  EXPECT_EQ(floatText(999999, 32), "999999.0");
  EXPECT_EQ(floatText(0.1f, 64), "0.10000000149011612");
}

TEST(Print, ShortestTextReadsBack) {
  unsigned long long state = 1;
  for (int i = 0; i < 20000; ++i) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    double value;
    memcpy(&value, &state, sizeof value);
    if (std::isfinite(value)) {
      EXPECT_EQ(strtod(floatText(value, 64).c_str(), nullptr), value);
    }
    float narrow;
    uint32_t high = uint32_t(state >> 32);
    memcpy(&narrow, &high, sizeof narrow);
    if (std::isfinite(narrow)) {
      EXPECT_EQ(strtof(floatText(narrow, 32).c_str(), nullptr), narrow);
    }
  }
}

std::string complexText(double real, double imag, int bits) {
  char text[2 * ARR_NUMBER_SIZE + 8];
  arr_complex_text(real, imag, bits, text);
  return text;
}

TEST(Print, ComplexScalars) {
  EXPECT_EQ(complexText(1, 2, 128), "(1+2j)");
  EXPECT_EQ(complexText(0, -2.5, 128), "-2.5j");
  EXPECT_EQ(complexText(-0.0, 2, 128), "(-0+2j)");
  EXPECT_EQ(complexText(0, 0, 128), "0j");
  EXPECT_EQ(complexText(1e20, -0.0, 128), "(1e+20-0j)");
  EXPECT_EQ(complexText(NAN, INFINITY, 128), "(nan+infj)");
  EXPECT_EQ(complexText(0.1f, 1e6f, 64), "(0.1+1e+06j)");
}

TEST(Print, WritesToStandardOutput) {
  testing::internal::CaptureStdout();
  arr_print_str("x =");
  arr_print_str(" ");
  arr_print_int(INT64_MIN);
  arr_print_str(" ");
  arr_print_uint(UINT64_MAX);
  arr_print_str(" ");
  arr_print_bool(1);
  arr_print_str(" ");
  arr_print_float(2.5, 64);
  arr_print_str(" ");
  arr_print_complex(1, -1, 128);
  arr_print_str("\n");
  double data[] = {1, 2};
  int64_t shape = 2, stride = -1;
  arr_print_array(data + 1, 1, &shape, &stride, ARR_FLOAT, 64);
  arr_flush_output();
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "x = -9223372036854775808 18446744073709551615 True 2.5 "
            "(1-1j)\n[2. 1.]");
}

} // namespace
