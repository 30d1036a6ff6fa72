"""Calls a compiled shared library (`arrc build --emit=shared`) through ctypes.

Needs nothing but the library: the metadata table inside it (see
runtime/include/arr/module.h) names the functions, their parameters and dtypes.
The modules that `arrc build --emit=python` writes are faster to call; this
is the plain way, for tests and for looking into a library.
"""

import ctypes as c
import os

import numpy as np

STATUS = {  # enum arr_status -> the Python exception
    1: TypeError, 2: TypeError, 3: TypeError, 4: ValueError, 5: ValueError, 6: ValueError,
    7: ValueError, 8: IndexError, 9: AssertionError, 10: MemoryError, 11: OSError,
    12: np.linalg.LinAlgError, 13: ValueError, 14: RuntimeError, 15: RecursionError,
}
ARRAY, SCALAR, STR = 0, 1, 2
WRITTEN, OPTIONAL = 1, 2
READONLY = 1
_CODES = {0: "i", 1: "u", 2: "f", 5: "c", 6: "b"}


class _DType(c.Structure):
    _fields_ = [("code", c.c_uint8), ("bits", c.c_uint8), ("lanes", c.c_uint16)]

    def numpy(self):
        kind = _CODES[self.code]
        return np.dtype(bool) if kind == "b" else np.dtype(f"{kind}{self.bits // 8}")

    @classmethod
    def of(cls, dtype):
        code = {"b": 6, "i": 0, "u": 1, "f": 2, "c": 5}[dtype.kind]
        return cls(code, 8 * dtype.itemsize, 1)


class _Array(c.Structure):
    pass


_Array._fields_ = [
    ("data", c.c_void_p), ("shape", c.POINTER(c.c_int64)), ("strides", c.POINTER(c.c_int64)),
    ("ndim", c.c_int32), ("dtype", _DType), ("release", c.CFUNCTYPE(None, c.POINTER(_Array))),
    ("owner", c.c_void_p), ("flags", c.c_uint32), ("reserved", c.c_uint32),
]


class _Param(c.Structure):
    _fields_ = [
        ("name", c.c_char_p), ("kind", c.c_uint8), ("flags", c.c_uint8), ("ndim", c.c_uint16),
        ("dtype", _DType), ("dims", c.POINTER(c.c_char_p)), ("annotation", c.c_char_p),
        ("default_text", c.c_char_p), ("default_value", c.c_void_p),
    ]


class _Function(c.Structure):
    _fields_ = [
        ("name", c.c_char_p), ("symbol", c.c_char_p), ("doc", c.c_char_p),
        ("location", c.c_char_p), ("num_params", c.c_uint32), ("num_results", c.c_uint32),
        ("params", c.POINTER(_Param)), ("results", c.POINTER(_Param)), ("structure", c.c_char_p),
        ("entry", c.c_void_p),
    ]


class _Module(c.Structure):
    _fields_ = [
        ("abi_version", c.c_uint32), ("struct_size", c.c_uint32), ("name", c.c_char_p),
        ("doc", c.c_char_p), ("source", c.c_char_p), ("num_functions", c.c_uint32),
        ("reserved", c.c_uint32), ("functions", c.POINTER(_Function)),
    ]


class _Owner:
    """Keeps a result's memory until the last NumPy view of it is gone."""

    def __init__(self, slot):
        self.slot = slot

    def __del__(self):
        if self.slot.release:
            self.slot.release(c.byref(self.slot))


class Param:
    def __init__(self, raw):
        self.name = (raw.name or b"").decode()
        self.kind = raw.kind
        self.flags = raw.flags
        self.ndim = raw.ndim
        self.dtype = None if raw.kind == STR else raw.dtype.numpy()
        self.annotation = (raw.annotation or b"").decode()
        self.dims = [raw.dims[i].decode() for i in range(raw.ndim)] if raw.dims else []
        self.default_text = raw.default_text.decode() if raw.default_text else None
        self.default_value = raw.default_value


