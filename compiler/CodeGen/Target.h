//===- Target.h - The machine that code is made for -----------------------===//
#ifndef ARR_CODEGEN_TARGET_H
#define ARR_CODEGEN_TARGET_H

#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <string>

namespace arr {

struct TargetSpec {
  /// "native" (the processor that arrc runs on) or a name that LLVM knows:
  /// x86-64-v3, skylake-avx512, ...
  std::string march = "native";
  unsigned optLevel = 2;
};

/// Fails with a message for the user when there is no such processor.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const TargetSpec &spec);

/// Width of the widest usable vector registers, in bits.
unsigned getVectorBits(const llvm::TargetMachine &machine);
/// True if the processor has fused multiply-adds.
bool hasFma(const llvm::TargetMachine &machine);

} // namespace arr

#endif // ARR_CODEGEN_TARGET_H
