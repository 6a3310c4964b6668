"""The measures and the rule of bench/useful on cases that are counted by hand."""

import math
import os
import sys

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench", "useful"))
from anchored_reference import Anchored, Basis, drop_anchors, lloyd, round_between
from usefulness import adjusted_rand, area_under_curve, codes, distinct, least_jaccard, over, told

failures = 0


def expect(what, seen, expected):
    global failures
    if not np.allclose(seen, expected, rtol=1e-12, atol=1e-12):
        failures += 1
        print(f"{what}: {seen}, expected {expected}")


def check_measures():
    # Pairs together in both 1, in rows 2, in columns 1, of 6: (1 - 2/6) / (3/2 - 2/6).
    expect("adjusted Rand", adjusted_rand([0, 0, 1, 1], [0, 0, 1, 2]), 4 / 7)
    expect("adjusted Rand of other names", adjusted_rand(["a", "b", "b"], [2, 1, 1]), 1)
    expect("adjusted Rand, crossed", adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]), -0.5)
    expect("Jaccard", least_jaccard([0, 0, 0, 1], [0, 0, 1, 1]), [2 / 3, 1 / 2])
    expect("P(a > b)", over(np.array([1.0, 2.0]), np.array([1.0, 0.0])), 3.5 / 4)
    expect("AUC", area_under_curve(np.array([3.0, 1, 2, 1]), np.array([True, True, False, False])), 2.5 / 4)

    # Half A: a 0 2, b 4; half B: a 2, b 6 6. From A: a -> 1, b -> 4; from B: a -> 2, b -> 6.
    labels = np.array(["a", "a", "b", "a", "b", "b"])
    spend = np.array([0.0, 2, 4, 2, 6, 6])
    bought = np.array([0.0, 1, 1, 0, 1, 1])
    half = np.array([True, True, True, False, False, False])
    from_a = 1 - (1 + 4 + 4) / (2 * (4 / 3) ** 2 + (8 / 3) ** 2)
    from_b = 1 - (4 + 0 + 4) / 8
    eta, auc = told(labels, spend, bought, [half])
    expect("eta²", eta, (from_a + from_b) / 2)
    # From A: rates a 1/2, b 1 on bought 0 1 1: 1. From B: a 0, b 1 on 0 1 1 with scores 0 0 1: (½ + 1) / 2.
    expect("AUC of the segments", auc, (1 + 0.75) / 2)

    # Recency parts them wholly, frequency not at all, spend by P = 1/8: two of three differ.
    customers = {"recency_days": np.array([1.0, 1, 9, 9]), "frequency": np.ones(4),
                 "monetary_total": np.array([1.0, 2, 2, 3])}
    expect("distinct", distinct(customers, np.array([0, 0, 1, 1])), 2)
    expect("codes", codes(["b", "a", "b"])[0], [1, 0, 1])


def customers(days, recency, spend, gap):
    days = np.array(days, float)
    spend = np.broadcast_to(np.array(spend, float), days.shape)
    return {"purchase_days": days, "frequency": days, "recency_days": np.array(recency, float), "monetary_total": spend,
            "monetary_mean": spend / days, "gap_p90": np.where(days > 1, np.array(gap, float), np.nan)}


