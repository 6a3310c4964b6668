"""The normalised vectors again, slowly, by numpy, from docs/methods/normalisation.md alone.

    vectors_reference.py FEATURES.h5

Makes the columns of demographic, behavioral and value from X, of the default scale, and compares each with that of the
file: the same columns in the same order, and the same values to a few units of the last place of float32. Exits 1
where one differs.
"""

import sys

import h5py
import numpy as np

GROUPS = ("demographic", "behavioral", "value")
# docs/methods/features.md, the column "transform"; of the customers' own columns the recipe tells.
LOG = {"recency_days", "frequency", "purchase_days", "gap_mean_days", "gap_sd_days", "orders_per_month", "units", "lines_per_order",
       "distinct_products", "visits", "interactions", "interactions_per_month", "service_contacts", "complaints", "monetary_total",
       "monetary_365d", "monetary_mean", "monetary_max", "margin_total", "margin_365d"}


def is_flag(v):
    return set(np.unique(v[~np.isnan(v)])) <= {0.0, 1.0}


def make_column(name, v, flags):
    """Transformed, clamped, centred and filled, and the variance of what is known."""
    t = np.sign(v) * np.log1p(np.abs(v)) if name in LOG else v
    known, fill = t[~np.isnan(t)], 0.0
    if flags:  # a missing category is all zeros
        t = np.nan_to_num(t) if "=" in name else t
        known = t[~np.isnan(t)]
    else:
        low, high = np.quantile(known, [0.001, 0.999])
        t, known = np.clip(t, low, high), np.clip(known, low, high)
    fill = np.median(known)
    return np.where(np.isnan(t), fill, t) - known.mean(), known.var()


def make_vectors(x, names, blocks, groups):
    """The columns of each group by name, in the order of the features; `shared` holds who is missing in an earlier one."""
    out, shared = {group: {} for group in GROUPS}, set()
    for block in sorted(set(blocks), key=blocks.index):
        members = [i for i, b in enumerate(blocks) if b == block]
        columns, variances = {}, []
        for i in members:
            column, variance = make_column(names[i], x[:, i], "=" in names[i] or is_flag(x[:, i]))
            if variance > 0:
                columns[names[i]] = (column, variance)
        missing = np.isnan(x[:, members[0]])
        share = missing.mean()
        if 0.01 < share < 1 and missing.tobytes() not in shared:
            shared.add(missing.tobytes())
            base = names[members[0]]
            base = base[: max(base.find("="), base.find(":"))] if max(base.find("="), base.find(":")) > 0 else base
            columns[f"{base}_missing"] = (missing - share, share * (1 - share))
        total = sum(variance for _, variance in columns.values())
        for name, (column, variance) in columns.items():
            out[groups[members[0]]][name] = column / np.sqrt(total if len(members) > 1 else variance)
    return out


def main():
    with h5py.File(sys.argv[1]) as f:
        var = f["var"]
        told = var["profile"][:] | var["sensitive"][:] | var["outcome"][:]
        names = [name for name, aside in zip(var["name"].asstr()[:], told) if not aside]
        groups = [group for group, aside in zip(var["group"].asstr()[:], told) if not aside]
        blocks = [block for block, aside in zip(var["block"][:].tolist(), told) if not aside]
        x = f["X"][:][:, ~told]
        columns = f["uns/tesela/recipe/columns"]
        seen_names = [name for name, extra in zip(columns["name"].asstr()[:], columns["extra"][:]) if not extra]
        seen = np.hstack([f[f"obsm/{group}"][:] for group in GROUPS if f"obsm/{group}" in f])
    want = {}
    for group in make_vectors(x, names, blocks, groups).values():
        want.update(group)
    bad = seen_names != list(want)
    if bad:
        print(f"columns differ: {[n for n in seen_names if n not in want]} in the file, {[n for n in want if n not in seen_names]} expected")
    for i, name in enumerate(seen_names):
        if name in want:
            off = np.abs(seen[:, i] - want[name])
            if not (off <= 3e-7 * (1 + np.abs(want[name]))).all():
                print(f"{name}: {off.max()} off, {seen[:, i].std()} and {want[name].std()} its deviation")
                bad = True
    print(f"{len(want)} columns of {len(x)} customers compared")
    sys.exit(1 if bad else 0)


main()
