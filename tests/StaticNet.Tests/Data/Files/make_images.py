#!/usr/bin/python3
"""Writes images.npy: for each image a byte array with the file and a float32 array [channels, height, width] with its pixels.

The files are written here, line by line, with every colour type, bit depth, interlacing and filter of PNG, and PGM and PPM.
Pillow, a reader that shares nothing with the project's, confirms each that it can read.
"""
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image

random = np.random.RandomState(1)
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def paeth(a, b, c):
    p = a + b - c
    distances = [abs(p - a), abs(p - b), abs(p - c)]
    return [a, b, c][distances.index(min(distances))]


def filtered(lines, size):
    """Each line with the next of the five filters."""
    result, above = b"", None
    for number, line in enumerate(lines):
        kind = number % 5
        out = bytearray()
        for i, value in enumerate(line):
            a = line[i - size] if i >= size else 0
            b = above[i] if above else 0
            c = above[i - size] if above and i >= size else 0
            out.append((value - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) % 256)
        result += bytes([kind]) + bytes(out)
        above = line
    return result


def packed(row, depth):
    """The numbers of a line as bytes, the first in the highest bits."""
    bits = "".join(format(value, f"0{depth}b") for value in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(colour, depth, interlaced, height, width):
    samples = SAMPLES[colour]
    colours = min(5, 2 ** depth) if colour == 3 else 2 ** depth
    pixels = random.randint(0, colours, (height, width, samples))
    raw = b""
    for x, y, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = pixels[y::dy, x::dx]
        if part.size:
            raw += filtered([packed(row.ravel(), depth) for row in part], max(1, samples * depth // 8))
    data = zlib.compress(raw)
    half = len(data) // 2
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))
    file += chunk(b"tEXt", b"Comment\0left out")
    palette = random.randint(0, 256, (colours, 3))
    if colour == 3:
        file += chunk(b"PLTE", palette.astype(np.uint8).tobytes())
    # In two pieces, which belong together.
    file += chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b"")
    if colour == 3:
        values = palette[pixels[:, :, 0]] / np.float32(255)
    else:
        values = pixels[:, :, :3 if colour in (2, 6) else 1] / np.float32(2 ** depth - 1)
    values = values.astype(np.float32).transpose(2, 0, 1)
    check(file, values, depth)
    return file, values


def pnm(kind, largest, height, width):
    channels = 3 if kind in (3, 6) else 1
    pixels = random.randint(0, largest + 1, (height, width, channels))
    file = f"P{kind}\n# a comment\n{width} {height}\n{largest}\n".encode()
    if kind in (2, 3):
        file += b"\n".join(b" ".join(str(value).encode() for value in row.ravel()) for row in pixels) + b"\n"
    else:
        file += pixels.astype(">u2" if largest > 255 else np.uint8).tobytes()
    values = (pixels / np.float32(largest)).astype(np.float32).transpose(2, 0, 1)
    if largest == 255:
        check(file, values, 8)
    return file, values


def check(file, values, depth):
    image = Image.open(io.BytesIO(file))
    if depth == 16:
        # Pillow keeps 16 bits of gray only.
        if image.mode not in ("I", "I;16"):
            return
        read, scale = np.asarray(image)[:, :, None], 65535
    else:
        read = np.asarray(image.convert("L" if len(values) == 1 else "RGB"))
        read, scale = read.reshape(*read.shape[:2], -1), 255
    assert np.allclose(read.transpose(2, 0, 1) / scale, values, atol=1e-6), image


def main():
    images = []
    for interlaced in (0, 1):
        for colour, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items():
            for depth in depths:
                images.append(png(colour, depth, interlaced, 11, 13))
    for height, width in ((1, 1), (1, 5), (5, 1), (3, 4)):
        images.append(png(0, 8, 1, height, width))
    for kind in (2, 3, 5, 6):
        for largest in (1, 200, 255, 1000, 65535):
            images.append(pnm(kind, largest, 4, 5))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "images.npy"), "wb") as out:
        for file, values in images:
            np.save(out, np.frombuffer(file, np.uint8))
            np.save(out, values)
    print(len(images), "images")


main()
