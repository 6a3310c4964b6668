"""first_page.py: the first page: headline, bars, the table of the segments, what changed, what to do first."""

from drawn_page import figures
from page_words import down, plus, rounded, share, whole_share
from run_and_page import codes_with
from shop_lines import money_of


def check_head(page):
    run, words = page.run, page.words
    spent = [run.spent_by(members) for members in run.members]
    sizes = [len(members) for members in run.members]
    parts = [float(value / run.total) for value in spent]
    top = max(range(len(sizes)), key=lambda i: parts[i] - sizes[i] / run.customers)
    second = max((i for i in range(len(sizes)) if i != top), key=lambda i: parts[i])
    came = page.segments[second]["next"]["rate"]
    of = whole_share(parts[top])
    in_words = words(
        f"One customer in ten brings {of} of the revenue",
        f"{whole_share(sizes[top] / run.customers)}的客户贡献了{of}的销售额",
    )
    page.expect("one customer in ten", round(run.customers / sizes[top], 1), 10.0)
    page.expect("headline", page.root.all("h1")[0].text(), in_words)
    cut = figures(words.day(page.summary["next"]["cut"]))
    page.expect(
        "lead",
        figures(page.root.all("p", class_="lead")[0].text()),
        [rounded(sizes[top])]
        + figures(words.money(spent[top] / sizes[top]) + " " + words.money(run.total / run.customers))
        + [whole_share(parts[second]), rounded(sizes[second])]
        + cut
        + [whole_share(came), rounded(page.summary["next"]["days"])],
    )
    page.expect(
        "proof",
        figures(page.root.all("p", class_="proof")[0].text()),
        [down(page.summary["clusters"]["verdict"]["agreement"]), "1"],
    )


def check_shares(page):
    """The two bars: what they tell, and how wide their parts are; what is below 0 has no width."""
    run, words = page.run, page.words
    picture = page.root.all("svg", role="group")[0]
    groups = picture.all("g", class_="told")
    tops = sorted({bar.number("y") for group in groups for bar in group.all("rect")})
    page.expect("bars, how many", len(tops), 2)
    widths = [[], []]
    parts = [(len(members) / run.customers, float(run.spent_by(members) / run.total)) for members in run.members]
    for i, (group, members) in enumerate(zip(groups, run.members)):
        page.expect(
            f"bars, segment {i + 1}",
            group.get("aria-label"),
            words(", ", "、").join(
                [
                    page.names[i],
                    f"{words('Customers', '客户数')}: {rounded(len(members))} ({share(parts[i][0])})",
                    f"{words('Revenue', '销售额')}: {words.money(run.spent_by(members))} ({share(parts[i][1])})",
                ]
            ),
        )
        labels = [text for text in group.all("text") if text.text().endswith("%")]
        for bar, top in enumerate(tops):
            width = sum(rect.number("width") for rect in group.all("rect") if rect.number("y") == top)
            widths[bar].append(width)
            inside = [text.text() for text in labels if 0 < text.number("y") - top < 36]
            wanted = [whole_share(parts[i][bar])] if inside or width > 40 else []
            page.expect(f"bars, what stands in one of segment {i + 1}", inside, wanted)
    wide = picture.number("width") - 92  # the titles stand beside them
    for bar, name in enumerate(("customers", "revenue")):
        amounts = [max(0, part[bar]) for part in parts]
        rooms = [amount / sum(amounts) * wide for amount in amounts]
        wanted = [max(1, room - 1.5) if room > 0.5 else 0 for room in rooms]
        page.near(f"widths of the bar of {name}", widths[bar], wanted, 0.15)


def check_glance(page):
    run, words, summary = page.run, page.words, page.summary
    values = [run.spent_by(members) for members in run.members]
    each = [value / len(members) for value, members in zip(values, run.members)]
    money, unit = words.column(values)
    mean, mean_unit = words.column(each)
    moves = summary["history"]["moves"][-1]["counts"]
    since = words.day(run.month, with_year=False)
    days = summary["next"]["days"]
    wanted = [
        [
            words("Segment", "客群"),
            words("Customers", "客户数"),
            words("% of customers", "客户占比"),
            words("Revenue", "销售额") + unit,
            words("% of revenue", "销售额占比"),
            words("Per customer", "人均") + mean_unit,
            words(f"Bought again in {days} days *", f"{days}天内复购率*"),
            words(f"Since {since}", f"较{since}"),
        ]
    ]
    for i, members in enumerate(run.members):
        grown = sum(row[i] for row in moves) - sum(moves[i])
        came = page.segments[i]["next"]
        rate = came["bought"] / came["size"]
        part = float(values[i] / run.total)
        wanted.append(
            [
                page.tagged(i),
                rounded(len(members)),
                share(len(members) / run.customers),
                money(values[i]),
                share(part),
                mean(each[i]),
                whole_share(rate),
                plus(grown),
            ]
        )
    before = {customer for customer, time in run.shop.seen.items() if time < run.month}
    was = run.shop.bought_within("", summary["next"]["cut"])
    came = run.shop.bought_within(summary["next"]["cut"], run.as_of)
    wanted.append(
        [
            words("All", "合计"),
            rounded(run.customers),
            "100%",
            money(run.total),
            "100%",
            mean(run.total / run.customers),
            whole_share(len(was & came) / len(was)),
            plus(run.customers - len(before)),
        ]
    )
    page.expect("the segments at a glance", page.root.all("table", class_="glance")[0].rows(), wanted)


