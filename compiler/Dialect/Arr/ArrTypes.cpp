//===- ArrTypes.cpp - Values and places -----------------------------------===//
#include "compiler/Dialect/Arr/Arr.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace arr;

#define GET_TYPEDEF_CLASSES
#include "compiler/Dialect/Arr/ArrTypes.cpp.inc"

void ArrDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "compiler/Dialect/Arr/ArrTypes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Syntax: <[n, "n + 1", 3, ?], f64>
//===----------------------------------------------------------------------===//

static bool isIdentifier(StringRef text) {
  return !text.empty() && (isalpha(text[0]) || text[0] == '_') &&
         llvm::all_of(text, [](char c) { return isalnum(c) || c == '_'; });
}

static ParseResult parseDim(AsmParser &parser, SmallVectorImpl<Attribute> &dims) {
  Builder builder(parser.getContext());
  if (succeeded(parser.parseOptionalQuestion())) {
    dims.push_back(builder.getStringAttr("?"));
    return success();
  }
  int64_t size;
  OptionalParseResult number = parser.parseOptionalInteger(size);
  if (number.has_value()) {
    dims.push_back(builder.getI64IntegerAttr(size));
    return *number;
  }
  std::string text;
  if (failed(parser.parseOptionalString(&text)) &&
      failed(parser.parseKeywordOrString(&text)))
    return failure();
  dims.push_back(builder.getStringAttr(text));
  return success();
}

static ParseResult parseBody(AsmParser &parser, SmallVectorImpl<Attribute> &dims,
                             Type &elementType) {
  return failure(parser.parseLess() ||
                 parser.parseCommaSeparatedList(
                     AsmParser::Delimiter::Square,
                     [&] { return parseDim(parser, dims); }) ||
                 parser.parseComma() || parser.parseType(elementType) ||
                 parser.parseGreater());
}

static void printBody(AsmPrinter &printer, ArrayRef<Attribute> dims, Type elementType) {
  printer << "<[";
  llvm::interleaveComma(dims, printer, [&](Attribute dim) {
    if (auto size = dyn_cast<IntegerAttr>(dim))
      printer << size.getInt();
    else if (StringRef text = cast<StringAttr>(dim).getValue();
             text == "?" || isIdentifier(text))
      printer << text;
    else
      printer << '"' << text << '"';
  });
  printer << "], " << elementType << '>';
}

static LogicalResult verifyShaped(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayRef<Attribute> dims, Type elementType) {
  for (Attribute dim : dims) {
    auto size = dyn_cast<IntegerAttr>(dim);
    if (!size && !isa<StringAttr>(dim))
      return emitError() << "dims are integers or texts, not " << dim;
    if (size && size.getInt() < 0)
      return emitError() << "negative size " << size.getInt();
  }
  if (!elementType.isIntOrFloat() && !isa<ComplexType>(elementType))
    return emitError() << "no element type: " << elementType;
  return success();
}

static int64_t staticSize(Attribute dim) {
  auto size = dyn_cast<IntegerAttr>(dim);
  return size ? size.getInt() : ShapedType::kDynamic;
}

#define ARR_SHAPED_TYPE(TYPE)                                                  \
  Type TYPE::parse(AsmParser &parser) {                                        \
    SmallVector<Attribute> dims;                                               \
    Type elementType;                                                          \
    if (failed(parseBody(parser, dims, elementType)))                          \
      return {};                                                               \
    return getChecked(                                                         \
        [&] { return parser.emitError(parser.getNameLoc()); },                 \
        parser.getContext(), dims, elementType);                               \
  }                                                                            \
  void TYPE::print(AsmPrinter &printer) const {                                \
    printBody(printer, getDims(), getElementType());                           \
  }                                                                            \
  LogicalResult TYPE::verify(function_ref<InFlightDiagnostic()> emitError,     \
                             ArrayRef<Attribute> dims, Type elementType) {     \
    return verifyShaped(emitError, dims, elementType);                         \
  }                                                                            \
  int64_t TYPE::getStaticSize(unsigned axis) const {                           \
    return staticSize(getDims()[axis]);                                        \
  }

ARR_SHAPED_TYPE(ArrayType)
ARR_SHAPED_TYPE(PlaceType)
#undef ARR_SHAPED_TYPE

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

ArrayRef<Attribute> arr::getDims(Type type) {
  return TypeSwitch<Type, ArrayRef<Attribute>>(type)
      .Case<ArrayType, PlaceType>([](auto shaped) { return shaped.getDims(); })
      .Default(ArrayRef<Attribute>());
}

Type arr::getElementTypeOrSelf(Type type) {
  return TypeSwitch<Type, Type>(type)
      .Case<ArrayType, PlaceType>([](auto shaped) { return shaped.getElementType(); })
      .Default([](Type scalar) { return scalar; });
}

int64_t arr::getRank(Type type) { return arr::getDims(type).size(); }

Type arr::cloneWith(Type type, ArrayRef<Attribute> dims) {
  Type elementType = arr::getElementTypeOrSelf(type);
  if (isa<PlaceType>(type))
    return PlaceType::get(type.getContext(), dims, elementType);
  return ArrayType::get(type.getContext(), dims, elementType);
}

Attribute arr::getStaticDim(MLIRContext *context, int64_t size) {
  return Builder(context).getI64IntegerAttr(size);
}

Attribute arr::getUnknownDim(MLIRContext *context) {
  return StringAttr::get(context, "?");
}
