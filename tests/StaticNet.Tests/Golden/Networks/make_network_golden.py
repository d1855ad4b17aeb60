#!/usr/bin/env python3
"""Writes Files/*.safetensors: what PyTorch computes for the real networks of tests/StaticNet.Networks.

Parameters, inputs and targets are not in the files: both sides compute them from a seed, by the formula of `numbers`, and
exactly, since each is an integer of 16 bits times a power of two. A file holds, in double precision: the seed; the outputs
and the loss of a batch as at inference; the loss of training; and of each parameter's gradient in training the norm and some
elements. Where there is batch normalisation, "after.*" are the running statistics after three steps of stochastic gradient
descent on the batch (the first one from those gradients). The seed is the first with which no figure is near a kink of an
activation or a tie of a maximum.
Run it with Python 3 and PyTorch 1.13: python3 make_network_golden.py
"""
import math
import pathlib
import sys

import numpy
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Layers"))
from layers import Layers, lecun_tanh  # noqa: E402  (its folder must be on the path)
from golden_file import save  # noqa: E402  (layers.py puts its folder on the path)

FOLDER = pathlib.Path(__file__).parent / "Files"
SMALLEST_KINK = 5e-6
LEARNING_RATE = 1 / 64
STEPS = 3
PICKED = 8
GOLDEN = {}


def numbers(seed, name, count):
    """Numbers in [-1, 1): splitmix64 of the tensor's name (as FNV-1a hashes it), the seed and the element's number; 16 bits."""
    start = 0xCBF29CE484222325
    for byte in name.encode():
        start = (start ^ byte) * 0x100000001B3 % 2**64
    z = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15) + numpy.uint64((start + seed) % 2**64)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z = z ^ (z >> numpy.uint64(31))
    return torch.from_numpy((z >> numpy.uint64(48)).astype(numpy.float64) / 32768 - 1)


class Formula(Layers):
    """Layers whose parameters follow from a seed."""

    def __init__(self, seed):
        super().__init__()
        self.seed = seed

    def numbers(self, name, *shape):
        return numbers(self.seed, name, math.prod(shape)).reshape(shape)

    def get(self, name, *shape, **_):
        if name not in self.values:
            drawn = self.numbers(name, *shape)
            if len(shape) > 1:
                # Weights within the smallest power of two whose square is 3 / inputs or more.
                bound = 1.0
                while bound * bound / 4 * math.prod(shape[1:]) >= 3:
                    bound /= 2
                value = drawn * bound
            elif name.endswith(".weight"):
                value = 0.375 + drawn / 8
            elif name.endswith(".coefficient"):
                value = 0.5 + drawn / 4
            elif name[:-len(".bias")] + ".running_mean" in self.statistics:
                # Above zero, so that most elements of a normalised map pass a ReLU: in maps that are nearly all zero, the next
                # normalisation would enlarge what rounding leaves.
                value = 0.75 + drawn / 2
            else:
                value = drawn / 4
            self.values[name] = value.requires_grad_()
        return self.values[name]

    def batch_norm(self, x, name, **arguments):
        if name + ".running_mean" not in self.statistics:
            channels = x.shape[1]
            self.statistics[name + ".running_mean"] = self.numbers(name + ".running_mean", channels) / 4
            self.statistics[name + ".running_var"] = 1 + self.numbers(name + ".running_var", channels) / 2
            self.statistics[name + ".num_batches_tracked"] = torch.tensor([2.0]).double()
        return super().batch_norm(x, name, **arguments)


def classes(p, y):
    return ((p.numbers("target", y.shape[0]) + 1) / 2 * y.shape[1]).floor()


def cross_entropy(p, y):
    return F.cross_entropy(y, classes(p, y).long())


def squared(p, y):
    return F.mse_loss(y, p.numbers("target", *y.shape))


def binary(p, y):
    return F.binary_cross_entropy_with_logits(y, (p.numbers("target", *y.shape) + 1) / 2)


def golden(input_shape, count=2, loss=cross_entropy):
    def register(network):
        GOLDEN[network.__name__] = (network, input_shape, count, loss)
        return network

    return register


