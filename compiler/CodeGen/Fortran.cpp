//===- Fortran.cpp - The Fortran module of a compiled library -------------===//
//
// For each function a subroutine: arguments, then results, then optional
// arguments, stat and errmsg. It calls the library's bind(C) function, which
// gets the compiler's own array descriptors: sections are passed as they are.
//
//===----------------------------------------------------------------------===//

#include "compiler/CodeGen/Fortran.h"
#include "compiler/CodeGen/Metadata.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace arr {

/// Fortran's limits.
constexpr size_t maxRank = 15, maxNameLength = 63;

static StringRef getFortranType(StringRef dtype) {
  return StringSwitch<StringRef>(dtype)
      .Case("bool", "logical(c_bool)")
      .Cases({"i8", "u8"}, "integer(c_int8_t)")
      .Cases({"i16", "u16"}, "integer(c_int16_t)")
      .Cases({"i32", "u32"}, "integer(c_int32_t)")
      .Cases({"i64", "u64"}, "integer(c_int64_t)")
      .Case("f32", "real(c_float)")
      .Case("f64", "real(c_double)")
      .Case("c64", "complex(c_float_complex)")
      .Default("complex(c_double_complex)");
}

namespace {

/// Names of one scope. Fortran does not tell `X` from `x`.
class Scope {
public:
  Scope(std::initializer_list<StringRef> reserved) {
    for (StringRef name : reserved)
      taken.insert(name);
  }

  std::string fresh(StringRef wanted) {
    std::string base;
    for (char c : wanted)
      base += isAlnum(c) || c == '_' ? toLower(c) : '_';
    if (base.empty() || !isAlpha(base[0]))
      base.insert(0, "a");
    base.resize(std::min(base.size(), maxNameLength - 3));
    std::string name = base;
    for (unsigned number = 2; !taken.insert(name).second; ++number)
      name = base + "_" + std::to_string(number);
    return name;
  }

private:
  StringSet<> taken;
};

/// One argument of a subroutine.
struct Dummy {
  const ExportedParam *param;
  std::string name;
  bool isResult;

  bool isArray() const { return !param->dims.empty(); }
  bool isOptional() const { return param->hasDefault(); }
  bool isWritten() const { return isResult || param->isWritten; }
  /// Real and integer scalars go by value; C has complex numbers by address.
  bool isByValue() const {
    return !isResult && param->kind == ExportedParam::Kind::Scalar &&
           !StringRef(param->dtype).starts_with("c");
  }
  std::string type() const { return getFortranType(param->dtype).str(); }
  std::string shape() const {
    std::string text;
    for (size_t axis = 0; axis < param->dims.size(); ++axis)
      text += axis ? ", :" : ":";
    return isArray() ? "(" + text + ")" : "";
  }
};

struct Procedure {
  const ExportedFunction *function;
  std::string name, bindName, bindAlias;
  std::vector<Dummy> dummies; // in the order of the C function

  std::string signature() const {
    std::string text;
    for (const Dummy &dummy : dummies)
      text += dummy.type() + dummy.shape() + ";";
    return text;
  }
};

class FortranWriter {
public:
  FortranWriter(const ExportedModule &exports, raw_ostream &os)
      : exports(exports), os(os) {}
  void write();

private:
  void collect();
  Procedure makeProcedure(const ExportedFunction &function);
  void comment(StringRef text, StringRef indent);
  void list(StringRef indent, ArrayRef<std::string> names);
  void writeGenerics();
  void writeInterfaces();
  void writeProcedure(const Procedure &procedure);
  void writeDefault(const Dummy &dummy);
  void writeHelpers();

