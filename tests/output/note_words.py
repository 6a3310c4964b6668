"""note_words.py SRC: every sentence that the library notes, and that the command line says of what it does, has a pattern
in Chinese (src/output/chinese/note_*_words.c).

Takes the formats out of the sources, makes a sentence of each, and looks for a pattern that it is of. The patterns are
checked as well: what zh fills in stands in en, and no zh has English left but names, options and units.
"""

import collections
import glob
import re
import sys

LITERAL = r'"((?:[^"\\]|\\.)*)"'
PIECES = re.compile(r'\{(\d)([!,]?)\}|\{\*\}')
SPEC = re.compile(r'%%|%[-+ 0#]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t)?[diouxXeEfgGcsp]')

# Put together of parts elsewhere in the file, whole: what they come to is looked at in tests/output/wording.
WHOLE = {"%s", "%s: %s", "%s: %s: %s", "clusters are not found by %s: %s", "%s: dates%s"}
# What fills in the texts of a format, by how it begins: where it is not a name, but a part of the sentence.
FILLED = {
    "as of %s, the day after the last %s of the cust": [
        ("x", "x", ""), ("x", "x", "; most of them lie behind all other dates, which end on x (x): where they are yet to "
                                   "come, give --as-of x")],
    "clusters are found by %s, and nobody is set apar": [("frequency alone",), ("all vectors",)],
    "columns that say nearly the same count twice in": [
        ("x", "--ignore leaves one of them out"), ("x", "--exclude leaves one of them out")],
    'segment %d (%s) is called "%s", not "%s": half of its customers have': [
        ("x", "x", "x", "x", "less", "within", "x"), ("x", "x", "x", "x", "more", "beyond", "x")],
    'segment %d (%s) is called "%s", not "%s": its cu': [
        ("x", "x", "x", "x", "more", "x", "x"), ("x", "x", "x", "x", "less", "x", "x")],
    "by the %s alone the choice is open": [("silhouette", "2", "is"), ("silhouette", "2, 3", "are")],
    "%s is as of %s, as this run is: no day": [
        ("x", "x", ""), ("x", "x", ", and an evaluation of tiers counts all the same")],
    "%s is as of %s, later than this run": [
        ("x", "x", "x", "segments", ", and what became of them is told backwards"),
        ("x", "x", "x", "tiers and stages", ", and customers go on from these")],
    "segments are the leaves of a tree of %s": [
        ("x", "", ""), ("x", "; what is nearly the same cuts nothing: ", "x")],
    "k goes up to %d, not %zu: there are no more": [("",), (" after scaling",)],
    "k goes up to %d, not %d: there are no more": [("",), (" after scaling",)],
    '%s: %s numbers have "%.*s" behind them%s': [
        ("x", "all", "x", ", and are multiplied by 7", "x", "x"),
        ("x", "7 of 8", "x", ", which is left out", "x", "x"),
        ("x", "7 of 8", "x", ", and are divided by 7", "x", "x"),
        ("x", "all", "x", ", which is left out, as it is no unit that is known; say by an expression what is meant, if "
                          "it is one", "x", "x")],
    "%s: numbers are read as %s, %s%s (%s is %s)%s": [
        ("x", "serial numbers of a spreadsheet", "counted from 1900", "", "x", "x",
         "; counted from 1904, they lie four years and a day later"),
        ("x", "seconds since 1970", "by the clock of ", "UTC", "x", "x", "")],
    "%s: %llu cell%s such as programs write": [
        ("x", "s are", "x", ""), ("x", " is", "x", "; taken as missing, as it was in the earlier table: 7 of x"),
        ("x", " is", "x", "; taken as missing, over a year from all other dates: 7 of x")],
    "%s: %llu %s not fit and %s taken as missing": [
        ("x", "cell does", "is", "x"), ("x", "cells do", "are", "x")],
    "where: %llu row%s left out as %s is missing": [("s are", "x", "x", ""), (" is", "x", "x", "; --where x")],
    "%.*s:%llu%s: %s is %s %s in %llu row%s: %s": [
        ("x", other, "x", what, "x", rows, so) for other in ("", " and others") for rows in ("", "s")
        for what, so in (("0 beside a", "no purchase is taken from it"),
                         ("0 beside an amount in", "no purchase, and the amount stays"),
                         ("after", "the first is taken as missing"),
                         ("later, for one order, than",
                          "both days are kept, so that there were two orders at least"))],
    "%s: %zu row%s the same in every column": [
        ("x", " is", "x", "x", "the first of each is kept"),
        ("x", "s are", "x", "x", "they count as often as they stand there; --drop-duplicates keeps the first of each")],
    "%s (%llu row%s kept)": [
        ('none of the 7 ids of the transactions is among the 8 of the customers table: "x" there, "x" here; are they the '
         'same ids?', "s are"),
        ('the one id of the interactions is not among the 8 of the customers table: "x" there, "x" here; are they the '
         'same ids?', " is")],
    "%s: %llu row%s left out, being %s": [
        ("x", "s are", what, "x") for what in
        ("a line that says what the columns are", "lines that say what the columns are", "a row of totals",
         "rows of totals")],
    "%s: %llu cell%s not %s and taken as missing (%s)": [
        ("x", "s are", what, "x", "") for what in
        ("a number", "yes or no", "a date", "a date or a year of birth", "a number in range", "one of its levels",
         "a whole number from 0 on")],
    "%s would be turned into numbers or dates by a sp": [("7 ids, the first in line 8 of segments.csv,",), ("1 id, the first in line 8 of segments.csv,",)],
    "%s begin%s as a formula does": [("7 ids, the first in line 8 of segments.csv,", ""), ("1 id, the first in line 8 of segments.csv,", "s")],
    "%s differ%s from another by the case of letters": [("7 ids, the first in line 8 of segments.csv,", "", "x"), ("1 id, the first in line 8 of segments.csv,", "s", "x")],
    "every k has a cluster with less than %s %%": [("2", ""), ("2", ", or fewer than 10")],
    '%s%s: "%s" is taken for "%s" of %s': [
        ("x", " (and in 7 more)", "x", "x", "x", "amount", "; --", "amount", " names one of them alone"),
        ("x", "", "x", "x", "x", "amount", "", "", "")],
    "%s: %s, %s of them found and left out": [("x", "7 customers", "x")],
    "note: %s of %s %s in no input": [("1 customer", "x", "stands"), ("7 customers", "x", "stand")],
    "%s: %s read, %s used, %s rejected%s%s%s": [
        ("customers", "1 row", "x", "x", "", "", ""), ("customers", "7 rows", "x", "x", " (", "7 orphan", ")")],
    "data: %s, %s": [("7 rows", "1 column", "x", ""), ("7 rows", "1 column", "x", " (columns as they are)")],
    "features: %s, %s": [("7 customers", "7 columns")],
    "labels: %s, matched %s": [("x", "by id"), ("x", "by row")],
    "truth: %s, matched %s": [("x", "by id"), ("x", "by row")],
    "%s: %llu of %llu numbers %s %s%s, where all": [
        ("x", "is", "", "x", "x", "x"), ("x", "are", "far off, such as ", "x", "x", "x")],
}
# Lines of what was understood of the columns, no notes.
UNDERSTOOD = re.compile(r"understood")


