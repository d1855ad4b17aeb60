#!/usr/bin/env python3
"""Writes Files/*.safetensors: what PyTorch computes for the networks of tests/StaticNet.Networks/Golden/Layers.

Each file holds, in double precision: the inputs and targets of a batch, every parameter and running statistic, the outputs
and the loss (mean over the batch) as at inference, the loss of training, and the gradient of every trainable parameter in
training. Where there is batch normalisation, "after.*" are parameters and statistics after three steps of stochastic
gradient descent on the batch (rate 0.1, the first one from those gradients). Inputs, targets and parameters are numbers of
single precision, drawn anew until no figure is near a kink of an activation or a tie of a maximum.
Run it with Python 3 and PyTorch 1.13: python3 make_layers_golden.py
"""
import pathlib

import torch
import torch.nn.functional as F

from layers import Layers, lecun_tanh, local_response_norm, padded
from golden_file import save, uniform  # (layers.py puts its folder on the path)

FOLDER = pathlib.Path(__file__).parent / "Files"
SMALLEST_KINK = 1e-4
LEARNING_RATE = 0.1
STEPS = 3
GOLDEN = {}


def squared(y, t):
    return F.mse_loss(y, t)


def cross_entropy(y, t):
    return F.cross_entropy(y, t[:, 0].long())


def real(y):
    return uniform(*y.shape, low=-1.5, high=1.5)


def index(y):
    return torch.randint(y.shape[1], (y.shape[0], 1)).double()


def golden(input_shape, count=3, target=real, loss=squared, frozen=()):
    def register(network):
        GOLDEN[network.__name__] = (network, input_shape, count, target, loss, frozen)
        return network

    return register


# Convolutions.
@golden([3, 11])
def Conv1DOptions(p, x):
    x = torch.tanh(p.conv(x, "conv1", 6, kernel=4, stride=2, groups=3, pads=[(1, 2)]))
    x = p.prelu(p.conv(x, "conv2", 5, dilation=2, pads=1), "conv2")
    return p.conv(x, "conv3", 4, kernel=1, bias=False)


@golden([2, 9])
def Conv1DAutoPadding(p, x):
    x = torch.tanh(p.conv(x, "conv1", 4, kernel=4, stride=2, pads="same"))
    return p.conv(x, "conv2", 3, kernel=2, pads="same_lower")


@golden([3, 7, 9])
def Conv2DPlain(p, x):
    x = torch.sigmoid(p.conv(p.relu(p.conv(x, "conv1", 5, pads=1)), "conv2", 4, kernel=1))
    return p.conv(x, "conv3", 3)


@golden([2, 9, 6])
def Conv2DRectangular(p, x):
    x = p.conv(x, "conv1", 4, kernel=(3, 2), stride=(2, 1), dilation=(1, 3), pads=[(2, 0), (1, 3)])
    return p.conv(torch.tanh(x), "conv2", 3, kernel=(1, 4), pads=1)


@golden([4, 6, 5])
def Conv2DGroups(p, x):
    return p.conv(torch.tanh(p.conv(x, "conv1", 6, groups=2, pads=1)), "conv2", 9, kernel=2, groups=3, bias=False)


@golden([2, 8, 7])
def Conv2DAutoPadding(p, x):
    x = torch.tanh(p.conv(x, "conv1", 5, stride=2, pads="same"))
    x = torch.tanh(p.conv(x, "conv2", 4, kernel=2, pads="same_lower"))
    return p.conv(x, "conv3", 3, kernel=2, dilation=3, pads="same")


@golden([17, 5, 6])
def Conv2DManyChannels(p, x):
    return p.conv(torch.tanh(p.conv(x, "conv1", 20, pads=1)), "conv2", 3)


@golden([1, 9, 8])
def Conv2DKernels(p, x):
    x = torch.tanh(p.conv(torch.tanh(p.conv(x, "conv1", 4, kernel=5, pads=2)), "conv2", 6, kernel=2, stride=3))
    return p.conv(x, "conv3", 4)


@golden([8, 9, 7])
def Conv2DWinograd(p, x):
    return p.conv(torch.tanh(p.conv(x, "conv1", 9, pads=1)), "conv2", 3)


@golden([2, 5, 6])
def Conv2DActivations(p, x):
    x = p.prelu(p.conv(x, "conv1", 4), "conv1")
    x = p.prelu(p.conv(x, "conv2", 4, kernel=1), "conv2", shared=True)
    x = F.silu(p.conv(p.leaky_relu(p.conv(x, "conv3", 4, kernel=1), 0.2), "conv4", 4, kernel=1))
    x = F.gelu(p.conv(lecun_tanh(p.conv(x, "conv5", 4, kernel=1)), "conv6", 4, kernel=1))
    return F.softmax(p.conv(x, "conv7", 3, kernel=1, bias=False), -1)


