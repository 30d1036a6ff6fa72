//===- arr-opt.cpp - Runs passes and phases on textual IR -----------------===//
//
//   arrc build f.arr --emit=mlir=simplify -o - | arr-opt --arr-phase-linalg
//
// All of MLIR's passes are there too, for tests and experiments.
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/Pipelines.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  arr::registerDialects(registry);
  mlir::registerAllPasses();
  arr::registerPassesAndPipelines();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "Runs the passes of the Arr compiler\n", registry));
}
