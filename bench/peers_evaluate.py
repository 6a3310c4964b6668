"""scikit-learn's indices on the data of bench_evaluate, for ratios taken in the same session.

    bench_evaluate data ROWS COLS K FOLDER
    python3 bench/peers_evaluate.py FOLDER COLS [SILHOUETTE_ROWS]

The silhouette is that of a sample against itself, which is what there is.
"""

import sys
import time

import numpy as np
import sklearn
from sklearn import metrics


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder, cols = sys.argv[1], int(sys.argv[2])
    sample = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
    x = np.fromfile(f"{folder}/x.f64", dtype=np.float64).reshape(-1, cols)
    label = np.fromfile(f"{folder}/label.i32", dtype=np.int32)
    truth = np.fromfile(f"{folder}/truth.i32", dtype=np.int32)
    print(f"scikit-learn {sklearn.__version__}")
    indices = {
        "silhouette": lambda: metrics.silhouette_score(x, label, sample_size=min(sample, len(x)), random_state=1),
        "Calinski-Harabasz": lambda: metrics.calinski_harabasz_score(x, label),
        "Davies-Bouldin": lambda: metrics.davies_bouldin_score(x, label),
        "ARI": lambda: metrics.adjusted_rand_score(truth, label),
        "AMI": lambda: metrics.adjusted_mutual_info_score(truth, label),
        "NMI": lambda: metrics.normalized_mutual_info_score(truth, label),
        "V": lambda: metrics.v_measure_score(truth, label),
        "Fowlkes-Mallows": lambda: metrics.fowlkes_mallows_score(truth, label),
    }
    for name, get in indices.items():
        begin = time.perf_counter()
        value = get()
        print(f"{name} {time.perf_counter() - begin:.3f} s, {value:.9f}", flush=True)


if __name__ == "__main__":
    main()
