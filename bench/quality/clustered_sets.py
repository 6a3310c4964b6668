"""Sets of rows whose classes are known.

Sets that may not be shipped are looked for in $TESELA_TEST_DATA, and named where they are not there.
"""

import functools
import gzip
import os
import re
import subprocess

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIPPED = os.path.join(ROOT, "datasets", "quality")
TEST_DATA = os.environ.get("TESELA_TEST_DATA", "")
CLUSTBENCH = os.path.join(TEST_DATA, "clustering-data-v1")
BATTERIES = ("fcps", "graves", "other", "sipu", "uci", "wut")
LARGE = ("birch1", "birch2", "worms_2", "worms_64")  # 100,000 rows and more: no hierarchy of them in memory
# Those of ClustBench's sets that are shipped, too.
SAME = {"other/iris": "iris.csv", "uci/wine": "wine.csv", "uci/wdbc": "wdbc.csv"}
CELLS = 20000  # of the drawn groups: those of no more
CLOUDS = 2  # of each family of clouds the first and smaller ones


class Set:
    """Rows, and one or more labellings that are taken as the truth: class numbers from 1; 0 is noise, which is left out."""

    def __init__(self, family, name, x, *truths):
        self.family, self.name, self.x = family, name, np.ascontiguousarray(x, dtype=np.float64)
        self.truths = truths
        self.ks = [len(np.unique(t[t > 0])) for t in truths]


def numbered(classes):
    """Classes, none of which is noise, as numbers from 1."""
    return np.unique(classes, return_inverse=True)[1] + 1


def standardised(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def read_shipped(name, classes=-1, others=1, header=1):
    """Numbers and classes of a CSV file whose last `others` columns are not numbers of the rows."""
    path = os.path.join(SHIPPED, name)
    with (gzip.open if name.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split(",") for line in file][header:]
    return np.array([row[:-others] for row in rows], float), numbered([row[classes] for row in rows])


def real_sets():
    for name in ("iris", "wine", "wdbc"):
        x, y = read_shipped(name + ".csv")
        yield Set("real", name, standardised(x), y)
    yield Set("real", "digits", *read_shipped("digits.csv.gz", header=0))
    yield Set("real", "anuran, species", *read_shipped("anuran.csv.gz", classes=-2, others=4))
    path = os.path.join(TEST_DATA, "quality", "avila-tr.txt.gz")
    if not os.path.exists(path):
        print("avila is left out: it is not in $TESELA_TEST_DATA/quality")
        return
    with gzip.open(path, "rt") as file:
        rows = [line.rstrip("\n").split(",") for line in file]
    yield Set("real", "avila, copyists", np.array([row[:-1] for row in rows], float), numbered([row[-1] for row in rows]))


def drawn_sets():
    """By scikit-learn's generators: what k-means is made for, and what it is not."""
    from sklearn import datasets

    blobs = functools.partial(datasets.make_blobs, random_state=3)
    three = datasets.make_blobs(1000, 2, centers=3, random_state=8)
    sets = {
        "blobs, 5 in 2": blobs(1000, 2, centers=5),
        "blobs, 10 in 10": blobs(2000, 10, centers=10),
        "blobs, 20 in 3": blobs(3000, 3, centers=20, cluster_std=0.7),
        "blobs, unlike sd": datasets.make_blobs(1000, 2, centers=3, cluster_std=[0.5, 1, 2.5], random_state=8),
        "blobs, unlike sizes": blobs([1000, 100, 50], 2, centers=[[0, 0], [7, 0], [0, 7]]),
        "blobs, drawn out": (three[0] @ [[0.6, -0.6], [-0.4, 0.8]], three[1]),
        "moons": datasets.make_moons(1000, noise=0.06, random_state=3),
        "circles": datasets.make_circles(1000, noise=0.05, factor=0.5, random_state=3),
        "classes, 4 in 8": datasets.make_classification(1500, 8, n_informative=6, n_redundant=2, n_classes=4,
                                                        n_clusters_per_class=1, class_sep=2, random_state=3),
    }
    for name, (x, y) in sets.items():
        yield Set("scikit-learn", name, x, numbered(y))


def natural_sets(build, work):
    """Those of bench/natural_sets.c: groups, and clouds that have none."""
    folder = os.path.join(work, "sets")
    os.makedirs(folder, exist_ok=True)
    subprocess.run([os.path.join(build, "bench", "bench_natural"), "draw", folder], check=True)
    for file in sorted(os.listdir(folder)):
        match = re.fullmatch(r"(.+)-(\d+)-(\d+)-(\d+)x(\d+)\.f64", file)
        if not match:
            continue
        name, number, k, rows, cols = match[1], *map(int, match.groups()[1:])
        x = np.fromfile(os.path.join(folder, file)).reshape(rows, cols)
        if k > 1 and x.size <= CELLS:
            y = np.fromfile(os.path.join(folder, file + ".i32"), np.int32).astype(np.int64) + 1
            yield Set(f"groups, {name[0]} sd", f"{name} {number}", x, y)
        elif k == 1 and number < CLOUDS and not name.startswith(("thin", "noisy", "points")):
            yield Set("clouds", f"{name} {number}", x, np.ones(rows, int))


def clustbench_sets():
    """Columns as they are, as those had them whose scores are published."""
    there = os.path.isdir(CLUSTBENCH)
    if not there:
        print("ClustBench's sets but iris, wine and wdbc are left out: no $TESELA_TEST_DATA/clustering-data-v1")
        for name, file in SAME.items():
            yield Set("ClustBench", name, *read_shipped(file))
        return
    for battery in BATTERIES:
        folder = os.path.join(CLUSTBENCH, battery)
        files = sorted(os.listdir(folder))
        for file in files:
            name = file.removesuffix(".data.gz")
            if name == file or name in LARGE:
                continue
            labels = [f for f in files if re.fullmatch(re.escape(name) + r"\.labels\d+\.gz", f)]
            truths = [np.loadtxt(os.path.join(folder, f), dtype=np.int64) for f in labels]
            yield Set("ClustBench", f"{battery}/{name}", np.loadtxt(os.path.join(folder, file), ndmin=2), *truths)


def read_sets(families, build, work):
    makers = {"real": real_sets, "scikit-learn": drawn_sets, "clustbench": clustbench_sets}
    for family, make in makers.items():
        if family in families:
            yield from make()
    if {"groups", "clouds"} & set(families):
        for one in natural_sets(build, work):
            if one.family.split(",")[0] in families:
                yield one
