#!/usr/bin/python3
"""Writes jpeg.npy: for each image a byte array with the file and a float32 array [channels, height, width] with Pillow's pixels.

Colours change slowly: where they are stored with fewer pixels, decoders differ in how they spread them.
"""
import io
import os

import numpy as np
from PIL import Image

KINDS = [
    ("L", dict(quality=90)),
    ("L", dict(quality=90, progressive=True)),
    ("RGB", dict(quality=95, subsampling=0)),
    ("RGB", dict(quality=95, subsampling=0, progressive=True)),
    ("RGB", dict(quality=75, subsampling=0, optimize=True)),
    ("RGB", dict(quality=95, subsampling=1)),
    ("RGB", dict(quality=95, subsampling=2)),
    ("RGB", dict(quality=95, subsampling=2, progressive=True)),
]


def main():
    count = 0
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "jpeg.npy"), "wb") as out:
        for height, width in ((1, 1), (8, 8), (37, 29)):
            y, x = np.mgrid[0:height, 0:width]
            pixels = np.stack([60 + 5 * x, 40 + 5 * y, 128 + 60 * np.sin((x + y) / 9)], -1).astype(np.uint8)
            for mode, arguments in KINDS:
                file = io.BytesIO()
                Image.fromarray(pixels).convert(mode).save(file, "JPEG", **arguments)
                read = np.asarray(Image.open(file))
                values = read.reshape(height, width, -1).transpose(2, 0, 1) / np.float32(255)
                np.save(out, np.frombuffer(file.getvalue(), np.uint8))
                np.save(out, values.astype(np.float32))
                count += 1
    print(count, "images")


main()
