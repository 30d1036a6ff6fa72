"""Check that every kind of diagnostic has a test that names it.

    diagnostic_kinds.py ROOT

A test names a kind as it is printed: `[undefined-name]`.
"""

import os
import re
import sys


def files(folder, suffixes):
    for base, _, names in os.walk(folder):
        for name in names:
            if name.endswith(suffixes):
                yield os.path.join(base, name)


def main():
    root = sys.argv[1]
    tested = set()
    for path in files(os.path.join(root, "test"), (".arr", ".mlir", ".test", ".py")):
        tested.update(re.findall(r"\[([a-z0-9-]+)\]", open(path, errors="replace").read()))
    missing, count = [], 0
    for path in files(os.path.join(root, "compiler"), "Diagnostics.def"):
        for kind in re.findall(r"^ARR_(?:ERROR|WARNING)\(\s*(\w+)", open(path).read(), re.M):
            slug = re.sub(r"(?<!^)([A-Z])", r"-\1", kind).lower()
            count += 1
            if slug not in tested:
                missing.append(f"{os.path.basename(path)}: {kind} [{slug}] has no test")
    if missing:
        sys.exit("\n".join(missing))
    print(f"{count} kinds tested")


if __name__ == "__main__":
    main()