def check_changes(page):
    """What changed, reckoned from the moves of the month and from who bought in it."""
    run, words, history = page.run, page.words, page.summary["history"]
    month, before = history["moves"][-1]["from"], history["moves"][-2]["from"]
    value, then = money_of(run.shop.spent_within(month, run.as_of)), money_of(run.shop.spent_within(before, month))
    moves, last = history["moves"][-1]["counts"], history["points"][-1]
    bought, revenue = last["active"], last["revenue"]
    k = len(page.segments)
    grown = [sum(row[i] for row in moves) - sum(moves[i]) for i in range(k)]
    quiet, once = codes_with(page, "QUIET"), codes_with(page, "ONCE")
    active = [i for i in range(k) if i not in quiet and i not in once and run.is_told(i)]
    recent, lapsed = codes_with(page, "ONCE_RECENT")[0], codes_with(page, "ONCE_LAPSED")[0]
    fell_silent = sum(moves[i][j] for i in active for j in quiet + [lapsed])
    money = next(change["value"] for change in page.summary["changes"] if change["kind"] == "quiet")
    joined, left = sum(row[0] for row in moves) - moves[0][0], sum(moves[0]) - moves[0][0]
    size = rounded(len(run.members[0]))
    more, of_it = whole_share(float(abs(value / then - 1))), whole_share(revenue[0] / float(value))
    wanted = [
        ("▲" if value >= then else "▼", figures(f"{words.money(value)} {more} {of_it}")),
        ("▲" if grown[0] > 0 else "▼", [rounded(abs(grown[0])), size, rounded(joined), rounded(left)]),
        ("▼", figures(f"{rounded(fell_silent)} {words.money(money)}")),
        ("▲", [rounded(sum(bought[i] for i in quiet)), rounded(sum(bought[i] for i in once))]),
        ("+", [rounded(sum(moves[k])), rounded(moves[recent][lapsed])]),
    ]
    lists = page.root.all("div", class_="side")[0].all("ul")[0].all("li")
    found = [(item.all("span", class_="mark")[0].text(), figures(item.all("div")[0].text())) for item in lists]
    page.expect("what changed", found, wanted)
    second = words("292 who had bought once bought a second time.", "另有292位首购客户完成第二次购买。")
    page.expect("what changed, a second time", second.replace("292", wanted[3][1][1]) in lists[3].text(), True)
    who = [change["segment"] for change in page.summary["changes"] if change["kind"] in ("revenue", "grew")]
    page.expect(
        "what changed, of whom", [f"“{page.names[i]}”" in item.text() for i, item in zip(who, lists)], [True, True]
    )
    page.expect("who brought most", who[0], revenue.index(max(revenue)))
    page.expect(
        "more than the month before", words("more than the month before", "比上月增长") in lists[0].text(), value > then
    )


def check_first(page):
    run, words = page.run, page.words
    keep, call, second = page.summary["first"]
    recent = codes_with(page, "ONCE_RECENT")[0]
    best = {tier["tier"]: of for tier, of in zip(page.summary["tiers"], run.of_tier)}
    at_risk = next(of for stage, of in zip(page.summary["lifecycle"], run.of_stage) if stage["stage"] == "at_risk")
    called = set.union(*(best[tier] for tier in call["tiers"])) & at_risk
    rate = page.segments[recent]["next"]
    wanted = [
        [rounded(len(run.members[keep["segment"]])), whole_share(page.segments[keep["segment"]]["next"]["rate"])],
        figures(f"{rounded(len(called))} {words.money(run.spent_by(called))}"),
        [rounded(len(run.members[recent])), rounded(second["days"]), whole_share(rate["bought"] / rate["size"])],
    ]
    found = [
        figures(item.all("div")[0].text()) for item in page.root.all("div", class_="side")[0].all("ol")[0].all("li")
    ]
    page.expect("what to do first", found, wanted)


CHECKS = (check_head, check_shares, check_glance, check_changes, check_first)
