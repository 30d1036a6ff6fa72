//===- Pipelines.h - The phases of the compiler, in order -----------------===//
//
// In: a module as MLIRGen makes it. Out: the llvm dialect. This is the one
// place that says which passes run, and in which order.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_PIPELINES_PIPELINES_H
#define ARR_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace mlir {
class DialectRegistry;
}

namespace arr {

enum class FPMode { Default, Strict, Fast };

/// What the generated code depends on, besides the source.
struct PipelineOptions {
  unsigned vectorBits = 256;
  bool hasFma = true;
  FPMode fpMode = FPMode::Default;
  bool isUnsafe = false;
  unsigned optLevel = 2;
};

/// `--emit=mlir=<name>` prints the module as it is at the end of a phase.
enum class Phase {
#define ARR_PHASE(NAME, OPTION, TEXT) NAME,
#include "compiler/Pipelines/Phases.def"
};
inline constexpr unsigned numPhases = 0
#define ARR_PHASE(NAME, OPTION, TEXT) +1
#include "compiler/Pipelines/Phases.def"
    ;

llvm::StringRef getPhaseName(Phase phase);
llvm::StringRef getPhaseText(Phase phase);
std::optional<Phase> parsePhase(llvm::StringRef name);

/// Adds the passes of one phase.
void buildPhase(mlir::OpPassManager &passes, Phase phase,
                const PipelineOptions &options);

/// The dialects that a module may use between MLIRGen and the translation to
/// LLVM IR, with the interfaces that the passes need.
void registerDialects(mlir::DialectRegistry &registry);
/// Our passes, and each phase as a
/// pipeline `--arr-phase-<name>`: for arr-opt.
void registerPassesAndPipelines();

} // namespace arr

#endif // ARR_PIPELINES_PIPELINES_H
