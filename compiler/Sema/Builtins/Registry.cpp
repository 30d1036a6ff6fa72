//===- Registry.cpp - Finds built-ins and puts their arguments in order ---===//
#include "compiler/Sema/Builtins/Builtins.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <cmath>

using namespace arr;
using namespace arr::sema;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static const llvm::StringMap<const Builtin *> &builtinTable() {
  static const auto table = [] {
    llvm::StringMap<const Builtin *> map;
    for (auto family :
         {scalarBuiltins(), ufuncBuiltins(), reductionBuiltins(),
          creationBuiltins(), shapeBuiltins(), linalgBuiltins(), ioBuiltins()})
      for (const Builtin &builtin : family)
        map[builtin.name] = &builtin;
    return map;
  }();
  return table;
}

const Builtin *arr::sema::findBuiltin(llvm::StringRef name) {
  return builtinTable().lookup(name);
}

const StdlibFunction *arr::sema::findStdlibFunction(llvm::StringRef name) {
  static const auto table = [] {
    llvm::StringMap<const StdlibFunction *> map;
    for (const StdlibFunction &entry : stdlibFunctions())
      map[entry.name] = &entry;
    return map;
  }();
  return table.lookup(name);
}

/// NumPy's names of dtypes; the language's own are in parseDType.
static const std::pair<llvm::StringLiteral, DType> numpyDTypes[] = {
    {"bool_", DType::Bool},      {"int8", DType::I8},
    {"int16", DType::I16},       {"int32", DType::I32},
    {"int64", DType::I64},       {"intp", DType::I64},
    {"uint8", DType::U8},        {"uint16", DType::U16},
    {"uint32", DType::U32},      {"uint64", DType::U64},
    {"uintp", DType::U64},       {"float32", DType::F32},
    {"float64", DType::F64},     {"single", DType::F32},
    {"double", DType::F64},      {"complex64", DType::C64},
    {"complex128", DType::C128},
};

std::optional<Value> arr::sema::findBuiltinConstant(llvm::StringRef name,
                                                    SourceRange range) {
  auto number = [&](double value) {
    return Value::constantOf(Constant::ofFloat(value), range);
  };
  if (name == "pi")
    return number(3.141592653589793);
  if (name == "e")
    return number(2.718281828459045);
  if (name == "euler_gamma")
    return number(0.5772156649015329);
  if (name == "inf")
    return number(HUGE_VAL);
  if (name == "nan")
    return number(std::nan(""));
  if (name == "newaxis")
    return Value::of(Value::Kind::None, range);
  auto weak = [&](DType dtype) {
    return Value::dtype(Type::scalar(dtype, /*weak=*/true), range);
  };
  if (name == "int")
    return weak(DType::I64);
  if (name == "float")
    return weak(DType::F64);
  if (name == "complex")
    return weak(DType::C128);
  if (name == "bool")
    return weak(DType::Bool);
  if (auto dtype = parseDType(name))
    return Value::dtype(Type::scalar(*dtype), range);
  for (const auto &[spelling, dtype] : numpyDTypes)
    if (name == spelling)
      return Value::dtype(Type::scalar(dtype), range);
  return std::nullopt;
}

bool arr::sema::isPlannedName(llvm::StringRef name) {
  static const llvm::StringSet<> planned = {
      "mgrid",         "memmap",        "loadtxt",      "savetxt",
      "view",          "vectorize",     "guvectorize",  "stencil",
      "extern",        "block",         "piecewise",    "frexp",
      "random",        "fft",           "linalg",       "polyfit",
      "frompyfunc",    "fromiter",      "tolist",       "i0",
      "bitwise_count", "linalg.solve",  "linalg.inv",   "linalg.cholesky",
      "linalg.lu",     "linalg.qr",     "linalg.svd",   "linalg.eigh",
      "linalg.eig",    "linalg.det",    "linalg.lstsq", "linalg.matrix_power",
      "linalg.pinv",   "linalg.slogdet"};
  return planned.contains(name);
}

