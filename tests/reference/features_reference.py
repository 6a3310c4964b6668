"""The feature catalogue again, slowly, by pandas, from docs/methods/features.md alone.

    features_reference.py FEATURES.h5 retail LINES.csv.xz
    features_reference.py FEATURES.h5 adventureworks CUSTOMERS PRODUCTS SALES...
    features_reference.py FEATURES.h5 made FOLDER transactions|interactions|scoreless

Compares every feature of FEATURES.h5 and every figure of its history with its own: counts, money and shares to the
bit, to 1e-12 (relative) elsewhere. The tables of made_tables.py are read with the customers and one of the tables of
interactions, or as transactions alone. Exits 1 where one differs.
"""

import sys

import h5py
import numpy as np
import pandas as pd

# What is no count, no money and no quotient of two whole numbers: sums of roundings, logarithms.
ROUNDED = {"gap_sd_days", "category_entropy", "frequency_trend", "monetary_trend", "monetary_mean", "session_minutes_mean",
           "page_depth_mean", "satisfaction_mean", "spend_mean", "gap_p90", "orders_per_month", "interactions_per_month"}

# ---- Reading: customer, order, time, clock (a time of day was written), amount, and what else there is ------------


def read_retail(path):
    t = pd.read_csv(path, dtype=str, keep_default_na=False)
    t = t[t.CustomerID.str.strip() != ""]
    return {
        "transactions": pd.DataFrame(
            {
                "customer": t.CustomerID,
                "order": t.InvoiceNo,
                "time": pd.to_datetime(t.InvoiceDate),
                "clock": True,
                "amount": money_product(t.Quantity, t.UnitPrice),
                "quantity": t.Quantity.astype(np.int64),
                "product": t.StockCode,
            }
        )
    }


def read_adventureworks(customers, products, *sales):
    products = pd.read_csv(products, dtype=str).set_index("ProductKey")
    t = pd.concat([pd.read_csv(path, dtype=str) for path in sales], ignore_index=True)
    price = t.ProductKey.map(products.ProductPrice)
    cost = t.ProductKey.map(products.ProductCost)
    t = pd.DataFrame(
        {
            "customer": t.CustomerKey,
            "order": t.OrderNumber,
            "time": pd.to_datetime(t.OrderDate, format="%m/%d/%Y"),
            "clock": False,
            "amount": money_product(t.OrderQuantity, price),
            "cost": money_product(t.OrderQuantity, cost),
            "quantity": t.OrderQuantity.astype(np.int64),
            "product": t.ProductKey,
            "category": t.ProductKey.map(products.ProductSubcategoryKey),
        }
    )
    c = pd.read_csv(customers, dtype=str, keep_default_na=False, encoding="utf-8-sig").set_index("CustomerKey")
    text = c.apply(lambda column: column.str.strip())
    levels = ["Partial High School", "High School", "Partial College", "Bachelors", "Graduate Degree"]
    c = {
        "age_years": pd.to_datetime(c.BirthDate, format="%m/%d/%Y"),
        "AnnualIncome": c.AnnualIncome.str.replace(r"[$, ]", "", regex=True).astype(float),
        "TotalChildren": c.TotalChildren.astype(float),
        "HomeOwner": text.HomeOwner.map({"Y": 1.0, "N": 0.0}),
        "EducationLevel": text.EducationLevel.map({level: i + 1.0 for i, level in enumerate(levels)}),
        **{name: text[name].where(~text[name].isin(["NA", ""])) for name in ("MaritalStatus", "Gender", "Occupation")},
    }
    return {"transactions": t, "customers": pd.DataFrame(c)}


