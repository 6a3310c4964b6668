"""Clusters against the classes of public sets: docs/methods/clusters-compared.md.

    quality.py BUILD WORK [FAMILY...]     families: real, scikit-learn, groups, clouds, clustbench (all of them)

Writes WORK/quality.csv, quality.txt, quality.png. Exits 1 where an index of `tesela evaluate` is not scikit-learn's.
"""

import csv
import multiprocessing
import os
import resource
import sys
import time
import warnings

import numpy as np

from cluster_methods import GIVEN, OWN, Tesela, methods_of
from clustered_sets import read_sets

FAMILIES = ("real", "scikit-learn", "groups", "clouds", "clustbench")
PUBLISHED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clustbench.csv")
COLUMNS = ("family", "set", "rows", "columns", "k", "method", "found", "ari", "ami", "seconds")
SAME = 1e-9  # of an index, ours and scikit-learn's
EVEN = 0.01  # of the adjusted Rand index: neither has won
SILHOUETTE_ROWS = 5000

# ---- Measuring --------------------------------------------------------------


def score(labels, truth):
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    told = truth > 0  # noise is left out
    return adjusted_rand_score(truth[told], labels[told]), adjusted_mutual_info_score(truth[told], labels[told])


def processor_seconds():
    """Of this process and of those that it has waited for: other programs on the machine are no matter."""
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def measure_set(one, tesela):
    """A row a method; of several truths the one that is met best. Clouds have no groups to be met."""
    given, own = methods_of(tesela)
    rows = []

    def add(method, fits, seconds):
        best = max(((*score(labels, truth), k, found) for labels, found, truths in fits for truth, k in truths),
                   key=lambda row: row[0])
        ari, ami = best[:2] if one.family != "clouds" else (np.nan, np.nan)
        rows.append((one.family, one.name, *one.x.shape, best[2], method, best[3], ari, ami, seconds))

    pairs = list(zip(one.truths, one.ks))
    for method, cluster in given.items() if one.family != "clouds" else ():
        begin = processor_seconds()
        fits = [(*cluster(one.x, k), [p for p in pairs if p[1] == k]) for k in sorted(set(one.ks))]
        add(method, fits, (processor_seconds() - begin) / len(fits))
    for method, cluster in own.items():
        begin = processor_seconds()
        fit = cluster(one.x)
        add(method, [(*fit, pairs)], processor_seconds() - begin)
    return rows


def check_indices(one, tesela):
    """How far the program's indices of a labelling are from scikit-learn's at most, relative to those over 1."""
    from sklearn import metrics

    truth, labels = one.truths[0], tesela.cluster(one.x, "--k", str(max(2, one.ks[0])))[0]
    ours = tesela.evaluate(one.x, labels, truth)
    inside, outside = ours["internal"], ours["external"]
    pairs = [
        (outside["adjusted_rand"], metrics.adjusted_rand_score(truth, labels)),
        (outside["adjusted_mutual_information"], metrics.adjusted_mutual_info_score(truth, labels)),
        (inside["calinski_harabasz"], metrics.calinski_harabasz_score(one.x, labels)),
        (inside["davies_bouldin"], metrics.davies_bouldin_score(one.x, labels)),
    ]
    if len(one.x) <= SILHOUETTE_ROWS:
        pairs.append((inside["silhouette"], metrics.silhouette_score(one.x, labels)))
    return max(abs(a - b) / max(1, abs(b)) for a, b in pairs)


_sets, _places = [], []  # inherited by the workers


def measure_one(index):
    import sklearn.cluster, sklearn.metrics, sklearn.mixture  # loading them is no method's time

    warnings.filterwarnings("ignore")  # a mixture that did not converge is measured as it is
    one, tesela = _sets[index], Tesela(_places[0], os.path.join(_places[1], f"worker-{os.getpid()}"))
    return index, measure_set(one, tesela), check_indices(one, tesela)


def measure_all():
    order = sorted(range(len(_sets)), key=lambda i: -_sets[i].x.size)  # the long ones first
    rows, apart = {}, 0.0
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for done, (index, measured, off) in enumerate(pool.imap_unordered(measure_one, order), 1):
            rows[index], apart = measured, max(apart, off)
            if sys.stderr.isatty():
                print(f"\r{done} of {len(order)} sets", end="", file=sys.stderr)
    return [dict(zip(COLUMNS, row)) for index in sorted(rows) for row in rows[index]], apart


# ---- The table --------------------------------------------------------------


def read_published(sets):
    """Scores of ClustBench's published labels, of the sets at hand, as rows of the table."""
    with open(PUBLISHED, encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(row for row in file if not row.startswith("#"))]
    return [
        {"family": "ClustBench", "set": line["set"], "method": "published " + line["method"], "k": int(line["k"]),
         "found": int(line["k"]), "ari": float(line["ari"]), "ami": float(line["ami"]), "seconds": np.nan}
        for line in lines
        if line["set"] in sets
    ]


