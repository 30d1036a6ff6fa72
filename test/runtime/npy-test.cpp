// npy-test.cpp -- reading and writing .npy files: against files that NumPy
// wrote (golden/npy.txt), and against every kind of damage.
#include "io/npy.h"
#include "runtime-test.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace {

// A version 1.0 file with this dictionary.
std::string npy(const std::string &dictionary, const std::string &data = "",
                int version = 1) {
  std::string header = dictionary + "\n";
  std::string bytes = "\x93NUMPY";
  bytes += char(version);
  bytes += '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
    bytes += char(header.size() >> (8 * i) & 0xFF);
  return bytes + header + data;
}

std::string doubles(std::vector<double> values) {
  return {reinterpret_cast<char *>(values.data()),
          values.size() * sizeof(double)};
}

// Loads like compiled code; the message on failure.
template <typename T>
std::string load(const std::string &path, std::vector<int64_t> &shape,
                 std::vector<T> &values) {
  T *data = nullptr;
  std::vector<int64_t> got(shape.size() + 1);
  int32_t status = guarded([&] {
    arr_dtype dtype = dtypeOf<T>();
    data = static_cast<T *>(arr_load_npy(path.c_str(), dtype.code, dtype.bits,
                                         int64_t(shape.size()), got.data(),
                                         "f.arr:1:2"));
    int64_t count = 1;
    for (size_t i = 0; i < shape.size(); ++i)
      count *= got[i];
    values.assign(data, data + count);
  });
  got.resize(shape.size());
  shape = got;
  return status == ARR_OK ? "" : arr_last_error();
}

class Npy : public ::testing::Test {
protected:
  // Loads a 1-d or 2-d file of doubles made of `bytes`.
  std::string loadBytes(const std::string &bytes, size_t rank = 1) {
    writeFile(path, bytes);
    shape.assign(rank, 0);
    values.clear();
    return load(path, shape, values);
  }
  void expectRefused(const std::string &bytes, const std::string &why) {
    std::string message = loadBytes(bytes);
    EXPECT_EQ(message, "f.arr:1:2: cannot read '" + path + "': " + why);
  }

  TemporaryDirectory directory;
  std::string path = directory.file("x.npy");
  std::vector<int64_t> shape;
  std::vector<double> values;
};

using Values = std::vector<double>;
using Shape = std::vector<int64_t>;

TEST_F(Npy, ReadsAllVersions) {
  for (int version : {1, 2, 3}) {
    EXPECT_EQ(loadBytes(npy("{'descr': '<f8', 'fortran_order': False, "
                            "'shape': (3,), }",
                            doubles({1, 2, 3}), version)),
              "");
    EXPECT_EQ(shape, Shape{3});
    EXPECT_EQ(values, (Values{1, 2, 3}));
  }
}

TEST_F(Npy, ReadsOtherSpellings) {
  // Any order of keys, double quotes, Python 2's long integers, no spaces.
  EXPECT_EQ(loadBytes(npy("{\"shape\":(2L,),\"fortran_order\":False,"
                          "\"descr\":\"<f8\"}",
                          doubles({1, 2}))),
            "");
  EXPECT_EQ(values, (Values{1, 2}));
  EXPECT_EQ(loadBytes(npy("{'descr': '=f8', 'fortran_order': True, 'shape': "
                          "(0,)}   ")),
            "");
  EXPECT_EQ(shape, Shape{0});
}

TEST_F(Npy, SwapsBytesAndTransposes) {
  std::string data = doubles({1, 2, 3, 4, 5, 6});
  for (size_t i = 0; i < data.size(); i += 8)
    std::reverse(data.begin() + long(i), data.begin() + long(i) + 8);
  EXPECT_EQ(loadBytes(npy("{'descr': '>f8', 'fortran_order': True, 'shape': "
                          "(2, 3), }",
                          data),
                      2),
            "");
  EXPECT_EQ(shape, (Shape{2, 3}));
  EXPECT_EQ(values, (Values{1, 3, 5, 2, 4, 6}));
}

TEST_F(Npy, DtypeAndRankMustMatch) {
  writeFile(path, npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
                      "1234"));
  shape = {};
  EXPECT_EQ(load(path, shape, values), "f.arr:1:2: '" + path +
                                           "' holds float32, but float64 is "
                                           "expected");
  EXPECT_EQ(loadBytes(npy("{'descr': '<f8', 'fortran_order': False, 'shape': "
                          "(1, 1)}",
                          doubles({1}))),
            "f.arr:1:2: '" + path +
                "' holds a 2-d array, but a 1-d array is expected");
}

