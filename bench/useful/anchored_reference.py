"""k-means with anchors, slowly, by numpy: the rule that the program follows, once more and independently.

    anchored_reference.py FEATURES.h5

prints what is fitted to the customers of a features file, as JSON: a test compares the program's model with it.

The rule. *Population*: the customers with a purchase; whoever has none is Potential, and counts in no share, median or
quantile below. All quantiles are of type 7 (Hyndman & Fan 1996), a median is the quantile of one half.

1. *One-timers* have one purchase day. G is the median, over the customers with a gap, of the 90 % quantile of their own
   gaps (days between consecutive purchase days); 90 where nobody has one. One-timers stand apart where they are >= 5 % of
   the population and >= 50 others remain. They are parted into recent (recency_days <= G) and lapsed if both hold >= 5 %
   of the population. A part over 40 % of the population is parted once more at the median of its monetary_total (larger:
   over it), if both hold >= 5 %.
2. *Basis*, fitted on the rest (on everybody, where one-timers do not stand apart): R = ln(1 + recency_days),
   F = ln(1 + frequency), U = ln(1 + max(0, monetary_total) / a), a being the median of monetary_mean; clamped at the
   quantiles .001 and .999; z with the population sd. A column with one value after clamping is 0 for every row.
3. *Anchors* are typical places in z. An anchor's place is the rows that are nearest to it (ties: the first). While the
   smallest place holds < 2 % of the population and more than one anchor is left, that anchor is dropped (ties: the
   first), and all rows are placed again.
4. *Lloyd* from the anchors, minimising sum |x - c(x)|^2 + p sum |c - a|^2 with p = rows / anchors left: a row goes to its
   nearest centre (ties: the first), a centre is (sum of its rows + p anchor) / (rows + p); until no row moves.

Applied to other customers everything stays: whether one-timers stand apart, G, the cuts of the parts, a, the clamps, mean
and sd, the centres.
"""

import dataclasses
import decimal
import json
import sys

import numpy as np

APART = (
    ("Champions", -1.2, 1.4, 1.2),
    ("Active, smaller", -1.1, 0.0, 0.0),
    ("Good, gone quiet", 0.4, 0.3, 0.4),
    ("Small, gone quiet", 0.7, -1.0, -1.2),
)
TOGETHER = (
    ("Champions", -1.1, 1.5, 1.25),
    ("Loyal", -0.75, 0.75, 0.65),
    ("Active, smaller", -0.8, -0.5, -0.5),
    ("Good, gone quiet", 0.5, 0.0, 0.35),
    ("Small, gone quiet", 0.8, -1.2, -1.3),
)
LEAST_APART, LEAST_OTHERS, LARGE_PART, LEAST_PLACE = 0.05, 50, 0.40, 0.02
LEVELS_TOLD = 0.75  # of the variance of log spend: what two halves of an even spread tell
CLAMP = 0.001
USUAL_GAP = 90.0
HOLD = 1.5


@dataclasses.dataclass(frozen=True)
class Rule:
    """The rule, as far as trials change it (place_trials.py)."""

    places: tuple = APART  # where one-timers stand apart
    weight: object = 1.0  # of a place, in average segments; also a column each, or a function of the rows a place
    large: float = LARGE_PART
    # A large part is cut in two by 2-means of its log spend, where that tells at least such a share of the variance; else
    # at the median.
    told: float = LEVELS_TOLD


def places(value):
    """Digits after the point."""
    exponent = decimal.Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent)


def round_between(low, high):
    """The middle of two amounts in the fewest digits that leave it in the middle half between them."""
    middle, quarter = (low + high) / 2, (high - low) / 4
    for digits in range(1, 18):
        text = f"{middle:.{digits - 1}e}"
        if digits - 1 - int(text.split("e")[1]) > max(places(low), places(high)):
            break
        if abs(float(text) - middle) <= quarter and low <= float(text) < high:
            return float(text)
    return low


def cut_in_two(spend):
    """Between which amounts 2-means of ln(1 + spend / median) cuts, exactly, and the share of the variance that the two
    parts tell."""
    unit = np.median(spend)
    x = np.sort(np.log1p(np.maximum(spend, 0) / unit))
    n, low = len(x), np.arange(1, len(x))
    sums = np.cumsum(x)
    between = low * (n - low) / n * ((sums[-1] - sums[:-1]) / (n - low) - sums[:-1] / low) ** 2
    between[x[1:] == x[:-1]] = -1
    best = between.argmax()
    spend = np.sort(spend)
    return round_between(spend[best], spend[best + 1]), between[best] / ((x - x.mean()) ** 2).sum()


