"""error_words.py SRC: whatever the library and the command line say as they fail has a pattern in Chinese
(src/output/chinese/error_*_words.c).

Takes the texts out of the calls that fill an error: what stands in one between what is filled in must stand so, in
order, in a pattern. Names, which are one word, are not looked at. The patterns are checked as those of notes are.
"""

import glob
import re
import sys

from note_words import LITERAL, PIECES, SPEC, check_patterns, read_patterns, tell, unescape

# What fills an error, or is filled into one by a function of the file's own.
CALLS = re.compile(r"(?<!\w)(?:tsl__error_(?:set|errno|prefix)|cli_fail\w*|cli_say_error|cli_word_error|fail\w*|refuse\w*)\s*\(")
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def literals(text):
    """All texts within the calls of a file."""
    for match in CALLS.finditer(text):
        at, depth = match.end(), 1
        while depth and at < len(text):
            if text[at] == '"':
                at = re.compile(LITERAL).match(text, at).end()
                continue
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        call = re.sub(r'"\s*PRI[a-z]+64', r'lu"', text[match.end():at - 1])
        for found in re.findall(LITERAL, re.sub(r'"\s+"', "", call)):
            yield unescape(found)


def fragments(text):
    """What stands between what is filled in, from letter to letter."""
    for part in SPEC.split(text):
        part = re.sub(r"^[^A-Za-z]+|[^A-Za-z]+$", "", part.replace("%%", "%"))
        if part:
            yield part


def stands_in(parts, en):
    at = 0
    for part in parts:
        at = en.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def main(src):
    patterns = read_patterns(src, "error")
    failed = check_patterns(patterns)
    plain = [PIECES.sub("\0", en) for en, _ in patterns]
    checked = 0
    for path in sorted(glob.glob(src + "/**/*.[ch]", recursive=True)):
        for text in set(literals(open(path, encoding="utf8").read())):
            if WORDS.search(SPEC.sub("\0", text)):
                checked += 1
                parts = list(fragments(text))
                if not any(stands_in(parts, en) for en in plain):
                    failed.append(f"{path}: no pattern of: {text}")
    return tell(f"{checked} texts, {len(patterns)} patterns", failed, checked >= 500)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
