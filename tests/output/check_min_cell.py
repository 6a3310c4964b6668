"""check_min_cell.py plant FOLDER: tables whose segments, tiers, stages and levels have small cells.
check_min_cell.py check FOLDER SCHEMA N: holds what runs of these tell with --min-cell N against what they tell without it.

Nothing is read of how the program hides: who is in which set is told by segments.csv, and what can be reckoned by linear
algebra over all kinds of customers that there may be."""

import csv
import datetime
import itertools
import json
import random
import re
import sys

import numpy as np
from jsonschema import Draft202012Validator

PEOPLE = 420
STRANGERS = 4  # who never buy: a segment, a tier and a stage of few


def plant_orders(folder, draw):
    first = datetime.date(2022, 1, 1)
    with open(f"{folder}/orders.csv", "w", encoding="utf-8") as file:
        file.write("customer_id,order_id,order_date,amount\n")
        order = 0
        for customer in range(STRANGERS, PEOPLE):
            day, pace = draw.randint(0, 600), draw.choice([400, 200, 60, 25])
            while day < 730:
                order += 1
                amount = round(draw.lognormvariate(4, 0.8), 2)
                file.write(f"C{customer:05d},O{order},{first + datetime.timedelta(day)},{amount}\n")
                day += max(1, int(draw.expovariate(1 / pace)))
                if draw.random() < 0.1:
                    break


def plant(folder):
    draw = random.Random(7)
    plant_orders(folder, draw)
    rows = []
    for customer in range(PEOPLE):
        religion = draw.choices("ABCD", [70, 20, 7, 1.5])[0]
        region = draw.choices(["North", "South", "East", "West"], [60, 25, 12, 2])[0]
        income = draw.randint(40, 400) * 250 + (400000 if customer < STRANGERS else 0)  # it sets the few apart
        rows.append([f"C{customer:05d}", region, religion, draw.randint(18, 80), income])
    for name in ("people", "other"):
        with open(f"{folder}/{name}.csv", "w", encoding="utf-8") as file:
            file.write("customer_id,region,religion,age,income\n")
            for row in rows:
                file.write(",".join(map(str, row)) + "\n")
        rows[0][4] += 31250  # of one of the few who never bought: no segment goes by it


# ---- What is told with and without ------------------------------------------------------


