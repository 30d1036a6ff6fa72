"""Writes points_x.npy and points_y.npy, seeded, into the folder given (default: here)."""

import os
import sys

import numpy as np

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
generator = np.random.default_rng(20240607)
for name in ("points_x", "points_y"):
    np.save(os.path.join(folder, name + ".npy"), generator.standard_normal((3000, 50)))
