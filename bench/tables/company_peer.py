"""The default features of the company's tables by polars and numpy: company_peer.py FOLDER OUTPUT.npz

Reads customers.csv, transactions.csv and interactions.csv of FOLDER, makes the features that `tesela features` makes by
default and their normalised vectors, and writes both: ids, names, X (float64), vectors (float32), history.
Money is in floats, totals rounded to cents; the first line of an order is the first in the file, and nothing is checked: less work, not more.
"""

import sys

import numpy as np
import polars as pl

EDUCATION = ["basic", "secondary", "bachelor", "master", "doctorate"]
LOG = {"recency_days", "frequency", "purchase_days", "gap_mean_days", "gap_sd_days", "orders_per_month", "units", "lines_per_order",
       "distinct_products", "visits", "interactions", "interactions_per_month", "service_contacts", "complaints",
       "monetary_total", "monetary_365d", "monetary_mean", "monetary_max"}
PROFILE = {"lines", "line_days", "first_line_days", "last_line_days", "frequency_365d", "r_score", "f_score", "m_score", "rfm_score"}


def scan(folder, name, columns, time=None):
    lazy = pl.scan_csv(f"{folder}/{name}.csv", schema=columns)
    if time:
        lazy = lazy.with_columns(pl.col(time).str.to_datetime("%Y-%m-%dT%H:%M:%S"))
        lazy = lazy.with_columns(pl.col(time).dt.date().to_physical().alias("day"))
    return lazy


def read(folder):
    """The three tables, each row with the place of its customer among the sorted ids."""
    text, number, whole, word = pl.String, pl.Float64, pl.Int64, pl.Categorical
    c = scan(folder, "customers", {"customer_id": text, "birth_date": text, "gender": word, "income": number, "education": text,
                                   "occupation": word, "region": word, "member": text})
    t = scan(folder, "transactions", {"customer_id": text, "order_id": text, "timestamp": text, "quantity": whole, "amount": number,
                                      "product": word, "category": word, "channel": word, "payment": word}, "timestamp")
    i = scan(folder, "interactions", {"customer_id": text, "timestamp": text, "kind": word, "minutes": number, "pages": number,
                                      "satisfaction": number}, "timestamp")
    c, t, i = pl.collect_all([c, t, i])
    ids = pl.concat([table.select("customer_id") for table in (c, t, i)]).unique().sort("customer_id").with_row_index("at")
    return ids, *(table.join(ids, on="customer_id", how="left").drop("customer_id") for table in (c, t, i))


class Columns(dict):
    """Features by name, each an array of all customers."""

    def __init__(self, count):
        super().__init__()
        self.count = count

    def add(self, table, fill=np.nan):
        """Each column of a table that has a row a customer, or none."""
        at = table["at"].to_numpy()
        for name in table.columns:
            if name != "at":
                self[name] = np.full(self.count, fill)
                self[name][at] = table[name].to_numpy()


def count_distinct(x, at, code):
    """Different codes of each customer."""
    keep = code >= 0
    pair = np.unique(at[keep].astype(np.int64) << 32 | code[keep].astype(np.int64))
    return np.bincount(pair >> 32, minlength=x.count).astype(float)


def codes(column):
    return column.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def in_days(day, as_of, first, last):
    """Days from the first-th to the last-th before the as-of day."""
    age = as_of - day
    return (age >= first) & (age <= last)


def add_lines(x, t, as_of):
    day, amount = pl.col("day"), pl.col("amount")
    sums = t.lazy().group_by("at").agg(
        pl.len().alias("lines"),
        amount.sum().round(2).alias("monetary_total"),
        amount.filter(in_days(day, as_of, 1, 365)).sum().round(2).alias("monetary_365d"),
        amount.filter(in_days(day, as_of, 1, 90)).sum().alias("last"),
        amount.filter(in_days(day, as_of, 91, 180)).sum().alias("before"),
        amount.filter(amount < 0).sum().alias("returns"),
        amount.filter(amount > 0).sum().alias("sales"),
    )
    x.add(sums.collect(engine="streaming"), 0.0)
    x["line_days"] = count_distinct(x, t["at"].to_numpy(), t["day"].to_numpy())
    ends = t.lazy().group_by("at").agg((as_of - day.min()).alias("first_line_days"), (as_of - day.max()).alias("last_line_days"))
    x.add(ends.collect(engine="streaming"))
    sales, returns = x.pop("sales"), x.pop("returns")
    x["return_share"] = np.divide(-returns, sales, out=np.zeros(x.count), where=sales > 0)


def find_purchases(t):
    orders = t.lazy().group_by("at", "order_id").agg(
        pl.col("amount").sum(), pl.col("quantity").sum(), pl.len().alias("lines"), pl.col("timestamp").min(), pl.col("day").min(),
        pl.col("channel").first(), pl.col("payment").first(),
    )
    return orders.filter(pl.col("amount") > 1e-9).collect(engine="streaming")


