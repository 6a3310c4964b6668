"""The classes of rules.yaml and of the bundled sets, and each customer's action, again by pandas: the conditions written
out from docs/methods/rules.md, with three truth values; the table of actions as it stands in docs/methods/strategies.md.

    rules_reference.py FEATURES.h5 SEGMENTS.csv STRATEGIES.md

Exits 1 where one customer differs.
"""

import re
import sys

import h5py
import numpy as np
import pandas as pd

YES, NO, UNKNOWN = 1, 0, -1


def read_features(path):
    with h5py.File(path) as f:
        names = [n.decode() if isinstance(n, bytes) else n for n in f["var/name"][()]] if "var/name" in f else None
        index = f["var"].attrs.get("_index", "_index")
        names = names or [n.decode() if isinstance(n, bytes) else n for n in f["var"][index][()]]
        ids = [i.decode() if isinstance(i, bytes) else i for i in f["obs"][f["obs"].attrs["_index"]][()]]
        return pd.DataFrame(f["X"][()], index=ids, columns=names)


class Truth:
    """A truth a customer, of which some are not known."""

    def __init__(self, holds, known=True):
        self.state = np.where(np.broadcast_to(known, len(holds)), np.where(holds, YES, NO), UNKNOWN)

    @classmethod
    def of(cls, state):
        made = cls.__new__(cls)
        made.state = state
        return made

    def __and__(self, other):
        a, b = self.state, other.state
        return Truth.of(np.where((a == NO) | (b == NO), NO, np.where((a == YES) & (b == YES), YES, UNKNOWN)))

    def __or__(self, other):
        a, b = self.state, other.state
        return Truth.of(np.where((a == YES) | (b == YES), YES, np.where((a == NO) & (b == NO), NO, UNKNOWN)))

    def __invert__(self):
        return Truth.of(np.where(self.state == UNKNOWN, UNKNOWN, 1 - self.state))


def figure(x, name):
    """To 15 significant digits, as numbers are compared; missing where there is no such feature."""
    if name not in x:
        return np.full(len(x), np.nan)
    value, of = np.unique(x[name].to_numpy(float), return_inverse=True)
    return np.array([float(f"{one:.15g}") for one in value])[of]


def make_sets(x, s):
    def test(name, how, limit):
        v = figure(x, name)
        return Truth(getattr(np, how)(v, limit), ~np.isnan(v))

    def above(name, limit):
        return test(name, "greater", limit)

    def least(name, limit):
        return test(name, "greater_equal", limit)

    def most(name, limit):
        return test(name, "less_equal", limit)

    def equal(name, limit):
        return test(name, "equal", limit)

    def filled(name, value):
        return np.where(np.isnan(figure(x, name)), value, figure(x, name))

    tier, stage = s.tier.to_numpy(), s.lifecycle.to_numpy()
    value = s.value.to_numpy(float)
    worth = Truth(value > 1000, ~np.isnan(value))
    often = [above("orders_per_month", 1), most("recency_days", 60), least("frequency_90d", 2)]
    key = [Truth(np.isin(tier, ["vip", "gold"])), Truth(stage != "lost", stage != ""), equal("m_score", 5)]
    recency = figure(x, "recency_days")
    old = [above("tenure_days", 300), above("recency_days", 0)]
    loyal = [above("frequency_365d", 10), least("satisfaction_mean", 4.5)]
    best = [equal("m_score", 5), equal("f_score", 5), least("r_score", 4)]
    return {
        "pace": [
            ("often", often),
            ("steady", [test("gap_mean_days", "less", 45), ~above("gap_sd_days", 30)]),
            ("once", [equal("frequency", 1)]),
        ],
        "worth": [
            ("key", key),
            ("rising", [above("monetary_trend", 0.5) | (worth & Truth(~np.isnan(recency)))]),
            ("back", [least("return_share", 0.25) | Truth(value <= 0, ~np.isnan(value))]),
        ],
        "since": [("old", old), ("seen", [Truth(filled("tenure_days", -1) >= 0)])],
        "loyalty": [
            ("long_term_loyal", loyal),
            ("loyal", [least("frequency_365d", 4), Truth(filled("satisfaction_mean", 3) >= 3)]),
            ("general", [least("frequency_365d", 1)]),
            ("lost", [equal("frequency_365d", 0), least("frequency", 1)]),
        ],
        "account": [
            ("key", best),
            ("strategic", [least("m_score", 4), least("r_score", 4), above("monetary_trend", 0)]),
            ("premium", [least("m_score", 4), least("r_score", 3), Truth(filled("return_share", 0) <= 0.05)]),
        ],
    }


