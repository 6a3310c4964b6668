"""compare_reference.py COMPARISON.json MOVERS.csv RUN_A RUN_B [TREATED CONTROL]: what tesela compare told, computed again
from the files of both runs: matrices, the flow of value in exact decimals, movers, the stability index, effects."""

import csv
import json
import math
import sys
from decimal import Decimal

import anndata
import numpy

KINDS = {"segments": "segment_code", "tiers": "tier", "lifecycle": "lifecycle"}


def read(run):
    with open(f"{run}/segments.csv", encoding="utf-8", newline="") as file:
        return {row["customer_id"]: row for row in csv.DictReader(file)}


def total(rows):
    return sum((Decimal(row["value"]) for row in rows if row["value"]), Decimal(0))


def check_matrix(part, kind, then, now):
    cells = {(c["then"], c["now"]): c for c in part["matrix"]}
    pairs = {}
    for customer in then.keys() | now.keys():
        a = then[customer][kind] if customer in then else None
        b = now[customer][kind] if customer in now else None
        pairs.setdefault((a, b), []).append(customer)
    assert pairs.keys() == cells.keys(), kind
    for (a, b), customers in pairs.items():
        cell = cells[a, b]
        row = sum(len(c) for (x, _), c in pairs.items() if x == a)
        assert cell["customers"] == len(customers)
        assert math.isclose(cell["share"], len(customers) / row)
        assert Decimal(str(cell["value_then"])) == total(then[c] for c in customers if c in then), (kind, a, b)
        assert Decimal(str(cell["value_now"])) == total(now[c] for c in customers if c in now), (kind, a, b)
    both = then.keys() & now.keys()
    assert part["stayed"] == sum(then[c][kind] == now[c][kind] for c in both)
    assert part["moved"] == len(both) - part["stayed"]


def check_flow(group, kind, then, now):
    code = group["code"]
    was = {c for c in then if then[c][kind] == code}
    is_now = {c for c in now if now[c][kind] == code}
    parts = {
        "value_then": total(then[c] for c in was),
        "value_now": total(now[c] for c in is_now),
        "value_grown": total(now[c] for c in was & is_now) - total(then[c] for c in was & is_now),
        "value_came": total(now[c] for c in is_now - was if c in then),
        "value_left": total(then[c] for c in was - is_now if c in now),
        "value_new": total(now[c] for c in is_now if c not in then),
        "value_vanished": total(then[c] for c in was if c not in now),
    }
    for key, value in parts.items():
        assert Decimal(str(group[key])) == value, (kind, code, key, group[key], value)
    assert (
        parts["value_now"]
        == parts["value_then"] + parts["value_grown"] + parts["value_came"] - parts["value_left"]
        + parts["value_new"] - parts["value_vanished"]
    )
    assert (group["size_then"], group["size_now"]) == (len(was), len(is_now))


def check_movers(path, then, now):
    with open(path, encoding="utf-8", newline="") as file:
        movers = list(csv.DictReader(file))
    expected = {c: "vanished" for c in then if c not in now} | {c: "new" for c in now if c not in then}
    for customer in then.keys() & now.keys():
        if any(then[customer][k] != now[customer][k] for k in KINDS.values()):
            expected[customer] = "moved"
    assert {m["customer_id"]: m["change"] for m in movers} == expected
    assert [m["customer_id"] for m in movers] == sorted(expected)
    order = ["vip", "gold", "silver", "bronze", "normal"]
    for m in movers:
        a, b = then.get(m["customer_id"]), now.get(m["customer_id"])
        for side, row in (("then", a), ("now", b)):
            for column in ("segment_code", "tier", "lifecycle"):
                assert m[f"{column}_{side}"] == (row[column] if row else "")
            assert not row or not row["value"] or Decimal(m[f"value_{side}"]) == Decimal(row["value"])
        assert m["reason"] == (b["reason"] if b else "")
        if a and b and a["tier"] != b["tier"]:
            assert m["tier_change"] == ("up" if order.index(b["tier"]) < order.index(a["tier"]) else "down")
        else:
            assert m["tier_change"] == ""


def psi(cuts, then, now):
    """By the bins of the first run's recipe, and one more of those without a value."""

    def shares(x):
        known = x[~numpy.isnan(x)]
        bins = numpy.bincount(numpy.searchsorted(cuts, known, side="left"), minlength=len(cuts) + 1)
        return numpy.append(bins, len(x) - len(known)) / len(x)

    e, a = shares(then), shares(now)
    there = (e > 0) | (a > 0)
    e = numpy.maximum(e, max(1e-4, 0.5 / len(then)))[there]
    a = numpy.maximum(a, max(1e-4, 0.5 / len(now)))[there]
    return float(((a - e) * numpy.log(a / e)).sum())


def check_features(comparison, run_a, run_b):
    a, b = anndata.read_h5ad(f"{run_a}/features.h5"), anndata.read_h5ad(f"{run_b}/features.h5")
    recipe = a.uns["tesela"]["recipe"]
    checked = 0
    for feature in comparison["features"]:
        i, j = list(a.var_names).index(feature["name"]), list(b.var_names).index(feature["name"])
        bins = int(recipe["features"]["bins"][i])
        x = a.X[:, i]
        if bins < 2 or numpy.nanmin(x) == numpy.nanmax(x):
            continue
        expected = psi(recipe["bin_cuts"][i][: bins - 1], x, b.X[:, j])
        assert math.isclose(feature["psi"], expected, rel_tol=1e-9, abs_tol=1e-12), (feature, expected)
        checked += 1
    assert checked > 15


