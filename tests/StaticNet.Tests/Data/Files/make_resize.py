#!/usr/bin/python3
"""Writes what Pillow makes of images, and photographs to train with.

resize.npy   for each case an image [channels, height, width], the numbers (fit, resampling), and the image in the new size. Pillow
             computes in floats (mode F), channel by channel. Fits: 0 stretch, 1 crop (ImageOps.fit), 2 pad with 0.25 (ImageOps.pad).
             Resampling: 0 BILINEAR, 1 BOX.
oriented.npy for each case the bytes of a JPEG or PNG file whose Exif data have an orientation, and the pixels of ImageOps.exif_transpose.
stripes.npy  for each photograph the bytes of a JPEG file and its class: 0 has horizontal stripes, 1 vertical ones, 2 a disc. Sizes and
             colours differ, some are gray, and every third is stored turned, with the orientation that turns it back.
"""
import io
import os
import struct

import numpy as np
from PIL import Image, ImageOps

FOLDER = os.path.dirname(os.path.abspath(__file__))
FITS = [
    lambda image, size, filter: image.resize(size, filter),
    lambda image, size, filter: ImageOps.fit(image, size, filter),
    lambda image, size, filter: ImageOps.pad(image, size, filter, color=0.25),
]
FILTERS = [Image.Resampling.BILINEAR, Image.Resampling.BOX]
SIZES = [((12, 9), (5, 4)), ((9, 12), (4, 8)), ((7, 5), (16, 11)), ((31, 8), (8, 8)), ((6, 6), (3, 3)), ((5, 13), (5, 5)), ((1, 1), (3, 2))]


def exif(orientation, order):
    """A TIFF structure with one directory: a text before, the orientation, and nothing more."""
    entries = struct.pack(order + "HHI4s", 0x010F, 2, 2, b"a\0\0\0") + struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    start = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    return b"Exif\0\0" + start + struct.pack(order + "H", 2) + entries + struct.pack(order + "I", 0)


def main():
    random = np.random.default_rng(3)
    with open(os.path.join(FOLDER, "resize.npy"), "wb") as file:
        for (height, width), size in SIZES:
            for fit, make in enumerate(FITS):
                for index, filter in enumerate(FILTERS):
                    values = random.random((3, height, width)).astype(np.float32)
                    made = [np.asarray(make(Image.fromarray(channel), (size[1], size[0]), filter)) for channel in values]
                    np.save(file, values)
                    np.save(file, np.array([fit, index], np.uint8))
                    np.save(file, np.stack(made).astype(np.float32))

    y, x = np.mgrid[0:7, 0:10]
    pixels = np.stack([20 * x, 30 * y, 255 - 10 * (x + y)], -1).astype(np.uint8)
    with open(os.path.join(FOLDER, "oriented.npy"), "wb") as file:
        for orientation in range(1, 9):
            for kind, order in (("JPEG", "<"), ("JPEG", ">"), ("PNG", ">")):
                stored = io.BytesIO()
                options = dict(quality=95, subsampling=0) if kind == "JPEG" else {}
                Image.fromarray(pixels).save(stored, kind, exif=exif(orientation, order)[0 if kind == "JPEG" else 6:], **options)
                read = np.asarray(ImageOps.exif_transpose(Image.open(stored)))
                np.save(file, np.frombuffer(stored.getvalue(), np.uint8))
                np.save(file, (read.transpose(2, 0, 1) / np.float32(255)).astype(np.float32))

    with open(os.path.join(FOLDER, "stripes.npy"), "wb") as file:
        for number in range(36):
            kind = number % 3
            height, width = random.integers(18, 40, 2)
            y, x = np.mgrid[0:height, 0:width]
            period, phase = random.uniform(5, 9), random.uniform(0, 6)
            wave = np.sin(2 * np.pi * (y if kind == 0 else x) / period + phase)
            disc = np.hypot(y - height / 2, x - width / 2) < min(height, width) * random.uniform(0.25, 0.4)
            shade = disc if kind == 2 else wave > 0
            pixels = np.where(shade[..., None], random.integers(150, 256, 3), random.integers(0, 100, 3)).astype(np.uint8)
            image = Image.fromarray(pixels)
            if number % 7 == 0:
                image = image.convert("L")
            options = {}
            if number % 9 >= 6:
                image, options = image.transpose(Image.Transpose.ROTATE_90), dict(exif=exif(6, "<"))
            stored = io.BytesIO()
            image.save(stored, "JPEG", quality=70, **options)
            np.save(file, np.frombuffer(stored.getvalue(), np.uint8))
            np.save(file, np.array(kind, np.uint8))


main()
