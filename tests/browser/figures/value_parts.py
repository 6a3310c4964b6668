"""value_parts.py: recency by frequency, the map, how value is spread, tiers and stages."""

import collections
import math
import re

from drawn_page import figures
from page_words import NOTHING, rounded, share, whole_share
from shop_lines import money_of


def limits_of(limits):
    """How the steps of an axis are called."""
    first = "1" if limits[0] == 1 else f"≤ {limits[0]}"
    between = [str(high) if high == low + 1 else f"{low + 1}–{high}" for low, high in zip(limits, limits[1:-1])]
    return [first] + between + [f"> {limits[-2]}"]


def step_of(value, limits):
    return next(i for i, limit in enumerate(limits) if limit is None or value <= limit)


def check_picture(page):
    run, words, grid = page.run, page.words, page.summary["grid"]
    cells, value = collections.Counter(), collections.Counter()
    for customer, features in run.shop.features.items():
        if features["frequency"]:
            days, times = features["recency_days"], features["frequency"]
            place = step_of(days, grid["recency"]), step_of(times, grid["frequency"])
            cells[place] += 1
            value[place] += run.shop.spent[customer]
    rows, columns = range(len(grid["recency"])), range(len(grid["frequency"]))
    wanted = [[name] + [rounded(cells[r, f]) for f in columns] for r, name in zip(rows, limits_of(grid["recency"]))]
    table = page.tables("picture")[0].rows()
    page.expect("grid, table", table[1:], wanted)
    page.expect("grid, head", table[0][1:], limits_of(grid["frequency"]))
    groups = page.sections["picture"].all("svg")[0].all("g", class_="told")
    drawn = [(r, f) for r in rows for f in columns if cells[r, f]]
    page.expect(
        "grid, counts", [group.all("text")[0].text() for group in groups], [rounded(cells[place]) for place in drawn]
    )
    said = [[f": {rounded(cells[place])}", f": {words.money(money_of(value[place]))}"] for place in drawn]
    page.expect(
        "grid, told",
        [all(part in group.get("aria-label") for part in parts) for group, parts in zip(groups, said)],
        [True] * len(drawn),
    )
    frequency = [features["frequency"] for features in run.shop.features.values()]
    often = {customer for customer, features in run.shop.features.items() if features["frequency"] >= 5}
    brought = whole_share(float(run.spent_by(often) / sum(map(money_of, value.values()))))
    # Of all customers, or of those with a purchase: both are true.
    titles = []
    for all_of in (len(frequency), len(frequency) - frequency.count(0)):
        once, many = whole_share(frequency.count(1) / all_of), whole_share(len(often) / all_of)
        titles.append(words([once, many, "5", brought], [once, "5", many, brought]))
    found = figures(page.title("picture"))
    page.expect("picture, title", found, found if found in titles else titles)
    axes = page.summary["map"]["axes"]
    wanted = [
        [page.feature(row["name"])] + [rounded(axis["loadings"][i]["loading"], 2) for axis in axes]
        for i, row in enumerate(axes[0]["loadings"])
    ]
    page.expect("map, axes", page.tables("picture")[1].rows()[1:], wanted)


def grade_rows(page, table, rows, of, with_limits):
    """Tiers, stages, phases: names, sizes, shares, value and its share."""
    run, words = page.run, page.words
    values = [run.spent_by(members) for members in of]
    money, unit = words.column(values)
    wanted = []
    lowest = [row.get("lowest") for row in rows]
    limit, limit_unit = words.column([value or 0 for value in lowest])
    for i, row in enumerate(rows):
        line = [
            row["names"][page.lang],
            rounded(len(of[i])),
            share(len(of[i]) / run.customers),
            money(values[i]),
            "",
            share(float(values[i] / run.total)),
        ]
        wanted.append(line + ([limit(lowest[i])] if with_limits else []))
    heads = [
        words("Customers", "客户数"),
        words("Share", "占比"),
        words("Revenue", "销售额") + unit,
        "",
        words("% of revenue", "销售额占比"),
    ]
    found = table.rows()
    page.expect(
        f"{found[0][0]}, heads", found[0][1:], heads + ([words("From", "下限") + limit_unit] if with_limits else [])
    )
    page.expect(found[0][0], found[1:], wanted)
    bars = [float(re.search(r"([\d.]+)%", bar.get("style")).group(1)) for bar in table.all("span", class_="length")]
    most = max(values)
    page.near(f"{found[0][0]}, bars", bars, [float(100 * value / most) for value in values if value > 0], 0.06)