def unescape(text):
    raw = bytes(text, "utf8").decode("unicode_escape").encode("latin1")
    return raw.decode("utf8", "replace")


def read_patterns(src, of):
    """All pairs of en and zh of "note", "error" or "definition"."""
    pairs = []
    for path in sorted(glob.glob(f"{src}/output/chinese/{of}_*words.c")):
        text = open(path, encoding="utf8").read()
        body = text[text.index("words[] = {"):text.rindex("};")]
        for entry in re.findall(r'\{((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\}', body):
            pairs.append(tuple("".join(re.findall(LITERAL, side)).replace('\\"', '"').replace("\\\\", "\\")
                               for side in entry))
    return pairs


def to_regex(en):
    out = ""
    at = 0
    for piece in PIECES.finditer(en):
        out += re.escape(en[at:piece.start()]) + "(?:.*?)"
        at = piece.end()
    return re.compile(out + re.escape(en[at:]) + r"\Z", re.S)


def calls(text):
    """The arguments of each call that notes, as one text."""
    for match in re.finditer(r"(?<!\w)(?:tsl__(?:notes_add|notes_put|found_add|found_put)|cli_say)\s*\(", text):
        at, depth = match.end(), 1
        while depth:
            if text[at] == '"':
                at = re.compile(LITERAL).match(text, at).end()
                continue
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        yield text[match.end():at - 1]