def check_rule():
    # Nobody bought twice: not apart, G 90, a constant column.
    model = Anchored(customers([1] * 100, range(100), range(1, 101), np.nan))
    expect("not apart", model.parts.apart, False)
    expect("gap of nobody", model.parts.gap, 90)
    expect("constant column", model.basis.apply(customers([1, 2], [3, 4], [5, 6], 1))[:, 1], 0)

    # 50 others and 50 one-timers, 6 of them recent: apart, parted; lapsed are 44 % and stand over 40 %.
    days = [1] * 50 + [2] * 50
    recency = [30] * 6 + [31] * 44 + list(range(1, 51))
    spend = [1] * 6 + list(range(44)) + list(range(1, 51))
    features = customers(days, recency, spend, [30] * 100)
    model = Anchored(features)
    expect("apart", model.parts.apart, True)
    expect("gap", model.parts.gap, 30)
    names, sizes = np.unique(model.apply(features).astype(str), return_counts=True)
    parts = dict(zip(names, sizes))
    expect("recent", parts["Once, recent"], 6)
    expect("lapsed, larger", parts["Once, lapsed, larger"], 22)
    expect("lapsed, smaller", parts["Once, lapsed, smaller"], 22)

    # Half of the one-timers are no 40 % of all.
    features = customers(days, [30] * 25 + [31] * 25 + list(range(1, 51)), spend, [30] * 100)
    expect("no large part", len(Anchored(features).parts.cuts), 0)

    # 49 others: together. And where one part would hold under 5 %: one part, over 40 %, parted by spend.
    expect("49 others", Anchored(customers([1] * 50 + [2] * 49, range(99), range(1, 100), 5)).parts.apart, False)
    model = Anchored(customers(days, [30] * 4 + [31] * 46 + list(range(1, 51)), spend, [30] * 100))
    expect("not by recency", model.parts.by_recency, False)
    # Six of them spend 1, so that spend has two levels: every cut tried.
    unit = np.median(spend[:50])
    u = np.log1p(np.sort(spend[:50]) / unit)
    left = [i * u[:i].var() + (50 - i) * u[i:].var() for i in range(1, 50)]
    i = 1 + int(np.argmin(left))
    expect("two levels", min(left) <= 0.25 * 50 * u.var(), True)
    low, high = np.sort(spend[:50])[i - 1 : i + 1]
    expect("neighbours", (low, high), (14, 15))
    expect("cut of all one-timers", model.parts.cuts["Once"], 14)
    expect("round", [round_between(*pair) for pair in ((310.97, 539.99), (14, 15), (1.25, 1.29))], [400, 14, 1.27])

    # The smallest place goes while it holds under 2 % of the population, and never below one.
    anchors = [("a", 0.0, 0, 0), ("b", 10.0, 0, 0), ("c", 20.0, 0, 0)]
    x = np.array([[0.0, 0, 0]] * 97 + [[11.0, 0, 0]] * 2 + [[20.0, 0, 0]])
    expect("dropped", [a[1] for a in drop_anchors(x, anchors, 100)], [0, 10])
    expect("one stays", len(drop_anchors(x[:97], anchors, 100)), 1)

    # Each anchor counts as half of the four rows: (0 + 2 + 2 * 0) / 4 and (10 + 12 + 2 * 12) / 4.
    centres, _ = lloyd(np.array([[0.0], [2], [10], [12]]), np.array([[0.0], [12]]))
    expect("centres", centres[:, 0], [0.5, 11.5])

    basis = Basis(customers([1, 1, 3], [0, 1, 2], [2, 4, -6], 1))
    expect("unit", basis.unit, 2)
    expect("columns", basis.columns(customers([3], [2], [4], 1)), [[math.log(3), math.log(4), math.log(3)]])
    expect("a return", basis.columns(customers([3], [2], [-4], 1))[0, 2], 0)


def check_hold():
    features = customers([1] * 50 + [2] * 60, range(110), range(1, 111), 20)
    model = Anchored(features)
    plain = model.apply(features)
    rest = features["purchase_days"] > 1
    kept = model.apply(features, np.full(110, model.names[0], object))
    distance = np.sqrt(((model.basis.apply(features)[:, None] - model.centres) ** 2).sum(axis=2))
    stays = distance[:, 0] <= 1.5 * distance.min(axis=1)
    expect("some are held", (stays & rest & (plain != model.names[0])).any(), True)
    expect("held", (kept == np.where(stays & rest, model.names[0], plain)).all(), True)


check_measures()
check_rule()
check_hold()
sys.exit(1 if failures else 0)
