"""Other places, weights and parts than the rule's as it was, which cut large parts at the median: what would they win, and
where would they lose? By the reference.

docs/decisions/places.md has the table. FRESH are cuts that nothing was chosen on.
"""

import numpy as np

from anchored_reference import APART, LEVELS_TOLD
from segmentation_methods import Reference

FRESH = {
    "Online Retail": ["2011-08-25", "2011-07-25", "2011-06-25"],
    "CDNOW": ["1997-12-15", "1997-11-15", "1997-10-15"],
    "AdventureWorks": ["2018-12-15", "2018-11-15", "2018-08-15"],
    "rfm_data_orders": ["2006-04-01", "2005-10-01", "2005-04-01"],
}
TOLD = ("eta2", "auc")
WATCHED = (*TOLD, "refit", "month", "sample", "read")
LEAST = 0.0005


def moved(name, by):
    """The places with one of them moved in U."""
    return tuple((n, r, f, u + by * (n == name)) for n, r, f, u in APART)


def was(name, told=np.inf, **rule):
    return Reference(name, told=told, **rule)


def trials():
    return [
        was("as it was"),
        was("weight .7", weight=0.7),
        was("weight .5", weight=0.5),
        was("weight .25", weight=0.25),
        was("weight 1, falls over 500 rows", weight=lambda rows: min(1, np.sqrt(500 / rows))),
        was("weight 1 of R, .5 of F, U", weight=np.array([1, 0.5, 0.5])),
        was("weight 1 of R, F, .25 of U", weight=np.array([1, 1, 0.25])),
        was("weight 1 of R alone", weight=np.array([1.0, 0, 0])),
        was("good, quiet: U .8 for .4", places=moved("Good, gone quiet", 0.4)),
        was("active, smaller: U -.5 for 0", places=moved("Active, smaller", -0.5)),
        was("and quiet, dear (.4 -.6 .9)", places=(*APART, ("dear", 0.4, -0.6, 0.9))),
        was("and active, dear (-.6 -.3 1)", places=(*APART, ("dear", -0.6, -0.3, 1.0))),
        was("parts over .3 are cut", large=0.3),
        was("parts over .2 are cut", large=0.2),
        was("cut by 2-means", told=0),
        was("where plain: the rule", told=LEVELS_TOLD),
        was("the same, weight .7", told=LEVELS_TOLD, weight=0.7),
        was("the same, weight .5", told=LEVELS_TOLD, weight=0.5),
    ]


def losses(row, base):
    """Where a trial is worse than the rule as it is; of a set that nothing tells the future of, eta2 and AUC are no matter."""
    return [
        f"{s} {m} {row[s][m] - base[s][m]:+.3f}"
        for s in base
        for m in WATCHED
        if row[s][m] < base[s][m] - LEAST and not (m in TOLD and base[s]["eta2"] <= 0)
    ]
