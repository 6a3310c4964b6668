"""The feature catalogue again, slowly, by pandas, from docs/methods/features.md alone.

    features_reference.py FEATURES.h5 retail  LINES.csv.xz
    features_reference.py FEATURES.h5 adventureworks CUSTOMERS PRODUCTS SALES...

Compares every feature of FEATURES.h5 with its own figures: equal for counts and
money, to 1e-12 (relative) elsewhere. Exits 1 where one differs.
"""

import math
import sys

import h5py
import numpy as np
import pandas as pd


def read_retail(path):
    t = pd.read_csv(path, dtype=str, keep_default_na=False)
    t = t[t.CustomerID.str.strip() != ""]
    return pd.DataFrame(
        {
            "customer": t.CustomerID,
            "order": t.InvoiceNo,
            "time": pd.to_datetime(t.InvoiceDate),
            "amount": money_product(t.Quantity, t.UnitPrice),
            "quantity": t.Quantity.astype(np.int64),
            "product": t.StockCode,
        }
    ), None


def read_adventureworks(customers, products, *sales):
    products = pd.read_csv(products, dtype=str).set_index("ProductKey")
    t = pd.concat([pd.read_csv(path, dtype=str) for path in sales])
    price = t.ProductKey.map(products.ProductPrice)
    cost = t.ProductKey.map(products.ProductCost)
    t = pd.DataFrame(
        {
            "customer": t.CustomerKey,
            "order": t.OrderNumber,
            "time": pd.to_datetime(t.OrderDate, format="%m/%d/%Y"),
            "amount": money_product(t.OrderQuantity, price),
            "cost": money_product(t.OrderQuantity, cost),
            "quantity": t.OrderQuantity.astype(np.int64),
            "product": t.ProductKey,
            "category": t.ProductKey.map(products.ProductSubcategoryKey),
        }
    )
    return t, pd.read_csv(customers, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def money_product(quantity, price):
    """Exact product in integers of 1/10000."""

    def scaled(text):
        sign = -1 if text.startswith("-") else 1
        whole, _, part = text.lstrip("-").partition(".")
        return sign * (int(whole or 0) * 10000 + int((part + "0000")[:4]))

    return pd.Series([int(q) * scaled(p) for q, p in zip(quantity, price)], index=quantity.index, dtype=np.int64)


def reference(t, customers):
    t = t.assign(day=t.time.dt.normalize())
    as_of = t.day.max() + pd.Timedelta(days=1)
    ids = sorted(set(t.customer) | (set(customers.CustomerKey) if customers is not None else set()), key=str.encode)
    out = pd.DataFrame(index=ids)
    by = t.groupby("customer")
    out["lines"] = by.size()
    out["line_days"] = by.day.nunique()
    out["first_line_days"] = (as_of - by.day.min()).dt.days
    out["last_line_days"] = (as_of - by.day.max()).dt.days
    out["monetary_total"] = by.amount.sum() / 10000
    year = t[(as_of - t.day).dt.days <= 365].groupby("customer")
    out["monetary_365d"] = year.amount.sum() / 10000
    counts = ["lines", "line_days", "monetary_total", "monetary_365d"]
    if "cost" in t:
        margin = t.amount - t.cost
        out["margin_total"] = margin.groupby(t.customer).sum() / 10000
        recent = (as_of - t.day).dt.days <= 365
        out["margin_365d"] = margin[recent].groupby(t.customer[recent]).sum() / 10000
        counts += ["margin_total", "margin_365d"]
    sales = t.amount.clip(lower=0).groupby(t.customer).sum()
    returns = t.amount.clip(upper=0).groupby(t.customer).sum()
    out["return_share"] = (-returns / sales.where(sales > 0)).fillna(0)
    counts.append("return_share")

    # orders and purchases
    o = t.groupby(["customer", "order"]).agg(
        amount=("amount", "sum"), quantity=("quantity", "sum"), lines=("amount", "size"), time=("time", "min")
    )
    o = o[o.amount > 0].reset_index()
    o["day"] = o.time.dt.normalize()
    ob = o.groupby("customer")
    out["recency_days"] = (as_of - ob.day.max()).dt.days
    out["tenure_days"] = (as_of - ob.day.min()).dt.days
    out["frequency"] = ob.size()
    out["purchase_days"] = ob.day.nunique()
    out["units"] = ob.quantity.sum()
    out["lines_per_order"] = ob.lines.mean()
    out["monetary_mean"] = ob.amount.mean() / 10000
    out["monetary_max"] = ob.amount.max() / 10000
    out["weekend_share"] = (o.time.dt.dayofweek >= 5).groupby(o.customer).mean()
    if (t.time != t.day).any():
        timed = o[o.time != o.day]
        out["evening_share"] = (timed.time.dt.hour >= 18).groupby(timed.customer).mean()
        out["night_share"] = (timed.time.dt.hour < 6).groupby(timed.customer).mean()
    age = (as_of - o.day).dt.days
    out["frequency_90d"] = o[age <= 90].groupby("customer").size()
    out["frequency_prev_90d"] = o[(age > 90) & (age <= 180)].groupby("customer").size()
    counts += ["frequency", "purchase_days", "units", "frequency_90d", "frequency_prev_90d"]
    out[counts] = out[counts].fillna(0)
    out["frequency_trend"] = np.log((out.frequency_90d + 1) / (out.frequency_prev_90d + 1))
    out["orders_per_month"] = 30 * out.frequency / out.tenure_days.clip(lower=30).fillna(30)
    c = math.floor(o.amount.median())
    age = (as_of - t.day).dt.days
    last = t[age <= 90].groupby("customer").amount.sum().reindex(ids).fillna(0).clip(lower=0)
    before = t[(age > 90) & (age <= 180)].groupby("customer").amount.sum().reindex(ids).fillna(0).clip(lower=0)
    out["monetary_trend"] = np.log((last + c) / (before + c))

    # gaps between purchase days
    days = o[["customer", "day"]].drop_duplicates().sort_values(["customer", "day"])
    gap = days.groupby("customer").day.diff().dt.days.groupby(days.customer)
    out["gap_mean_days"] = gap.mean()
    out["gap_sd_days"] = gap.std(ddof=1)

    # lines of purchases
    pl = t.merge(o[["customer", "order"]], on=["customer", "order"])
    out["distinct_products"] = pl.groupby("customer")["product"].nunique()
    out["distinct_products"] = out.distinct_products.fillna(0)
    if "category" in t:
        amount = pl.groupby(["customer", "category"]).amount.sum()
        amount = amount[amount > 0]
        p = amount / amount.groupby("customer").transform("sum")
        out["category_entropy"] = (-p * np.log(p)).groupby("customer").sum()

    # scores
    buyers = out[out.frequency > 0]
    for name, column, best_low in (("r", "recency_days", True), ("f", "frequency", False), ("m", "monetary_total", False)):
        cuts = np.quantile(buyers[column], [0.2, 0.4, 0.6, 0.8])
        score = 1 + (buyers[column].to_numpy()[:, None] > cuts).sum(axis=1)
        out[f"{name}_score"] = pd.Series(6 - score if best_low else score, index=buyers.index)
    out["rfm_score"] = 100 * out.r_score + 10 * out.f_score + out.m_score

    if customers is not None:
        add_attributes(out, customers.set_index("CustomerKey").reindex(ids), as_of)
    return out


def add_attributes(out, c, as_of):
    """The customers columns as datasets/adventureworks/adventureworks.yaml declares them."""
    birth = pd.to_datetime(c.BirthDate, format="%m/%d/%Y")
    had = (birth.dt.month < as_of.month) | ((birth.dt.month == as_of.month) & (birth.dt.day <= as_of.day))
    out["age_years"] = as_of.year - birth.dt.year - (~had).astype(int)
    out["AnnualIncome"] = c.AnnualIncome.str.replace(r"[$, ]", "", regex=True).astype(float)
    out["TotalChildren"] = c.TotalChildren.astype(float)
    out["HomeOwner"] = c.HomeOwner.map({"Y": 1.0, "N": 0.0})
    levels = ["Partial High School", "High School", "Partial College", "Bachelors", "Graduate Degree"]
    out["EducationLevel"] = c.EducationLevel.str.strip().map({level: i + 1.0 for i, level in enumerate(levels)})
    for column in ("MaritalStatus", "Gender", "Occupation"):
        known = c[column].str.strip().replace({"NA": np.nan, "": np.nan})
        for value in known.dropna().unique():
            out[f"{column}={value}"] = (known == value).astype(float).where(known.notna())


def main():
    path, kind, *files = sys.argv[1:]
    t, customers = {"retail": read_retail, "adventureworks": read_adventureworks}[kind](*files)
    want = reference(t, customers)
    with h5py.File(path) as f:
        names = f["var"][f["var"].attrs["_index"]].asstr()[:]
        seen = pd.DataFrame(f["X"][:], columns=names, index=f["obs"][f["obs"].attrs["_index"]].asstr()[:])
    bad = 0
    if list(seen.index) != list(want.index):
        print(f"customers differ: {len(seen)} seen, {len(want)} expected")
        sys.exit(1)
    for name in sorted(set(seen.columns) | set(want.columns)):
        if name not in seen or name not in want:
            print(f"{name}: only in {'the file' if name in seen else 'the reference'}")
            bad += 1
            continue
        a, b = seen[name].to_numpy(float), want[name].to_numpy(float)
        off = np.where(np.isnan(a) & np.isnan(b), 0, np.abs(a - b) / (1 + np.abs(b)))
        worst = np.nanmax(np.where(np.isnan(off), np.inf, off))
        if worst > 1e-12:
            i = int(np.argmax(np.where(np.isnan(off), np.inf, off)))
            print(f"{name}: {seen.index[i]}: {a[i]!r} seen, {b[i]!r} expected")
            bad += 1
    print(f"{len(want.columns)} features of {len(want)} customers compared, {bad} differ")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