def nearest(x, centres):
    """The index of each row's nearest centre, and all squared distances."""
    distances = ((x[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return distances.argmin(axis=1), distances


class Parts:
    """The one-timers' segments: recent and lapsed, and the larger and smaller of a part that is large."""

    def __init__(self, features, once, rule=Rule()):
        population = len(once)
        least = LEAST_APART * population
        recent = features["recency_days"] <= self.fit_gap(features)
        self.apart = once.sum() >= least and population - once.sum() >= LEAST_OTHERS
        self.by_recency = (once & recent).sum() >= least and (once & ~recent).sum() >= least
        self.cuts = {}
        spend = features["monetary_total"]
        for name, part in self.parts(recent):
            part &= once
            if part.sum() > rule.large * population:
                between, told = cut_in_two(spend[part]) if rule.told < np.inf else (0, 0)
                cut = between if told >= rule.told else np.median(spend[part])
                larger = (spend[part] > cut).sum()
                if min(larger, part.sum() - larger) >= least:
                    self.cuts[name] = float(cut)

    def fit_gap(self, features):
        gaps = features["gap_p90"][~np.isnan(features["gap_p90"])]
        self.gap = float(np.median(gaps)) if len(gaps) else USUAL_GAP
        return self.gap

    def parts(self, recent):
        if self.by_recency:
            return [("Once, recent", recent.copy()), ("Once, lapsed", ~recent)]
        return [("Once", np.ones(len(recent), bool))]

    def apply(self, features):
        """The part of each customer, were he a one-timer."""
        names = np.empty(len(features["recency_days"]), object)
        for name, part in self.parts(features["recency_days"] <= self.gap):
            names[part] = name
            if name in self.cuts:
                larger = features["monetary_total"] > self.cuts[name]
                names[part & larger] = name + ", larger"
                names[part & ~larger] = name + ", smaller"
        return names


class Basis:
    """R, F, U as fitted: a, clamps, mean, sd."""

    def __init__(self, features):
        self.unit = float(np.median(features["monetary_mean"]))
        x = self.columns(features)
        self.low, self.high = np.quantile(x, [CLAMP, 1 - CLAMP], axis=0)
        x = np.clip(x, self.low, self.high)
        self.mean, self.sd = x.mean(axis=0), x.std(axis=0)
        constant = self.low == self.high  # the rounding of a sum gives such a column an sd over 0
        self.mean[constant], self.sd[constant] = self.low[constant], 1

    def columns(self, features):
        return np.column_stack(
            [
                np.log1p(features["recency_days"]),
                np.log1p(features["frequency"]),
                np.log1p(np.maximum(features["monetary_total"], 0) / self.unit),
            ]
        )

    def apply(self, features):
        return (np.clip(self.columns(features), self.low, self.high) - self.mean) / self.sd


def drop_anchors(x, anchors, population):
    anchors = list(anchors)
    while True:
        label, _ = nearest(x, np.array([a[1:] for a in anchors]))
        place = np.bincount(label, minlength=len(anchors))
        if len(anchors) <= 1 or place.min() >= LEAST_PLACE * population:
            return anchors
        del anchors[place.argmin()]


def lloyd(x, anchors, weight=1.0):
    rows_a_place = len(x) / len(anchors)
    pull = rows_a_place * np.asarray(weight(rows_a_place) if callable(weight) else weight)
    centres, before = anchors.copy(), None
    for iteration in range(1000):
        label, _ = nearest(x, centres)
        if before is not None and (label == before).all():
            break
        sums = np.array([x[label == c].sum(axis=0) for c in range(len(anchors))])
        rows = np.bincount(label, minlength=len(anchors))[:, None]
        centres, before = (sums + pull * anchors) / (rows + pull), label
    return centres, iteration


class Anchored:
    """The model: fit once, apply to whom you like. `features` maps names to arrays over customers with a purchase."""

    def __init__(self, features, rule=Rule()):
        once = features["purchase_days"] == 1
        self.parts = Parts(features, once, rule)
        rest = {n: v[~once] for n, v in features.items()} if self.parts.apart else features
        self.basis = Basis(rest)
        x = self.basis.apply(rest)
        anchors = drop_anchors(x, rule.places if self.parts.apart else TOGETHER, len(once))
        self.names = np.array([a[0] for a in anchors], object)
        self.centres, self.iterations = lloyd(x, np.array([a[1:] for a in anchors]), rule.weight)

    def apply(self, features, previous=None):
        """Names of segments. With those of the run before (None: not there then) a customer keeps his, unless its centre is
        over HOLD times as far as the nearest; one who is a one-timer, or was, goes where the rule puts him."""
        label, distances = nearest(self.basis.apply(features), self.centres)
        if previous is not None:
            for c, name in enumerate(self.names):
                keeps = (previous == name) & (distances[:, c] <= HOLD**2 * distances.min(axis=1))
                label[keeps] = c
        names = self.names[label]
        if self.parts.apart:
            once = features["purchase_days"] == 1
            names[once] = self.parts.apply(features)[once]
        return names

    def describe(self, features):
        names, sizes = np.unique(self.apply(features).astype(str), return_counts=True)
        return {
            "customers": len(features["purchase_days"]),
            "one_timers": int((features["purchase_days"] == 1).sum()),
            "one_timers_apart": bool(self.parts.apart),
            "recent_and_lapsed": bool(self.parts.apart and self.parts.by_recency),
            "gap": self.parts.gap,
            "larger_over": self.parts.cuts if self.parts.apart else {},
            "unit": self.basis.unit,
            "low": self.basis.low.tolist(),
            "high": self.basis.high.tolist(),
            "mean": self.basis.mean.tolist(),
            "sd": self.basis.sd.tolist(),
            "anchors": self.names.tolist(),
            "centres": self.centres.tolist(),
            "iterations": self.iterations,
            "sizes": dict(zip(names.tolist(), sizes.tolist())),
        }


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    from order_tables import read_features

    _, features = read_features(sys.argv[1])
    json.dump(Anchored(features).describe(features), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