  const ExportedModule &exports;
  raw_ostream &os;
  Scope module{"arr_finish", "arr_message", "arr_last_error",
               "arr_text_length"};
  MapVector<StringRef, std::vector<Procedure>> procedures; // by source name
  std::vector<const ExportedFunction *> leftOut;
};

/// Texts and very high ranks do not exist in Fortran's interface to C.
static bool isCallable(const ExportedFunction &function) {
  auto isSupported = [](const ExportedParam &param) {
    return param.kind != ExportedParam::Kind::Str &&
           param.dims.size() <= maxRank;
  };
  return function.name != "main" && all_of(function.params, isSupported) &&
         all_of(function.results, isSupported);
}

Procedure FortranWriter::makeProcedure(const ExportedFunction &function) {
  Procedure procedure;
  procedure.function = &function;
  procedure.name = module.fresh(function.symbol);
  procedure.bindName = getCName(exports, function) + fortranSuffix;
  procedure.bindAlias = module.fresh("c_" + function.symbol);
  Scope scope{"stat",      "errmsg",           "arr_finish", "c_bool",
              "c_int",     "c_int8_t",         "c_int16_t",  "c_int32_t",
              "c_int64_t", "c_float",          "c_double",   "c_float_complex",
              "present",   "c_double_complex", "status"};
  scope.fresh(procedure.name);
  scope.fresh(procedure.bindAlias);
  for (const ExportedParam &param : function.params)
    procedure.dummies.push_back({&param, scope.fresh(param.name), false});
  for (auto [index, result] : enumerate(function.results)) {
    std::string name = function.results.size() == 1
                           ? "result"
                           : "result" + std::to_string(index + 1);
    procedure.dummies.push_back(
        {&result, scope.fresh(result.name.empty() ? name : result.name), true});
  }
  return procedure;
}

void FortranWriter::collect() {
  for (const ExportedFunction &function : exports.functions) {
    if (isCallable(function))
      procedures[function.name].push_back(makeProcedure(function));
    else if (function.name != "main")
      leftOut.push_back(&function);
  }
}

void FortranWriter::comment(StringRef text, StringRef indent) {
  SmallVector<StringRef> lines;
  text.trim().split(lines, '\n');
  for (StringRef line : lines) {
    os << indent << "! ";
    for (char c : line.trim())
      os << (isPrint(c) || (c & 0x80) ? c : ' ');
    os << '\n';
  }
}

/// "(a, b, &\n c)": a line holds 132 characters.
void FortranWriter::list(StringRef indent, ArrayRef<std::string> names) {
  os << '(';
  size_t width = 0;
  for (auto [index, name] : enumerate(names)) {
    if (index)
      os << ", ";
    if (width + name.size() > 60) {
      os << "&\n" << indent << "    ";
      width = 0;
    }
    os << name;
    width += name.size() + 2;
  }
  os << ')';
}

/// One name for all instances that Fortran can tell apart.
void FortranWriter::writeGenerics() {
  for (auto &[name, instances] : procedures) {
    if (instances.size() == 1) {
      os << "  public :: " << instances[0].name << '\n';
      continue;
    }
    std::string generic = module.fresh(name);
    os << "  public :: " << generic << '\n'
       << "  interface " << generic << '\n';
    StringSet<> signatures;
    for (const Procedure &instance : instances)
      if (signatures.insert(instance.signature()).second)
        os << "    module procedure " << instance.name << '\n';
    os << "  end interface\n";
    for (const Procedure &instance : instances)
      os << "  public :: " << instance.name << '\n';
  }
}

void FortranWriter::writeInterfaces() {
  os << "\n  interface\n";
  for (auto &[name, instances] : procedures)
    for (const Procedure &procedure : instances) {
      std::vector<std::string> names;
      for (const Dummy &dummy : procedure.dummies)
        names.push_back(dummy.name);
      os << "    function " << procedure.bindAlias;
      list("    ", names);
      os << " &\n        result(status) bind(C, name=\"" << procedure.bindName
         << "\")\n      import\n";
      for (const Dummy &dummy : procedure.dummies)
        os << "      " << dummy.type()
           << (dummy.isByValue()   ? ", value"
               : dummy.isWritten() ? ", intent(inout)"
                                   : ", intent(in)")
           << " :: " << dummy.name << dummy.shape() << '\n';
      os << "      integer(c_int) :: status\n    end function\n";
    }
  os << R"(    function arr_last_error() bind(C)
      import
      type(c_ptr) :: arr_last_error
    end function
    pure function arr_text_length(text) bind(C, name="strlen")
      import
      type(c_ptr), value :: text
      integer(c_size_t) :: arr_text_length
    end function
  end interface
)";
}

/// An optional argument is copied, or gets its default.
void FortranWriter::writeDefault(const Dummy &dummy) {
  const ExportedParam &param = *dummy.param;
  StringRef type = getFortranType(param.dtype);
  StringRef kind = type.drop_front(type.find('(') + 1).drop_back();
  auto real = [&](double value) {
    SmallString<32> digits;
    APFloat(value).toString(digits);
    StringRef text = digits;
    // `1.0E-6_c_double`; an integer would lose its kind.
    return (text + (text.contains('.') || text.contains('E') ? "_" : ".0_") +
            (kind.consume_back("_complex"), kind))
        .str();
  };
  os << "    " << dummy.name << "_given = ";
  if (param.dtype == "bool")
    os << (param.defaultInteger ? ".true._c_bool" : ".false._c_bool");
  else if (type.starts_with("integer"))
    os << "int(" << param.defaultInteger << "_c_int64_t, " << kind << ')';
  else if (type.starts_with("real"))
    os << real(param.defaultNumber.real());
  else
    os << "cmplx(" << real(param.defaultNumber.real()) << ", "
       << real(param.defaultNumber.imag()) << ", " << kind << ')';
  os << "\n    if (present(" << dummy.name << ")) " << dummy.name
     << "_given = " << dummy.name << '\n';
}