def check_changes(comparison, run_a, run_b, then, now):
    """Shifts by mid-ranks among the customers of both runs, and medians, of each cell that somebody moved through."""
    a, b = anndata.read_h5ad(f"{run_a}/features.h5"), anndata.read_h5ad(f"{run_b}/features.h5")
    at_a, at_b = {c: i for i, c in enumerate(a.obs_names)}, {c: i for i, c in enumerate(b.obs_names)}
    checked = 0
    for part, kind in KINDS.items():
        for cell in comparison[part]["matrix"]:
            assert cell["changed"] or cell["then"] in (None, cell["now"]) or cell["now"] is None
            assert [c["shift"] for c in cell["changed"]] == sorted((c["shift"] for c in cell["changed"]), reverse=True)
            movers = [c for c in then.keys() & now.keys() if (then[c][kind], now[c][kind]) == (cell["then"], cell["now"])]
            for changed in cell["changed"]:
                x = a[:, changed["feature"]].X[:, 0]
                y = b[:, changed["feature"]].X[:, 0]
                pool = numpy.concatenate([x, y])
                pool = numpy.sort(pool[~numpy.isnan(pool)])
                before = numpy.array([x[at_a[c]] for c in movers])
                after = numpy.array([y[at_b[c]] for c in movers])

                def rank(v):
                    return (numpy.searchsorted(pool, v, "left") + numpy.searchsorted(pool, v, "right")) / 2

                shift = numpy.abs(rank(after) - rank(before)) / len(pool)
                shift[numpy.isnan(before) != numpy.isnan(after)] = 1
                shift[numpy.isnan(before) & numpy.isnan(after)] = 0
                assert math.isclose(changed["shift"], shift.mean(), rel_tol=1e-9), (cell, changed)
                for key, values in (("median_then", before), ("median_now", after)):
                    known = values[~numpy.isnan(values)]
                    assert changed[key] is None if not len(known) else math.isclose(changed[key], numpy.median(known))
                checked += 1
    assert checked > 30


def find(effects, measure):
    return next(e for e in effects["of"] if e["measure"] == measure and e["by"] is None)


def check_effects(effects, run_a, run_b, then, now, treated, control):
    from scipy import stats

    arms = [{line.strip() for line in open(path, encoding="utf-8")} for path in (treated, control)]
    arms = [sorted((ids - arms[1 - i]) & then.keys() & now.keys()) for i, ids in enumerate(arms)]
    churn = find(effects, "churn")
    change = []
    for name, ids in zip(("treated", "control"), arms):
        before = sum(then[c]["lifecycle"] == "lost" for c in ids) / len(ids)
        after = sum(now[c]["lifecycle"] == "lost" for c in ids) / len(ids)
        assert churn[name]["customers"] == len(ids)
        assert math.isclose(churn[name]["before"], before) and math.isclose(churn[name]["after"], after)
        change.append(after - before)
    assert math.isclose(churn["difference"], change[0] - change[1], abs_tol=1e-12)
    assert churn["low"] <= churn["difference"] <= churn["high"]

    a, b = anndata.read_h5ad(f"{run_a}/features.h5"), anndata.read_h5ad(f"{run_b}/features.h5")
    total_a, window = a[:, "frequency"].X[:, 0], a[:, "frequency_90d"].X[:, 0]
    total_b = b[:, "frequency"].X[:, 0]
    at_a, at_b = {c: i for i, c in enumerate(a.obs_names)}, {c: i for i, c in enumerate(b.obs_names)}
    moved = [
        [(total_b[at_b[c]] - total_a[at_a[c]]) * 30 / effects["days"] - window[at_a[c]] * 30 / 90 for c in ids]
        for ids in arms
    ]
    welch = stats.ttest_ind(*moved, equal_var=False)
    interval = welch.confidence_interval()
    of = find(effects, "frequency")
    assert math.isclose(of["difference"], numpy.mean(moved[0]) - numpy.mean(moved[1]), rel_tol=1e-9)
    assert math.isclose(of["p"], welch.pvalue, rel_tol=1e-7)
    assert math.isclose(of["low"], interval.low, rel_tol=1e-7) and math.isclose(of["high"], interval.high, rel_tol=1e-7)
    ordered = sorted(e["p"] for e in effects["of"] if e["p"] is not None)
    assert len(ordered) == effects["looked_at"]
    most = 0
    for i, p in enumerate(ordered):
        most = max(most, min(1, (len(ordered) - i) * p))
        assert any(e["p"] == p and math.isclose(e["p_adjusted"], most) for e in effects["of"])


def main(document, movers, run_a, run_b, *arms):
    comparison = json.load(open(document, encoding="utf-8"))
    then, now = read(run_a), read(run_b)
    assert comparison["customers"]["both"] == len(then.keys() & now.keys())
    assert comparison["customers"]["new"] == len(now.keys() - then.keys())
    for part, kind in KINDS.items():
        check_matrix(comparison[part], kind, then, now)
        for group in comparison[part]["groups"]:
            check_flow(group, kind, then, now)
    assert Decimal(str(comparison["flow"]["value_then"])) == total(then.values())
    assert Decimal(str(comparison["flow"]["value_now"])) == total(now.values())
    check_movers(movers, then, now)
    check_features(comparison, run_a, run_b)
    check_changes(comparison, run_a, run_b, then, now)
    if arms:
        check_effects(comparison["effects"], run_a, run_b, then, now, *arms)


main(*sys.argv[1:])