@golden([1, 28, 28])
def LeNet5(p, x):
    x = p.average_pool(torch.tanh(p.conv(x, "conv1", 6, kernel=5, pads=2)), 2)
    x = p.average_pool(torch.tanh(p.conv(x, "conv2", 16, kernel=5)), 2).flatten(1)
    return p.dense(torch.tanh(p.dense(torch.tanh(p.dense(x, "dense1", 120)), "dense2", 84)), "dense3", 10)


@golden([1, 28, 28])
def LeNet5Of1998(p, x):
    table = ["X...XXX..XXXX.XX", "XX...XXX..XXXX.X", "XXX...XXX..X.XXX", ".XXX..XXXX..X.XX", "..XXX..XXXX.XX.X", "...XXX..XXXX.XXX"]
    x = lecun_tanh(p.conv(x, "conv1", 6, kernel=5, pads=2))
    x = lecun_tanh(p.subsampling(x, "subsampling1", 2))
    x = lecun_tanh(p.conv(x, "conv2", 16, kernel=5, connections=table))
    x = lecun_tanh(p.subsampling(x, "subsampling2", 2))
    x = lecun_tanh(p.conv(x, "conv3", 120, kernel=5)).flatten(1)
    return p.dense(lecun_tanh(p.dense(x, "dense1", 84)), "dense2", 10)


@golden([1, 28, 28])
def Cnn32x64(p, x):
    x = p.max_pool(p.relu(p.conv(x, "conv1", 32, pads=1)), 2)
    x = p.max_pool(p.relu(p.conv(x, "conv2", 64, pads=1)), 2).flatten(1)
    return p.dense(p.relu(p.dense(x, "dense1", 128)), "dense2", 10)


@golden([640], count=8, loss=squared)
def AdAutoencoder(p, x):
    for number, units in enumerate([128, 128, 128, 128, 8, 128, 128, 128, 128], 1):
        x = p.relu(p.batch_norm(p.dense(x, f"dense{number}", units), f"batchNorm{number}", epsilon=1e-3))
    return p.dense(x, "dense10", 640)


@golden([1, 49, 10])
def DsCnnTraining(p, x):
    x = p.relu(p.batch_norm(p.conv(x, "layers.conv1", 64, kernel=(10, 4), stride=2, pads="same"), "layers.batchNorm1", epsilon=1e-3))
    for block in range(1, 5):
        name = f"layers.block{block}."
        x = p.relu(p.batch_norm(p.depthwise(x, name + "depthwise1", pads="same"), name + "batchNorm1", epsilon=1e-3))
        x = p.relu(p.batch_norm(p.conv(x, name + "conv1", 64, kernel=1), name + "batchNorm2", epsilon=1e-3))
    return p.dense(p.average_pool(x, (24, 5)).flatten(1), "layers.dense1", 12)


@golden([3, 32, 32])
def ResNet8Training(p, x):
    def normalized(x, name, number, norm=None, **arguments):
        x = p.conv(x, f"{name}conv{number}", pads="same", **arguments)
        return p.batch_norm(x, name + (norm or f"batchNorm{number}"), epsilon=1e-3)

    x = p.relu(normalized(x, "layers.", 1, filters=16))
    inner = p.relu(normalized(x, "layers.stack1.", 1, filters=16))
    x = p.relu(normalized(inner, "layers.stack1.", 2, filters=16) + x)
    for stack, filters in ((2, 32), (3, 64)):
        name = f"layers.stack{stack}."
        inner = p.relu(normalized(x, name, 1, filters=filters, stride=2))
        # The second normalisation is named; the shortcut is the block's third convolution.
        residual = normalized(inner, name, 2, "residual", filters=filters)
        x = p.relu(p.conv(x, name + "conv3", filters, kernel=1, stride=2, pads="same") + residual)
    return p.dense(p.average_pool(x, 8).flatten(1), "layers.dense1", 10)


@golden([3, 96, 96])
def MobileNetV1x025Training(p, x):
    x = p.relu(p.batch_norm(p.conv(x, "layers.conv1", 8, stride=2, pads="same"), "layers.batchNorm1", epsilon=1e-3))
    pairs = [(1, 16), (2, 32), (1, 32), (2, 64), (1, 64), (2, 128), *[(1, 128)] * 5, (2, 256), (1, 256)]
    for number, (stride, filters) in enumerate(pairs, 1):
        x = p.depthwise(x, f"layers.depthwise{number}", stride=stride, pads="same")
        x = p.relu(p.batch_norm(x, f"layers.batchNorm{2 * number}", epsilon=1e-3))
        x = p.conv(x, f"layers.conv{number + 1}", filters, kernel=1)
        x = p.relu(p.batch_norm(x, f"layers.batchNorm{2 * number + 1}", epsilon=1e-3))
    return p.dense(p.average_pool(x, 3).flatten(1), "layers.dense1", 2)


