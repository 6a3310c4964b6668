"""Order tables, cuts in time, and their customers at a cut: features by the program, what came next by the lines.

CDNOW may not be shipped: it is looked for in $TESELA_TEST_DATA, and left out where it is not. A table of one's own is
described in a JSON file:

    {"name": "Shop", "file": "orders.csv", "customer": "client", "order": "invoice", "time": "date", "amount": "total",
     "days": 90, "cuts": ["2024-03-01", "2024-02-01", "2024-01-01"]}

"file" lies beside it; without "order" a row is an order; "days" is the horizon; the first cut is the one that samples
are taken at.
"""

import functools
import hashlib
import json
import os
import subprocess

import h5py
import numpy as np
import pandas as pd

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATASETS = os.path.join(ROOT, "datasets")
MONEY = 10000
SPLITS, SAMPLES = 10, 5
BEFORE = 30  # days from the month before to a cut


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")


def scaled(text):
    """Texts of decimals in whole 1/10000."""
    return np.rint(pd.to_numeric(text).to_numpy(float) * MONEY).astype(np.int64)


class Table:
    """An order table: rows as they are written (for the program), and its lines (for what came next)."""

    def __init__(self, name, cuts, days, rows, files, customer, options=()):
        self.name, self.cuts, self.days = name, cuts, days
        self.rows, self.files, self.customer, self.options = rows, files, customer, list(options)

    def set_lines(self, order, time, amount):
        self.lines = pd.DataFrame(
            {"customer": self.rows[self.customer].to_numpy(), "order": order, "time": time, "amount": amount}
        )
        return self

    def before(self, cut):
        return str((pd.Timestamp(cut) - pd.Timedelta(days=BEFORE)).date())

    def of_program(self, cut):
        """What the program is told of the table."""
        return [*self.options, "--transactions", *self.files, "--as-of", cut]


def read_retail(work):
    path = os.path.join(DATASETS, "online-retail", "online_retail_lines.csv.xz")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = rows[rows.CustomerID.str.strip() != ""].reset_index(drop=True)
    table = Table("Online Retail", ["2011-09-10", "2011-08-10", "2011-07-10"], 90, rows, [path], "CustomerID")
    amount = rows.Quantity.astype(np.int64).to_numpy() * scaled(rows.UnitPrice)
    return table.set_lines(rows.InvoiceNo, pd.to_datetime(rows.InvoiceDate), amount)


def read_cdnow(work):
    path = os.path.join(os.environ.get("TESELA_TEST_DATA", ""), "CDNOW_master.txt")
    if not os.path.exists(path):
        return None
    rows = pd.read_csv(path, sep=r"\s+", dtype=str)
    return plain_table("CDNOW", ["1998-01-01", "1997-12-01", "1997-11-01"], 180, {"customer": rows.customer_id},
                       pd.to_datetime(rows.date, format="%Y%m%d"), rows.dollar_value, work)


def read_adventureworks(work):
    folder = os.path.join(DATASETS, "adventureworks")
    files = [os.path.join(folder, f"AdventureWorks_Sales_{year}.csv") for year in (2017, 2018, 2019)]
    rows = pd.concat([pd.read_csv(path, dtype=str) for path in files], ignore_index=True)
    table = Table("AdventureWorks", ["2019-01-01", "2018-10-01", "2018-07-01"], 180, rows, files, "CustomerKey",
                  ["--config", without_customers(os.path.join(folder, "adventureworks.yaml"), work)])
    products = pd.read_csv(os.path.join(folder, "AdventureWorks_Products.csv"), dtype=str)
    price = pd.Series(scaled(products.ProductPrice), index=products.ProductKey)
    amount = rows.OrderQuantity.astype(np.int64).to_numpy() * rows.ProductKey.map(price).to_numpy()
    return table.set_lines(rows.OrderNumber, pd.to_datetime(rows.OrderDate, format="%m/%d/%Y"), amount)


def without_customers(config, work):
    """The bundled configuration, of orders alone: without its customers table."""
    with open(config, encoding="utf-8") as file:
        text = file.read().split("\ncustomers:")[0]
    path = os.path.join(work, os.path.basename(config))
    write_if_other(path, text.replace("- file: ", "- file: " + os.path.dirname(config) + "/") + "\n")
    return path


def read_rfm(work):
    rows = pd.read_csv(os.path.join(DATASETS, "rfm", "rfm_data_orders.csv"), dtype=str)
    return plain_table("rfm_data_orders", ["2006-07-01", "2006-01-01", "2005-07-01"], 180, {"customer": rows.customer_id},
                       pd.to_datetime(rows.order_date), rows.revenue, work)


def plain_table(name, cuts, days, columns, time, amount, work):
    """A table that the program is given anew, with columns that it recognises. A row without an order's number is an
    order, and gets the number of the row, lest two of one day be taken for one."""
    rows = pd.DataFrame({"customer_id": columns["customer"], "order_id": columns.get("order"),
                         "order_date": time.dt.strftime("%Y-%m-%d %H:%M:%S"), "amount": amount})
    if "order" not in columns:
        rows["order_id"] = np.arange(len(rows)).astype(str)
    path = os.path.join(work, name + ".csv")
    write_if_other(path, rows.to_csv(index=False))
    return Table(name, cuts, days, rows, [path], "customer_id").set_lines(rows.order_id, time, scaled(amount))


