"""The picture of the bench of clusters: means by family, with k given and found, and set by set."""

import numpy as np

from cluster_methods import GIVEN, OWN

OURS = {"tesela --k": "#c0392b", "tesela": "#e08e45", "tesela, natural k": "#c0392b"}
OTHERS = {
    "k-means": "#1f5f8b",
    "Gaussian mixture": "#4b8b3b",
    "Ward": "#8e6bb0",
    "HDBSCAN": "#5a5a5a",
    "k-means, silhouette": "#1f5f8b",
    "Gaussian mixture, BIC": "#4b8b3b",
    "published Genie 0.3": "#b8860b",
    "published HDBSCAN 4": "#5a5a5a",
}
GENIE = "published Genie 0.3"


def draw_means(axes, report, families, methods, title):
    """A row a family, a mark a method: the mean adjusted Rand index. Ours are hollow, so that those under them show."""
    for method in methods:
        there = [i for i, f in enumerate(families) if method in report.methods(f)]
        x = [report.values(families[i], method, "ari").mean() for i in there]
        if method in OURS:
            axes.scatter(x, there, s=110, marker="D", facecolors="none", edgecolors=OURS[method], linewidths=1.8, label=method,
                         zorder=3)
        else:
            marker = "x" if method.startswith("published") else "o"
            axes.scatter(x, there, s=36, marker=marker, color=OTHERS[method], label=method, zorder=2)
    axes.set_yticks(range(len(families)), [f"{f} ({len(report.sets(f))})" for f in families])
    axes.set_ylim(len(families) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.04)
    axes.grid(alpha=0.3)
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlabel("mean adjusted Rand index")


def draw_sets(axes, report, families, methods, ours):
    """A dot a set and method: the program's index against another's; over the line the program has lost."""
    for method in methods:
        points = [(report.by[f, s, ours]["ari"], report.by[f, s, method]["ari"]) for f in families for s in report.sets(f)
                  if (f, s, method) in report.by]
        if points:
            axes.scatter(*np.array(points).T, s=14, alpha=0.65, color=OTHERS[method], label=method)
    axes.plot([0, 1], [0, 1], color="black", linewidth=0.8)
    axes.set_xlim(-0.13, 1.04)
    axes.set_ylim(-0.13, 1.04)
    axes.set_xlabel(ours + ": adjusted Rand index")
    axes.set_ylabel("the other's")
    axes.set_title("set by set; over the line the program has lost", fontsize=10, loc="left")


def draw(report, path):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    families = [f for f in report.families if f != "clouds"]
    if not families:
        return
    figure, axes = plt.subplots(1, 3, figsize=(15.5, 5.6))
    draw_means(axes[0], report, families, (*GIVEN, GENIE, "published HDBSCAN 4"), "k given")
    draw_means(axes[1], report, families, OWN, "k found")
    axes[1].tick_params(labelleft=False)
    draw_sets(axes[2], report, families, (*GIVEN[1:], GENIE), GIVEN[0])
    for one in axes:
        one.legend(fontsize=7.5, loc="upper left", bbox_to_anchor=(-0.02, -0.12), ncols=3, frameon=False)
    figure.subplots_adjust(left=0.11, right=0.985, top=0.94, bottom=0.21, wspace=0.16)
    figure.savefig(path, dpi=110)
    plt.close(figure)
