"""check_trees.py SCHEMAS FOLDER: asks each format of the trees in FOLDER (make_trees.c) for the segment of each
row: the SQL by SQLite, the JSON by its nodes and by its conditions, the PMML by a small evaluator of what the
standard says. All must say what the library said."""

import json
import math
import pathlib
import re
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree

from jsonschema import Draft202012Validator

PMML = "{http://www.dmg.org/PMML-4_4}"


def read_cell(cell):
    if cell == "n":
        return None
    return bytes.fromhex(cell[1:]).decode() if cell[0] == "t" else float.fromhex(cell[1:])


def read_rows(path):
    lines = path.read_text().splitlines()
    names = [read_cell(cell) for cell in lines[0].split("\t")[1:]]
    segments, rows = [], []
    for line in lines[1:]:
        segment, *cells = line.split("\t")
        segments.append(int(segment))
        rows.append(dict(zip(names, map(read_cell, cells))))
    return segments, rows


# ---- SQL ----------------------------------------------------------------------------------------


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def ask_sql(text, rows):
    names = list(rows[0])  # of a tree without a cut: none
    base = sqlite3.connect(":memory:")
    columns = "".join(f", {quote(name)} {'TEXT' if any(isinstance(row[name], str) for row in rows) else 'REAL'}"
                      for name in names)
    base.execute(f"CREATE TABLE customer_features (customer_id INTEGER{columns})")
    base.executemany(f"INSERT INTO customer_features VALUES (?{', ?' * len(names)})",
                     [(i, *(row[name] for name in names)) for i, row in enumerate(rows)])
    return base.execute(text).fetchall()


def check_sql(path, segments, rows, tree, failures):
    """Numbers and texts are right in every dialect; what SQLite can run gives the segments. Columns that differ in case
    alone are there in PostgreSQL only."""
    fields = {c.get("field", c["name"]) for c in tree["columns"] if c["used"]}
    alike = len({field.lower() for field in fields}) < len(fields)
    written = [path.with_suffix("." + dialect).exists() for dialect in ("postgresql", "sqlite", "duckdb", "bigquery")]
    if written != [True] + [not alike] * 3:
        failures.append(f"{path}: of {fields} there is SQL for {written}")
    if alike:
        return
    rows = [{name: value for name, value in row.items() if name in fields} for row in rows]
    names = {s["segment"]: (s["names"]["en"], s["names"]["zh"], s["code"]) for s in tree["segments"]}
    answer = ask_sql(path.with_suffix(".sqlite").read_text(), rows)
    for i, segment, name, *code in answer:
        if segment != segments[i] or name not in names[segment][:2] or code not in ([], [names[segment][2]]):
            failures.append(f"{path}: SQLite puts row {i} into {segment} {name} {code}, not {segments[i]}: {rows[i]}")
    if len(answer) != len(rows):
        failures.append(f"{path}: SQLite gives {len(answer)} rows of {len(rows)}")
    used = {n["cut"]["column"] for n in tree["nodes"] if "cut" in n}
    numbers = {c["name"] for c in tree["columns"] if c["form"] == "number" and c["name"] in used}
    thresholds = {t for leaf in tree["nodes"] for c in leaf.get("conditions", []) if c["column"] in numbers
                  for t in (c["over"], c["at_most"]) if t is not None}
    for dialect in ("postgresql", "duckdb", "bigquery"):
        text = path.with_suffix("." + dialect).read_text()
        seen = {float(t) for t in re.findall(r'["`] (?:>|<=) (-?[0-9][-+0-9.e]*)', text)}
        if seen != thresholds:
            failures.append(f"{path}: {dialect} has other numbers: {sorted(seen ^ thresholds)}")
    for literal in re.findall(r"(?:>|<=) (-?[0-9]+\.[0-9]+)(?![0-9e])", path.with_suffix(".duckdb").read_text()):
        if int(literal.replace("-", "").replace(".", "")) >= 2**53:
            failures.append(f"{path}: DuckDB reads {literal} as a DECIMAL, which it does not turn into the nearest double")


# ---- JSON ---------------------------------------------------------------------------------------


class Json:
    def __init__(self, tree):
        self.tree = tree
        self.columns = {column["name"]: column for column in tree["columns"]}

    def value(self, name, row):
        """A number, whether a level is there, or None."""
        column = self.columns[name]
        value = row[column.get("field", name)]
        if value is None or column["form"] != "level":
            return value
        return float((value in column["levels"]) != column["is_rest"])

    def by_nodes(self, row):
        node = self.tree["nodes"][0]
        while "cut" in node:
            cut = node["cut"]
            value = self.value(cut["column"], row)
            if value is None:
                side = cut["missing"]
            elif cut["known"] != "by_threshold":
                side = cut["known"]
            else:
                side = "left" if value <= cut["threshold"] else "right"
            node = self.tree["nodes"][node[side]]
        return node["node"]

    def passes(self, condition, row):
        value = self.value(condition["column"], row)
        if value is None:
            return condition["missing"]
        if "yes" in condition:
            return condition["yes" if value else "no"]
        return condition["known"] and ((condition["over"] is None or value > condition["over"])
                                       and (condition["at_most"] is None or value <= condition["at_most"]))


