//===- ArrUfuncs.td - Elementwise functions -------------------*- tablegen -*-===//
//
// One op for each of NumPy's ufuncs that the typed core knows (Ufuncs.def). They
// work on scalars and, with broadcasting of literal-1 axes, on values. Operands
// have the dtype in which the function computes. What an op means on one element is
// written once, in compiler/Conversion/Ufuncs, and used wherever elements are computed.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_UFUNCS
#define ARR_UFUNCS

include "compiler/Dialect/Arr/ArrTypes.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// Marks the ops of this file: elementwise, pure, lowered by lowerUfunc.
def Arr_Ufunc : NativeOpTrait<"Ufunc"> { let cppNamespace = "::arr"; }

class Arr_UfuncOp<string mnemonic> : Arr_Op<mnemonic, [Pure, Arr_Ufunc]> {
  let results = (outs Arr_ScalarOrArray:$result);
}

class Arr_UnaryOp<string mnemonic, string text> : Arr_UfuncOp<mnemonic> {
  let summary = text;
  let description = "```mlir\n%r = arr." # mnemonic # " %a : !arr.array<[n], f64> -> !arr.array<[n], f64>\n```";
  let arguments = (ins Arr_ScalarOrArray:$operand);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `->` type($result)";
}

class Arr_BinaryOp<string mnemonic, string text> : Arr_UfuncOp<mnemonic> {
  let summary = text;
  let description = "```mlir\n%r = arr." # mnemonic # " %a, %b : !arr.array<[n, 1], f64>, !arr.array<[m], f64> -> !arr.array<[n, m], f64>\n```";
  let arguments = (ins Arr_ScalarOrArray:$lhs, Arr_ScalarOrArray:$rhs);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
}


// Arithmetic.
def Arr_AddOp : Arr_BinaryOp<"add", "sum; or of bools">;
def Arr_SubtractOp : Arr_BinaryOp<"subtract", "difference">;
def Arr_MultiplyOp : Arr_BinaryOp<"multiply", "product; and of bools">;
def Arr_DivideOp : Arr_BinaryOp<"divide", "true quotient of floats or complex numbers">;
def Arr_FloorDivideOp : Arr_BinaryOp<"floor_divide", "floor of the quotient; an integer divided by 0 is 0">;
def Arr_RemainderOp : Arr_BinaryOp<"remainder", "remainder with the divisor's sign; an integer modulo 0 is 0">;
def Arr_FmodOp : Arr_BinaryOp<"fmod", "remainder with the dividend's sign">;
def Arr_PowerOp : Arr_BinaryOp<"power", "power; integer exponents are non-negative">;
def Arr_NegativeOp : Arr_UnaryOp<"negative", "negation">;
def Arr_PositiveOp : Arr_UnaryOp<"positive", "the operand itself">;
def Arr_AbsoluteOp : Arr_UnaryOp<"absolute", "magnitude; a float for complex numbers">;
def Arr_SignOp : Arr_UnaryOp<"sign", "-1, 0 or 1; NaN for NaN">;
def Arr_ReciprocalOp : Arr_UnaryOp<"reciprocal", "1 / x">;
def Arr_SquareOp : Arr_UnaryOp<"square", "x * x">;
def Arr_MaximumOp : Arr_BinaryOp<"maximum", "the larger one; NaN if either is NaN">;
def Arr_MinimumOp : Arr_BinaryOp<"minimum", "the smaller one; NaN if either is NaN">;
def Arr_FmaxOp : Arr_BinaryOp<"fmax", "the larger one; the other one if one is NaN">;
def Arr_FminOp : Arr_BinaryOp<"fmin", "the smaller one; the other one if one is NaN">;

// Comparison and logic: the result is bool.
def Arr_EqualOp : Arr_BinaryOp<"equal", "equal">;
def Arr_NotEqualOp : Arr_BinaryOp<"not_equal", "not equal">;
def Arr_LessOp : Arr_BinaryOp<"less", "less">;
def Arr_LessEqualOp : Arr_BinaryOp<"less_equal", "less equal">;
def Arr_GreaterOp : Arr_BinaryOp<"greater", "greater">;
def Arr_GreaterEqualOp : Arr_BinaryOp<"greater_equal", "greater equal">;
def Arr_LogicalAndOp : Arr_BinaryOp<"logical_and", "logical and">;
def Arr_LogicalOrOp : Arr_BinaryOp<"logical_or", "logical or">;
def Arr_LogicalXorOp : Arr_BinaryOp<"logical_xor", "logical xor">;
def Arr_LogicalNotOp : Arr_UnaryOp<"logical_not", "logical not">;

// Bits.
def Arr_BitwiseAndOp : Arr_BinaryOp<"bitwise_and", "bitwise and">;
def Arr_BitwiseOrOp : Arr_BinaryOp<"bitwise_or", "bitwise or">;
def Arr_BitwiseXorOp : Arr_BinaryOp<"bitwise_xor", "bitwise xor">;
def Arr_InvertOp : Arr_UnaryOp<"invert", "bitwise complement; not of bools">;
def Arr_LeftShiftOp : Arr_BinaryOp<"left_shift", "shift to the left; 0 for the width or more">;
def Arr_RightShiftOp : Arr_BinaryOp<"right_shift", "arithmetic or logical shift to the right; the sign or 0 for the width or more">;

