"""Writes numpy.npy: pairs of arrays (any type, byte order, layout and version; the same as C-ordered float32)."""
import os
import warnings

import numpy as np

VALUES = {
    "f8": [0.0, -1.5, 0.1, 1e300, -np.inf, 1e-50],
    "f4": [0.0, -0.0, 1.5, 3.4028235e38, np.inf, 1e-45],
    "f2": [0.0, -1.5, 65504.0, 6e-8, -np.inf, 0.333],
    "i8": [0, -1, 2**63 - 1, -(2**63), 2**53 + 1, 16777217],
    "i4": [0, -1, 2**31 - 1, -(2**31), 16777217, 16777219],
    "i2": [0, -1, 32767, -32768, 258, 1],
    "i1": [0, -1, 127, -128, 5, 1],
    "u8": [0, 1, 2**64 - 1, 2**63 + 2**39, 2**63 + 2**39 + 1, 16777217],
    "u4": [0, 1, 2**32 - 1, 2**31, 16777217, 16777219],
    "u2": [0, 1, 65535, 32768, 258, 513],
    "u1": [0, 1, 255, 128, 5, 7],
    "b1": [0, 1, 1, 0, 0, 1],
}


def write_pair(file, array, version=None):
    np.lib.format.write_array(file, array, version=version)
    np.lib.format.write_array(file, np.ascontiguousarray(array.astype(np.float32)).reshape(array.shape))


def main():
    warnings.simplefilter("ignore")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "numpy.npy"), "wb") as file:
        for name, values in VALUES.items():
            for order in "<>":
                array = np.array(values, dtype=np.dtype(order + name))
                write_pair(file, array.reshape(2, 3))
                write_pair(file, np.asfortranarray(array.reshape(3, 2)))
        for version in [(1, 0), (2, 0), (3, 0)]:
            write_pair(file, np.arange(4, dtype="<f4"), version)
        write_pair(file, np.array(7.25, dtype=">f8"))
        write_pair(file, np.zeros((0, 3), dtype="<i4"))
        write_pair(file, np.asfortranarray(np.zeros((2, 0), dtype="<f4")))
        write_pair(file, np.asfortranarray(np.arange(24, dtype=">i2").reshape(2, 3, 4)))
        write_pair(file, np.asfortranarray(np.arange(120, dtype="<f4").reshape(5, 1, 2, 3, 4)))


main()
