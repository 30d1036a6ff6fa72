//===- Target.h - What the generators know of the machine -----------------===//
#ifndef ARR_CONVERSION_KERNELTOVECTOR_TARGET_H
#define ARR_CONVERSION_KERNELTOVECTOR_TARGET_H

#include <algorithm>

namespace arr {

struct Target {
  unsigned vectorBits; // 128, 256 or 512
  bool hasFma;

  /// AVX-512 has twice the registers, and masks, gathers and scatters.
  bool hasGather() const { return vectorBits >= 512; }
  unsigned getWidth(unsigned elementBits) const {
    return std::max(1u, vectorBits / elementBits);
  }
};

} // namespace arr

#endif // ARR_CONVERSION_KERNELTOVECTOR_TARGET_H
