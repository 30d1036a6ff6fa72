"""print of scalars and arrays: the text is NumPy's."""
import numpy as np

def main(n: int = 3):
    """Prints everything."""
    print()
    print('text', 1, -2, 3.0, 1e16, 1e-5, 123456.789, True, False)
    print(1e22, 1e15, 0.1, 1 / 3, -0.0, np.inf, -np.inf, np.nan)
    print(n, n / 2, n // 2, n > 2)
    print(f32(0.1), f32(1e10), f32(16777216), f64(0.1), i8(-5), u64(18446744073709551615))
    print(1j, 1 + 2j, c64(0.5 - 1j), 0.1 + 0j)
    print(np.arange(n), np.arange(5.), np.zeros(0), np.zeros((0, 3)))
    print(np.arange(12).reshape(3, 4))
    print(np.arange(12.).reshape(3, 4) / 7)
    print(np.arange(24).reshape(2, 3, 4))
    print(np.arange(5) - 2, np.arange(5, dtype=f32) / 3, np.arange(6, dtype=u8))
    print(np.arange(4) > 1, np.array([True]), np.zeros((2, 2), dtype=bool))
    print(np.array([1e10, 1., 1e-10]), np.array([1e5, 1.]), np.array([0.1, 100000000.]))
    print(np.array([np.nan, np.inf, -np.inf, 1.5]), np.array([np.nan, 1.]))
    print(np.array([1 + 2j, -0.5j, 3.]), np.array([[1j, 2], [3, 4j]]))
    print(np.array(2.5), np.array(7), np.ones(()))
    print(np.arange(2000), np.arange(2000.))
    print(np.arange(3000).reshape(60, 50))
    print(np.arange(100) * 1000003)
    print(np.linspace(0, 1, 30))
    print(np.array([1.0, 2.0, 3.5])[::-1], np.arange(6).reshape(2, 3).T)
    print(np.array([-1.0, 10.25, 100.125]), np.array([1e-300, 1e300]), np.array([123456789.123, 0.001]))
    for row in np.eye(2):
        print('row', row)
