"""The layers of make_layers_golden.py, each with its parameters drawn where they are first asked for."""
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from golden_file import uniform  # noqa: E402  (its folder must be on the path)


def per_axis(value, rank):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank


def sides(pads, x, kernel, strides, dilations):
    """The padding of each spatial axis: a number, "same", "same_lower", or a pair of begin and end for each axis."""
    rank = x.dim() - 2
    if isinstance(pads, int):
        return [(pads, pads)] * rank
    if not isinstance(pads, str):
        return pads
    result = []
    for size, k, s, d in zip(x.shape[2:], kernel, strides, dilations):
        total = max((math.ceil(size / s) - 1) * s + (k - 1) * d + 1 - size, 0)
        less, more = total // 2, total - total // 2
        result.append((less, more) if pads == "same" else (more, less))
    return result


def padded(x, pads, value=0.0):
    return F.pad(x, [side for pair in reversed(pads) for side in pair], value=value)


class Layers:
    def __init__(self):
        self.values = {}
        self.statistics = {}
        self.training = False
        self.kink = math.inf

    def near(self, distances):
        """Remembers how near a figure has come to a point without a derivative."""
        if distances.numel() > 0:
            self.kink = min(self.kink, distances.detach().abs().min().item())

    def get(self, name, *shape, fan=None, low=None, high=None):
        if name not in self.values:
            bound = math.sqrt(3 / (fan or math.prod(shape[1:]))) if len(shape) > 1 or fan else 0.5
            low, high = (-bound, bound) if low is None else (low, high)
            self.values[name] = uniform(*shape, low=low, high=high).requires_grad_()
        return self.values[name]

    def bias(self, name, count, wanted):
        return self.get(name + ".bias", count) if wanted else None

    def weight(self, name, *shape, normalized=False):
        if not normalized:
            return self.get(name + ".weight", *shape)
        ones = (1,) * (len(shape) - 1)
        g = self.get(name + ".weight_g", shape[0], *ones, low=0.5, high=1.5)
        v = self.get(name + ".weight_v", *shape)
        return g * v / v.pow(2).sum(tuple(range(1, len(shape))), keepdim=True).sqrt()

    # Products.
    def dense(self, x, name, units, bias=True, weight_norm=False):
        return F.linear(x, self.weight(name, units, x.shape[-1], normalized=weight_norm), self.bias(name, units, bias))

    def conv(self, x, name, filters, kernel=3, stride=1, dilation=1, groups=1, pads=0, bias=True, weight_norm=False,
             connections=None):
        rank = x.dim() - 2
        kernel, strides, dilations = (per_axis(value, rank) for value in (kernel, stride, dilation))
        weight = self.weight(name, filters, x.shape[1] // groups, *kernel, normalized=weight_norm)
        if connections is not None:
            connected = torch.tensor([[character == "X" for character in row] for row in connections]).T
            mask = connected.double().reshape(*connected.shape, *[1] * rank)
            weight.data *= mask
            weight = weight * mask
        x = padded(x, sides(pads, x, kernel, strides, dilations))
        product = F.conv1d if rank == 1 else F.conv2d
        return product(x, weight, self.bias(name, filters, bias), strides, 0, dilations, groups)

    def depthwise(self, x, name, multiplier=1, **arguments):
        return self.conv(x, name, x.shape[1] * multiplier, groups=x.shape[1], **arguments)

    def separable(self, x, name, filters, kernel=3, stride=1, multiplier=1, pads=0, bias=True):
        channels = x.shape[1]
        depthwise = self.get(name + ".depthwiseWeight", channels * multiplier, 1, kernel, kernel)
        pointwise = self.get(name + ".pointwiseWeight", filters, channels * multiplier, 1, 1)
        x = padded(x, sides(pads, x, (kernel, kernel), (stride, stride), (1, 1)))
        return F.conv2d(F.conv2d(x, depthwise, None, stride, groups=channels), pointwise, self.bias(name, filters, bias))

    def conv_transpose(self, x, name, filters, kernel=3, stride=1, dilation=1, groups=1, pads=0, output_padding=0, bias=True):
        rank = x.dim() - 2
        kernel, strides, dilations, more = (per_axis(value, rank) for value in (kernel, stride, dilation, output_padding))
        weight = self.get(name + ".weight", x.shape[1], filters // groups, *kernel, fan=x.shape[1] // groups * 3)
        product = F.conv_transpose1d if rank == 1 else F.conv_transpose2d
        y = product(x, weight, self.bias(name, filters, bias), strides, 0, more, groups, dilations)
        for axis, (begin, end) in enumerate([(pads, pads)] * rank if isinstance(pads, int) else pads):
            y = y.narrow(axis + 2, begin, y.shape[axis + 2] - begin - end)
        return y

    # Activations with a kink, or a parameter.
    def relu(self, x):
        self.near(x)
        return F.relu(x)

    def leaky_relu(self, x, alpha):
        self.near(x)
        return F.leaky_relu(x, alpha)

    def prelu(self, x, name, shared=False):
        self.near(x)
        return F.prelu(x, self.get(name + ".slope", 1 if shared else x.shape[1], low=-0.5, high=0.5))

    # Pooling.
    def max_pool(self, x, kernel, stride=None, dilation=1, pads=0, ceiling=False):
        rank = x.dim() - 2
        kernel, dilations = per_axis(kernel, rank), per_axis(dilation, rank)
        strides = per_axis(kernel if stride is None else stride, rank)
        if ceiling:
            pool = F.max_pool1d if rank == 1 else F.max_pool2d
            y = pool(x, kernel, strides, pads, dilations, ceil_mode=True)
            pads = [(pads, pads + s) for s in strides]
        pads = sides(pads, x, kernel, strides, dilations)
        x = padded(x, pads, -math.inf)
        # The two largest of each window, as planes of one channel: where they are alike, the maximum has no derivative. But zeros
        # are those of ReLUs, through which nothing goes back.
        ones = (1,) * (2 - rank)
        planes = torch.nan_to_num(x, neginf=-1e9).reshape(-1, 1, *ones, *x.shape[2:])
        best = F.unfold(planes, ones + kernel, ones + dilations, 0, ones + strides).topk(2, 1).values
        self.near((best[:, 0] - best[:, 1])[(best[:, 0] > -1e8) & (best[:, 0] != 0)])
        if ceiling:
            return y
        return (F.max_pool1d if rank == 1 else F.max_pool2d)(x, kernel, strides, 0, dilations)

    def average_pool(self, x, kernel, stride=None, pads=0, ceiling=False, include=True):
        rank = x.dim() - 2
        kernel = per_axis(kernel, rank)
        strides = per_axis(kernel if stride is None else stride, rank)
        if ceiling:
            pool = F.avg_pool1d if rank == 1 else F.avg_pool2d
            return pool(x, kernel, strides, pads, ceil_mode=True, count_include_pad=include)
        pads = sides(pads, x, kernel, strides, (1,) * rank)
        counted = padded(torch.ones_like(x), pads, 1.0 if include else 0.0)
        x = padded(x, pads)
        if rank == 1:
            x, counted, kernel, strides = x.unsqueeze(2), counted.unsqueeze(2), (1, *kernel), (1, *strides)
        sums = [F.avg_pool2d(values, kernel, strides, divisor_override=1) for values in (x, counted)]
        y = sums[0] / sums[1]
        return y.squeeze(2) if rank == 1 else y

    def global_max(self, x):
        best = x.flatten(2).topk(2, 2).values
        self.near(best[..., 0] - best[..., 1])
        return x.amax(tuple(range(2, x.dim())), keepdim=True)

    def subsampling(self, x, name, kernel, stride=None):
        channels = x.shape[1]
        coefficient = self.get(name + ".coefficient", channels, low=0.1, high=0.9).reshape(-1, 1, 1)
        sums = F.avg_pool2d(x, kernel, stride or kernel, divisor_override=1)
        return coefficient * sums + self.get(name + ".bias", channels).reshape(-1, 1, 1)

    # Normalisation.
    def affine(self, name, *shape, wanted=True):
        if not wanted:
            return None, None
        return self.get(name + ".weight", *shape, low=0.5, high=1.5), self.get(name + ".bias", *shape, low=-0.5, high=0.5)

    def batch_norm(self, x, name, epsilon=1e-5, momentum=0.1, affine=True, frozen=False):
        channels = x.shape[1]
        if name + ".running_mean" not in self.statistics:
            self.statistics[name + ".running_mean"] = uniform(channels, low=-0.5, high=0.5)
            self.statistics[name + ".running_var"] = uniform(channels, low=0.5, high=1.5)
            self.statistics[name + ".num_batches_tracked"] = torch.tensor([2.0]).double()
        mean, variance, tracked = (
            self.statistics[name + suffix] for suffix in (".running_mean", ".running_var", ".num_batches_tracked"))
        learns = self.training and not frozen
        if learns:
            tracked += 1
        weight, bias = self.affine(name, channels, wanted=affine)
        factor = 1 / tracked.item() if momentum is None else momentum
        return F.batch_norm(x, mean, variance, weight, bias, learns, factor, epsilon)

    def layer_norm(self, x, name, first_axis=0, epsilon=1e-5, affine=True):
        shape = x.shape[1:][first_axis:]
        return F.layer_norm(x, shape, *self.affine(name, *shape, wanted=affine), epsilon)

    def rms_norm(self, x, name, first_axis=0, epsilon=1e-6, affine=True):
        shape = x.shape[1:][first_axis:]
        axes = tuple(range(x.dim() - len(shape), x.dim()))
        y = x / (x.pow(2).mean(axes, keepdim=True) + epsilon).sqrt()
        return y * self.get(name + ".weight", *shape, low=0.5, high=1.5) if affine else y

    def group_norm(self, x, name, groups, epsilon=1e-5, affine=True):
        return F.group_norm(x, groups, *self.affine(name, x.shape[1], wanted=affine), epsilon)

    def instance_norm(self, x, name, epsilon=1e-5, affine=False):
        return self.group_norm(x, name, x.shape[1], epsilon, affine)


def lecun_tanh(x):
    return 1.7159 * torch.tanh(2 * x / 3)


def local_response_norm(x, size=5, alpha=1e-4, beta=0.75, k=2.0):
    # PyTorch divides alpha by the size; the paper does not.
    return F.local_response_norm(x, size, size * alpha, beta, k)
