# RUN: %arrc build %s --emit=ast -o - | FileCheck %s
# Precedence and grouping are Python's.

# CHECK: assign a = (+ 1 (* 2 3))
a = 1 + 2 * 3
# CHECK-NEXT: assign a = (* (+ 1 2) 3)
a = (1 + 2) * 3
# CHECK-NEXT: assign a = (- (- (- 1 2) 3) (- 4 5))
a = 1 - 2 - 3 - (4 - 5)
# CHECK-NEXT: assign a = (- (** 2 (- (** 3 2))))
a = -2 ** -3 ** 2
# CHECK-NEXT: assign a = (* (- x) y)
a = -x * y
# CHECK-NEXT: assign a = (+ (~ (- (+ x))) 1)
a = ~-+x + 1
# CHECK-NEXT: assign a = (% (// (/ (@ x y) z) u) v)
a = x @ y / z // u % v
# CHECK-NEXT: assign a = (| a (^ b (& c (<< d (+ e f)))))
a = a | b ^ c & d << e + f
# CHECK-NEXT: assign a = (>> (<< a b) c)
a = a << b >> c
# CHECK-NEXT: assign a = (compare 0 <= x < (| n 1) != 3)
a = 0 <= x < n | 1 != 3
# CHECK-NEXT: assign a = (compare (compare a < b) == True)
a = (a < b) == True
# CHECK-NEXT: assign a = (compare a > b >= c)
a = a > b >= c
# CHECK-NEXT: assign a = (or a (and (not b) (not (not (compare c == d)))) e)
a = a or not b and not not c == d or e
# CHECK-NEXT: assign a = (and (or a b) c)
a = (a or b) and c
# CHECK-NEXT: assign a = (and (compare x is None) (compare y is not None))
a = x is None and y is not None
# CHECK-NEXT: assign a = (compare x in y not in z)
a = x in y not in z
# CHECK-NEXT: assign a = (compare x is (- y))
a = x is -y
# CHECK-NEXT: assign a = (if c a (if d b e))
a = a if c else b if d else e
# CHECK-NEXT: assign a = (if (or x y) (+ a 1) (lambda () b))
a = a + 1 if x or y else lambda: b
# CHECK-NEXT: assign f = (lambda (x y = 1 keyword-only z) (lambda () (+ x 1)))
f = lambda x, y=1, *, z: lambda: x + 1
# CHECK-NEXT: assign f = (lambda (positional-only x y) x)
f = lambda x, /, y: x
# CHECK-NEXT: assign f = (call reduce (lambda (a b) (+ a b)) x)
f = reduce(lambda a, b: a + b, x)

# CHECK-NEXT: assign a = (. (. (call (. (subscript (call f 1 (+ 2 3) axis=0 keepdims=True) 0) T)) x) y)
a = f(1, 2 + 3, axis=0, keepdims=True,)[0].T().x.y
# CHECK-NEXT: assign a = (- (** (. x T) (call y)))
a = -x.T ** y()
# CHECK-NEXT: assign a = (. (+ a b) T)
a = (a + b).T
# CHECK-NEXT: assign a = (call f (tuple 1 2) (list) (tuple))
a = f((1, 2), [], ())
# CHECK-NEXT: assign a = (tuple (tuple 1) 1 (list 1 2) (tuple 1 2))
a = (1,), (1), [1, 2,], (1, 2)

# CHECK-NEXT: assign a = (subscript x (slice _ _ _))
a = x[:]
# CHECK-NEXT: assign a = (subscript x (slice _ _ _) (slice 1 _ _) (slice _ 2 _) (slice 1 2 3))
a = x[::, 1:, :2, 1:2:3]
# CHECK-NEXT: assign a = (subscript x (slice _ _ (- 1)) (slice 1 _ 2) (slice _ 3 4) (slice 1 2 _))
a = x[::-1, 1::2, :3:4, 1:2:]
# CHECK-NEXT: assign a = (subscript x ... None (. np newaxis) i (list 1 2) (compare m > 0))
a = x[..., None, np.newaxis, i, [1, 2], m > 0]
# CHECK-NEXT: assign a = (subscript x (tuple))
a = x[()]
# CHECK-NEXT: assign a = (subscript x (tuple 1 2))
a = x[(1, 2)]
# CHECK-NEXT: assign a = (subscript x i)
a = x[i,]
# CHECK-NEXT: assign a = (subscript x (if c a b) (slice (lambda () 1) _ _))
a = x[a if c else b, lambda: 1:]
# CHECK-NOT: {{.}}