class Function:
    """One instance (one dtype choice) of an exported function."""

    def __init__(self, library, raw):
        self.library = library
        self.raw = raw
        self.name = raw.name.decode()
        self.symbol = raw.symbol.decode()
        self.doc = raw.doc.decode()
        self.location = raw.location.decode()
        self.params = [Param(raw.params[i]) for i in range(raw.num_params)]
        self.results = [Param(raw.results[i]) for i in range(raw.num_results)]
        self.structure = raw.structure.decode()

    def __repr__(self):
        types = ", ".join(f"{p.name}: {p.annotation}" for p in self.params)
        return f"<{self.symbol}({types})>"

    def __call__(self, *arguments, out=None, **keywords):
        values = list(arguments)
        for p in self.params[len(values):]:
            if p.name in keywords:
                values.append(keywords.pop(p.name))
            elif p.flags & OPTIONAL:
                values.append(None)
            else:
                raise TypeError(f"{self.name}() is missing argument '{p.name}'")
        if keywords or len(values) > len(self.params):
            raise TypeError(f"{self.name}() got unexpected arguments")
        slots = [self._slot(p, v) for p, v in zip(self.params, values)]
        results = []
        for p in self.results:
            if p.kind == ARRAY:
                results.append(_Array() if out is None else self._slot(p, out))
            else:
                results.append(np.zeros((), p.dtype))
        pointers = (c.c_void_p * (len(slots) + len(results)))()
        for i, slot in enumerate(slots + results):
            pointers[i] = _address(slot)
        status = self.library.arr_call(c.byref(self.raw), pointers)
        if status:
            error = STATUS.get(status, RuntimeError)(self.library.message())
            error.location = self.library.location()
            error.status = status
            raise error
        out_values = [out if out is not None and p.kind == ARRAY else _result(p, r)
                      for p, r in zip(self.results, results)]
        return _value(iter(self.structure), iter(out_values))

    def _slot(self, p, value):
        if value is None and p.flags & OPTIONAL:
            return c.c_void_p(p.default_value)
        if p.kind == STR:
            return c.create_string_buffer(os.fsencode(value))
        if p.kind == SCALAR:
            # np.array keeps the value alive and gives it an address.
            return np.array(value).astype(p.dtype)
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{self.name}() argument '{p.name}' must be an array")
        slot = _Array()
        slot.data = value.ctypes.data
        slot.shape = (c.c_int64 * max(1, value.ndim))(*value.shape)
        slot.strides = (c.c_int64 * max(1, value.ndim))(*value.strides)
        slot.ndim = value.ndim
        slot.dtype = _DType.of(value.dtype)
        slot.flags = 0 if value.flags.writeable else READONLY
        return slot


def _value(structure, values):
    """What the next part of a structure (see module.h) describes."""
    part = next(structure, None)
    if part == ".":
        return next(values)
    return _members(structure, values) if part == "(" else None


def _members(structure, values):
    members = []
    for part in structure:
        if part == ")":
            break
        members.append(next(values) if part == "." else _members(structure, values))
    return tuple(members)


def _address(slot):
    if isinstance(slot, np.ndarray):
        return slot.ctypes.data
    return slot.value if isinstance(slot, c.c_void_p) else c.addressof(slot)


def _result(p, slot):
    if p.kind != ARRAY:
        return slot.item()
    shape = tuple(slot.shape[i] for i in range(slot.ndim))
    dtype = slot.dtype.numpy()
    if slot.strides:
        strides = tuple(slot.strides[i] for i in range(slot.ndim))
    else:
        strides = np.empty(shape, dtype).strides
    owner = _Owner(slot)
    if 0 in shape:
        return np.empty(shape, dtype)
    # The lowest and the highest byte that the array reaches, as one buffer.
    low = slot.data + sum(min(0, (n - 1) * s) for n, s in zip(shape, strides))
    high = slot.data + sum(max(0, (n - 1) * s) for n, s in zip(shape, strides)) + dtype.itemsize
    buffer = (c.c_char * (high - low)).from_address(low)
    buffer.owner = owner
    return np.ndarray(shape, dtype, buffer, slot.data - low, strides)


class Library:
    """A compiled module: `library.functions`, and `library.name(...)` to call one."""

    def __init__(self, path, name=None):
        self.path = os.path.abspath(path)
        stem = os.path.basename(path).split(".")[0]
        name = name or (stem[3:] if stem.startswith("lib") else stem)
        self.dll = c.CDLL(self.path)
        self.table = _Module.in_dll(self.dll, f"{name}_arr_module")
        self.arr_call = self.dll.arr_call
        self.arr_call.argtypes = [c.c_void_p, c.c_void_p]
        self.arr_call.restype = c.c_int
        for text in ("arr_last_error_message", "arr_last_error_location"):
            getattr(self.dll, text).restype = c.c_char_p
        functions = [self.table.functions[i] for i in range(self.table.num_functions)]
        self.functions = [Function(self, raw) for raw in functions]

    def message(self):
        return self.dll.arr_last_error_message().decode(errors="replace")

    def location(self):
        return self.dll.arr_last_error_location().decode(errors="replace")

    def set_num_threads(self, count):
        self.dll.arr_set_num_threads(count)

    def __getattr__(self, name):
        """The function of that name; with several dtypes, the one that fits the call."""
        candidates = [f for f in self.functions if f.name == name]
        if not candidates:
            raise AttributeError(f"{self.path} has no function '{name}'")
        if len(candidates) == 1:
            return candidates[0]

        def dispatch(*arguments, **keywords):
            for f in candidates:
                given = list(zip(f.params, arguments))
                given += [(p, keywords[p.name]) for p in f.params if p.name in keywords]
                if all(not hasattr(v, "dtype") or v.dtype == p.dtype for p, v in given):
                    return f(*arguments, **keywords)
            raise TypeError(f"no instance of {name}() fits: {candidates}")

        return dispatch


def load(path, name=None):
    """The compiled module in the shared library at `path`."""
    return Library(path, name)
