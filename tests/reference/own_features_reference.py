"""The lines of own_features.yaml again, slowly, by pandas, from docs/methods/features.md alone.

    own_features_reference.py FEATURES.h5 LINES.csv.xz

Compares every one of them with its own figures, to 1e-9 (relative). Exits 1 where one differs.
"""

import sys

import h5py
import numpy as np
import pandas as pd


def read_lines(path):
    t = pd.read_csv(path, dtype=str, keep_default_na=False)
    quantity = t.Quantity.astype(np.int64)
    t = t[(t.CustomerID.str.strip() != "") & ((t.Country != "EIRE") | (quantity > 0))].copy()
    t["quantity"] = t.Quantity.astype(np.int64)
    t["price"] = t.UnitPrice.astype(float)
    t["amount"] = (t.quantity * t.price).round(4)
    t["time"] = pd.to_datetime(t.InvoiceDate)
    t["day"] = t.time.dt.normalize()
    net = t.groupby(["CustomerID", "InvoiceNo"]).amount.transform("sum").round(6)
    t["bought"] = net > 0
    return t


def months_back(day, as_of):
    last = as_of - pd.Timedelta(days=1)
    return (last.year * 12 + last.month) - (day.dt.year * 12 + day.dt.month)


def compute(t, ids):
    as_of = t.day.max() + pd.Timedelta(days=1)
    age = (as_of - t.day).dt.days
    by = "CustomerID"
    bought = t[t.bought]
    out = pd.DataFrame(index=ids)

    recent = bought[age[t.bought] <= 180]
    total = recent.groupby(by).amount.sum()
    part = recent[recent.Country == "United Kingdom"].groupby(by).amount.sum().reindex(total.index).fillna(0)
    out["uk_share_180d"] = part / total.where(total > 0)

    back = months_back(t.day, as_of)
    year = t[back < 12].assign(x=11 - back[back < 12])
    months = year.pivot_table(index=by, columns="x", values="amount", aggfunc="sum")
    months = months.reindex(index=ids, columns=range(12)).fillna(0).to_numpy()
    x = np.arange(12) - 5.5
    out["spend_slope_12m"] = months @ x / (x @ x)

    orders = bought.groupby([by, "InvoiceNo"]).agg(day=("day", "min"), hour=("time", lambda h: h.dt.hour.max()))
    days = orders.reset_index().drop_duplicates([by, "day"]).sort_values([by, "day"])
    gap = days.groupby(by).day.diff().dt.days.groupby(days[by])
    out["gap_middle_days"] = gap.median()
    out["gap_most_days"] = gap.max()

    out["price_sd"] = t[t.quantity > 0].groupby(by).price.std()
    out["price_min"] = bought.groupby(by).price.min()
    big = t[(t.quantity >= 10) & (t.StockCode != "POST") & (age > 90) & (age <= 180)]
    out["big_lines"] = big.groupby(by).size().reindex(ids).fillna(0)
    out["countries"] = t.groupby(by).Country.nunique()
    out["evening_orders"] = orders[orders.hour >= 17].groupby(by).size().reindex(ids).fillna(0)
    gifts = t[t.Description.str.lower().isin(["white metal lantern", "postage"])].groupby(by).size()
    known = (as_of - t.groupby(by).day.min()).dt.days
    out["gifts_rate"] = 30 * gifts.reindex(ids).fillna(0) / np.maximum(known.reindex(ids), 30)

    spent = bought[age[t.bought] <= 365].groupby([by, "StockCode"]).amount.sum().round(6)
    share = spent[spent > 0] / spent[spent > 0].groupby(by).transform("sum")
    out["entropy_products"] = (-share * np.log(share)).groupby(by).sum()

    of_order = bought.assign(pieces=bought.quantity.abs()).groupby([by, "InvoiceNo"]).agg(
        day=("day", "min"), pieces=("pieces", "sum")
    )
    back = months_back(of_order.day, as_of)
    out["pieces_mean"] = of_order[(back >= 3) & (back < 6)].groupby(by).pieces.mean()
    return out


def main():
    file = h5py.File(sys.argv[1])
    ids = [text.decode() for text in file["obs/customer_id"][:]]
    names = [text.decode() for text in file["var/name"][:]]
    seen = pd.DataFrame(file["X"][:], index=ids, columns=names)
    expected = compute(read_lines(sys.argv[2]), ids)
    wrong = 0
    for name in expected:
        a, b = seen[name].to_numpy(), expected[name].to_numpy(dtype=float)
        bad = ~((np.abs(a - b) <= 1e-9 * (1 + np.abs(b))) | (np.isnan(a) & np.isnan(b)))
        for i in np.flatnonzero(bad)[:3]:
            print(f"{name} of {ids[i]}: {a[i]!r}, not {b[i]!r}")
        wrong += bad.sum()
    print(f"{len(ids)} customers, {expected.shape[1]} features, {wrong} values differ")
    sys.exit(1 if wrong else 0)


main()