def check_json(path, segments, rows, tree, failures):
    asked = Json(tree)
    leaves = [node for node in tree["nodes"] if "segment" in node]
    for i, row in enumerate(rows):
        at = asked.by_nodes(row)
        passed = [leaf["node"] for leaf in leaves if all(asked.passes(c, row) for c in leaf["conditions"])]
        if tree["nodes"][at]["segment"] != segments[i] or passed != [at]:
            failures.append(f"{path}: JSON: row {i} of segment {segments[i]}: node {at}, conditions {passed}")
    for segment in tree["segments"]:
        if segment["share"] and segment["precision"] is not None:
            if not math.isclose(segment["lift"], segment["precision"] / segment["share"]):
                failures.append(f"{path}: JSON: the lift of {segment['segment']}")
        elif segment["lift"] is not None:
            failures.append(f"{path}: JSON: a lift of nothing, {segment['segment']}")


# ---- PMML ---------------------------------------------------------------------------------------


def read_array(text):
    return [part.replace('\\"', '"') for part in re.findall(r'"((?:\\"|[^"])*)"', text or "")]


def ask_predicate(at, row):
    """True, False, or None: unknown."""
    kind = at.tag.removeprefix(PMML)
    if kind in ("True", "False"):
        return kind == "True"
    if kind == "CompoundPredicate":
        parts = [ask_predicate(part, row) for part in at]
        ends = {"or": True, "and": False}[at.get("booleanOperator")]  # what one part alone settles
        assert len(parts) >= 2
        return ends if ends in parts else None if None in parts else not ends
    value, operator = row[at.get("field")], at.get("operator")
    if operator in ("isMissing", "isNotMissing"):
        return (value is None) == (operator == "isMissing")
    if value is None:
        return None
    if kind == "SimpleSetPredicate":
        (array,) = at
        items = read_array(array.text)
        assert len(items) == int(array.get("n"))
        return (value in items) == (at.get("booleanOperator") == "isIn")
    other = at.get("value") if isinstance(value, str) else float(at.get("value"))
    return {"lessOrEqual": lambda: value <= other, "greaterThan": lambda: value > other,
            "equal": lambda: value == other, "notEqual": lambda: value != other}[operator]()


def ask_pmml(node, row):
    while True:
        children = node.findall(PMML + "Node")
        if not children:
            return int(node.get("score"))
        true = [child for child in children if ask_predicate(child[0], row) is True]
        if len(true) != 1:  # the standard takes the first; here none may depend on that
            return None
        node = true[0]


def check_pmml(path, segments, rows, tree, failures):
    root = ElementTree.parse(path.with_suffix(".pmml")).getroot()
    model = root.find(PMML + "TreeModel")
    assert model.get("missingValueStrategy") == "none"
    fields = [f.get("name") for f in root.find(PMML + "DataDictionary")]
    mined = [f.get("name") for f in model.find(PMML + "MiningSchema")]
    if len(set(fields)) != len(fields) or fields != mined:
        failures.append(f"{path}: PMML has the fields {fields} and uses {mined}")
    if int(root.find(PMML + "DataDictionary").get("numberOfFields")) != len(fields):
        failures.append(f"{path}: PMML counts its fields wrong")
    for i, row in enumerate(rows):
        found = ask_pmml(model.find(PMML + "Node"), row)
        if found != segments[i]:
            failures.append(f"{path}: PMML puts row {i} into {found}, not {segments[i]}: {row}")


# ---- SVG ----------------------------------------------------------------------------------------


def check_svg(path, segments, rows, tree, failures):
    text = path.with_suffix(".svg").read_text()
    root = ElementTree.fromstring(text)
    shown = "".join(root.itertext())
    if re.search(r"<script|href|url\(|@import", text):
        failures.append(f"{path}: the picture asks for something outside it")
    for leaf in tree["nodes"]:
        if "segment" in leaf and f"{leaf['rows']:,}" not in shown:
            failures.append(f"{path}: the picture lacks leaf {leaf['node']}")


def open_schema(path):
    schema = json.loads(pathlib.Path(path).read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def main():
    schemas, folder = sys.argv[1:]
    failures, trees, count = [], 0, 0
    validator = open_schema(f"{schemas}/tree.schema.json")
    explained = open_schema(f"{schemas}/explanation.schema.json")
    customers = sorted(pathlib.Path(folder).glob("*.customer"))
    for path in customers:
        failures += [f"{path}: {error.json_path}: {error.message}"
                     for error in explained.iter_errors(json.loads(path.read_text()))]
    for path in sorted(pathlib.Path(folder).glob("*.rows")):
        segments, rows = read_rows(path)
        tree = json.loads(path.with_suffix(".json").read_text())
        for error in validator.iter_errors(tree):
            failures.append(f"{path}: {error.json_path}: {error.message}")
        for check in (check_sql, check_json, check_pmml, check_svg):
            check(path, segments, rows, tree, failures)
        trees, count = trees + 1, count + len(rows)
    if not trees or not customers:
        failures.append("there is no tree, or no customer")
    print("\n".join(failures[:20]) or f"{trees} trees, {count} rows: every format says the same")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
