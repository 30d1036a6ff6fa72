"""Calls add.abi3.so, which stands in the current directory."""
import inspect
import os
import sys

import numpy as np

sys.path.insert(0, os.getcwd())
import add  # noqa: E402

print(add.add.__doc__)
print(inspect.signature(add.add))
print(add.add(np.arange(3.0)).tolist())
print(add.add(s=100, x=np.arange(3.0)[::-2]).tolist())
for x in (np.zeros(1), np.zeros(3, np.float32)):
    try:
        add.add(x)
    except Exception as error:
        notes = "".join(f" ({note})" for note in getattr(error, "__notes__", []))
        print(f"{type(error).__name__}: {error}{notes}")
