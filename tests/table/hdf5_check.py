"""hdf5_check.py PROGRAM: tables as h5py, PyTables and pandas lay them out in HDF5 files
make the features, byte for byte, that the same table makes from a CSV file."""

import csv
import datetime
import os
import random
import subprocess
import sys
import tempfile

import h5py
import numpy as np

ROWS = 1000
EPOCH = datetime.datetime(1970, 1, 1)


def draw():
    """Columns by name, None where a value is missing."""
    rng = random.Random(1)
    cut = datetime.datetime(2024, 1, 1)
    return {
        "customer": [f"c{rng.randrange(100)}" for _ in range(ROWS)],
        "date": [cut + datetime.timedelta(seconds=rng.randrange(300 * 86400)) for _ in range(ROWS)],
        "amount": [rng.choice([rng.randrange(10000) / 100, rng.randrange(9) / 8]) for _ in range(ROWS)],
        "qty": [rng.randrange(1, 9) for _ in range(ROWS)],
        "gift": [rng.random() < 0.5 for _ in range(ROWS)],
        "category": [rng.choice(["Bücher", "茶", 'a,"b"', "a text of some length", None]) for _ in range(ROWS)],
    }


def write_csv(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(zip(*([str(v).lower() if v is True or v is False else v for v in c] for c in table.values())))


def seconds(table):
    return np.array([int((v - EPOCH).total_seconds()) for v in table["date"]])


def texts(values):
    return ["" if v is None else v for v in values]


def write_group(group, table, **how):
    group.create_dataset("customer", data=table["customer"], **how)
    date = group.create_dataset("date", data=seconds(table), **how)
    date.attrs["units"] = "seconds since 1970-01-01 00:00:00"
    group.create_dataset("amount", data=np.array(table["amount"], ">f8"), **how)
    group.create_dataset("qty", data=np.array(table["qty"], "u2"), **how)
    group.create_dataset("gift", data=np.array(table["gift"]), **how)
    group.create_dataset("category", data=texts(table["category"]), **how)


def plain(file, table):
    write_group(file, table)


def packed(file, table):
    write_group(file.create_group("shop/orders", track_order=True), table, chunks=(100,), compression="gzip", shuffle=True)


def opaque(file, table):
    write_group(file, table)
    del file["date"]
    file["date"] = seconds(table).astype("M8[s]").astype("M8[us]").astype(h5py.opaque_dtype("M8[us]"))


def records(file, table, **fields):
    dtype = np.dtype(
        [("index", "<i8"), ("customer", "S8"), ("date", "<i8"), ("amount", "<f8"), ("qty", "<i4"), ("gift", "?"),
         ("category", fields.get("category", h5py.string_dtype()))]
    )
    rows = np.zeros(ROWS, dtype)
    for name in table:
        rows[name] = table[name] if name not in ("date", "category") else 0
    rows["index"] = np.arange(ROWS)
    rows["category"] = [v.encode() for v in texts(table["category"])]
    rows["date"] = seconds(table) * 10**9
    return rows


def pandas(file, table, **how):
    """As to_hdf(format="table", data_columns=True) has it."""
    group = file.create_group("orders")
    group.attrs["pandas_type"] = np.bytes_("frame_table")
    rows = group.create_dataset("table", data=records(file, table, category="S24"), **how)
    rows.attrs["date_dtype"] = np.bytes_("datetime64[ns]")


def pandas_packed(file, table):
    pandas(file, table, chunks=(64,), compression="gzip", maxshape=(None,))


def mixed(file, table):
    """Texts of any length among the fields."""
    group = file.create_group("orders")
    group.attrs["pandas_type"] = "frame_table"
    group["table"] = records(file, table)
    group["table"].attrs["date_dtype"] = "datetime64[ns]"


LAYOUTS = {
    "": [plain, packed, opaque, pandas, pandas_packed, mixed],
    ":/shop/orders": [packed],
    ":/orders": [pandas],
}


def make_features(source, *more):
    done = subprocess.run(
        [sys.argv[1], "features", "--transactions", source, "--output", "f.h5", "--force", *more],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (source, done.stderr)
    with open("f.h5", "rb") as file:
        return file.read()


def main():
    table = draw()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_csv("orders.csv", table)
        expected = make_features("orders.csv")
        for inside, layouts in LAYOUTS.items():
            for write in layouts:
                with h5py.File("orders.h5", "w") as file:
                    write(file, table)
                assert make_features("orders.h5" + inside) == expected, (write.__name__, inside)
                if inside:
                    make_features("orders.h5", "--sheet", inside[1:])  # which the recipe remembers
                    assert make_features("or*.h5" + inside) == expected, (write.__name__, inside)
                refused = subprocess.run(
                    [sys.argv[1], "features", "orders.h5" + inside, "--output", "orders.h5", "--force"],
                    capture_output=True, text=True,
                )
                assert refused.returncode == 2 and "would be written over" in refused.stderr, refused.stderr


main()
