#!/usr/bin/env python3
"""Writes Files/*.safetensors: what PyTorch computes for the networks of tests/StaticNet.Networks/Golden/Sequences.

Each file holds, in double precision: the inputs and targets of a batch, every parameter, the outputs, the loss (mean over
the batch), the gradients of the inputs and of every parameter, and the parameters after three steps of stochastic gradient
descent. Networks that look only back also have "stream.output", the outputs for the samples of the batch in a row as one
long sequence, and "state.*", the hidden and cell states after it: PyTorch's h_n and c_n. Files of sequences of different
lengths have "lengths": PyTorch packs them, and the loss is the mean over the steps that a sequence has.
Inputs, targets and parameters are numbers of single precision, drawn again until no value is near a kink of an activation.
Run it with Python 3 and PyTorch 1.13: python3 make_sequences_golden.py
"""
import pathlib

import torch
import torch.nn.functional as F

from sequences import Sequences
from golden_file import save, uniform  # (sequences.py puts its folder on the path)

COUNT = 3
FOLDER = pathlib.Path(__file__).parent / "Files"
SMALLEST_KINK = 1e-4
LEARNING_RATE = 0.1
STEPS = 3
GOLDEN = {}


def squared(y, t):
    return F.mse_loss(y, t)


def real(y):
    return uniform(*y.shape, low=-1.5, high=1.5)


def cross_entropy(y, t):
    """Of each sample or, with three axes, of each step."""
    return F.cross_entropy(y.reshape(-1, y.shape[-1]), t.flatten().long())


def index(y):
    return torch.randint(y.shape[-1], (*y.shape[:-1], 1)).double()


def golden(input_shape, target=real, loss=squared, streams=False, lengths=None):
    def register(network):
        GOLDEN[network.__name__] = (network, input_shape, target, loss, streams, lengths)
        return network

    return register


@golden([6, 2], streams=True)
def StackedCells(p, x):
    x = p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 5)
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 4)
    return p.dense(p.recurrent(torch.nn.LSTM, x, ["lstm1", "lstm2"], 3), "dense1", 2)


@golden([5, 3], streams=True)
def WideCells(p, x):
    gru = p.recurrent(torch.nn.GRU, x, ["gru"], 17)
    lstm = p.recurrent(torch.nn.LSTM, x, ["lstm"], 18)
    rnn = p.recurrent(torch.nn.RNN, x, ["rnn"], 19, nonlinearity="relu")
    return p.dense(torch.cat([gru, lstm, rnn], -1), "dense1", 2)


@golden([5, 2], target=index, loss=cross_entropy)
def Directions(p, x):
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 3, bidirectional=True)
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 4, bidirectional=True)
    x = p.recurrent(torch.nn.RNN, x.flip(1), ["simpleRNN1"], 4, one_bias=True).flip(1)
    x = p.recurrent(torch.nn.GRU, x.flip(1), ["gru2"], 3).flip(1)
    x = p.recurrent(torch.nn.LSTM, x.flip(1), ["lstm2"], 3, one_bias=True).flip(1)
    return p.dense(x, "dense1", 3)


@golden([6, 2], target=index, loss=cross_entropy)
def LastStates(p, x):
    forward = p.last(p.recurrent(torch.nn.GRU, x, ["forward"], 4))
    p.recurrent(torch.nn.LSTM, x, ["both"], 3, one_bias=True, bidirectional=True)
    both = p.states["both.hidden"]
    backward = p.last(p.recurrent(torch.nn.RNN, x.flip(1), ["backward"], 3, one_bias=True))
    last = p.last(p.recurrent(torch.nn.GRU, x, ["gru2"], 3, bidirectional=True))
    return p.dense(torch.cat([last, forward, both, backward], -1), "dense1", 3)


@golden([7, 2], target=index, loss=cross_entropy, streams=True)
def OneBias(p, x):
    x = torch.tanh(p.causal(x, "causalConv1", 5, dilation=2))
    x = p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 4, one_bias=True, nonlinearity="relu")
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 3, one_bias=True)
    return p.dense(p.last(p.recurrent(torch.nn.LSTM, x, ["lstm1"], 4, one_bias=True)), "dense1", 3)


