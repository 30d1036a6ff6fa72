//===- ContractFma.cpp - Products and sums to math.fma --------------------===//
//
// a * b + c, c + a * b, a * b - c and c - a * b where the product has no other
// use, in the same block: a product outside of a loop stays outside. Of two
// products the right one is contracted, so that the choice is always the same.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace arr {
#define GEN_PASS_DEF_CONTRACTFMA
#include "compiler/Transforms/Passes.h.inc"
} // namespace arr

using namespace mlir;

namespace {

struct ContractFma : arr::impl::ContractFmaBase<ContractFma> {
  void runOnOperation() override {
    SmallVector<Operation *> sums;
    getOperation()->walk([&](Operation *op) {
      if (isa<arith::AddFOp, arith::SubFOp>(op))
        sums.push_back(op);
    });
    for (Operation *sum : sums)
      contract(sum);
  }

  /// The product behind an operand of a sum, if nothing else uses it.
  static arith::MulFOp getProduct(Operation *sum, Value operand) {
    auto product = operand.getDefiningOp<arith::MulFOp>();
    if (product && product->hasOneUse() &&
        product->getBlock() == sum->getBlock())
      return product;
    return nullptr;
  }

  static void contract(Operation *sum) {
    OpBuilder builder(sum);
    Location loc = sum->getLoc();
    bool isDifference = isa<arith::SubFOp>(sum);
    Value lhs = sum->getOperand(0), rhs = sum->getOperand(1);
    Value a, b, addend;
    arith::MulFOp product = getProduct(sum, rhs);
    if (product) {
      a = product.getLhs();
      if (isDifference) // lhs - a * b
        a = arith::NegFOp::create(builder, loc, a);
      addend = lhs;
    } else if ((product = getProduct(sum, lhs))) {
      a = product.getLhs();
      addend = rhs;
      if (isDifference) // a * b - rhs
        addend = arith::NegFOp::create(builder, loc, addend);
    } else {
      return;
    }
    b = product.getRhs();
    Value fma = math::FmaOp::create(builder, loc, a, b, addend);
    sum->getResult(0).replaceAllUsesWith(fma);
    sum->erase();
    product->erase();
  }
};

} // namespace
