#!/usr/bin/env python3
"""Writes Files/*.safetensors: what PyTorch computes for the networks of tests/StaticNet.Networks/Golden.

Each file holds, in double precision: the inputs and targets of a batch, every parameter, the outputs at inference, the
loss (mean over the batch), and the gradient of every trainable parameter. Inputs, targets and parameters are numbers of
single precision. Run it with Python 3 and PyTorch 1.13: python3 make_golden.py
"""
import math
import pathlib

import torch
import torch.nn.functional as F

from golden_file import save, uniform

COUNT = 5
FOLDER = pathlib.Path(__file__).parent / "Files"


class Parameters:
    """Draws a parameter where it is first asked for."""

    def __init__(self):
        self.values = {}

    def get(self, name, *shape):
        if name not in self.values:
            bound = math.sqrt(3 / shape[1]) if len(shape) == 2 else 0.5
            self.values[name] = uniform(*shape, low=-bound, high=bound).requires_grad_()
        return self.values[name]

    def dense(self, x, name, units, bias=True):
        return F.linear(x, self.get(name + ".weight", units, x.shape[-1]), self.get(name + ".bias", units) if bias else None)

    def prelu(self, x, name, shared=False):
        return F.prelu(x, self.get(name + ".slope", 1 if shared else x.shape[1]))

    def maxout(self, x, name, units, pieces, bias=True):
        y = self.dense(x, name, pieces * units, bias)
        return y.reshape(*y.shape[:-1], pieces, units).max(-2).values

    def residual(self, x, prefix):
        return self.dense(torch.tanh(self.dense(x, prefix + ".dense1", 8)), prefix + ".inner", 8) + x


def gelu_tanh(x):
    return F.gelu(x, approximate="tanh")


def squared(y, t):
    return F.mse_loss(y, t)


def hinge(y, t):
    return torch.clamp(1 - t * y, min=0)


def cases(elementwise, weight):
    """The mean, and the weighted sum over the elements of a sample (the batch is averaged)."""

    def loss(y, t):
        terms = elementwise(y, t[:, : y.shape[1]])
        second = elementwise(y, t[:, y.shape[1] :])
        return terms.mean() + weight * second.sum(1).mean()

    return loss


GOLDEN = {}


def golden(input_shape, target=None, loss=squared, frozen=(), scale=1.0):
    def register(network):
        GOLDEN[network.__name__] = (network, input_shape, target, loss, frozen, scale)
        return network

    return register


# Targets. None: one number for each element of the output.
def indices(classes):
    return lambda y: torch.randint(classes, (COUNT, 1)).double()


def two(draw):
    return lambda y: torch.cat([draw(y), draw(y)], 1)


def real(y):
    return uniform(*y.shape, low=-1.5, high=1.5)


def probability(y):
    return uniform(*y.shape, low=0)


def sign(y):
    return torch.randint(2, y.shape).double() * 2 - 1


def distribution(y):
    return torch.softmax(uniform(*y.shape, low=-2, high=2), 1).float().double()


# Activations.
@golden([6])
def SigmoidTanh(p, x):
    return torch.tanh(p.dense(torch.sigmoid(p.dense(x, "dense1", 9)), "dense2", 5))


@golden([6])
def RectifiedLinear(p, x):
    x = F.leaky_relu(p.dense(F.relu(p.dense(x, "dense1", 17)), "dense2", 9), 0.01)
    return F.leaky_relu(p.dense(x, "dense3", 5), 0.2)


@golden([6])
def LearnedSlopes(p, x):
    return p.prelu(p.dense(p.prelu(p.dense(x, "dense1", 9), "dense1"), "dense2", 5), "dense2", shared=True)


@golden([6])
def ExponentialLinear(p, x):
    x = F.elu(p.dense(F.elu(p.dense(x, "dense1", 9)), "dense2", 7), 0.5)
    return F.selu(p.dense(x, "dense3", 5))


@golden([6])
def SoftplusSoftsign(p, x):
    return F.softsign(p.dense(F.softplus(p.dense(x, "dense1", 9)), "dense2", 5))


@golden([6])
def GaussianErrorLinear(p, x):
    return gelu_tanh(p.dense(F.gelu(p.dense(x, "dense1", 9)), "dense2", 5))


@golden([6], scale=4)
def Swishes(p, x):
    x = F.hardswish(p.dense(F.silu(p.dense(x, "dense1", 9)), "dense2", 7))
    return F.hardsigmoid(p.dense(x, "dense3", 5))


