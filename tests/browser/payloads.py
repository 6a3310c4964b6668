#!/usr/bin/env python3
"""payloads.py TESELA LINES FOLDER: each text of tests/crm/payloads.py in the place of what data, configurations and models
name (segments, features, files, rules, notes, actions, levels), in reports as tesela writes them, opened in headless
Chromium with the policy that they have. The page must say each of them, have no element, attribute or address that it
has not without them, and the console stay silent: what the policy stops would speak there. Exits 77 without a browser.
"""

import concurrent.futures
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "crm"))
from payloads import PAYLOADS  # noqa: E402 pylint: disable=wrong-import-position

tesela, lines, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
SEGMENTS = 12
LANGS = {"en", "zh"}
# Keys of texts that are ours or the user's, in place of codes that the page goes by.
TEXTS = {"text", "message", "definition", "file", "currency_name", "statement", "headline", "sentence"}
TEXTS_IN = {"names", "label", "words", "rules", "text_in", "message_in", "definition_in", "reasons_in", "understood_in", "texts",
            "headline", "when", "action_names", "name_in"}
SILENT = re.compile(r"CONSOLE")


class Marks(html.parser.HTMLParser):
    """The elements, attributes and addresses of a page as drawn, and its words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen, self.words, self.hidden = set(), [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")
        for name, value in attrs:
            self.seen.add(f"{tag} {name}")
            if name in ("href", "src", "action", "srcdoc", "data", "formaction") and not value.startswith("#"):
                self.seen.add(f"{tag} {name}={value}")
            self.words.append(value or "")
        self.seen.add(tag)

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


def put(value, take, key="", within=False):
    """A copy of the summary with texts of `take` in the place of its own."""
    if isinstance(value, dict):
        return {k: put(v, take, k, within and k in LANGS or key in TEXTS_IN and k in LANGS) for k, v in value.items()}
    if isinstance(value, list):
        return [put(v, take, key, within) for v in value]
    return next(take) if isinstance(value, str) and (within or key in TEXTS) else value


def draw(browser, name, summary, lang):
    """The report of a summary, as drawn, and what the console said."""
    path = folder / name
    path.mkdir(parents=True)
    (path / "summary.json").write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([tesela, "report", path / "summary.json", "--output", path / "report.html", "--quiet"],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    drawn = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
         "--disable-background-networking", "--disable-component-update", f"--user-data-dir={path.resolve()}/profile",
         "--enable-logging=stderr", "--window-size=1400,1000", "--virtual-time-budget=20000", "--dump-dom",
         f"file://{(path / 'report.html').resolve()}#lang={lang}"], capture_output=True, text=True, timeout=200, check=False)
    shutil.rmtree(path / "profile", ignore_errors=True)
    (path / "drawn.html").write_text(drawn.stdout, encoding="utf-8")
    return drawn.stdout, [line for line in drawn.stderr.splitlines() if SILENT.search(line)]


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def check(browser, usual, summary, part):
    """One page with some of the payloads: in each segment's name another, in all else all of them by turns."""
    texts, failed = PAYLOADS[part:part + SEGMENTS], []
    lang = ("en", "zh")[part // SEGMENTS % 2]
    turn = (texts[i % len(texts)] for i in range(10 ** 9))
    changed = put(summary, turn)
    for segment, text in zip(changed["segments"], texts * SEGMENTS):
        segment["names"] = {"en": text, "zh": text}
    page, console = draw(browser, f"page-{part}", changed, lang)
    marks = Marks()
    marks.feed(page)
    said = squeeze(" ".join(marks.words))
    failed += [f"{text!r} is not said" for text in texts if squeeze(text) not in said]
    failed += [f"{mark!r} is new" for mark in sorted(marks.seen - usual)]
    failed += console
    return [f"page {part}: {what}" for what in failed]


def main():
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        print("skipped: no Chromium (Debian: chromium)")
        return 77
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run([tesela, "run", "--config", lines, "--k", str(SEGMENTS), "--output", folder / "run", "--quiet"], check=True)
    summary = json.loads((folder / "run" / "summary.json").read_text(encoding="utf-8"))
    usual = Marks()
    for lang in LANGS:
        page, console = draw(browser, f"usual-{lang}", summary, lang)
        if "<svg" not in page:
            print(f"skipped: {browser} draws nothing here")
            return 77
        usual.feed(page)
        if console:
            print(*console, sep="\n")
            return 1
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda part: check(browser, usual.seen, summary, part), range(0, len(PAYLOADS), SEGMENTS))
        failed = [line for lines_ in found for line in lines_]
    print(f"{len(PAYLOADS)} payloads, {-(-len(PAYLOADS) // SEGMENTS)} pages")
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
