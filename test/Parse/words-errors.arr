# RUN: %arrc check --verify-diagnostics %s
# Words in a wrong place, each in a statement of its own.

a = 1 +            # expected-error:8 {{expected an expression, found the end of the line [unexpected-token]}}
a = (1 + )         # expected-error:10 {{expected an expression, found `)`}}
a = f(1 2)         # expected-error:9 {{expected `,` or `)`, found `2`}}
a = [1, 2 3]       # expected-error:11 {{expected `,` or `]`, found `3`}}
a = x[1 2]         # expected-error:9 {{expected `,` or `]`, found `2`}}
a = x[]            # expected-error:7 {{expected an expression, found `]`}}
a = 1 b            # expected-error:7 {{expected the end of the statement, found `b`}}
a = b c            # expected-error:7 {{expected the end of the statement, found `c`}}
a = x.             # expected-error:7 {{expected a name, found the end of the line}}
a = b if c         # expected-error:11 {{expected `else`, found the end of the line}}
# expected-help@-1 {{a conditional expression is written `a if condition else b`}}
a = b && c         # expected-error:8 {{expected an expression, found `&`}} expected-help {{write `and`}}
a = b || c         # expected-error:8 {{expected an expression, found `|`}} expected-help {{write `or`}}
= 3                # expected-error:1 {{expected a statement, found `=`}}
) = 3              # expected-error:1 {{`)` closes nothing [unmatched-closer]}}
a = 1, , 2         # expected-error:8 {{expected an element before `,` [missing-element]}}
a = f(1, , 2)      # expected-error:10 {{expected an element before `,`}}
a = x[1, , 2]      # expected-error:10 {{expected an element before `,`}}
a = f(, 2)         # expected-error:7 {{expected `,` or `)`, found `,`}}
a = 1;; b = 2      # expected-error:7 {{expected a statement before `;` [missing-statement]}}

def f(x, , y): pass          # expected-error:10 {{expected an element before `,`}}
def f(x:) : pass             # expected-error:9 {{expected an expression, found `)`}}
def (x): pass                # expected-error:5 {{expected a name, found `(`}}
def f: pass                  # expected-error:6 {{expected `(`, found `:`}}
def f(1): pass               # expected-error:7 {{expected `,` or `)`, found `1`}}
def f(x) -> : pass           # expected-error:13 {{expected an expression, found `:`}}
def f(x) pass                # expected-error:10 {{expected `:`, found `pass`}}
def f(x)                     # expected-error:9 {{expected `:`, found the end of the line}}
    return x

def f(n):
    if n = 1:                # expected-error:10 {{expected `:`, found `=`}} expected-help:10 {{to compare, write `==`}}
        n = 2
    for i = 1:               # expected-error:11 {{expected `in`, found `=`}}
        n = 2
    for i in                 # expected-error:13 {{expected an expression, found the end of the line}}
        n = 3
    while:                   # expected-error:10 {{expected an expression, found `:`}}
        n = 4
    n++                      # expected-error:8 {{expected an expression, found the end of the line}} expected-help {{write `+= 1`}}
    n--                      # expected-error:8 {{expected an expression, found the end of the line}} expected-help {{write `-= 1`}}
    if n:
        n = 5
    else if n:               # expected-error:10 {{expected `:`, found `if`}} expected-help {{write `elif`}}
        n = = 6              # expected-error:13 {{expected an expression, found `=`}}
    print n                  # expected-error:11 {{`print` is a function: its arguments stand in parentheses [print-statement]}}
                             # expected-help@-1 {{write `print(n)`}}
    if n: print 'x'          # expected-error:17 {{`print` is a function}}

import                       # expected-error:7 {{expected a name, found the end of the line}}
from x import                # expected-error:14 {{expected a name, found the end of the line}}
from a import b.c            # expected-error:15 {{a name imported with `from` has no dots [dotted-import]}}
import a as                  # expected-error:12 {{expected a name, found the end of the line}}

# Keywords are no names.
lambda = 1                   # expected-error:1 {{`lambda` is a keyword and cannot be a name [keyword-as-name]}}
class = 1                    # expected-error:1 {{`class` is a keyword and cannot be a name}}
a = x.class                  # expected-error:7 {{`class` is a keyword and cannot be a name}}
def f(x, in): pass           # expected-error:10 {{`in` is a keyword and cannot be a name}}
def f(from, x): pass         # expected-error:7 {{`from` is a keyword and cannot be a name}}
def while(x): pass           # expected-error:5 {{`while` is a keyword and cannot be a name}}
import class                 # expected-error:8 {{`class` is a keyword and cannot be a name}}
from x import class          # expected-error:15 {{`class` is a keyword and cannot be a name}}

# Words that are no words.
a = 017                      # expected-error:5 {{`017` is not a number [bad-number]}} expected-help {{write `17`, or `0o17` for an octal number}}
a = 1__0                     # expected-error:5 {{`1__0` is not a number}} expected-help {{an underscore stands between two digits}}
a = 12ab + 0xg               # expected-error:5 {{`12ab` is not a number}}
a = 0b12                     # expected-error:5 {{`0b12` is not a number}}
a = 1e5x                     # expected-error:5 {{`1e5x` is not a number}}
a = 'abc                     # expected-error:5 {{string is not closed [unclosed-string]}}
b = "abc'                    # expected-error:5 {{string is not closed}}
a = x ? 1 : 2                # expected-error:7 {{unexpected character `?` [bad-character]}} expected-help {{a conditional expression is written `a if condition else b`}}
a = !x                       # expected-error:5 {{unexpected character `!`}} expected-help {{write `not`}}
a = “x”                      # expected-error:5 {{unexpected character `“`}} expected-help {{write `'`}}
a = 3 − 2                    # expected-error:7 {{unexpected character `−`}} expected-help {{write `-`}}
a = x²                       # expected-error:6 {{unexpected character `²`}} expected-help {{write `**2`}}
a = ℝ                        # expected-error:5 {{unexpected character `ℝ`}} expected-help {{names have Latin}}
$a = 1                       # expected-error:1 {{unexpected character `$`}}
a = 1 \ + 2                  # expected-error:7 {{a backslash outside a string must be the last character of its line [lone-backslash]}}
