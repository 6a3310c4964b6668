"""The program and scikit-learn's methods: rows in, labels from 0 out (−1 is noise), and how many clusters are said to be."""

import csv
import json
import os
import subprocess

import numpy as np

K_MAX = 10  # the program's default


def count(labels):
    return len(set(labels[labels >= 0]))


class Tesela:
    """`tesela cluster` of the rows as they are, on one thread."""

    def __init__(self, build, folder):
        self.program, self.folder = os.path.join(build, "tesela"), folder
        os.makedirs(folder, exist_ok=True)

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--json"], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{arguments}\n{done.stderr}")
        return json.loads(done.stdout)

    def path(self, name):
        return os.path.join(self.folder, name)

    def cluster(self, x, *arguments):
        np.save(self.path("x.npy"), x)
        told = self.run("cluster", self.path("x.npy"), "--scale", "none", "--labels", self.path("labels.csv"), "--force",
                        "--threads", "1", *arguments)
        with open(self.path("labels.csv"), encoding="utf-8", newline="") as file:
            labels = np.array([int(row["cluster"]) for row in csv.DictReader(file)]) - 1
        verdict = told["clusters"].get("verdict")
        return labels, max(1, verdict["natural_k"]) if verdict else count(labels)

    def cluster_naturally(self, x):
        """With as many clusters as there are said to be natural groups; where none are, as without evidence."""
        labels, k = self.cluster(x, "--evidence", "full")
        return (self.cluster(x, "--k", str(k))[0] if k > 1 else labels), k

    def evaluate(self, x, labels, truth):
        for name, array in (("x", x), ("y", labels), ("truth", truth)):
            np.save(self.path(name + ".npy"), array)
        return self.run("evaluate", "--data", self.path("x.npy"), "--labels", self.path("y.npy"), "--truth",
                        self.path("truth.npy"))["evaluation"]


def counted(labels):
    return labels, count(labels)


def kmeans(x, k):
    from sklearn.cluster import KMeans

    return counted(KMeans(k, n_init=10, random_state=1).fit_predict(x))


def kmeans_by_silhouette(x):
    from sklearn.metrics import silhouette_score

    fits = [kmeans(x, k) for k in range(2, K_MAX + 1)]
    return max(fits, key=lambda fit: silhouette_score(x, fit[0], sample_size=min(len(x), 2000), random_state=1))


def mixture_of(x, k, starts):
    from sklearn.mixture import GaussianMixture

    return GaussianMixture(k, n_init=starts, random_state=1).fit(x)


def mixture(x, k):
    return counted(mixture_of(x, k, 3).predict(x))


def mixture_by_bic(x):
    models = [mixture_of(x, k, 1) for k in range(1, K_MAX + 1)]
    return counted(min(models, key=lambda model: model.bic(x)).predict(x))


def ward(x, k):
    from sklearn.cluster import AgglomerativeClustering

    return counted(AgglomerativeClustering(k).fit_predict(x))


def hdbscan(x):
    from sklearn.cluster import HDBSCAN

    return counted(HDBSCAN(copy=True).fit_predict(x))


GIVEN = ("tesela --k", "k-means", "Gaussian mixture", "Ward")
OWN = ("tesela", "tesela, natural k", "k-means, silhouette", "Gaussian mixture, BIC", "HDBSCAN")


def methods_of(tesela):
    """By name: those that are given k, functions of the rows and it; those that find it, of the rows."""
    given = (lambda x, k: tesela.cluster(x, "--k", str(k)), kmeans, mixture, ward)
    own = (tesela.cluster, tesela.cluster_naturally, kmeans_by_silhouette, mixture_by_bic, hdbscan)
    return dict(zip(GIVEN, given)), dict(zip(OWN, own))
