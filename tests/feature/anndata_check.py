#!/usr/bin/env python3
"""anndata_check.py [FEATURES IDS MODEL|-]...: features files as Python sees them.

Opens each FEATURES by AnnData (any warning is an error) and by h5py, and compares
it with docs/formats.md; the row names must be the first column of the CSV file IDS.
With the MODEL of the same run the vectors must be what the recipe makes of X, its
bins those of X, and clusters, names and tiers in IDS (segments.csv) what the
model's recipe, centres and policy make of them.
"""

import csv
import json
import pathlib
import re
import sys
import warnings

warnings.simplefilter("error")

import anndata  # noqa: E402
import h5py  # noqa: E402
import numpy as np  # noqa: E402

FORMATS = pathlib.Path(__file__).parents[2] / "docs" / "formats.md"
GROUPS = ["demographic", "behavioral", "value"]
HISTORY = ["x", "t_x", "T", "spend_mean", "gap_last", "gap_median", "gap_p90", "gap_max"]
COUNTS = [
    "customers", "lines", "orders", "purchases", "customers_with_purchase",
    "monetary_total", "margin_total", "purchase_total", "unseen_values",
]
SETTINGS = [
    "scale", "winsor_low", "winsor_high", "weight_demographic", "weight_behavioral", "weight_value",
    "max_categories", "max_shares", "missing_share",
]
PARAMETERS = {
    "name": "O", "feature": "u", "indicator": "b", "transform": "O", "low": "f", "high": "f",
    "center": "f", "scale": "f", "fill": "f", "group": "O", "extra": "b", "weight": "f",
    "unit": "f",
    "part": "O",
    "added": "b",
}
RECIPE = ["apart", "bin_cuts", "bin_shares", "columns", "constants", "features", "known", "reading", "rfm_cuts", "settings"]
OPTIONAL = {"events", "value", "rfm_method", "silences", "weight", "lines", "knots", "correlated", "pools", "returns"}
TRANSFORMS = {
    "identity": lambda x: x,
    "log1p": np.log1p,
    "signed_log1p": lambda x: np.sign(x) * np.log1p(np.abs(x)),
}


def expect(what, seen, expected):
    if seen != expected:
        sys.exit(f"{what}: {seen!r}, expected {expected!r}")


def check_tables(data, ids):
    with open(ids, encoding="utf-8", newline="") as file:
        names = [row[0] for row in csv.reader(file)][1:]
    expect("customers", data.n_obs, len(names))
    expect("row names", list(data.obs_names), names)
    expect("name of the index", data.obs.index.name, "customer_id")
    expect("type of X", (data.X.dtype, data.X.shape), (np.dtype("float64"), (len(names), data.n_vars)))
    expect("categoricals", [str(t) for t in data.obs.dtypes], ["category"] * data.obs.shape[1])
    expect("features' columns", list(data.var.columns),
           ["group", "unit", "definition", "form", "profile", "sensitive", "outcome", "transform", "block"])
    expect("unique names", data.var_names.is_unique, True)
    expect("unknown groups", set(data.var["group"]) - set(GROUPS), set())
    expect("unknown forms", set(data.var["form"]) - {"number", "boolean", "value"}, set())
    expect("unknown transforms", set(data.var["transform"]) - set(TRANSFORMS), set())
    expect("flags", {str(data.var[c].dtype) for c in ("profile", "sensitive", "outcome")}, {"bool"})


def columns_of(recipe, group):
    """The recipe's columns of one vector, in order, as a dict of arrays."""
    columns = recipe["columns"]
    mine = (columns["group"] == group) & ~columns["extra"]
    return {key: columns[key][mine] for key in PARAMETERS} | {"place": np.flatnonzero(mine)}


def knots_of(recipe, column):
    """The values and scores of a column of rank-normal scale, or nothing."""
    if "knots" not in recipe:
        return np.empty(0), np.empty(0)
    mine = recipe["knots"]["column"] == column
    return recipe["knots"]["value"][mine], recipe["knots"]["score"][mine]