def walk(value, path=""):
    """Each leaf, by its path."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from walk(entry, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for at, entry in enumerate(value):
            yield from walk(entry, f"{path}[{at}]")
    else:
        yield path, value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# Entries go, as do traits; sentences and an effect are told with less.
GONE = ("map.hexagons", "lorenz.points", "findings")
REWORDED = re.compile(r"^(notes|data_quality\.findings\[\d+\]\.message|tiering\.words|descriptors\.sentence|drift\.sentence|audit\.columns\[\d+\]\.sentence)")
IGNORED = re.compile(r"^(seconds|privacy|.*\.seconds$|threads|memory)")


def drop(document):
    left = json.loads(json.dumps(document))
    for segment in left.get("segments", []):
        segment.pop("traits")
    for finding in left.get("data_quality", {}).get("findings", []):
        finding.pop("examples")
    for path in GONE:
        at, *keys = left, *path.split(".")
        while len(keys) > 1 and at:
            at = at.get(keys.pop(0))
        if at:
            at.pop(keys[0], None)
    return left


def compare(name, whole, told):
    """A number is the same, or null, and is not told where there was none."""
    hidden = 0
    if "map" not in told:  # each of its hexagons is of few
        whole = {key: part for key, part in whole.items() if key != "map"}
    before, after = dict(walk(drop(whole))), dict(walk(drop(told)))
    before, after = ({k: v for k, v in d.items() if not IGNORED.match(k)} for d in (before, after))
    assert before.keys() == after.keys(), (name, sorted(before.keys() ^ after.keys())[:5])
    for path, value in before.items():
        now = after[path]
        if is_number(value) and now is None:
            hidden += 1
        elif path.endswith("cramers_v"):
            assert abs(value - now) <= 0.005, (name, path)
        elif not REWORDED.match(path):
            assert value == now, (name, path, value, now)
    for was, now in zip(*(d.get("data_quality", {}).get("findings", []) for d in (whole, told))):
        if now["count"] != was["count"]:
            said = [now["message"], *now["message_in"].values()]
            assert all(re.match("not told|不予说明", text) for text in said), (name, now)
    for key, count in (("hexagons", lambda h: h[2]),):
        for entry in told.get("map", {}).get(key, []):
            assert entry in whole["map"][key] and count(entry) >= 10, (name, entry)
    assert hidden > 10, (name, hidden)


COUNTS = re.compile(
    r"(^|\.)(size|customers|known|bought|stayed|gone|held|joined|left|new_size|count|second|lapsed|unvalued|missing|repeated"
    r"|holds|fails|unknown|none|n|absent|size_then|size_now|customers_\w+|to\[\d+\]|new\[\d+\]|customers\[\d+\]|active\[\d+\]"
    r"|segments\[\d+\]|segments\[\d+\]\.(tiers|lifecycle)\.[a-z_]+|counts\[\d+\]\[\d+\]|tiers\[\d+\]\[0\]|sizes\[\d+\])$"
)
ROWS = re.compile(r"^(rows|quality|data_quality|features|clusters|seconds|file)\b|^map\.size$")


def check_few(name, told, least):
    """No count of 1 to least - 1 customers is left, whatever it is of."""
    for path, value in walk(told):
        if COUNTS.search(path) and not ROWS.match(path) and is_number(value):
            assert value <= 0 or value >= least, (name, path, value)
    for row in told.get("next", {}), *(s.get("next") or {} for s in told.get("segments", [])):
        size, bought = row.get("size"), row.get("bought")
        if size is not None and bought is not None:
            assert size == bought or size - bought >= least, (name, row)


# ---- Who is in which set -----------------------------------------------------------------


class Types:
    """All kinds of customers: each segment with each tier, stage, and so on; and how many there are of each."""

    def __init__(self, columns, rows):
        self.columns = columns
        self.levels = {c: sorted({r[c] for r in rows}) for c in columns}
        self.all = list(itertools.product(*(self.levels[c] for c in columns)))
        self.count = np.zeros(len(self.all))
        place = {kind: at for at, kind in enumerate(self.all)}
        for row in rows:
            self.count[place[tuple(row[c] for c in columns)]] += 1

    def of(self, **wanted):
        """Who has these levels: one, or one of several."""
        allowed = {c: {v} if isinstance(v, str) else set(v) for c, v in wanted.items()}
        return np.array([all(k[self.columns.index(c)] in v for c, v in allowed.items()) for k in self.all], dtype=float)


def find_sets(document, types, phases):
    """What the document's counts are of: (what, who, the number as it stands)."""
    codes = [s["code"] for s in document["segments"]]
    tiers = [t["tier"] for t in document["tiers"]]
    yield "customers", types.of(), document["customers"]
    for segment in document["segments"]:
        yield segment["code"], types.of(segment_code=segment["code"]), segment["size"]
        for key in ("tiers", "lifecycle"):
            column = {"tiers": "tier"}.get(key, key)
            for level, size in segment[key].items():
                yield f"{segment['code']}.{level}", types.of(segment_code=segment["code"], **{column: level}), size
    for key, code, column in (("tiers", "tier", "tier"), ("lifecycle", "stage", "lifecycle")):
        for row in document[key]:
            yield row[code], types.of(**{column: row[code]}), row["size"]
            for segment, size in zip(codes, row["segments"]):
                yield f"{row[code]}.{segment}", types.of(segment_code=segment, **{column: row[code]}), size
    for row in document["lifecycle"]:
        for tier, (size, _) in zip(tiers, row["tiers"]):
            yield f"{row['stage']}.{tier}", types.of(lifecycle=row["stage"], tier=tier), size
    for row in document["lifecycle_phases"]:
        yield row["phase"], types.of(lifecycle=phases[row["phase"]]), row["size"]
    for row in document["reasons"]:
        yield row["reason"], types.of(reason_code=row["reason"]), row["size"]


def check_reckoning(name, types, before, after, least):
    """No sum and difference of what is told is a set of few; what is 0 is told, too."""
    empty = np.zeros(len(types.all), dtype=bool)
    for (what, who, size), (_, _, now) in zip(before, after):
        assert size == who @ types.count, (name, what, size)
        if now == 0:
            empty |= who > 0
    known = np.array([who * ~empty for _, who, now in after if now is not None])
    few = 0
    for what, who, size in before:
        if 0 < size < least:
            few += 1
            by, *_ = np.linalg.lstsq(known.T, who * ~empty, rcond=None)
            assert np.abs(known.T @ by - who * ~empty).max() > 1e-6, (name, what, size)
    assert few > 5, (name, few)


def check_groups(name, whole, told, rows, least):
    types = Types(["segment_code", "tier", "lifecycle", "reason_code"], rows)
    phases = {p["phase"]: [s["stage"] for s in whole["lifecycle"] if s["phase"] == p["phase"]] for p in whole["lifecycle_phases"]}
    check_reckoning(name, types, *(list(find_sets(d, types, phases)) for d in (whole, told)), least)


