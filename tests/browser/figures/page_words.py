"""page_words.py: how the page writes numbers, money and days in either language: by rules of this file's own."""

import datetime
import math
import re
from decimal import ROUND_HALF_UP, Decimal

from drawn_page import MINUS

NOTHING = "–"


def exact(value):
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def signed_text(number):
    return re.sub("^-", MINUS, re.sub("^-(?=[0.]*$)", "", f"{number:,f}"))


def rounded(value, places=0):
    return NOTHING if value is None else signed_text(exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def significant(value, digits, padded=True):
    number = exact(value)
    for _ in range(2):  # 9.996 is 10.0
        number = number.quantize(Decimal(1).scaleb(number.adjusted() + 1 - digits), ROUND_HALF_UP)
    text = signed_text(number)
    return text if padded or "." not in text else text.rstrip("0").rstrip(".")


def share(value, digits=1):
    """What is not all of it is never told to be."""
    if value is None:
        return NOTHING
    number, least = exact(value) * 100, Decimal(1).scaleb(-digits)
    return rounded(100 - least if 100 - least < number < 100 else number, digits) + "%"


def whole_share(value):
    small = value is not None and (0 < value < 0.0095 or 0.995 <= value < 1)
    return share(value, 1 if small else 0)


def down(value, digits=2):
    """Agreements are rounded down."""
    return NOTHING if value is None else rounded(math.floor(value * 10**digits + 1e-9) / 10**digits, digits)


def plus(value):
    return ("+" if value > 0 else "") + rounded(value)


class Words:
    """The language of a page: its numbers, and the words that tell what a figure is."""

    def __init__(self, lang):
        self.lang, self.at = lang, 0 if lang == "en" else 1

    def __call__(self, english, chinese):
        return (english, chinese)[self.at]

    def plain(self, value):
        size = abs(exact(value))
        steps = [
            [(10**9, 10**9, "bn"), (10**6, 10**6, "m"), (10**5, 10**3, "k")],
            [(10**8, 10**8, "亿"), (10**5, 10**4, "万")],
        ]
        if size == 0:
            return "0"
        for start, unit, name in steps[self.at]:
            if size >= start * Decimal("0.9995"):
                return (rounded if name == "k" else lambda v: significant(v, 3))(exact(value) / unit) + name
        return significant(value, 3) if size >= 100 or size < 10 else significant(value, 2)

    def money(self, value):
        text = self.plain(value)
        return self(re.sub(f"^({MINUS}?)", "\\1£", text), text + "英镑")

    def column(self, values):
        """How the amounts of one column are written, and what its head says of it."""
        if self.lang == "en":
            return (lambda value: NOTHING if value is None else self.money(value)), ""
        if max(abs(value or 0) for value in values) >= 100000:
            return (lambda value: NOTHING if value is None else rounded(exact(value) / 10000, 1)), "（万英镑）"
        return (lambda value: NOTHING if value is None else self.plain(value)), "（英镑）"

    def count(self, value):
        """In a sentence."""
        return self.plain(value) if self.lang == "zh" and value >= 100000 else rounded(value)

    def day(self, text, with_year=True):
        at = datetime.date.fromisoformat(text[:10])
        return (
            self(f"{at.day} {at:%B}", f"{at.month}月{at.day}日")
            if not with_year
            else self(f"{at.day} {at:%B} {at.year}", f"{at.year}年{at.month}月{at.day}日")
        )

    def short_day(self, text):
        at = datetime.date.fromisoformat(text[:10])
        return self(f"{at.day} {at:%b} {at.year}", f"{at.year}年{at.month}月{at.day}日")


def day_before(text):
    return (datetime.date.fromisoformat(text[:10]) - datetime.timedelta(1)).isoformat()
