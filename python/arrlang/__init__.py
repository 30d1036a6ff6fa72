"""Arr from Python: run .arr files under CPython + NumPy, or call compiled ones."""

from .interpreter import interpret
from .native import load

__all__ = ["interpret", "load"]