@golden([6])
def Softmaxes(p, x):
    return F.log_softmax(p.dense(F.softmax(p.dense(x, "dense1", 9), -1), "dense2", 5), -1)


@golden([6], loss=None)
def Steps(p, x):
    return (p.dense((p.dense(x, "dense1", 9) > 0).double(), "dense2", 5) > 0).double()


@golden([6])
def SmoothActivationLayers(p, x):
    x = torch.tanh(p.dense(x, "dense1", 9))
    x = torch.sigmoid(F.softplus(p.dense(x, "dense2", 9)))
    x = gelu_tanh(F.gelu(p.dense(x, "dense3", 9)))
    x = F.softmax(F.silu(p.dense(x, "dense4", 9)), -1)
    return F.log_softmax(p.dense(x, "dense5", 5), -1)


@golden([6])
def PiecewiseActivationLayers(p, x):
    x = F.leaky_relu(p.dense(p.prelu(x, "activation1"), "dense1", 9), 0.3)
    x = F.elu(p.dense(x, "dense2", 9))
    x = F.softsign(F.selu(p.dense(x, "dense3", 9)))
    x = F.hardswish(p.dense(x, "dense4", 9))
    return F.relu(F.hardsigmoid(p.dense(x, "dense5", 5)))


# Layers.
@golden([2, 3, 5])
def DenseOverLastAxis(p, x):
    return F.softmax(p.dense(p.prelu(p.dense(x, "dense1", 7), "dense1"), "dense2", 4), -1)


@golden([6])
def DenseWithoutBias(p, x):
    return p.dense(torch.tanh(p.dense(x, "dense1", 9, bias=False)), "dense2", 5, bias=False)


@golden([70])
def OddWidths(p, x):
    return p.dense(F.relu(p.dense(torch.tanh(p.dense(x, "dense1", 33)), "dense2", 17)), "dense3", 1)


@golden([3, 5])
def SlopePerChannel(p, x):
    return p.dense(p.prelu(p.prelu(x, "activation1"), "shared", shared=True).flatten(1), "dense1", 5)


@golden([6])
def MaxoutPieces(p, x):
    return p.maxout(p.maxout(x, "maxout1", 9, 3), "maxout2", 5, 2, bias=False)


@golden([2, 6])
def FlattenReshape(p, x):
    x = torch.tanh(p.dense(x.reshape(COUNT, 4, 3), "dense1", 4))
    return p.dense(x.flatten(1).reshape(COUNT, 2, 2, 4), "dense2", 3)


@golden([6])
def DropoutOff(p, x):
    return p.dense(F.relu(p.dense(x, "dense1", 9)), "dense2", 5)


# Graphs.
@golden([6])
def ResidualConnection(p, x):
    stem = torch.tanh(p.dense(x, "stem", 8))
    x = p.dense(torch.tanh(p.dense(stem, "dense2", 8)), "dense3", 8)
    return p.dense(torch.tanh(x + stem), "dense4", 5)


@golden([6])
def Gate(p, x):
    x = torch.tanh(p.dense(x, "content", 9)) * torch.sigmoid(p.dense(x, "gate", 9)) * p.dense(x, "third", 9)
    return p.dense(x, "dense4", 5)


@golden([2, 3, 4])
def ConcatAxes(p, x):
    a = torch.tanh(p.dense(x, "a", 4))
    first = torch.cat([a, x], 1)
    channels = torch.cat([a, x], 1)
    wide = p.dense(channels, "wide", 5)
    third = torch.cat([wide, channels], -1)
    every = torch.cat([third, first], 3)
    return p.dense(torch.cat([every, wide], 3), "dense3", 2)


@golden([8])
def Blocks(p, x):
    x = p.residual(x, "block1")
    x = p.prelu(p.residual(x, "nested.block1"), "nested.activation1")
    return p.dense(p.residual(x, "block3"), "dense1", 5)


def two_heads_loss(y, t):
    last, side = y
    return 0.7 * F.cross_entropy(last, t[:, 0].long()) + 2 * F.mse_loss(side, t[:, 1:])


@golden([6], target=lambda y: torch.cat([indices(5)(y), real(y[1])], 1), loss=two_heads_loss)
def TwoHeads(p, x):
    shared = torch.tanh(p.dense(x, "shared", 9))
    side = p.dense(shared, "side", 3)
    return p.dense(shared, "dense3", 5), side


@golden([6], frozen=["dense2.weight", "dense2.bias", "dense2.slope"])
def FrozenMiddle(p, x):
    x = torch.tanh(p.dense(x, "dense1", 9))
    return p.dense(p.prelu(p.dense(x, "dense2", 8), "dense2"), "dense3", 5)


