# RUN: %arrc check --verify-diagnostics %s

def f(x):
return x             # expected-error:1 {{expected an indented block after `def` [expected-block]}}
                     # expected-note@-2:1 {{`def` starts here}}

def g(x):
    if x:
    x = 1            # expected-error:5 {{expected an indented block after `if`}}
    elif x:          # expected-error:5 {{`elif` has no `if` to belong to [unexpected-else]}}
        x = 2
        x = 3 3      # expected-error:15 {{expected the end of the statement, found `3`}}
    y = 4
        y = 5        # expected-error:1 {{unexpected indentation [unexpected-indent]}}
        y = 6
    else:            # expected-error:5 {{`else` has no `if` to belong to}}
        y = 7
    for i in x:
        y = 8
    else:
    y = 9            # expected-error:5 {{expected an indented block after `else`}}
    while x:
        y = 10
      y = 11         # expected-error:1 {{indentation matches no block above [unmatched-dedent]}}
    return y

  z = 1              # expected-error:1 {{indentation matches no block above}}

def h(x):
    # Nothing but a comment.

def i(x):            # expected-error:1 {{expected an indented block after `def`}}
    return x

def j(x):
    if x:
        x = 1
       = x           # expected-error:1 {{indentation matches no block above}}
    x = 2
         x == 0:     # expected-error:1 {{unexpected indentation}}
        x = 3
    return x

def k(x):
     x = 1
    x = 2            # expected-error:1 {{indentation matches no block above}}
    while x:
        x = 3 3      # expected-error:15 {{expected the end of the statement, found `3`}}
    return x
