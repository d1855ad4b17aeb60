"""Makes checkpoints as PyTorch and Keras have them, and what the networks give for some inputs, in double precision.

PyTorch's are PyTorch's own. Keras' are computed by NumPy, as Keras defines its layers (channels last, kernels [height, width, inputs,
outputs]): no part of it is shared with StaticNet. Inputs are stored channels first for both.
"""
import json
import pathlib
import struct
from collections import OrderedDict

import numpy as np
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent


def save_safetensors(path, tensors):
    header, data, offset = {}, [], 0
    for name, value in tensors.items():
        raw = np.ascontiguousarray(value, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(np.shape(value)), "data_offsets": [offset, offset + len(raw)]}
        data.append(raw)
        offset += len(raw)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(data))


def pytorch():
    torch.manual_seed(5)
    model = nn.Sequential(OrderedDict(
        features=nn.Sequential(
            nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
        classifier=nn.Sequential(nn.Flatten(), nn.Linear(144, 24), nn.ReLU(), nn.Dropout(), nn.Linear(24, 5))))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(20):
        loss = nn.functional.cross_entropy(model(torch.randn(32, 3, 12, 12) * 2 + 0.5), torch.randint(0, 5, (32,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    save_safetensors(FOLDER / "torch-cnn.safetensors", {name: t.detach().cpu().numpy() for name, t in model.state_dict().items()})
    inputs = torch.randn(6, 3, 12, 12)
    with torch.no_grad():
        outputs = model.double()(inputs.double())
    save_safetensors(FOLDER / "torch-cnn-outputs.safetensors", {"inputs": inputs.numpy(), "outputs": outputs.numpy()})


def pad_same(x, size):
    before = (size - 1) // 2
    return np.pad(x, ((0, 0), (before, size - 1 - before), (before, size - 1 - before), (0, 0)))


def windows(x, size):
    """[sample, row, column, tap row, tap column, channel]."""
    rows, columns = x.shape[1] - size + 1, x.shape[2] - size + 1
    return np.stack([np.stack([x[:, i:i + rows, j:j + columns] for j in range(size)], 3) for i in range(size)], 3)


def conv(x, kernel, bias):
    return np.einsum("nyxijc,ijcf->nyxf", windows(pad_same(x, kernel.shape[0]), kernel.shape[0]), kernel) + bias


def depthwise(x, kernel):
    y = np.einsum("nyxijc,ijcm->nyxcm", windows(pad_same(x, kernel.shape[0]), kernel.shape[0]), kernel)
    return y.reshape(*y.shape[:3], -1)


def transpose_conv(x, kernel, bias):
    """Stride 2 with a kernel of 2×2, [height, width, outputs, inputs]: pixels do not overlap."""
    y = np.einsum("nyxc,ijfc->nyixjf", x, kernel)
    n, rows, _, columns, _, filters = y.shape
    return y.reshape(n, 2 * rows, 2 * columns, filters) + bias


def relu(x):
    return np.maximum(x, 0)


def keras():
    random = np.random.default_rng(7)

    def draw(*shape, low=-0.5, high=0.5):
        return random.uniform(low, high, shape).astype(np.float32)

    weights = {
        "conv2d/kernel": draw(3, 3, 3, 6), "conv2d/bias": draw(6),
        "batch_normalization/gamma": draw(6, low=0.5, high=1.5), "batch_normalization/beta": draw(6),
        "batch_normalization/moving_mean": draw(6), "batch_normalization/moving_variance": draw(6, low=0.001, high=0.5),
        "depthwise_conv2d/depthwise_kernel": draw(3, 3, 6, 2), "depthwise_conv2d/bias": draw(12),
        "separable_conv2d/depthwise_kernel": draw(3, 3, 12, 1), "separable_conv2d/pointwise_kernel": draw(1, 1, 12, 5),
        "separable_conv2d/bias": draw(5),
        "conv2d_transpose/kernel": draw(2, 2, 4, 5), "conv2d_transpose/bias": draw(4),
        "dense/kernel": draw(320, 7, low=-0.2, high=0.2), "dense/bias": draw(7),
        "dense_1/kernel": draw(7, 4), "dense_1/bias": draw(4),
    }
    save_safetensors(FOLDER / "keras-cnn.safetensors", weights)
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    inputs = draw(6, 3, 10, 8, low=-1, high=1)
    x = inputs.astype(np.float64).transpose(0, 2, 3, 1)
    x = relu(conv(x, w["conv2d/kernel"], w["conv2d/bias"]))
    norm = "batch_normalization/"
    x = w[norm + "gamma"] * (x - w[norm + "moving_mean"]) / np.sqrt(w[norm + "moving_variance"] + 1e-3) + w[norm + "beta"]
    x = relu(depthwise(x, w["depthwise_conv2d/depthwise_kernel"]) + w["depthwise_conv2d/bias"])
    x = x.reshape(6, 5, 2, 4, 2, 12).max((2, 4))
    x = depthwise(x, w["separable_conv2d/depthwise_kernel"])
    x = relu(conv(x, w["separable_conv2d/pointwise_kernel"], w["separable_conv2d/bias"]))
    x = transpose_conv(x, w["conv2d_transpose/kernel"], w["conv2d_transpose/bias"])
    x = relu(x.reshape(6, -1) @ w["dense/kernel"] + w["dense/bias"])
    outputs = x @ w["dense_1/kernel"] + w["dense_1/bias"]
    save_safetensors(FOLDER / "keras-cnn-outputs.safetensors", {"inputs": inputs, "outputs": outputs})


pytorch()
keras()
