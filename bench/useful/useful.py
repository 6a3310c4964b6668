"""Which segments tell what customers will do, and stay what they are: docs/methods/usefulness.md.

    useful.py table PROGRAM WORK [SET...]     the program and others on the order tables: means over the sets, then by set
    useful.py check PROGRAM WORK [SET...]     features against pandas, the reference against the figures known of it
    useful.py compare PROGRAM WORK [SET...]   the program's segments against the reference's
    useful.py places PROGRAM WORK [SET...]    other places than the rule's, by the reference

Sets: retail, cdnow, adventureworks, rfm (all that are there), or .json files that describe others (order_tables.py).
Exits 1 where something differs that should not.
"""

import multiprocessing
import os
import sys
import time

import numpy as np

import place_trials
import segmentation_methods as methods
from order_tables import READERS, customers_at, features_by_pandas, outcomes, read_table
from usefulness import MEASURES, adjusted_rand, codes, measure, sampled, told

# What is known of k-means with anchors on these sets: means over the cuts, the sample at the first cut alone. Where no
# segments tell the future (rfm), eta² and AUC are nothing to compare.
KNOWN = {
    "Online Retail": {"eta2": 0.246, "auc": 0.736, "refit": 0.934, "sample": 0.993},
    "CDNOW": {"eta2": 0.287, "auc": 0.782, "refit": 0.982, "sample": 0.996},
    "AdventureWorks": {"eta2": 0.174, "auc": 0.670, "refit": 0.864, "sample": 0.997},
    "rfm_data_orders": {"refit": 0.894, "sample": 0.981},
}
NEAR = 0.005


OURS, TYPICAL = "tesela run", "tesela run --anchors typical"
EQUAL = {OURS: "k-means, k of tesela run", TYPICAL: "k-means, k of typical"}
SEEDS = range(1, 11)


def all_methods(program, work):
    """In groups, each of which is measured at once: who asks the program again gets the model that it has. Without evidence
    nothing is delivered as natural groups, and a fit takes a tenth of the time."""
    engines = [methods.Engine(OURS, program, work),
               methods.Engine(TYPICAL, program, work, ["--anchors", "typical", "--evidence", "none"])]
    return [
        *([engine, methods.EqualK(EQUAL[engine.name], engine)] for engine in engines),
        *([methods.KMeans(k)] for k in (4, 5, 6, 7)),
        [methods.YeoJohnson()],
        [methods.Mixture()],
        [methods.Map6()],
        [methods.Map11()],
        [methods.Quintiles()],
    ]


class Case:
    """A table at a cut and a month before, and what came next."""

    def __init__(self, table, cut, program, work):
        self.table, self.cut = table, cut
        self.now = customers_at(table, cut, program, work)
        self.before = customers_at(table, table.before(cut), program, work)
        self.spend, self.bought = outcomes(self.now)
        self.first = cut == table.cuts[0]

    def measure(self, group):
        """Rows of a group's methods."""
        rows = {method.name: measure(method, self.now, self.before, self.spend, self.bought, self.first) for method in group}
        for method in group:
            if isinstance(method, methods.Engine):
                rows[method.name] |= self.look_at(method)
                method.forget()
        return rows

    def look_at(self, engine):
        """What is said of the program alone: whether natural groups are delivered, what k-means of its k tells from a single
        start, mean of ten, and whether the reference has the same segments."""
        models = engine.fit(self.now), engine.fit(self.before)
        label, k = codes(models[0].labels)
        starts = [methods.KMeans(k, 1, seed).fit(self.now).apply(self.now) for seed in SEEDS]
        reference = [methods.Reference().fit(customers) for customers in (self.now, self.before)]
        return {
            "natural": models[0].natural,
            "once": float(np.mean([told(labels, self.spend, self.bought, self.now.halves)[0] for labels in starts])),
            "agreement": min(adjusted_rand(ours.apply(self.now), theirs.apply(self.now))
                             for ours, theirs in zip(models, reference)),
        }


def read_cases(names, program, work, fresh=False):
    cases = []
    for name in names:
        table = read_table(name, work)
        if table is None:
            print(f"{name} is left out: it is not in $TESELA_TEST_DATA")
            continue
        if fresh:
            table.cuts = place_trials.FRESH.get(table.name, [])
        cases += [Case(table, cut, program, work) for cut in table.cuts]
    return cases


def mean_of(rows):
    """A measure's mean over the cuts where it was taken."""
    return {m: float(np.nanmean([row[m] for row in rows])) if any(row[m] == row[m] for row in rows) else np.nan
            for m in MEASURES}


