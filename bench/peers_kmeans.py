"""scikit-learn on the data of bench_kmeans, for ratios taken in the same session.

    bench_kmeans data ROWS COLS FILE
    python3 bench/peers_kmeans.py sweep FILE ROWS COLS [K_MIN K_MAX RESTARTS]
    python3 bench/peers_kmeans.py iterate FILE ROWS COLS K [ITERATIONS]

The rows are given as float32, with which scikit-learn is fastest. The sweep is
that of bench_kmeans: every k, so many starts each, and the silhouette of each
k on 10,000 rows.
"""

import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score


def sweep(x, k_min=2, k_max=12, restarts=10):
    start = time.perf_counter()
    fits = silhouettes = 0.0
    for k in range(k_min, k_max + 1):
        begin = time.perf_counter()
        model = KMeans(k, n_init=restarts, random_state=1).fit(x)
        fitted = time.perf_counter()
        silhouette = silhouette_score(x, model.labels_, sample_size=min(10000, len(x)), random_state=1)
        fits += fitted - begin
        silhouettes += time.perf_counter() - fitted
        inertia = sum(
            np.square(x[model.labels_ == c].astype(float) - x[model.labels_ == c].mean(axis=0, dtype=float)).sum()
            for c in range(k)
        )
        print(f"k {k:2d}  inertia {inertia:.3f}  silhouette {silhouette:.4f}  iterations {model.n_iter_}", flush=True)
    print(f"seconds {time.perf_counter() - start:.2f}: fit {fits:.2f}, silhouettes {silhouettes:.2f}")


def iterate(x, k, iterations=20):
    seeds = x[np.random.default_rng(1).choice(len(x), k, replace=False)]
    times = []
    for count in (1, 1 + iterations):
        start = time.perf_counter()
        model = KMeans(k, init=seeds, n_init=1, max_iter=count, tol=0, algorithm="lloyd").fit(x)
        times.append((time.perf_counter() - start, model.n_iter_))
    (short, few), (long, many) = times
    print(f"{x.shape[0]} x {x.shape[1]}, k = {k}: {1e3 * (long - short) / (many - few):.2f} ms an iteration, "
          f"mean of {many - few}")


def main():
    if len(sys.argv) < 5 or sys.argv[1] not in ("sweep", "iterate"):
        sys.exit(__doc__)
    rows, cols = int(sys.argv[3]), int(sys.argv[4])
    x = np.fromfile(sys.argv[2], dtype=np.float64).reshape(rows, cols).astype(np.float32)
    print(f"scikit-learn {sklearn.__version__}")
    {"sweep": sweep, "iterate": iterate}[sys.argv[1]](x, *map(int, sys.argv[5:]))


if __name__ == "__main__":
    main()
