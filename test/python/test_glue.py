"""The Python glue (runtime/python), driven by a module that was written in C.

It needs the runtime's two libraries, but not the compiler."""

import array
import gc
import inspect
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import unittest
import weakref

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ARR_BUILD", os.path.join(ROOT, "build"))
LLVM = "/usr/lib/llvm-22"


def setUpModule():
    global folder, h
    folder = tempfile.TemporaryDirectory()
    path = os.path.join(folder.name, "handmade.abi3.so")
    subprocess.run(
        [f"{LLVM}/bin/clang", "-O1", "-std=c11", "-fPIC", "-shared", "-fvisibility=hidden",
         "-I", f"{ROOT}/runtime/include", f"{HERE}/Inputs/handmade.c",
         f"{BUILD}/lib/libarrglue.a", f"{BUILD}/lib/libarrrt.a", "-fopenmp=libomp",
         "-L", f"{LLVM}/lib", "-lm", "-o", path], check=True)
    sys.path.insert(0, folder.name)
    import handmade
    h = handmade


def tearDownModule():
    sys.path.remove(folder.name)
    folder.cleanup()


class Case(unittest.TestCase):
    def fails(self, error, text, function, *arguments, **keywords):
        with self.assertRaises(error) as caught:
            function(*arguments, **keywords)
        self.assertEqual(str(caught.exception), text)
        return caught.exception


class Arguments(Case):
    def test_strides(self):
        x = np.arange(24.0)
        for view in (x, x[::-1], x[3::5], x[:0], np.broadcast_to(2.5, (7,)),
                     x.reshape(4, 6)[:, 1], x.reshape(4, 6).T[2]):
            self.assertEqual(h.total(view), view.sum())

    def test_written_through_any_strides(self):
        for view in (lambda a: a, lambda a: a.T, lambda a: a[::-1, ::2], lambda a: a[1:1]):
            a, b = np.zeros((4, 6)), np.zeros((4, 6))
            self.assertIsNone(h.fill(view(a), 3))
            view(b)[...] = 3
            self.assertTrue(np.array_equal(a, b))

    def test_wrong_arrays(self):
        must = "total() argument 'x' must be a 1-d float64 array (f64[n]), got "
        x = np.arange(3.0)
        for value, got in [
                (np.arange(3), "a 1-d int64 array; convert it with .astype(np.float64)"),
                (np.zeros((2, 2)), "a 2-d float64 array"),
                (np.array(1.0), "a 0-d float64 array"),
                (x.astype(">f8"), "a 1-d >f8 array; convert it with .astype(np.float64) "
                                  "(its bytes are swapped)"),
                (x.astype("g"), "a 1-d float128 array; convert it with .astype(np.float64)"),
                (x.astype("e"), "a 1-d float16 array; convert it with .astype(np.float64)"),
                (x.astype("O"), "a 1-d object array; convert it with .astype(np.float64)"),
                (array.array("f", [1]), "a 1-d buffer of format 'f'; convert it with "
                                        ".astype(np.float64)")]:
            self.fails(TypeError, must + got, h.total, value)
        hint = "; convert it with np.asarray(..., dtype=np.float64)"
        for value, name in [([1.0], "list"), (None, "NoneType"), (1.0, "float"), ("x", "str"),
                            (np.ma.array(x), "MaskedArray")]:
            self.fails(TypeError, f"{must}an object of type {name}{hint}", h.total, value)

    def test_runtime_checks(self):
        raw = np.zeros(33, np.uint8)
        with self.assertRaisesRegex(ValueError, "multiples of the item size"):
            h.total(raw[1:].view(np.float64))
        frozen = np.zeros((2, 2))
        frozen.flags.writeable = False
        self.fails(TypeError, "fill() argument 'x' is read-only, but fill() writes into it; "
                              "pass a copy", h.fill, frozen, 1)
        error = self.fails(ValueError, "size `n` is 3 in x, but 2 in y",
                           h.add, np.zeros(3), np.zeros(2))
        self.assertEqual(error.__notes__, ["at handmade.arr:3:5"])

    def test_other_objects(self):
        data = array.array("d", [1, 2, 3, 4, 5])
        self.assertEqual(h.total(data), 15)
        self.assertEqual(h.total(memoryview(data)[::-2]), 9)
        matrix = memoryview(bytearray(32)).cast("d", (2, 2))
        h.fill(matrix, 7)
        self.assertEqual(matrix.tolist(), [[7, 7], [7, 7]])
        with self.assertRaisesRegex(TypeError, "read-only"):
            h.fill(memoryview(bytes(32)).cast("d", (2, 2)), 1)
        self.assertEqual(h.total(np.ctypeslib.as_array((np.ctypeslib.ctypes.c_double * 3)(1, 2, 3))), 6)

    def test_dlpack(self):
        class Other:
            def __init__(self, values):
                self.values = values

            def __dlpack__(self, **keywords):
                return self.values.__dlpack__(**keywords)

            def __dlpack_device__(self):
                return self.values.__dlpack_device__()

        self.assertEqual(h.total(Other(np.arange(4.0))), 6)

    def test_memmap(self):
        path = os.path.join(folder.name, "map")
        mapped = np.memmap(path, np.float64, "w+", shape=(2, 3))
        h.fill(mapped, 2)
        self.assertEqual(mapped.tolist(), [[2, 2, 2], [2, 2, 2]])

    def test_buffers_are_released(self):
        data = array.array("d", [1, 2])
        h.total(data)
        with self.assertRaises(TypeError):
            h.total(memoryview(data).cast("B"))
        data.append(3)  # impossible while a buffer is held

    def test_references(self):
        x, big, out, one = np.arange(3.0), np.zeros(10000), np.empty(3), np.zeros((1, 1))

        def count():
            gc.collect()
            return [sys.getrefcount(o) for o in (x, big, np.dtype(float), TypeError, h)]

        before = count()
        for _ in range(100):
            h.total(x), h.add(x, x), h.add(big, big), h.add(x, x, out=out)
            h.views(x), h.scaled(x, by=2.5), h.fill(one, 1)
            for wrong in (lambda: h.total(3), lambda: h.add(x, big), lambda: h.scaled(x, x)):
                self.assertRaises((TypeError, ValueError), wrong)
        for a, b in zip(before, count()):
            self.assertLess(abs(a - b), 20)


