"""The measures of docs/methods/usefulness.md, of any method: fit(customers) gives a model, model.apply(customers) labels."""

import numpy as np

RFM = ("recency_days", "frequency", "monetary_total")
DIFFERS = 0.25


def codes(labels):
    """Labels as 0 … k − 1, and k."""
    names, index = np.unique(np.asarray(labels).astype(str), return_inverse=True)
    return index, len(names)


def contingency(a, b):
    (a, m), (b, n) = codes(a), codes(b)
    return np.bincount(a * n + b, minlength=m * n).reshape(m, n)


def adjusted_rand(a, b):
    """Hubert & Arabie 1985, equation 5; 1 where both partitions are trivial in the same way."""
    pairs = lambda n: (n * (n - 1.0) / 2).sum()
    table = contingency(a, b)
    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / pairs(np.array([table.sum()]))
    most = (rows + columns) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def least_jaccard(full, other):
    """For each segment of `full` (in the order of their names) its best Jaccard index with one of `other`."""
    table = contingency(full, other)
    union = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    return (table / union).max(axis=1)


def ranks(x):
    """Mean ranks, from 1."""
    _, index, count = np.unique(x, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[index]


def over(a, b):
    """P(a > b) for one of a and one of b, ties ½."""
    r = ranks(np.concatenate([a, b]))[: len(a)].sum()
    return (r - len(a) * (len(a) + 1) / 2) / (len(a) * len(b))


def area_under_curve(score, hit):
    return over(score[hit], score[~hit]) if hit.any() and not hit.all() else np.nan


def told(labels, spend, bought, halves):
    """eta² and AUC: means over the splits and both directions."""
    label, k = codes(labels)
    eta, auc = [], []
    for half in halves:
        for train in (half, ~half):
            test = ~train
            rows = np.bincount(label[train], minlength=k)

            def means(y):  # of a segment that nobody of this half is in: the mean of all
                sums = np.bincount(label[train], y[train], minlength=k)
                return np.where(rows > 0, sums / np.maximum(rows, 1), y[train].mean())[label[test]]

            y = spend[test]
            eta.append(1 - ((y - means(spend)) ** 2).sum() / ((y - y.mean()) ** 2).sum())
            auc.append(area_under_curve(means(bought), bought[test] == 1))
    return float(np.mean(eta)), float(np.nanmean(auc))


def month_to_month(now, labels_now, before, labels_before):
    """Adjusted Rand index of the labels of those who are in both."""
    _, i, j = np.intersect1d(now.ids.astype(str), before.ids.astype(str), return_indices=True)
    return adjusted_rand(labels_now[i], labels_before[j])


def sampled(method, customers, labels):
    """ARI with the full run, and the least segment's Jaccard index, of five runs on four fifths of the customers."""
    rand, jaccard = [], []
    for sample, some in zip(customers.samples, customers.sampled):
        other = method.fit(some).apply(some)
        rand.append(adjusted_rand(labels[sample], other))
        jaccard.append(dict(zip(np.unique(labels[sample].astype(str)), least_jaccard(labels[sample], other))))
    least = min(np.mean([run.get(name, 0.0) for run in jaccard]) for name in np.unique(labels.astype(str)))
    return float(np.mean(rand)), float(least)


def read_by_tree(customers, labels):
    """Macro F1 of a CART of 2k leaves on the raw features, on the customers that it was grown on."""
    from sklearn.metrics import f1_score
    from sklearn.tree import DecisionTreeClassifier

    label, k = codes(labels)
    tree = DecisionTreeClassifier(max_leaf_nodes=max(2 * k, 2), random_state=0).fit(customers.raw, label)
    return float(f1_score(label, tree.predict(customers.raw), average="macro"))


def distinct(customers, labels):
    """How many of R, F, M differ (|P(a > b) − ½| >= .25), mean over the pairs of segments."""
    label, k = codes(labels)
    counts = [
        sum(abs(over(customers[f][label == a], customers[f][label == b]) - 0.5) >= DIFFERS for f in RFM)
        for a in range(k)
        for b in range(a)
    ]
    return float(np.mean(counts)) if counts else np.nan


MEASURES = ("k", "eta2", "auc", "refit", "month", "sample", "jaccard", "smallest", "largest", "read", "distinct")


def measure(method, now, before, spend, bought, with_samples):
    """All measures of a method at one cut; what is not measured there is NaN."""
    model, old = method.fit(now), method.fit(before)
    labels = model.apply(now)
    label, k = codes(labels)
    shares = np.bincount(label) / len(label)
    eta, auc = told(labels, spend, bought, now.halves)
    sample, jaccard = sampled(method, now, labels) if with_samples else (np.nan, np.nan)
    return {
        "k": k,
        "eta2": eta,
        "auc": auc,
        "refit": adjusted_rand(labels, old.apply(now)),
        "month": month_to_month(now, labels, before, old.apply(before)),
        "sample": sample,
        "jaccard": jaccard,
        "smallest": shares.min(),
        "largest": shares.max(),
        "read": read_by_tree(now, labels),
        "distinct": distinct(now, labels),
    }
