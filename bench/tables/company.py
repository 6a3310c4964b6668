"""The features of the company's tables: the program's and its peer's times, in turn.

company.py BUILD DATA ROUNDS

DATA: a folder with config.yaml and the three tables. Both read them, make all features and the normalised vectors, and
write them; each is a process of its own, the tables in the page cache. Medians of the rounds, their ratio, the most
memory of any round; the figures of both are compared, so that the work is the same.
"""
import os
import statistics
import sys

import h5py
import numpy as np

from tables import run

TABLES = ("customers", "transactions", "interactions")


def commands(build, data, threads):
    here = os.path.dirname(os.path.abspath(__file__))
    # Without what the models of purchases and spend expect, which the peer does not compute.
    ours = [f"{build}/tesela", "features", "--config", f"{data}/config.yaml", "--no-value-models", "--force", "--quiet",
            "--threads", str(threads)]
    for table in TABLES:
        ours += [f"--{table}", f"{data}/{table}.csv"]
    return {
        "cat": ["sh", "-c", 'cat "$@" > /dev/null', "sh"] + [f"{data}/{table}.csv" for table in TABLES],
        "tesela": ours + ["--output", f"{data}/features.h5"],
        "polars": [sys.executable, "-B", os.path.join(here, "company_peer.py"), data, f"{data}/features.npz"],
    }


def far(a, b):
    """Values that are not the same but for the rounding of sums of floats."""
    return int(np.sum(~((np.abs(a - b) <= 1e-9 * (1 + np.abs(b))) | (np.isnan(a) & np.isnan(b)))))


def fingerprints(vectors):
    """One number a column, rising: two sets of the same columns have the same, in whatever order these stand."""
    return np.sort(np.random.default_rng(1).standard_normal(len(vectors)) @ vectors.astype(float))


def compare(data):
    """Every feature of the one file with that of the other, the history, and the columns of the vectors."""
    peer = np.load(f"{data}/features.npz")
    with h5py.File(f"{data}/features.h5") as file:
        if not np.array_equal(file["obs/customer_id"].asstr()[:], peer["ids"]):
            raise SystemExit("the customers are not the same")
        x, names = file["X"][:], list(file["var/name"].asstr()[:])
        theirs = list(peer["names"])
        wrong = {name: "only one has it" for name in set(names) ^ set(theirs)}
        for name in set(names) & set(theirs):
            count = far(x[:, names.index(name)], peer["X"][:, theirs.index(name)])
            if count:
                wrong[name] = f"{count} customers differ"
        count = far(file["obsm/history"][:], peer["history"])
        if count:
            wrong["history"] = f"{count} values differ"
        vectors = np.hstack([file[f"obsm/{group}"][:] for group in ("demographic", "behavioral", "value")])
    print(f"{len(x):,} customers, {len(names)} features, {vectors.shape[1]} columns of the vectors")
    ours, others = fingerprints(vectors), fingerprints(peer["vectors"])
    if len(ours) != len(others) or not np.allclose(ours, others, rtol=1e-4, atol=1e-2):
        wrong["vectors"] = f"{len(ours)} columns and {len(others)}, not all the same"
    for name, what in sorted(wrong.items()):
        print(f"  {name}: {what}")
    return not wrong


def main(build, data, rounds):
    threads = len(os.sched_getaffinity(0))
    contestants = commands(build, data, threads)
    seconds, memory = {name: [] for name in contestants}, dict.fromkeys(contestants, 0.0)
    run(contestants["cat"], threads)
    for _ in range(rounds):
        for name, command in contestants.items():
            took, most, _ = run(command, threads)
            seconds[name].append(took)
            memory[name] = max(memory[name], most)
    same = compare(data)
    median = {name: statistics.median(s) for name, s in seconds.items()}
    size = sum(os.path.getsize(f"{data}/{table}.csv") for table in TABLES)
    print(f"{size / 1e6:.0f} MB, {threads} threads, medians of {rounds}")
    print(f"{'':10}{'seconds':>9}{'least':>9}{'polars/':>9}{'MB':>9}")
    for name in contestants:
        print(f"{name:10}{median[name]:9.2f}{min(seconds[name]):9.2f}{median['polars'] / median[name]:9.2f}{memory[name]:9.0f}")
    if not same:
        raise SystemExit("the figures are not the same")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
