//===- PythonStub.cpp - The .pyi file of a Python module ------------------===//
//
// Instances become overloads. NumPy's types know dtypes but neither ranks nor
// sizes: the signature as the source has it stands in the documentation.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/PythonModule.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace arr {

namespace {

class StubWriter {
public:
  StubWriter(const ExportedModule &exports, raw_ostream &os)
      : exports(exports), os(os) {}
  void write();

private:
  std::string type(const ExportedParam &param);
  std::string results(const ExportedFunction &function);
  std::string signature(const ExportedFunction &function, bool hasOut);
  void function(const PythonFunction &function);
  void docstring(StringRef text, StringRef indent);

  const ExportedModule &exports;
  raw_ostream &os;
};

std::string numpyName(StringRef dtype) {
  return StringSwitch<std::string>(dtype)
      .Case("bool", "bool_")
      .Case("f32", "float32")
      .Case("f64", "float64")
      .Case("c64", "complex64")
      .Case("c128", "complex128")
      .StartsWith("u", ("uint" + dtype.drop_front()).str())
      .Default(("int" + dtype.drop_front()).str());
}

std::string StubWriter::type(const ExportedParam &param) {
  if (param.kind == ExportedParam::Kind::Array)
    return "_npt.NDArray[_np." + numpyName(param.dtype) + "]";
  if (param.kind == ExportedParam::Kind::Str)
    return "_builtins.str | _os.PathLike[_builtins.str]";
  // The source may define a function called `float`.
  return "_builtins." + std::string(param.dtype == "bool"   ? "bool"
                                    : param.dtype[0] == 'c' ? "complex"
                                    : param.dtype[0] == 'f' ? "float"
                                                            : "int");
}

std::string StubWriter::results(const ExportedFunction &function) {
  if (function.structure.empty())
    return "None";
  std::string text;
  auto result = function.results.begin();
  char before = '(';
  for (char part : function.structure) {
    if (part != ')' && before != '(')
      text += ", ";
    if (part == '(')
      text += "_builtins.tuple[";
    else if (part == ')')
      text += before == '(' ? "()]" : "]";
    else
      text += type(*result++);
    before = part;
  }
  return text;
}

std::string StubWriter::signature(const ExportedFunction &function,
                                  bool hasOut) {
  std::string text = "def " + function.name + "(";
  ListSeparator separator;
  for (const ExportedParam &param : function.params) {
    text += StringRef(separator).str() + param.name + ": " + type(param);
    if (param.hasDefault())
      text += " = " + *param.defaultText;
  }
  SmallVector<std::string> arrays;
  for (const ExportedParam &result : function.results)
    if (result.kind == ExportedParam::Kind::Array)
      arrays.push_back(type(result));
  if (hasOut && arrays.size() == 1)
    text +=
        StringRef(separator).str() + "*, out: " + arrays[0] + " | None = None";
  if (hasOut && arrays.size() > 1)
    text += StringRef(separator).str() + "*, out: _builtins.tuple[" +
            join(arrays, " | None, ") + " | None] | None = None";
  return text + ") -> " + results(function) + ":";
}

/// As a Python literal in which the text cannot end the literal.
void StubWriter::docstring(StringRef text, StringRef indent) {
  os << indent << "\"\"\"";
  for (char c : text.trim()) {
    if (c == '\\' || c == '"')
      os << '\\';
    os << c;
  }
  os << "\"\"\"\n";
}

void StubWriter::function(const PythonFunction &function) {
  bool hasOut =
      none_of(function.instances[0]->params,
              [](const ExportedParam &param) { return param.name == "out"; });
  // Instances that differ in the width of scalars only look the same in Python.
  StringSet<> seen;
  SmallVector<std::string> signatures;
  for (const ExportedFunction *instance : function.instances) {
    std::string text = signature(*instance, hasOut);
    if (seen.insert(text).second)
      signatures.push_back(text);
  }
  for (const std::string &text : signatures) {
    os << '\n';
    if (signatures.size() > 1)
      os << "@_typing.overload\n";
    os << text;
    StringRef doc = function.instances[0]->doc;
    if (doc.empty()) {
      os << " ...\n";
    } else {
      os << '\n';
      docstring(doc, "    ");
    }
  }
}

void StubWriter::write() {
  os << "# Written by arrc from " << exports.source << ".\n";
  if (!exports.doc.empty())
    docstring(exports.doc, "");
  os << "import builtins as _builtins\n"
        "import os as _os\n"
        "import typing as _typing\n\n"
        "import numpy as _np\n"
        "import numpy.typing as _npt\n";
  for (const PythonFunction &group : groupByName(exports))
    function(group);
}

} // namespace

std::string makePythonStub(const ExportedModule &exports) {
  std::string text;
  raw_string_ostream os(text);
  StubWriter(exports, os).write();
  return text;
}

} // namespace arr
