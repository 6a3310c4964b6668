"""Time and memory of tesela features over files of lines that grow, with and without a limit of memory.

growth.py BUILD FOLDER LINES...

A process each, once, the file in the page cache before the first. With a limit the result must have the bytes that it has
without one; where the limit is refused, what would do is told.
"""
import filecmp
import os
import re
import subprocess
import sys
import time

SELECTED = ["--select", "lines,first_line_days,last_line_days,line_days,monetary_total"]
LIMITS = [None, "4G", "256M", "64M"]


def run(command):
    """Status, seconds, megabytes, and what was said on standard error."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, time.perf_counter() - start, usage.ru_maxrss / 1024, said


def measure(build, folder, path, more, limit):
    output = f"{folder}/growth-{limit or 'plain'}.h5"
    # Without the models of purchases and spend, whose memory grows with the customers: docs/methods/memory.md.
    command = [f"{build}/tesela", "features", "--transactions", path, "--output", output, "--no-value-models", "--force",
               "--quiet", *more]
    status, seconds, memory, said = run(command + (["--memory", limit] if limit else []))
    needed = re.search(r"need (\d+)M", said)
    if status and not needed:
        raise SystemExit(f"{' '.join(command)}: {said}")
    if status:
        return f"needs {needed[1]} MB"
    if limit and not filecmp.cmp(output, f"{folder}/growth-plain.h5", shallow=False):
        raise SystemExit(f"{limit}: the result has other bytes than without a limit")
    if limit:
        os.remove(output)
    return f"{seconds:.1f} s {memory:.0f} MB"


def measure_all(build, folder, counts):
    print(f"{'lines':>12}{'file MB':>9}{'features':>10}" + "".join(f"{limit or 'no limit':>18}" for limit in LIMITS))
    for lines in counts:
        path = f"{folder}/lines-{lines}.csv"
        with open(path, "rb") as file:
            while file.read(1 << 22):
                pass
        for name, more in (("default", []), ("five", SELECTED)):
            shown = "".join(f"{measure(build, folder, path, more, limit):>18}" for limit in LIMITS)
            print(f"{lines:>12,}{os.path.getsize(path) / 1e6:>9.0f}{name:>10}{shown}", flush=True)


def main(build, folder, counts):
    try:
        measure_all(build, folder, counts)
    finally:
        for limit in LIMITS:
            if os.path.exists(result := f"{folder}/growth-{limit or 'plain'}.h5"):
                os.remove(result)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(lines) for lines in sys.argv[3:]])
