# RUN: %arrc build %s -I %S/Inputs --emit=typed -o - | FileCheck %s
# RUN: not %arrc check %S/Inputs/circle2.arr 2>&1 | FileCheck %s --check-prefix=CIRCLE
# Names of other modules: constants, functions with annotations, templates.
import shared
from shared import half as halved, PI

def use(x: f64[n]) -> f64[n]:
    return halved(x) * PI + shared.twice(x)

# An imported function is no export of this file.
# CHECK: {{^}}def shared_half(x.0: f64[n]) -> f64[n]:
# CHECK: {{^}}def shared_twice(x.0:
# CHECK-LABEL: export def use(
# CHECK: return add(multiply(shared_half(x.0), 3:f64), shared_twice(x.0))

# CIRCLE: circle.arr:1:6: error: importing `circle2` here closes a circle of imports [circular-import]
