# RUN: %arrc check --verify-diagnostics %s
# What the grammar accepts and the tree builder does not.

a = 1 + not b                # expected-error:9 {{`not` binds less tightly than `+` [misplaced-not]}} expected-help {{put `not` and its operand in parentheses}}
a = - not b                  # expected-error:7 {{`not` binds less tightly than `-`}}
a = b == not c               # expected-error:10 {{`not` binds less tightly than `==`}}
a = f(1 + 2=3)               # expected-error:7 {{the left side of `=` in a call must be the name of a parameter [keyword-not-name]}}
a = f(b=1, 2)                # expected-error:12 {{positional argument after a keyword argument [positional-after-keyword]}} expected-note:7 {{the keyword argument}}
a = f(b=1, b=2)              # expected-error:12 {{argument `b` is given twice [repeated-keyword]}} expected-note:7 {{first given here}}

def f1(x, x): pass           # expected-error:11 {{parameter `x` occurs twice [repeated-parameter]}} expected-note:8 {{first one here}}
def f2(x=1, y): pass         # expected-error:13 {{parameter `y` without a default follows one with a default [missing-default]}} expected-note:8 {{`x` has a default}}
def f3(x=1, *, y): pass
def f4(x, *): pass           # expected-error:11 {{misplaced `*` in the parameters [misplaced-marker]}}
def f5(/, x): pass           # expected-error:8 {{misplaced `/` in the parameters}}
def f6(x, *, y, /): pass     # expected-error:17 {{misplaced `/` in the parameters}}
def f7(*, x, *, y): pass     # expected-error:14 {{misplaced `*` in the parameters}}
def f8(x, /, y, /): pass     # expected-error:17 {{misplaced `/` in the parameters}}
a = lambda x, x: x           # expected-error:15 {{parameter `x` occurs twice}}

a = '\x4'                    # expected-error:6 {{escape `\x4` needs two hexadecimal digits [bad-escape]}}
a = '\u12g4'                 # expected-error:6 {{escape `\u12` needs four hexadecimal digits}}
a = 'é\U0001F60'             # expected-error:7 {{escape `\U0001F60` needs eight hexadecimal digits}}
a = '\ud800'                 # expected-error:6 {{escape `\ud800` is not a character}}
a = '\U00110000'             # expected-error:6 {{escape `\U00110000` is not a character}}
a = '\400'                   # expected-error:6 {{escape `\400` is larger than `\377`}}
a = '\N{DASH}'               # expected-error:6 {{escape `\N` is not supported}}
a = '\d \€'                  # expected-warning:6 {{escape `\d` has no meaning [unknown-escape]}} expected-warning:9 {{escape `\€` has no meaning}}

1 = a                        # expected-error:1 {{cannot assign to a literal [invalid-target]}}
f(x) = a                     # expected-error:1 {{cannot assign to the result of a call}} expected-help {{to store in an array, write `x[...] = value`}}
a, b + c = x                 # expected-error:4 {{cannot assign to an expression}}
None = a                     # expected-error:1 {{cannot assign to `None`}}
True = a                     # expected-error:1 {{cannot assign to `True`}}
... = a                      # expected-error:1 {{cannot assign to `...`}}
a < b = c                    # expected-error:1 {{cannot assign to a comparison}}
(a if b else c) = d          # expected-error:2 {{cannot assign to a conditional expression}}
() = a                       # expected-error:1 {{cannot assign to an empty tuple}}
[] = a                       # expected-error:1 {{cannot assign to an empty list}}
a = (lambda: 1) = 2          # expected-error:6 {{cannot assign to a lambda}}
a + b: f64 = 1               # expected-error:1 {{cannot assign to an expression}}
a, b: f64 = 1                # expected-error:1 {{only a single variable can have an annotation [annotated-tuple]}}

def g(n):
    a, b += 1                # expected-error:5 {{cannot assign to a tuple with `+=`}}
    f(x) += 1                # expected-error:5 {{cannot assign to the result of a call}}
    for f(x) in n:           # expected-error:9 {{cannot assign to the result of a call}}
        break
    for 1 in n: pass         # expected-error:9 {{cannot assign to a literal}}
    break                    # expected-error:5 {{`break` outside a loop [outside-loop]}}
    while n:
        continue
    else:
        continue             # expected-error:9 {{`continue` outside a loop}}
    import numpy             # expected-error:5 {{`import` inside a function [local-import]}}
    from numpy import pi     # expected-error:5 {{`import` inside a function}}
    def h(x):                # expected-error:9 {{function `h` is defined inside another function [nested-function]}} expected-help {{write a `lambda`}}
        return x

return 1                     # expected-error:1 {{`return` outside a function [outside-function]}}
a += 1                       # expected-error:1 {{`+=` outside a function}}
assert a                     # expected-error:1 {{`assert` outside a function}}
break                        # expected-error:1 {{`break` outside a function}}
continue                     # expected-error:1 {{`continue` outside a function}}
a + 1                        # expected-error:1 {{expression outside a function has no effect [top-level-expression]}} expected-help {{a program starts at `main`}}
for i in range(3): pass      # expected-error:1 {{`for` outside a function}}
while a: pass                # expected-error:1 {{`while` outside a function}}
if __name__ == '__main__':   # expected-error:1 {{`if` outside a function}} expected-help {{a program starts at `main`}}
    main()
'a string'
...
pass