std::string arr::sema::nearestName(llvm::StringRef name,
                                   llvm::ArrayRef<llvm::StringRef> candidates) {
  unsigned limit = name.size() <= 3 ? 1 : name.size() <= 6 ? 2 : 3;
  llvm::StringRef best;
  for (llvm::StringRef candidate : candidates) {
    unsigned distance = name.edit_distance(candidate, true, limit);
    // One letter for another is no slip of the pen.
    if (distance >= name.size() || distance > limit)
      continue;
    best = candidate;
    limit = distance == 0 ? 0 : distance - 1;
    if (distance <= 1)
      break;
  }
  return best.str();
}

std::string arr::sema::nearestBuiltin(llvm::StringRef name) {
  std::vector<llvm::StringRef> names;
  for (const auto &entry : builtinTable())
    names.push_back(entry.getKey());
  for (const StdlibFunction &entry : stdlibFunctions())
    names.push_back(entry.name);
  for (const auto &[spelling, dtype] : numpyDTypes)
    names.push_back(spelling);
  for (llvm::StringRef other : {"f32", "f64", "i8", "i16", "i32", "i64", "u8",
                                "u16", "u32", "u64", "c64", "c128", "newaxis"})
    names.push_back(other);
  llvm::sort(names);
  return nearestName(name, names);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

namespace {
struct BuiltinParam {
  llvm::StringRef name;
  bool isOptional = false, isKeywordOnly = false, isRest = false;
};
} // namespace

static llvm::SmallVector<BuiltinParam> parseParams(llvm::StringRef text) {
  llvm::SmallVector<BuiltinParam> params;
  bool keywordOnly = false;
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts) {
    part = part.trim();
    if (part == "*") {
      keywordOnly = true;
      continue;
    }
    BuiltinParam param;
    param.isRest = part.consume_front("*");
    param.isOptional = part.consume_back("=") || param.isRest;
    param.isKeywordOnly = keywordOnly;
    keywordOnly |= param.isRest;
    param.name = part;
    params.push_back(param);
  }
  return params;
}

/// Arguments that NumPy's functions take and these do not yet.
static bool isPlannedKeyword(llvm::StringRef name) {
  static const llvm::StringSet<> planned = {
      "out",        "where",    "dtype",    "casting",  "order", "initial",
      "subok",      "ddof",     "axis",     "copy",     "like",  "ndmin",
      "method",     "keepdims", "retstep",  "kind",     "file",  "flush",
      "correction", "mean",     "optimize", "decimals", "device"};
  return planned.contains(name);
}

