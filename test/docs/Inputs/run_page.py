"""Does what a page of documentation tells the reader to do.

    run_page.py PAGE.md FOLDER BIN

Blocks with `title=NAME` become files in FOLDER; in `console` blocks the lines that
begin with `$ ` are run there, with BIN on the PATH, and must print the lines below them
(`...` stands for anything).
"""

import os
import re
import subprocess
import sys


def blocks(text):
    """(language, title or None, content) of each fenced block."""
    for match in re.finditer(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", text, re.M | re.S):
        yield match.groups()


def commands(content):
    """(command, expected output) of each line that begins with `$ `."""
    for part in re.split(r"^\$ ", content, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def run(command, expected, folder, environment):
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    pattern = re.escape(expected.rstrip()).replace(r"\.\.\.", ".*?")
    if not re.fullmatch(pattern, done.stdout.rstrip(), re.S):
        sys.exit(f"$ {command}\nexpected:\n{expected}\ngot (status {done.returncode}):\n{done.stdout}")


def main():
    page, folder, tools = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    paths = [tools, os.path.dirname(sys.executable), os.environ["PATH"]]
    environment = os.environ | {"PATH": os.pathsep.join(paths)}
    count = 0
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for language, title, content in blocks(text):
        if title:
            with open(os.path.join(folder, title), "w", encoding="utf-8") as file:
                file.write(content)
        elif language == "console":
            for command, expected in commands(content):
                run(command, expected, folder, environment)
                count += 1
    print(f"{count} commands did what the page says")


if __name__ == "__main__":
    main()
