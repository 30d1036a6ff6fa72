//===- Passes.td - The passes from arr to arr -----------------*- tablegen -*-===//
//
// One `def` here = one .cpp beside this file = one test in test/Transforms, with
// the same words: ForwardValues, arr-forward-values, forward-values.mlir. In
// the order of the pipeline.
//
//===----------------------------------------------------------------------===//
#ifndef ARR_TRANSFORMS_PASSES
#define ARR_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def InlineCalls : Pass<"arr-inline-calls", "::mlir::ModuleOp"> {
  let summary = "calls become the bodies of the callees, recursive ones excepted";
  let description = [{
    Each inlined body gets names of sizes of its own, or the caller's where the
    arguments show what they are: equal names in one function are equal sizes.
  }];
}

//===----------------------------------------------------------------------===//
// Counters
//===----------------------------------------------------------------------===//

def CountLoops : Pass<"arr-count-loops", "::mlir::func::FuncOp"> {
  let summary = "counters become linear in the loop's position";
  let description = [{
    `while i < n: ...; i += 1` becomes a counted loop, and in counted loops a
    variable that grows by a constant is computed from the position.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect"];
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

def ElideChecks : Pass<"arr-elide-checks", "::mlir::func::FuncOp"> {
  let summary = "checks that always hold are removed";
  let description = [{
    Indices are compared with sizes as linear expressions of loop positions and
    named sizes, under the bounds of loops, conditions and earlier checks.
  }];
  let options = [Option<"unsafe", "unsafe", "bool", "false",
                        "remove the checks that are not proved, too">];
}

def VersionLoops : Pass<"arr-version-loops", "::mlir::func::FuncOp"> {
  let summary = "index checks of a nest that could be made before it, are";
  let description = [{
    Where the least and the largest index of an access can be computed before
    a nest of loops, there are two versions: without the checks if both are in
    range, and, marked `fallback`, the original, which raises its error where
    it always did, or counts from the end.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect"];
}

def CheckPrange : Pass<"arr-check-prange", "::mlir::func::FuncOp"> {
  let summary = "the iterations of each prange loop are independent, or it is an error";
  let description = [{
    Two iterations are independent if no element that one writes is touched by
    the other. Arrays made inside an iteration are its own. An array that is only
    the target of one kind of update (`a[any] += e`) is a reduction; such a
    loop is marked.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect"];
}

//===----------------------------------------------------------------------===//
// Loops over elements
//===----------------------------------------------------------------------===//

def RaiseLoops : Pass<"arr-raise-loops", "::mlir::func::FuncOp"> {
  let summary = "loop nests over elements become array expressions";
  let description = [{
    `for j: d[i, j] = abs(x[i] - y[j])` becomes what `d[i] = abs(x[i] - y)` is,
    an accumulator a reduction, so that loops and array expressions meet before
    fusion, vectorisation and threads. Only nests whose order of iterations
    cannot be told, up to the order of sums; not of float sums with `strict`.
  }];
  let options = [Option<"strict", "strict", "bool", "false",
                        "keep the order of sums">];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect",
                           "::mlir::complex::ComplexDialect"];
}

def PrivateCopies : Pass<"arr-private-copies", "::mlir::func::FuncOp"> {
  let summary = "prange loops that update arrays do so in copies";
  let description = [{
    `h[x[i]] += 1` in a parallel loop: each block of iterations has a copy of h,
    and the copies are added up in order. The number of blocks depends on sizes
    only, so the result does not depend on the threads.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect",
                           "::mlir::complex::ComplexDialect"];
}

//===----------------------------------------------------------------------===//
// On values and places
//===----------------------------------------------------------------------===//

def ForwardValues : Pass<"arr-forward-values", "::mlir::func::FuncOp"> {
  let summary = "places that nobody writes or sees become values";
  let description = [{
    `y = x + 1` makes a place. Where y is only read afterwards, its readers use
    the value, and the place disappears: expressions fuse across statements.
    Also moves views of a read behind the read: no copy is needed to view memory.
  }];
  let options = [Option<"keepReads", "keep-reads", "bool", "false",
                        "leave reads where they are, of the same places as writes">];
}

//===----------------------------------------------------------------------===//
// On tensors: from linalg.generic to arr.kernel
//===----------------------------------------------------------------------===//

def FuseElementwise : Pass<"arr-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "elementwise producers are computed inside their consumers";
  let description = [{
    A producer with one consumer is fused unless the consumer would compute its
    elements many times; one that only moves data (transposes, new axes, fills)
    always is.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def FormKernels : Pass<"arr-form-kernels", "::mlir::func::FuncOp"> {
  let summary = "each linalg.generic becomes an arr.kernel; epilogues fuse into reductions";
  let description = [{
    Elementwise consumers of a reduction's result become its finish region, so that
    `sqrt(sum)` or `abs(x2 + y2 - 2 * dot)` store the result once.
  }];
}

def PlaceValues : Pass<"arr-place-values", "::mlir::func::FuncOp"> {
  let summary = "every tensor gets its memory: kernels on memrefs";
  let description = [{
    Decides for each `arr.write` whether the kernel that computes the value may
    store straight into the place, or, on a possible overlap, must go through a
    temporary; and for each `arr.read` whether its memory may be used later, or,
    because something writes it in between, must be copied.
  }];
}

//===----------------------------------------------------------------------===//
// On memrefs
//===----------------------------------------------------------------------===//

def InsertLifetimes : Pass<"arr-insert-lifetimes", "::mlir::func::FuncOp"> {
  let summary = "references to memory blocks are counted";
  let description = [{
    Every owning memref (`arr.alloc`, results of calls and of control flow,
    arguments of loops) is released after its last use through any view, or its
    reference moves to where control flow hands it on. Arguments of functions
    are borrowed, results carry a reference.
  }];
}

//===----------------------------------------------------------------------===//
// On kernels and loops
//===----------------------------------------------------------------------===//

def ContractFma : Pass<"arr-contract-fma"> {
  let summary = "a product that is used once, by an addition, becomes math.fma";
  let description = [{
    Here and in the lowering of kernels, and nowhere else, multiply-adds are
    contracted: LLVM is not allowed to, so that the result does not depend on
    the -O level. Not for `--fp=strict`, nor for targets without the instruction.
  }];
  let dependentDialects = ["::mlir::math::MathDialect"];
}

#endif // ARR_TRANSFORMS_PASSES
