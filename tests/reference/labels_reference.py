"""Every column of segments.csv again, slowly, from the tables and docs/methods alone.

    labels_reference.py RUN retail LINES.csv.xz
    labels_reference.py RUN adventureworks CUSTOMERS PRODUCTS SALES...
    labels_reference.py RUN lines LINES.csv

and before these words, where RUN went on from an earlier run: `after THEN` (its model applied), `evolved THEN` (its
segments went on). All are runs by labels.yaml. What was fitted (who is set apart, the three columns, centres, cuts,
usual gaps, what became of silences, percentiles) is found anew and held against model.h5; of the models of purchases and
spend the parameters are taken from there, and what they say is found anew. Then each cell of each customer, as it is
printed. No disagreement is allowed: what is printed is the number rounded to so many places, and where the number found
here is within 1e-9 of the middle between two of these, either will do; such cells are counted, and so are customers who
are as near to two centres to 1e-12. A column that nothing is found for here is a failure. Exits 1 where one differs.
"""

import csv
import json
import math
import re
import sys
from decimal import Decimal
from pathlib import Path

import h5py
import numpy as np
import pandas as pd

import places_reference as places
import rules_reference as rules
import stages_reference as stages
import tiers_reference as tiers
import worth_reference as worth
from features_reference import read_adventureworks, read_retail, reference

HERE = Path(__file__).parent
METHODS = HERE.parent.parent / "docs/methods"
SHARES = [0.01, 0.04, 0.15, 0.30]
TIERS = ["vip", "gold", "silver", "bronze", "normal"]
TIER_NAMES = dict(zip(TIERS, ["VIP", "Gold", "Silver", "Bronze", "Normal"]))
STAGE_NAMES = {"potential": "Potential", "new": "New", "active": "Active", "mature": "Mature", "at_risk": "At risk",
               "lost": "Lost", "reactivated": "Reactivated"}
MARGIN, GRACE, STEP = 0.2, 2, 1
RISK, BACK, DWELL, PURCHASES, PAUSES, FACTOR, SHRINKAGE, LEAST = 0.5, 0.8, 30, 6, 4, 2, 5, 7
SCORE = {"money": (0.6, {"monetary_total": 2, "monetary_mean": 1}),
         "habit": (0.4, {"recency_days": 1, "frequency": 1, "gap_mean_days": 0.5})}
# The first class of each rule set, as labels.yaml and docs/methods/rules.md have it: what is not met is said in its words.
FIRST = {"pace": "orders_per_month > 1 and recency_days <= 60 and frequency_90d >= 2",
         "worth": "tier in ('vip', 'gold') and lifecycle != 'lost' and m_score = 5",
         "since": "days_between(first_purchase, as_of) > 300 and last_purchase < as_of",
         "activity": "orders_per_month > 5 and session_minutes_mean > 30 and months_without_interaction_12m = 0",
         "loyalty": "frequency_365d > 10 and satisfaction_mean >= 4.5",
         "account": "m_score = 5 and f_score = 5 and r_score >= 4"}


# ---- Reading -----------------------------------------------------------------------------------------------------------


def read_lines(path):
    t = pd.read_csv(path, dtype=str)
    amount = np.rint(t.amount.astype(float) * 10000).astype(np.int64)
    day = pd.to_datetime(t.date)
    return {"transactions": pd.DataFrame({"customer": t.customer_id, "order": t.date, "time": day, "clock": False,
                                          "amount": amount, "quantity": t.units.astype(np.int64)})}


