//===- Header.cpp - The C header of a compiled library --------------------===//

#include "compiler/CodeGen/Header.h"
#include "compiler/CodeGen/Metadata.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace arr {

/// runtime/include/arr/arr.h, as a text; CMake puts it there.
static const char publicInterface[] =
#include "compiler/CodeGen/PublicInterface.inc"
    ;

static StringRef getCType(StringRef dtype) {
  return StringSwitch<StringRef>(dtype)
      .Case("bool", "uint8_t")
      .Case("i8", "int8_t")
      .Case("i16", "int16_t")
      .Case("i32", "int32_t")
      .Case("i64", "int64_t")
      .Case("u8", "uint8_t")
      .Case("u16", "uint16_t")
      .Case("u32", "uint32_t")
      .Case("u64", "uint64_t")
      .Cases({"f32", "c64"}, "float")
      .Case("str", "char")
      .Default("double"); // f64, c128
}

static bool isComplex(StringRef dtype) { return dtype.starts_with("c"); }

static bool isIdentifier(StringRef text) {
  return !text.empty() && !isDigit(text[0]) &&
         all_of(text, [](char c) { return isAlnum(c) || c == '_' || (c & 0x80); });
}

namespace {

class HeaderWriter {
public:
  HeaderWriter(const ExportedModule &exports, raw_ostream &os)
      : exports(exports), os(os) {}
  void write();

private:
  void comment(StringRef text, StringRef indent);
  void signature(const ExportedFunction &function);
  void declare(const ExportedFunction &function);
  void declareFlat(const ExportedFunction &function);
  void fillArray(const llvm::Twine &name, const ExportedParam &param,
                 bool isResult);

  /// Names that C takes, or that are taken before, get an underscore.
  std::string fresh(StringRef name);
  std::vector<std::string> nameAll(const ExportedFunction &function);

