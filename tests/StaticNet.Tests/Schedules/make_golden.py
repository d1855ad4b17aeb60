#!/usr/bin/python3
"""Writes Files/schedules.safetensors: the factors of schedules at steps 0, 1, 2, ...

torch.NAME: the learning rates of PyTorch's scheduler over a rate of 1. formula.NAME: the formulas of TensorFlow's documentation, in
double precision. plateau.NAME.values and .rates: the figures that ReduceLROnPlateau is given and the learning rates after each.
"""
import json
import math
import pathlib
import struct

import torch
from torch.optim import lr_scheduler

STEPS = 120


def rates(make, steps=STEPS, rate=1.0):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate, momentum=0.9)
    scheduler = make(optimizer)
    result = []
    for _ in range(steps):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return result


def one_cycle(total=100, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0, momentum=0.9)
    scheduler = lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=total, **options)
    result = [optimizer.param_groups[0]["lr"]]
    for _ in range(total - 1):
        optimizer.step()
        scheduler.step()
        result.append(optimizer.param_groups[0]["lr"])
    return result


def sequence(optimizer):
    return lr_scheduler.SequentialLR(
        optimizer,
        [lr_scheduler.StepLR(optimizer, 10, 0.5), lr_scheduler.ExponentialLR(optimizer, 0.9)],
        [40])


def plateau(values, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, **options)
    result = []
    for value in values:
        scheduler.step(value)
        result.append(optimizer.param_groups[0]["lr"])
    return result


TORCH = {
    "step": rates(lambda o: lr_scheduler.StepLR(o, 30, 0.2)),
    "multi_step": rates(lambda o: lr_scheduler.MultiStepLR(o, [10, 35, 80], 0.3)),
    "exponential": rates(lambda o: lr_scheduler.ExponentialLR(o, 0.97)),
    "cosine": rates(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=100, eta_min=0.1), 101),
    "restarts": rates(lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 8, 2, eta_min=0.05)),
    "restarts_equal": rates(lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 7, 1)),
    "polynomial": rates(lambda o: lr_scheduler.PolynomialLR(o, 90, 2.0)),
    "warm_up": rates(lambda o: lr_scheduler.LinearLR(o, 0.2, 1.0, 50)),
    "sequence": rates(sequence),
    "one_cycle": one_cycle(),
    "one_cycle_linear": one_cycle(anneal_strategy="linear", pct_start=0.25, div_factor=10.0, final_div_factor=100.0),
    "one_cycle_three": one_cycle(three_phase=True),
    "one_cycle_three_linear": one_cycle(97, three_phase=True, pct_start=0.4, anneal_strategy="linear"),
    "one_cycle_no_rise": one_cycle(pct_start=0.0),
}


def restarts(step, first, t_mul, m_mul, alpha):
    """By walking through the periods."""
    start, length, height = 0.0, float(first), 1.0
    while step >= start + length:
        start, length, height = start + length, length * t_mul, height * m_mul
    cosine = 0.5 * height * (1 + math.cos(math.pi * (step - start) / length))
    return (1 - alpha) * cosine + alpha


def polynomial(step, steps, end, power, cycle):
    if cycle:
        steps = steps * max(1, math.ceil(step / steps))
    step = min(step, steps)
    return (1 - end) * (1 - step / steps) ** power + end


def linear_cosine(step, steps, periods, alpha, beta):
    step = min(step, steps)
    linear = (steps - step) / steps
    cosine = 0.5 * (1 + math.cos(math.pi * 2 * periods * step / steps))
    return (alpha + linear) * cosine + beta


FORMULAS = {
    "exponential": lambda s: 0.5 ** (s / 30),
    "exponential_staircase": lambda s: 0.5 ** (s // 30),
    "natural_exponential": lambda s: math.exp(-0.7 * s / 30),
    "natural_exponential_staircase": lambda s: math.exp(-0.7 * (s // 30)),
    "inverse_time": lambda s: 1 / (1 + 0.7 * s / 30),
    "inverse_time_staircase": lambda s: 1 / (1 + 0.7 * (s // 30)),
    "polynomial": lambda s: polynomial(s, 70, 0.1, 0.5, False),
    "polynomial_cycle": lambda s: polynomial(s, 25, 0.1, 1.5, True),
    "restarts": lambda s: restarts(s, 10, 1.5, 0.8, 0.1),
    "restarts_equal": lambda s: restarts(s, 10, 1.0, 0.5, 0.0),
    "linear_cosine": lambda s: linear_cosine(s, 100, 0.5, 0.0, 0.001),
    "linear_cosine_waves": lambda s: linear_cosine(s, 80, 3.0, 0.2, 0.01),
}

torch.manual_seed(3)
FALLING = [2.0 / (1 + epoch) + 0.3 for epoch in range(15)] + [0.4 + 0.01 * value for value in torch.randn(45).tolist()]
RISING = [1 - value / 4 for value in FALLING]
PLATEAUS = {
    "relative": (FALLING, dict(patience=3, factor=0.5)),
    "absolute": (FALLING, dict(patience=3, factor=0.5, threshold=0.05, threshold_mode="abs")),
    "rising": (RISING, dict(mode="max", patience=2, factor=0.2, threshold=0.01)),
    "rising_absolute": (RISING, dict(mode="max", patience=2, factor=0.2, threshold=0.02, threshold_mode="abs")),
    "cooldown": (FALLING, dict(patience=1, factor=0.5, cooldown=4)),
    "smallest": (FALLING, dict(patience=0, factor=0.5, min_lr=0.03)),
    "not_numbers": ([1.0, math.nan, 0.5, math.nan, math.nan, math.nan, 0.6, 0.4], dict(patience=1, factor=0.5)),
}

tensors = {f"torch.{name}": values for name, values in TORCH.items()}
tensors |= {f"formula.{name}": [formula(step) for step in range(STEPS)] for name, formula in FORMULAS.items()}
for name, (values, options) in PLATEAUS.items():
    # As the test reads them.
    values = torch.tensor(values).tolist()
    tensors[f"plateau.{name}.values"] = values
    tensors[f"plateau.{name}.rates"] = plateau(values, **options)

header, data = {}, b""
for name, values in tensors.items():
    begin = len(data)
    data += struct.pack(f"<{len(values)}f", *values)
    header[name] = dict(dtype="F32", shape=[len(values)], data_offsets=[begin, len(data)])
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
path = pathlib.Path(__file__).parent / "Files" / "schedules.safetensors"
path.write_bytes(struct.pack("<Q", len(text)) + text + data)