@golden([3, 8, 9])
def SubsamplingConnections(p, x):
    x = lecun_tanh(p.subsampling(x, "subsampling1", 2))
    x = lecun_tanh(p.conv(x, "conv1", 4, kernel=2, connections=["X.XX", "XX.X", ".XXX"]))
    return p.prelu(p.subsampling(x, "subsampling2", 2, stride=1), "subsampling2")


@golden([2, 5, 6])
def WeightNormalization(p, x):
    x = torch.tanh(p.conv(x, "conv1", 5, weight_norm=True))
    x = p.conv(x, "conv2", 4, kernel=2, bias=False, weight_norm=True).flatten(1)
    x = lecun_tanh(p.dense(x, "dense1", 6, weight_norm=True)).reshape(-1, 2, 3)
    return p.conv(x, "conv3", 3, kernel=2, weight_norm=True)


@golden([2, 6, 5], frozen=["conv2.weight", "conv2.bias"])
def FrozenConvolution(p, x):
    x = torch.tanh(p.conv(torch.tanh(p.conv(x, "conv1", 4)), "conv2", 5, pads=1))
    return p.conv(x, "conv3", 3, kernel=2)


@golden([5, 6, 3])
def ChannelsLast(p, x):
    x = torch.tanh(p.conv(x.permute(0, 3, 1, 2), "conv1", 4, pads=1))
    return p.conv(x, "conv2", 2, kernel=2).permute(0, 2, 3, 1)


# Depthwise, separable and transposed convolutions.
@golden([5, 7, 6])
def Depthwise(p, x):
    x = p.relu(p.depthwise(x, "depthwise1", pads=1))
    x = torch.tanh(p.depthwise(x, "depthwise2", multiplier=2, stride=2, pads="same"))
    return p.depthwise(x, "depthwise3", kernel=(1, 2), dilation=2, pads=[(0, 0), (2, 0)], bias=False)


@golden([18, 5, 6])
def DepthwiseManyChannels(p, x):
    return p.conv(torch.tanh(p.depthwise(x, "depthwise1", kernel=5, pads=2)), "conv1", 3, kernel=1)


@golden([3, 7, 8])
def Separable(p, x):
    x = torch.tanh(p.separable(x, "separable1", 6, stride=2, multiplier=2, pads="same_lower"))
    return p.separable(x, "separable2", 4, pads=1, bias=False)


@golden([4, 5])
def ConvTranspose1DOptions(p, x):
    x = torch.tanh(p.conv_transpose(x, "convTranspose1", 6, stride=2, pads=1, output_padding=1, groups=2))
    return p.conv_transpose(x, "convTranspose2", 3, kernel=2, dilation=2, pads=[(0, 2)])


@golden([3, 4, 3])
def ConvTranspose2DPlain(p, x):
    x = p.relu(p.conv_transpose(x, "convTranspose1", 5))
    return p.conv_transpose(x, "convTranspose2", 2, stride=2, pads=1, output_padding=1)


@golden([4, 4, 3])
def ConvTranspose2DOptions(p, x):
    x = p.conv_transpose(
        x, "convTranspose1", 6, kernel=(2, 3), stride=(3, 2), dilation=(2, 1), pads=[(1, 2), (0, 1)], output_padding=(2, 0),
        groups=2)
    return p.conv_transpose(torch.tanh(x), "convTranspose2", 2, kernel=2, pads=1, bias=False)


# Pooling.
@golden([2, 11])
def Pools1D(p, x):
    x = p.max_pool(torch.tanh(p.conv(x, "conv1", 3, pads=1)), 3, stride=2, pads=1)
    x = p.max_pool(torch.tanh(p.conv(x, "conv2", 3, pads=1)), 2, stride=1, dilation=2, pads=[(1, 0)])
    x = p.average_pool(x, 2, ceiling=True, include=False)
    return p.average_pool(x, 3, stride=1, pads=[(0, 1)])


@golden([2, 9, 8])
def MaxPool2DPlain(p, x):
    return p.conv(p.max_pool(torch.tanh(p.conv(x, "conv1", 4, kernel=1)), 2), "conv2", 3, kernel=1)


@golden([2, 9, 8])
def MaxPool2DOptions(p, x):
    x = p.max_pool(torch.tanh(p.conv(x, "conv1", 4)), 3, stride=2, pads=1, ceiling=True)
    x = torch.tanh(p.conv(x, "conv2", 3, pads=1))
    return p.max_pool(x, (3, 2), stride=(1, 2), dilation=(1, 2), pads=[(1, 0), (0, 1)])


