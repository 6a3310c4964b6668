"""Other places, weights and parts than the rule's, by the reference: what would they win, and where would they lose?

docs/decisions/places.md has the table. FRESH are cuts that nothing was chosen on.
"""

import numpy as np

from anchored_reference import APART
from segmentation_methods import Reference

FRESH = {
    "Online Retail": ["2011-08-25", "2011-07-25", "2011-06-25"],
    "CDNOW": ["1997-12-15", "1997-11-15", "1997-10-15"],
    "AdventureWorks": ["2018-12-15", "2018-11-15", "2018-08-15"],
    "rfm_data_orders": ["2006-04-01", "2005-10-01", "2005-04-01"],
}
# A share of the variance that two halves of an even spread tell is 3/4; of a normal one 2/pi.
EVEN = 0.75
TOLD = ("eta2", "auc")
WATCHED = (*TOLD, "refit", "month", "sample", "read")
LEAST = 0.0005


def moved(name, by):
    """The places with one of them moved in U."""
    return tuple((n, r, f, u + by * (n == name)) for n, r, f, u in APART)


def trials():
    return [
        Reference("as it is"),
        Reference("weight .7", weight=0.7),
        Reference("weight .5", weight=0.5),
        Reference("weight .25", weight=0.25),
        Reference("weight 1, falls over 500 rows", weight=lambda rows: min(1, np.sqrt(500 / rows))),
        Reference("weight 1 of R, .5 of F, U", weight=np.array([1, 0.5, 0.5])),
        Reference("weight 1 of R, F, .25 of U", weight=np.array([1, 1, 0.25])),
        Reference("weight 1 of R alone", weight=np.array([1.0, 0, 0])),
        Reference("good, quiet: U .8 for .4", places=moved("Good, gone quiet", 0.4)),
        Reference("active, smaller: U -.5 for 0", places=moved("Active, smaller", -0.5)),
        Reference("and quiet, dear (.4 -.6 .9)", places=(*APART, ("dear", 0.4, -0.6, 0.9))),
        Reference("and active, dear (-.6 -.3 1)", places=(*APART, ("dear", -0.6, -0.3, 1.0))),
        Reference("parts over .3 are cut", large=0.3),
        Reference("parts over .2 are cut", large=0.2),
        Reference("cut by 2-means", told=0),
        Reference("cut by 2-means where plain", told=EVEN),
        Reference("the same, weight .7", told=EVEN, weight=0.7),
        Reference("the same, weight .5", told=EVEN, weight=0.5),
    ]


def losses(row, base):
    """Where a trial is worse than the rule as it is; of a set that nothing tells the future of, eta2 and AUC are no matter."""
    return [
        f"{s} {m} {row[s][m] - base[s][m]:+.3f}"
        for s in base
        for m in WATCHED
        if row[s][m] < base[s][m] - LEAST and not (m in TOLD and base[s]["eta2"] <= 0)
    ]
