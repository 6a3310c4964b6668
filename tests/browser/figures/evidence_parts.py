"""evidence_parts.py: questions and answers, other ways to segment, what was read."""

import re

from drawn_page import figures
from page_words import NOTHING, down, rounded, share, whole_share
from shop_lines import money_of


def check_evidence(page):
    words, evidence = page.words, page.summary["evidence"]
    show = {"natural": lambda value: rounded(value, 2), "tells": share}
    wanted, answers = [], {}
    for question in evidence["questions"]:
        less = question["better"] == "less"
        write = show.get(question["kind"], down)
        held = question["measured"] <= question["bar"] if less else question["measured"] >= question["bar"]
        answers[question["kind"]] = held
        wanted.append(
            [
                write(question["measured"]),
                ("≤ " if less else "≥ ") + write(question["bar"]),
                words(*(("yes", "是") if held else ("no", "否"))),
            ]
        )
    page.expect("questions", [row[1:] for row in page.tables("evidence", "tests")[0].rows()[1:]], wanted)
    said = [
        words(
            ("Reproducible: no.", "Reproducible: yes.")[answers["sample"]],
            ("可复现：否。", "可复现：是。")[answers["sample"]],
        ),
        words(
            ("Natural groups: no.", "Natural groups: yes.")[answers["natural"]],
            ("天然群体：否。", "天然群体：是。")[answers["natural"]],
        ),
        words(
            ("no better than an RFM map", ": better than an RFM map")[answers["tells"]],
            ("不优于RFM分群", "：优于RFM分群")[answers["tells"]],
        ),
    ]
    page.expect("answers", [text in page.title("evidence") for text in said], [True] * 3)
    stability, methods = page.tables("evidence")[1:3]
    page.expect(
        "stabilities",
        [[row[0], row[1], row[3], row[4]] for row in stability.rows()[1:]],
        [
            [page.tagged(i)] + [down(segment.get(key)) for key in ("jaccard", "within", "across")]
            for i, segment in enumerate(page.segments)
        ],
    )
    every = [
        [
            rounded(method["k"]),
            rounded(method["eta2"], 3),
            rounded(method["auc"], 3),
            down(method.get("agreement_sample"), 3),
            down(method.get("agreement_month"), 3),
        ]
        + [rounded(value, 3) for value in method["cuts"]]
        for method in evidence["methods"]
    ]
    page.expect("other ways to segment", [row[1:] for row in methods.rows()[1:]], every)
    groups = page.sections["evidence"].all("svg")[0].all("g", class_="told")
    drawn = [group.all("text")[0].text() for group in groups]
    page.expect(
        "other ways to segment, drawn",
        drawn,
        [re.sub(r"^0(?=\.)", "", row[column]) for column in range(1, 5) for row in every if row[column] != NOTHING],
    )


def check_quality(page):
    run, words = page.run, page.words
    used = len(run.shop.lines)
    texts = " | ".join(text.text() for text in page.sections["quality"].all("svg")[0].all("text"))
    for what, n in (("read", run.read), ("used", used), ("rejected", run.read - used)):
        part = "" if n == run.read else f" ({share(n / run.read)})"
        page.expect(f"lines {what}", words.count(n) + part in texts, True)
    page.expect("revenue used", words.money(run.total) in texts, True)
    quality = page.summary["quality"]
    lines, revenue = whole_share(1 - used / run.read), whole_share(quality["value_no_customer"] / quality["value"])
    page.expect("quality, title", figures(page.title("quality")), words([revenue], [lines, revenue]))  # "a quarter"
    returned = [amount for *_, amount in run.shop.lines if amount < 0]
    nobodys = [rounded(quality["orders_no_customer"]), rounded(quality["orders"])]
    seen = [
        figures(f"{rounded(len(returned))} {words.money(money_of(sum(returned)))}"),
        [rounded(quality["duplicates"])],
        words(nobodys, nobodys[::-1]),
        [rounded(sum(1 for *_, amount in run.shop.lines if amount == 0))],
    ]
    found = [figures(item.text()) for items in page.sections["quality"].all("ul")[:1] for item in items.all("li")]
    page.expect("quality, what else was seen", found, seen)
    months = page.tables("quality")[0].rows()[1:]
    told = page.summary["quality"]["months"]
    money, _ = words.column([month["value"] for month in told])
    wanted = [
        [
            rounded(m["read"]),
            rounded(m["rejected"]),
            rounded(m["no_customer"]),
            money(m["value"]),
            share(m["value_no_customer"] / m["value"]),
        ]
        for m in told
    ]
    page.expect("months without customer", [row[1:] for row in months], wanted)


CHECKS = (check_evidence, check_quality)