def check_recipe(data):
    recipe = data.uns["tesela"]["recipe"]
    weight = ["weight"] if "weight" in recipe else []  # where customers count by a feature
    expect("recipe", sorted(set(recipe) - OPTIONAL), RECIPE)
    features = recipe["features"]
    expect("weight", [name for name in weight if recipe[name] not in list(features["name"])], [])
    expect("features", list(features["name"]), list(data.var_names))
    for column in data.var.columns:
        expect(f"features: {column}", list(features[column]), list(data.var[column]))
    expect("settings", sorted(recipe["settings"]), sorted(SETTINGS + ["pca"] * ("pools" in recipe)))
    expect("parameters", sorted(recipe["columns"]), sorted(PARAMETERS))
    expect("features of columns", bool((recipe["columns"]["feature"] < data.n_vars).all()), True)
    expect("known values", bool((np.diff(recipe["known"]["feature"].astype(int)) >= 0).all()), True)
    for cuts, shares, count in zip(recipe["bin_cuts"], recipe["bin_shares"], features["bins"].astype(int)):
        expect("cuts that rise", bool((np.diff(cuts[:max(count - 1, 0)]) > 0).all()), True)
        expect("sum of the shares", abs(shares[:count].sum() - (count > 0)) < 1e-9, True)
        expect("beyond the bins", bool((cuts[max(count - 1, 0):] == 0).all() and (shares[count:] == 0).all()), True)
    return recipe


def check_vectors(data, recipe):
    for group in GROUPS:
        values, columns = data.obsm[group], columns_of(recipe, group)
        expect(f"{group}: type", values.dtype, np.dtype("float32"))
        expect(f"{group}: finite", bool(np.isfinite(values).all()), True)
        for name, kind in PARAMETERS.items():
            expect(f"{group}: {name}", (columns[name].dtype.kind, columns[name].shape), (kind, (values.shape[1],)))
        for name, feature, indicator in zip(columns["name"], columns["feature"], columns["indicator"]):
            expect("column", name, data.var_names[feature] + ("_missing" if indicator else ""))


def check_bins(data, recipe):
    """Shares are those of the known values, and the cuts the deciles, or beside a value that fills one."""
    features = recipe["features"]
    expect("customers of the fit", recipe["constants"]["customers"], data.n_obs)
    for f, name in enumerate(data.var_names):
        x = data.X[:, f]
        known = x[~np.isnan(x)]
        count = int(features["bins"][f])
        cuts = recipe["bin_cuts"][f][:max(count - 1, 0)]
        expect(f"{name}: missing", features["missing"][f], np.isnan(x).mean())
        if not len(known):
            expect(f"{name}: bins", count, 0)
            continue
        expect(f"{name}: range", (features["low"][f], features["high"][f]), (known.min(), known.max()))
        shares = np.bincount(np.searchsorted(cuts, known, side="left"), minlength=count) / len(known)
        expect(f"{name}: shares", bool(np.allclose(shares, recipe["bin_shares"][f][:count], atol=1e-12)), True)
        if features["form"][f] == "number":
            deciles = np.quantile(known, np.arange(1, 10) / 10)
            filled = {d for d, e in zip(deciles, deciles[1:]) if d == e} | {known.max()}
            beside = {known[known < d].max() for d in filled if (known < d).any()}
            for cut in cuts:
                near = min(abs(cut - d) / (1 + abs(d)) for d in [*deciles, *beside])
                expect(f"{name}: a cut", bool(near < 1e-12), True)


def normalise(recipe, x):
    """Each column of the recipe that clusters are found on, weighted, from raw values; and their names."""
    columns = recipe["columns"]
    out, names = [], []
    component = {int(pool["first"]) + i: (pool, i)
                 for pool in recipe.get("pools", {}).values() for i in range(len(pool["variance"]))}
    order = sorted(range(len(columns["name"])),
                   key=lambda i: (GROUPS.index(columns["group"][i]), i if i in component else -1,
                                  columns["feature"][i], columns["indicator"][i]))
    for i in order:
        if columns["weight"][i] > 0:
            c = {key: columns[key][i] for key in PARAMETERS} | {"knots": knots_of(recipe, i)}
            if i in component:
                pool, number = component[i]
                v = standardised(recipe, pool, x) @ pool["loading"][number]
            else:
                v = map_column(c, x[:, c["feature"]])
            out.append(v * c["weight"])
            names.append(c["name"])
    return np.column_stack(out), names


