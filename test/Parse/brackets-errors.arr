# RUN: %arrc check --verify-diagnostics %s
# An unclosed bracket is found where the next statement starts.

def f(x: f64[n) -> f64:      # expected-error:15 {{`)` does not close `[` [mismatched-closer]}} expected-note:13 {{`[` was opened here}}
    return x 1               # expected-error:14 {{expected the end of the statement, found `1`}}

def g(x: f64[n:              # expected-error:13 {{`[` is never closed [unclosed-bracket]}}
    y = 1
    return x

def h(x):
    y = f(1, (2 + 3)         # expected-error:10 {{`(` is never closed}}
    y = 2
    return y 1               # expected-error:14 {{expected the end of the statement, found `1`}}

a = (1, 2]                   # expected-error:10 {{`]` does not close `(`}}
a = f(x[1)                   # expected-error:10 {{`)` does not close `[`}}
a = 1)                       # expected-error:6 {{`)` closes nothing [unmatched-closer]}}
a = 1}                       # expected-error:6 {{`}` closes nothing}}

# The indentation of the lines that a bracket swallowed is not known.
def lost(n: f64[n -> f64:    # expected-error:16 {{`[` is never closed}}
    if n:
        return 1
    return 2

def wrong(n: f64(n]) -> f64: # expected-error:19 {{`]` does not close `(`}}
    while n n:               # expected-error:13 {{expected `:`, found `n`}}
        n = 1 1              # expected-error:15 {{expected the end of the statement, found `1`}}
    else:
        n = 2
    return n

def last(x):
    return f(x               # expected-error:13 {{`(` is never closed}}
