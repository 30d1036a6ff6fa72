"""Elementwise functions that are combinations of others."""
import numpy as np


def deg2rad(x):
    """Degrees to radians."""
    return x * (np.pi / 180)


def rad2deg(x):
    """Radians to degrees."""
    return x * (180 / np.pi)


def radians(x):
    """Degrees to radians."""
    return deg2rad(x)


def degrees(x):
    """Radians to degrees."""
    return rad2deg(x)


def sinc(x):
    """sin(pi x) / (pi x), and 1 at 0."""
    y = np.pi * np.where(x == 0, 1e-20, x)
    return np.sin(y) / y