def find_classes(classes, n):
    """The first that holds; "unknown" where none does and one is not known."""
    out = np.full(n, "", dtype=object)
    decided, open_ = np.zeros(n, bool), np.zeros(n, bool)
    for code, conditions in classes:
        whole = conditions[0]
        for condition in conditions[1:]:
            whole = whole & condition
        out = np.where(~decided & (whole.state == YES), code, out)
        decided |= whole.state == YES
        open_ |= whole.state == UNKNOWN
    return np.where(~decided & open_, "unknown", out)


def count_unmet(cell):
    return 0 if cell == "" else len(re.split(r"; (?=\S)", cell))


def read_table(page):
    """{(tier, stage): action} and {action: (en, zh)} from the page."""
    tiers, actions, texts = [], {}, {}
    for line in open(page, encoding="utf-8"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if line.startswith("| stage |"):
            tiers = [c.split(": ")[1] for c in cells[1:]]
        elif tiers and line.startswith("| `") and len(cells) == 6:
            stage = cells[0].strip("`")
            actions.update({(t, stage): c.strip("`") for t, c in zip(tiers, cells[1:])})
        elif tiers and line.startswith("| not known"):
            actions.update({(t, ""): c.strip("`") for t, c in zip(tiers, cells[1:])})
        elif line.startswith("| `") and len(cells) == 3:
            texts[cells[0].strip("`")] = (cells[1], cells[2])
    return actions, texts


def main():
    features, segments, page = sys.argv[1:]
    x = read_features(features)
    s = pd.read_csv(segments, dtype=str, keep_default_na=False).set_index("customer_id")
    s.index = s.index.str.lstrip("'")
    s["value"] = pd.to_numeric(s.value)
    x = x.loc[s.index]
    failed = 0
    for name, classes in make_sets(x, s).items():
        want = find_classes(classes, len(s))
        wrong = want != s[name].to_numpy()
        unmet = sum((c.state != YES).astype(int) for c in classes[0][1])
        wrong_unmet = unmet != s[name + "_unmet"].map(count_unmet).to_numpy()
        known = sum((c.state == UNKNOWN).astype(int) for c in classes[0][1])
        wrong_unmet |= known != s[name + "_unmet"].str.count(r" \(unknown\)").to_numpy()
        print(f"{name}: {dict(pd.Series(want).value_counts())}")
        for i in np.flatnonzero(wrong | wrong_unmet)[:5]:
            print(f"  {s.index[i]}: {s[name].iloc[i]!r}, not {want[i]!r}; {s[name + '_unmet'].iloc[i]!r}")
        failed += int(wrong.sum() + wrong_unmet.sum())
    actions, texts = read_table(page)
    known = figure(x, "lines") > 0  # of potential ones: returns alone, or lines without an amount
    stage = np.where((s.lifecycle == "potential") & known, "", s.lifecycle)
    want = [actions[key] for key in zip(s.tier, stage)]
    wrong = np.array(want) != s.action.to_numpy()
    wrong |= np.array([texts[a][0] for a in want]) != s.action_text.to_numpy()
    print(f"actions: {int((~wrong).sum())} of {len(s)}, {len(set(want))} different")
    sys.exit(1 if failed or wrong.any() or len(actions) < 35 or not len(s) else 0)


if __name__ == "__main__":
    main()
