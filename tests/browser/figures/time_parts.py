"""time_parts.py: what came next, who moved where, month by month."""

import re
from decimal import Decimal

from drawn_page import figures
from page_words import day_before, plus, rounded, share, significant, whole_share
from run_and_page import codes_with
from shop_lines import money_of


def check_next(page):
    words = page.words
    came = [segment["next"] for segment in page.segments]
    rates = [one["bought"] / one["size"] for one in came]
    told = page.told
    best, worst = max(told, key=lambda i: rates[i]), min(told, key=lambda i: rates[i])
    page.expect("next, title", figures(page.title("next")), [whole_share(rates[best]), whole_share(rates[worst])])
    page.expect(
        "next, who",
        [name for name in page.names if f"“{name}”" in page.title("next")],
        [page.names[i] for i in sorted((best, worst))],
    )
    money, _ = words.column([one[key] for one in came for key in ("value_mean", "value_high")])
    wanted = [
        [
            page.tagged(i),
            rounded(one["size"]),
            share(rates[i]),
            share(one["low"]),
            share(one["high"]),
            money(one["value_mean"]),
            money(one["value_low"]),
            money(one["value_high"]),
        ]
        for i, one in enumerate(came)
    ]
    table = page.tables("next")[0].rows()
    low, high = words("Low", "下限"), words("High", "上限")
    page.expect("next, heads", table[0][3:5] + table[0][6:], [low, high, low, high])
    page.expect("next, table", table[1:], wanted)
    check_next_picture(page, came, rates)
    check_next_note(page, rates)


def check_next_note(page, rates):
    """Who is not lost, who is new, what the segments told."""
    words, following = page.words, page.summary["next"]
    shop, cut = page.run.shop, following["cut"]
    was, now = shop.bought_within("", cut), shop.bought_within(cut, page.run.as_of)
    new = {customer for customer, time in shop.seen.items() if time >= cut} & now
    added = money_of(shop.spent_within(cut, page.run.as_of, new))
    page.expect(
        "next, all customers",
        (len(was), round(money_of(shop.spent_within(cut, page.run.as_of, was)) / len(was), 3)),
        (following["customers"], round(Decimal(repr(following["value_mean"])), 3)),
    )
    note = page.notes("next")
    page.expect(
        "next, new customers",
        f"{rounded(len(new))}{words(' new customers added ', '位新客户贡献')}{words.money(added)}" in note,
        True,
    )
    quiet = next((q, a) for q in codes_with(page, "QUIET") for a in codes_with(page, "ACTIVE") if rates[q] > rates[a])
    values = [rounded(following[key], 2) for key in ("eta2", "auc")] + [
        rounded(following["methods"][0][key], 2) for key in ("eta2", "auc")
    ]
    page.expect("next, who is not lost", [whole_share(rates[i]) in note for i in quiet], [True, True])
    page.expect("next, what was told", figures(note)[-4:], values)
    page.expect(
        "next, against a map",
        words("better than a map", "优于RFM图") in note,
        following["eta2"] > following["methods"][0]["eta2"] + 0.01,
    )


def check_next_picture(page, came, rates):
    """What the dots tell, and that they and their intervals lie in proportion."""
    words, told = page.words, page.told
    groups = page.sections["next"].all("g", class_="told")
    spent = (lambda value: re.sub("英镑$", "", words.money(value))) if page.lang == "zh" else words.money
    panels = [
        (
            words("Bought again, % of the segment", "再次购买的客户占比（%）"),
            whole_share,
            [(rates[i], came[i]["low"], came[i]["high"]) for i in told],
        ),
        (
            words("Spent in the period, per customer", "期间人均消费（英镑）"),
            spent,
            [tuple(came[i][key] for key in ("value_mean", "value_low", "value_high")) for i in told],
        ),
    ]
    page.expect("next, dots", len(groups), 2 * len(told))
    for p, (title, show, values) in enumerate(panels):
        marks = groups[p * len(told) : (p + 1) * len(told)]
        wanted = [
            words(", ", "、").join(
                [
                    page.names[i],
                    f"{title}: {show(value)}",
                    words(f"95%: {show(low)} to {show(high)}", f"95%区间：{show(low)}至{show(high)}"),
                    f"n = {rounded(came[i]['size'])}",
                ]
            )
            for i, (value, low, high) in zip(told, values)
        ]
        page.expect(f"next, panel {p + 1}", [mark.get("aria-label") for mark in marks], wanted)
        page.expect(
            f"next, figures of panel {p + 1}",
            [[text.text() for text in mark.all("text")] for mark in marks],
            [[show(value)] for value, _, _ in values],
        )
        lines = [line for mark in marks for line in mark.all("line")]
        if len(lines) != len(told):
            page.expect(f"next, intervals of panel {p + 1}", len(lines), len(told))
            continue
        places = [
            place
            for mark, line in zip(marks, lines)
            for place in (mark.all("circle")[0].number("cx"), line.number("x1"), line.number("x2"))
        ]
        flat = [value for three in values for value in three]
        first, last = flat.index(min(flat)), flat.index(max(flat))
        step = (places[last] - places[first]) / (flat[last] - flat[first])
        page.near(
            f"next, places of panel {p + 1}",
            places,
            [places[first] + (value - flat[first]) * step for value in flat],
            0.25,
        )


