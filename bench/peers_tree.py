"""bench_tree beside scikit-learn's exact tree on the same columns and clusters, in turn.

    python3 bench/peers_tree.py ROWS COLS K [LEAVES [ROUNDS]]

scikit-learn's DecisionTreeClassifier imitates the clusters' labels, on one
thread, as it always does; bench_tree is run on one thread, too. Medians.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier

BENCH = os.path.join(os.path.dirname(__file__), "..", "build", "bench", "bench_tree")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    rows, cols = int(sys.argv[1]), int(sys.argv[2])
    leaves = sys.argv[4] if len(sys.argv) > 4 else "16"
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data")
        for _ in range(rounds):
            command = [BENCH, *sys.argv[1:4], leaves, "1", "1", path]
            print("$", *command[:-1])
            text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            print(text, end="")
            ours.append(float(text.split("tree ")[1].split(" ")[0]))
            x = np.fromfile(path, dtype=np.float64, count=rows * cols).reshape(rows, cols).astype(np.float32)
            y = np.fromfile(path, dtype=np.int32, offset=rows * cols * 8)
            start = time.perf_counter()
            tree = DecisionTreeClassifier(max_leaf_nodes=int(leaves), random_state=1).fit(x, y)
            theirs.append(time.perf_counter() - start)
            print(f"scikit-learn {sklearn.__version__}: agreement {tree.score(x, y):.4f}, {theirs[-1]:.2f} s", flush=True)
    print(f"medians of {rounds}: {statistics.median(ours):.2f} s, scikit-learn {statistics.median(theirs):.2f} s")


if __name__ == "__main__":
    main()
