"""compare_schema.py SCHEMA COMPARISON...: validates what tesela compare --json printed, and proves that the schema can
refuse."""

import copy
import json
import sys

from jsonschema import Draft202012Validator

schema = json.load(open(sys.argv[1], encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for path in sys.argv[2:]:
    document = json.load(open(path, encoding="utf-8"))
    validator.validate(document)
    for key in document:
        lacking = copy.deepcopy(document)
        del lacking[key]
        assert not validator.is_valid(lacking), key
    for place, key, value in ((document, "more", 1), (document["flow"], "value_now", "1"),
                              (document["customers"], "both", -1), (document["then"], "as_of", 3)):
        kept = place.get(key)
        place[key] = value
        assert not validator.is_valid(document), key
        place.pop(key) if kept is None else place.update({key: kept})
    validator.validate(document)
