"""The sets and the table of bench/quality on what is known of them.

    quality_by_hand.py BUILD
"""

import csv
import io
import os
import sys
import tempfile

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench", "quality"))
import clustered_sets
import quality
from cluster_methods import GIVEN, OWN, Tesela

failures = 0


def expect(what, seen, expected):
    global failures
    if seen != expected:
        failures += 1
        print(f"{what}: {seen}, expected {expected}")


def check_real():
    clustered_sets.TEST_DATA = clustered_sets.CLUSTBENCH = os.devnull
    real = {one.name: one for one in clustered_sets.real_sets()}
    sizes = {name: (*one.x.shape, one.ks) for name, one in real.items()}
    expect("iris", sizes["iris"], (150, 4, [3]))
    expect("digits", sizes["digits"], (1797, 64, [10]))
    expect("anuran", sizes["anuran, species"], (7195, 22, [10]))
    expect("standardised", bool(np.allclose(real["wine"].x.std(axis=0), 1)), True)
    same = {one.name: one for one in clustered_sets.clustbench_sets()}
    expect("shipped of ClustBench's", sorted(same), sorted(clustered_sets.SAME))
    expect("as they are", same["uci/wine"].x[0, 0], 14.23)


def check_natural(build, work):
    """Rows of groups that lie 6 sd apart are nearest to the mean of their own group."""
    groups = [one for one in clustered_sets.natural_sets(build, work) if one.family == "groups, 6 sd"]
    expect("sets of groups", (len(groups), max(one.x.size for one in groups) <= 20000), (25, True))
    for one in groups:
        means = np.array([one.x[one.truths[0] == c + 1].mean(axis=0) for c in range(one.ks[0])])
        nearest = ((one.x[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1) + 1
        expect(one.name + ", nearest to their own", bool(np.mean(nearest == one.truths[0]) > 0.95), True)


def check_program(build, work):
    """Two heaps: two clusters, one natural pair; as scikit-learn has it, four rows with two classes crossed are worth −½."""
    tesela = Tesela(build, work)
    x = np.array([[v + 100 * (i % 2), w] for i, (v, w) in enumerate(np.random.default_rng(1).normal(size=(200, 2)))])
    labels, k = tesela.cluster(x)
    expect("clusters", (k, bool((labels[::2] == labels[0]).all() and (labels[1::2] == 1 - labels[0]).all())), (2, True))
    expect("natural", tesela.cluster_naturally(x)[1], 2)
    judged = tesela.evaluate(x[:4], np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    expect("adjusted Rand", judged["external"]["adjusted_rand"], -0.5)


def check_table(work):
    """Two sets: by .1 better, and even, than k-means of the same k; noise, a natural k, and a score that is published."""
    values = {"tesela --k": (0.9, 0.5), "k-means": (0.8, 0.504)}
    rows = [
        {"family": "real", "set": s, "rows": 9, "columns": 1, "k": 3, "method": m, "found": 3 - (m == "HDBSCAN"),
         "ari": values.get(m, (0.7, 0.7))[i], "ami": 0.5, "seconds": 1.0}
        for i, s in enumerate("ab")
        for m in (*GIVEN, *OWN)
    ]
    path = os.path.join(work, "table.txt")
    printed, sys.stdout = sys.stdout, io.StringIO()
    try:
        quality.Report(rows, path).write()
    finally:
        sys.stdout = printed
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    line = next(l for l in lines if l.startswith("k-means "))
    expect("k-means", line.split()[1:], ["0.652", "0.652", "0.500", "-", "1", "1", "0", "2.0"])
    line = next(l for l in lines if l.startswith("HDBSCAN"))
    expect("right k of HDBSCAN", line.split()[4], "0")


def check_published():
    with open(quality.PUBLISHED, encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(row for row in file if not row.startswith("#")))
    expect("scores", (len(lines), len({line["set"] for line in lines})), (437, 73))
    # As many publications have it, of k-means and of a mixture of normals.
    iris = {row["method"]: row["ari"] for row in quality.read_published({"other/iris"})}
    expect("iris", (iris["published k-means"], iris["published Gaussian mixture"]), (0.7302, 0.9039))


with tempfile.TemporaryDirectory() as work:
    check_real()
    check_natural(sys.argv[1], work)
    check_program(sys.argv[1], work)
    check_table(work)
    check_published()
sys.exit(1 if failures else 0)
