//===- ArrInlining.cpp - Sizes of inlined functions -----------------------===//
//
// Equal names of sizes in one function mean equal sizes. An inlined body brings
// names of its own, and may be inlined twice for arrays of different sizes, so
// its names are replaced: `n` by what the argument's type in the caller says
// (arguments pass through a cast to `?` and a cast to the parameter's names),
// all others by names that are new in the caller: `n.1`.
//
//===----------------------------------------------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace arr;

namespace {

class SizeRenamer {
public:
  SizeRenamer(MLIRContext *context, int64_t number)
      : context(context), suffix("." + std::to_string(number)) {}

  /// `name` of the inlined body is `dim` of the caller.
  void bind(StringRef name, Attribute dim) { known.try_emplace(name, dim); }
  bool isBound(StringRef name) const { return known.contains(name); }
  Type rename(Type type) {
    return arr::cloneWith(
        type, llvm::map_to_vector(arr::getDims(type),
                                  [&](Attribute dim) { return rename(dim); }));
  }

private:
  Attribute rename(Attribute dim);
  std::string renameSymbol(StringRef name);

  MLIRContext *context;
  std::string suffix;
  llvm::StringMap<Attribute> known;
};

bool isStart(char c) {
  return isalpha(c) || c == '_' || c == '?' || (c & 0x80);
}
bool isPart(char c) { return isStart(c) || isdigit(c) || c == '.'; }

/// A single symbol: no number, no arithmetic, not the unnamed `?`.
bool isSymbol(StringRef text) {
  return text != "?" && !text.empty() && isStart(text[0]) &&
         llvm::all_of(text, isPart);
}

Attribute SizeRenamer::rename(Attribute dim) {
  auto text = dyn_cast<StringAttr>(dim);
  if (!text || text.getValue() == "?")
    return dim;
  if (auto bound = known.find(text.getValue()); bound != known.end())
    return bound->second;
  std::string renamed;
  for (StringRef rest = text.getValue(); !rest.empty();) {
    size_t length = 1;
    if (isStart(rest[0])) {
      length = rest.take_while(isPart).size();
      renamed += renameSymbol(rest.take_front(length));
    } else {
      renamed += rest[0];
    }
    rest = rest.drop_front(length);
  }
  return StringAttr::get(context, renamed);
}

std::string SizeRenamer::renameSymbol(StringRef name) {
  auto bound = known.find(name);
  if (bound == known.end())
    return (name.split('.').first + suffix).str();
  if (auto text = dyn_cast<StringAttr>(bound->second))
    return isSymbol(text.getValue()) ? text.getValue().str()
                                     : "(" + text.getValue().str() + ")";
  return std::to_string(cast<IntegerAttr>(bound->second).getInt());
}

/// The sizes that the call shows: an argument of known sizes is cast to `?`,
/// and at the start of the body to the names of the parameter.
void bindArguments(Block &entry, SizeRenamer &renamer) {
  for (CastShapeOp named : entry.getOps<CastShapeOp>()) {
    auto passed = named.getSource().getDefiningOp<CastShapeOp>();
    if (!passed || passed->getBlock() == &entry)
      continue;
    for (auto [inner, outer] :
         llvm::zip(arr::getDims(named.getType()),
                   arr::getDims(passed.getSource().getType()))) {
      auto name = dyn_cast<StringAttr>(inner);
      if (name && isSymbol(name.getValue()) &&
          outer != arr::getUnknownDim(named.getContext()))
        renamer.bind(name.getValue(), outer);
    }
  }
}

} // namespace

void arr::renameInlinedSizes(Operation *call,
                             iterator_range<Region::iterator> inlinedBlocks) {
  if (inlinedBlocks.empty())
    return;
  // A number for each inlined call of the caller.
  MLIRContext *context = call->getContext();
  Operation *caller = call->getParentOfType<FunctionOpInterface>();
  if (!caller)
    return;
  StringRef counter = "arr.inlined";
  auto last = caller->getAttrOfType<IntegerAttr>(counter);
  int64_t number = last ? last.getInt() + 1 : 1;
  caller->setAttr(counter, Builder(context).getI64IntegerAttr(number));

  SizeRenamer renamer(context, number);
  bindArguments(*inlinedBlocks.begin(), renamer);
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](Type type) -> std::optional<Type> {
    if (isa<ArrayType, PlaceType>(type))
      return renamer.rename(type);
    return std::nullopt;
  });
  for (Block &block : inlinedBlocks)
    for (Operation &op : block)
      replacer.recursivelyReplaceElementsIn(&op, /*replaceAttrs=*/false,
                                            /*replaceLocs=*/false,
                                            /*replaceTypes=*/true);
}
