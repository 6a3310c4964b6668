"""Reading and adding up a file of lines: the program's and its peers' times, in turn.

tables.py BUILD FOLDER FILE ROUNDS [CONTESTANT...]

Each is a process of its own, with the file in the page cache; medians of the rounds, ratios to DuckDB's median, the most
memory of any round. Floors beside them: reading the file alone, and finding all its delimiters and line ends.
"""
import os
import statistics
import subprocess
import sys
import time

SELECTED = "lines,first_line_days,last_line_days,line_days,monetary_total"


def commands(build, folder, path, threads):
    here = os.path.dirname(os.path.abspath(__file__))
    peer = [sys.executable, "-B", os.path.join(here, "peer.py")]
    # Without what the models of purchases and spend expect, which no peer computes.
    ours = [f"{build}/tesela", "features", "--transactions", path, "--no-value-models", "--force", "--quiet",
            "--threads", str(threads)]
    return {
        "cat": ["sh", "-c", 'cat "$1" > /dev/null', "sh", path],
        "scan": [f"{build}/bench/bench_scan", path],
        "selected": ours + ["--select", SELECTED, "--output", f"{folder}/selected.h5"],
        "features": ours + ["--output", f"{folder}/features.h5"],
        "duckdb": peer + ["duckdb", path, str(threads)],
        "polars": peer + ["polars", path, str(threads)],
        "pandas": peer + ["pandas", path, str(threads)],
    }


def run(command, threads):
    """Seconds and megabytes of one process, and what it printed."""
    environment = {**os.environ, "POLARS_MAX_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}")
    return seconds, usage.ru_maxrss / 1024, said.strip()


def main(build, folder, path, rounds, chosen):
    threads = len(os.sched_getaffinity(0))
    contestants = {name: c for name, c in commands(build, folder, path, threads).items() if not chosen or name in chosen}
    seconds, memory, answers = {n: [] for n in contestants}, dict.fromkeys(contestants, 0.0), {}
    run(["sh", "-c", 'cat "$1" > /dev/null', "sh", path], threads)
    for _ in range(rounds):
        for name, command in contestants.items():
            took, most, said = run(command, threads)
            seconds[name].append(took)
            memory[name] = max(memory[name], most)
            if name in ("duckdb", "polars", "pandas"):
                answers[name] = said
    if len(set(answers.values())) > 1:
        raise SystemExit(f"the peers do not agree: {answers}")
    median = {name: statistics.median(s) for name, s in seconds.items()}
    against = median.get("duckdb")
    print(f"{os.path.getsize(path) / 1e6:.0f} MB, {threads} threads, medians of {rounds}; {next(iter(answers.values()), '')}")
    print(f"{'':10}{'seconds':>9}{'least':>9}{'DuckDB/':>9}{'MB':>9}")
    for name in contestants:
        ratio = f"{against / median[name]:9.2f}" if against else " " * 9
        print(f"{name:10}{median[name]:9.2f}{min(seconds[name]):9.2f}{ratio}{memory[name]:9.0f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:])
