"""The oracle itself: Arr's meaning where it is not simply NumPy's."""

import os
import tempfile
import unittest

import numpy as np

import arrlang


def load(source, **files):
    folder = tempfile.mkdtemp()
    for name, text in files.items():
        with open(os.path.join(folder, name + ".arr"), "w") as file:
            file.write(text)
    path = os.path.join(folder, "program.arr")
    with open(path, "w") as file:
        file.write(source)
    return arrlang.interpret(path)


class Scalars(unittest.TestCase):
    def test_weak_integers_wrap_at_64_bits(self):
        m = load("def f(x: int):\n    return x + 1, x * 2, -x - 2\n")
        self.assertEqual(m.f(2**63 - 1), (-(2**63), -2, 2**63 - 1))

    def test_integer_division_by_zero_is_zero(self):
        m = load("def f(x: int, y: int):\n    return x // y, x % y\n")
        self.assertEqual(m.f(5, 0), (0, 0))
        self.assertEqual(m.f(-7, 2), (-4, 1))

    def test_float_division_by_zero_is_infinite(self):
        m = load("def f(x: float):\n    return x / 0, -x / 0, (x - x) / 0\n")
        a, b, c = m.f(1.0)
        self.assertEqual((a, b), (np.inf, -np.inf))
        self.assertTrue(np.isnan(c))

    def test_negative_integer_power_is_an_error(self):
        m = load("def f(x: int, y: int):\n    return x ** y\n")
        self.assertEqual(m.f(2, 62), 2**62)
        with self.assertRaisesRegex(ValueError, "negative integer powers"):
            m.f(2, -1)

    def test_float_to_int_saturates(self):
        m = load("def f(x: f64[n]):\n    return x.astype(i8), x.astype(u64), x.astype(i64)\n")
        x = np.array([np.nan, np.inf, -np.inf, 300.7, -2.9, 1e19])
        i8, u64, i64 = m.f(x)
        self.assertEqual(i8.tolist(), [0, 127, -128, 127, -2, 127])
        self.assertEqual(u64.tolist(), [0, 2**64 - 1, 0, 300, 0, 10**19])
        self.assertEqual(i64.tolist(), [0, 2**63 - 1, -(2**63), 300, -2, 2**63 - 1])

    def test_stores_saturate_too(self):
        m = load("def f(x: u8[n], v: f64):\n    x[0] = v\n    x[1:] = x[0] + v\n")
        x = np.zeros(3, np.uint8)
        m.f(x, -4.0)
        self.assertEqual(x.tolist(), [0, 0, 0])

    def test_weak_scalars_take_the_dtype_of_arrays(self):
        m = load("def f(x: f32[n]):\n    return x / n, x * 0.1, x + f64(1)\n")
        self.assertEqual([r.dtype for r in m.f(np.ones(3, np.float32))],
                         [np.float32, np.float32, np.float64])

    def test_no_half_precision(self):
        m = load("def f(x: i8[n], y: bool[n]):\n    return sqrt(x), exp(y)\n")
        a, b = m.f(np.array([4], np.int8), np.array([False]))
        self.assertEqual((a.dtype, b.dtype), (np.float32, np.float32))
        self.assertEqual((a[0], b[0]), (2, 1))

    def test_scalars_come_back_as_python_scalars(self):
        m = load("def f(x: f32[n]) -> f32:\n    return x.sum()\n")
        self.assertIs(type(m.f(np.ones(3, np.float32))), float)


class Signatures(unittest.TestCase):
    def test_dims_are_bound_and_checked(self):
        m = load("def f(x: f64[n, k], y: f64[k]) -> int:\n    return n * 10 + k\n")
        self.assertEqual(m.f(np.ones((2, 3)), np.ones(3)), 23)
        with self.assertRaisesRegex(ValueError, "'k' is 3, but `y` axis 0 has size 4"):
            m.f(np.ones((2, 3)), np.ones(4))

    def test_linear_dims_are_solved(self):
        m = load("def f(y: f64[2 * m + 1]) -> int:\n    return m\n")
        self.assertEqual(m.f(np.ones(7)), 3)
        with self.assertRaises(ValueError):
            m.f(np.ones(6))

    def test_dims_may_wait_for_later_parameters(self):
        m = load("def f(x: f64[n * m], y: f64[n], z: f64[m]) -> int:\n    return n - m\n")
        self.assertEqual(m.f(np.ones(6), np.ones(3), np.ones(2)), 1)

    def test_dtype_variables(self):
        m = load("T = f32 | f64\ndef f(x: T[n], s: T) -> T[n]:\n    return x * T(2) + ones(n, dtype=T) * s\n")
        self.assertEqual(m.f(np.ones(2, np.float32), 1.0).dtype, np.float32)
        with self.assertRaisesRegex(TypeError, "must be one of f32 | f64"):
            m.f(np.ones(2, np.int32), 1.0)

    def test_an_instance_can_be_chosen(self):
        m = load("T = f32 | f64\ndef f(n: int) -> T[:]:\n    return ones(n, dtype=T)\n")
        self.assertEqual(m.f.instance(T="f32")(3).dtype, np.float32)

    def test_wrong_results_are_the_programs_mistake(self):
        m = load("def f(x: f32[n]) -> f64[n]:\n    return x\n")
        with self.assertRaises(TypeError):
            m.f(np.ones(2, np.float32))

    def test_keywords_and_defaults(self):
        m = load("def f(x: f64[n], by: float = 2.) -> f64[n]:\n    return x * by\n")
        self.assertEqual(m.f(np.ones(1)).tolist(), [2])
        self.assertEqual(m.f(by=3, x=np.ones(1)).tolist(), [3])


class Statements(unittest.TestCase):
    def test_arrays_change_in_place_and_names_are_rebound(self):
        m = load("def f(x: f64[n]):\n    y = x\n    y += 1\n    y = y + 1\n    return y\n")
        x = np.zeros(2)
        self.assertEqual(m.f(x).tolist(), [2, 2])
        self.assertEqual(x.tolist(), [1, 1])

    def test_overlap(self):
        m = load("def f(x: f64[n]):\n    x[1:] += x[:-1]\n")
        x = np.arange(4.0)
        m.f(x)
        self.assertEqual(x.tolist(), [0, 1, 3, 5])

    def test_tuple_targets_are_stored_in_order(self):
        m = load("def f(x: f64[n]):\n    x[0], x[-1] = x[-1], x[0]\n    (a, x[1]), b = (7, 8), 9\n    return a, b\n")
        x = np.arange(3.0)
        self.assertEqual(m.f(x), (7, 9))
        self.assertEqual(x.tolist(), [2, 8, 0])

    def test_item_update_reads_the_element_first(self):
        m = load("def g(x: f64[n]) -> f64:\n    x[0] = 100\n    return 1.\n"
                 "def f(x: f64[n]):\n    x[0] += g(x)\n")
        x = np.array([5.0])
        m.f(x)
        self.assertEqual(x[0], 6)

    def test_modules(self):
        m = load("import other\nfrom other import twice as two\ndef f(x: int):\n    return two(x) + other.LIMIT\n",
                 other="LIMIT = 5\ndef twice(x):\n    return 2 * x\n")
        self.assertEqual(m.f(1), 7)
        with self.assertRaisesRegex(ImportError, "no module named 'missing'"):
            load("import missing\n")

    def test_python_is_not_there(self):
        m = load("def f(x: int):\n    return open(x)\n")
        with self.assertRaises(NameError):
            m.f(1)


if __name__ == "__main__":
    unittest.main()