def column_of(recipe, i, x):
    """The normalised values of column i of the recipe."""
    c = {key: recipe["columns"][key][i] for key in PARAMETERS} | {"knots": knots_of(recipe, i)}
    return map_column(c, x[:, c["feature"]])


def standardised(recipe, pool, x):
    """The columns of a pool, by its means and deviations."""
    v = np.column_stack([column_of(recipe, i, x) for i in pool["column"].astype(int)])
    return (v - pool["mean"]) / pool["sd"]


def check_pools(data, recipe, asked):
    """Components are those that NumPy's singular values give of who is not set apart; the largest loading is positive."""
    expect("groups of components", set(recipe.get("pools", {})), set(asked))
    columns = recipe["columns"]
    others = classes_of(data, recipe) < 0
    for group, pool in recipe.get("pools", {}).items():
        place = pool["column"].astype(int)
        raw = np.column_stack([column_of(recipe, i, data.X) for i in place])[others]
        expect("pooled columns", (set(columns["group"][place]), set(columns["weight"][place])), ({group}, {0.0}))
        expect("means", bool(np.allclose(pool["mean"], raw.mean(axis=0), rtol=1e-10, atol=1e-12)), True)
        expect("deviations", bool(np.allclose(pool["sd"], raw.std(axis=0), rtol=1e-10)), True)
        z = standardised(recipe, pool, data.X)[others]
        left, singular, right = np.linalg.svd(z, full_matrices=False)
        variance = singular ** 2 / len(z)
        k = len(pool["variance"])
        wanted = asked[group] if asked[group] >= 1 else int(np.searchsorted(np.cumsum(variance), asked[group] * len(place))) + 1
        expect("components", k, wanted)
        expect("variances", bool(np.allclose(pool["variance"], variance[:k], rtol=1e-10)), True)
        for i in range(k):
            sign = np.sign(right[i][np.abs(right[i]).argmax()])
            worst = float(np.abs(pool["loading"][i] - sign * right[i]).max())
            if not worst < 1e-10:
                sys.exit(f"{group}: component {i + 1}: {worst} off")
        weights = columns["weight"][int(pool["first"]):int(pool["first"]) + k]
        expect("weights", bool(np.allclose(weights, 1 / np.sqrt(pool["variance"].sum()), rtol=1e-12)), True)


def map_column(c, x):
    missing = np.isnan(x)
    if c["indicator"]:
        x, missing = missing.astype(float), np.zeros(len(x), bool)
    with np.errstate(invalid="ignore"):
        if c["transform"] == "log1p_units":
            t = np.log1p(np.maximum(x, 0) / c["unit"])
        else:
            t = TRANSFORMS[c["transform"]](x)
        y = np.clip(t, c["low"], c["high"])
    y = np.where(missing, c["fill"], y)
    if len(c["knots"][0]):
        y = np.interp(y, *c["knots"])
    return (y - c["center"]) / c["scale"]


def check_mapped(data, recipe):
    for group in GROUPS:
        columns = columns_of(recipe, group)
        for j, name in enumerate(columns["name"]):
            v = map_column({key: columns[key][j] for key in PARAMETERS}
                           | {"knots": knots_of(recipe, columns["place"][j])}, data.X[:, columns["feature"][j]])
            worst = float(np.max(np.abs(v - data.obsm[group][:, j]) / (1 + np.abs(v)), initial=0))
            if not worst < 1e-6:
                sys.exit(f"{group}: {name}: {worst} off what the parameters give")


