"""Tables that are made to be counted: 200,000 lines with all that makes counting hard.

    made_tables.py FOLDER [LINES]

Writes transactions.csv, customers.csv, interactions.csv, scoreless.csv (the interactions without scores), and the same
rows again: part1.csv to part3.csv (the transactions in three files), shuffled1 and shuffled2 (folders of all three
tables, their rows in another order). Orders have several lines, some at other times than the first; instants are shared by
orders; days stand without a time, and midnights are written; there are returns, orders that come to nothing, order ids
of two customers, lines without one, missing and bad cells, customers of one table only, rows that stand twice.
Always the same bytes.
"""

import os
import sys

import numpy as np

START, END = np.datetime64("2022-01-01"), np.datetime64("2024-03-17")
CUSTOMERS = 12000


def customer_ids(count):
    """Of several lengths, cases and scripts: their order is one of bytes."""
    form = ["K{:05d}", "k{}", "客{:04d}", "Ä{}", "{:06d}x", "Z-{}"]
    return np.array([form[i % len(form)].format(i) for i in range(count)])


def pick(random, values, weights, count):
    p = np.array(weights, float)
    return np.array(values)[random.choice(len(values), count, p=p / p.sum())]


def blank(random, texts, share):
    return np.where(random.random(len(texts)) < share, "", texts)


def clock_texts(random, seconds):
    """Times as texts: some are days alone, some midnights that are written."""
    moment = START.astype("datetime64[s]") + seconds
    text = np.datetime_as_string(moment)
    day = np.datetime_as_string(moment.astype("datetime64[D]"))
    draw = random.random(len(text))
    return np.where(draw < 0.08, day, np.where(draw < 0.1, np.char.add(day, "T00:00:00"), text))


def money_texts(units):
    """Integers of 1/10000, with as many decimals as they need, two at least."""
    out = []
    for v in units.tolist():
        whole, part = divmod(abs(v), 10000)
        part = f"{part:04d}"
        part = part[:2] if part.endswith("00") else part.rstrip("0")
        out.append(f"{'-' if v < 0 else ''}{whole}.{part}")
    return np.array(out)


def order_times(random, customer, span):
    """A second for each order; every tenth is that of another order of the customer."""
    second = random.integers(0, span, len(customer)) // 60 * 60
    by = np.lexsort((random.random(len(customer)), customer))
    same = (customer[by][1:] == customer[by][:-1]) & (random.random(len(by) - 1) < 0.1)
    for i in np.flatnonzero(same):
        second[by[i + 1]] = second[by[i]]
    return second