def find_former(document, types):
    """What the counts beside an earlier run are of; "": not there."""
    previous = document["previous"]
    codes = [s["code"] for s in previous["now"]]
    then = [s["code"] for s in previous["segments"]]
    yield "customers", types.of(now=codes), document["customers"]
    for segment in document["segments"]:
        yield segment["code"], types.of(now=segment["code"]), segment["size"]
    for code, size in zip(codes, previous["new"]):
        yield f"new.{code}", types.of(now=code, then=""), size
    for row in previous["segments"]:
        yield f"then.{row['code']}", types.of(then=row["code"]), row["size_then"]
        yield f"gone.{row['code']}", types.of(then=row["code"], now=""), row["gone"]
        for code, size in zip(codes, row["to"]):
            yield f"{row['code']}.{code}", types.of(then=row["code"], now=code), size
    for key, who in (("new", {"then": "", "now": codes}), ("gone", {"then": then, "now": ""}), ("both", {"then": then, "now": codes})):
        yield key, types.of(**who), previous[f"customers_{key}"]


def check_former(name, whole, told, rows, before, least):
    then, now = ({r["customer_id"]: r["segment_code"] for r in run} for run in (before, rows))
    both = [{"then": then.get(i, ""), "now": now.get(i, "")} for i in then.keys() | now.keys()]
    types = Types(["then", "now"], both)
    for column, run in (("then", "segments"), ("now", "now")):  # those of nobody, too
        missing = {s["code"] for s in whole["previous"][run]} - set(types.levels[column])
        assert not missing, missing
    check_reckoning(name, types, *(list(find_former(d, types)) for d in (whole, told)), least)


def check_months(name, told, whole, least):
    """The same of the months before, whose sets are rows and columns of what moved."""
    history, full = told["history"], whole["history"]
    k = len(history["points"][0]["customers"])
    for at, (move, known) in enumerate(zip(history["moves"], full["moves"])):
        cells = [(r, c) for r in range(k + 1) for c in range(k) if move["counts"][r][c] is None]
        lines = []
        for r in range(k):
            if history["points"][at]["customers"][r] is not None:
                lines.append([float(cell[0] == r) for cell in cells])
        for c in range(k):
            if history["points"][at + 1]["customers"][c] is not None:
                lines.append([float(cell[1] == c) for cell in cells])
        lines = np.array(lines)
        for i, (r, c) in enumerate(cells):
            one = np.eye(len(cells))[i]
            if lines.size and 0 < known["counts"][r][c] < least:
                by, *_ = np.linalg.lstsq(lines.T, one, rcond=None)
                assert np.abs(lines.T @ by - one).max() > 1e-6, (name, at, r, c)


# One customer of few is another: what may be told of that is of all customers, or of a column.
MAY_DIFFER = re.compile(r"^(seconds|rows\.customers\.files|(profile|means)\[\d+\]\.(mean_all|segments\[\d+\]\.effect)|descriptors\.columns)|\.seconds$")


def check_one(one, other):
    """Who has another income is one of the few of his segment, and that is seen nowhere."""
    assert any(row["name"] == "income" for row in one["profile"])
    before, after = dict(walk(drop(one))), dict(walk(drop(other)))
    for path in before.keys() | after.keys():
        assert before.get(path) == after.get(path) or MAY_DIFFER.match(path), (path, before.get(path), after.get(path))


def check(folder, schema, least):
    with open(schema, encoding="utf-8") as file:
        validator = Draft202012Validator(json.load(file))

    def read(name):
        path = f"{folder}/{name}.json" if name.startswith("value") else f"{folder}/{name}/summary.json"
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def read_rows(name):
        with open(f"{folder}/{name}/segments.csv", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    for name in ("people", "previous", "applied", "value"):
        whole, told = read(f"{name}-0"), read(f"{name}-{least}")
        errors = [(error.json_path, error.message) for error in validator.iter_errors(told)]
        assert not errors, (name, errors)
        compare(name, whole, told)
        check_few(name, told, least)
        if name != "value":
            rows = read_rows(f"{name}-{least}")
            check_groups(name, whole, told, rows, least)
            check_months(name, told, whole, least)
        if name == "previous":
            check_former(name, whole, told, rows, read_rows("then"), least)
    assert any(s["size"] == STRANGERS for s in read("people-0")["segments"])
    check_one(read(f"people-{least}"), read(f"other-{least}"))
    print("nothing is told of few")


if __name__ == "__main__":
    if sys.argv[1] == "plant":
        plant(sys.argv[2])
    else:
        check(sys.argv[2], sys.argv[3], int(sys.argv[4]))
