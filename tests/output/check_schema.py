"""check_schema.py SCHEMA SUMMARY...: validates summaries against the schema,
checks what a schema cannot say, and proves that the schema can refuse."""

import copy
import json
import math
import os
import sys

from jsonschema import Draft202012Validator


def check_sums(name, summary):
    for table, rows in summary["rows"].items():
        assert rows["read"] == rows["used"] + rows["rejected"], (name, table)
        assert rows["rejected"] == sum(rows["rejected_by"].values()), (name, table)
    segments = summary.get("segments", [])
    if segments:
        assert sum(s["size"] for s in segments) == summary["customers"], name
        assert math.isclose(sum(s["share"] for s in segments), 1), name
    for key, part in (("tiers", "tier"), ("lifecycle", "stage")):
        for row in summary.get(key, []):
            assert row["size"] == sum(s[key][row[part]] for s in segments), (name, key, row[part])
    for rules in summary.get("rules", []):
        sizes = sum(c["size"] for c in rules["classes"])
        assert sizes + rules["none"] + rules["unknown"] == summary["customers"], (name, rules["set"])
        for of in (c for one in rules["classes"] for c in one["conditions"]):
            assert of["holds"] + of["fails"] + of["unknown"] == summary["customers"], (name, of["condition"])
    strategies = summary.get("strategies")
    if strategies:
        acted = sum(row["size"] for row in strategies["rows"]) + sum(cell["size"] for cell in strategies["unset"])
        assert acted <= summary["customers"], name
    drift = summary.get("drift")
    if drift:
        if segments:
            assert [s["size_now"] for s in drift["segments"]] == [s["size"] for s in segments], name
        assert sum(s["size_now"] for s in drift["segments"]) == drift["customers_now"], name
        assert all((f["psi"] is None) == (f["level"] is None) for f in drift["features"]), name
    previous = summary.get("previous")
    if previous:
        for row in previous["segments"]:
            assert sum(row["to"]) + row["gone"] == row["size_then"], (name, row["code"])
            stays = row["joined_into"] + ([row["segment"]] if row["segment"] else [])
            assert row["stayed"] == sum(row["to"][s - 1] for s in stays), (name, row["code"])
        assert previous["customers_both"] == sum(sum(row["to"]) for row in previous["segments"]), name
        assert previous["customers_new"] == sum(previous["new"]), name
    for row in summary.get("profile", []):
        assert len(row["segments"]) == len(segments), (name, row["name"])


def count_undescribed(schema, at="$"):
    """Each property must say what it is, itself or by what it refers to."""
    for key, value in schema.get("properties", {}).items():
        if "description" not in value and "$ref" not in value:
            if at.endswith(("names", "rules")):
                continue
            yield f"{at}.{key}"
        yield from count_undescribed(value, f"{at}.{key}")
    if isinstance(schema.get("items"), dict):
        yield from count_undescribed(schema["items"], f"{at}[]")
    for key, value in schema.get("$defs", {}).items():
        yield from count_undescribed(value, f"#{key}")


def break_ways(summary):
    """Copies of a full summary, each with one thing wrong."""
    def broken(change):
        wrong = copy.deepcopy(summary)
        change(wrong)
        return wrong

    yield "unknown key", broken(lambda s: s.update(extra=1))
    yield "no seed", broken(lambda s: s.pop("seed"))
    yield "a day that is none", broken(lambda s: s.update(as_of="10.12.2011"))
    yield "share above 1", broken(lambda s: s["segments"][0].update(share=1.5))
    yield "size of a wrong type", broken(lambda s: s["tiers"][0].update(size="many"))
    yield "unknown stage", broken(lambda s: s["lifecycle"][0].update(stage="asleep"))
    yield "candidate without k", broken(lambda s: s["clusters"]["candidates"][0].pop("k"))
    yield "tiers without segments", broken(lambda s: s.pop("segments"))
    if "drift" in summary:
        yield "an unknown verdict", broken(lambda s: s["drift"].update(verdict="perhaps"))
        yield "a part that is neither", broken(lambda s: s["drift"]["parts"].update(tiers="kept"))
        yield "a feature neither used nor not", broken(lambda s: s["drift"]["features"][0].pop("used"))
    yield "a file of no kind", broken(lambda s: s.update(file={"rows": 3}))