void FortranWriter::writeProcedure(const Procedure &procedure) {
  std::vector<std::string> names, passed;
  for (bool isOptional : {false, true})
    for (const Dummy &dummy : procedure.dummies)
      if (dummy.isOptional() == isOptional)
        names.push_back(dummy.name);
  for (const Dummy &dummy : procedure.dummies)
    passed.push_back(dummy.name + (dummy.isOptional() ? "_given" : ""));
  names.insert(names.end(), {"stat", "errmsg"});
  os << '\n';
  if (!procedure.function->doc.empty())
    comment(procedure.function->doc, "  ");
  os << "  subroutine " << procedure.name;
  list("  ", names);
  os << '\n';
  for (const Dummy &dummy : procedure.dummies)
    os << "    " << dummy.type()
       << (!dummy.isWritten()                   ? ", intent(in)"
           : dummy.isResult && !dummy.isArray() ? ", intent(out)"
                                                : ", intent(inout)")
       << (dummy.isOptional() ? ", optional" : "") << " :: " << dummy.name
       << dummy.shape() << "  ! " << dummy.param->annotation << '\n';
  os << "    integer, intent(out), optional :: stat\n"
        "    character(len=:), allocatable, intent(out), optional :: errmsg\n"
        "    integer(c_int) :: status\n";
  for (const Dummy &dummy : procedure.dummies)
    if (dummy.isOptional())
      os << "    " << dummy.type() << " :: " << dummy.name << "_given\n";
  for (const Dummy &dummy : procedure.dummies)
    if (dummy.isOptional())
      writeDefault(dummy);
  // gfortran loses the length of an optional text that is passed on: it is set
  // here.
  os << "    status = " << procedure.bindAlias;
  list("    ", passed);
  os << R"(
    if (present(errmsg)) errmsg = arr_message(status)
    call arr_finish(status, stat)
  end subroutine
)";
}

void FortranWriter::writeHelpers() {
  os << R"(
  subroutine arr_finish(status, stat)
    integer(c_int), intent(in) :: status
    integer, intent(out), optional :: stat
    if (present(stat)) stat = int(status)
    if (status /= 0 .and. .not. present(stat)) then
      write (error_unit, '(a)') arr_message(status)
      flush (error_unit)
      error stop 1
    end if
  end subroutine

  ! The text of the last error, '' if there was none.
  function arr_message(status) result(text)
    integer(c_int), intent(in) :: status
    character(len=:), allocatable :: text
    character(kind=c_char), pointer :: characters(:)
    type(c_ptr) :: address
    integer :: i, length
    length = 0
    if (status /= 0) then
      address = arr_last_error()
      length = int(arr_text_length(address))
      call c_f_pointer(address, characters, [length])
    end if
    allocate (character(len=length) :: text)
    do i = 1, length
      text(i:i) = characters(i)
    end do
  end function
)";
}

void FortranWriter::write() {
  collect();
  std::string name = module.fresh(exports.name);
  os << "! " << name << ".f90 -- written by arrc from " << exports.source
     << ".\n";
  if (!exports.doc.empty())
    comment(exports.doc, "");
  os << R"(!
! Array arguments are passed without copies, sections and negative strides
! included; a(i, j) here is a[i, j] there. Results are stored into arrays of the
! right shape. A failure sets stat (0: none) and errmsg, or stops the program if
! stat is not there. Unsigned integers are integers of the same size.
)";
  for (const ExportedFunction *function : leftOut)
    os << "! Not available from Fortran: " << function->symbol
       << " (texts, or a rank above " << maxRank << ").\n";
  os << "module " << name << R"(
  use, intrinsic :: iso_c_binding
  use, intrinsic :: iso_fortran_env, only: error_unit
  implicit none
  private
)";
  writeGenerics();
  writeInterfaces();
  os << "\ncontains\n";
  for (auto &[source, instances] : procedures)
    for (const Procedure &procedure : instances)
      writeProcedure(procedure);
  writeHelpers();
  os << "end module\n";
}

} // namespace

std::string makeFortranModule(const ExportedModule &exports) {
  std::string text;
  raw_string_ostream os(text);
  FortranWriter(exports, os).write();
  return text;
}

} // namespace arr