TEST_F(Npy, RefusesWhatIsNotANumberFile) {
  const std::string good = "'fortran_order': False, 'shape': (1,)";
  const std::string data = doubles({1});
  expectRefused("", "it is not a .npy file");
  expectRefused("PK\3\4 this is something else", "it is not a .npy file");
  expectRefused(npy("{'descr': '|O', " + good + "}", data),
                "it holds Python objects, which are never loaded");
  expectRefused(npy("{'descr': [('a', '<f8')], " + good + "}", data),
                "it has a structured dtype, which is not supported");
  for (const char *descr : {"<f2", "<f16", "<U4", "|S8", "<M8[ns]", "|f8",
                            "<i3", "f8", "<", "", "<f-8", "<c4"})
    expectRefused(
        npy("{'descr': '" + std::string(descr) + "', " + good + "}", data),
        "its dtype is not supported");
  expectRefused(npy("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}"),
                "its fortran_order is neither True nor False");
  expectRefused(npy("{'descr': '<f8', " + good + ", 'shape': (1,)}", data),
                "its header has a key twice");
  expectRefused(npy("{'descr': '<f8', " + good + ", 'more': 1}", data),
                "its header has an unknown key");
  expectRefused(npy("{'descr': '<f8', 'shape': (1,)}", data),
                "its header lacks a key");
  expectRefused(npy("{'descr': '<f8', " + good + "} + exit()", data),
                "its header has text after the dictionary");
  expectRefused(npy("dict(descr='<f8')", data),
                "its header is not a dictionary");
}

TEST_F(Npy, RefusesBadShapes) {
  auto withShape = [](const std::string &shape) {
    return npy("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape +
                   "}",
               doubles({1, 2}));
  };
  expectRefused(withShape("(2)"), "its shape is not a tuple");
  expectRefused(withShape("2"), "its shape is not a tuple");
  expectRefused(withShape("(-2,)"), "its shape is not a tuple of sizes");
  expectRefused(withShape("(2.0,)"), "its shape is not a tuple of sizes");
  expectRefused(withShape("(99999999999999999999,)"),
                "its shape is not a tuple of sizes");
  // Wraps around to 16 bytes in 64-bit arithmetic.
  expectRefused(withShape("(9223372036854775807, 2, 2)"),
                "its shape is too large");
  expectRefused(withShape("(4294967296, 0, 4294967296)"),
                "its shape is too large");
  expectRefused(withShape("(3,)"), "it is shorter than its header says");
  expectRefused(withShape("(1000000000000,)"),
                "it is shorter than its header says");
  std::string many = "(";
  for (int i = 0; i < 33; ++i)
    many += "1, ";
  expectRefused(withShape(many + ")"), "it has more than 32 dimensions");
}

TEST_F(Npy, RefusesLongHeadersAndBadVersions) {
  std::string dictionary =
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}";
  expectRefused(npy(dictionary + std::string(10000, ' '), doubles({1})),
                "its header is too long");
  std::string huge = npy(dictionary, doubles({1}), 2);
  huge.replace(8, 4, "\xff\xff\xff\x7f");
  expectRefused(huge, "its header is too long");
  expectRefused(npy(dictionary, doubles({1}), 4),
                "its format version is not 1.0, 2.0 or 3.0");
}

TEST_F(Npy, MissingFilesDirectoriesAndPipes) {
  shape = {0};
  EXPECT_EQ(load(directory.file("no\n.npy"), shape, values),
            "f.arr:1:2: cannot read '" + directory.file("no\\x0a.npy") +
                "': No such file or directory");
  EXPECT_NE(load(directory.path, shape, values).find("Is a directory"),
            std::string::npos);
  std::string pipe = directory.file("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_NE(load(pipe, shape, values).find("not a regular file"),
            std::string::npos);
}

TEST_F(Npy, NoMemoryIsAnError) {
  writeFile(path, npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, "
                      "2)}",
                      doubles({1, 2, 3, 4})));
  for (int n : {1, 2}) {
    CountingAllocator allocator;
    arr_test_configure(n, false);
    shape = {0, 0};
    EXPECT_NE(load(path, shape, values).find("out of memory"),
              std::string::npos);
    EXPECT_EQ(allocator.live, 0);
  }
  arr_test_configure(0, false);
}

// Any damage gives an error or a value, never a crash. (Run it under ASan.)
TEST_F(Npy, DamagedFilesAreHandled) {
  std::string good = npy("{'descr': '<f8', 'fortran_order': True, 'shape': "
                         "(2, 3), }",
                         doubles({1, 2, 3, 4, 5, 6}));
  std::mt19937 random(1);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string bad = good;
    for (unsigned changes = random() % 4 + 1; changes; --changes) {
      size_t at = random() % (bad.size() - 40);
      if (random() % 3 == 0)
        bad.erase(at, random() % 5);
      else if (random() % 2)
        bad[at] = "0123456789(){},:' LTrue\xff"[random() % 23];
      else
        bad.insert(at, 1, char(random()));
    }
    // An exact copy on the heap, so that reading beyond it is noticed.
    std::vector<unsigned char> bytes(bad.begin(), bad.end());
    npy_header header;
    refused += npy_parse_header(bytes.data(), bytes.size(), &header) != nullptr;
    if (i % 100 == 0)
      loadBytes(bad, 2);
  }
  EXPECT_GT(refused, 10000);
  EXPECT_LT(refused, 20000);
  for (size_t length = 0; length < good.size(); ++length)
    EXPECT_NE(loadBytes(good.substr(0, length), 2), "") << length;
}

