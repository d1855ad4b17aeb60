"""Writes safetensors files with struct and json alone, from the published description of the format.

types.safetensors   each type as x, and as x.expected what NumPy makes of it in float32
layout.safetensors  header in another order than the data, not padded (so the data are misaligned), metadata,
                    an empty and a rank-0 tensor
writer.safetensors  what the library's own writer must give, byte for byte
"""
import json
import os
import struct
import warnings

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def save(name, entries, metadata=None, header_order=None, pad=True):
    """entries: (name, dtype, shape, bytes) in the order of the data."""
    offset, described = 0, {}
    for tensor, dtype, shape, data in entries:
        described[tensor] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    header = {"__metadata__": metadata} if metadata else {}
    for tensor in header_order or list(described):
        header[tensor] = described[tensor]
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    if pad:
        text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(entry[3] for entry in entries))


def floats(name, shape, values):
    return name, "F32", shape, np.array(values, dtype="<f4").tobytes()


def types():
    warnings.simplefilter("ignore")
    values = {
        "F64": ("<f8", [0.0, -1.5, 0.1, 1e300, 1e-50]),
        "F32": ("<f4", [0.0, -0.0, 1.5, np.inf, 1e-45]),
        "F16": ("<f2", [0.0, -1.5, 65504.0, 6e-8, -np.inf]),
        "I64": ("<i8", [0, -1, 2**63 - 1, 2**53 + 1, 16777217]),
        "I32": ("<i4", [0, -1, 2**31 - 1, 16777217, 16777219]),
        "I16": ("<i2", [0, -1, 32767, -32768, 258]),
        "I8": ("<i1", [0, -1, 127, -128, 5]),
        "U64": ("<u8", [0, 1, 2**64 - 1, 2**63 + 2**39, 2**63 + 2**39 + 1]),
        "U32": ("<u4", [0, 1, 2**32 - 1, 16777217, 16777219]),
        "U16": ("<u2", [0, 1, 65535, 32768, 258]),
        "U8": ("<u1", [0, 1, 255, 128, 5]),
        "BOOL": ("?", [False, True, True, False, True]),
    }
    entries = []
    for name, (dtype, numbers) in values.items():
        array = np.array(numbers, dtype=dtype)
        entries.append((name, name, array.shape, array.tobytes()))
        entries.append(floats(name + ".expected", array.shape, array.astype("<f4")))
    upper = np.array([0.0, -1.0, 1.5, 3.0e38, 1e-40], dtype="<f4").view("<u4") >> 16
    entries.append(("BF16", "BF16", (5,), upper.astype("<u2").tobytes()))
    entries.append(floats("BF16.expected", (5,), (upper << 16).view("<f4")))
    save("types.safetensors", entries)


def layout():
    entries = [
        floats("first", (2, 2), [1, 2, 3, 4]),
        ("byte", "U8", (3,), bytes([5, 6, 7])),
        floats("empty", (0, 4), []),
        floats("scalar", (), [8]),
    ]
    save("layout.safetensors", entries, {"format": "pt", "note": "Grüße"}, ["scalar", "empty", "first", "byte"], pad=False)


def writer():
    save("writer.safetensors", [
        floats("dense1.weight", (2, 3), [1, -2, 3.5, 0.1, 1e-45, np.inf]),
        floats("dense1.bias", (2,), [-0.0, 7]),
        floats("empty", (0, 4), []),
        floats("scalar", (), [8]),
    ], {"a": "one", "format": "pt"})


types()
layout()
writer()