class Binding(Case):
    def test_positions_and_names(self):
        x = np.ones(2)
        for made in (h.scaled(x), h.scaled(x, 2), h.scaled(by=2, x=x), h.scaled(x, by=2.0)):
            self.assertEqual(made.tolist(), [2, 2])
        name = "".join(["b", "y"])  # not interned
        self.assertEqual(h.scaled(x, **{name: 3}).tolist(), [3, 3])

    def test_wrong_calls(self):
        x = np.ones(2)
        for text, call in [
                ("total() missing required argument: 'x'", lambda: h.total()),
                ("add() missing required argument: 'y'", lambda: h.add(x)),
                ("total() takes 1 positional argument but 2 were given", lambda: h.total(x, x)),
                ("scaled() takes from 1 to 2 positional arguments but 3 were given",
                 lambda: h.scaled(x, 1, 2)),
                ("scaled() got an unexpected keyword argument 'to'", lambda: h.scaled(x, to=1)),
                ("total() got an unexpected keyword argument 'out'", lambda: h.total(x, out=x)),
                ("total() got multiple values for argument 'x'", lambda: h.total(x, x=x))]:
            self.fails(TypeError, text, call)

    def test_instances(self):
        self.assertEqual(h.scaled(np.ones(2, "f4")).dtype, np.float32)
        self.assertEqual(h.scaled(np.ones(2, "f8")).dtype, np.float64)
        self.assertEqual(h.half(3.0), 1.5)
        # 2**24 + 1 is no float32: a Python number goes to the widest instance.
        self.assertEqual(h.half(2.0 * (2**24 + 1)), 2**24 + 1)
        self.assertEqual(h.half(2 * (2**24 + 1)), 2**24 + 1)
        self.assertEqual(h.half(np.float32(1 / 3)), float(np.float32(1 / 3) / 2))
        self.fails(TypeError, "scaled() has no instance for (x: a 1-d int64 array); there are:\n"
                              "  scaled(x: f32[n], by: f32 = 2.0) -> f32[n]\n"
                              "  scaled(x: f64[n], by: f64 = 2.0) -> f64[n]\n"
                              "convert 'x' with .astype(np.float64), for example",
                   h.scaled, np.arange(3))