def check_correlated(data, recipe):
    """The pairs of columns that go together, of two features each, are those that NumPy finds."""
    columns = recipe["columns"]
    count = int((~columns["extra"]).sum())
    values = np.column_stack([data.obsm[group].astype(float) for group in GROUPS])
    expect("columns of the vectors", values.shape[1], count)
    block = recipe["features"]["block"][columns["feature"][:count].astype(int)]
    r = np.corrcoef(values, rowvar=False)
    found = {(a, b) for a in range(count) for b in range(a + 1, count)
             if abs(r[a, b]) >= .98 and block[a] != block[b] and not columns["indicator"][[a, b]].any()}
    pairs = recipe.get("correlated", {"a": [], "b": [], "r": []})
    expect("columns that go together", {(int(a), int(b)) for a, b in zip(pairs["a"], pairs["b"])}, found)
    for a, b, said in zip(pairs["a"], pairs["b"], pairs["r"]):
        expect("a correlation", abs(r[int(a), int(b)] - said) < 1e-9, True)


def classes_of(data, recipe):
    """The class of each customer who is set apart; -1: the others."""
    out = np.full(data.n_obs, -1)
    apart = recipe["apart"]
    days, recency, total = (data[:, name].X[:, 0] for name in ("purchase_days", "recency_days", "monetary_total"))
    for c, wanted in enumerate(apart["purchase_days"]):
        within = (apart["recency_low"][c] < recency) & (recency <= apart["recency_high"][c])
        within &= (apart["total_low"][c] < total) & (total <= apart["total_high"][c])
        out[(days == wanted) & (within if wanted else True)] = c
    return out


def check_segments(path, data, model, label, distance):
    """segments.csv by centres and policy alone."""
    policy = model["policy"]
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    order = np.sort(distance, axis=1)
    cuts, above, codes = list(policy["tier_cut"]), list(policy["tier_above"]), list(policy["tiers"]["code"])
    value = data[:, policy["value"]].X[:, 0]
    for i, row in enumerate(rows):
        expect(f"{path}: segment of {row['customer_id']}", int(row["segment"]), int(label[i]) + 1)
        expect("name", row["segment_name"], policy["segments"]["name_en"][label[i]])
        if label[i] >= model["k"]:
            expect("confidence of those who are set apart", row["confidence"], "1.0000")
            expect("distance", (row["distance"], row["runner_up"]), ("", ""))
        elif abs(float(row["confidence"]) - (1 - np.sqrt(order[i, 0] / order[i, 1]))) > 5.1e-5:
            sys.exit(f"{path}: confidence of {row['customer_id']}")
        held = [v > cut if over else v >= cut for v, cut, over in zip([value[i]] * len(cuts), cuts, above)]
        tier = next((t for t, holds in enumerate(held) if value[i] > 0 and holds), len(cuts))
        expect(f"{path}: tier of {row['customer_id']}", row["tier"], codes[tier])


