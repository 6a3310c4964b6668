"""bench_tree beside scikit-learn's exact tree on the same columns and clusters, in turn.

    python3 bench/peers_tree.py ROWS COLS K [LEAVES [ROUNDS]]
    python3 bench/peers_tree.py large [ROUNDS]

scikit-learn's DecisionTreeClassifier imitates the clusters' labels, on one
thread, as it always does; bench_tree is run on one thread, too. large:
scikit-learn has a tenth of the rows of `bench_tree large`. Medians, by the clock
and in seconds of processors.
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


def run(*arguments):
    """What bench_tree prints; seconds of its tree by the clock and of processors."""
    print("$ bench_tree", *arguments)
    text = subprocess.run([BENCH, *arguments], check=True, capture_output=True, text=True).stdout
    print(text, end="", flush=True)
    wall, busy = text.split("tree ")[-1].split(" s (")
    return float(wall), float(busy.split(" ")[0])


def imitate(path, rows, cols, leaves):
    """The same of scikit-learn's tree."""
    x = np.fromfile(path, dtype=np.float64, count=rows * cols).reshape(rows, cols).astype(np.float32)
    y = np.fromfile(path, dtype=np.int32, offset=rows * cols * 8)
    wall, busy = time.perf_counter(), time.process_time()
    tree = DecisionTreeClassifier(max_leaf_nodes=leaves, random_state=1).fit(x, y)
    took = time.perf_counter() - wall, time.process_time() - busy
    print(f"scikit-learn {sklearn.__version__}: {rows} rows, agreement {tree.score(x, y):.4f}, "
          f"{took[0]:.2f} s ({took[1]:.2f} s of processors)", flush=True)
    return took


def median(took):
    wall, busy = (statistics.median(one) for one in zip(*took))
    return f"{wall:.2f} s ({busy:.2f} s of processors)"


def main():
    large = len(sys.argv) > 1 and sys.argv[1] == "large"
    if len(sys.argv) < 4 and not large:
        sys.exit(__doc__)
    rows, cols, k = ("1000000", "30", "8") if large else sys.argv[1:4]
    more = sys.argv[2:] if large else sys.argv[5:]
    leaves = "16" if large or len(sys.argv) < 5 else sys.argv[4]
    rounds = int(more[0]) if more else 3
    ours, theirs, tenfold = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data")
        for _ in range(rounds):
            ours.append(run(rows, cols, k, leaves, "1", "1", path))
            theirs.append(imitate(path, int(rows), int(cols), int(leaves)))
            if large:
                tenfold.append(run("large", "1"))
    print(f"medians of {rounds}: {median(ours)}, scikit-learn {median(theirs)}")
    if large:
        print(f"ten times the rows: {median(tenfold)}")


if __name__ == "__main__":
    main()