class Scalars(Case):
    NAMES = ["b", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "c64",
             "c128"]

    def call(self, **given):
        values = dict.fromkeys(self.NAMES, 1) | {"b": True} | given
        return dict(zip(self.NAMES, h.kinds(**values)))

    def test_limits(self):
        for name in self.NAMES[1:9]:
            info = np.iinfo(name.replace("u", "uint").replace("i", "int", 1)
                            if name[0] == "i" else name.replace("u", "uint"))
            for value in (int(info.min), int(info.max)):
                self.assertEqual(self.call(**{name: value})[name], value)
            for value in (int(info.min) - 1, int(info.max) + 1, 10**30, -10**30):
                with self.assertRaisesRegex(OverflowError, f"Python integer {value} out of bounds"):
                    self.call(**{name: value})

    def test_numpy_values(self):
        for dtype in ("?", "b", "B", "h", "i", "l", "q", "Q", "e", "f", "d", "g", "F", "D"):
            one = np.ones((), dtype)
            for value in (one[()], one):
                for name in self.NAMES:
                    wanted = {"b": "?", "i": "l", "u": "l", "f": "d", "c": "D"}[name[0]]
                    allowed = np.can_cast(dtype, wanted, "same_kind") or (
                        wanted == "l" and dtype == "Q")
                    if allowed:
                        self.assertEqual(self.call(**{name: value})[name], 1, (dtype, name))
                    else:
                        with self.assertRaises(TypeError, msg=f"{dtype} {name}"):
                            self.call(**{name: value})

    def test_results_are_python_scalars(self):
        types = {name: type(value) for name, value in self.call().items()}
        self.assertEqual([types[n] for n in ("b", "i8", "u64", "f32", "c64")],
                         [bool, int, int, float, complex])
        self.assertEqual(self.call(i8=-5, i32=-7)["i32"], -7)
        self.assertEqual(self.call(c64=1 + 2j, c128=3 - 4j)["c128"], 3 - 4j)
        self.assertTrue(np.isnan(self.call(f32=float("nan"))["f32"]))

    def test_wrong_kinds(self):
        for name, value in [("i64", 1.0), ("f64", 1j), ("f64", "1"), ("b", 1), ("i64", None),
                            ("f64", np.ones(1)), ("c128", "1"), ("f64", np.complex128(1))]:
            with self.assertRaises(TypeError):
                self.call(**{name: value})

    def test_numbers_of_other_libraries(self):
        import decimal
        import fractions

        class Index:
            def __index__(self):
                return 5

        self.assertEqual(self.call(i16=Index())["i16"], 5)
        self.assertEqual(self.call(f64=fractions.Fraction(1, 4))["f64"], 0.25)
        self.assertEqual(self.call(f64=decimal.Decimal("0.5"))["f64"], 0.5)

        class Broken:
            def __index__(self):
                raise ZeroDivisionError("mine")

        self.fails(ZeroDivisionError, "mine", h.fail, Broken())

    def test_texts(self):
        import pathlib
        self.assertEqual((h.measure(), h.measure("ab"), h.measure("日本"), h.measure(pathlib.Path("x"))),
                         (3, 2, 6, 1))
        self.fails(ValueError, "measure() argument 'path': embedded null character",
                   h.measure, "a\0b")
        with self.assertRaises(TypeError):
            h.measure(3)


