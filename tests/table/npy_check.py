"""npy_check.py LIBRARY: files that NumPy writes, of every type, order of bytes and
order of rows, have the values that NumPy reads from them; what is no array of
plain numbers is refused by the name of its type."""

import ctypes
import itertools
import os
import sys
import tempfile

import numpy as np


class Source(ctypes.Structure):
    _fields_ = [("path", ctypes.c_char_p), ("bytes", ctypes.c_char_p), ("count", ctypes.c_size_t)]


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("message", ctypes.c_char * 1024)]


class Data(ctypes.Structure):
    _fields_ = [("rows", ctypes.c_size_t), ("cols", ctypes.c_size_t), ("values", ctypes.POINTER(ctypes.c_double))]


tsl = ctypes.CDLL(sys.argv[1])
NUMBERS = "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8".split()


def read(path):
    """The values, or what the library says."""
    data, error, source = ctypes.POINTER(Data)(), Error(), Source(path.encode(), None, 0)
    if tsl.tsl_data_read(ctypes.byref(source), None, None, ctypes.byref(data), ctypes.byref(error)):
        return error.message.decode()
    held = data.contents
    values = np.ctypeslib.as_array(held.values, (held.rows, held.cols)).copy()
    tsl.tsl_data_free(data)
    return values


def draw(rng, dtype):
    """Values up to the ends of the type, as far as doubles hold them."""
    if dtype.kind == "f":
        ends = np.finfo(dtype)
        values = rng.normal(size=(7, 3)).astype(dtype)
        values[0] = [ends.max, ends.min, ends.smallest_subnormal]
    else:
        ends = np.iinfo(dtype)
        least, most = max(ends.min, -(2**53 - 1)), min(ends.max, 2**53 - 1)
        values = rng.integers(least, most, (7, 3), dtype=dtype.newbyteorder("="), endpoint=True).astype(dtype)
        values[0] = [least, most, 0]
    return values


def check_types(folder):
    rng = np.random.default_rng(1)
    path = os.path.join(folder, "a.npy")
    for name, bytes_, order in itertools.product(NUMBERS, "<>", "CF"):
        values = draw(rng, np.dtype(bytes_ + name))
        np.save(path, np.array(values, order=order))
        assert np.array_equal(read(path), values.astype("f8")), (name, bytes_, order)
    for order in "CF":
        flags = np.array(rng.random((7, 3)) < 0.5, order=order)
        np.save(path, flags)
        assert np.array_equal(read(path), flags.astype("f8")), ("bool", order)
    for version in [(1, 0), (2, 0), (3, 0)]:
        with open(path, "wb") as file:
            np.lib.format.write_array(file, np.ones((2, 2), ">f2"), version=version)
        assert np.array_equal(read(path), np.ones((2, 2))), version


def check_refusals(folder):
    path = os.path.join(folder, "a.npy")
    for array, seen in [
        (np.ones((2, 2), "c16"), "values of type <c16 cannot be read"),
        (np.ones((2, 2), "M8[ns]"), "values of type <M8[ns] cannot be read"),
        (np.array([["a", "b"]]), "values of type <U1 cannot be read"),
        (np.array([[b"a", b"b"]]), "values of type |S1 cannot be read"),
        (np.array([[None, 1]]), "values of type |O cannot be read"),
        (np.zeros(3, [("id", "i4"), ("price", "f8")]), "values of type [('id', '<i4'), ('price', '<f8')] cannot be"),
        (np.ones(3), "its shape is (3,)"),
        (np.ones((2, 2, 2)), "its shape is (2, 2, 2)"),
        (np.ones(()), "its shape is ()"),
        (np.array([[2**53]]), "9007199254740992 is beyond 2^53 - 1"),
        (np.array([[1.0, np.nan]]), "row 1, column 2 is not a finite number"),
    ]:
        np.save(path, array)
        message = read(path)
        assert isinstance(message, str) and seen in message, (seen, message)


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_types(folder)
        check_refusals(folder)


main()
