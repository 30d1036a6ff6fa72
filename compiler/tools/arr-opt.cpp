//===- arr-opt.cpp - Run passes on .mlir files ----------------------------===//
//
// mlir-opt with the arr dialect and passes. For tests and for looking at stages.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Passes.h"
#include "compiler/Dialect/Arr/Arr.h"
#include "compiler/Transforms/Passes.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::registerAllPasses();
  arr::registerArrTransformsPasses();
  arr::registerArrConversionPasses();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<arr::ArrDialect>();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "arr optimizer driver\n", registry));
}