class Run:
    """A run's folder: its rows, and what was fitted, by the path in model.h5."""

    def __init__(self, folder):
        with open(f"{folder}/segments.csv", encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        with open(f"{folder}/summary.json", encoding="utf-8") as file:
            self.as_of = pd.Timestamp(json.load(file)["as_of"])
        with h5py.File(f"{folder}/features.h5") as f:
            names = f["var"][f["var"].attrs["_index"]].asstr()[:]
            self.x = pd.DataFrame(f["X"][:], columns=names)
        self.fitted = {}
        with h5py.File(f"{folder}/model.h5") as f:
            f.visititems(lambda name, at: self.fitted.__setitem__(name, self.get(at)) if isinstance(at, h5py.Dataset) else None)

    @staticmethod
    def get(at):
        value = at[()]
        if isinstance(value, bytes):
            return value.decode()
        return [v.decode() for v in value] if getattr(value, "dtype", None) is not None and value.dtype.kind == "S" else value

    def __getitem__(self, path):
        return self.fitted[path]


def read_tables(kind, files, as_of):
    tables = {"retail": read_retail, "adventureworks": read_adventureworks, "lines": read_lines}[kind](*files)
    t = tables["transactions"]
    tables["transactions"] = t[t.time < as_of].copy()
    return tables


# ---- Fitting -----------------------------------------------------------------------------------------------------------


def same(what, own, theirs, by=0.0):
    own, theirs = np.asarray(own, float), np.asarray(theirs, float)
    equal = own.shape == theirs.shape and bool(np.all((own == theirs) | (np.abs(own - theirs) <= by * (1 + np.abs(own)))))
    if not equal:
        sys.exit(f"{what}: {theirs}, not {own}")


def fit_places(run, x, past, then):
    """Who is set apart, the three columns, the centres: found anew, and as model.h5 has them."""
    inf = math.inf
    classes, gap = places.find_classes(x, past)
    if then:  # the rule stays
        classes = get_classes(then)
    else:
        same("usual gap", gap, run["recipe/constants/gap_days"])
    kept = get_classes(run)
    if [c[0] for c in classes] != [c[0] for c in kept] or any(a[1:] != b[1:] for a, b in zip(classes, kept)):
        sys.exit(f"who is set apart: {kept}, not {classes}")
    others = x[places.put_apart(classes, x) < 0]
    buyers = (x.frequency > 0).sum()
    unit, low, high, mean, deviation = fitted = places.fit_core(others)
    for own, theirs in zip(fitted, get_core(run)):
        same("the core", own, theirs, 1e-12)
    v = places.core(others, *fitted)
    if then:
        own_unit, _, _, own_mean, own_deviation = get_core(then)
        raw = np.expm1(then["centers"] * own_deviation + own_mean) * [1, 1, own_unit]
        start = (np.clip(np.log1p(raw / [1, 1, unit]), low, high) - mean) / deviation
    else:
        table = places.APART if len(classes) > 1 else places.TOGETHER
        codes = places.drop_small(v, table, buyers)
        start = np.array([table[code] for code in codes], float)
        if codes != run["codes"][: len(codes)]:
            sys.exit(f"places: {run['codes']}, not {codes}")
    same("centres", places.draw(v, start), run["centers"], 1e-9)


def get_classes(run):
    p = "recipe/apart/"
    return list(zip(run[p + "code"], *(run[p + n].tolist() for n in ("purchase_days", "recency_low", "recency_high", "total_low", "total_high"))))


def get_core(run):
    at = np.flatnonzero(run["recipe/columns/weight"] > 0)
    c = {n: run["recipe/columns/" + n][at] for n in ("unit", "low", "high", "center", "scale")}
    if not (run["recipe/columns/weight"][at] == 1).all() or len(at) != 3:
        sys.exit("clusters are found by other columns")
    return c["unit"][2], c["low"], c["high"], c["center"], c["scale"]


def fit_labels(run, x, past, days):
    """Cuts, gaps, silences, scores and the choice among the models."""
    values = x.monetary_total.to_numpy()
    own = tiers.by_shares(list(values), SHARES, "customers")
    least = [min((v for v, t in zip(values, own) if t == tier), default=None) for tier in range(4)]
    same("cuts", least, run["policy/tier_cut"])
    back = past[past.x > 0]
    same("population's gap", back.gap_p90.median(), run["policy/gap_p90"])
    same("new", max(30, back.gap_median.median()), run["policy/new_days"])
    seen, gone = stages.count_silences(days)
    same("silences", seen, run["recipe/silences/seen"])
    same("silences, back", seen - gone, run["recipe/silences/back"])
    buyers = x[x.frequency > 0]
    cuts = [np.quantile(buyers[c], [0.2, 0.4, 0.6, 0.8]) for c in ("recency_days", "frequency", "monetary_total")]
    same("RFM cuts", cuts, run["recipe/rfm_cuts"], 1e-15)
    for name, knots in zip(run["policy/score/feature"], run["policy/score/knots"]):
        same("percentiles of " + name, np.percentile(x[name].dropna(), tiers.PERCENTS), knots, 1e-14)
    if "recipe/value/chosen" in run.fitted:
        choose_model(run)


def choose_model(run):
    sound = {kind: -2 * l + 8 for kind, l, verdict in zip(run["recipe/value/purchases/kind"], run["recipe/value/purchases/log_likelihood"],
                                                          run["recipe/value/purchases/verdict"]) if verdict == "sound"}
    best = min((k for k in ("mbg-nbd", "pareto-nbd") if k in sound), key=sound.get, default="nbd" if "nbd" in sound else "none")
    if best != run["recipe/value/chosen"]:
        sys.exit(f"the model that foretells: {run['recipe/value/chosen']}, not {best}")


# ---- Applying ----------------------------------------------------------------------------------------------------------


def rfm_scores(run, x):
    out = {}
    for (name, column, less), cuts in zip((("r", "recency_days", 1), ("f", "frequency", 0), ("m", "monetary_total", 0)), run["recipe/rfm_cuts"]):
        score = 1 + (x[column].to_numpy()[:, None] > cuts).sum(axis=1)
        out[name + "_score"] = np.where(x.frequency > 0, 6 - score if less else score, np.nan)
    return out


def score_parts(run, x):
    """Points by percentiles of the fit; what is missing leaves its weight to the others. Also what the parts, one after
    the other, come to of the score."""
    knots, total, weights, out = dict(zip(run["policy/score/feature"], run["policy/score/knots"])), 0, 0, {}
    sums_to = {}
    for part, (weight, of) in SCORE.items():
        sums, known = np.zeros(len(x)), np.zeros(len(x))
        for name, w in of.items():
            p = tiers.find_points(knots[name], x[name].to_numpy(float), name in tiers.LESS)
            sums += np.where(np.isnan(p), 0, w * p)
            known += np.where(np.isnan(p), 0, w)
        mean = np.divide(sums, known, out=np.full(len(x), np.nan), where=known > 0)
        out["score_" + part] = mean
        total, weights = total + np.where(np.isnan(mean), 0, weight * mean), weights + np.where(np.isnan(mean), 0, weight)
        sums_to[f"score_{part}_points"] = total
    share = lambda of: np.divide(of, weights, out=np.full(len(x), np.nan), where=weights > 0)
    out["score"] = share(total)
    return out, {name: share(of) for name, of in sums_to.items()}


def put_segments(run, x, then, evolved):
    """Group, distance, runner-up and confidence; groups from 0, -1: none. Who is as near to two centres is counted."""
    apart, k = places.put_apart(get_classes(run), x), len(run["centers"])
    v = places.core(x.fillna(0), *get_core(run))
    d = places.nearest(v, run["centers"])
    order = np.argsort(d, axis=1, kind="stable")
    group, other = order[:, 0].copy(), order[:, 1].copy()
    first, second = np.take_along_axis(d, order[:, :2], axis=1).T
    ties = int((second - first < 1e-12)[apart < 0].sum())
    confidence = 1 - first / second
    if evolved:
        numbers = run["policy/segments/number"].tolist()
        had = {r["customer_id"]: numbers.index(int(r["segment"])) if int(r["segment"]) in numbers else -1 for r in then.rows}
        was = np.array([had.get(c, -1) for c in x.index])
        stays = (apart < 0) & (was >= 0) & (was < k) & (was != group)
        own = d[np.arange(len(d)), np.where(stays, was, 0)]
        stays &= ~(own > 1.5 * first)
        group, other = np.where(stays, was, group), np.where(stays, group, other)
        first, confidence = np.where(stays, own, first), np.where(stays, 0, confidence)
    is_apart = apart >= 0
    return (np.where(is_apart, k + apart, group), np.where(is_apart, np.nan, first), np.where(is_apart, -1, other),
            np.where(is_apart, 1, confidence), ties)


class Lifecycle:
    """The table of docs/methods/lifecycle.md for one customer after the other; days are numbers, as-of is 0."""

    def __init__(self, run, x, past, alive, then):
        self.new, self.gap = float(run["policy/new_days"]), float(run["policy/gap_p90"])
        self.past, self.x, self.ids, self.as_of = past.to_dict("list"), x.to_dict("list"), list(x.index), run.as_of
        self.alive = alive if bool(run["policy/stages/by_alive"]) else np.full(len(x), np.nan)
        self.before = {}
        for r in then.rows if then else []:
            since = (pd.Timestamp(r["lifecycle_since"]) - run.as_of).days if r["lifecycle_since"] else None
            self.before[r["customer_id"]] = (r["lifecycle"], r["lifecycle_from"], since)

    def look(self, i):
        """(stage, from, since, reason)"""
        h, before = {c: v[i] for c, v in self.past.items()}, self.before.get(self.ids[i], ("", "", None))
        if math.isnan(h["x"]):
            return "potential", "", None, self.say_potential(i)
        self.n, self.span, self.tenure = int(h["x"]), h["t_x"], h["T"] + 1
        self.silence, self.last_gap, self.greatest = self.tenure - self.span, h["gap_last"], h["gap_max"]
        self.once = self.n == 0
        self.limit = max(LEAST, self.gap if self.once else (self.n * h["gap_p90"] + SHRINKAGE * self.gap) / (self.n + SHRINKAGE))
        self.p = math.nan if self.once else self.alive[i]
        self.by_gaps = math.isnan(self.p)
        self.last = -self.silence
        self.risk, self.lost = min(self.new, self.limit) if self.once else self.limit, FACTOR * self.limit
        # What he is measured by: (how far he has gone, at risk over, lost over).
        self.marks = [(self.silence, self.risk, self.lost)] + ([] if self.by_gaps else [(1 - self.p, RISK, RISK)])
        self.came_back = self.n > 0 and self.last_gap > FACTOR * self.limit
        if before[2] is not None and self.n > 0:
            first = before[0] == "lost" and self.last >= before[2] > self.last - self.last_gap
            self.came_back |= first or (before[0] == "reactivated" and self.last <= before[2])
        # Beside a run that told him at risk or lost, since when he has not bought.
        self.held = before[0] if before[0] in ("at_risk", "lost") and before[2] is not None and self.last < before[2] else ""
        stage = self.find(before)
        come, since = self.trace(stage)
        come, since = self.join(stage, come, since, before)
        return stage, come, since, self.say(stage, since)

    def find(self, before):
        dwells = self.held and -before[2] < DWELL
        if self.once and self.tenure <= self.new:
            return "new"
        if all(at > lost * (BACK if self.held == "lost" else 1) for at, _, lost in self.marks) or (dwells and self.held == "lost"):
            return "lost"
        if any(at > risk * (BACK if self.held else 1) for at, risk, _ in self.marks) or dwells:
            return "at_risk"
        if self.came_back and self.silence <= self.new:
            return "reactivated"
        return "mature" if self.is_ripe(self.tenure) else "active"

    def is_ripe(self, tenure):
        return self.n + 1 >= PURCHASES and tenure >= PAUSES * self.limit and self.greatest <= FACTOR * self.limit

    def well(self, risk):
        """What he was the day before he was at risk."""
        if self.once:
            return "new"
        if self.came_back and math.floor(self.limit) <= self.new:
            return "reactivated"
        return "mature" if self.is_ripe(self.span + risk) else "active"

    def second(self):
        """What he was before his second purchase."""
        return "new" if self.span <= self.new else "at_risk" if self.span <= FACTOR * self.limit else "lost"

    def trace(self, stage):
        if stage == "new":
            return "potential", -self.tenure
        if stage in ("at_risk", "lost"):
            told = self.by_gaps or (stage == "at_risk" and self.silence > self.risk)
            come = "at_risk" if stage == "lost" and not (told and math.floor(self.lost) <= math.floor(self.risk)) else self.well(math.floor(self.risk) if told else 0)
            if not told:
                return come, 0
            over = self.last + math.floor(self.lost if stage == "lost" else self.risk) + 1
            grown = -self.tenure + math.floor(self.new) + 1
            return ("new", min(grown, 0)) if self.once and grown >= over else (come, min(over, 0))
        if stage == "reactivated":
            return "new" if self.n == 1 and self.span <= self.new else "lost", self.last
        if stage == "mature":
            if self.last_gap > self.limit and self.span >= math.ceil(PAUSES * self.limit):
                return "at_risk", self.last
            return "active" if self.greatest <= self.limit else "", None
        if self.came_back:
            return "reactivated", self.last + math.floor(self.new) + 1
        if self.n == 1:
            return self.second(), self.last
        if self.last_gap > self.limit:
            return "at_risk", self.last
        if self.greatest <= min(self.limit, self.new):
            return "new", self.last - self.last_gap if self.n == 2 else None
        return "", None

    def join(self, stage, come, since, before):
        was, was_from, was_since = before
        later = since is not None and (was_since is None or since > was_since)
        if not was:
            return come, since
        if was != stage:
            return was, since if later else 0
        return (was_from, was_since) if not later or self.held else (come, since)

    def say_potential(self, i):
        if not self.x["lines"][i] > 0:
            return "no purchase yet"
        is_nothing = self.x["monetary_total"][i] == 0 and self.x["return_share"][i] == 0
        return "only lines without an amount" if is_nothing else "returns or cancelled orders only"

    def say(self, stage, since):
        days = lambda n: f"{n:g} day" + ("" if n == 1 else "s")
        silence, limit = days(self.silence), f"{math.floor(self.limit)}"
        still = f"within the usual {limit}" if self.by_gaps else f"{percent(self.p)} likely to be still a customer"
        if stage == "new":
            return f"bought once, {days(self.tenure)} ago, new for {days(math.floor(self.new))}"
        if stage == "reactivated":
            return f"bought {silence} ago after a silence of {days(self.last_gap)}"
        if stage == "mature":
            return f"bought on {days(self.n + 1)} in {days(self.tenure)}, last {silence} ago, {still}"
        if stage == "active":
            return f"last purchase {silence} ago, {still}"
        over = [at > (lost if stage == "lost" else risk) for at, risk, lost in self.marks]
        if not (all(over) if stage == "lost" else any(over)):
            return f"{silence} without a purchase, {'lost' if stage == 'lost' else 'at risk'} since {(self.as_of + pd.Timedelta(days=since)).date()}"
        far = "far " if stage == "lost" else ""
        if not self.by_gaps:
            only = "only " if stage == "lost" else "" if over[0] else "but only "
            return f"{silence} without a purchase, {far + 'over' if over[0] else 'within'} the usual {limit}, {only}{percent(self.p)} likely to be still a customer"
        if self.once:
            return f"bought once, {silence} ago, " + (f"far over the usual {limit}" if stage == "lost" else f"and did not come back within {math.floor(self.risk)} days")
        return f"{silence} without a purchase, {far}over the usual {limit}"


def percent(p):
    """A whole percent, near 0 and 100 with a tenth, and never all or nothing."""
    of = min(max(100 * p, 0.1), 99.9)
    return f"{of:.0f} %" if 10 <= of < 99 else f"{of:.1f} %"


def hold_tiers(run, x, values, own, then):
    """(tiers, evaluations below, who has just fallen) after those of the earlier run."""
    cuts = run["policy/tier_cut"]
    had = {r["customer_id"]: (TIERS.index(r["tier"]), int(r.get("tier_below") or 0)) for r in then.rows}
    out, counts, fallen = [], [], []
    for c, value, natural in zip(x.index, values, own):
        was, below = had.get(c, (None, 0))
        tier, falls = natural, False
        if was is None or natural <= was:
            below = 0
        elif value > 0 and value >= cuts[was] * (1 - MARGIN):
            tier, below = was, 0
        elif below + 1 < GRACE:
            tier, below = was, below + 1
        else:
            tier, below, falls = min(natural, was + STEP), 0, True
        out.append(tier)
        counts.append(below)
        fallen.append(falls)
    return out, counts, fallen


def money(value, least, most=4):
    """In 1/10000, rounded to `most` places, without zeros at the end beyond `least`."""
    text = f"{round(value * 10000) / 10000:.{most}f}"
    while "." in text and len(text.split(".")[1]) > least and text.endswith("0"):
        text = text[:-1]
    return text.rstrip(".")


def say_tier(value, tier, own, below, fell, cuts, decimals):
    cents = lambda v: math.copysign(math.floor(abs(v) * 100 + 0.5) / 100, v) if v else 0.0
    under = tier == 4
    cut = cuts[3 if under else tier]
    short = (value == 0 or abs(value) >= 1) and not (value != cut and cents(value) == cents(cut))
    put = lambda v, brief: money(cents(v) if brief else v, 2 if decimals > 2 and brief else decimals)
    text = "value " + put(value, short)
    name = TIER_NAMES[TIERS[tier]]
    if tier < own and fell:
        return f"{text}, fell to {name}: {TIER_NAMES[TIERS[own]]} by the value, but no more than {STEP} at a time"
    if tier < own:
        by = min(max(100 * (cut - value) / cut, 0.1), 100)
        by = f"{by:.1f} %" if by < 1 else f"{by:.0f} %"
        if below:
            return f"{text}, kept {name}: under its cut by {by} since {below} evaluation{'s' if below > 1 else ''}, falls at {GRACE}"
        return f"{text}, kept {name}: under its cut by {by}, within the margin of {100 * MARGIN:.0f} %"
    cut_text = put(cut, short and abs(cut) >= 1)
    return f"{text}, under {TIER_NAMES['bronze']} (from {cut_text})" if under else f"{text}, {name} from {cut_text}"


# ---- Comparing ---------------------------------------------------------------------------------------------------------


class Sheet:
    """The columns that are found, each against what is printed."""

    def __init__(self, run):
        self.rows, self.seen, self.bad, self.near = run.rows, set(), 0, {}

    def texts(self, name, own):
        self.seen.add(name)
        wrong = [i for i, (o, r) in enumerate(zip(own, self.rows)) if o != r[name]]
        self.tell(name, wrong, own)

    def numbers(self, name, own, write, cells=None):
        """write: of a number its text. Within 1e-9 of the middle of two texts either will do. cells: those of the column,
        or what it was added up to."""
        self.seen.add(name)
        wrong = []
        for i, (o, cell) in enumerate(zip(own, cells or [r[name] for r in self.rows])):
            texts = [""] if math.isnan(o) else [write(o), write(o * (1 - 1e-9)), write(o * (1 + 1e-9))]
            if cell not in texts:
                wrong.append(i)
            elif cell != texts[0]:
                self.near[name] = self.near.get(name, 0) + 1
        self.tell(name, wrong, own)

    def sums(self, own, write):
        """Columns that add up: each with those before it."""
        cells = ["0"] * len(self.rows)
        for name, of in own.items():
            cells = [r[name] and str(Decimal(cell) + Decimal(r[name])) for cell, r in zip(cells, self.rows)]
            self.numbers(name, of, write, cells)

    def tell(self, name, wrong, own):
        self.bad += len(wrong)
        for i in wrong[:3]:
            print(f"{name}: {self.rows[i]['customer_id']}: {self.rows[i][name]!r}, not {own[i]!r}; {len(wrong)} differ")


def check_worth(run, foretold):
    """What the models say, as the features have it, to ten digits."""
    for name, own in foretold.items():
        theirs = run.x[name].to_numpy()
        off = ~((np.isnan(own) & np.isnan(theirs)) | (np.abs(own - theirs) <= 1e-9 * np.abs(own) + 1e-13))
        if off.any():
            i = np.flatnonzero(off)[0]
            sys.exit(f"{name}: {theirs[i]!r}, not {own[i]!r}; {off.sum()} customers differ")


def check_rules(sheet, x, run):
    s = pd.DataFrame(run.rows, index=x.index)[["tier", "lifecycle"]].assign(value=x.monetary_total)
    sets = rules.make_sets(x, s)
    missing = rules.Truth(np.zeros(len(x), bool), False)
    test = lambda name, how, limit: rules.Truth(getattr(np, how)(rules.figure(x, name), limit), ~np.isnan(rules.figure(x, name)))
    sets["activity"] = [("highly_active", [test("orders_per_month", "greater", 5), missing, missing])]
    for name, classes in sets.items():
        sheet.texts(name, rules.find_classes(classes, len(x)))
        of = list(zip(FIRST[name].split(" and "), classes[0][1]))
        unmet = lambda i: "; ".join(text + (" (unknown)" if c.state[i] == rules.UNKNOWN else "") for text, c in of if c.state[i] != rules.YES)
        sheet.texts(name + "_unmet", [unmet(i) for i in range(len(x))])


def risk_of(run, x, past, foretold):
    if foretold and run["recipe/value/chosen"] not in ("none", "nbd"):
        return foretold["p_no_purchase_90d"]
    seen, back = (run["recipe/silences/" + n].astype(float) for n in ("seen", "back"))
    table = stages.risks(seen, seen - back)
    return np.array([math.nan if math.isnan(n) else table[stages.classes(n, stages.HABITS), stages.classes(r, stages.SPANS)]
                     for n, r in zip(past.x + 1, x.recency_days)])


def rfm_segments(run, x):
    """(codes, names) by the table of docs/methods/rfm.md."""
    cells = {}
    for r, f, code, name in re.findall(r"^\| ([\d–]+) \| ([\d–]+) \| `(\w+)` \| ([^|]+) \|", (METHODS / "rfm.md").read_text(), re.M):
        span = lambda text: range(int(text[0]), int(text[-1]) + 1)
        for cell in ((a, b) for a in span(r) for b in span(f)):
            if cell in cells:
                sys.exit(f"rfm.md: {cell} stands twice")
            cells[cell] = code, name.strip()
    scores = rfm_scores(run, x)
    found = [("", "") if math.isnan(r) else cells[int(r), int(f)] for r, f in zip(scores["r_score"], scores["f_score"])]
    return [c for c, _ in found], [n for _, n in found]


def reason_codes(sentences):
    """Each sentence's code, by the table of docs/methods/lifecycle.md."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| ([^|]+) \|$", (METHODS / "lifecycle.md").read_text(), re.M)
    forms = [(code, re.compile(re.escape(text).replace("N\\ days", r"[\d.]+ days?").replace("DATE", r"\d{4}-\d\d-\d\d")
                               .replace("N", r"[\d.]+"))) for code, text in rows]
    def find(sentence):
        found = [code for code, form in forms if form.fullmatch(sentence)]
        return found[0] if len(found) == 1 else f"{len(found)} of the table fit"
    return [find(s) for s in sentences]


def segments_before(run, then, ids, codes):
    """(segment before, since when): docs/methods/identity.md."""
    before = {r["customer_id"]: r for r in then.rows} if then else {}
    today = str(run.as_of.date())
    def look(i, code):
        was = before.get(i)
        if not then or was is None:
            return ("", today if then else "")
        return (was.get("segment_from", ""), was.get("segment_since", "")) if was["segment_code"] == code else (was["segment_code"], today)
    found = [look(i, code) for i, code in zip(ids, codes)]
    return [f for f, _ in found], [s for _, s in found]


def check(run, x, past, foretold, then, evolved):
    sheet, decimals, n = Sheet(run), int(run["recipe/constants/decimals"]), len(x)
    values, cuts = x.monetary_total.to_numpy(), run["policy/tier_cut"]
    sheet.texts("customer_id", list(x.index))
    group, distance, other, confidence, ties = put_segments(run, x, then, evolved)
    number = run["policy/segments/number"]
    sheet.texts("segment", [str(number[g]) for g in group])
    sheet.texts("segment_name", [run["policy/segments/name_en"][g] for g in group])
    sheet.texts("segment_code", [run["policy/segments/code"][g] for g in group])
    sheet.texts("runner_up", ["" if g < 0 else str(number[g]) for g in other])
    sheet.numbers("distance", distance, lambda v: f"{v:.6g}")
    sheet.numbers("confidence", confidence, lambda v: f"{v:.4f}")
    sheet.texts("value", [money(v, decimals) for v in values])
    for name, score in rfm_scores(run, x).items():
        sheet.numbers(name, score, lambda v: f"{v:.0f}")
    codes, names = rfm_segments(run, x)
    sheet.texts("rfm_segment", codes)
    sheet.texts("rfm_segment_name", names)
    own = tier = tiers.by_cuts(values, [repr(float(c)) for c in cuts])
    below, fell = [0] * n, [False] * n
    if then:
        tier, below, fell = hold_tiers(run, x, values, own, then)
        sheet.texts("tier_below", [str(b) for b in below])
    sheet.texts("tier", [TIERS[t] for t in tier])
    life = Lifecycle(run, x, past, foretold["p_alive"] if foretold else np.full(n, np.nan), then)
    stage = [life.look(i) for i in range(n)]
    sheet.texts("lifecycle", [s[0] for s in stage])
    sheet.texts("lifecycle_name", [STAGE_NAMES[s[0]] for s in stage])
    sheet.texts("lifecycle_from", [s[1] for s in stage])
    sheet.texts("lifecycle_since", ["" if s[2] is None else str((run.as_of + pd.Timedelta(days=s[2])).date()) for s in stage])
    sheet.texts("reason", [f"{s[3]}; {say_tier(*of, cuts, decimals)}" for s, *of in zip(stage, values, tier, own, below, fell)])
    sheet.texts("reason_code", reason_codes([s[3] for s in stage]))
    clv = foretold["clv_365d"] if foretold else np.full(n, np.nan)
    sheet.numbers("clv", clv, lambda v: f"{v:.{decimals}f}")
    come, since = segments_before(run, then, list(x.index), [run["policy/segments/code"][g] for g in group])
    sheet.texts("segment_from", come)
    sheet.texts("segment_since", since)
    risk = risk_of(run, x, past, foretold)
    stake = foretold["clv_365d"] if foretold and not np.isnan(foretold["clv_365d"]).all() else values
    sheet.numbers("churn_risk", risk, lambda v: f"{v:.4f}")
    sheet.numbers("value_at_risk", np.maximum(stake, 0) * risk, lambda v: f"{v:.{decimals}f}")
    scores, points = score_parts(run, x)
    for name, score in scores.items():
        sheet.numbers(name, score, lambda v: f"{v:.2f}")
    sheet.sums(points, lambda v: f"{v:.2f}")
    check_rules(sheet, x, run)
    actions, texts = rules.read_table(METHODS / "strategies.md")
    known = (x.lines > 0).tolist()  # of potential ones: returns alone
    action = [actions[TIERS[t], "" if s[0] == "potential" and k else s[0]] for t, s, k in zip(tier, stage, known)]
    sheet.texts("action", action)
    sheet.texts("action_text", [texts[a][0] for a in action])
    left = set(run.rows[0]) - sheet.seen
    if left:
        sys.exit(f"nothing is found for {sorted(left)}")
    print(f"{n} customers, {len(sheet.seen)} columns: {sheet.bad} cells differ; {sum(sheet.near.values())} within 1e-9 of the middle "
          f"of two {sheet.near or ''}, {ties} customers as near to two centres")
    return sheet.bad


def main():
    run, then, how = Run(sys.argv[1]), None, sys.argv[2]
    rest = sys.argv[2:]
    if how in ("after", "evolved"):
        then, rest = Run(sys.argv[3]), sys.argv[4:]
    kind, *files = rest
    tables = read_tables(kind, files, run.as_of)
    days, _ = stages.purchase_days(tables["transactions"], run.as_of)
    x, past = reference(tables, run["recipe/constants/median_purchase"] if how == "after" else None)
    foretold = None
    if "recipe/value/chosen" in run.fitted:
        get = lambda name: run["recipe/value/" + name]
        at = get("purchases/kind").index(get("chosen"))
        foretold = worth.foretell_features(get("chosen"), get("parameters")[at], get("spend_parameters")[0], past, float(get("discount")))
        check_worth(run, foretold)
    if how == "after":  # scores and what trends are measured against stay those of the fit
        for name, score in rfm_scores(run, x).items():
            x[name] = score
        x["rfm_score"] = 100 * x.r_score + 10 * x.f_score + x.m_score
    else:
        fit_places(run, x, past, then)
        fit_labels(run, x, past, days)
    sys.exit(1 if check(run, x, past, foretold, then, how == "evolved") else 0)


if __name__ == "__main__":
    main()
