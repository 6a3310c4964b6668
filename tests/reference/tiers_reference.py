"""Value tiers again, slowly, from docs/methods/tiers.md and score.md alone.

    tiers_reference.py SEGMENTS.csv SUMMARY.json METHOD ARGUMENTS...

METHOD is quantile or revenue with shares, cuts with cuts (100, ">100"), breaks with a number, of the column `value`;
or score with FEATURES.h5, PART=WEIGHT:FEATURE=WEIGHT,... and shares after `--`, of the customers; or hold with the
SEGMENTS.csv before, margin, grace, step and cuts. Compares every customer's tier (and points, and evaluations below).
Exits 1 where one differs.
"""

import csv
import json
import math
import sys

import numpy as np


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(rows, name):
    return np.array([float(r[name]) if r[name] else math.nan for r in rows])


def by_shares(values, shares, of):
    """Walks down from the top until the share is reached; who is worth the same as the last one comes along."""
    best = sorted((v for v in values if v > 0), reverse=True)
    revenue, tiers, share = sum(best), [len(shares)] * len(values), 0.0
    least, seen = [], 0
    for s in shares:
        share += s
        if of == "customers":
            count = min(math.ceil(share * len(values) - 1e-9), len(best))
        else:
            count, total = 0, 0.0
            while count < len(best) and total < share * revenue * (1 - 1e-12):
                total += best[count]
                count += 1
        least.append(best[count - 1] if s > 0 and count else (least[-1] if least else math.inf))
    for i, v in enumerate(values):
        for t in range(len(shares) - 1, -1, -1):
            if v > 0 and v >= least[t]:
                tiers[i] = t
    return tiers


def by_cuts(values, cuts):
    def is_in(v, cut):
        return v > float(cut[1:]) if cut.startswith(">") else v >= float(cut)

    return [next((t for t, cut in enumerate(cuts) if v > 0 and is_in(v, cut)), len(cuts)) for v in values]


def by_breaks(values, count):
    """Each begin of the last class, for each end of it, for each number of classes."""
    x = np.unique(values[values > 0])
    weight = np.array([np.count_nonzero(values == v) for v in x], dtype=float)
    y = np.log(x) - np.log(x).mean()
    w, s, q = (np.concatenate([[0], np.cumsum(c)]) for c in (weight, weight * y, weight * y * y))

    def spread(j, i):
        return q[i] - q[j] - (s[i] - s[j]) ** 2 / (w[i] - w[j])

    n = len(x)
    cost = np.array([0] + [spread(0, i) for i in range(1, n + 1)])
    begins = []
    for c in range(1, count):
        best, begin = np.full(n + 1, np.inf), np.zeros(n + 1, int)
        for i in range(c + 1, n + 1):
            j = np.arange(c, i)
            each = cost[j] + spread(j, i)
            begin[i] = j[each.argmin()]
            best[i] = each.min()
        cost = best
        begins.append(begin)
    least, end = [], n
    for begin in reversed(begins):
        end = begin[end]
        least.append(x[end])
    return by_cuts(values, [repr(float(v)) for v in least])


PERCENTS = np.arange(101)


def points(knots, x, less):
    """Of the 101 percentiles the middle one of those that are x, else a line between two."""
    first, behind = np.searchsorted(knots, x, side="left"), np.searchsorted(knots, x, side="right")
    place = (first + behind - 1) / 2 if behind > first else float(np.interp(x, knots, PERCENTS))
    return 100 - place if less else place


def find_points(knots, values, less):
    """Of each value; NaN of what is missing."""
    of = {x: points(knots, x, less) for x in np.unique(values[~np.isnan(values)])}
    return np.array([of.get(x, math.nan) for x in values])


LESS = {"recency_days", "gap_mean_days", "gap_sd_days", "return_share", "complaints", "last_interaction_days"}


