"""arrow_check.py LIBRARY: gives streams that nanoarrow makes, an implementation of
Arrow that is not ours, to the shared library, and compares the tables with those of
CSV files of the same rows."""

import ctypes
import datetime
import math
import random
import sys

import nanoarrow as na
from nanoarrow.c_array_stream import CArrayStream

TRANSACTIONS, CUSTOMERS = 0, 1
CODES, INTEGERS, NUMBERS = "code", "integer", "number"


class Source(ctypes.Structure):
    _fields_ = [("path", ctypes.c_char_p), ("bytes", ctypes.c_char_p), ("count", ctypes.c_size_t)]


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("message", ctypes.c_char * 1024)]


class Column(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("role", ctypes.c_int),
        ("type", ctypes.c_int),
        ("group", ctypes.c_int),
        ("sensitive", ctypes.c_int),
        ("missing", ctypes.c_size_t),
        (INTEGERS, ctypes.POINTER(ctypes.c_int64)),
        (NUMBERS, ctypes.POINTER(ctypes.c_double)),
        (CODES, ctypes.POINTER(ctypes.c_int32)),
        ("dict", ctypes.POINTER(ctypes.c_char_p)),
        ("dict_count", ctypes.c_size_t),
    ]


tsl = ctypes.CDLL(sys.argv[1])
tsl.tsl_table_get_rows.restype = ctypes.c_size_t
tsl.tsl_table_get_column_count.restype = ctypes.c_size_t
tsl.tsl_table_get_column.restype = ctypes.POINTER(Column)
tsl.tsl_table_get_column.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
tsl.tsl_table_get_reading.restype = ctypes.c_char_p


def content(table):
    """All that a table holds, in terms of Python."""
    rows = tsl.tsl_table_get_rows(table)
    columns = []
    for i in range(tsl.tsl_table_get_column_count(table)):
        c = tsl.tsl_table_get_column(table, i).contents
        if c.code:
            values = [None if c.code[r] < 0 else c.dict[c.code[r]].decode() for r in range(rows)]
        elif c.integer:
            values = [c.integer[r] for r in range(rows)]
        else:
            values = [None if math.isnan(c.number[r]) else c.number[r] for r in range(rows)]
        columns.append((c.name.decode(), c.role, c.type, c.group, c.missing, values))
    reading = tsl.tsl_table_get_reading(table).replace(b'"clock":true', b'"clock":false')  # days may be timestamps
    return rows, columns, reading


def finish(status, table, error):
    if status:
        return status, error.message.decode()
    held = content(table)
    tsl.tsl_table_free(table)
    return held


def read_csv(kind, text):
    table, error, data = ctypes.c_void_p(), Error(), text.encode()
    source = Source(None, data, len(data))
    status = tsl.tsl_table_read(
        kind, ctypes.byref(source), ctypes.c_size_t(1), None, None, None, None, ctypes.byref(table), ctypes.byref(error)
    )
    return finish(status, table, error)


def build(kind, schema, batches):
    stream = CArrayStream.from_c_arrays(batches, schema, move=True, validate=False)
    table, error = ctypes.c_void_p(), Error()
    status = tsl.tsl_table_build_arrow(
        kind, ctypes.c_void_p(stream._addr()), None, None, None, None, ctypes.byref(table), ctypes.byref(error)
    )
    assert not stream.is_valid(), "the stream was not released"
    return finish(status, table, error)


# ---- Columns: how a value stands in Arrow, and in CSV -----------------------------

EPOCH = datetime.datetime(1970, 1, 1)


def seconds(value):
    return int((value - EPOCH).total_seconds())


def stamp(factor, extra=0):
    return lambda v: seconds(v) * factor + extra


TYPES = {
    "text": [(na.string(), str), (na.large_string(), str), (na.string_view(), str)],
    "day": [
        (na.date32(), lambda v: (v - EPOCH).days),
        (na.date64(), lambda v: (v - EPOCH).days * 86400000),
    ],
    "time": [
        (na.timestamp("s"), stamp(1)),
        (na.timestamp("ms"), stamp(1000, 999)),
        (na.timestamp("us", "UTC"), stamp(10**6, 1)),
        (na.timestamp("ns", "Etc/UTC"), stamp(10**9, 999999999)),
        (na.timestamp("s", "+08:00"), lambda v: seconds(v) - 8 * 3600),
        (na.timestamp("ms", "-03:30"), lambda v: (seconds(v) + 3 * 3600 + 1800) * 1000),
    ],
    "whole": [(t, int) for t in (na.int8(), na.int16(), na.int32(), na.int64(), na.uint8(), na.uint16(), na.uint64())],
    "number": [(na.float64(), float)],
    "small": [(na.float32(), float), (na.float16(), float)],
    "flag": [(na.bool_(), bool)],
    "nothing": [(na.null(), lambda v: None)],
}

WRITE = {
    "day": lambda v: v.strftime("%Y-%m-%d"),
    "time": lambda v: v.strftime("%Y-%m-%d %H:%M:%S"),
    "flag": lambda v: "true" if v else "false",
    "nothing": lambda v: "",
}