  const ExportedModule &exports;
  raw_ostream &os;
  StringSet<> taken;
};

std::string HeaderWriter::fresh(StringRef name) {
  static const StringSet<> reserved = {
      "auto", "break", "case", "char", "const", "continue", "default", "do", "double",
      "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long",
      "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct",
      "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "bool",
      "class", "delete", "friend", "namespace", "new", "operator", "private", "protected",
      "public", "template", "this", "throw", "try", "catch", "typename", "using",
      "virtual", "and", "or", "not", "xor", "explicit", "export", "mutable", "true",
      "false", "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t",
      "uint32_t", "uint64_t", "arr_array", "arr_dtype", "NULL", "errno", "signed"};
  std::string result = name.str();
  while (reserved.contains(result) || !taken.insert(result).second)
    result += '_';
  return result;
}

/// The C names of parameters and results.
std::vector<std::string> HeaderWriter::nameAll(const ExportedFunction &function) {
  taken.clear();
  std::vector<std::string> names;
  for (const ExportedParam &param : function.params)
    names.push_back(fresh(param.name));
  for (auto [index, result] : enumerate(function.results))
    names.push_back(fresh(!result.name.empty()            ? result.name
                          : function.results.size() == 1 ? "result"
                                                         : "result" + std::to_string(index)));
  return names;
}

/// A text of the source inside a comment: it cannot end the comment.
void HeaderWriter::comment(StringRef text, StringRef indent) {
  SmallVector<StringRef> lines;
  text.trim().split(lines, '\n');
  for (StringRef line : lines) {
    os << indent;
    for (char c : line.rtrim())
      os << (c == '/' ? '|' : isPrint(c) || (c & 0x80) ? c : ' ');
    os << '\n';
  }
}

void HeaderWriter::signature(const ExportedFunction &function) {
  os << "/* " << function.name << '(';
  ListSeparator separator;
  for (const ExportedParam &param : function.params) {
    os << separator << param.name << ": " << param.annotation;
    if (param.isWritten)
      os << " (written)";
  }
  os << ") -> ";
  if (function.results.empty())
    os << "None";
  ListSeparator resultSeparator;
  for (const ExportedParam &result : function.results)
    os << resultSeparator << result.annotation;
  os << '\n';
  if (!function.doc.empty())
    comment(function.doc, " *   ");
  os << " */\n";
}

void HeaderWriter::declare(const ExportedFunction &function) {
  signature(function);
  os << "ARR_API int " << getCName(exports, function) << '(';
  std::vector<std::string> names = nameAll(function);
  ListSeparator separator;
  unsigned next = 0;
  for (const ExportedParam &param : function.params) {
    os << separator;
    const std::string &name = names[next++];
    switch (param.kind) {
    case ExportedParam::Kind::Array:
      os << "const arr_array *" << name;
      break;
    case ExportedParam::Kind::Str:
      os << "const char *" << name;
      break;
    case ExportedParam::Kind::Scalar:
      if (isComplex(param.dtype))
        os << "const " << getCType(param.dtype) << " *" << name;
      else
        os << getCType(param.dtype) << ' ' << name;
    }
  }
  for (const ExportedParam &result : function.results) {
    os << separator;
    if (result.kind == ExportedParam::Kind::Array)
      os << "arr_array *" << names[next++];
    else
      os << getCType(result.dtype) << " *" << names[next++];
  }
  if (function.params.empty() && function.results.empty())
    os << "void";
  os << ");\n";
}

void HeaderWriter::fillArray(const Twine &name, const ExportedParam &param,
                             bool isResult) {
  if (!param.dims.empty())
    os << "  int64_t " << name << "_shape[" << param.dims.size() << "];\n";
  os << "  arr_array " << name << "_array;\n";
  for (auto [axis, dim] : enumerate(param.dims))
    os << "  " << name << "_shape[" << axis << "] = " << dim << ";\n";
  unsigned code = isComplex(param.dtype)             ? 5
                  : StringRef(param.dtype).starts_with("f") ? 2
                  : StringRef(param.dtype).starts_with("u") ? 1
                  : param.dtype == "bool"            ? 6
                                                     : 0;
  StringRef digits = StringRef(param.dtype).drop_front();
  os << "  " << name << "_array.data = "
     << (isResult || param.isWritten ? "" : "(void *)") << name << ";\n";
  os << "  " << name << "_array.shape = " << (param.dims.empty() ? "0" : (name + "_shape").str())
     << ";\n";
  // Not an initializer: `{0}` draws warnings in C++, `{}` is not C.
  for (StringRef field : {"strides", "release", "owner", "flags", "reserved"})
    os << "  " << name << "_array." << field << " = 0;\n";
  os << "  " << name << "_array.ndim = " << param.dims.size() << ";\n"
     << "  " << name << "_array.dtype.code = " << code << ";\n"
     << "  " << name << "_array.dtype.bits = " << (param.dtype == "bool" ? "8" : digits)
     << ";\n"
     << "  " << name << "_array.dtype.lanes = 1;\n";
}

/// For C-contiguous arrays: plain pointers, then the sizes. Left out where a
/// size is not one of the symbols of the parameters.
void HeaderWriter::declareFlat(const ExportedFunction &function) {
  SetVector<StringRef> symbols;
  bool hasArray = false;
  for (const ExportedParam &param : function.params)
    for (const std::string &dim : param.dims)
      if (isIdentifier(dim))
        symbols.insert(dim);
  auto isKnown = [&](const ExportedParam &param) {
    hasArray |= param.kind == ExportedParam::Kind::Array;
    return all_of(param.dims, [&](StringRef dim) {
      // Sums and products of symbols and numbers mean the same in C.
      SmallVector<StringRef> words;
      SplitString(dim, words, " +-*()");
      return !dim.contains("**") && all_of(words, [&](StringRef word) {
        return symbols.contains(word) || all_of(word, isDigit);
      });
    });
  };
  if (!all_of(function.params, isKnown) || !all_of(function.results, isKnown) || !hasArray)
    return;
  std::vector<std::string> names = nameAll(function);
  // A symbol with the name of a parameter, or of C's, cannot be a parameter too.
  for (StringRef symbol : symbols)
    if (fresh(symbol) != symbol)
      return;
  std::string name = getCName(exports, function);
  os << "/* The same for C-contiguous arrays. */\nstatic inline int " << name << "_c(";
  ListSeparator separator;
  unsigned next = 0;
  auto pointer = [&](const ExportedParam &param, bool isWritten) {
    os << separator;
    bool isPointer = param.kind != ExportedParam::Kind::Scalar || isComplex(param.dtype) || isWritten;
    os << (isPointer && !isWritten ? "const " : "") << getCType(param.dtype)
       << (isPointer ? " *" : " ") << names[next++];
  };
  for (const ExportedParam &param : function.params)
    pointer(param, param.isWritten);
  for (const ExportedParam &result : function.results)
    pointer(result, true);
  for (StringRef symbol : symbols)
    os << separator << "int64_t " << symbol;
  os << ") {\n";
  next = 0;
  for (const ExportedParam &param : function.params) {
    if (param.kind == ExportedParam::Kind::Array)
      fillArray(names[next], param, false);
    ++next;
  }
  for (const ExportedParam &result : function.results) {
    if (result.kind == ExportedParam::Kind::Array)
      fillArray(names[next], result, true);
    ++next;
  }
  os << "  return " << name << '(';
  ListSeparator comma;
  next = 0;
  auto argument = [&](const ExportedParam &param) {
    bool isArray = param.kind == ExportedParam::Kind::Array;
    os << comma << (isArray ? "&" : "") << names[next++] << (isArray ? "_array" : "");
  };
  for_each(function.params, argument);
  for_each(function.results, argument);
  os << ");\n}\n";
}

void HeaderWriter::write() {
  std::string guard = StringRef(exports.name).upper() + "_H";
  os << "/* " << exports.name << ".h -- written by arrc from " << exports.source << ".\n";
  if (!exports.doc.empty())
    comment(exports.doc, " * ");
  os << R"( *
 * Arrays are passed as arr_array: any strides, in bytes; the caller's memory stays
 * the caller's. A result with data == NULL is allocated by the callee, and freed by
 * its `release`; with data, shape and strides set it is stored there.
 * Functions return ARR_OK or another arr_status; arr_last_error() has the message.
 * Link with the library alone; for a static one add -lomp -lmvec -lm -lpthread. */
)";
  os << "#ifndef " << guard << "\n#define " << guard << "\n\n"
     << publicInterface
     << "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  for (const ExportedFunction &function : exports.functions) {
    declare(function);
    declareFlat(function);
    os << '\n';
  }
  os << "#ifdef __cplusplus\n}\n#endif\n#endif\n";
}

} // namespace

std::string makeHeader(const ExportedModule &exports) {
  std::string text;
  raw_string_ostream os(text);
  HeaderWriter(exports, os).write();
  return text;
}

} // namespace arr
