"""segment_parts.py: the segments one by one: cards, rules, profiles."""

import math
import re

from drawn_page import figures
from page_words import down, rounded, share, significant, whole_share
from run_and_page import expect_near, rule_figures


def check_card(page, card, i):
    run, words, segment, members = page.run, page.words, page.segments[i], page.run.members[i]
    came, value, of = segment["next"], run.spent_by(members), f"card of segment {i + 1}"
    cells = [[part.text() for part in cell.children] for cell in card.all("div", class_="nums")[0].children]
    page.expect(
        f"{of}, numbers",
        cells,
        [
            [rounded(len(members)), words("customers", "客户"), share(len(members) / run.customers)],
            [words.money(value), words("revenue", "销售额"), share(float(value / run.total))],
            [words.money(value / len(members)), words("per customer", "人均")],
        ],
    )
    rate = came["bought"] / came["size"]
    meter = card.all("div", class_="meter")[0]
    page.expect(
        f"{of}, meter",
        [part.get("style").split(": ")[1].rstrip("%;") for part in meter.children],
        [rounded(100 * r, 2) for r in (rate, page.summary["next"]["rate"])],
    )
    paragraphs = [paragraph.text() for paragraph in card.all("p")]
    page.expect(
        f"{of}, what came next",
        paragraphs[0],
        words(
            f"{whole_share(rate)} bought again, {words.money(came['value_mean'])} each on average",
            f"{whole_share(rate)}再次购买，人均消费{words.money(came['value_mean'])}",
        ),
    )
    low, high = whole_share(came["low"]), whole_share(came["high"])
    page.expect(f"{of}, interval", paragraphs[1], words(f"95% interval {low} to {high}", f"95%区间{low}至{high}"))
    right, found = (whole_share(part) for part in rule_figures(run, i))
    wanted = words(f"Right for {right} of those it names, finds {found}", f"准确率{right}，覆盖率{found}")
    if (right, found) == ("100%", "100%"):
        wanted = words("By definition: rule and segment are the same", "按定义：规则即客群")
    page.expect(f"{of}, rule", paragraphs[2], wanted)
    stable = [block.text() for block in card.all("div", class_="inline")]
    page.expect(
        f"{of}, stability",
        figures(" ".join(stable)),
        [] if segment.get("jaccard") is None else [down(segment["jaccard"])],
    )


def check_cards(page):
    run, words, summary = page.run, page.words, page.summary
    cards = page.sections["cards"].all("article")
    page.expect(
        "whose cards there are",
        [card.all("code")[0].text() for card in cards],
        [page.segments[i]["code"] for i in page.told],
    )
    for card, i in zip(cards, page.told):
        check_card(page, card, i)
    silent = [i for i in range(len(page.segments)) if i not in page.told]
    lines = page.sections["cards"].all("p", class_="rest")
    page.expect(
        "those without a card",
        [figures(line.text()) for line in lines],
        [figures(f"{rounded(len(run.members[i]))} {words.money(run.spent_by(run.members[i]))}") for i in silent],
    )
    tree = summary["clusters"]["tree"]
    lede = figures(page.sections["cards"].all("p", class_="lede")[0].text())
    wanted = [
        rounded(tree["leaves"]),
        whole_share(tree["agreement"]),
        significant(100 * (tree["cost_ratio"] - 1), 2, False) + "%",
        whole_share(summary["next"]["rate"]),
    ]
    page.expect("what is told of the tree", [figure for figure in wanted if figure in lede], wanted)


def check_rules(page):
    table = page.sections["analyst"].all("details", id="part-rules")[0].all("table")[0]
    wanted = []
    for i, members in enumerate(page.run.members):
        right, found = rule_figures(page.run, i)
        wanted.append(
            [page.tagged(i), share(right), share(found), rounded(right / (len(members) / page.run.customers), 1)]
        )
    page.expect(
        "rules, heads",
        table.rows()[0][2:],
        page.words(["Precision", "Coverage", "Lift"], ["准确率", "覆盖率", "提升度"]),
    )
    page.expect("rules", [[row[0]] + row[2:] for row in table.rows()[1:]], wanted)
    table = page.sections["analyst"].all("details", id="part-confidence")[0].all("table")[0]
    page.expect(
        "confidences",
        [row[1:] for row in table.rows()[1:]],
        [
            [segment["code"], rounded(len(members)), rounded(segment["confidence_mean"], 2)]
            for segment, members in zip(page.segments, page.run.members)
        ],
    )


def check_profile(page):
    features, (indices, means) = page.summary["profile"], page.tables("profile")
    rows = indices.rows()[1:]
    by_name = {page.feature(feature["name"]): feature for feature in features}
    # One that takes both signs in those that are shown may be left out: its index would tell nothing.
    least = [
        page.feature(feature["name"])
        for feature in features[:10]
        if all(feature["segments"][i]["mean"] >= 0 for i in page.told)
    ]
    page.expect("profile, features", [name for name in least if name not in [row[0] for row in rows]], [])
    for row, line in zip(rows, indices.all("tbody")[0].all("tr")):
        feature = by_name[row[0]]
        ratios = [feature["segments"][i]["mean"] / feature["mean_all"] for i in page.told]
        page.expect(f"profile, {row[0]}", row[1:], [rounded(100 * ratio) for ratio in ratios])
        cells = line.all("td")
        page.expect(
            f"profile, {row[0]}, bold",
            [cell.get("class") == "key" for cell in cells],
            [ratio >= 1.5 or ratio <= 1 / 1.5 for ratio in ratios],
        )
        bars = [[float(part) for part in re.findall(r"([\d.]+)%", cell.all("i")[0].get("style"))] for cell in cells]
        reach = [max(-3, min(3, math.log2(ratio))) / 3 * 50 if ratio > 0 else -50 for ratio in ratios]
        page.near(
            f"profile, {row[0]}, bars",
            [value for bar in bars for value in bar],
            [value for r in reach for value in (50 + min(r, 0), max(0.6, abs(r)))],
            0.01,
        )
    for row in means.rows()[1:]:
        feature = by_name[row[0]]
        values = [feature["segments"][i]["mean"] for i in page.told] + [feature["mean_all"]]
        page.expect(f"means, {row[0]}", row[1:], mean_texts(page, feature, values))
    # Means of two that the lines tell.
    shop = page.run.shop
    for name in ("purchase_days", "monetary_total"):
        feature = next(feature for feature in features if feature["name"] == name)
        found = [
            sum(shop.features[customer][name] for customer in members) / len(members) for members in page.run.members
        ]
        expect_near(f"means of {name}", [cell["mean"] for cell in feature["segments"]], found, 1e-6)
    often = features[0]["segments"][0]["mean"] / features[0]["mean_all"]
    page.expect("profile, title", figures(page.title("profile")), [significant(often, 2, False)])


def mean_texts(page, feature, values):
    if feature["unit"] == "currency":
        return [page.words.money(value) for value in values]
    every = [cell["mean"] for cell in feature["segments"]] + [feature["mean_all"]]
    greatest = max(abs(value or 0) for value in every)
    places = math.floor(math.log10(max(greatest, 1e-3)))
    return [rounded(value, max(0, min(4, 2 - (0 if places == -1 else places)))) for value in values]


CHECKS = (check_cards, check_rules, check_profile)
