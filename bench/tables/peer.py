"""One peer's aggregate of a file of lines: peer.py duckdb|polars|pandas FILE THREADS

Per customer: lines, sum of the amounts, first and last time, distinct days. Prints the number of customers and, that all
may be seen to do the same, the sums over customers of lines, of days and of cents.
"""
import sys


def duckdb(path, threads):
    import duckdb as db

    con = db.connect(config={"threads": threads})
    columns = "{'customer_id': 'VARCHAR', 'order_time': 'TIMESTAMP', 'amount': 'DOUBLE', 'category': 'VARCHAR', 'channel': 'VARCHAR'}"
    out = con.execute(
        "SELECT customer_id, count(*) AS lines, sum(amount) AS total, min(order_time) AS first, max(order_time) AS last, "
        "count(DISTINCT CAST(order_time AS DATE)) AS days "
        f"FROM read_csv('{path}', header=true, columns={columns}) GROUP BY customer_id"
    ).fetchnumpy()
    return len(out["lines"]), int(out["lines"].sum()), int(out["days"].sum()), round(float(out["total"].sum()) * 100)


def polars(path, threads):
    import polars as pl

    schema = {"customer_id": pl.String, "order_time": pl.String, "amount": pl.Float64, "category": pl.String, "channel": pl.String}
    time = pl.col("order_time").str.to_datetime("%Y-%m-%d %H:%M:%S")
    out = (
        pl.scan_csv(path, schema=schema)
        .with_columns(time)
        .group_by("customer_id")
        .agg(
            pl.len().alias("lines"),
            pl.col("amount").sum().alias("total"),
            pl.col("order_time").min().alias("first"),
            pl.col("order_time").max().alias("last"),
            pl.col("order_time").dt.date().n_unique().alias("days"),
        )
        .collect(engine="streaming")
    )
    return len(out), int(out["lines"].sum()), int(out["days"].sum()), round(out["total"].sum() * 100)


def pandas(path, threads):
    import pandas as pd

    data = pd.read_csv(path, engine="pyarrow", dtype_backend="pyarrow", parse_dates=["order_time"])
    data["day"] = data["order_time"].dt.floor("D")
    out = data.groupby("customer_id", sort=False).agg(
        lines=("amount", "size"),
        total=("amount", "sum"),
        first=("order_time", "min"),
        last=("order_time", "max"),
        days=("day", "nunique"),
    )
    return len(out), int(out["lines"].sum()), int(out["days"].sum()), round(float(out["total"].sum()) * 100)


if __name__ == "__main__":
    name, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    print(*{"duckdb": duckdb, "polars": polars, "pandas": pandas}[name](path, threads))
