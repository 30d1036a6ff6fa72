"""Compares what a compiled function gave with what the oracle gave."""

import numpy as np


def describe(value):
    if isinstance(value, np.ndarray):
        return f"{value.dtype}{list(value.shape)}"
    return f"{type(value).__name__} {value!r}"


def mismatch(got, want, directives, dtypes=iter(())):
    """None if equal within the test's bound, else one line that says where they differ.

    `dtypes`: of each result, those in tuples one by one; arguments have none.
    """
    if isinstance(want, tuple):
        if not isinstance(got, tuple) or len(got) != len(want):
            return f"expected {len(want)} results, got {describe(got)}"
        for i, (g, w) in enumerate(zip(got, want)):
            text = mismatch(g, w, directives, dtypes)
            if text:
                return f"result {i}: {text}"
        return None
    weak_dtype = next(dtypes, None)
    if want is None or got is None:
        return None if want is got else f"expected {describe(want)}, got {describe(got)}"
    if isinstance(got, np.ndarray) and got.ndim == 0 and isinstance(want, np.generic):
        want = np.asarray(want)  # NumPy makes scalars of 0-d results; Arr keeps the arrays
    if isinstance(want, np.ndarray) != isinstance(got, np.ndarray):
        return f"expected {describe(want)}, got {describe(got)}"
    if isinstance(want, np.ndarray):
        if got.dtype != want.dtype or got.shape != want.shape:
            return f"expected {describe(want)}, got {describe(got)}"
    elif isinstance(want, np.generic):
        if weak_dtype is not None and want.dtype != weak_dtype:
            return f"expected a scalar of {want.dtype}, got one of {weak_dtype}"
    elif weak_dtype is not None:
        want = np.asarray(want).astype(weak_dtype)
    got, want = np.asarray(got), np.asarray(want)
    return elements(got.astype(want.dtype), want, directives)


def elements(got, want, directives):
    if want.size == 0:
        return None
    bad = ~same(got, want, directives)
    if not bad.any():
        return None
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    place = f"at {list(index)}: " if index else ""
    return (f"{place}expected {want[index]!r}, got {got[index]!r} "
            f"({int(bad.sum())} of {want.size} elements differ)")


def same(got, want, directives):
    if want.dtype.kind not in "fc":
        return np.atleast_1d(got == want).reshape(want.shape)
    if want.dtype.kind == "c":
        return same(got.real, want.real, directives) & same(got.imag, want.imag, directives)
    with np.errstate(all="ignore"):
        equal = (got == want) | (np.isnan(got) & np.isnan(want))
        if directives.ulp is None and directives.tolerance is None:
            return equal
        finite = np.isfinite(want)
        eps = np.finfo(want.dtype).eps
        if directives.ulp is not None:
            bound = directives.ulp * np.spacing(np.abs(want))
        else:
            scale = max(1.0, float(np.abs(want[finite]).max(initial=0)))
            bound = directives.tolerance * eps * scale
        return equal | (finite & (np.abs(got.astype(np.float64) - want) <= bound))