def read_made(folder, which):
    t = pd.read_csv(f"{folder}/transactions.csv", dtype=str, keep_default_na=False)
    t = t[(t.customer_id != "") & (t.amount != "") & (t.order_date != "soon")]
    known = lambda column: column.where(column != "")
    tables = {
        "transactions": pd.DataFrame(
            {
                "customer": t.customer_id,
                # Without an order id, the lines of one timestamp.
                "order": t.order_id.where(t.order_id != "", "at " + t.order_date.str.slice(0, 10) + clock_of(t.order_date)),
                "time": pd.to_datetime(t.order_date, format="ISO8601"),
                "clock": t.order_date.str.contains("T"),
                "amount": t.amount.map(scaled),
                "cost": known(t.cost).map(scaled, na_action="ignore").astype("Int64"),
                "quantity": known(t.quantity).astype("Int64"),
                "product": known(t["product"]),
                "category": known(t.category),
                "channel": known(t.channel),
                "payment": known(t.payment),
            }
        )
    }
    if which == "transactions":
        return tables
    i = pd.read_csv(f"{folder}/{which}.csv", dtype=str, keep_default_na=False)
    i = i[i.customer_id != ""]
    tables["interactions"] = pd.DataFrame(
        {"customer": i.customer_id, "time": pd.to_datetime(i.timestamp, format="ISO8601"), "clock": i.timestamp.str.contains("T")}
    )
    for name in ("kind", "minutes", "pages", "satisfaction", "nps"):
        if name in i:
            tables["interactions"][name] = i[name] if name == "kind" else known(i[name]).map(scaled, na_action="ignore").astype("Int64")
    c = pd.read_csv(f"{folder}/customers.csv", dtype=str, keep_default_na=False).drop_duplicates()
    c = c[~c.customer_id.duplicated(keep=False)].set_index("customer_id")
    columns = {
        "age_years": pd.to_datetime(known(c.birth_date)),
        "joined_days": pd.to_datetime(known(c.joined)),
        "gender": known(c.gender),
        "region": known(c.region),
        "education": c.education.map({"none": 1.0, "school": 2.0, "college": 3.0, "degree": 4.0}),
        "member": c.member.map({"yes": 1.0, "no": 0.0}),
        "income": known(c.income).astype(float),
    }
    scores = {"satisfaction_mean": known(c.satisfaction).astype(float), "nps_last": known(c.nps).astype(float)}
    columns.update(scores if which == "scoreless" else {})
    tables["scores"] = pd.DataFrame(scores)
    tables["customers"] = pd.DataFrame(columns)
    return tables


def clock_of(text):
    """The time of day, of a day alone midnight."""
    return text.str.slice(11).where(text.str.len() > 10, "00:00:00")


def scaled(text):
    """A decimal in integers of 1/10000."""
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    return sign * (int(whole or 0) * 10000 + int((part + "0000")[:4]))


def money_product(quantity, price):
    """Exact product in integers of 1/10000."""
    return pd.Series([int(q) * scaled(p) for q, p in zip(quantity, price)], index=quantity.index, dtype=np.int64)


# ---- Counting ---------------------------------------------------------------------------------------------------


def in_order(rows, values):
    """By time; of one instant what was written with a time of day first, then by value, what is missing before all else."""
    keys = pd.DataFrame({"time": rows.time, "clock": ~rows.clock})
    for name in values:
        if name not in rows:
            continue
        if pd.api.types.is_numeric_dtype(rows[name]):
            keys[name] = rows[name].astype("Int64").fillna(-(2**62)).astype(np.int64)
        else:  # texts: bytewise
            keys[name] = rows[name].astype(object).fillna("").map(str.encode)
    return rows.loc[keys.sort_values(list(keys), kind="stable").index]


def decimal(column):
    """Integers of 1/10000 as numbers, rounded once."""
    return column.astype(float) / 10000


def add_lines(out, t, as_of):
    by = t.groupby("customer")
    age = (as_of - t.day).dt.days
    out["lines"] = by.size()
    out["line_days"] = by.day.nunique()
    out["first_line_days"] = (as_of - by.day.min()).dt.days
    out["last_line_days"] = (as_of - by.day.max()).dt.days
    out["monetary_total"] = decimal(by.amount.sum())
    out["monetary_365d"] = decimal(t[age <= 365].groupby("customer").amount.sum())
    if "cost" in t:
        t = t.assign(margin=t.amount - t.cost)
        out["margin_total"] = decimal(t.groupby("customer").margin.sum())
        out["margin_365d"] = decimal(t[age <= 365].groupby("customer").margin.sum())
    sales = t.amount.clip(lower=0).groupby(t.customer).sum()
    returns = t.amount.clip(upper=0).groupby(t.customer).sum()
    out["return_share"] = (-returns / sales.where(sales > 0)).fillna(0)