@golden([9, 4], streams=True)
def CausalConvolutions(p, x):
    x = torch.tanh(p.causal(x, "causalConv1", 6, dilation=2, groups=2))
    x = p.relu(p.causal(x, "causalConv2", 18, kernel=2, dilation=4))
    x = torch.sigmoid(p.causal(x, "causalConv3", 3, kernel=5, dilation=3, bias=False))
    return p.causal(x, "causalConv4", 2, kernel=1)


@golden([6, 2], target=index, loss=cross_entropy, lengths=[4, 6, 1])
def PackedSteps(p, x):
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 3, bidirectional=True)
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 4, bidirectional=True)
    x = torch.tanh(p.causal(x, "causalConv1", 5, dilation=2))
    x = p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 20, one_bias=True, bidirectional=True)
    return p.dense(x, "dense1", 3)


@golden([6, 2], target=index, loss=cross_entropy, lengths=[3, 6, 2])
def PackedStates(p, x):
    forward = p.last(p.recurrent(torch.nn.GRU, x, ["forward"], 4))
    p.recurrent(torch.nn.LSTM, x, ["both"], 3, one_bias=True, bidirectional=True)
    both = p.states["both.hidden"]
    last = p.last(p.recurrent(torch.nn.GRU, x, ["gru2"], 3, bidirectional=True))
    return p.dense(torch.cat([last, forward, both], -1), "dense1", 3)


@golden([5, 2], streams=True)
def LearnedStates(p, x):
    x = p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 3, learned=True)
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 18, learned=True)
    return p.dense(p.recurrent(torch.nn.LSTM, x, ["lstm1"], 4, learned=True), "dense1", 2)


@golden([5, 2], target=index, loss=cross_entropy, lengths=[2, 5, 4])
def PackedLearnedStates(p, x):
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 3, learned=True, bidirectional=True)
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 4, learned=True, bidirectional=True)
    x = p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 3, one_bias=True, learned=True, bidirectional=True)
    return p.dense(x, "dense1", 3)


@golden([5, 2])
def TruncatedSteps(p, x):
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 3, learned=True, windows=[2, 2, 1])
    x = torch.tanh(p.causal(x, "causalConv1", 4))
    x = p.recurrent(torch.nn.LSTM, x.flip(1), ["lstm1"], 4, windows=[1, 2, 2]).flip(1)
    return p.dense(p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 3, one_bias=True, windows=[2, 2, 1]), "dense1", 2)


@golden([12, 2], streams=True)
def Autoencoder(p, x):
    x = torch.tanh(p.causal(x, "causalConv1", 6, kernel=4, stride=2))
    x = p.causal(x, "causalConv2", 18, dilation=2, stride=3, groups=2)
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 4)
    x = torch.tanh(p.causal_transpose(x, "causalConvTranspose1", 6, kernel=5, stride=3, groups=2))
    x = torch.sigmoid(p.causal(x, "causalConv3", 4, kernel=2, dilation=2))
    x = p.causal_transpose(x, "causalConvTranspose2", 3, stride=2, dilation=2, bias=False)
    return p.causal(x, "causalConv4", 2)


@golden([12, 3], target=index, loss=cross_entropy, streams=True)
def PooledSteps(p, x):
    x = p.causal(p.causal_max(x, 3, 1), "causalConv1", 17, kernel=1)
    return p.dense(p.causal_average(p.causal_max(x, 2, 2), 5, 3), "dense1", 3)


@golden([3, 2], streams=True)
def Vocoder(p, x):
    x = torch.tanh(p.causal_transpose(x, "causalConvTranspose1", 5, kernel=4, stride=2))
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 3, one_bias=True)
    return p.causal_transpose(x, "causalConvTranspose2", 2, kernel=2, stride=2)


