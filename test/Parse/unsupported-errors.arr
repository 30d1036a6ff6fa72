# RUN: %arrc check --verify-diagnostics %s
# Python that is not in the language is named, once, with a way out.

class Point:                 # expected-error:1 {{classes are not part of the language [not-in-language]}} expected-help {{write functions of arrays}}
    x = yield

    def f(self):
        raise 3

@dataclass
class Point: pass            # expected-error:1 {{classes are not part of the language}}

async def f():               # expected-error:1 {{`async` is not part of the language}}
    pass

def f(x):
    try:                     # expected-error:5 {{exception handling (`try`) is not part of the language}}
        x = 1 1              # expected-error:15 {{expected the end of the statement, found `1`}}
    except ValueError:
        x = 2
    finally:
        x = 2 2              # expected-error:15 {{expected the end of the statement, found `2`}}
    with open(x) as y:       # expected-error:5 {{`with` is not part of the language}}
        pass
    raise ValueError('x')    # expected-error:5 {{`raise` is not part of the language}} expected-help {{write `assert condition, 'message'`}}
    global y                 # expected-error:5 {{`global` is not part of the language}}
    nonlocal y               # expected-error:5 {{`nonlocal` is not part of the language}}
    del x                    # expected-error:5 {{`del` is not part of the language}}
    yield x                  # expected-error:5 {{generators (`yield`) are not part of the language}}
    y = yield x              # expected-error:9 {{generators (`yield`) are not part of the language}}
    y = await x              # expected-error:9 {{`await` is not part of the language}}
    match x:                 # expected-error:5 {{`match` is not part of the language}}
        case 1:              # expected-error:9 {{`match` is not part of the language}}
            y = 3
    y = [i for i in x]       # expected-error:12 {{comprehensions and generators are not part of the language}}
    y = sum(i for i in x)    # expected-error:15 {{comprehensions and generators are}}
    y = {1: 2}               # expected-error:9 {{dictionaries and sets are not part of the language}}
    y = f(*x)                # expected-error:11 {{unpacking with `*` is not part of the language}}
    y = f(**x)               # expected-error:11 {{unpacking with `**` is not part of the language}}
    y = [1, *x]              # expected-error:13 {{unpacking with `*` is}}
    y, *z = x                # expected-error:8 {{unpacking with `*` is}}
    if (y := 1) > 2:         # expected-error:11 {{assignment inside an expression (`:=`) is not part of the language}}
        pass
    y = f'{x}'               # expected-error:9 {{f-strings are not part of the language}}
    y = Rb'x'                # expected-error:9 {{bytes literals are not part of the language}}

def g(*args): pass           # expected-error:8 {{a variable number of arguments (`*` parameter) is not part of the language}}
def g(x, **kw): pass         # expected-error:10 {{arbitrary keyword arguments (`**` parameter) are not part of the language}}
def g[T](x: T): pass         # expected-error:6 {{type parameters are not part of the language}}
h = lambda *args: 1          # expected-error:13 {{a variable number of arguments}}
type T = f32                 # expected-error:1 {{`type` is not part of the language}} expected-help {{write `T = ...`}}
from .x import y             # expected-error:6 {{a relative import is not part of the language}}
from ... import y            # expected-error:6 {{a relative import is}}
from x import *              # expected-error:15 {{`import *` is not part of the language}}
