"""Draws icon.png, the icon of the packages: a network of three, four and two nodes. Needs Python 3 alone."""

import pathlib
import struct
import zlib

SIZE, SAMPLES = 128, 4  # pixels a side, and samples of each pixel a side, so that edges are smooth
GROUND, LINE, NODE = (0x1B, 0x26, 0x3B), (0x5C, 0x7A, 0xA8), (0xF2, 0xB1, 0x34)
LAYERS = [(28, 3), (64, 4), (100, 2)]  # where each layer stands and how many nodes it has
NODES = [[(x, 64 + 26 * (i - (count - 1) / 2)) for i in range(count)] for x, count in LAYERS]
EDGES = [(a, b) for left, right in zip(NODES, NODES[1:]) for a in left for b in right]


def distance(x, y, edge):
    """From a point to a straight line between two nodes."""
    (ax, ay), (bx, by) = edge
    dx, dy = bx - ax, by - ay
    along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    return ((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5


def colour(x, y):
    """Colour and opacity of a point: nodes over lines over a square with round corners."""
    corner_x, corner_y = (max(abs(v - SIZE / 2) - (SIZE / 2 - 20), 0) for v in (x, y))
    if corner_x**2 + corner_y**2 > 20**2:
        return (*GROUND, 0)
    if any((x - nx) ** 2 + (y - ny) ** 2 <= 9**2 for layer in NODES for nx, ny in layer):
        return (*NODE, 255)
    if any(distance(x, y, edge) <= 1 for edge in EDGES):
        return (*LINE, 255)
    return (*GROUND, 255)


def pixel(column, row):
    """The mean of a pixel's samples."""
    points = [colour(column + (i + 0.5) / SAMPLES, row + (j + 0.5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
    return bytes(round(sum(values) / len(points)) for values in zip(*points))


def chunk(kind, data):
    """A piece of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
pathlib.Path(__file__).with_name("icon.png").write_bytes(png)