class Report:
    """What was measured, by family, set and method; says it all to a file and to standard output."""

    def __init__(self, rows, path):
        self.rows, self.path = rows, path
        self.families = list(dict.fromkeys(row["family"] for row in rows))
        self.by = {(row["family"], row["set"], row["method"]): row for row in rows}

    def sets(self, family):
        return list(dict.fromkeys(row["set"] for row in self.rows if row["family"] == family))

    def methods(self, family):
        return list(dict.fromkeys(row["method"] for row in self.rows if row["family"] == family))

    def values(self, family, method, what):
        return np.array([self.by[family, s, method][what] for s in self.sets(family) if (family, s, method) in self.by])

    def say(self, *lines):
        for line in lines:
            print(line)
            print(line, file=self.file)

    def write(self):
        with open(self.path, "w", encoding="utf-8") as self.file:
            for family in self.families:
                self.say_family(family)
            for family in self.families:
                if family != "clouds" and not family.startswith("groups"):
                    self.say_sets(family)

    def say_family(self, family):
        sets = self.sets(family)
        self.say("", f"{family}: {len(sets)} sets", f"{'':28}{'ARI':>8}{'median':>8}{'AMI':>8}{'right k':>9}{'tesela':>8}"
                 f"{'even':>6}{'other':>7}{'seconds':>9}")
        for method in self.methods(family):
            ari, ami, found, k, seconds = (self.values(family, method, what) for what in ("ari", "ami", "found", "k", "seconds"))
            right = "-" if method in GIVEN or method.startswith("published") else f"{(found == k).sum()}"
            self.say(f"{method:28}{ari.mean():8.3f}{np.median(ari):8.3f}{ami.mean():8.3f}{right:>9}"
                     f"{self.said_to_win(family, method)}{seconds.sum():9.1f}")

    def said_to_win(self, family, method):
        """On how many sets the program is better than a method, as good, worse: with k where that has it, else without."""
        given = method in GIVEN or method.startswith("published")
        ours = GIVEN[0] if given else OWN[1]
        if method in (GIVEN[0], *OWN[:2]) or family == "clouds":
            return f"{'-':>8}{'-':>6}{'-':>7}"
        pairs = [(self.by[family, s, ours]["ari"], self.by[family, s, method]["ari"]) for s in self.sets(family)
                 if (family, s, method) in self.by]
        won, lost = sum(a > b + EVEN for a, b in pairs), sum(b > a + EVEN for a, b in pairs)
        return f"{won:8}{len(pairs) - won - lost:6}{lost:7}"

    def say_sets(self, family):
        methods = self.methods(family)
        given = [m for m in methods if m not in OWN]
        short = {"Gaussian mixture": "mixture", "tesela, natural k": "natural", "k-means, silhouette": "k-means",
                 "Gaussian mixture, BIC": "mixture", "published Gaussian mixture": "mixture"}
        heads = [short.get(m, m.removeprefix("published ")) for m in given], [short.get(m, m) for m in OWN]
        marks = ["published" if m.startswith("published") else "k given" for m in given]
        self.say("", f"{family + ': ARI':24}{'':11}{'':4}" + "".join(f"{m:>11}" for m in marks) +
                 "".join(f"{'k found':>16}" for _ in OWN),
                 f"{'':24}{'rows':>7}{'':4}{'k':>3} " + "".join(f"{h:>11}" for h in heads[0]) +
                 "".join(f"{h:>16}" for h in heads[1]))
        for s in self.sets(family):
            first = self.by[family, s, OWN[0]]
            cells = [f"{self.by[family, s, m]['ari']:11.3f}" if (family, s, m) in self.by else f"{'-':>11}" for m in given]
            cells += [f"{self.by[family, s, m]['ari']:9.3f} ({self.by[family, s, m]['found']:4d})" for m in OWN]
            self.say(f"{s:24}{first['rows']:7}{'':4}{self.by[family, s, GIVEN[0]]['k']:3} " + "".join(cells))


def main():
    if len(sys.argv) < 3 or not all(f in FAMILIES for f in sys.argv[3:]):
        sys.exit(__doc__)
    build, work = map(os.path.abspath, sys.argv[1:3])
    begin = time.perf_counter()
    _sets.extend(read_sets(sys.argv[3:] or FAMILIES, build, work))
    _places.extend([build, work])
    rows, apart = measure_all()
    rows += read_published({one.name for one in _sets if one.family == "ClustBench"})
    with open(os.path.join(work, "quality.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    report = Report(rows, os.path.join(work, "quality.txt"))
    report.write()
    from quality_picture import draw

    draw(report, os.path.join(work, "quality.png"))
    print(f"\nindices of tesela evaluate and scikit-learn: at most {apart:.1e} apart")
    print(f"{work}/quality.csv, quality.txt, quality.png; {time.perf_counter() - begin:.0f} s")
    sys.exit(0 if apart <= SAME else 1)


if __name__ == "__main__":
    main()
