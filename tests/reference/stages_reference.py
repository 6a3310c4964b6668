"""The stages of the lifecycle again, by walking every customer from day to day, from docs/methods/lifecycle.md alone.

    stages_reference.py SEGMENTS.csv AS_OF retail LINES.csv.xz
    stages_reference.py SEGMENTS.csv AS_OF adventureworks CUSTOMERS PRODUCTS SALES...
    stages_reference.py SEGMENTS.csv AS_OF lines LINES.csv

The program sees a customer once, and tells his stage and where he comes from by what his gaps come to; here he is seen
on each day since his first purchase, and a stage begins on the day on which it is first seen. Compares stage, the stage
before it and its first day (where the program tells them) of all customers, and the risk that they buy nothing with
that counted anew. Exits 1 where one differs.
"""

import sys

import numpy as np
import pandas as pd

from features_reference import read_adventureworks, read_retail

NEW_LEAST, FALLBACK, FACTOR, SHRINKAGE, PURCHASES, PAUSES = 30, 90, 2, 5, 6, 4
DAYS, POPULATION = 90, 5
HABITS = [1, 2, 4, 8, 16, np.inf]
SPANS = [1, 3, 7, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365, 545, np.inf]


def read_lines(path):
    t = pd.read_csv(path, dtype=str)
    amount = np.rint(t.amount.astype(float) * 10000).astype(np.int64)
    return {"transactions": pd.DataFrame(
        {"customer": t.customer_id, "order": t.index, "time": pd.to_datetime(t.date), "amount": amount})}


def purchase_days(t, as_of):
    """The days (numbers before as_of) on which an order of each customer came to more than 0."""
    t = t[t.time < as_of].copy()
    t["day"] = t.time.dt.normalize()
    orders = t.groupby(["customer", "order"]).agg(day=("day", "min"), amount=("amount", "sum")).reset_index()
    orders = orders[orders.amount > 0]
    orders["number"] = (orders.day - as_of).dt.days
    days = {c: np.unique(d.to_numpy()) for c, d in orders.groupby("customer").number}
    return days, sorted(t.customer.unique())


def walk(days, new, limit):
    """Stage, the one before and its first day (as-of is day 0), after every day from the first purchase on."""
    lost = FACTOR * limit
    stage, before, since, lost_before_last = "potential", None, None, False
    k, greatest = 0, 0  # purchases seen, and their greatest gap
    for day in range(days[0] + 1, 1):
        bought = k < len(days) and days[k] == day - 1
        if bought:
            gap = days[k] - days[k - 1] if k else 0
            lost_before_last, greatest = gap > lost, max(greatest, gap)
            k += 1
        silence, tenure = day - days[k - 1], day - days[0]
        if k == 1 and tenure <= new:
            now = "new"
        elif silence > lost:
            now = "lost"
        elif silence > limit or k == 1:
            now = "at_risk"
        elif lost_before_last and silence <= new:
            now = "reactivated"
        elif k >= PURCHASES and tenure >= PAUSES * limit and greatest <= lost:
            now = "mature"
        else:
            now = "active"
        if now != stage:
            stage, before, since = now, stage, day - 1 if bought else day
    return stage, before, since


def classes(value, limits):
    return next(i for i, limit in enumerate(limits) if value <= limit)


def rising(y, w):
    """Isotonic regression by the formula of the greatest of the least means."""
    n = len(y)
    mean = lambda a, b: np.dot(y[a : b + 1], w[a : b + 1]) / np.sum(w[a : b + 1])
    return np.array([max(min(mean(a, b) for b in range(i, n)) for a in range(i + 1)) for i in range(n)])


def count_silences(days):
    """By habit and span, of those who had bought 90 days before: customers, and who of them bought nothing since."""
    seen, gone = np.zeros((len(HABITS), len(SPANS))), np.zeros((len(HABITS), len(SPANS)))
    for d in days.values():
        past = d[d < -DAYS]
        if len(past):
            cell = classes(len(past), HABITS), classes(-DAYS - past[-1], SPANS)
            seen[cell] += 1
            gone[cell] += len(past) == len(d)
    return seen, gone


def risks(seen, gone):
    if seen.sum() < 100:
        return None
    there = np.flatnonzero(seen.sum(0))
    share = gone.sum(0)[there] / seen.sum(0)[there]
    fitted = rising(share, seen.sum(0)[there])
    nearest = np.maximum(np.searchsorted(there, np.arange(len(SPANS)), side="right") - 1, 0)
    everybody = fitted[nearest]
    weight = seen + POPULATION
    return np.array([rising((g + POPULATION * everybody) / w, w) for g, w in zip(gone, weight)])


def main():
    path, as_of, kind, *files = sys.argv[1:]
    as_of = pd.Timestamp(as_of)
    readers = {"retail": read_retail, "adventureworks": read_adventureworks, "lines": read_lines}
    days, _ = purchase_days(readers[kind](*files)["transactions"], as_of)
    gaps = {c: np.diff(d) for c, d in days.items() if len(d) > 1}
    usual = np.median([np.quantile(g, 0.9) for g in gaps.values()]) if gaps else FALLBACK
    pause = np.median([np.median(g) for g in gaps.values()]) if gaps else FALLBACK / 2
    new, table, bad, told = max(NEW_LEAST, pause), risks(*count_silences(days)), 0, 0
    seen = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("customer_id")
    for customer, row in seen.iterrows():
        d = days.get(customer)
        if d is None:
            want = "potential", None, None
        else:
            n = len(d) - 1
            limit = (n * np.quantile(gaps[customer], 0.9) + SHRINKAGE * usual) / (n + SHRINKAGE) if n else usual
            want = walk(d.tolist(), new, limit)
        wrong = row.lifecycle != want[0]
        if d is not None and row.lifecycle_from:
            wrong |= row.lifecycle_from != want[1]
        if d is not None and row.lifecycle_since:
            told += 1
            wrong |= row.lifecycle_since != str((as_of + pd.Timedelta(days=want[2])).date())
        risk = "" if d is None or table is None else table[classes(len(d), HABITS), classes(-d[-1], SPANS)]
        if risk == "" or row.churn_risk == "":
            wrong |= row.churn_risk != risk
        else:
            wrong |= abs(float(row.churn_risk) - risk) > 5.1e-5
        if wrong:
            bad += 1
            if bad <= 20:
                print(customer, row.lifecycle, row.lifecycle_from, row.lifecycle_since, row.churn_risk, want, risk)
    print(f"G {usual:g}, new up to {new:g}: {len(seen)} customers compared, {told} with a first day, {bad} differ")
    sys.exit(1 if bad or not len(seen) else 0)


if __name__ == "__main__":
    main()
