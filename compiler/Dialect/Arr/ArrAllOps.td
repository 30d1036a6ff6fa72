//===- ArrAllOps.td - All ops, for TableGen -------------------*- tablegen -*-===//
include "compiler/Dialect/Arr/ArrOps.td"
include "compiler/Dialect/Arr/ArrUfuncs.td"
include "compiler/Dialect/Arr/ArrKernel.td"