def find_orders(t):
    """All orders, each with what its first line says; those of net amount > 0 are purchases."""
    t = in_order(t, ["amount", "margin", "quantity", "product", "category", "channel", "payment"])
    by = t.groupby(["customer", "order"], sort=False)
    o = by.agg(amount=("amount", "sum"), quantity=("quantity", "sum"), lines=("amount", "size"))
    first = t[~t.duplicated(["customer", "order"])].set_index(["customer", "order"])
    for name in ("time", "day", "clock", "channel", "payment"):
        if name in t:
            o[name] = first[name]
    return o.reset_index()


def add_purchases(out, t, o, as_of):
    by = o.groupby("customer")
    age = (as_of - o.day).dt.days
    out["recency_days"] = (as_of - by.day.max()).dt.days
    out["tenure_days"] = (as_of - by.day.min()).dt.days
    out["frequency"] = by.size()
    out["purchase_days"] = by.day.nunique()
    out["units"] = by.quantity.sum().astype(float)
    out["lines_per_order"] = by.lines.sum() / by.size()
    out["monetary_mean"] = decimal(by.amount.sum() / by.size())
    out["monetary_max"] = decimal(by.amount.max())
    out["weekend_share"] = (o.time.dt.day_of_week >= 5).groupby(o.customer).mean()
    if (t.clock & (t.time != t.day)).any():
        timed = o[o.clock]
        out["evening_share"] = (timed.time.dt.hour >= 18).groupby(timed.customer).mean()
        out["night_share"] = (timed.time.dt.hour < 6).groupby(timed.customer).mean()
    out["frequency_90d"] = o[age <= 90].groupby("customer").size()
    out["frequency_365d"] = o[age <= 365].groupby("customer").size()
    out["frequency_prev_90d"] = o[(age > 90) & (age <= 180)].groupby("customer").size()
    for name in ("channel", "payment"):
        if name in t:
            add_shares(out, name, most_frequent(t[name], 8), o)


def most_frequent(column, most):
    """Values by falling number of rows, of equal ones bytewise, and whether there are more."""
    count = column.value_counts()
    values = sorted(count.index, key=lambda value: (-count[value], value.encode()))
    return values[:most], len(values) > most


def add_shares(out, name, values, o):
    """Of all purchases; one whose value is not known is of none."""
    values, more = values
    total = o.groupby("customer").size()
    for value in values:
        out[f"{name}:{value}"] = (o[name] == value).groupby(o.customer).sum() / total
    if more:
        other = o[name].notna() & ~o[name].isin(values)
        out[f"{name}:other"] = other.groupby(o.customer).sum() / total


def add_purchase_lines(out, t, o):
    lines = t.merge(o[["customer", "order"]], on=["customer", "order"])
    if "product" in t:
        out["distinct_products"] = lines.groupby("customer")["product"].nunique()
    if "category" in t:
        amount = lines.groupby(["customer", "category"]).amount.sum()
        amount = amount[amount > 0]
        p = amount / amount.groupby("customer").transform("sum")
        out["category_entropy"] = (-p * np.log(p)).groupby("customer").sum()


def find_gaps(orders):
    """Purchase days of each customer with what all orders of the day come to, and the days since the one before."""
    by = orders.assign(bought=orders.amount > 0).groupby(["customer", "day"], as_index=False)
    days = by.agg(amount=("amount", "sum"), bought=("bought", "any"))
    days = days[days.bought].copy()
    days["gap"] = days.groupby("customer").day.diff().dt.days
    return days


