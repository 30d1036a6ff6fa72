//===- VectorMath.cpp - Vector math functions to libmvec ------------------===//
//
// Every function of glibc 2.36's libmvec by its name in the vector ABI. LLVM's
// own table lacks most of them, among them all for 8 lanes.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/TypeSwitch.h"

namespace arr {
#define GEN_PASS_DEF_VECTORMATH
#include "compiler/Conversion/Passes.h.inc"
} // namespace arr

using namespace mlir;

namespace {

/// The name of the scalar function, or "" if libmvec has no vector form.
StringRef getScalarName(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case<math::AcosOp>([](auto) { return "acos"; })
      .Case<math::AcoshOp>([](auto) { return "acosh"; })
      .Case<math::AsinOp>([](auto) { return "asin"; })
      .Case<math::AsinhOp>([](auto) { return "asinh"; })
      .Case<math::AtanOp>([](auto) { return "atan"; })
      .Case<math::Atan2Op>([](auto) { return "atan2"; })
      .Case<math::AtanhOp>([](auto) { return "atanh"; })
      .Case<math::CbrtOp>([](auto) { return "cbrt"; })
      .Case<math::CosOp>([](auto) { return "cos"; })
      .Case<math::CoshOp>([](auto) { return "cosh"; })
      .Case<math::ErfOp>([](auto) { return "erf"; })
      .Case<math::ErfcOp>([](auto) { return "erfc"; })
      .Case<math::ExpOp>([](auto) { return "exp"; })
      .Case<math::Exp2Op>([](auto) { return "exp2"; })
      .Case<math::ExpM1Op>([](auto) { return "expm1"; })
      .Case<math::LogOp>([](auto) { return "log"; })
      .Case<math::Log10Op>([](auto) { return "log10"; })
      .Case<math::Log1pOp>([](auto) { return "log1p"; })
      .Case<math::Log2Op>([](auto) { return "log2"; })
      .Case<math::PowFOp>([](auto) { return "pow"; })
      .Case<math::SinOp>([](auto) { return "sin"; })
      .Case<math::SinhOp>([](auto) { return "sinh"; })
      .Case<math::TanOp>([](auto) { return "tan"; })
      .Case<math::TanhOp>([](auto) { return "tanh"; })
      .Default([](Operation *) { return ""; });
}

/// The name in the vector ABI: _ZGV, the instruction set (b: SSE, d: AVX2, e:
/// AVX-512), no mask, the lanes, "v" for each argument. "" if there is none.
std::string getVectorName(Operation *op) {
  auto type = dyn_cast<VectorType>(op->getResult(0).getType());
  if (!type || type.getRank() != 1 || type.isScalable())
    return "";
  Type element = type.getElementType();
  if (!element.isF32() && !element.isF64())
    return "";
  char isa;
  switch (type.getNumElements() * element.getIntOrFloatBitWidth()) {
  case 128:
    isa = 'b';
    break;
  case 256:
    isa = 'd';
    break;
  case 512:
    isa = 'e';
    break;
  default:
    return "";
  }
  StringRef scalar = getScalarName(op);
  if (scalar.empty())
    return "";
  return ("_ZGV" + Twine(isa) + "N" + Twine(type.getNumElements()) +
          StringRef("vv").take_front(op->getNumOperands()) + "_" + scalar +
          (element.isF32() ? "f" : ""))
      .str();
}

struct VectorMath : arr::impl::VectorMathBase<VectorMath> {
  void runOnOperation() override {
    SmallVector<std::pair<Operation *, std::string>> calls;
    getOperation().walk([&](Operation *op) {
      if (!isa<math::MathDialect>(op->getDialect()))
        return;
      std::string name = getVectorName(op);
      if (!name.empty())
        calls.emplace_back(op, std::move(name));
    });
    for (auto &[op, name] : calls) {
      OpBuilder builder(op);
      auto call = LLVM::CallOp::create(builder, op->getLoc(), declare(op, name),
                                       op->getOperands());
      op->replaceAllUsesWith(call->getResults());
      op->erase();
    }
  }

  LLVM::LLVMFuncOp declare(Operation *op, StringRef name) {
    if (auto function = getOperation().lookupSymbol<LLVM::LLVMFuncOp>(name))
      return function;
    OpBuilder builder = OpBuilder::atBlockBegin(getOperation().getBody());
    SmallVector<Type> operands(op->getOperandTypes());
    auto function = LLVM::LLVMFuncOp::create(
        builder, getOperation().getLoc(), name,
        LLVM::LLVMFunctionType::get(op->getResult(0).getType(), operands));
    // Pure: calls whose lanes are not used may go, equal ones may be merged.
    function.setPassthroughAttr(
        builder.getStrArrayAttr({"nounwind", "willreturn"}));
    auto none = LLVM::ModRefInfo::NoModRef;
    function.setMemoryEffectsAttr(LLVM::MemoryEffectsAttr::get(
        builder.getContext(), {none, none, none, none, none, none}));
    return function;
  }
};

} // namespace