@golden([3, 32, 32])
def ResNet20(p, x):
    def normalized(x, name, number, norm=None, **arguments):
        return p.batch_norm(p.conv(x, f"{name}conv{number}", bias=False, **arguments), name + (norm or f"batchNorm{number}"))

    x = p.relu(normalized(x, "", 1, filters=16, pads=1))
    for block in range(1, 10):
        name, filters = f"block{block}.", 16 << (block - 1) // 3
        if block in (4, 7):
            inner = p.relu(normalized(x, name, 1, filters=filters, stride=2, pads=1))
            residual = normalized(inner, name, 2, "residual", filters=filters, pads=1)
            # The second normalisation is named; the shortcut is the block's third convolution and normalisation.
            x = p.conv(x, name + "conv3", filters, kernel=1, stride=2, bias=False)
            x = p.relu(p.batch_norm(x, name + "batchNorm3") + residual)
        else:
            inner = p.relu(normalized(x, name, 1, filters=filters, pads=1))
            x = p.relu(normalized(inner, name, 2, filters=filters, pads=1) + x)
    return p.dense(x.mean((2, 3)), "dense1", 10)


@golden([3, 32, 32])
def SmallVgg(p, x):
    for number, filters in enumerate([32, 32, 64, 64, 128, 128], 1):
        x = p.relu(p.batch_norm(p.conv(x, f"conv{number}", filters, pads=1, bias=False), f"batchNorm{number}"))
        x = p.max_pool(x, 2) if number in (2, 4) else x
    return p.dense(x.mean((2, 3)), "dense1", 10)


@golden([1, 28, 28], loss=binary)
def ConvAutoencoder(p, x):
    x = p.relu(p.conv(x, "conv1", 16, stride=2, pads=1))
    x = p.relu(p.conv(x, "conv2", 8, stride=2, pads=1))
    x = p.relu(p.conv_transpose(x, "convTranspose1", 16, stride=2, pads=1, output_padding=1))
    return p.conv_transpose(x, "convTranspose2", 1, stride=2, pads=1, output_padding=1)


def picked(gradient):
    """The norm of a gradient and some of its elements, from the first to the last."""
    flat = gradient.flatten()
    places = [k * (flat.numel() - 1) // (PICKED - 1) for k in range(PICKED)]
    return torch.cat([flat.norm().reshape(1), flat[places]])


def attempt(seed, network, input_shape, count, loss):
    """The tensors of a file, and how near the figures have come to a kink."""
    p = Formula(seed)
    x = p.numbers("input", count, *input_shape)
    with torch.no_grad():
        y = network(p, x)
        tensors = {"seed": torch.tensor([float(seed)]), "output": y.flatten(1), "loss": loss(p, y).reshape(1)}
    p.training = True
    for step in range(STEPS if p.statistics else 1):
        if p.kink < SMALLEST_KINK:
            break
        for value in p.values.values():
            value.grad = None
        value = loss(p, network(p, x))
        value.backward()
        if step == 0:
            tensors["trainingLoss"] = value.reshape(1)
            tensors.update({"gradient." + key: picked(value.grad) for key, value in p.values.items()})
        for value in p.values.values():
            value.data -= LEARNING_RATE * value.grad
    tensors.update({"after." + key: value for key, value in p.statistics.items()})
    return tensors, p.kink


def write(name, *arguments):
    for seed in range(1000):
        tensors, kink = attempt(seed, *arguments)
        if kink >= SMALLEST_KINK:
            save(FOLDER / f"{name}.safetensors", tensors)
            return seed
    raise RuntimeError(f"{name} is always near a kink")


FOLDER.mkdir(exist_ok=True)
for name, arguments in GOLDEN.items():
    print(name, "with seed", write(name, *arguments), flush=True)
