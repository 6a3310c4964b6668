"""run_and_page.py: what is known of a run, and a page in one language beside what it has to say."""

import csv
import json
import re

from drawn_page import read_page
from page_words import Words
from shop_lines import Shop, money_of, read_lines

failures = []


def expect(what, found, wanted):
    if found != wanted:
        failures.append(f"{what}:\n  found    {found}\n  expected {wanted}")


def expect_near(what, found, wanted, by):
    if len(found) != len(wanted) or any(abs(f - w) > by for f, w in zip(found, wanted)):
        failures.append(f"{what}:\n  found    {found}\n  expected {[round(w, 2) for w in wanted]}, each within {by}")


class Run:
    """What is known of it: report.json, segments.csv and the lines."""

    def __init__(self, lines_path, folder):
        with open(f"{folder}/run/report.json", encoding="utf-8") as file:
            self.summary = json.load(file)["summary"]
        with open(f"{folder}/run/segments.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        lines, self.read = read_lines(lines_path)
        self.as_of = self.summary["as_of"]
        self.shop = Shop(lines, self.as_of)
        self.segments = self.summary["segments"]
        numbers = [str(segment["segment"]) for segment in self.segments]
        self.members = [{row["customer_id"] for row in rows if row["segment"] == number} for number in numbers]
        self.of_tier = [
            {row["customer_id"] for row in rows if row["tier"] == tier["tier"]} for tier in self.summary["tiers"]
        ]
        self.of_stage = [
            {row["customer_id"] for row in rows if row["lifecycle"] == stage["stage"]}
            for stage in self.summary["lifecycle"]
        ]
        self.customers, self.total = len(rows), money_of(sum(self.shop.spent.values()))
        self.month = self.summary["history"]["moves"][-1]["from"]

    def spent_by(self, customers):
        return money_of(sum(self.shop.spent[customer] for customer in customers))

    def is_told(self, index):
        """Those without a purchase have a line and no card."""
        return self.segments[index]["code"] != "POTENTIAL"

    def names(self, lang):
        split = [re.match("^(.+?)(?:: |：)(.+)$", segment["names"][lang]) for segment in self.segments]
        return [found.group(1) if found else segment["names"][lang] for found, segment in zip(split, self.segments)]


class Page:
    """One language of it, beside what it has to say."""

    def __init__(self, run, folder, lang):
        self.run, self.summary, self.segments = run, run.summary, run.segments
        self.root, self.words = read_page(f"{folder}/{lang}.dom"), Words(lang)
        self.lang, self.names = lang, run.names(lang)
        self.sections = {section.get("id"): section for section in self.root.all("section") if section.get("id")}
        self.told = [i for i in range(len(self.segments)) if run.is_told(i)]

    def expect(self, what, found, wanted):
        expect(f"{self.lang}, {what}", found, wanted)

    def near(self, what, found, wanted, by):
        expect_near(f"{self.lang}, {what}", found, wanted, by)

    def tables(self, section, kind=None):
        return self.sections[section].all("table", **({"class_": kind} if kind else {}))

    def title(self, section):
        return self.sections[section].all("h2")[0].text()

    def notes(self, section):
        return " ".join(note.text() for note in self.sections[section].all("p", class_="note"))

    def feature(self, name):
        """As a table calls it."""
        own = {
            "frequency": ("Purchases", "购买次数"),
            "monetary_total": ("Spend", "累计消费"),
            "monetary_mean": ("Spend per purchase", "客单价"),
        }
        label = next(
            column["label"][self.lang] for column in self.summary["features"]["columns"] if column["name"] == name
        )
        return self.words(*own[name]) if name in own else label[0].upper() + label[1:]

    def tagged(self, index):
        return f"{self.segments[index]['segment']}{self.names[index]}"


def codes_with(page, word):
    return [i for i, segment in enumerate(page.segments) if word in segment["code"]]


def rule_figures(run, index):
    """How many of those whom its rule is true of are in the segment, and how many of the segment it is true of."""
    caught, members = run.shop.caught_by(run.segments[index]["condition"]), run.members[index]
    return len(caught & members) / len(caught), len(caught & members) / len(members)
