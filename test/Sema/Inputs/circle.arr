from circle2 import value
