"""figures.py LINES FOLDER: what stands on the page of a run of Online Retail, in English and in Chinese, against what
must stand there.

The page is read as the browser drew it (en.dom, zh.dom). What its texts have to be is worked out here: from the lines of
the invoices and the segment, tier and stage that segments.csv gives each customer, as far as that goes; from report.json,
for what the engine alone knows (intervals, stabilities, evidence, where segments were in earlier months).
"""

import sys

sys.dont_write_bytecode = True
import evidence_parts
import first_page
import segment_parts
import time_parts
import value_parts
from run_and_page import Page, Run, failures

PARTS = (first_page, segment_parts, time_parts, value_parts, evidence_parts)


def main(lines_path, folder):
    run = Run(lines_path, folder)
    for lang in ("en", "zh"):
        page = Page(run, folder, lang)
        for part in PARTS:
            for check in part.CHECKS:
                try:
                    check(page)
                except (AttributeError, IndexError, KeyError, ValueError, StopIteration) as error:
                    failures.append(f"{lang}, {check.__name__}: the page lacks what is looked for: {error!r}")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
