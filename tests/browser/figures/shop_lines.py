"""shop_lines.py: what the lines of Online Retail's invoices tell of its customers, without the engine."""

import collections
import csv
import datetime
import lzma
import math
from decimal import Decimal


def read_lines(path):
    """(customer, order, time, thousandths of the currency) of each line that names a customer; and how many lines are read."""
    lines, read = [], 0
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            read += 1
            if row["CustomerID"]:
                amount = int(row["Quantity"]) * round(float(row["UnitPrice"]) * 1000)
                lines.append((row["CustomerID"], row["InvoiceNo"], row["InvoiceDate"], amount))
    return lines, read


def days_between(first, last):
    return (datetime.date.fromisoformat(last[:10]) - datetime.date.fromisoformat(first[:10])).days


class Shop:
    """Its customers: what each spent, and when each made which purchases; a purchase is an order of more than nothing."""

    def __init__(self, lines, as_of):
        self.lines, self.spent, order, self.seen = lines, collections.Counter(), collections.Counter(), {}
        of, when = {}, {}
        for customer, number, time, amount in lines:
            self.spent[customer] += amount
            order[number] += amount
            of[number] = customer
            when[number] = max(time, when.get(number, ""))
            self.seen[customer] = min(time, self.seen.get(customer, time))
        self.purchases = collections.defaultdict(list)
        for number, amount in order.items():
            if amount > 0:
                self.purchases[of[number]].append(when[number])
        self.features = {customer: self.features_of(customer, as_of) for customer in self.spent}

    def features_of(self, customer, as_of):
        times = self.purchases.get(customer, [])
        return {
            "frequency": len(times),
            "purchase_days": len({time[:10] for time in times}),
            "recency_days": days_between(max(times), as_of) if times else math.nan,
            "monetary_total": self.spent[customer] / 1000,
        }

    def bought_within(self, first, until):
        return {customer for customer, times in self.purchases.items() if any(first <= time < until for time in times)}

    def spent_within(self, first, until, customers=None):
        return sum(
            amount
            for customer, _, time, amount in self.lines
            if first <= time < until and (customers is None or customer in customers)
        )

    def caught_by(self, condition):
        """Whom a condition is true of: chained comparisons, and, or."""
        meant = compile(condition.replace("; or", " or"), "condition", "eval")
        return {customer for customer, features in self.features.items() if eval(meant, {"__builtins__": {}}, features)}


def money_of(thousandths):
    return Decimal(thousandths) / 1000
