//===- Target.cpp - The machine that code is made for ---------------------===//

#include "compiler/CodeGen/Target.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;

namespace arr {

Expected<std::unique_ptr<TargetMachine>>
createTargetMachine(const TargetSpec &spec) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();

  Triple triple(sys::getDefaultTargetTriple());
  std::string error;
  const llvm::Target *target = TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return createStringError("this installation of LLVM has no code generator for `" + triple.str() + "`");

  std::string cpu = spec.march;
  SubtargetFeatures features;
  if (cpu == "native") {
    cpu = sys::getHostCPUName().str();
    // The name alone is not enough: virtual machines hide features.
    for (const auto &feature : sys::getHostCPUFeatures())
      features.AddFeature(feature.first(), feature.second);
  } else {
    std::unique_ptr<MCSubtargetInfo> known(
        target->createMCSubtargetInfo(triple, "", ""));
    if (!known->isCPUStringValid(cpu))
      return createStringError(
          "unknown processor `" + cpu +
          "` (try native, x86-64, x86-64-v2, x86-64-v3 or x86-64-v4)");
  }
  // LLVM uses half of an AVX-512 register on many processors unless told not to.
  if (triple.isX86())
    features.AddFeature("prefer-256-bit", false);

  TargetOptions options;
  // Multiplies and adds are contracted by our own pass, in MLIR, and nowhere else.
  options.AllowFPOpFusion = FPOpFusion::Strict;
  CodeGenOptLevel level = spec.optLevel == 0   ? CodeGenOptLevel::None
                          : spec.optLevel == 1 ? CodeGenOptLevel::Less
                          : spec.optLevel == 2 ? CodeGenOptLevel::Default
                                               : CodeGenOptLevel::Aggressive;
  std::unique_ptr<TargetMachine> machine(target->createTargetMachine(
      triple, cpu, features.getString(), options, Reloc::PIC_, std::nullopt,
      level));
  if (!machine)
    return createStringError("LLVM cannot make code for `" + cpu + "`");
  return machine;
}

static bool hasFeature(const TargetMachine &machine, StringRef feature) {
  return machine.getMCSubtargetInfo()->checkFeatures(("+" + feature).str());
}

unsigned getVectorBits(const TargetMachine &machine) {
  if (!machine.getTargetTriple().isX86())
    return 128;
  if (hasFeature(machine, "avx512f") && hasFeature(machine, "avx512dq") &&
      hasFeature(machine, "avx512bw") && hasFeature(machine, "avx512vl"))
    return 512;
  return hasFeature(machine, "avx2") ? 256 : 128;
}

bool hasFma(const TargetMachine &machine) {
  return !machine.getTargetTriple().isX86() || hasFeature(machine, "fma");
}

} // namespace arr