// Exponentials and logarithms: floats and complex.
def Arr_ExpOp : Arr_UnaryOp<"exp", "exp">;
def Arr_Exp2Op : Arr_UnaryOp<"exp2", "2**x">;
def Arr_Expm1Op : Arr_UnaryOp<"expm1", "exp(x) - 1">;
def Arr_LogOp : Arr_UnaryOp<"log", "log">;
def Arr_Log2Op : Arr_UnaryOp<"log2", "log2">;
def Arr_Log10Op : Arr_UnaryOp<"log10", "log10">;
def Arr_Log1pOp : Arr_UnaryOp<"log1p", "log(1 + x)">;
def Arr_LogaddexpOp : Arr_BinaryOp<"logaddexp", "log(exp(x) + exp(y))">;
def Arr_Logaddexp2Op : Arr_BinaryOp<"logaddexp2", "log2(2**x + 2**y)">;
def Arr_SqrtOp : Arr_UnaryOp<"sqrt", "sqrt">;
def Arr_CbrtOp : Arr_UnaryOp<"cbrt", "cbrt">;
def Arr_HypotOp : Arr_BinaryOp<"hypot", "sqrt(x*x + y*y) without overflow">;

// Trigonometric and hyperbolic.
def Arr_SinOp : Arr_UnaryOp<"sin", "sin">;
def Arr_CosOp : Arr_UnaryOp<"cos", "cos">;
def Arr_TanOp : Arr_UnaryOp<"tan", "tan">;
def Arr_ArcsinOp : Arr_UnaryOp<"arcsin", "arcsin">;
def Arr_ArccosOp : Arr_UnaryOp<"arccos", "arccos">;
def Arr_ArctanOp : Arr_UnaryOp<"arctan", "arctan">;
def Arr_Arctan2Op : Arr_BinaryOp<"arctan2", "angle of the point (rhs, lhs)">;
def Arr_SinhOp : Arr_UnaryOp<"sinh", "sinh">;
def Arr_CoshOp : Arr_UnaryOp<"cosh", "cosh">;
def Arr_TanhOp : Arr_UnaryOp<"tanh", "tanh">;
def Arr_ArcsinhOp : Arr_UnaryOp<"arcsinh", "arcsinh">;
def Arr_ArccoshOp : Arr_UnaryOp<"arccosh", "arccosh">;
def Arr_ArctanhOp : Arr_UnaryOp<"arctanh", "arctanh">;

// Rounding and floating point.
def Arr_FloorOp : Arr_UnaryOp<"floor", "floor">;
def Arr_CeilOp : Arr_UnaryOp<"ceil", "ceil">;
def Arr_TruncOp : Arr_UnaryOp<"trunc", "trunc">;
def Arr_RintOp : Arr_UnaryOp<"rint", "nearest integer, ties to even">;
def Arr_CopysignOp : Arr_BinaryOp<"copysign", "magnitude of lhs, sign of rhs">;
def Arr_NextafterOp : Arr_BinaryOp<"nextafter", "the next float after lhs towards rhs">;
def Arr_SpacingOp : Arr_UnaryOp<"spacing", "distance to the next larger float">;
def Arr_IsnanOp : Arr_UnaryOp<"isnan", "isnan">;
def Arr_IsinfOp : Arr_UnaryOp<"isinf", "isinf">;
def Arr_IsfiniteOp : Arr_UnaryOp<"isfinite", "isfinite">;
def Arr_SignbitOp : Arr_UnaryOp<"signbit", "signbit">;
def Arr_LdexpOp : Arr_BinaryOp<"ldexp", "x * 2**i">;
def Arr_HeavisideOp : Arr_BinaryOp<"heaviside", "0 for negative, rhs for 0, 1 for positive lhs">;

// Complex numbers.
def Arr_ConjugateOp : Arr_UnaryOp<"conjugate", "conjugate">;
def Arr_RealOp : Arr_UnaryOp<"real", "real">;
def Arr_ImagOp : Arr_UnaryOp<"imag", "imag">;
def Arr_MakeComplexOp : Arr_BinaryOp<"complex", "a complex number of two floats">;

// Selection: bool, then two of the result's dtype.
def Arr_WhereOp : Arr_UfuncOp<"where"> {
  let summary = "the second operand where the first is true, else the third";
  let description = "```mlir\n%r = arr.where %c, %a, %b : i1, f64, f64 -> f64\n```";
  let arguments = (ins Arr_ScalarOrArray:$condition, Arr_ScalarOrArray:$trueValue,
                       Arr_ScalarOrArray:$falseValue);
  let assemblyFormat = [{
    $condition `,` $trueValue `,` $falseValue attr-dict
    `:` type($condition) `,` type($trueValue) `,` type($falseValue) `->` type($result)
  }];
}

// Conversion between dtypes.
def Arr_CastOp : Arr_UnaryOp<"cast", "the same number in another dtype, as astype">;

#endif // ARR_UFUNCS
