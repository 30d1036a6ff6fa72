"""Every op of the arr dialect is printed and parsed again by a test in test/Dialect."""

import glob
import re
import sys

root = sys.argv[1]
ops = set()
for path in glob.glob(f"{root}/compiler/Dialect/Arr/*.td"):
    text = open(path, encoding="utf-8").read()
    ops |= set(re.findall(r'^def \w+ : Arr_\w*Op<"(\w+)"', text, re.MULTILINE))
tested = set()
for path in glob.glob(f"{root}/test/Dialect/*.mlir"):
    text = open(path, encoding="utf-8").read()
    tested |= set(re.findall(r"// CHECK.*?\barr\.(\w+)", text))
for op in sorted(ops - tested):
    print(f"arr.{op} is in no test of test/Dialect")
if ops <= tested:
    print(f"{len(ops)} ops tested")