HEADINGS = ("k", "eta2", "AUC", "refit", "month", "sample", "Jaccard", "smallest", "largest", "read", "distinct")


def print_rows(title, rows):
    print(f"\n{title:30}" + "".join(f"{h:>9}" for h in HEADINGS))
    for name, row in rows:
        print(f"{name:30}" + "".join(f"{row[m]:9.1f}" if m == "k" else f"{row[m]:9.3f}" for m in MEASURES))


# ---- The table --------------------------------------------------------------

_cases, _groups = [], []  # inherited by the workers


def measure_one(job):
    case, group = job
    return job, _cases[case].measure(_groups[group])


def measure_all():
    """The sets, and {method: {set: the rows of its cuts}}, in the order of the methods."""
    jobs = [(c, g) for g in range(len(_groups)) for c in range(len(_cases))]
    # The long ones first: those of the program, and of many customers.
    jobs.sort(key=lambda job: (job[1] > 1, -len(_cases[job[0]].now)))
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        measured = dict(pool.imap_unordered(measure_one, jobs))
    sets = list(dict.fromkeys(case.table.name for case in _cases))
    return sets, {
        method.name: {
            s: [measured[c, g][method.name] for c, case in enumerate(_cases) if case.table.name == s] for s in sets
        }
        for g, group in enumerate(_groups)
        for method in group
    }


def table(program, work, names):
    _cases.extend(read_cases(names, program, work))
    _groups.extend(all_methods(program, work))
    for case in _cases:
        case.now.bytes_of_split  # once, before there are workers
    sets, cuts = measure_all()
    rows = {name: {s: mean_of(by[s]) for s in sets} for name, by in cuts.items()}
    print_rows("mean over the sets", [(name, mean_of(list(by.values()))) for name, by in rows.items()])
    for s in sets:
        print_rows(s, [(name, by[s]) for name, by in rows.items()])
    for name in EQUAL:
        print_shares(name, cuts[name], rows[name], rows[EQUAL[name]])
        print_aims(name, rows[name], rows[EQUAL[name]])
    good = print_agreement(cuts[TYPICAL])
    return print_known(rows[TYPICAL]) & good


def print_shares(name, cuts, ours, equal):
    """eta² as a share of that of k-means with the k that is delivered: the best of ten starts, and the mean of ten single
    ones."""
    print(f"\n{'eta2: ' + name:30}{'here':>9}{'k-means':>9}{'share':>9}{'1 start':>9}{'share':>9}  natural cuts")
    once = {s: float(np.mean([row["once"] for row in by])) for s, by in cuts.items()}
    lines = [(s, ours[s]["eta2"], equal[s]["eta2"], once[s], sum(row["natural"] for row in cuts[s])) for s in ours]
    means = [float(np.mean([line[i] for line in lines])) for i in (1, 2, 3)]
    for s, here, best, single, natural in [*lines, ("mean over the sets", *means, sum(line[4] for line in lines))]:
        shares = here / best, here / single
        # Where nothing is told, there is nothing to have a share of.
        texts = [f"{share:9.3f}" if best > 0.02 else f"{'-':>9}" for share in shares]
        print(f"{s:30}{here:9.3f}{best:9.3f}{texts[0]}{single:9.3f}{texts[1]}  {natural}")


def print_agreement(cuts):
    """Whether the reference, which is another program by the same rule, has the same segments: fitted at the cut, and fitted
    a month before and applied at the cut."""
    print(f"\nadjusted Rand index of {TYPICAL} and anchored_reference.py: the least of the cuts")
    good = True
    for s, rows in cuts.items():
        least = min(row["agreement"] for row in rows)
        good &= least == 1
        print(f"{s:26}{least:9.4f}{'' if least == 1 else '  not 1'}")
    return good


def print_known(ours):
    if not KNOWN.keys() & ours.keys():
        return True
    print(f"\n{'figures known':26}{'known':>9}{'here':>9}{'apart':>9}")
    good = True
    for s, known in KNOWN.items():
        for m, value in known.items() if s in ours else ():
            near = abs(ours[s][m] - value) <= NEAR
            good &= near
            print(f"{s + ' ' + m:26}{value:9.3f}{ours[s][m]:9.3f}{ours[s][m] - value:+9.3f}{'' if near else '  not near'}")
    return good


