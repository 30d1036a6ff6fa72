"""Check the includes of the compiler against the order of its folders.

    layers.py ROOT

The order is that of compiler/CMakeLists.txt: a folder may include those before
it. ANTLR is known to Parse only, and MLIR to none of the front end.
"""

import os
import re
import sys

FRONT_END = ("Support", "AST", "Parse", "Sema")


def main():
    root = os.path.join(sys.argv[1], "compiler")
    cmake = open(os.path.join(root, "CMakeLists.txt")).read()
    order = re.search(r"foreach\(stage ([^)]*)\)", cmake)[1].split()
    errors = []
    count = 0
    for folder, _, names in os.walk(root):
        stage = os.path.relpath(folder, root).split(os.sep)[0]
        for name in names:
            if not name.endswith((".h", ".cpp", ".td", ".inc")):
                continue
            count += 1
            path = os.path.join(folder, name)
            if stage not in order:
                errors.append(f"{path}: folder {stage} is not in compiler/CMakeLists.txt")
                continue
            for included in re.findall(r'#include [<"]([^>"]+)[>"]', open(path).read()):
                part = included.split("/")
                if part[0] == "compiler" and part[1] != stage and (
                        part[1] not in order[:order.index(stage)]):
                    errors.append(f"{path}: {stage} must not include {included}")
                if part[0] == "antlr4-runtime.h" and stage != "Parse":
                    errors.append(f"{path}: only Parse may include ANTLR")
                if part[0] == "mlir" and stage in FRONT_END:
                    errors.append(f"{path}: the front end must not include MLIR")
                if part[0] == "runtime" and stage in FRONT_END:
                    errors.append(f"{path}: the front end must not include the runtime")
    if errors:
        sys.exit("\n".join(errors))
    print(f"{count} files in order")


if __name__ == "__main__":
    main()
