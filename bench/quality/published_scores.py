"""Makes clustbench.csv: scores of the labels that ClustBench publishes, against its reference labels.

    published_scores.py DATA RESULTS > clustbench.csv

DATA and RESULTS: copies of github.com/gagolews/clustering-data-v1 (1.1.0) and clustering-results-v1. Of several reference
labellings the one that is met best; noise (0) is left out.
"""

import csv
import gzip
import os
import sys

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

METHODS = (
    ("k-means", "sklearn_kmeans", "sklearn_kmeans"),
    ("Gaussian mixture", "sklearn_gm", "sklearn_gm"),
    ("Ward", "fastcluster_ward", "fastcluster_ward"),
    ("Genie 0.3", "Genie", "Genie_G0.3"),
    ("HDBSCAN 4", "fcps_nonproj", "FCPS_HDBSCAN_4"),
    ("HDBSCAN 8", "fcps_nonproj", "FCPS_HDBSCAN_8"),
)
LARGE = ("birch1", "birch2", "worms_2", "worms_64")
BATTERIES = ("fcps", "graves", "other", "sipu", "uci", "wut")
HEAD = """\
# ARI and AMI of the labels published by M. Gagolewski, github.com/gagolews/clustering-results-v1 (original/, commit a3a0d92),
# against the reference labels of A Benchmark Suite for Clustering Algorithms 1.1.0, doi:10.5281/zenodo.7088171; by published_scores.py.
"""


def read_results(path, column):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return np.array([int(row[column]) for row in rows]) if column in rows[0] else None


def score(truths, folder, name, column):
    """The best ARI, its AMI and k; None where no labels of a truth's k are published."""
    scores = []
    for truth in truths:
        told = truth > 0
        k = len(np.unique(truth[told]))
        path = os.path.join(folder, f"{name}.result{k}.gz")
        labels = read_results(path, column) if os.path.exists(path) else None
        if labels is not None:
            pair = truth[told], labels[told]
            scores.append((adjusted_rand_score(*pair), adjusted_mutual_info_score(*pair), k))
    return max(scores, default=None, key=lambda s: s[0])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data, results = sys.argv[1:]
    sys.stdout.write(HEAD)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["set", "method", "k", "ari", "ami"])
    for battery in BATTERIES:
        files = sorted(os.listdir(os.path.join(data, battery)))
        for name in (f.removesuffix(".data.gz") for f in files if f.endswith(".data.gz")):
            truths = [np.loadtxt(os.path.join(data, battery, f), dtype=np.int64) for f in files if f.startswith(name + ".labels")]
            for method, folder, column in METHODS if name not in LARGE else ():
                best = score(truths, os.path.join(results, "original", folder, battery), name, column)
                if best:
                    writer.writerow([f"{battery}/{name}", method, best[2], f"{best[0]:.4f}", f"{best[1]:.4f}"])


if __name__ == "__main__":
    main()