def write_if_other(path, text):
    """Leaves a file that says the same as old as it is, and what was made of it."""
    if os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as file:
            if file.read() == text:
                return
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def read_described(path, work):
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    rows = pd.read_csv(os.path.join(os.path.dirname(path), told["file"]), dtype=str, keep_default_na=False)
    rows = rows[rows[told["customer"]].str.strip() != ""].reset_index(drop=True)
    columns = {role: rows[told[role]] for role in ("customer", "order") if role in told}
    return plain_table(told["name"], told["cuts"], told["days"], columns, pd.to_datetime(rows[told["time"]]),
                       rows[told["amount"]], work)


READERS = {"retail": read_retail, "cdnow": read_cdnow, "adventureworks": read_adventureworks, "rfm": read_rfm}


def read_table(name, work):
    """A table by its name in READERS or by the JSON file that describes it; None where it is not there."""
    return READERS[name](work) if name in READERS else read_described(name, work)


class Customers:
    """Customers of a table at a cut who have a purchase before it; c["frequency"] is a feature, NaN where missing."""

    def __init__(self, table, cut, ids, features, some=False):
        self.table, self.cut, self.ids, self.features, self.some = table, cut, ids, features, some

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, name):
        return self.features[name]

    def columns(self, *names):
        return np.column_stack([self.features[name] for name in names])

    def only(self, mask):
        return Customers(self.table, self.cut, self.ids[mask], {n: v[mask] for n, v in self.features.items()}, True)

    @property
    def raw(self):
        """The features that /X holds."""
        return self.columns(*(name for name in self.features if name != "gap_p90"))

    @functools.cached_property
    def bytes_of_split(self):
        """The first two bytes of md5("s:i"), s = 0…9, i the customer's id: SPLITS × customers × 2."""
        return np.array([[list(hashlib.md5(f"{s}:{i}".encode()).digest()[:2]) for i in self.ids] for s in range(SPLITS)])

    @property
    def halves(self):
        return self.bytes_of_split[:, :, 0] % 2 == 1

    @property
    def samples(self):
        return self.bytes_of_split[:SAMPLES, :, 1] < 205

    @functools.cached_property
    def sampled(self):
        """The customers of each sample: the same ones to whoever asks."""
        return [self.only(sample) for sample in self.samples]


def read_features(path):
    """Ids and features (history too) of the customers of a features file who have a purchase."""
    with h5py.File(path) as file:
        text = lambda name: [value.decode() for value in file[name][:]]
        ids = np.array(text("obs/customer_id"), object)
        names, x = text("var/name"), file["X"][:]
        history = dict(zip(text("uns/tesela/history_columns"), file["obsm/history"][:].T))
    features = {**dict(zip(names, x.T)), "gap_p90": history["gap_p90"]}
    bought = features["frequency"] > 0
    return ids[bought], {name: np.ascontiguousarray(values[bought]) for name, values in features.items()}


def customers_at(table, cut, program, work):
    """The features file is kept until the program or the table is a newer one."""
    path = os.path.join(work, f"{table.name}-{cut}.h5")
    made_of = max(map(os.path.getmtime, [program, *table.files]))
    if not os.path.exists(path) or os.path.getmtime(path) < made_of:
        run(program, "features", *table.of_program(cut), "--output", path, "--force", "--quiet")
    ids, features = read_features(path)
    return Customers(table, cut, ids, features)


def outcomes(customers):
    """y = ln(1 + max(0, net amount in [T, T + H))); b = 1 where there is a purchase in it."""
    table = customers.table
    begin = pd.Timestamp(customers.cut)
    lines = table.lines[(table.lines.time >= begin) & (table.lines.time < begin + pd.Timedelta(days=table.days))]
    net = lines.groupby("customer").amount.sum().reindex(customers.ids).fillna(0).to_numpy() / MONEY
    orders = lines.groupby(["customer", "order"]).amount.sum()
    buyers = set(orders[orders > 0].index.get_level_values("customer"))
    return np.log1p(np.maximum(net, 0)), np.array([i in buyers for i in customers.ids], float)


def features_by_pandas(table, cut):
    """R, F, M and the rest of what the rule needs once more, from the lines."""
    cut = pd.Timestamp(cut)
    lines = table.lines[table.lines.time < cut]
    orders = lines.groupby(["customer", "order"]).agg(amount=("amount", "sum"), time=("time", "min")).reset_index()
    orders = orders[orders.amount > 0]
    orders["day"] = orders.time.dt.normalize()
    by = orders.groupby("customer")
    out = pd.DataFrame(
        {
            "recency_days": (cut - by.day.max()).dt.days,
            "frequency": by.size(),
            "purchase_days": by.day.nunique(),
            "monetary_mean": by.amount.mean() / MONEY,
        }
    )
    out["monetary_total"] = lines.groupby("customer").amount.sum().reindex(out.index) / MONEY
    days = orders.drop_duplicates(["customer", "day"]).sort_values(["customer", "day"])
    days["gap"] = days.groupby("customer").day.diff().dt.days
    out["gap_p90"] = days.dropna(subset="gap").groupby("customer").gap.quantile(0.9).reindex(out.index)
    return out