def add_purchases(x, o, as_of):
    day, amount, hour = pl.col("day"), pl.col("amount"), pl.col("timestamp").dt.hour()
    shares = [(pl.col(name) == value).sum().alias(f"{name}:{value}") for name in ("channel", "payment") for value in o[name].unique().drop_nulls()]
    counts = o.lazy().group_by("at").agg(
        pl.len().alias("frequency"),
        pl.col("quantity").sum().alias("units"),
        in_days(day, as_of, 1, 90).sum().alias("frequency_90d"),
        in_days(day, as_of, 91, 180).sum().alias("frequency_prev_90d"),
        in_days(day, as_of, 1, 365).sum().alias("frequency_365d"),
        (pl.col("timestamp").dt.weekday() >= 6).sum().alias("weekend_share"),
        (hour >= 18).sum().alias("evening_share"),
        (hour < 6).sum().alias("night_share"),
        pl.col("lines").sum().alias("lines_per_order"),
        amount.mean().alias("monetary_mean"),
        amount.max().alias("monetary_max"),
        (as_of - day.max()).alias("recency_days"),
        (as_of - day.min()).alias("tenure_days"),
        *shares,
    )
    x.add(counts.collect(engine="streaming"))
    of_all = ("weekend_share", "evening_share", "night_share", "lines_per_order")
    for name in [name for name in x if name.startswith(("channel:", "payment:")) or name in of_all]:
        x[name] /= x["frequency"]
    for name in ("frequency", "units", "frequency_90d", "frequency_prev_90d", "frequency_365d"):
        x[name] = np.nan_to_num(x[name])
    x["frequency_trend"] = np.log((x["frequency_90d"] + 1) / (x["frequency_prev_90d"] + 1))
    x["orders_per_month"] = 30 * x["frequency"] / np.fmax(x["tenure_days"], 30)
    c = np.median(o["amount"].to_numpy())
    x["monetary_trend"] = np.log((np.maximum(x.pop("last"), 0) + c) / (np.maximum(x.pop("before"), 0) + c))


def add_purchase_lines(x, t, o):
    lines = t.lazy().join(o.lazy().select("at", "order_id"), on=["at", "order_id"], how="semi")
    lines = lines.select("at", "amount", "product", "category").collect(engine="streaming")
    x["distinct_products"] = count_distinct(x, lines["at"].to_numpy(), codes(lines["product"]))
    spent = lines.lazy().group_by("at", "category").agg(pl.col("amount").sum()).filter(pl.col("amount") > 1e-9)
    spent = spent.collect(engine="streaming")
    at, amount = spent["at"].to_numpy(), spent["amount"].to_numpy()
    p = amount / np.bincount(at, amount, x.count)[at]
    entropy = np.bincount(at, -p * np.log(p), x.count)
    x["category_entropy"] = np.where(np.bincount(at, minlength=x.count) > 0, np.abs(entropy), np.nan)


def add_gaps(x, o, as_of):
    """Gaps between purchase days, and the history."""
    days = o.lazy().group_by("at", "day").agg(pl.col("amount").sum()).sort("at", "day").collect(engine="streaming")
    at, day, amount = (days[name].to_numpy() for name in ("at", "day", "amount"))
    n = np.bincount(at, minlength=x.count)
    begin = np.concatenate([[0], np.cumsum(n)[:-1]])
    x["purchase_days"] = n.astype(float)
    repeat = at[1:] == at[:-1]
    of, gap = at[1:][repeat], np.diff(day)[repeat].astype(float)
    count, total = np.bincount(of, minlength=x.count), np.bincount(of, gap, x.count)
    mean = np.divide(total, count, out=np.full(x.count, np.nan), where=count > 0)
    squares = np.bincount(of, (gap - mean[of]) ** 2, x.count)
    x["gap_mean_days"] = mean
    x["gap_sd_days"] = np.sqrt(np.divide(squares, count - 1, out=np.full(x.count, np.nan), where=count > 1))

    some, any_day = count > 0, n > 0
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    history = np.full((x.count, 8), np.nan)
    history[any_day, 0] = n[any_day] - 1
    history[any_day, 1] = day[(begin + n - 1)[any_day]] - day[begin[any_day]]
    history[any_day, 2] = as_of - 1 - day[begin[any_day]]
    history[some, 3] = np.bincount(of, amount[1:][repeat], x.count)[some] / count[some]
    history[some, 4] = gap[(first + count - 1)[some]]
    by_length = gap[np.lexsort((gap, of))]
    for column, q in ((5, 0.5), (6, 0.9), (7, 1)):
        place = (count[some] - 1) * q
        low = place.astype(np.int64)
        a = by_length[first[some] + low]
        b = by_length[first[some] + np.minimum(low + 1, count[some] - 1)]
        history[some, column] = a + (place - low) * (b - a)
    return history


