# Configuration of the lit tests. test/README.md explains how to write one.
import os

import lit.formats

config.name = "Arr"
config.test_format = lit.formats.ShTest(execute_external=False)
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.arr_build, "test")

# Tests are found by suffix. A folder whose files are something else says so in
# its lit.local.cfg.
config.suffixes = [".arr", ".mlir", ".test"]
config.excludes = ["Inputs", "README.md", "CMakeLists.txt"]

tools = [os.path.join(config.arr_build, "bin"), os.path.join(config.llvm_root, "bin")]
config.environment["PATH"] = os.pathsep.join(tools + [os.environ["PATH"]])
config.environment["ARR_ROOT"] = config.arr_source

# `./dev setup` makes .venv, perhaps after CMake has run.
venv_python = os.path.join(config.arr_source, ".venv", "bin", "python3")
default_python = venv_python if os.path.exists(venv_python) else "/usr/bin/python3"

config.substitutions += [
    ("%arrc", os.path.join(config.arr_build, "bin", "arrc")),
    ("%arr-opt", os.path.join(config.arr_build, "bin", "arr-opt")),
    ("%python", config.python or default_python),
    ("%root", config.arr_source),
    ("%build", config.arr_build),
    ("%cc", os.path.join(config.llvm_root, "bin", "clang")),
]
