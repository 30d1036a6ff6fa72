"""Modules made by `arrc build --emit=python`, as a NumPy user meets them."""

import importlib.util
import inspect
import os
import subprocess
import sys
import tempfile
import threading
import unittest

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
ARRC = os.environ.get("ARRC", os.path.join(ROOT, "build", "bin", "arrc"))
SOURCE = '''"""A module."""
import numpy as np

T = f32 | f64

def scaled(x: T[n], by: float = 2.) -> T[n]:
    """x times `by`."""
    return x * by

def shift(x: f64[n, k]):
    x[1:] += x[:-1]

def several(x: f64[n]) -> tuple[f64[n], f64, int]:
    return x[::-1], x.sum(), n

def pick(x: f64[n], i: int) -> f64:
    return x[i]

def paired(x: f64[n], y: f64[n]) -> f64[n]:
    return x + y

def kinds(b: bool, i: int, f: float, c: complex, n: u8):
    return b, i, f, c, n

def checked(i: int) -> int:
    assert i > 0, 'not positive'
    return i

def largest(x: f64[n]) -> f64:
    return x.max()
'''


def build(folder, name, source):
    path = os.path.join(folder, name + ".arr")
    with open(path, "w") as file:
        file.write(source)
    subprocess.run([ARRC, "build", path, "--emit=python", "-o", folder + "/"], check=True)
    module = importlib.util.spec_from_file_location(name, os.path.join(folder, name + ".abi3.so"))
    loaded = importlib.util.module_from_spec(module)
    module.loader.exec_module(loaded)
    return loaded


class Module(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.m = build(cls.folder.name, "things", SOURCE)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_any_strides_without_copying(self):
        views = [lambda a: a, lambda a: a.T, lambda a: a[::-1], lambda a: a[::2, ::3],
                 lambda a: a[1:, 1:].T[::-1]]
        for view in views:
            x = view(np.arange(24.0).reshape(4, 6))
            want = x.copy()
            want[1:] += want[:-1].copy()
            self.m.shift(x)
            self.assertTrue(np.array_equal(x, want))

    def test_dtypes_choose_the_instance(self):
        self.assertEqual(self.m.scaled(np.ones(2, np.float32)).dtype, np.float32)
        self.assertEqual(self.m.scaled(np.ones(2)).dtype, np.float64)
        with self.assertRaises(TypeError) as caught:
            self.m.scaled(np.ones(2, np.int32))
        self.assertIn("int32", str(caught.exception))

    def test_defaults_and_keywords(self):
        self.assertEqual(self.m.scaled(np.ones(1)).tolist(), [2])
        self.assertEqual(self.m.scaled(by=3, x=np.ones(1)).tolist(), [3])
        for wrong in (lambda: self.m.scaled(), lambda: self.m.scaled(np.ones(1), 1, 2),
                      lambda: self.m.scaled(np.ones(1), to=2), lambda: self.m.scaled(np.ones(1), x=1)):
            with self.assertRaises(TypeError):
                wrong()

    def test_tuples_and_scalars(self):
        x = np.arange(4.0)
        reverse, total, size = self.m.several(x)
        self.assertEqual((reverse.tolist(), total, size), ([3, 2, 1, 0], 6.0, 4))
        self.assertEqual((type(total), type(size)), (float, int))
        self.assertTrue(np.shares_memory(reverse, x))

    def test_scalar_parameters(self):
        self.assertEqual(self.m.kinds(True, -3, 0.5, 1 + 2j, 255), (True, -3, 0.5, 1 + 2j, 255))
        for wrong in ((1.5, 0), ("x", 0)):
            with self.assertRaises(TypeError):
                self.m.pick(np.ones(1), wrong[0])

    def test_errors_become_exceptions(self):
        x = np.arange(5.0)
        with self.assertRaisesRegex(IndexError, "index 5 is out of bounds for axis 0 with size 5"):
            self.m.pick(x, 5)
        with self.assertRaisesRegex(AssertionError, "not positive"):
            self.m.checked(-1)
        with self.assertRaises(ValueError):
            self.m.paired(x, x[1:])
        with self.assertRaisesRegex(ValueError, "zero-size array"):
            self.m.largest(np.zeros(0))
        with self.assertRaises(TypeError):
            self.m.pick(np.ones((2, 2)), 0)
        with self.assertRaises(TypeError):
            self.m.pick([1.0, 2.0], 0)
        frozen = np.ones((2, 2))
        frozen.flags.writeable = False
        with self.assertRaises(TypeError):
            self.m.shift(frozen)
        self.assertEqual(self.m.pick(x, -1), 4)  # the process lives

    def test_results_outlive_the_call(self):
        parts = [self.m.scaled(np.full(1000, i, float)) for i in range(50)]
        self.assertEqual([p[-1] for p in parts], [2 * i for i in range(50)])

    def test_several_threads_may_call(self):
        x = np.arange(100000.0)
        results = [None] * 4

        def work(i):
            for _ in range(20):
                results[i] = self.m.scaled(x, float(i))

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for i, r in enumerate(results):
            self.assertTrue(np.array_equal(r, x * i))

    def test_introspection(self):
        self.assertEqual(self.m.__doc__, "A module.")
        self.assertIn("x times `by`.", self.m.scaled.__doc__)
        self.assertEqual(list(inspect.signature(self.m.pick).parameters), ["x", "i"])

    def test_importable_by_name_in_a_new_process(self):
        code = "import numpy, things; print(things.pick(numpy.arange(3.), 2))"
        done = subprocess.run([sys.executable, "-c", code], cwd=self.folder.name,
                              capture_output=True, text=True)
        self.assertEqual(done.stdout.strip(), "2.0", done.stderr)


if __name__ == "__main__":
    unittest.main()
