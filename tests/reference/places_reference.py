"""Who is set apart, what clusters are found by, and the clusters that places draw, slowly, from docs/methods/basis.md and
anchors.md."""

import math

import numpy as np

APART = {"CHAMP": (-1.2, 1.4, 1.2), "ACTIVE_SMALL": (-1.1, 0, 0), "GOOD_QUIET": (0.4, 0.3, 0.4), "SMALL_QUIET": (0.7, -1, -1.2)}
TOGETHER = {"CHAMP": (-1.1, 1.5, 1.25), "LOYAL": (-0.75, 0.75, 0.65), "ACTIVE_SMALL": (-0.8, -0.5, -0.5),
            "GOOD_QUIET": (0.5, 0, 0.35), "SMALL_QUIET": (0.8, -1.2, -1.3)}


# ---- Who is set apart: (code, purchase days, recency over, recency up to, total over, total up to) -----------------


def brief_middle(low, high):
    """Between two amounts, in the fewest digits that leave it in the middle half of their gap."""
    middle, quarter = (low + high) / 2, (high - low) / 4
    for digits in range(1, 18):
        short = float(f"{middle:.{digits - 1}e}")
        if abs(short - middle) <= quarter:
            return short
    return middle


def total_cut(total):
    """Between two levels of spend, where there are two; else the median."""
    median = np.median(total)
    y = np.sort(total)
    v = np.log1p(np.maximum(0, y) / median)
    n, best, at = len(v), 0, 0
    all_squares = ((v - v.mean()) ** 2).sum()
    sums = np.cumsum(v)
    for i in range(1, n):
        if v[i] > v[i - 1]:
            between = i * (n - i) / n * (sums[i - 1] / i - (sums[-1] - sums[i - 1]) / (n - i)) ** 2
            if between > best:
                best, at = between, i
    return brief_middle(y[at - 1], y[at]) if all_squares > 0 and best >= 0.75 * all_squares else median


def part_by_total(code, days, over, up_to, total, buyers):
    if len(total) <= 0.4 * buyers:
        return [(code, days, over, up_to, -math.inf, math.inf)]
    cut = total_cut(total)
    larger = (total > cut).sum()
    if min(larger, len(total) - larger) < 0.05 * buyers:
        return [(code, days, over, up_to, -math.inf, math.inf)]
    return [(code + "_LARGER", days, over, up_to, cut, math.inf), (code + "_SMALLER", days, over, up_to, -math.inf, cut)]


def find_classes(x, past):
    buyers = (x.frequency > 0).sum()
    once = x[x.purchase_days == 1]
    gap = round(float(past.gap_p90[past.x > 0].median()), 3) if (past.x > 0).any() else 90.0
    classes = []
    if len(once) >= 0.05 * buyers and buyers - len(once) >= 50:
        recent, lapsed = once[once.recency_days <= gap], once[once.recency_days > gap]
        if min(len(recent), len(lapsed)) >= 0.05 * buyers:
            parts = [("ONCE_RECENT", -math.inf, gap, recent), ("ONCE_LAPSED", gap, math.inf, lapsed)]
        else:
            parts = [("ONCE", -math.inf, math.inf, once)]
        for code, over, up_to, who in parts:
            classes += part_by_total(code, 1.0, over, up_to, who.monetary_total.to_numpy(), buyers)
    return classes + [("POTENTIAL", 0.0, -math.inf, math.inf, -math.inf, math.inf)], gap


def put_apart(classes, x):
    """Index of each customer's class; -1: he is in none."""
    out = np.full(len(x), -1)
    for i, (_, days, over, up_to, more, most) in enumerate(classes):
        is_in = x.purchase_days == days
        if days > 0:
            is_in &= (x.recency_days > over) & (x.recency_days <= up_to) & (x.monetary_total > more) & (x.monetary_total <= most)
        out[is_in.to_numpy()] = i
    return out


# ---- Recency, frequency, spend ---------------------------------------------------------------------------------------


def logs(x, unit):
    return np.stack([np.log1p(x.recency_days), np.log1p(x.frequency), np.log1p(np.maximum(0, x.monetary_total) / unit)], axis=1)


def fit_core(x):
    """Unit of amounts, and low, high, mean and deviation of the three, of those who are not set apart."""
    unit = x.monetary_mean.median()
    v = logs(x, unit)
    low, high = np.quantile(v, [0.001, 0.999], axis=0)
    v = np.clip(v, low, high)
    return unit, low, high, v.mean(axis=0), v.std(axis=0)


def core(x, unit, low, high, mean, deviation):
    return (np.clip(logs(x, unit), low, high) - mean) / deviation


# ---- Clusters --------------------------------------------------------------------------------------------------------


def nearest(v, centres):
    return np.sqrt(((v[:, None, :] - centres[None]) ** 2).sum(axis=2))


def drop_small(v, places, buyers):
    """Places by which lie too few, the smallest first; one remains."""
    codes = list(places)
    while len(codes) > 1:
        sizes = np.bincount(nearest(v, np.array([places[c] for c in codes])).argmin(axis=1), minlength=len(codes))
        if sizes.min() >= max(10, 0.02 * buyers):
            break
        del codes[sizes.argmin()]
    return codes


def draw(v, places):
    """Lloyd's steps from the places, each of which counts as an average cluster's worth of rows."""
    centres, weight, label = places.astype(float), len(v) / len(places), None
    while True:
        now = nearest(v, centres).argmin(axis=1)
        if label is not None and (now == label).all():
            return centres
        label = now
        for j in range(len(places)):
            own = v[label == j]
            centres[j] = (own.sum(axis=0) + weight * places[j]) / (len(own) + weight)