DRAW = {
    "text": lambda r: r.choice(["Rome", "Bonn", "a longer text, with a comma", "广州", '12" disk']),
    "day": lambda r: EPOCH + datetime.timedelta(days=r.randrange(17000, 18000)),
    "time": lambda r: EPOCH + datetime.timedelta(seconds=r.randrange(17000 * 86400, 18000 * 86400)),
    "whole": lambda r: r.randrange(0, 100),
    "number": lambda r: r.choice([r.randrange(-(10**6), 10**6) / 100, r.random(), 0.1 + 0.2]),
    "small": lambda r: r.randrange(-64, 64) / 8,
    "flag": lambda r: r.random() < 0.5,
    "nothing": lambda r: None,
}

TABLES = {
    TRANSACTIONS: [
        ("customer", ["text", "whole"]),
        ("date", ["day", "time"]),
        ("amount", ["whole", "number", "small"]),
        ("order", ["text", "whole"]),
        ("category", ["text", "nothing"]),
        ("not used", ["text", "flag", "number"]),
    ],
    CUSTOMERS: [
        ("customer", ["text"]),
        ("income", ["number", "small"]),
        ("newsletter", ["flag"]),
        ("city", ["text"]),
        ("since", ["day", "time"]),
        ("visits", ["whole"]),
        ("empty", ["nothing"]),
    ],
}


def make_array(values, arrow, convert):
    if all(v is None for v in values) and str(arrow) == str(na.null()):
        return na.c_array_from_buffers(arrow, len(values), [])
    return na.c_array([None if v is None else convert(v) for v in values], arrow)


def make(kind, rng, rows):
    """A schema, batches of rows, and the same as CSV."""
    columns = []
    for name, kinds in TABLES[kind]:
        what = rng.choice(kinds)
        arrow, convert = rng.choice(TYPES[what])
        values = [DRAW[what](rng) if rng.random() < 0.97 else None for _ in range(rows)]
        if name == "customer" and kind == CUSTOMERS:
            values = [f"c{i}" for i in range(rows)]
        columns.append((name, what, arrow, convert, values))
    schema = na.struct({name: arrow for name, _, arrow, _, _ in columns})
    cuts = sorted({0, rows, rng.randrange(rows + 1)})
    batches = []
    for begin, end in zip(cuts, cuts[1:]):
        children = [make_array(values[begin:end], arrow, convert) for _, _, arrow, convert, values in columns]
        batches.append(
            na.c_array_from_buffers(schema, end - begin, [None], children=children, null_count=0, move=True)
        )
    lines = [",".join(name for name, *_ in columns)]
    for row in range(rows):
        cells = ["" if v[row] is None else WRITE.get(what, repr if what in ("number", "small") else str)(v[row])
                 for _, what, _, _, v in columns]
        lines.append(",".join('"' + c.replace('"', '""') + '"' for c in cells))
    return na.c_schema(schema), batches, "\n".join(lines) + "\n"


def main():
    rng = random.Random(1)
    for round in range(200):
        kind = round % 2
        schema, batches, csv = make(kind, rng, 40)
        by_file, by_stream = read_csv(kind, csv), build(kind, schema, batches)
        if len(by_file) == 2:  # refused: the place is called otherwise
            by_file, by_stream = by_file[0], by_stream[0]
        assert by_file == by_stream, f"{csv}\n{by_file}\n{by_stream}"

    # A slice: values in front of the first one.
    whole = na.c_array(["x", "a", "b"], na.string())
    children = [
        whole[1:3],
        na.c_array([1, 18000, 18001], na.date32())[1:3],
        na.c_array_from_buffers(na.decimal128(10, 2), 2, [None, (125).to_bytes(16, "little") + (-250).to_bytes(16, "little", signed=True)]),
    ]
    schema = na.struct({"customer": na.string(), "date": na.date32(), "amount": na.decimal128(10, 2)})
    batch = na.c_array_from_buffers(schema, 2, [None], children=children, null_count=0, move=True)
    held = build(TRANSACTIONS, na.c_schema(schema), [batch])
    expected = read_csv(TRANSACTIONS, "customer,date,amount\na,2019-04-14,1.25\nb,2019-04-15,-2.50\n")
    assert held == expected, f"{held}\n{expected}"

    # What is not read is refused by name, where it is used.
    for arrow in (na.timestamp("s", "Asia/Nowhere"), na.duration("s"), na.binary(), na.time32("s")):
        schema = na.struct({"customer": na.string(), "date": arrow, "amount": na.int32()})
        status, message = build(TRANSACTIONS, na.c_schema(schema), [])
        assert status and 'column "date" is of a type or in a time zone that cannot be read' in message, message
    schema = na.struct({"customer": na.string(), "date": na.date32(), "amount": na.int32(), "x": na.duration("s")})
    status, message = build(TRANSACTIONS, na.c_schema(schema), [])
    assert "no row of transactions" in message, message
    print("200 tables, a slice and what is refused")


main()