def add_trends(out, t, o, as_of, median):
    out["frequency_trend"] = np.log((out.frequency_90d + 1) / (out.frequency_prev_90d + 1))
    out["orders_per_month"] = 30 * out.frequency / out.tenure_days.clip(lower=30).fillna(30)
    c = o.amount.median() if median is None else median
    age = (as_of - t.day).dt.days
    last = t[age <= 90].groupby("customer").amount.sum().reindex(out.index).fillna(0).clip(lower=0)
    before = t[(age > 90) & (age <= 180)].groupby("customer").amount.sum().reindex(out.index).fillna(0).clip(lower=0)
    out["monetary_trend"] = np.log((last + c) / (before + c))


def add_scores(out):
    buyers = out[out.frequency > 0]
    for name, column, best_low in (("r", "recency_days", True), ("f", "frequency", False), ("m", "monetary_total", False)):
        cuts = np.quantile(buyers[column], [0.2, 0.4, 0.6, 0.8])
        score = 1 + (buyers[column].to_numpy()[:, None] > cuts).sum(axis=1)
        out[f"{name}_score"] = pd.Series(6 - score if best_low else score, index=buyers.index)
    out["rfm_score"] = 100 * out.r_score + 10 * out.f_score + out.m_score


def add_interactions(out, i, as_of):
    kind = i.kind.str.lower() if "kind" in i else None
    is_kind = lambda *words: kind.map(lambda text: any(word in text for word in words))
    visit = is_kind("visit", "session", "browse", "浏览", "访问") if kind is not None else pd.Series(True, index=i.index)
    by = i.groupby("customer")
    out["visits"] = visit.groupby(i.customer).sum()
    out["interactions"] = by.size()
    if kind is not None:
        out["service_contacts"] = is_kind("service", "support", "contact", "ticket", "call", "客服", "服务").groupby(i.customer).sum()
        out["complaints"] = is_kind("complaint", "投诉").groupby(i.customer).sum()
    out[["visits", "interactions"]] = out[["visits", "interactions"]].fillna(0)
    known = (as_of - by.day.min()).dt.days.reindex(out.index).clip(lower=30).fillna(30)
    out["interactions_per_month"] = 30 * out.interactions / known
    end = as_of - pd.Timedelta(days=1)
    back = (end.year * 12 + end.month) - (i.day.dt.year * 12 + i.day.dt.month)
    months = back[back < 12].groupby(i.customer).nunique().reindex(out.index).fillna(0)
    out["months_without_interaction_12m"] = 12 - months
    out["last_interaction_days"] = (as_of - by.day.max()).dt.days
    for column, feature in (("minutes", "session_minutes_mean"), ("pages", "page_depth_mean"), ("satisfaction", "satisfaction_mean")):
        if column in i:
            known = i[i[column].notna()].groupby("customer")[column]
            out[feature] = known.sum().astype(float) / 10000 / known.size()
    if "nps" in i:
        known = in_order(i[i.nps.notna()], ["minutes", "pages", "satisfaction", "nps"])
        out["nps_last"] = known.groupby("customer").nps.last().astype(float) / 10000


def add_attributes(out, c, as_of):
    c = c.reindex(out.index)
    for name in c:
        column = c[name]
        if name == "age_years":
            had = (column.dt.month < as_of.month) | ((column.dt.month == as_of.month) & (column.dt.day <= as_of.day))
            age = as_of.year - column.dt.year - (~had).astype(int)
            out[name] = age.where((age >= 0) & (age <= 130))
        elif column.dtype.kind == "M":
            out[name] = (as_of - column).dt.days
        elif not pd.api.types.is_numeric_dtype(column):
            values, more = most_frequent(column, 32)
            for value in values:
                out[f"{name}={value}"] = (column == value).astype(float).where(column.notna())
            if more:
                out[f"{name}=other"] = (~column.isin(values)).astype(float).where(column.notna())
        else:
            out[name] = column


