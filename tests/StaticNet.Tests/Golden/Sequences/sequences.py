"""The layers of make_sequences_golden.py, each with its parameters drawn where they are first asked for."""
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from golden_file import uniform  # noqa: E402  (its folder must be on the path)


class Sequences:
    """
    Values are [samples, steps, features]. "kink" is the smallest distance of a value from a kink so far; "lengths" are the
    steps of each sample of an input of "steps", or None.
    """

    def __init__(self, lengths=None, steps=None):
        self.lengths = lengths
        self.steps = steps
        self.values = {}
        self.states = {}
        self.modules = {}
        self.kink = math.inf
        self.streaming = False

    def get(self, name, *shape):
        if name not in self.values:
            bound = math.sqrt(3 / math.prod(shape[1:])) if len(shape) > 1 else 0.5
            self.values[name] = uniform(*shape, low=-bound, high=bound).requires_grad_()
        return self.values[name]

    def relu(self, x):
        self.kink = min(self.kink, x.abs().min().item())
        return F.relu(x)

    def last(self, x):
        """The last step; in a stream, the current one."""
        if self.streaming:
            return x
        return x[:, -1] if self.lengths is None else torch.stack([row[length - 1] for row, length in zip(x, self.lengths_of(x))])

    def lengths_of(self, x):
        """The steps of each sample of a value, of which strides have left fewer or made more."""
        return [length * x.shape[1] // self.steps for length in self.lengths]

    def dense(self, x, name, units):
        return F.linear(x, self.get(name + ".weight", units, x.shape[-1]), self.get(name + ".bias", units))

    def causal(self, x, name, filters, kernel=3, dilation=1, groups=1, bias=True, stride=1):
        weight = self.get(name + ".weight", filters, x.shape[-1] // groups, kernel)
        offset = self.get(name + ".bias", filters) if bias else None
        padded = F.pad(x.transpose(1, 2), ((kernel - 1) * dilation + 1 - stride, 0))
        return F.conv1d(padded, weight, offset, stride=stride, dilation=dilation, groups=groups).transpose(1, 2)

    def causal_transpose(self, x, name, filters, kernel=3, dilation=1, groups=1, bias=True, stride=1):
        weight = self.get(name + ".weight", x.shape[-1], filters // groups, kernel)
        offset = self.get(name + ".bias", filters) if bias else None
        y = F.conv_transpose1d(x.transpose(1, 2), weight, offset, stride=stride, dilation=dilation, groups=groups)
        return y[..., :x.shape[1] * stride].transpose(1, 2)

    def causal_max(self, x, kernel, stride):
        padded = F.pad(x.transpose(1, 2), (kernel - stride, 0))
        y = F.max_pool1d(padded, kernel, stride)
        others = padded.unfold(2, kernel, stride).clone()
        others[others == y.unsqueeze(-1)] = -math.inf
        self.kink = min(self.kink, (y.unsqueeze(-1) - others).min().item())
        return y.transpose(1, 2)

    def causal_average(self, x, kernel, stride):
        return F.avg_pool1d(F.pad(x.transpose(1, 2), (kernel - stride, 0)), kernel, stride).transpose(1, 2)

    def learned(self, kind, samples, names, units, bidirectional):
        """The states before the first step as parameters, in the form that a module takes: [layers · directions, samples, units]."""
        endings = ("", "_reverse") if bidirectional else ("",)
        states = [
            torch.stack([self.get(f"{name}.{state}{ending}", units).expand(samples, units) for name in names for ending in endings])
            for state in (("h0", "c0") if kind is torch.nn.LSTM else ("h0",))
        ]
        return tuple(states) if len(states) > 1 else states[0]

    def recurrent(self, kind, x, names, units, one_bias=False, learned=False, windows=None, normalized=False, **options):
        """
        A module of PyTorch with a layer for each name. With one bias, the other one is zero and does not train; the states before
        the first step are zero, or learned. Between windows of so many steps states are detached. Both weights of a layer may be
        normalised, as PyTorch's weight_norm has it.
        """
        if names[0] not in self.modules:
            module = kind(x.shape[-1], units, len(names), batch_first=True, **options).double()
            self.modules[names[0]] = module
            if normalized:
                for weight in ("weight_ih_l0", "weight_hh_l0"):
                    torch.nn.utils.weight_norm(module, weight)
            for name, tensor in module.named_parameters():
                part = name[-2:] if name.endswith(("_g", "_v")) else ""
                parameter, layer = name[:len(name) - len(part)].replace("_reverse", "").rsplit("_l", 1)
                parameter += part
                if one_bias and parameter == "bias_hh":
                    tensor.data.zero_()
                    continue
                full = f"{names[int(layer)]}.{parameter}{'_reverse' if name.endswith('_reverse') else ''}"
                tensor.data = self.get(full, *tensor.shape).data
                self.values[full] = tensor
        module = self.modules[names[0]]
        before = self.learned(kind, len(x), names, units, options.get("bidirectional")) if learned else None
        if self.lengths is None:
            parts, states = [], before
            for part in x.split(windows or x.shape[1], 1):
                y, states = module(part, states)
                parts.append(y)
                if windows:
                    states = tuple(state.detach() for state in states) if isinstance(states, tuple) else states.detach()
            y = torch.cat(parts, 1)
        else:
            packed = pack_padded_sequence(x, self.lengths_of(x), batch_first=True, enforce_sorted=False)
            packed, states = module(packed, before)
            y, _ = pad_packed_sequence(packed, batch_first=True, total_length=x.shape[1])
        for kept, state in zip(("hidden", "cell"), states if isinstance(states, tuple) else (states,)):
            # [layers, directions, samples, units]
            by_layer = state.reshape(len(names), -1, *state.shape[1:])
            for layer, of_layer in zip(names, by_layer):
                self.states[f"{layer}.{kept}"] = torch.cat(list(of_layer), -1)
        if options.get("nonlinearity") == "relu":
            self.kink = min(self.kink, self.sums(module, x, y).abs().min().item())
        return y

    @staticmethod
    def sums(module, x, y):
        """What the activation of an RNN of one layer is applied to."""
        before = F.pad(y[:, :-1], (0, 0, 1, 0))
        return F.linear(x, module.weight_ih_l0, module.bias_ih_l0) + F.linear(before, module.weight_hh_l0, module.bias_hh_l0)
