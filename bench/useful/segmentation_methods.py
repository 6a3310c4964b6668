"""What the program's segments are measured against, and the program itself.

A method has a name and fit(customers); a model has apply(customers), which gives the segment of each as an array.
"""

import csv
import json
import os
import shutil
import tempfile

import numpy as np

from anchored_reference import Anchored, Rule
from order_tables import run
from usefulness import RFM, codes

FIFTHS = (0.2, 0.4, 0.6, 0.8)


class Reference:
    """k-means with anchors by anchored_reference.py."""

    def __init__(self, name="reference", **rule):
        self.name, self.rule = name, Rule(**rule)

    def fit(self, customers):
        return Anchored(customers.features, self.rule)


class Engine:
    """The program: `run` fits, `run --model` applies; segments.csv has the segments. A model is fitted once to the same
    customers, until it is forgotten."""

    def __init__(self, name, program, work, arguments=()):
        self.name, self.program, self.work, self.arguments = name, program, work, list(arguments)
        self.models = {}

    def fit(self, customers):
        if id(customers) not in self.models:
            self.models[id(customers)] = EngineModel(self, customers)
        return self.models[id(customers)]

    def forget(self):
        self.models.clear()


class EngineModel:
    def __init__(self, engine, customers):
        self.engine, self.fitted = engine, customers
        self.folder = tempfile.mkdtemp(prefix="engine-", dir=engine.work)
        self.labels = self.run(customers, "fit", "--holdout", "0", *engine.arguments)
        with open(os.path.join(self.folder, "fit", "summary.json"), encoding="utf-8") as file:
            self.clusters = json.load(file)["clusters"]

    @property
    def natural(self):
        """Whether the segments are groups with gaps between them, found by k-means alone."""
        return (self.clusters.get("verdict") or {}).get("word") == "natural"

    def run(self, customers, name, *arguments):
        out = os.path.join(self.folder, name)
        run(self.engine.program, "run", *self.tables(customers), *arguments, "--output", out, "--force", "--quiet",
            "--threads", "1")
        with open(os.path.join(out, "segments.csv"), encoding="utf-8", newline="") as file:
            segment = {row["customer_id"]: row["segment_code"] for row in csv.DictReader(file)}
        return np.array([segment[i] for i in customers.ids], object)

    def tables(self, customers):
        """The table as it lies there, or the rows of some customers only."""
        table, cut = customers.table, customers.cut
        options = table.of_program(cut)
        if customers.some:
            path = os.path.join(self.folder, "rows.csv")
            table.rows[table.rows[table.customer].isin(set(customers.ids))].to_csv(path, index=False)
            options = [*table.options, "--transactions", path, "--as-of", cut]
        return options

    def apply(self, customers):
        if customers is self.fitted:
            return self.labels
        return self.run(customers, customers.cut, "--model", os.path.join(self.folder, "fit", "model.h5"))

    def __del__(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class EqualK:
    """k-means of as many clusters as the program makes of these customers."""

    def __init__(self, name, engine):
        self.name, self.engine = name, engine

    def fit(self, customers):
        _, k = codes(self.engine.fit(customers).labels)
        return KMeans(k).fit(customers)


def logs(customers):
    recency, frequency, monetary = (customers[name] for name in RFM)
    return np.column_stack([np.log1p(recency), np.log1p(frequency), np.log1p(np.maximum(monetary, 0))])


class Scaled:
    """A scikit-learn model of columns that a map makes of the customers, in z."""

    def __init__(self, make, columns, customers):
        from sklearn.preprocessing import StandardScaler

        self.columns = columns
        x = columns(customers)
        self.scale = StandardScaler().fit(x)
        self.model = make().fit(self.scale.transform(x))

    def apply(self, customers):
        return self.model.predict(self.scale.transform(self.columns(customers)))


def make_kmeans(k, starts=10, seed=1):
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=starts, random_state=seed)


class KMeans:
    """The best of so many starts."""

    def __init__(self, k, starts=10, seed=1):
        self.name, self.k, self.starts, self.seed = f"k-means {k}", k, starts, seed

    def fit(self, customers):
        return Scaled(lambda: make_kmeans(self.k, self.starts, self.seed), logs, customers)


class YeoJohnson:
    """k-means 5 of R, F, M after Yeo and Johnson's power transform (2000), whose exponents are fitted."""

    name = "Yeo-Johnson, k-means 5"

    def fit(self, customers):
        from sklearn.preprocessing import PowerTransformer

        power = PowerTransformer("yeo-johnson").fit(customers.columns(*RFM))
        return Scaled(lambda: make_kmeans(5), lambda c: power.transform(c.columns(*RFM)), customers)


class Mixture:
    """Five Gaussians of full covariance on z of log R, F, M."""

    name = "Gaussian mixture 5"

    def fit(self, customers):
        from sklearn.mixture import GaussianMixture

        return Scaled(lambda: GaussianMixture(5, n_init=3, random_state=1), logs, customers)


class Scores:
    """1 to 5 by fifths: 1 + the number of cuts that a value exceeds; recency the other way round (docs/methods/rfm.md)."""

    def __init__(self, customers):
        self.cuts = [np.quantile(customers[name], FIFTHS) for name in RFM]

    def apply(self, customers):
        r, f, m = (1 + (customers[name][:, None] > cuts).sum(axis=1) for name, cuts in zip(RFM, self.cuts))
        return 6 - r, f, m


class Map:
    """Classes by a map: a row a score of recency, 5 first; a column a score of value, the mean of F and M rounded (½ up), 1
    first."""

    def __init__(self, classes, grid):
        self.classes = np.array(classes, object)
        self.grid = np.array([[classes.index(c) for c in row.split()] for row in grid])

    def fit(self, customers):
        return MapModel(self, customers)


class MapModel:
    def __init__(self, method, customers):
        self.method, self.scores = method, Scores(customers)

    def apply(self, customers):
        r, f, m = self.scores.apply(customers)
        return self.method.classes[self.method.grid[5 - r, (f + m + 1) // 2 - 1]]


class Map6(Map):
    """Recent or not by low, middle, high value. Maps of six differ from shop to shop; this is a plain one."""

    name = "RFM map, 6 classes"

    def __init__(self):
        recent = "new new promising champions champions"
        quiet = "lost lost attention risk risk"
        super().__init__(["champions", "promising", "new", "risk", "attention", "lost"], [recent] * 2 + [quiet] * 3)


class Map11(Map):
    """The eleven names that marketing tools have in common, each in its usual corner."""

    name = "RFM map, 11 classes"

    def __init__(self):
        super().__init__(
            ["champions", "loyal", "potential", "new", "promising", "attention", "sleeping", "risk", "cannot-lose",
             "hibernating", "lost"],
            [
                "new potential potential champions champions",
                "promising potential potential loyal champions",
                "sleeping sleeping attention loyal loyal",
                "lost hibernating risk risk cannot-lose",
                "lost lost hibernating risk cannot-lose",
            ],
        )


class Quintiles:
    """Fifths of monetary_total."""

    name = "spend quintiles"

    def fit(self, customers):
        return QuintilesModel(customers)


class QuintilesModel:
    def __init__(self, customers):
        self.cuts = np.quantile(customers["monetary_total"], FIFTHS)

    def apply(self, customers):
        return (customers["monetary_total"][:, None] > self.cuts).sum(axis=1)
