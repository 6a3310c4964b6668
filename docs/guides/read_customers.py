"""Twenty customers of each segment, their labels beside their orders: reading-segments.md, reading-labels.md.

python3 docs/guides/read_customers.py online-retail|adventureworks|cdnow|FOLDER [SEGMENTS.csv [HOW_MANY]]

FOLDER is one that tesela synth company or ecommerce made. The customers are those whose ids have the least hashes, so that anybody draws
the same ones. Nothing but Python's own library is needed.
"""
import collections
import csv
import datetime
import glob
import hashlib
import lzma
import os
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "datasets")


def online_retail():
    with lzma.open(os.path.join(DATA, "online-retail", "online_retail_lines.csv.xz"), "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["CustomerID"]:
                day = row["InvoiceDate"].split()[0]
                yield row["CustomerID"], row["InvoiceNo"], day, float(row["Quantity"]) * float(row["UnitPrice"])


def adventureworks():
    folder = os.path.join(DATA, "adventureworks")
    with open(os.path.join(folder, "AdventureWorks_Products.csv"), encoding="utf-8-sig") as file:
        price = {row["ProductKey"]: float(row["ProductPrice"]) for row in csv.DictReader(file)}
    for path in sorted(glob.glob(os.path.join(folder, "AdventureWorks_Sales_*.csv"))):
        with open(path, encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                day = datetime.datetime.strptime(row["OrderDate"], "%m/%d/%Y").date().isoformat()
                yield row["CustomerKey"], row["OrderNumber"], day, int(row["OrderQuantity"]) * price[row["ProductKey"]]


def cdnow():
    path = os.path.join(DATA, "cdnow", "CDNOW_master.txt")
    if not os.path.exists(path):
        path = os.path.join(os.environ.get("TESELA_TEST_DATA", ""), "CDNOW_master.txt")
    with open(path, encoding="utf-8") as file:
        for number, (customer, day, _, amount) in enumerate(line.split() for line in file):
            if day.isdigit():
                yield customer, number, f"{day[:4]}-{day[4:6]}-{day[6:]}", float(amount)


def made(folder):
    with open(os.path.join(folder, "transactions.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = (row.get("timestamp") or row["order_time"])[:10]
            yield row["customer_id"], row["order_id"], day, float(row["amount"])


SETS = {"online-retail": online_retail, "adventureworks": adventureworks, "cdnow": cdnow}


def read_orders(lines):
    """Of each customer: [day, amount, lines] an order, by day."""
    orders = collections.defaultdict(dict)
    for customer, number, day, amount in lines:
        order = orders[customer].setdefault(number, [day, 0.0, 0])
        order[1] += amount
        order[2] += 1
    return {customer: sorted(of.values()) for customer, of in orders.items()}


def show(row, orders):
    print(f"  {row['customer_id']}: {row['tier']}, {row['lifecycle']}, {row['action']}; {row['reason']}; confidence {float(row['confidence']):.2f}")
    text = [f"{day} {amount:,.0f}" + (f" ({lines})" if lines > 1 else "") for day, amount, lines in orders]
    if len(text) > 12:
        text[6:-6] = [f"... {len(text) - 12} more ..."]
    print("      " + (", ".join(text) or "no orders"))


def main():
    which = sys.argv[1] if len(sys.argv) > 1 else ""
    if which not in SETS and not os.path.isdir(which):
        sys.exit(__doc__)
    path = sys.argv[2] if len(sys.argv) > 2 else os.path.join("build", "demo", which, "segments.csv")
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    orders = read_orders(SETS[which]() if which in SETS else made(which))
    segments = collections.defaultdict(list)
    with open(path, encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            segments[int(row["segment"])].append(row)
    for number, rows in sorted(segments.items()):
        rows.sort(key=lambda row: hashlib.sha256(row["customer_id"].encode()).hexdigest())
        print(f"\n{number}: {rows[0]['segment_name']} ({len(rows):,})")
        for row in rows[:count]:
            show(row, orders.get(row["customer_id"], []))


main()
