"""The PyTorch side of the training benchmark: one thread, driven line by line over stdin and stdout.

Usage: train_step.py FILE

FILE: one line of JSON {"batch", "inputs", "targets", "loss", "batches", "optimizer", "learningRate", "momentum", "layers"}, then
little-endian float32: for each layer its tensors, then for each batch its inputs [batch, *inputs] and its targets
[batch, *targets]. "loss" is "cross_entropy" (targets are class indices) or "mean_squared_error", "optimizer" "sgd" or "adam".
A layer is {"kind", "sources", "tensors", …}: a key of LAYERS, the places of those whose outputs it takes (0 is the input,
which is no layer here), the shapes of its tensors, and what its function in LAYERS asks for.

Prints "ready VERSION", then answers each command with one line:
  outputs    the outputs at inference for the first batch, from the initial weights
  losses N   the losses of the first N steps from the initial weights, with dropout off
  time N     back to the initial weights, then the nanoseconds of each of N steps
  quit
"""

import array
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402  (the thread counts must be set before)
from torch import nn  # noqa: E402

UNTIMED_STEPS = 4


class Call(nn.Module):
    """A function as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


def with_values(module, **tensors):
    for name, tensor in tensors.items():
        if tensor is not None:
            getattr(module, name).data = tensor
    return module


def padded(layer, make, value=0.0):
    """Modules pad both sides alike; where the sides differ, the padding is an operation of its own."""
    begins, ends = layer["begins"], layer["ends"]
    if begins == ends:
        return make(tuple(begins))
    # The last axis first, each with its begin and its end.
    sides = [side for pair in reversed(list(zip(begins, ends))) for side in pair]
    return nn.Sequential(Call(lambda x: nn.functional.pad(x, sides, value=value)), make(0))


def linear(layer, weight, bias=None):
    return with_values(nn.Linear(weight.shape[1], weight.shape[0], bias is not None), weight=weight, bias=bias)


def recurrent(kind):
    def make(layer, weight_ih, weight_hh, bias_ih, bias_hh):
        module = kind(weight_ih.shape[1], weight_hh.shape[1], batch_first=True)
        with_values(module, weight_ih_l0=weight_ih, weight_hh_l0=weight_hh, bias_ih_l0=bias_ih, bias_hh_l0=bias_hh)
        return nn.Sequential(module, Call(lambda results: results[0]))

    return make


def convolution(layer, weight, bias=None):
    kind = (nn.Conv1d, nn.Conv2d)[weight.dim() - 3]
    filters, channels, groups = weight.shape[0], weight.shape[1] * layer["groups"], layer["groups"]
    kernel, strides, dilations = weight.shape[2:], layer["strides"], layer["dilations"]

    def make(padding):
        module = kind(channels, filters, kernel, strides, padding, dilations, groups, bias is not None)
        return with_values(module, weight=weight, bias=bias)

    return padded(layer, make)


def transposed_convolution(layer, weight, bias=None):
    kind = (nn.ConvTranspose1d, nn.ConvTranspose2d)[weight.dim() - 3]
    channels, filters, groups = weight.shape[0], weight.shape[1] * layer["groups"], layer["groups"]
    if layer["begins"] != layer["ends"]:
        raise ValueError("PyTorch's transposed convolution cuts off as much on both sides")
    module = kind(
        channels, filters, weight.shape[2:], layer["strides"], layer["begins"], layer["outputPadding"], groups,
        bias is not None, layer["dilations"])
    return with_values(module, weight=weight, bias=bias)


def max_pool(layer):
    kind = (nn.MaxPool1d, nn.MaxPool2d)[len(layer["kernel"]) - 1]
    kernel, strides, dilations, ceiling = layer["kernel"], layer["strides"], layer["dilations"], layer["ceiling"]
    return padded(layer, lambda padding: kind(kernel, strides, padding, dilations, ceil_mode=ceiling), -torch.inf)


def average_pool(layer):
    kind = (nn.AvgPool1d, nn.AvgPool2d)[len(layer["kernel"]) - 1]
    if layer["begins"] != layer["ends"] and not layer["countsPadding"]:
        raise ValueError("PyTorch's average pooling pads both sides alike")
    kernel, strides, ceiling, counts = layer["kernel"], layer["strides"], layer["ceiling"], layer["countsPadding"]
    return padded(layer, lambda padding: kind(kernel, strides, padding, ceiling, counts))


def global_pool(layer):
    axes = layer["axes"]
    return Call((lambda x: x.amax(axes, True)) if layer["maximum"] else (lambda x: x.mean(axes, True)))


class BatchNorm(nn.modules.batchnorm._BatchNorm):
    """Of any number of axes."""

    def _check_input_dim(self, x):
        pass


def batch_norm(layer, weight, bias, mean, variance):
    module = BatchNorm(weight.shape[0], layer["epsilon"], layer["momentum"])
    return with_values(module, weight=weight, bias=bias, running_mean=mean, running_var=variance)


LAYERS = {
    "linear": linear,
    "gru": recurrent(nn.GRU),
    "lstm": recurrent(nn.LSTM),
    "convolution": convolution,
    "transposed_convolution": transposed_convolution,
    "max_pool": max_pool,
    "average_pool": average_pool,
    "global_pool": global_pool,
    "batch_norm": batch_norm,
    "tanh": lambda layer: nn.Tanh(),
    "relu": lambda layer: nn.ReLU(),
    "sigmoid": lambda layer: nn.Sigmoid(),
    "softmax": lambda layer: nn.Softmax(-1),
    "dropout": lambda layer: nn.Dropout(layer["rate"]),
    "reshape": lambda layer: Call(lambda x: x.reshape(-1, *layer["shape"])),
    "add": lambda layer: Call(lambda *inputs: sum(inputs[1:], inputs[0])),
    "concat": lambda layer: Call(lambda *inputs: torch.cat(inputs, layer["axis"])),
}

LOSSES = {"cross_entropy": nn.CrossEntropyLoss, "mean_squared_error": nn.MSELoss}

OPTIMIZERS = {
    "sgd": lambda parameters, header: torch.optim.SGD(parameters, header["learningRate"], header["momentum"]),
    "adam": lambda parameters, header: torch.optim.Adam(parameters, header["learningRate"]),
}


class Graph(nn.Module):
    """Layers that each take the outputs of layers before them."""

    def __init__(self, modules, sources):
        super().__init__()
        self.layers = nn.ModuleList(modules)
        self.steps = list(zip(modules, sources))

    def forward(self, x):
        values = [x]
        for module, sources in self.steps:
            values.append(module(*[values[source] for source in sources]))
        return values[-1]


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.readline())
        values = array.array("f", file.read())
    if sys.byteorder != "little":
        values.byteswap()
    return header, torch.tensor(values)


class Training:
    def __init__(self, path):
        self.header, values = read(path)
        offset = 0

        def take(*shape):
            nonlocal offset
            count = torch.Size(shape).numel()
            taken = values[offset:offset + count].reshape(shape).clone()
            offset += count
            return taken

        layers = self.header["layers"]
        modules = [LAYERS[layer["kind"]](layer, *[take(*shape) for shape in layer["tensors"]]) for layer in layers]
        self.model = Graph(modules, [layer["sources"] for layer in layers])
        self.initial = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.loss = LOSSES[self.header["loss"]]()
        batch, inputs, targets = self.header["batch"], self.header["inputs"], self.header["targets"]
        self.batches = []
        for _ in range(self.header["batches"]):
            x, t = take(batch, *inputs), take(batch, *targets)
            self.batches.append((x, t.long() if self.header["loss"] == "cross_entropy" else t))

    def restart(self, dropout):
        self.model.load_state_dict(self.initial)
        self.model.train()
        for module in self.model.modules():
            if isinstance(module, nn.Dropout):
                module.train(dropout)
        self.optimizer = OPTIMIZERS[self.header["optimizer"]](self.model.parameters(), self.header)

    def step(self, number):
        inputs, targets = self.batches[number % len(self.batches)]
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(inputs), targets)
        loss.backward()
        self.optimizer.step()
        return loss

    def outputs(self):
        self.model.load_state_dict(self.initial)
        self.model.eval()
        with torch.no_grad():
            return [f"{value:.9g}" for value in self.model(self.batches[0][0]).flatten().tolist()]

    def losses(self, count):
        self.restart(dropout=False)
        return [f"{self.step(number).item():.9g}" for number in range(count)]

    def time(self, count):
        self.restart(dropout=True)
        for number in range(UNTIMED_STEPS):
            self.step(number)
        nanoseconds = []
        for number in range(count):
            start = time.perf_counter_ns()
            self.step(number)
            nanoseconds.append(str(time.perf_counter_ns() - start))
        return nanoseconds


def main():
    torch.set_num_threads(1)
    training = Training(sys.argv[1])
    commands = {"outputs": training.outputs, "losses": training.losses, "time": training.time}
    print("ready", torch.__version__, flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "quit":
            return
        print(" ".join(commands[command](*map(int, arguments))), flush=True)


if __name__ == "__main__":
    main()