# Losses.
def logits(p, x):
    return p.dense(x, "dense1", 5)


def loss_case(name, target, loss, network=logits):
    def copy(p, x):
        return network(p, x)

    copy.__name__ = name
    golden([4], target=target, loss=loss, scale=2)(copy)


def binary(y, t):
    return F.binary_cross_entropy(y, t, reduction="none")


def binary_logits(y, t):
    return F.binary_cross_entropy_with_logits(y, t, reduction="none")


def huber(y, t):
    return F.huber_loss(y, t[:, :5]) + 0.3 * F.huber_loss(y, t[:, 5:], reduction="none", delta=0.4).sum(1).mean()


def smoothing(y, t):
    return F.cross_entropy(y, t[:, 0].long(), label_smoothing=0.1) + 0.3 * F.cross_entropy(y, t[:, 1:], label_smoothing=0.2)


def multi_class_hinge(y, t):
    first = F.multi_margin_loss(y, t[:, 0].long())
    return first + 0.3 * 5 * F.multi_margin_loss(y, t[:, 1].long(), margin=0.5)


loss_case("MeanSquaredError", two(real), cases(lambda y, t: F.mse_loss(y, t, reduction="none"), 0.3))
loss_case("HalfSquaredError", two(real), cases(lambda y, t: 0.5 * F.mse_loss(y, t, reduction="none"), 0.3))
loss_case("MeanAbsoluteError", two(real), cases(lambda y, t: F.l1_loss(y, t, reduction="none"), 0.3))
loss_case("Huber", two(real), huber)
loss_case("BinaryCrossEntropy", two(probability), cases(binary, 0.3), lambda p, x: torch.sigmoid(logits(p, x)))
loss_case("BinaryCrossEntropyOnSoftmax", probability, F.binary_cross_entropy, lambda p, x: F.softmax(logits(p, x), -1))
loss_case("BinaryCrossEntropyWithLogits", two(probability), cases(binary_logits, 0.3))
loss_case("SoftmaxCrossEntropy", indices(5), lambda y, t: F.cross_entropy(y, t[:, 0].long()))
loss_case("SoftTargets", distribution, F.cross_entropy)
loss_case("LabelSmoothing", lambda y: torch.cat([indices(5)(y), distribution(y)], 1), smoothing)
loss_case("Hinge", two(sign), cases(hinge, 0.3))
loss_case("SquaredHinge", two(sign), cases(lambda y, t: hinge(y, t) ** 2, 0.3))
loss_case("MultiClassHinge", two(indices(5)), multi_class_hinge)


def large_logits_loss(y, t):
    last, z = y
    # The first loss is declared on probabilities, which PyTorch would clamp; the definition is the one on logits.
    return (
        F.binary_cross_entropy_with_logits(z, t[:, :4])
        + F.binary_cross_entropy_with_logits(z, t[:, 4:8])
        + F.cross_entropy(z, t[:, 8].long())
        + F.l1_loss(last, t[:, 9:])
    )


def large_logits_target(y):
    return torch.cat([sign(y[1]).clamp(min=0), probability(y[1]), indices(4)(y), real(y[0])], 1)


@golden([4], target=large_logits_target, loss=large_logits_loss, scale=1000)
def LargeLogits(p, x):
    # Inputs of ±1,000 pass a layer that is nearly the identity.
    if "logits.weight" not in p.values:
        p.values["logits.weight"] = torch.eye(4).double().requires_grad_()
    z = p.dense(x, "logits", 4)
    return p.dense(z, "dense2", 3), z


def write(number, name, network, input_shape, target, loss, frozen, scale):
    torch.manual_seed(number)
    parameters = Parameters()
    x = uniform(COUNT, *input_shape, low=-scale, high=scale)
    if scale == 1000:
        x = torch.sign(x) * scale
    outputs = network(parameters, x)
    tensors = {"input": x, "output": outputs[0] if isinstance(outputs, tuple) else outputs}
    tensors.update({"parameter." + key: value for key, value in parameters.values.items()})
    if loss is not None:
        t = (target or real)(outputs)
        value = loss(outputs, t)
        value.backward()
        tensors.update(target=t, loss=value.reshape(1))
        tensors.update({"gradient." + key: value.grad for key, value in parameters.values.items() if key not in frozen})
    save(FOLDER / f"{name}.safetensors", tensors)


FOLDER.mkdir(exist_ok=True)
for number, (name, arguments) in enumerate(GOLDEN.items()):
    write(number, name, *arguments)