def check_moves(page):
    run, words, summary = page.run, page.words, page.summary
    moves = summary["history"]["moves"][-1]
    counts, k = moves["counts"], len(page.segments)
    stayed = sum(counts[i][i] for i in range(k))
    was = sum(map(sum, counts[:k]))
    page.expect(
        "moves, title",
        figures(page.title("moves")),
        figures(
            words(
                f"{whole_share(1 - stayed / was)} {words.day(run.month, False)}",
                f"{words.day(run.month, False)} {whole_share(1 - stayed / was)}",
            )
        ),
    )
    grown = [sum(row[j] for row in counts) - sum(counts[j]) for j in range(k)]
    names = page.names + [words("New customers", "新客户")]
    drawn = [text.text() for text in page.sections["moves"].all("svg")[0].all("text")]
    page.expect("moves, dates", drawn[:2], [words.day(moves["from"]), words.day(moves["to"])])
    blocks = [f"{name}  {rounded(sum(row))}" for name, row in zip(names, counts)]
    blocks += [f"{rounded(len(run.members[j]))}  {page.names[j]} {plus(grown[j])}" for j in range(k)]
    page.expect("moves, drawn", drawn[2:], blocks)
    largest, matrix = page.tables("moves")
    flows = sorted(
        ((counts[i][j], i, j) for i in range(k) for j in range(k) if i != j and counts[i][j]), key=lambda flow: -flow[0]
    )[:8]
    money, _ = words.column([moves["value"][i][j] for _, i, j in flows])
    page.expect(
        "largest moves",
        [row[1:] for row in largest.rows()[1:]],
        [[rounded(n), money(moves["value"][i][j])] for n, i, j in flows],
    )
    page.expect(
        "largest moves, of whom",
        ["".join(re.findall(r"^(\d) → (\d)", row[0])[0]) for row in largest.rows()[1:]],
        [f"{page.segments[i]['segment']}{page.segments[j]['segment']}" for _, i, j in flows],
    )
    wanted = [[names[i]] + [rounded(n) if n else "" for n in row] + [rounded(sum(row))] for i, row in enumerate(counts)]
    wanted.append(
        [words("All", "合计")] + [rounded(len(members)) for members in run.members] + [rounded(run.customers)]
    )
    page.expect("moves, matrix", matrix.rows()[1:], wanted)


def check_history(page):
    run, words, history = page.run, page.words, page.summary["history"]
    points = [point for point in history["points"] if point["revenue"]]
    last, k = points[-1], len(page.segments)
    whole = money_of(run.shop.spent_within(run.month, run.as_of))
    best = max(range(k + 1), key=lambda i: last["revenue"][i])
    page.expect("history, title", figures(page.title("history")), [whole_share(last["revenue"][best] / float(whole))])
    page.expect("history, who", f"“{page.names[best]}”" in page.title("history"), True)
    money, _ = words.column([value for point in points for value in point["revenue"]])
    rows = []
    for point in points:
        beside = point["customers"] + [point["active"][k]]
        rows.append(
            [words.short_day(day_before(point["cut"]))]
            + [f"{money(value)} / {rounded(n)}" for value, n in zip(point["revenue"], beside)]
        )
    page.expect("history, table", page.tables("history")[0].rows()[1:], rows)
    for point, since in zip(points, [point["cut"] for point in history["points"]]):
        page.expect(
            f"history, revenue up to {point['cut']}",
            round(Decimal(sum(point["revenue"])), 2),
            round(money_of(run.shop.spent_within(since, point["cut"])), 2),
        )
    check_history_panels(page, points)


def check_history_panels(page, points):
    """The figures at the ends, what each month tells, and bars in proportion."""
    run, words, k = page.run, page.words, len(page.segments)
    panels = page.sections["history"].all("svg")
    series = [
        ("all", [sum(point["revenue"]) for point in points], [sum(point["active"]) for point in points], run.customers)
    ]
    series += [
        (
            str(i),
            [point["revenue"][i] for point in points],
            [point["active"][i] for point in points],
            len(run.members[i]),
        )
        for i in page.told
    ]
    series += [("new", [point["revenue"][k] for point in points], [point["active"][k] for point in points], None)]
    page.expect("history, panels", len(panels), len(series))
    for panel, (name, revenue, active, size) in zip(panels, series):
        texts = [text.text() for text in panel.all("text", class_="bold")]
        page.expect(
            f"history, last figures of {name}",
            texts[texts[0] != rounded(size) :] if size is None else texts,
            [little(words, revenue[-1])] if size is None else [rounded(size), little(words, revenue[-1])],
        )
        bars = panel.all("rect", class_="told")
        said = [bar.get("aria-label") for bar in bars]
        wanted = [[words.money(value), rounded(n)] for value, n in zip(revenue, active)]
        page.expect(
            f"history, months of {name}",
            [all(part in text for part in parts) for text, parts in zip(said, wanted)],
            [True] * len(points),
        )
        scale = bars[-1].number("height") / max(revenue[-1], 1e-9)
        page.near(
            f"history, bars of {name}",
            [bar.number("height") for bar in bars],
            [max(0.8, value * scale) for value in revenue],
            0.4,
        )


def little(words, value):
    """Beside a small chart: two digits, three where there are hundreds of its unit."""
    unit, name = next(
        (
            (size, name)
            for start, size, name in words([(1e6, 1e6, "m"), (1e3, 1e3, "k")], [(1e8, 1e8, "亿"), (1e4, 1e4, "万")])
            if value >= start * 0.9995
        ),
        (1, ""),
    )
    return words("£", "") + significant(value / unit, 3 if value / unit >= 100 else 2, False) + name


CHECKS = (check_next, check_moves, check_history)