@golden([2, 8, 7])
def PoolAutoPadding(p, x):
    x = p.max_pool(torch.tanh(p.conv(x, "conv1", 4, pads=1)), 3, stride=2, pads="same")
    x = p.max_pool(torch.tanh(p.conv(x, "conv2", 4, pads=1)), 2, stride=1, pads="same_lower")
    return p.average_pool(x, 3, stride=2, pads="same", include=False)


@golden([2, 9, 8])
def AveragePool2DPlain(p, x):
    x = p.average_pool(torch.tanh(p.conv(x, "conv1", 5, pads=1)), 2)
    return p.average_pool(torch.tanh(p.conv(x, "conv2", 4, pads=1)), 3, stride=2, pads=1, ceiling=True)


@golden([2, 9, 8])
def AveragePool2DOptions(p, x):
    x = p.average_pool(torch.tanh(p.conv(x, "conv1", 4, pads=1)), 3, stride=2, pads=1, ceiling=True, include=False)
    x = torch.tanh(p.conv(x, "conv2", 3, pads=1))
    return p.average_pool(x, (2, 3), stride=(1, 2), pads=[(1, 0), (1, 0)], include=False)


@golden([3, 6, 7])
def GlobalPools(p, x):
    features = torch.tanh(p.conv(x, "features", 5))
    mean = p.dense(features.mean((2, 3)), "mean", 4)
    return p.conv(p.global_max(features), "conv2", 4, kernel=1).flatten(1) + mean


# Normalisation.
@golden([2, 6, 5], count=5)
def BatchNorm2D(p, x):
    x = p.relu(p.batch_norm(p.conv(x, "conv1", 5, bias=False), "batchNorm1"))
    x = p.batch_norm(p.conv(x, "conv2", 3, kernel=2, bias=False), "batchNorm2", epsilon=1e-3, momentum=0.3)
    return p.prelu(x, "batchNorm2")


@golden([2, 9], count=5)
def BatchNorm1D(p, x):
    x = torch.tanh(p.batch_norm(p.conv(x, "conv1", 4, bias=False), "batchNorm1")).flatten(1)
    return p.dense(torch.tanh(p.batch_norm(p.dense(x, "dense1", 6, bias=False), "batchNorm2")), "dense2", 3)


@golden([2, 5, 4], count=5)
def BatchNormCumulative(p, x):
    x = p.conv(p.batch_norm(x, "batchNorm1", momentum=None), "conv1", 4, pads=1, bias=False)
    return p.conv(p.batch_norm(x, "batchNorm2", momentum=None, affine=False), "conv2", 2)


@golden([2, 5, 4], count=5, frozen=["batchNorm1.weight", "batchNorm1.bias"])
def BatchNormFrozen(p, x):
    x = torch.tanh(p.batch_norm(p.conv(x, "conv1", 4, pads=1), "batchNorm1", frozen=True))
    return p.batch_norm(p.conv(x, "conv2", 3, bias=False), "batchNorm2")


@golden([3, 5, 4])
def LayerNorms(p, x):
    x = p.conv(p.layer_norm(p.conv(x, "conv1", 4, pads=1), "layerNorm1"), "conv2", 3, kernel=2, bias=False)
    x = p.layer_norm(p.layer_norm(x, "layerNorm2", -1, epsilon=1e-2), "layerNorm3", 1, affine=False)
    return p.layer_norm(p.dense(x.flatten(1), "dense1", 6), "layerNorm4")


@golden([3, 5, 4])
def RMSNorms(p, x):
    x = p.conv(p.rms_norm(p.conv(x, "conv1", 4, pads=1), "rmsNorm1"), "conv2", 3, kernel=2)
    x = p.rms_norm(p.rms_norm(x, "rmsNorm2", -1, epsilon=1e-2), "rmsNorm3", 1, affine=False)
    return p.rms_norm(p.dense(x.flatten(1), "dense1", 6), "rmsNorm4")


@golden([2, 6, 5])
def GroupAndInstanceNorms(p, x):
    x = torch.tanh(p.group_norm(p.conv(x, "conv1", 6), "groupNorm1", 3))
    x = p.instance_norm(p.conv(x, "conv2", 4, kernel=2, bias=False), "instanceNorm1")
    x = p.instance_norm(x, "instanceNorm2", epsilon=1e-2, affine=True)
    return p.group_norm(x, "groupNorm2", 2, affine=False)


@golden([7, 4, 3])
def LocalResponseNorms(p, x):
    x = p.conv(local_response_norm(p.conv(x, "conv1", 9, kernel=2)), "conv2", 6, kernel=1)
    return local_response_norm(x, 4, 0.5, 0.6, 1.0)