def reference(tables, median=None):
    """median: purchase of the fit whose features these are, in 1/10000; None: they are fitted here."""
    t, c, i, own = tables["transactions"], tables.get("customers"), tables.get("interactions"), tables.get("scores")
    tables = [rows for rows in (t, i) if rows is not None]
    for rows in tables:
        rows["day"] = rows.time.dt.normalize()
    as_of = max(rows.day.max() for rows in tables) + pd.Timedelta(days=1)
    if "cost" in t:
        t["margin"] = t.amount - t.cost
    ids = set().union(*(rows.customer for rows in tables), [] if c is None else c.index)
    out = pd.DataFrame(index=pd.Index(sorted(ids, key=str.encode)))
    orders = find_orders(t)
    o = orders[orders.amount > 0].reset_index(drop=True)
    add_lines(out, t, as_of)
    add_purchases(out, t, o, as_of)
    add_purchase_lines(out, t, o)
    if i is not None:
        add_interactions(out, i, as_of)
        for name in out.columns.intersection(own.columns): # what no interaction tells of a customer
            out[name] = out[name].fillna(own[name].reindex(out.index))
    counts = ["lines", "line_days", "frequency", "purchase_days", "units", "frequency_90d", "frequency_prev_90d", "frequency_365d",
              "distinct_products",
              "service_contacts", "complaints", "return_share", "monetary_total", "monetary_365d", "margin_total", "margin_365d"]
    counts = [name for name in counts if name in out]
    out[counts] = out[counts].fillna(0)
    add_trends(out, t, o, as_of, median)
    days = find_gaps(orders)
    gap = days.groupby("customer").gap
    out["gap_mean_days"] = gap.sum(min_count=1) / gap.count()
    out["gap_sd_days"] = gap.std(ddof=1)
    add_scores(out)
    if c is not None:
        add_attributes(out, c, as_of)
    return out.copy(), history(days, as_of).reindex(out.index)


def history(days, as_of):
    by = days.groupby("customer")
    repeat = days[days.gap.notna()].groupby("customer")
    end = as_of - pd.Timedelta(days=1)
    return pd.DataFrame(
        {
            "x": by.size() - 1,
            "t_x": (by.day.max() - by.day.min()).dt.days,
            "T": (end - by.day.min()).dt.days,
            "spend_mean": decimal(repeat.amount.sum()) / repeat.size(),
            "gap_last": repeat.gap.last(),
            "gap_median": repeat.gap.median(),
            "gap_p90": repeat.gap.quantile(0.9),
            "gap_max": repeat.gap.max(),
        }
    )


# ---- Comparing --------------------------------------------------------------------------------------------------


def compare(seen, want):
    bad = 0
    for name in sorted(set(seen.columns) | set(want.columns)):
        if name not in seen or name not in want:
            print(f"{name}: only in {'the file' if name in seen else 'the reference'}")
            bad += 1
            continue
        a, b = seen[name].to_numpy(float), want[name].to_numpy(float)
        off = np.where((a == b) | (np.isnan(a) & np.isnan(b)), 0, np.abs(a - b))
        allowed = 1e-12 * np.abs(b) if name in ROUNDED else 0 * b
        wrong = ~(off <= np.where(np.isnan(allowed), 0, allowed))
        for i in np.flatnonzero(wrong)[:1]:
            print(f"{name}: {seen.index[i]}: {a[i]!r} seen, {b[i]!r} expected; {wrong.sum()} customers differ")
        bad += wrong.any()
    return bad


def main():
    path, kind, *files = sys.argv[1:]
    want, past = reference({"retail": read_retail, "adventureworks": read_adventureworks, "made": read_made}[kind](*files))
    with h5py.File(path) as f:
        ids = f["obs"][f["obs"].attrs["_index"]].asstr()[:]
        names = f["var"][f["var"].attrs["_index"]].asstr()[:]
        seen = pd.DataFrame(f["X"][:], columns=names, index=ids)
        seen_past = pd.DataFrame(f["obsm/history"][:], columns=f["uns/tesela/history_columns"].asstr()[:], index=ids)
    if list(seen.index) != list(want.index):
        print(f"customers differ: {len(seen)} seen, {len(want)} expected")
        sys.exit(1)
    bad = compare(seen, want) + compare(seen_past, past)
    print(f"{len(want.columns)} features of {len(want)} customers and their history compared, {bad} differ")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
