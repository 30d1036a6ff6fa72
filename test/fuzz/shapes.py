"""Sizes and slices of generated programs.

A program is called with a few sizes per symbol, known before it is written, so a
dim is the tuple of the sizes that it will have. Two dims are equal if they come
from the same symbol and have the same sizes: `x[1:]` and `x[:-1]` fit each other.
"""

import dataclasses

SLICES = [":", "::-1", "1:", ":-1", "1:-1", "2:", ":-2", "::2", "1::2", "::-2", "-2::-1", "1:4",
          "3:0:-1", "-3:"]
SMALL = [(0, 1, 2, 5, 9), (1, 3, 8, 17), (1, 2, 4, 7), (2, 5, 16, 33), (3, 6, 10, 13)]
LARGE = {1: 20011, 2: 151, 3: 29}


@dataclasses.dataclass(frozen=True)
class Dim:
    symbol: str  # "" for a constant
    sizes: tuple
    text: str = ""  # how the size is written, where it can be

    def __eq__(self, other):
        return isinstance(other, Dim) and (self.symbol, self.sizes) == (other.symbol, other.sizes)

    def __hash__(self):
        return hash((self.symbol, self.sizes))

    @property
    def least(self):
        return min(self.sizes)

    @property
    def greatest(self):
        return max(self.sizes)


def constant(size):
    return Dim("", (size,), str(size))


ONE = constant(1)


def parse_slice(text):
    parts = [int(p) if p else None for p in text.split(":")]
    return slice(*parts)


_PARSED = {text: parse_slice(text) for text in SLICES}


def sliced(dim, text):
    if text == ":":
        return dim
    sizes = tuple(len(range(n)[_PARSED[text]]) for n in dim.sizes)
    return Dim(dim.symbol if len(set(sizes)) > 1 or dim.symbol else "", sizes)


def slices_between(source, target):
    """The slices that make a dim of the size of `target` out of `source`."""
    if source.symbol != target.symbol:
        return []
    return [text for text in SLICES if sliced(source, text) == target]


def elements(shape):
    """The largest number of elements of an array of this shape."""
    count = 1
    for dim in shape:
        count *= max(1, dim.greatest)
    return count