def check_value(page):
    run, words, summary = page.run, page.words, page.summary
    ranked = sorted(run.shop.spent.values(), reverse=True)
    tops = [
        (top["share"], sum(ranked[: math.ceil(top["share"] * len(ranked) - 1e-9)]) / sum(ranked))
        for top in summary["lorenz"]["top"]
    ]
    five = next(part for of, part in tops if of == 0.05)
    page.expect("value, title", figures(page.title("value")), ["5%", whole_share(five)])
    curve = page.sections["value"].all("svg")[0]
    labels = [text.text() for text in curve.all("text", class_="halo") if "bold" in text.get("class")]
    page.expect(
        "concentration, tops",
        labels,
        [
            words(f"top {whole_share(of)}: {whole_share(part)}", f"前{whole_share(of)}：{whole_share(part)}")
            for of, part in tops
        ],
    )
    page.expect(
        "concentration, told",
        [mark.get("aria-label") for mark in curve.all("g", class_="told")],
        [words(f"top {whole_share(of)}: {share(part)}", f"前{whole_share(of)}：{share(part)}") for of, part in tops],
    )
    concentration, tiers, cross = page.tables("value")
    sums = [0]
    for amount in ranked:
        sums.append(sums[-1] + amount)
    found = concentration.rows()[1:]
    at = [int(row[0].rstrip("%")) / 100 for row in found]
    page.expect("concentration, rows", at, [0.01, 0.05] + [i / 10 for i in range(1, 11)])
    wanted = [100 * sums[round(of * len(ranked))] / sums[-1] for of in at]
    page.near("concentration, table", [float(row[1].rstrip("%")) for row in found], wanted, 0.15)
    grade_rows(page, tiers, summary["tiers"], run.of_tier, True)
    wanted = [
        [page.tagged(i)] + [rounded(len(members & of)) for of in run.of_tier] for i, members in enumerate(run.members)
    ]
    page.expect(
        "segments by tiers",
        cross.rows()[1:],
        wanted + [[words("All", "合计")] + [rounded(len(of)) for of in run.of_tier]],
    )


def check_plan(page):
    run, words, summary = page.run, page.words, page.summary
    plan, stages, phases, cross = page.tables("plan")[:4]
    grade_rows(page, stages, summary["lifecycle"], run.of_stage, False)
    of_phase = [
        set.union(*(of for stage, of in zip(summary["lifecycle"], run.of_stage) if stage["phase"] == phase["phase"]))
        for phase in summary["lifecycle_phases"]
    ]
    grade_rows(page, phases, summary["lifecycle_phases"], of_phase, False)
    wanted = [
        [page.tagged(i)] + [rounded(len(members & of)) for of in run.of_stage] for i, members in enumerate(run.members)
    ]
    page.expect(
        "segments by stages",
        cross.rows()[1:],
        wanted + [[words("All", "合计")] + [rounded(len(of)) for of in run.of_stage]],
    )
    of_stage = {stage["stage"]: of for stage, of in zip(summary["lifecycle"], run.of_stage)}
    columns = [["potential"], ["new", "reactivated"], ["active", "mature"], ["at_risk"], ["lost"]]
    for tier, of, line in zip(summary["tiers"], run.of_tier, plan.all("tbody")[0].all("tr")):
        size_and_value = f"{rounded(len(of))} · {words.money(run.spent_by(of))}"
        page.expect(
            f"{tier['tier']} by stage, head", line.all("th")[0].text(), tier["names"][page.lang] + size_and_value
        )
        within = [of & set.union(*(of_stage[stage] for stage in stages)) for stages in columns]
        wanted = [[rounded(len(some)), words.money(run.spent_by(some))] if some else [NOTHING] for some in within]
        found = [[part.text() for part in cell.all("b") + cell.all("span")] or [cell.text()] for cell in line.all("td")]
        page.expect(f"{tier['tier']} by stage", found, wanted)
    rows = sorted(summary["strategies"]["rows"], key=lambda row: (-(row["value_total"] or 0), -row["size"]))
    found = [row[-3:-1] for row in page.tables("plan")[4].rows()[1:]]
    page.expect("all actions", found, [[rounded(row["size"]), share(row["value_share"])] for row in rows])


CHECKS = (check_picture, check_value, check_plan)
