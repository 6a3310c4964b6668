"""arrays.py FORMATS.md FEATURES.h5 MODEL.h5...: what the page says of the two kinds of
files and what they hold are the same: every array stands on the page, and every path of
the page is in a file; of several models what any of them holds."""

import re
import sys

import h5py

RECIPE = {"features": "uns/tesela/recipe/", "model": "recipe/"}
LIBRARY = {"events"}  # of the recipe: what no option of run asks for, but the library can


def get_paths(row):
    """The paths in the first cell of a row of a table; "…/x" goes on from the one before."""
    base = ""
    for path in re.findall(r"`([^`]+)`", row.split("|")[1]):
        if path.startswith("…/"):
            path = base + path[2:]
        base = path[: path.rfind("/") + 1]
        if "…" not in path and "<" not in path:
            yield path


def read_page(page):
    """What the page says of each file."""
    said = {"features": set(), "model": set()}
    section = prefix = None
    for line in open(page, encoding="utf-8"):
        if line.startswith("## "):
            section, prefix = line[3:].strip(), ""
        elif match := re.match(r"\*\*`(var|uns/tesela)`\*\*", line):
            prefix = match[1] + "/"
        elif line.startswith("| `"):
            for path in get_paths(line):
                if section == "The recipe":
                    for file in said:
                        said[file].add(RECIPE[file] + path)
                elif section in ("features.h5", "model.h5"):
                    said[section[:-3]].add(prefix + path)
    return said


def read_file(name):
    """The groups and arrays of a file; what is in a frame of the user's columns is one."""
    groups, arrays = set(), set()

    def visit(path, item):
        if isinstance(item, h5py.Group):
            groups.add(path)
        elif not path.startswith("obs/"):
            arrays.add(path)

    h5py.File(name).visititems(visit)
    return groups, arrays


def main():
    page, *files = sys.argv[1:]
    said = read_page(page)
    failed = False
    for kind, names in (("features", files[:1]), ("model", files[1:])):
        held = [read_file(name) for name in names]
        groups, arrays = (set().union(*sets) for sets in zip(*held))
        name = ", ".join(names)
        missing = arrays - said[kind] - {"var/name"}
        stale = said[kind] - arrays - groups - {RECIPE[kind] + path for path in LIBRARY}
        for path in sorted(missing):
            print(f"{name}: /{path} is not on the page")
        for path in sorted(stale):
            print(f"{page}: {path} is not in {name}")
        failed = failed or missing or stale or not arrays
    sys.exit(1 if failed else 0)


main()