Value arr::sema::callBuiltin(Checker &checker, const Builtin &builtin,
                             Arguments &args, SourceRange range) {
  auto params = parseParams(builtin.params);
  BuiltinCall call{checker, builtin, range, {}, {}};
  call.args.resize(params.size());
  size_t next = 0;
  for (const Value &arg : args.positional) {
    if (next < params.size() && params[next].isRest) {
      call.rest.push_back(arg);
      continue;
    }
    if (next >= params.size() || params[next].isKeywordOnly) {
      size_t limit = llvm::count_if(
          params, [](const BuiltinParam &p) { return !p.isKeywordOnly; });
      checker.report(arg.range, diag::TooManyArguments, builtin.name, limit,
                     args.positional.size());
      return Value::invalid();
    }
    call.args[next++] = arg;
  }
  for (const Arguments::Keyword &keyword : args.keywords) {
    auto param = llvm::find_if(params, [&](const BuiltinParam &candidate) {
      return candidate.name == keyword.name && !candidate.isRest;
    });
    if (param == params.end()) {
      if (isPlannedKeyword(keyword.name))
        return checker.unsupported(keyword.range, "the argument `" +
                                                      keyword.name + "` of `" +
                                                      builtin.name + "`");
      checker.report(keyword.range, diag::UnknownKeyword, builtin.name,
                     keyword.name);
      return Value::invalid();
    }
    Value &slot = call.args[param - params.begin()];
    if (!slot.isMissing()) {
      checker.report(keyword.range, diag::DuplicateArgument, builtin.name,
                     keyword.name);
      return Value::invalid();
    }
    slot = keyword.value;
  }
  for (auto [param, value] : llvm::zip(params, call.args))
    if (value.isMissing() && !param.isOptional) {
      checker.report(range, diag::MissingArgument, builtin.name, param.name);
      return Value::invalid();
    }
  Value result = builtin.handler(call);
  result.range = range;
  return result;
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

bool arr::sema::requireArgument(BuiltinCall &call, unsigned index) {
  Value &value = call.args[index];
  if (value.isSequence())
    value = asArray(call.checker, value);
  return call.checker.requireNumeric(value, "argument");
}

std::optional<unsigned>
arr::sema::axisArgument(Checker &checker, const Value &axis, unsigned rank) {
  auto number = axis.asInt();
  if (!number) {
    checker.report(axis.range, diag::NotKnown, "an axis")
        .help("write a number, or a parameter of a template");
    return std::nullopt;
  }
  int64_t normal = *number < 0 ? *number + rank : *number;
  if (normal < 0 || normal >= rank) {
    checker.report(axis.range, diag::AxisOutOfBounds, *number, rank);
    return std::nullopt;
  }
  return normal;
}

std::optional<llvm::SmallVector<unsigned, 4>>
arr::sema::axesArgument(Checker &checker, const Value &axis, unsigned rank) {
  llvm::SmallVector<unsigned, 4> axes;
  if (axis.isMissingOrNone()) {
    for (unsigned i = 0; i < rank; ++i)
      axes.push_back(i);
    return axes;
  }
  ValueList list = axis.isTuple() ? axis.elements : ValueList{axis};
  for (const Value &element : list) {
    auto normal = axisArgument(checker, element, rank);
    if (!normal)
      return std::nullopt;
    if (llvm::is_contained(axes, *normal)) {
      checker.report(element.range, diag::DuplicateAxis, *normal);
      return std::nullopt;
    }
    axes.push_back(*normal);
  }
  llvm::sort(axes);
  return axes;
}

bool arr::sema::dtypeArgument(Checker &checker, const Value &value,
                              std::optional<DType> &dtype) {
  if (value.isMissingOrNone())
    return true;
  if (value.isDType()) {
    dtype = value.type.dtype;
    return true;
  }
  if (value.isText())
    if (auto named = findBuiltinConstant(value.text, value.range);
        named && named->isDType()) {
      dtype = named->type.dtype;
      return true;
    }
  if (!value.isInvalid())
    checker
        .report(value.range, diag::NotAType,
                checker.session.sources.text(value.range))
        .help("write a dtype, as in `dtype=f64`");
  return false;
}

bool arr::sema::flagArgument(Checker &checker, const Value &value, bool &flag) {
  if (value.isMissing())
    return true;
  if (auto known = value.asBool()) {
    flag = *known;
    return true;
  }
  if (!value.isInvalid())
    checker.report(value.range, diag::NotKnown, "this argument");
  return false;
}

std::optional<ValueList> arr::sema::shapeArgument(Checker &checker,
                                                  const Value &value) {
  ValueList sizes = value.isSequence() ? value.elements : ValueList{value};
  for (Value &size : sizes) {
    if (size.isInvalid())
      return std::nullopt;
    if (!size.isInt()) {
      checker.report(size.range, diag::SizeNotInteger, checker.describe(size));
      return std::nullopt;
    }
    if (auto number = size.asInt(); number && *number < -1) {
      checker.report(size.range, diag::NegativeSize, *number);
      return std::nullopt;
    }
    Dim dim = checker.dimOf(size);
    size = checker.convert(size, Type::scalar(DType::I64, true), true);
    size.dim = dim;
  }
  if (sizes.size() > maxRank) {
    checker.report(value.range, diag::RankTooLarge, sizes.size());
    return std::nullopt;
  }
  return sizes;
}

Value arr::sema::castTo(Checker &checker, const Value &value, DType dtype) {
  return checker.convert(value, Type::scalar(dtype), /*isExplicit=*/true);
}
