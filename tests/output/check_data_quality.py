"""check_data_quality.py SCHEMA ORDERS CHECK.json...: what tesela check prints of ORDERS (the first) is what a second
program finds, and all are as the schema says."""

import collections
import csv
import decimal
import json
import sys

import jsonschema

schema, orders, *checks = sys.argv[1:]
with open(schema) as file:
    validator = jsonschema.Draft202012Validator(json.load(file))
for name in checks:
    with open(name) as file:
        document = json.load(file)
    validator.validate(document)
    for table in document["tables"].values():
        assert table["rows"]["read"] == table["rows"]["used"] + table["rows"]["rejected"], name
    for wrong in ({**document, "extra": 1}, {**document, "refuses_run": "no"}, {**document, "tables": {"orders": {}}}):
        assert not validator.is_valid(wrong), name

with open(checks[0]) as file:
    columns = {c["name"]: c for c in json.load(file)["tables"]["transactions"]["columns"]}
with open(orders, newline="") as file:
    rows = list(csv.DictReader(file))


def quantile(values, p):
    place = p * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return float(values[low] + (values[high] - values[low]) * decimal.Decimal(place - low))


assert list(columns) == list(rows[0]), list(columns)
for name, column in columns.items():
    cells = [row[name].strip() for row in rows]
    counts = collections.Counter(cell for cell in cells if cell)
    assert column["rows"] == len(rows) and column["missing"] == cells.count("") and column["distinct"] == len(counts)
    if column["frequent"] is not None:
        frequent = sorted(counts.items(), key=lambda item: (-item[1], item[0].encode()))[:10]
        assert [(v["value"], v["count"]) for v in column["frequent"]] == frequent, name
    if column["type"] == "decimal":
        values = sorted(decimal.Decimal(cell) for cell in cells if cell)
        assert (column["min"], column["max"], column["sum"]) == (values[0], values[-1], float(sum(values))), name
        for p in (1, 5, 25, 50, 75, 95, 99):
            found = column["quantiles"][f"p{p:02}"]
            assert abs(found - quantile(values, p / 100)) < 1e-9, (name, p)
            assert len(repr(found).partition(".")[2]) <= 8, (name, p, found)  # no noise of doubles
        histogram = column["histogram"]
        assert all(len(repr(edge).partition(".")[2]) <= 8 for edge in histogram["edges"]), (name, histogram["edges"])
        assert sum(histogram["counts"]) == len(values) and len(histogram["edges"]) == 21
print(f"{len(checks)} checks, {len(columns)} columns")