def lacks_part(name, summary):
    """What a run of the program is to have: without it nothing of it was validated."""
    clusters = summary.get("clusters", {})
    parts = {
        "run": {"rfm": len(summary.get("rfm", {}).get("recency", {}).get("cuts", [])) == 4,
                "next": "next" in summary, "history": len(summary.get("history", {}).get("moves", [])) == 12,
                "changes": "changes" in summary, "set_apart": clusters.get("set_apart"), "verdict": "verdict" in clusters,
                "evidence": "evidence" in clusters, "places": clusters.get("places") == "typical",
                "plain": "plain" in clusters},
        "apply": {"drift": "drift" in summary, "history": "history" in summary},
        "previous": {"previous": "previous" in summary, "places": clusters.get("places") == "previous"},
        "target": {"target": "target" in summary},
        "cluster": {"evidence": "evidence" in clusters},
        "label": {"segments": summary.get("segments"), "strategies": summary.get("strategies", {}).get("rows")},
        "rules": {"sets": len(summary.get("rules", [])) == 3,
                  "overlaps": any(c["overlaps"] for s in summary.get("rules", []) for c in s["classes"])},
        "assign": {"drift": "drift" in summary},
        "evaluate": {"evaluation": "evaluation" in summary, "next": "next" in summary},
        "value": {"models": "pareto-nbd" in summary.get("models", {}), "rfm": "rfm" in summary.get("valuation", {}),
                  "holdout": "tracking" in summary.get("holdout", {})},
        "covariates": {"columns": len(summary.get("covariates", {}).get("columns", [])) == 2,
                       "cohorts": "cohorts" in summary, "score": "score" in summary.get("valuation", {})},
        "account": {"score": "score" in summary.get("valuation", {}), "alone": summary.get("models") == {}},
        "inspect-segments": {"profile": len(summary.get("file", {}).get("profile", [])) > 20},
        "inspect-values": {"profile": len(summary.get("file", {}).get("profile", [])) > 10},
        "inspect-warnings": {"warnings": len(summary.get("file", {}).get("warnings", [])) == 5},
        "inspect-list": {"profile": len(summary.get("file", {}).get("profile", [])) == 13},
        "components": {"components": any("component" in c for c in clusters.get("basis", {}).get("columns", []))},
    }
    return [part for part, there in parts[name].items() if not there]


def main():
    schema_path, *paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    failures = [f"{path}: has no description" for path in count_undescribed(schema)]
    drifted = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            summary = json.load(file)
        made = os.path.basename(os.path.dirname(path)) == "made"
        drifted += "drift" in summary and not made
        if made:
            lacking = lacks_part(os.path.basename(path)[: -len(".json")], summary)
            failures += [f"{path}: lacks {part}" for part in lacking]
        for error in validator.iter_errors(summary):
            failures.append(f"{path}: {error.json_path}: {error.message}")
        check_sums(path, summary)
        for file in ({"kind": "labels", "rows": 3, "columns": ["id", "cluster"]}, {"kind": "manifest", "content": {}}):
            if not validator.is_valid({**summary, "file": file}):
                failures.append(f"{path}: the schema refuses {file}")
        if {"totals", "tiers", "lifecycle"} <= summary.keys():
            for what, wrong in break_ways(summary):
                if validator.is_valid(wrong):
                    failures.append(f"{path}: the schema accepts: {what}")
    if drifted != 3:
        failures.append(f"{drifted} summaries of an apply, expected two of tables and one of plain numbers")
    print("\n".join(failures) or f"{len(paths)} summaries are as the schema says")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
