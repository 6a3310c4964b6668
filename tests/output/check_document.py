"""check_document.py SCHEMA DOCUMENT...: validates documents of one kind against their schema, and proves that the schema
can refuse: each key that is taken away, and one that is added, anywhere, makes a document a wrong one."""

import copy
import json
import sys

from jsonschema import Draft202012Validator


def places(value, way=()):
    """The ways to all objects within a value, one for each way without the numbers of its items."""
    if isinstance(value, dict):
        yield way
        for key, part in value.items():
            yield from places(part, way + (key,))
    elif isinstance(value, list):
        for i, part in enumerate(value[:2]):
            yield from places(part, way + (i,))


def find(document, way):
    for step in way:
        document = document[step]
    return document


def break_ways(document, free):
    """Copies, each with one thing wrong; what stands below a key of `free` has a schema of its own."""
    for way in places(document):
        if any(key in free for key in way):
            continue
        wrong = copy.deepcopy(document)
        find(wrong, way)["no such key"] = 1
        yield f"an unknown key at {way}", wrong
        for key in find(document, way):
            if way or key not in OPTIONAL:
                wrong = copy.deepcopy(document)
                del find(wrong, way)[key]
                yield f"no {key} at {way}", wrong


# Of a customer: what a run may lack.
OPTIONAL = {"runner_up", "tier", "score", "lifecycle", "reason", "reasons", "strategy", "previous", "history", "explanation"}


def main():
    schema_path, *paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    failures = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        failures += [f"{path}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        failures += [f"{path}: the schema accepts: {what}" for what, wrong in break_ways(document, {"explanation"})
                     if validator.is_valid(wrong)]
    for failure in failures:
        print(failure)
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