def add_scores(x):
    buyers = x["frequency"] > 0
    for name, column in (("r_score", "recency_days"), ("f_score", "frequency"), ("m_score", "monetary_total")):
        value = x[column][buyers]
        score = 1 + np.searchsorted(np.quantile(value, [0.2, 0.4, 0.6, 0.8]), value, side="left")
        x[name] = np.full(x.count, np.nan)
        x[name][buyers] = 6 - score if name == "r_score" else score
    x["rfm_score"] = 100 * x["r_score"] + 10 * x["f_score"] + x["m_score"]


def add_interactions(x, i, as_of, last_month):
    kind = pl.col("kind").cast(pl.String)
    known = [pl.col(a).mean().alias(b) for a, b in (("minutes", "session_minutes_mean"), ("pages", "page_depth_mean"), ("satisfaction", "satisfaction_mean"))]
    acts = i.lazy().group_by("at").agg(
        pl.len().alias("interactions"),
        (kind == "visit").sum().alias("visits"),
        (kind == "service").sum().alias("service_contacts"),
        (kind == "complaint").sum().alias("complaints"),
        (as_of - pl.col("day").max()).alias("last_interaction_days"),
        (as_of - pl.col("day").min()).alias("known"),
        *known,
    )
    x.add(acts.collect(engine="streaming"))
    for name in ("interactions", "visits", "service_contacts", "complaints"):
        x[name] = np.nan_to_num(x[name])
    x["interactions_per_month"] = 30 * x["interactions"] / np.fmax(x.pop("known"), 30)
    month = (i["timestamp"].dt.year().cast(pl.Int64) * 12 + i["timestamp"].dt.month()).to_numpy()
    recent = np.where(last_month - month < 12, last_month - month, -1)
    x["months_without_interaction_12m"] = 12 - count_distinct(x, i["at"].to_numpy(), recent)


def add_customers(x, c, as_of):
    birth = pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False)
    had = (birth.dt.month() < as_of.month) | ((birth.dt.month() == as_of.month) & (birth.dt.day() <= as_of.day))
    age = as_of.year - birth.dt.year() - (~had).cast(pl.Int32)
    x.add(c.select(
        "at",
        age.alias("age_years"),
        "income",
        pl.col("education").replace_strict(EDUCATION, [1.0, 2.0, 3.0, 4.0, 5.0], default=None).alias("education"),
        pl.col("member").replace_strict(["no", "yes"], [0.0, 1.0], default=None).alias("member"),
        *((pl.col(name) == value).cast(pl.Float64).alias(f"{name}={value}") for name in ("gender", "occupation", "region") for value in c[name].unique().drop_nulls()),
    ))


def block_of(name):
    """Columns of one block weigh as one feature."""
    for mark in ("=", ":"):
        if mark in name:
            return name.split(mark)[0]
    return None


def fit_column(name, v, missing):
    """Transformed, winsorised, centred and filled; the deviation of what is known. Of a category what is missing is zeros."""
    if "=" in name:
        v, missing = np.where(missing, 0.0, v), np.zeros_like(missing)
    t = np.sign(v) * np.log1p(np.abs(v)) if name in LOG else v
    known, fill = t[~missing], 0.0
    if "=" not in name and name != "member":
        low, fill, high = np.quantile(known, [0.001, 0.5, 0.999])
        t, known = np.clip(t, low, high), np.clip(known, low, high)
    return np.where(missing, fill, t) - known.mean(), known.std()


def normalise(x):
    """The vectors: an indicator where over 1 % are missing, once; blocks divided by the deviation of all their columns."""
    blocks, seen = {}, set()
    for name in [name for name in x if name not in PROFILE]:
        missing = np.isnan(x[name])
        z, sd = fit_column(name, x[name], missing)
        block = blocks.setdefault(block_of(name) or name, [])
        if sd > 0:
            block.append((z, sd))
        share, key = missing.mean(), hash(missing.tobytes())
        if share > 0.01 and key not in seen:
            seen.add(key)
            own = block if block_of(name) else blocks.setdefault(f"{name}_missing", [])
            own.append((missing - share, missing.std()))
    columns = []
    for block in blocks.values():
        total = np.sqrt(sum(sd**2 for _, sd in block))
        columns += [(z / total).astype(np.float32) for z, _ in block]
    return np.column_stack(columns)


def main(folder, output):
    ids, c, t, i = read(folder)
    last = max(t["timestamp"].max(), i["timestamp"].max())
    as_of = int(max(t["day"].max(), i["day"].max())) + 1
    x = Columns(len(ids))
    add_lines(x, t, as_of)
    o = find_purchases(t)
    add_purchases(x, o, as_of)
    add_purchase_lines(x, t, o)
    history = add_gaps(x, o, as_of)
    add_scores(x)
    add_interactions(x, i, as_of, last.year * 12 + last.month)
    add_customers(x, c, (np.datetime64(0, "D") + as_of).item())
    np.savez(output, ids=ids["customer_id"].to_numpy().astype("U"), names=np.array(list(x)), X=np.column_stack(list(x.values())), vectors=normalise(x), history=history)


if __name__ == "__main__":
    main(*sys.argv[1:])