def make_transactions(random, lines, ids):
    orders = max(lines * 2 // 5, 1)
    span = int((END - START).astype(int)) * 86400
    # Half of the customers order often, some never; the last ids are in no table of customers.
    customer = np.minimum((random.random(orders) ** 2 * len(ids) * 0.95).astype(int), len(ids) - 1)
    customer = np.where(random.random(orders) < 0.02, len(ids) - 1 - random.integers(0, 300, orders), customer)
    second = order_times(random, customer, span)
    of = np.concatenate([np.arange(orders), random.integers(0, orders, lines - orders)])
    later = np.where(random.random(lines) < 0.15, random.integers(0, 2 * 86400, lines), 0)
    number = np.where(random.random(orders) < 0.02, random.integers(0, orders, orders), np.arange(orders))

    quantity = random.integers(1, 13, lines)
    price = np.where(random.random(lines) < 0.1, random.integers(1000, 400000, lines), random.integers(10, 4000, lines) * 100)
    back = random.random(lines) < 0.07
    quantity = np.where(back, -quantity, quantity)
    amount = quantity * price
    # An order of two lines that cancel each other comes to nothing.
    first = np.full(orders, -1)
    first[of[:orders]] = np.arange(orders)
    for i in np.flatnonzero(random.random(lines) < 0.01):
        if i >= orders:
            amount[i] = -amount[first[of[i]]]
    free = random.random(lines) < 0.005
    amount = np.where(free, 0, amount)
    cost = np.sign(quantity) * (np.abs(amount) * random.integers(30, 90, lines) // 100)
    product = random.integers(0, 3000, lines)
    channel = pick(random, [f"channel {c}" for c in "abcdefghijk"], range(20, 9, -1), orders)[of]
    other = pick(random, ["shop", "channel a", "channel b"], [1, 2, 2], lines)
    channel = np.where(random.random(lines) < 0.1, other, channel)
    return {
        "order_id": blank(random, np.char.add("O", number[of].astype(str)), 0.03),
        "customer_id": blank(random, ids[customer[of]], 0.002),
        "order_date": np.where(random.random(lines) < 0.001, "soon", clock_texts(random, np.minimum(second[of] + later, span))),
        "amount": blank(random, money_texts(amount), 0.003),
        "cost": blank(random, money_texts(cost), 0.05),
        "quantity": blank(random, quantity.astype(str), 0.02),
        "product": blank(random, np.char.add("P", product.astype(str)), 0.01),
        "category": blank(random, np.char.add("kind ", (product % 25).astype(str)), 0.03),
        "channel": blank(random, channel, 0.04),
        "payment": blank(random, pick(random, ["card", "cash", "transfer", "支付宝", "voucher"], [5, 3, 2, 2, 1], orders)[of], 0.03),
    }


def make_customers(random, ids):
    count = len(ids)
    day = np.datetime64("1930-01-01") + random.integers(0, 29000, count)
    day = np.where(random.random(count) < 0.01, np.datetime64("2024-08-01"), day)
    joined = START - random.integers(0, 1500, count)
    return {
        "customer_id": ids,
        "birth_date": blank(random, np.datetime_as_string(day), 0.03),
        "joined": blank(random, np.datetime_as_string(joined), 0.02),
        "gender": blank(random, pick(random, ["F", "M"], [5, 4], count), 0.05),
        "region": blank(random, pick(random, [f"region {i:02d}" for i in range(40)], range(80, 40, -1), count), 0.02),
        "education": blank(random, pick(random, ["none", "school", "college", "degree"], [1, 4, 3, 2], count), 0.04),
        "member": blank(random, pick(random, ["yes", "no"], [1, 3], count), 0.02),
        "income": blank(random, (random.integers(10, 200, count) * 500).astype(str), 0.06),
        "satisfaction": blank(random, random.integers(1, 6, count).astype(str), 0.3),
        "nps": blank(random, random.integers(0, 11, count).astype(str), 0.4),
    }


def make_interactions(random, rows, ids):
    kinds = ["visit", "Session", "browse", "服务", "Service call", "support ticket", "complaint", "complaint call", "投诉", "newsletter"]
    span = int((END - START).astype(int) + 2) * 86400
    customer = (random.random(rows) ** 1.5 * len(ids)).astype(int)
    return {
        "customer_id": blank(random, ids[customer], 0.002),
        "timestamp": clock_texts(random, random.integers(0, span, rows) // 14400 * 14400),
        "kind": blank(random, pick(random, kinds, [9, 5, 4, 2, 2, 2, 1, 1, 1, 2], rows), 0.03),
        "minutes": blank(random, np.char.mod("%.1f", random.integers(1, 900, rows) / 10), 0.3),
        "pages": blank(random, random.integers(1, 40, rows).astype(str), 0.4),
        "satisfaction": blank(random, random.integers(1, 6, rows).astype(str), 0.6),
        "nps": blank(random, random.integers(0, 11, rows).astype(str), 0.7),
    }


def write(path, columns, names=None, rows=None):
    names = names or list(columns)
    order = np.arange(len(columns[names[0]])) if rows is None else rows
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(names) + "\n")
        for row in zip(*(columns[name][order].tolist() for name in names)):
            file.write(",".join(row) + "\n")


def repeat_rows(columns, same, other):
    """The rows `same` once more, and the rows `other` with another income."""
    again = np.concatenate([np.arange(len(columns["customer_id"])), same, other])
    out = {name: column[again] for name, column in columns.items()}
    out["income"] = out["income"].astype("U12")
    out["income"][len(again) - len(other) :] = "1"
    return out


def main(folder, lines=200000):
    random = np.random.Generator(np.random.PCG64(20240317))
    ids = customer_ids(CUSTOMERS)
    known = ids[: CUSTOMERS - 300]
    t = make_transactions(random, lines, ids)
    c = repeat_rows(make_customers(random, known), np.arange(10, 40), np.arange(100, 110))
    i = make_interactions(random, lines // 3, ids[200:])
    tables = {"transactions": t, "customers": c, "interactions": i}
    os.makedirs(folder, exist_ok=True)
    for name, columns in tables.items():
        write(f"{folder}/{name}.csv", columns)
    write(f"{folder}/scoreless.csv", i, ["customer_id", "timestamp", "minutes", "pages"])
    for part in range(3):
        write(f"{folder}/part{part + 1}.csv", t, rows=np.arange(lines * part // 3, lines * (part + 1) // 3))
    for seed in (1, 2):
        os.makedirs(f"{folder}/shuffled{seed}", exist_ok=True)
        other = np.random.Generator(np.random.PCG64(seed))
        for name, columns in tables.items():
            write(f"{folder}/shuffled{seed}/{name}.csv", columns, rows=other.permutation(len(columns["customer_id"])))


if __name__ == "__main__":
    main(sys.argv[1], *(int(n) for n in sys.argv[2:]))
