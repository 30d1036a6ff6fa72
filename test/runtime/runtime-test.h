// runtime-test.h -- what the runtime's tests share: running code under a guard,
// arrays that live in vectors, golden files, temporary directories.
#ifndef ARR_TEST_RUNTIME_TEST_H
#define ARR_TEST_RUNTIME_TEST_H

#include "core/support.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

// Runs `body` under a guard. It may raise, so nothing with a destructor that
// matters may be created in it.
template <typename Body> int32_t guarded(Body &&body) {
  return arr_guard(
      [](void *context) {
        (*static_cast<std::remove_reference_t<Body> *>(context))();
      },
      &body);
}

template <typename T> constexpr arr_dtype dtypeOf();
template <> constexpr arr_dtype dtypeOf<double>() { return {ARR_FLOAT, 64, 1}; }
template <> constexpr arr_dtype dtypeOf<float>() { return {ARR_FLOAT, 32, 1}; }
template <> constexpr arr_dtype dtypeOf<int64_t>() { return {ARR_INT, 64, 1}; }
template <> constexpr arr_dtype dtypeOf<int32_t>() { return {ARR_INT, 32, 1}; }
template <> constexpr arr_dtype dtypeOf<uint8_t>() { return {ARR_UINT, 8, 1}; }

// Somebody's memory described as an arr_array. Strides in bytes.
struct ArrayView {
  std::vector<int64_t> shape, strides;
  arr_array array{};

  ArrayView(void *data, arr_dtype dtype, std::vector<int64_t> theShape,
            std::vector<int64_t> theStrides = {})
      : shape(std::move(theShape)), strides(std::move(theStrides)) {
    array.data = data;
    array.dtype = dtype;
    array.ndim = int32_t(shape.size());
    array.shape = shape.data();
    array.strides = strides.empty() ? nullptr : strides.data();
  }
  ArrayView(const ArrayView &) = delete;
};

inline arr_dtype dtypeNamed(const std::string &name) {
  for (int code : {ARR_INT, ARR_UINT, ARR_FLOAT, ARR_COMPLEX, ARR_BOOL})
    for (int bits : {8, 16, 32, 64, 128}) {
      arr_dtype dtype = {uint8_t(code), uint8_t(bits), 1};
      if (name == arr_dtype_name(dtype))
        return dtype;
    }
  ADD_FAILURE() << "no dtype " << name;
  return {};
}

inline std::string bytesOfHex(const std::string &hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += char(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

// A directory that disappears with the object.
class TemporaryDirectory {
public:
  TemporaryDirectory() {
    char pattern[] = "/tmp/arr-test-XXXXXX";
    if (mkdtemp(pattern))
      path = pattern;
  }
  ~TemporaryDirectory() {
    std::string command = "rm -rf '" + path + "'";
    if (!path.empty() && std::system(command.c_str()) != 0)
      ADD_FAILURE() << command;
  }
  std::string file(const std::string &name) const { return path + "/" + name; }

  std::string path;
};

inline void writeFile(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Counts blocks through arr_set_allocator, to show that nothing is leaked.
class CountingAllocator {
public:
  CountingAllocator() {
    arr_set_allocator(
        [](size_t bytes, size_t alignment, void *self) {
          ++static_cast<CountingAllocator *>(self)->live;
          ++static_cast<CountingAllocator *>(self)->total;
          return aligned_alloc(alignment, (bytes + 63) / 64 * 64);
        },
        [](void *pointer, size_t bytes, void *self) {
          memset(pointer, 0xDD, bytes); // whoever still reads it will notice
          --static_cast<CountingAllocator *>(self)->live;
          free(pointer);
        },
        this);
  }
  ~CountingAllocator() { arr_set_allocator(nullptr, nullptr, nullptr); }

  std::atomic<int> live{0}, total{0};
};

#endif