class Results(Case):
    def test_views_belong_to_the_argument(self):
        x = np.arange(5.0)
        back, empty, zero_d, size = h.views(x)
        self.assertEqual((back.tolist(), empty.shape, zero_d.shape, float(zero_d), size),
                         ([4, 2, 0], (0,), (), 0.5, 5))
        self.assertIs(back.base, x)
        back[0] = 9
        self.assertEqual(x[4], 9)
        died = weakref.ref(x)
        del x, empty
        gc.collect()
        self.assertIsNotNone(died())
        self.assertEqual(back.tolist(), [9, 2, 0])
        del back
        self.assertIsNone(died())

    def test_views_of_other_memory(self):
        data = array.array("d", [1, 2, 3])
        back = h.views(data)[0]
        with self.assertRaises(BufferError):
            data.append(4)
        self.assertEqual(back.tolist(), [3, 1])

    def test_views_of_read_only_arrays(self):
        x = np.arange(5.0)
        x.flags.writeable = False
        self.assertFalse(h.views(x)[0].flags.writeable)
        self.assertTrue(h.views(np.arange(5.0))[0].flags.writeable)

    def test_any_order(self):
        for n, k in ((2, 3), (40, 50), (0, 3), (3, 0)):
            matrix, row = h.transposed(n, k)
            self.assertEqual((matrix.shape, row.shape), ((n, k), (k,)))
            want = np.arange(float(n * k)).reshape(k, n).T
            self.assertTrue(np.array_equal(matrix, want))
            if n:
                self.assertTrue(np.array_equal(row, want[0]))
            self.assertTrue(matrix.flags.writeable and matrix.flags.aligned)

    def test_memory_lives_as_long_as_the_last_reference(self):
        matrix, row = h.transposed(300, 400)
        del matrix
        gc.collect()
        others = [h.transposed(300, 400) for _ in range(5)]
        self.assertTrue(np.array_equal(row, np.arange(400.0) * 300))
        del others

    def test_small_and_large(self):
        for n in (0, 1, 127, 128, 129, 100000):
            x = np.arange(float(n))
            made = h.add(x, x)
            self.assertEqual(made.dtype, np.float64)
            self.assertTrue(np.array_equal(made, x + x))

    def test_out(self):
        x, out = np.arange(5.0), np.zeros(10)
        view = out[::-2]
        self.assertIs(h.add(x, x, out=view), view)
        self.assertEqual(out.tolist(), [0, 8, 0, 6, 0, 4, 0, 2, 0, 0])
        self.assertEqual(h.add(x, x, out=None).tolist(), [0, 2, 4, 6, 8])
        self.fails(ValueError, "out has shape (4,), but the result has shape (5,)",
                   h.add, x, x, out=np.zeros(4))
        with self.assertRaisesRegex(TypeError, "out argument must be a 1-d float64 array"):
            h.add(x, x, out=np.zeros(5, np.float32))
        with self.assertRaisesRegex(TypeError, "read-only"):
            h.add(x, x, out=np.broadcast_to(1.0, 5))
        with self.assertRaisesRegex(ValueError, "overlaps"):
            h.add(x, x, out=x)
        with self.assertRaisesRegex(TypeError, "positional"):
            h.add(x, x, np.zeros(5))

    def test_out_of_several_results(self):
        matrix, row = np.zeros((2, 3)), np.zeros(3)
        made = h.transposed(2, 3, out=(matrix, None))
        self.assertIs(made[0], matrix)
        self.assertEqual(made[1].tolist(), [0, 2, 4])
        made = h.transposed(2, 3, out=(None, row))
        self.assertIs(made[1], row)
        for wrong in (matrix, (matrix,), [matrix, row]):
            self.fails(TypeError, "transposed() out must be a tuple of 2 arrays (or None)",
                       h.transposed, 2, 3, out=wrong)

    def test_statuses(self):
        classes = [TypeError] * 3 + [ValueError] * 4 + [
            IndexError, AssertionError, MemoryError, OSError, np.linalg.LinAlgError, ValueError,
            RuntimeError, RecursionError]
        for status, expected in enumerate(classes, 1):
            with self.assertRaises(expected) as caught:
                h.fail(status)
            self.assertIs(type(caught.exception), expected)
            self.assertEqual(str(caught.exception), "as you like — it")
            self.assertEqual(caught.exception.__notes__, ["at handmade.arr:9:5"])


