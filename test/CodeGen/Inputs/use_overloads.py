"""Calls the module overloads: instances, views of arguments."""
import inspect

import numpy as np
import overloads

print(inspect.signature(overloads.both), overloads.both.__doc__.splitlines()[0])
for dtype in (np.float32, np.float64):
    x = np.arange(3, dtype=dtype)
    first, second, which = overloads.both(x)
    print(first.dtype, which, first.base is x and second.base is x)
print(overloads.float(0.1), overloads.float(np.float32(0.1)))
print(overloads.kinds(True, -3, 2**64 - 1, 1j))
try:
    overloads.both(np.arange(3))
except TypeError as error:
    print(f"TypeError: {error}")