def check_model(data, path, segments):
    with h5py.File(path) as file:
        expect("kind", (file.attrs["tesela"], file.attrs["tesela-version"]), (b"model", 2))
        model = anndata.io.read_elem(file["/"])
    k, columns, centers = model["k"], model["columns"], model["centers"]
    expect("centres", centers.shape, (k, len(columns["name"])))
    expect("raw centres", model["centers_raw"].shape, (k, len(model["raw_columns"])))
    expect("unknown raw columns", set(model["raw_columns"]) - set(data.var_names), set())
    raw = data[:, model["raw_columns"]].X
    recipe = data.uns["tesela"]["recipe"]
    for part in RECIPE:
        left, right = model["recipe"][part], recipe[part]
        same = np.array_equal(left, right) if isinstance(left, np.ndarray) else all(
            np.array_equal(left[key], right[key], equal_nan=np.asarray(left[key]).dtype.kind == "f") for key in right)
        expect(f"recipe/{part}", same, True)
    x, names = normalise(model["recipe"], data.X)
    expect("columns", list(columns["name"]), names)
    distance = ((x[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
    classes = classes_of(data, model["recipe"])
    label = np.where(classes >= 0, k + classes, distance.argmin(axis=1))
    others = classes < 0
    expect("rows", int(others.sum()), int(model["rows"]))
    expect("sizes", list(np.bincount(label, minlength=k)[:k]), list(model["sizes"]))
    expect("sizes of classes", list(np.bincount(classes[~others], minlength=model["class_count"])),
           list(model["class_sizes"]))
    expect("codes of classes", list(model["codes"][k:]), list(model["recipe"]["apart"]["code"]))
    means = np.array([np.nanmean(raw[label == c], axis=0) for c in range(k)])
    expect("means of the raw columns", bool(np.allclose(means, model["centers_raw"], rtol=1e-9, equal_nan=True)), True)
    inertia = model["sweep"]["inertia"][model["sweep"]["best"]]
    seen = distance[others].min(axis=1).sum()
    if not abs(seen / inertia - 1) < 1e-9:
        sys.exit(f"inertia: {seen}, the model says {inertia}")
    expect("candidates' sizes", len(model["sweep"]["sizes"]), int(model["sweep"]["k"].sum()))
    expect("tree's columns", list(model["tree"]["name"]), list(model["raw_columns"]))
    leaves = model["tree"]["nodes"]["cluster"] >= 0
    check_segments(segments, data, model, label, distance)
    expect("rows in leaves", int(model["tree"]["nodes"]["rows"][leaves].sum()), data.n_obs)


def check_documented(path):
    """Each name in the file stands in docs/formats.md."""
    with open(FORMATS, encoding="utf-8") as file:
        known = set(re.findall(r"[\w-]+", file.read()))
    with h5py.File(path) as file:
        names, attributes = [], list(file.attrs)
        file.visititems(lambda name, item: (names.append(name), attributes.extend(item.attrs)) and None)
    names = [name for name in names if not name.startswith("obs/") or name == "obs/customer_id"]
    expect(f"{path}: undocumented", {part for name in names for part in name.split("/")} - known, set())
    expect(f"{path}: undocumented attributes", set(attributes) - known, set())


def check_rest(data):
    ours = data.uns["tesela"]
    expect("counts", sorted(ours["counts"]), sorted(COUNTS))
    expect("customers", ours["counts"]["customers"], data.n_obs)
    expect("format", (ours["format_version"], ours["time_zone"]), (2, "as written"))
    expect("texts", [type(ours[k]) for k in ("program_version", "as_of", "options")], [str] * 3)
    if "history" in data.obsm:
        expect("history", (data.obsm["history"].dtype, data.obsm["history"].shape),
               (np.dtype("float64"), (data.n_obs, len(HISTORY))))
        expect("history's columns", list(ours["history_columns"]), HISTORY)


def check_plain(path, data):
    """Every array is contiguous and of fixed width, with one checksum a block."""

    def look(name, item):
        if isinstance(item, h5py.Dataset):
            expect(f"{name}: layout", (item.chunks, item.compression, item.external), (None, None, None))
            expect(f"{name}: heap", h5py.check_vlen_dtype(item.dtype), None)
            rows = item.shape[0] if item.shape else 1
            blocks = (rows + 4095) // 4096 if item.size else 0
            expect(f"{name}: checksums", (item.attrs["checksums"].dtype, item.attrs["checksums"].shape),
                   (np.dtype("uint64"), (blocks,)))

    with h5py.File(path) as file:
        expect("kind", (file.attrs["tesela"], file.attrs["tesela-version"]), (b"features", 2))
        file.visititems(look)
        expect("X by h5py", file["X"][:].tobytes(), data.X.tobytes())
        names = [cell.decode("utf-8") for cell in file["obs/customer_id"][:]]
        expect("ids by h5py", names, list(data.obs_names))


def check(path, ids, model):
    data = anndata.read_h5ad(path)
    check_tables(data, ids)
    recipe = check_recipe(data)
    check_vectors(data, recipe)
    if model != "-":
        check_bins(data, recipe)
        check_mapped(data, recipe)
        check_correlated(data, recipe)
        check_pools(data, recipe, json.loads(data.uns["tesela"]["options"]).get("pca", {}))
        check_model(data, model, ids)
        check_documented(model)
    check_rest(data)
    check_documented(path)
    check_plain(path, data)
    print(f"{path}: {data.n_obs} customers, {data.n_vars} features, "
          + ", ".join(f"{g} {data.obsm[g].shape[1]}" for g in GROUPS))


for i in range(1, len(sys.argv), 3):
    check(*sys.argv[i:i + 3])