@golden([12, 2], target=index, loss=cross_entropy, streams=True)
def StridedClasses(p, x):
    x = torch.tanh(p.causal(x, "causalConv1", 5, stride=2))
    x = p.recurrent(torch.nn.LSTM, p.causal_average(x, 2, 2), ["lstm1"], 4, one_bias=True)
    return p.dense(p.last(x), "dense1", 3)


@golden([12, 2], target=index, loss=cross_entropy, lengths=[6, 12, 3])
def PackedStrides(p, x):
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 3, bidirectional=True)
    x = torch.tanh(p.causal(x, "causalConv1", 5, stride=3))
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 4, bidirectional=True)
    return p.dense(p.causal_transpose(x, "causalConvTranspose1", 4, kernel=4, stride=2), "dense1", 3)


@golden([5, 2], streams=True)
def NormalizedCells(p, x):
    x = p.recurrent(torch.nn.RNN, x, ["simpleRNN1"], 3, normalized=True)
    x = p.recurrent(torch.nn.GRU, x, ["gru1"], 4, normalized=True, learned=True)
    return p.dense(p.recurrent(torch.nn.LSTM, x, ["lstm1"], 18, normalized=True), "dense1", 2)


@golden([5, 2], streams=True)
def ProjectedCells(p, x):
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1", "lstm2"], 6, proj_size=3)
    return p.dense(p.recurrent(torch.nn.LSTM, x, ["lstm3"], 18, one_bias=True, normalized=True, proj_size=9), "dense1", 2)


@golden([6, 2], target=index, loss=cross_entropy, lengths=[4, 6, 1])
def ProjectedStates(p, x):
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 20, bidirectional=True, proj_size=17)
    p.recurrent(torch.nn.LSTM, x, ["lstm2"], 5, one_bias=True, bidirectional=True, proj_size=2)
    return p.dense(p.states["lstm2.hidden"], "dense1", 3)


@golden([5, 2])
def TruncatedProjections(p, x):
    x = p.recurrent(torch.nn.LSTM, x, ["lstm1"], 9, windows=[2, 2, 1], proj_size=8)
    x = p.recurrent(torch.nn.LSTM, x.flip(1), ["lstm2"], 4, one_bias=True, windows=[1, 2, 2], proj_size=1).flip(1)
    return p.dense(x, "dense1", 2)


def mean_over_samples(loss, y, t, p):
    """The mean over the samples; of each, over the steps that it has."""
    if p.lengths is None or y.dim() == 2:
        return loss(y, t)
    return sum(loss(y[sample, :length], t[sample, :length]) for sample, length in enumerate(p.lengths_of(y))) / len(y)


def attempt(seed, network, input_shape, target, loss, streams, lengths):
    """The tensors of a file, and how near the values have come to a kink."""
    torch.manual_seed(seed)
    p = Sequences(lengths, input_shape[0])
    x = uniform(COUNT, *input_shape).requires_grad_()
    y = network(p, x)
    t = target(y)
    tensors = {"input": x, "target": t, "output": y, "loss": mean_over_samples(loss, y, t, p).reshape(1)}
    if lengths is not None:
        tensors["lengths"] = torch.tensor(lengths).double()
    tensors.update({"parameter." + key: value.detach().clone() for key, value in p.values.items()})
    if streams:
        p.streaming = True
        tensors["stream.output"] = network(p, x.reshape(1, -1, x.shape[-1]))[0]
        tensors.update({"state." + key: value[0] for key, value in p.states.items()})
        p.streaming = False

    for step in range(STEPS):
        for value in (x, *p.values.values()):
            value.grad = None
        mean_over_samples(loss, network(p, x), t, p).backward()
        if step == 0:
            tensors["inputGradient"] = x.grad.clone()
            tensors.update({"gradient." + key: value.grad.clone() for key, value in p.values.items()})
        for value in p.values.values():
            value.data -= LEARNING_RATE * value.grad
    tensors.update({"after." + key: value for key, value in p.values.items()})
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