def print_aims(name, ours, equal):
    """Means over the sets, or those of the worst set. They are for tables that nobody looked at while the rule was made, so
    these four decide nothing: AdventureWorks alone takes the share of eta² under its aim."""
    mean = mean_of(list(ours.values()))
    least, most = (lambda m, pick=pick: pick(row[m] for row in ours.values()) for pick in (min, max))
    share = mean["eta2"] / mean_of(list(equal.values()))["eta2"]
    aims = (
        ("eta2 of k-means, equal k", share, share >= 0.92, ">= .92"),
        ("refit", mean["refit"], mean["refit"] >= 0.85, ">= .85"),
        ("sample", mean["sample"], mean["sample"] >= 0.96, ">= .96"),
        ("segments, fewest", least("k"), least("k") >= 4, ">= 4"),
        ("segments, most", most("k"), most("k") <= 7, "<= 7"),
        ("smallest, least", least("smallest"), least("smallest") >= 0.02, ">= .02"),
        ("largest, most", most("largest"), most("largest") <= 0.45, "<= .45"),
        ("read", mean["read"], mean["read"] >= 0.88, ">= .88"),
    )
    print(f"\n{'aims: ' + name:37}{'here':>9}")
    for what, value, reached, aim in aims:
        print(f"{what:37}{value:9.3f}  {aim}{'' if reached else ': missed'}")


# ---- The checks -------------------------------------------------------------


def check_features(case):
    expected = features_by_pandas(case.table, case.cut)
    expected = expected.loc[sorted(expected.index, key=str.encode)]
    good = list(expected.index) == list(case.now.ids)
    for name in expected.columns if good else ():
        good &= np.allclose(case.now[name], expected[name].to_numpy(float), rtol=1e-12, atol=0, equal_nan=True)
    return good


def check(program, work, names):
    cases = read_cases(names, program, work)
    reference = methods.Reference()
    good, rows = True, {}
    for case in cases:
        same = check_features(case)
        good &= same
        print(f"{case.table.name} {case.cut}: {len(case.now)} customers, features {'equal' if same else 'DIFFER'}")
        labels = reference.fit(case.now).apply(case.now)
        eta, auc = told(labels, case.spend, case.bought, case.now.halves)
        refit = adjusted_rand(labels, reference.fit(case.before).apply(case.now))
        sample = sampled(reference, case.now, labels)[0] if case.first else np.nan
        rows.setdefault(case.table.name, []).append({"eta2": eta, "auc": auc, "refit": refit, "sample": sample})
    means = {s: {m: np.nanmean([r[m] for r in by]) for m in by[0]} for s, by in rows.items()}
    return print_known(means) & good


def compare(program, work, names):
    """Another program by the same rule has to find the same segments; what they are called is no matter here."""
    engine = methods.Engine(TYPICAL, program, work, ["--anchors", "typical", "--evidence", "none"])
    reference = methods.Reference()
    good = True
    for case in read_cases(names, program, work):
        for what, customers in (("fit", case.now), ("applied a month later", case.before)):
            ours, theirs = (method.fit(customers).apply(case.now) for method in (engine, reference))
            same = adjusted_rand(ours, theirs)
            good &= same == 1
            print(f"{case.table.name} {case.cut}, {what}: adjusted Rand index {same:.4f}")
        engine.forget()
    return good


def places(program, work, names):
    """The trials at the cuts, then at fresh ones."""
    _groups.extend([trial] for trial in place_trials.trials())
    for fresh in (False, True):
        _cases[:] = read_cases(names, program, work, fresh)
        for case in _cases:
            case.now.bytes_of_split
        sets, cuts = measure_all()
        rows = {name: {s: mean_of(by[s]) for s in sets} for name, by in cuts.items()}
        base = rows["as it was"]
        print_rows("mean at fresh cuts" if fresh else "mean at the cuts", [(n, mean_of(list(r.values()))) for n, r in rows.items()])
        print("worse than as it was:")
        for name, row in rows.items():
            print(f"{name:30}  {', '.join(place_trials.losses(row, base)) or 'nowhere'}")
        for s in sets:
            print_rows(s, [(name, row[s]) for name, row in rows.items() if name in ("as it was", "where plain: the rule")])
    return True


VERBS = {"table": table, "check": check, "compare": compare, "places": places}


def main():
    sets = sys.argv[4:]
    if len(sys.argv) < 4 or sys.argv[1] not in VERBS or not all(s in READERS or s.endswith(".json") for s in sets):
        sys.exit(__doc__)
    verb, program, work = sys.argv[1:4]
    os.makedirs(work, exist_ok=True)
    begin = time.perf_counter()
    good = VERBS[verb](os.path.abspath(program), os.path.abspath(work), sets or list(READERS))
    print(f"\n{time.perf_counter() - begin:.0f} s")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
