"""Writes archives.npy: the bytes of .npz files that NumPy wrote, each followed by its arrays as float32, in the order of their names.

The files: stored, compressed, one with several types and orders of axes, one without names.
"""
import io
import os

import numpy as np


def put(file, write, **arrays):
    buffer = io.BytesIO()
    write(buffer, **arrays)
    np.lib.format.write_array(file, np.frombuffer(buffer.getvalue(), dtype=np.uint8))
    with np.load(io.BytesIO(buffer.getvalue())) as archive:
        np.lib.format.write_array(file, np.array(len(archive.files), dtype=np.uint8))
        for name in sorted(archive.files):
            array = archive[name]
            np.lib.format.write_array(file, np.frombuffer(name.encode(), dtype=np.uint8))
            np.lib.format.write_array(file, np.ascontiguousarray(array.astype(np.float32)).reshape(array.shape))


def main():
    inputs = np.arange(24, dtype="<f4").reshape(4, 6) / 7
    targets = np.array([2, 0, 1, 2], dtype="<i8")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "archives.npy"), "wb") as file:
        put(file, np.savez, x=inputs, y=targets)
        put(file, np.savez_compressed, x=inputs, y=targets)
        put(file, np.savez_compressed, a=np.asfortranarray(inputs.astype(">f8")), zeros=np.zeros((60, 20), dtype="u1"), scalar=np.array(3.5), empty=np.zeros((0, 3)))
        put(file, lambda buffer, **arrays: np.savez(buffer, *arrays.values()), first=inputs, second=targets)


main()
