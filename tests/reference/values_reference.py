"""values.csv of `tesela value` again, slowly, by worth_reference.py: what a model says of each history, and its likelihood
of them all.

    values_reference.py VALUES.csv VALUES.json

By the parameters that VALUES.json has; each figure to 1e-9 of itself. Exits 1 where one differs.
"""

import json
import sys

import numpy as np
import pandas as pd

import worth_reference as worth

FIGURES = ("p_alive", "p_no_purchase", "expected_purchases", "discounted_purchases", "dert")
NEVER = 39.0  # what is discounted by e to the minus this is nothing


def main():
    rows = pd.read_csv(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        summary = json.load(file)
    of = summary["valuation"]
    kind = of["chosen"]
    model = summary["models"][kind]
    p = list(model["parameters"].values())
    own = worth.foretell(kind, p, rows, of["horizon"], float(of["horizon"]), of["discount"])
    rate = np.log1p(of["discount"]) / 365.25
    known = rows.x.notna().to_numpy()
    dert = np.full(len(rows), np.nan)
    dert[known] = worth.expect(kind, p, rows.x[known].to_numpy(float), rows["T"][known].to_numpy(float), NEVER / rate, rate)
    own = [*own, dert if kind == "nbd" else dert * own[0]]
    bad = 0
    for name, figures in zip(FIGURES, own):
        theirs = rows[name].to_numpy(float)
        off = ~((np.isnan(figures) & np.isnan(theirs)) | (np.abs(figures - theirs) <= 1e-9 * np.abs(figures)))
        bad += off.sum()
        for i in np.flatnonzero(off)[:3]:
            print(f"{name}, row {i + 1}: {theirs[i]!r}, not {figures[i]!r}; {off.sum()} differ")
    weight = rows.weight if "weight" in rows else 1.0
    each = worth.likelihood(kind, p, *(rows[c][known].to_numpy(float) for c in ("x", "t_x", "T")))
    total = float((each * (weight[known] if "weight" in rows else 1.0)).sum())
    if abs(total - model["log_likelihood"]) > 1e-10 * abs(total):
        print(f"log-likelihood: {model['log_likelihood']!r}, not {total!r}")
        bad += 1
    print(f"{kind}: {len(FIGURES)} figures of {len(rows)} histories, and {total:.6f}: {bad} differ")
    sys.exit(1 if bad or not len(rows) else 0)


main()