class Module(Case):
    def test_introspection(self):
        self.assertEqual((h.__name__, h.__doc__), ("handmade", "Made by hand."))
        self.assertEqual(str(inspect.signature(h.scaled)), "(x, by=2.0, *, out=None)")
        self.assertEqual(str(inspect.signature(h.total)), "(x)")
        self.assertEqual(h.scaled.__doc__,
                         "x times `by`.\n\nscaled(x: f32[n], by: f32 = 2.0) -> f32[n]\n"
                         "scaled(x: f64[n], by: f64 = 2.0) -> f64[n]")
        self.assertEqual((h.total.__module__, h.total.__name__, h.total.__self__),
                         ("handmade", "total", h))
        first = h.__arr_meta__["scaled"][0]
        self.assertEqual((first["symbol"], first["location"]), ("scaled_f32", "handmade.arr:1:1"))
        self.assertEqual(first["params"][1], {"name": "by", "annotation": "f32",
                                              "dtype": "float32", "default": "2.0"})
        self.assertEqual(h.__arr_meta__["fill"][0]["params"][0],
                         {"name": "x", "annotation": "f64[n, k]", "dtype": "float64",
                          "dims": ["n", "k"], "written": True})

    def test_pickled_by_name(self):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            self.assertIs(pickle.loads(pickle.dumps(h.add, protocol)), h.add)

    def test_imported_twice(self):
        import importlib.util
        spec = importlib.util.spec_from_file_location("handmade", h.__file__)
        other = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(other)
        self.assertIsNot(other, h)
        self.assertEqual(other.total(np.ones(3)), 3)

    def test_threads(self):
        x = np.arange(100000.0)
        results = [None] * 4

        def work(i):
            for _ in range(20):
                results[i] = h.scaled(x, float(i))

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for i, made in enumerate(results):
            self.assertTrue(np.array_equal(made, x * i))

    def test_processes(self):
        import multiprocessing
        x = np.arange(10000.0)
        h.total(x)  # whatever a first call starts must survive a fork
        for method in ("fork", "spawn"):
            with multiprocessing.get_context(method).Pool(2) as pool:
                self.assertEqual(pool.map(h.total, [x, x[::2]]), [x.sum(), x[::2].sum()])

    def test_without_numpy(self):
        code = ("import sys; sys.modules['numpy'] = None\n"
                "import array, handmade as h\n"
                "x = array.array('d', [1, 2, 3]); y = array.array('d', [0, 0, 0])\n"
                "print(h.total(x), h.half(3), h.add(x, x, out=y) is y, y[2])\n"
                "try: h.add(x, x)\n"
                "except ImportError as error: print(error)\n")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                              env=os.environ | {"PYTHONPATH": folder.name})
        self.assertEqual(done.stdout, "6.0 1.5 True 6.0\nadd() returns an array, which needs NumPy\n",
                         done.stderr)

    def test_loads_where_there_is_no_python(self):
        program = os.path.join(folder.name, "program.c")
        with open(program, "w") as file:
            file.write('#include "arr/module.h"\n#include <stdio.h>\n'
                       "extern const arr_module handmade_arr_module;\n"
                       "int main(void) {\n"
                       "  double x[3] = {1, 2, 3}, sum; int64_t n = 3;\n"
                       "  arr_array a = {x, &n, 0, 1, {ARR_FLOAT, 64, 1}, 0, 0, 0, 0};\n"
                       "  void *slots[] = {&a, &sum};\n"
                       "  if (arr_call(&handmade_arr_module.functions[0], slots)) return 1;\n"
                       '  printf("%g\\n", sum);\n  return 0;\n}\n')
        binary = os.path.join(folder.name, "program")
        subprocess.run([f"{LLVM}/bin/clang", "-I", f"{ROOT}/runtime/include", program, h.__file__,
                        "-Wl,-rpath," + folder.name, "-o", binary], check=True)
        done = subprocess.run([binary], capture_output=True, text=True,
                              env=os.environ | {"LD_BIND_NOW": "1"})
        self.assertEqual(done.stdout, "6\n", done.stderr)


if __name__ == "__main__":
    unittest.main()