def by_score(rows, features, parts, shares):
    import h5py

    with h5py.File(features) as f:
        names = [n.decode() if isinstance(n, bytes) else n for n in f["var"][f["var"].attrs["_index"]][:]]
        x = f["X"][:]
    total, weights, own = np.zeros(len(rows)), np.zeros(len(rows)), {}
    for part in parts:
        head, body = part.split(":")
        code, weight = head.split("=")
        sums, of = np.zeros(len(rows)), np.zeros(len(rows))
        for one in body.split(","):
            name, w = one.split("=")
            value = x[:, names.index(name)]
            known = value[~np.isnan(value)]
            p = find_points(np.percentile(known, PERCENTS), value, name in LESS or float(w) < 0)
            there = ~np.isnan(p)
            sums[there] += abs(float(w)) * p[there]
            of[there] += abs(float(w))
        mean = np.divide(sums, of, out=np.full(len(rows), math.nan), where=of > 0)
        differ("points of " + code, np.round(mean, 2), column(rows, "score_" + code), 0.011)
        there = ~np.isnan(mean)
        total[there] += float(weight) * mean[there]
        weights[there] += float(weight)
        own[code] = np.where(there, float(weight) * mean, 0)
    score = np.divide(total, weights, out=np.full(len(rows), math.nan), where=weights > 0)
    differ("score", np.round(score, 2), column(rows, "score"), 0.011)
    for code, of in own.items():
        there = np.divide(of, weights, out=np.full(len(rows), math.nan), where=weights > 0)
        differ("what " + code + " adds", there, column(rows, f"score_{code}_points"), 0.011)
    added = sum(np.nan_to_num(column(rows, f"score_{code}_points")) for code in own)
    differ("what all parts add", added, np.nan_to_num(column(rows, "score")), 1e-9)
    return by_shares(list(score), shares, "customers")


def held(rows, before, margin, grace, step, cuts, codes):
    then = {r["customer_id"]: (codes.index(r["tier"]), int(r.get("tier_below") or 0)) for r in before}
    natural, tiers, counts = by_cuts(column(rows, "value"), cuts), [], []
    for r, own in zip(rows, natural):
        had, below = then.get(r["customer_id"], (None, 0))
        value = float(r["value"] or "nan")
        if had is None or own <= had:
            tier, below = own, 0
        elif value > 0 and value >= float(cuts[had]) * (1 - margin):
            tier, below = had, 0
        elif below + 1 < grace:
            tier, below = had, below + 1
        else:
            tier, below = own if step == 0 else min(own, had + step), 0
        tiers.append(tier)
        counts.append(below)
    differ("evaluations below", np.array(counts), column(rows, "tier_below"), 0)
    return tiers


def differ(what, own, theirs, by):
    both = [(o, t) for o, t in zip(own, theirs)]
    wrong = [i for i, (o, t) in enumerate(both) if not (abs(o - t) <= by or (math.isnan(o) and math.isnan(t)))]
    if wrong:
        sys.exit(f"{what}: {len(wrong)} differ, such as row {wrong[0] + 1}: {own[wrong[0]]}, not {theirs[wrong[0]]}")


def main():
    rows, method, rest = read(sys.argv[1]), sys.argv[3], sys.argv[4:]
    with open(sys.argv[2], encoding="utf-8") as file:
        codes = [t["tier"] for t in json.load(file)["tiers"]]
    values = column(rows, "value")
    if method in ("quantile", "revenue"):
        own = by_shares(list(values), [float(s) for s in rest], "customers" if method == "quantile" else "value")
    elif method == "cuts":
        own = by_cuts(values, rest)
    elif method == "breaks":
        own = by_breaks(values, int(rest[0]))
    elif method == "score":
        at = rest.index("--")
        own = by_score(rows, rest[0], rest[1:at], [float(s) for s in rest[at + 1:]])
    else:
        own = held(rows, read(rest[0]), float(rest[1]), int(rest[2]), int(rest[3]), rest[4:], codes)
    differ("tier", np.array(own), np.array([codes.index(r["tier"]) for r in rows]), 0)
    print(f"{len(rows)} tiers by {method} agree: {[own.count(t) for t in range(len(codes))]}")


if __name__ == "__main__":
    main()