def formats(call):
    """The formats of a call: one, or, where it says either, both."""
    call = re.sub(r"&\(tsl__found\)\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", call)
    call = re.sub(r'"\s*PRI[a-z]+64', r'lu"', call)
    call = re.sub(r'"\s*RATIO\s*"', "%lu of %lu", call)
    call = re.sub(r'"\s+"', "", call)
    found = re.findall(LITERAL, call.replace('\n', ' '))
    if not found:
        return []
    either = re.match(r'[^"]*\?\s*' + LITERAL + r"\s*:\s*" + LITERAL, call, re.S)
    return [either.group(1), either.group(2)] if either else found[:1]


def fill(text, with_):
    """A sentence of a format: 7 for numbers; the ends of words as English has them."""
    numbers = iter(range(7, 100))
    words = iter(with_)

    def one(spec):
        if spec.group() == "%%":
            return "%"
        return str(next(numbers)) if spec.group()[-1] != "s" else next(words, "x")

    return SPEC.sub(one, text)


def check_patterns(patterns):
    """What is wrong with them: two are of the same, zh fills in what does not stand in en, or has English left but names and options."""
    failed = [f"said twice: {en}" for en, n in collections.Counter(en for en, _ in patterns).items() if n > 1]
    for en, zh in patterns:
        slots = {slot for slot, _ in PIECES.findall(en) if slot}
        lost = {slot for slot, _ in PIECES.findall(zh) if slot} - slots
        if lost:
            failed.append(f"{zh}: {lost} does not stand in: {en}")
        plain = re.sub(r"--[\w.-]+(?: \{?[\w.+]+\}?)*|\{\d[!,]?\}|\"\{7\} is not missing\"", " ", zh)
        plain = re.sub(r"--[\w-]+ (?:all|comma|point)|gamma-gamma|tesela [a-z]+|“[^”]*”|'tesela help \{1\}'", " ", plain)
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", plain):
            failed.append(f"English is left in: {zh}")
    return failed


# How a feature is made, as it stands in the catalogue, beside the types of columns, and where it is said otherwise.
DEFINITION = re.compile(r"(?:\.definition = (?:tsl__strdup\()?|definition = |TSL_TYPE_\w+, TSL_FORM_\w+, (?:\"[^\"]*\", ){2}"
                        r"|TSL_ROLE_\w+, \"[^\"]*\", )" + LITERAL)


def check_definitions(src):
    """Definitions without Chinese, but formulas; how many there are."""
    patterns = read_patterns(src, "definition")
    failed, checked = check_patterns(patterns), 0
    regexes = [to_regex(en) for en, _ in patterns]
    for path in sorted(glob.glob(src + "/feature/*.c")):
        for definition in DEFINITION.findall(open(path, encoding="utf8").read()):
            checked += 1
            if not definition.startswith("ln((frequency") and not any(r.match(definition) for r in regexes):
                failed.append(f"{path}: no pattern of: {definition}")
    return failed, checked


def tell(counts, failed, enough):
    """What was looked at, and what is wrong; the exit status."""
    print(counts)
    for line in failed:
        print(line)
    return 1 if failed or not enough else 0


def main(src):
    patterns = read_patterns(src, "note")
    regexes = [to_regex(en) for en, _ in patterns]
    failed = check_patterns(patterns)
    checked = 0
    for path in sorted(glob.glob(src + "/**/*.c", recursive=True)):
        for call in calls(open(path, encoding="utf8").read()):
            if UNDERSTOOD.search(call):
                continue
            for text in formats(call):
                text = unescape(text)
                if text in WHOLE or not re.search("[a-z]{3}", SPEC.sub("", text)):
                    continue
                checked += 1
                given = [tries for start, tries in FILLED.items() if text.startswith(start)]
                for filled in given[0] if given else [()]:
                    sentence = fill(text, filled)
                    if not any(r.match(sentence) for r in regexes):
                        failed.append(f"{path}: no pattern of: {sentence}")
    more, definitions = check_definitions(src)
    return tell(f"{checked} formats, {len(patterns)} patterns; {definitions} definitions", failed + more,
                checked >= 200 and definitions >= 60)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
