#!/usr/bin/env python3
"""anndata_check.py [FEATURES IDS MODEL|-]...: features files as Python sees them.

Opens each FEATURES by AnnData (any warning is an error) and by h5py, and compares
it with docs/formats.md; the row names must be the first column of the CSV file IDS.
With the MODEL of the same run the vectors must be what their stored parameters
make of X, and the model's clusters what its centres make of the vectors.
"""

import csv
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
    "monetary_total", "margin_total", "purchase_total",
]
SETTINGS = [
    "scale", "winsor_low", "winsor_high", "weight_demographic", "weight_behavioral", "weight_value",
    "max_categories", "max_shares", "missing_share",
]
PARAMETERS = {
    "name": "O", "feature": "u", "indicator": "b", "transform": "O", "low": "f", "high": "f",
    "center": "f", "scale": "f", "fill": "f", "weight": "f",
}
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
           ["group", "unit", "definition", "form", "profile", "sensitive", "transform", "block"])
    expect("unique names", data.var_names.is_unique, True)
    expect("unknown groups", set(data.var["group"]) - set(GROUPS), set())
    expect("unknown forms", set(data.var["form"]) - {"number", "boolean", "value"}, set())
    expect("unknown transforms", set(data.var["transform"]) - set(TRANSFORMS), set())
    expect("flags", {str(data.var[c].dtype) for c in ("profile", "sensitive")}, {"bool"})


def check_vectors(data):
    vectors = data.uns["tesela"]["vectors"]
    expect("vectors", sorted(vectors), sorted(GROUPS))
    for group in GROUPS:
        values, columns = data.obsm[group], vectors[group]
        expect(f"{group}: parameters", sorted(columns), sorted(PARAMETERS))
        expect(f"{group}: type", values.dtype, np.dtype("float32"))
        expect(f"{group}: finite", bool(np.isfinite(values).all()), True)
        for name, kind in PARAMETERS.items():
            expect(f"{group}: {name}", (columns[name].dtype.kind, columns[name].shape), (kind, (values.shape[1],)))
        expect(f"{group}: features", bool((columns["feature"] < data.n_vars).all()), True)
        for name, feature, indicator in zip(columns["name"], columns["feature"], columns["indicator"]):
            expect("column", name, data.var_names[feature] + ("_missing" if indicator else ""))


def check_mapped(data):
    for group in GROUPS:
        columns = data.uns["tesela"]["vectors"][group]
        for j, name in enumerate(columns["name"]):
            c = {key: columns[key][j] for key in PARAMETERS}
            x = data.X[:, c["feature"]]
            missing = np.isnan(x)
            if c["indicator"]:
                x, missing = missing.astype(float), np.zeros(len(x), bool)
            with np.errstate(invalid="ignore"):
                y = np.clip(TRANSFORMS[c["transform"]](x), c["low"], c["high"])
            v = (np.where(missing, c["fill"], y) - c["center"]) / c["scale"]
            worst = float(np.max(np.abs(v - data.obsm[group][:, j]) / (1 + np.abs(v)), initial=0))
            if not worst < 1e-6:
                sys.exit(f"{group}: {name}: {worst} off what the parameters give")


def check_model(data, path):
    with h5py.File(path) as file:
        expect("kind", (file.attrs["tesela"], file.attrs["tesela-version"]), (b"model", 1))
        model = anndata.io.read_elem(file["/"])
    k, columns, centers = model["k"], model["columns"], model["centers"]
    expect("centres", centers.shape, (k, len(columns["name"])))
    expect("raw centres", model["centers_raw"].shape, (k, len(model["raw_columns"])))
    expect("unknown raw columns", set(model["raw_columns"]) - set(data.var_names), set())
    raw = data[:, model["raw_columns"]].X
    values = {}
    for group in GROUPS:
        names = data.uns["tesela"]["vectors"][group]["name"]
        values.update({name: data.obsm[group][:, j].astype(float) for j, name in enumerate(names)})
    x = np.column_stack([values[name] for name in columns["name"]]) * columns["weight"]
    distance = ((x[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
    label = distance.argmin(axis=1)
    expect("sizes", list(np.bincount(label, minlength=k)), list(model["sizes"]))
    means = np.array([np.nanmean(raw[label == c], axis=0) for c in range(k)])
    expect("means of the raw columns", bool(np.allclose(means, model["centers_raw"], rtol=1e-9, equal_nan=True)), True)
    inertia = model["sweep"]["inertia"][model["sweep"]["best"]]
    if not abs(distance.min(axis=1).sum() / inertia - 1) < 1e-9:
        sys.exit(f"inertia: {distance.min(axis=1).sum()}, the model says {inertia}")
    expect("candidates' sizes", len(model["sweep"]["sizes"]), int(model["sweep"]["k"].sum()))
    expect("tree's columns", list(model["tree"]["name"]), list(model["raw_columns"]))
    leaves = model["tree"]["nodes"]["cluster"] >= 0
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
    expect("settings", sorted(ours["settings"]), sorted(SETTINGS))
    expect("format", (ours["format_version"], ours["time_zone"]), (1, "as written"))
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
        expect("kind", (file.attrs["tesela"], file.attrs["tesela-version"]), (b"features", 1))
        file.visititems(look)
        expect("X by h5py", file["X"][:].tobytes(), data.X.tobytes())
        names = [cell.decode("utf-8") for cell in file["obs/customer_id"][:]]
        expect("ids by h5py", names, list(data.obs_names))


def check(path, ids, model):
    data = anndata.read_h5ad(path)
    check_tables(data, ids)
    check_vectors(data)
    if model != "-":
        check_mapped(data)
        check_model(data, model)
        check_documented(model)
    check_rest(data)
    check_documented(path)
    check_plain(path, data)
    print(f"{path}: {data.n_obs} customers, {data.n_vars} features, "
          + ", ".join(f"{g} {data.obsm[g].shape[1]}" for g in GROUPS))


for i in range(1, len(sys.argv), 3):
    check(*sys.argv[i:i + 3])