TEST_F(Npy, WritesWhatNumPyWrites) {
  std::ifstream file(ARR_GOLDEN_DIR "/npy.txt");
  std::string line;
  int cases = 0;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string name, order, elements, bytes;
    int rank = 0;
    words >> name >> rank;
    std::vector<int64_t> dims(rank), strides(rank);
    for (int64_t &extent : dims)
      words >> extent;
    words >> order >> elements >> bytes;
    ASSERT_TRUE(words) << line;
    std::string data = elements == "-" ? "" : bytesOfHex(elements);
    std::string expected = bytesOfHex(bytes);
    arr_dtype dtype = dtypeNamed(name);
    int64_t itemSize = arr_dtype_size(dtype);
    std::vector<double> cOrder(data.size() / 8 + 2), fOrder(cOrder.size());
    memcpy(cOrder.data(), data.data(), data.size());
    arr_c_strides(rank, dims.data(), itemSize, strides.data());
    ArrayView view(cOrder.data(), dtype, dims, strides);
    if (order == "F") {
      std::vector<int64_t> fortran(rank);
      int64_t stride = itemSize;
      for (int i = 0; i < rank; ++i) {
        fortran[i] = stride;
        stride *= std::max<int64_t>(dims[i], 1);
      }
      arr_copy_strided(fOrder.data(), fortran.data(), cOrder.data(),
                       strides.data(), rank, dims.data(), itemSize);
      view.array.data = fOrder.data();
      view.strides = fortran;
      view.array.strides = view.strides.data();
    }
    ASSERT_EQ(npy_write(path.c_str(), &view.array, ""), ARR_OK);
    ASSERT_EQ(readFile(path), expected) << line;
    // And back again.
    npy_file opened;
    ASSERT_EQ(npy_open(path.c_str(), "", &opened), ARR_OK);
    std::vector<double> again(cOrder.size());
    EXPECT_EQ(npy_read_data(&opened, again.data(), ""), ARR_OK);
    npy_close(&opened);
    EXPECT_EQ(memcmp(again.data(), cOrder.data(), data.size()), 0) << line;
    ++cases;
  }
  EXPECT_GE(cases, 80);
}

TEST_F(Npy, WritesStridedArrays) {
  std::vector<double> data(3000);
  for (size_t i = 0; i < data.size(); ++i)
    data[i] = double(i);
  int64_t extents[] = {3, 700}, strides[] = {-1000, 1};
  EXPECT_EQ(guarded([&] {
              arr_save_npy((directory.path + "/strided").c_str(),
                           data.data() + 2000, 2, extents, strides, ARR_FLOAT,
                           64, "");
            }),
            ARR_OK);
  shape = {0, 0};
  // As numpy.save, it has added the suffix.
  EXPECT_EQ(load(directory.file("strided.npy"), shape, values), "");
  EXPECT_EQ(shape, (Shape{3, 700}));
  for (size_t i = 0; i < 2100; ++i)
    ASSERT_EQ(values[i], data[2000 - 1000 * (i / 700) + i % 700]);
}

TEST_F(Npy, WritingIsAllOrNothing) {
  double data[] = {1};
  ArrayView view(data, dtypeOf<double>(), {1});
  std::string missing = directory.file("missing/x.npy");
  EXPECT_EQ(npy_write(missing.c_str(), &view.array, "g.arr:5:6"), ARR_EIO);
  EXPECT_EQ(std::string(arr_last_error()), "g.arr:5:6: cannot write '" +
                                               missing +
                                               "': No such file or directory");
  // A full device fails; an existing file is replaced through a link.
  EXPECT_EQ(npy_write("/dev/full", &view.array, ""), ARR_EIO);
  writeFile(path, "old");
  std::string link = directory.file("link.npy");
  ASSERT_EQ(symlink(path.c_str(), link.c_str()), 0);
  EXPECT_EQ(npy_write(link.c_str(), &view.array, ""), ARR_OK);
  EXPECT_EQ(readFile(path).substr(1, 5), "NUMPY");
  struct stat status;
  ASSERT_EQ(lstat(link.c_str(), &status), 0);
  EXPECT_TRUE(S_ISLNK(status.st_mode));
}

} // namespace