# Shaping.
@golden([2, 7])
def Shaping1D(p, x):
    x = padded(torch.tanh(p.conv(x, "conv1", 3)), [(2, 2)])
    x = F.interpolate(torch.tanh(p.conv(x, "conv2", 3, kernel=2))[..., 1:-2], scale_factor=2, mode="nearest")
    return F.interpolate(torch.tanh(p.conv(x, "conv3", 2)), scale_factor=3, mode="linear", align_corners=False)


@golden([2, 6, 5])
def PaddingAndCropping(p, x):
    x = padded(torch.tanh(p.conv(x, "conv1", 4)), [(2, 1), (1, 0)])
    x = torch.tanh(p.conv(x, "conv2", 3, kernel=2))[..., 1:-2, :-1]
    x = padded(x, [(2, 2), (2, 2)])[..., 1:-1, 1:-1]
    return p.conv(x, "conv3", 2, kernel=2)


@golden([2, 4, 3])
def UpsamplingNearest(p, x):
    x = F.interpolate(torch.tanh(p.conv(x, "conv1", 3, kernel=1)), scale_factor=2, mode="nearest")
    return p.conv(F.interpolate(torch.tanh(p.conv(x, "conv2", 3)), scale_factor=(1, 3), mode="nearest"), "conv3", 2)


@golden([2, 3, 4])
def UpsamplingBilinear(p, x):
    x = F.interpolate(torch.tanh(p.conv(x, "conv1", 3, kernel=1)), scale_factor=2, mode="bilinear", align_corners=False)
    return F.interpolate(torch.tanh(p.conv(x, "conv2", 2)), scale_factor=(3, 2), mode="bilinear", align_corners=True)


@golden([3, 5, 4])
def PermuteSliceMean(p, x):
    x = torch.tanh(p.conv(x, "conv1", 6)).permute(0, 3, 1, 2).narrow(2, 1, 4)
    wide = torch.tanh(p.dense(x, "wide", 5))
    narrow = p.dense(wide[..., :3].mean(2).permute(0, 2, 1).flatten(1), "narrow", 4)
    return torch.cat([wide.mean((1, 2, 3), keepdim=True).flatten(1), wide.mean((1, 3)) + narrow], 1)


@golden([2, 5, 4])
def SpatialDropoutOff(p, x):
    return p.conv(torch.tanh(p.conv(x, "conv1", 4)), "conv2", 2, kernel=2)


# All together.
@golden([2, 6, 5], target=index, loss=cross_entropy)
def SmallDenseNetwork(p, x):
    first = torch.cat([torch.tanh(p.conv(x, "conv1", 3, pads=1)), x], 1)
    second = torch.cat([torch.tanh(p.conv(first, "conv2", 4, pads=1)), first], 1)
    x = torch.tanh(p.conv(p.average_pool(second, 2), "conv3", 5, kernel=1))
    return p.dense(x.mean((2, 3)), "dense1", 3)


def attempt(seed, network, input_shape, count, target, loss, frozen):
    """The tensors of a file, and how near the figures have come to a kink."""
    torch.manual_seed(seed)
    p = Layers()
    x = uniform(count, *input_shape)
    y = network(p, x)
    t = target(y)
    tensors = {"input": x, "target": t, "output": y, "loss": loss(y, t).reshape(1)}
    tensors.update({"parameter." + key: value.detach().clone() for key, value in {**p.values, **p.statistics}.items()})

    p.training = True
    trained = {key: value for key, value in p.values.items() if key not in frozen}
    for step in range(STEPS):
        for value in trained.values():
            value.grad = None
        value = loss(network(p, x), t)
        value.backward()
        if step == 0:
            tensors["trainingLoss"] = value.reshape(1)
            tensors.update({"gradient." + key: value.grad.clone() for key, value in trained.items()})
        for value in trained.values():
            value.data -= LEARNING_RATE * value.grad
        if not p.statistics:
            break
    if p.statistics:
        tensors.update({"after." + key: value for key, value in {**p.values, **p.statistics}.items()})
    return tensors, p.kink


def write(number, name, *arguments):
    for seed in range(1000 * number, 1000 * (number + 1)):
        tensors, kink = attempt(seed, *arguments)
        if kink > SMALLEST_KINK:
            save(FOLDER / f"{name}.safetensors", tensors)
            return
    raise RuntimeError(f"{name} is always near a kink")


FOLDER.mkdir(exist_ok=True)
for number, (name, arguments) in enumerate(GOLDEN.items()):
    write(number, name, *arguments)
