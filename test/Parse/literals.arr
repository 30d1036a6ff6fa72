# RUN: %arrc build %s --emit=ast -o - | FileCheck %s

# CHECK: assign a = (tuple 0 0000 42 1000000 18446744073709551616)
a = 0, 00_00, 42, 1_000_000, 18446744073709551616
# CHECK-NEXT: assign a = (tuple 0xdeadBEEF 0xf 0o17 0o7 0b1010 0b1)
a = 0xdead_BEEF, 0X_f, 0o17, 0O7, 0b1010, 0B1
# CHECK-NEXT: assign a = (tuple 1. .5 1.5 1e3 1e-3 1.5E+10 10.01 1e999 0777.5)
a = 1., .5, 1.5, 1e3, 1e-3, 1.5E+10, 1_0.0_1, 1e999, 0777.5
# CHECK-NEXT: assign a = (tuple 2j 2.5j 1e3j .5j 07j)
a = 2j, 2.5J, 1e3j, .5j, 07j
# CHECK-NEXT: assign a = (tuple (. 1. real) (subscript x (slice 1 2 _)))
a = 1..real, x[1:2]
# CHECK-NEXT: assign a = (tuple True False None ...)
a = True, False, None, ...

# CHECK-NEXT: assign a = (tuple "" "it's" "say \"x\"" "a\nb\tc\\\"'")
a = '', "it's", 'say "x"', 'a\nb\tc\\\"\''
# CHECK-NEXT: assign a = (tuple "A\303\251\342\202\254\360\237\230\200" "AS\007\010\014\015\013" "ab")
a = '\x41\xe9\u20ac\U0001F600', '\101\123\a\b\f\r\v', 'a\
b'
# CHECK-NEXT: assign a = (tuple "\\n" "\\\"" "\\\n" "x")
a = r'\n', R"\"", r'\
', u'x'
# CHECK-NEXT: assign a = "one two three"
a = 'one ' "two " '''three'''
# CHECK-NEXT: assign a = (tuple "a \"quoted\" ''text''\n  end" "\"\" x" "")
a = """a "quoted" ''text''
  end""", '''"" x''', """"""
# CHECK-NEXT: assign π_2 = (tuple 変数 Ωé "\303\244\316\251")
π_2 = 変数, Ωé, 'äΩ'
# CHECK-NOT: {{.}}
