"""The tools of the end-to-end tests: inputs and comparison must be able to fail."""

import os
import random
import sys
import tempfile
import unittest

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e"))

import cases  # noqa: E402
from compare import mismatch  # noqa: E402

EXACT = cases.Directives([])


class Comparison(unittest.TestCase):
    def test_equal(self):
        for a in (np.array([1.0, np.nan]), np.array([1, 2]), np.float32(3), (1, np.ones(2)), None):
            self.assertIsNone(mismatch(a, a, EXACT))

    def test_different(self):
        a = np.arange(4.0)
        for got in (a + 1e-15 * (a == 3), a[:3], a.astype("f4"), 1.0, None, (a, a),
                    np.where(a == 2, np.nan, a)):
            self.assertIsNotNone(mismatch(got, a, EXACT))
        self.assertIn("[3]", mismatch(a + (a == 3), a, EXACT))

    def test_scalar_dtype(self):
        self.assertIsNotNone(mismatch(1.0, np.float32(1), EXACT, iter([np.dtype("f8")])))
        self.assertIsNone(mismatch(1.0, 1, EXACT, iter([np.dtype("f8")])))

    def test_bounds(self):
        a = np.array([1.0, 1000.0])
        near = a + np.array([4e-15, 0])
        self.assertIsNone(mismatch(near, a, cases.Directives(["tol 1"])))
        self.assertIsNotNone(mismatch(near, a, cases.Directives(["ulp 4"])))
        self.assertIsNone(mismatch(a + np.spacing(a) * 3, a, cases.Directives(["ulp 4"])))
        self.assertIsNotNone(mismatch(np.array([np.nan, 1e3]), a, cases.Directives(["tol 9"])))


class Inputs(unittest.TestCase):
    def test_layouts_show_the_same_values(self):
        a = np.arange(24).reshape(2, 3, 4)
        for layout in cases.LAYOUTS:
            base, view = cases.lay_out(a, layout)
            self.assertTrue(np.array_equal(view, a), layout)
            view[0, 0, 0] = 77
            self.assertTrue((base == 77).any(), layout)

    def test_directives(self):
        with tempfile.NamedTemporaryFile("w", suffix=".arr") as file:
            file.write("#: n = 0 5\n#: i in 0..n-1\n#: call (x, 3) raises IndexError: no\n"
                       "def f(x: f64[n], i: int):\n    return x[i]\n")
            file.flush()
            d = cases.read_directives(file.name)["f"]
        self.assertEqual(d.sizes, {"n": [0, 5]})
        self.assertEqual(d.ranges, {"i": ("0", "n-1")})
        self.assertEqual(d.calls, [("x, 3", "raises", "IndexError: no")])
        with self.assertRaises(ValueError):
            cases.Directives(["nonsense"])

    def test_bounds_of_values(self):
        x = cases.values((100,), np.dtype("i8"), random.Random(1), EXACT, (2, 4))
        self.assertEqual(set(x.tolist()), {2, 3, 4})


if __name__ == "__main__":
    unittest.main()
