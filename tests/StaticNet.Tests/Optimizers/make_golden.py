#!/usr/bin/python3
"""Writes Files/optimizers.safetensors: what PyTorch's optimizers and schedules do over 100 steps.

A weight [5, 3] and a bias [5] get the same gradients in every case. Per case NAME the file holds NAME.weight and NAME.bias,
[3, ...]: the parameters after 1, 10 and 100 steps. schedule.cosine [101] holds the learning rates of CosineAnnealingLR.
"""
import json
import pathlib
import struct

import torch

STEPS = 100
KEPT = (1, 10, 100)

torch.manual_seed(1)
weight = torch.randn(5, 3)
bias = torch.randn(5)
# Growing and shrinking gradients of both signs, so that averages and clipping have something to do.
size = 0.2 + torch.sin(torch.arange(STEPS) / 7.0).abs() * 3
weight_gradients = torch.randn(STEPS, 5, 3) * size[:, None, None]
bias_gradients = torch.randn(STEPS, 5) * size[:, None]

CASES = {
    "sgd": (torch.optim.SGD, dict(lr=0.05)),
    "sgd_decay": (torch.optim.SGD, dict(lr=0.05, weight_decay=0.1)),
    "sgd_momentum": (torch.optim.SGD, dict(lr=0.05, momentum=0.9)),
    "sgd_dampening": (torch.optim.SGD, dict(lr=0.05, momentum=0.8, dampening=0.3, weight_decay=0.01)),
    "sgd_nesterov": (torch.optim.SGD, dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "sgd_clip": (torch.optim.SGD, dict(lr=0.05, momentum=0.9), dict(clip=1.5)),
    "sgd_weights_only": (torch.optim.SGD, dict(lr=0.05, weight_decay=0.1), dict(weights_only=True)),
    "sgd_cosine": (torch.optim.SGD, dict(lr=0.05, momentum=0.9), dict(cosine=True)),
    "adam": (torch.optim.Adam, dict(lr=0.01)),
    "adam_betas": (torch.optim.Adam, dict(lr=0.01, betas=(0.8, 0.95), eps=1e-3)),
    "adam_decay": (torch.optim.Adam, dict(lr=0.01, weight_decay=0.1)),
    "adam_clip": (torch.optim.Adam, dict(lr=0.01), dict(clip=1.5)),
    "adamw": (torch.optim.AdamW, dict(lr=0.01)),
    "adamw_decay": (torch.optim.AdamW, dict(lr=0.01, weight_decay=0.5, betas=(0.5, 0.9))),
    "adamw_weights_only": (torch.optim.AdamW, dict(lr=0.01, weight_decay=0.5), dict(weights_only=True)),
}


def run(optimizer_type, options, clip=None, weights_only=False, cosine=False):
    w = weight.clone().requires_grad_()
    b = bias.clone().requires_grad_()
    groups = [dict(params=[w]), dict(params=[b])]
    if weights_only:
        groups[1]["weight_decay"] = 0.0
    optimizer = optimizer_type(groups, **options)
    schedule = None
    if cosine:
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=100, eta_min=0.1 * options["lr"])
    kept = ([], [])
    for step in range(STEPS):
        w.grad = weight_gradients[step].clone()
        b.grad = bias_gradients[step].clone()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([w, b], clip)
        optimizer.step()
        if schedule:
            schedule.step()
        if step + 1 in KEPT:
            kept[0].append(w.detach().clone())
            kept[1].append(b.detach().clone())
    return torch.stack(kept[0]), torch.stack(kept[1])


def cosine_rates():
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=100, eta_min=0.1)
    rates = []
    for _ in range(101):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return torch.tensor(rates)


tensors = {
    "weight": weight,
    "bias": bias,
    "weight_gradients": weight_gradients,
    "bias_gradients": bias_gradients,
    "schedule.cosine": cosine_rates(),
}
for name, (optimizer_type, options, *extra) in CASES.items():
    tensors[f"{name}.weight"], tensors[f"{name}.bias"] = run(optimizer_type, options, **(extra[0] if extra else {}))

header, data = {}, b""
for name, tensor in tensors.items():
    values = tensor.flatten().tolist()
    begin = len(data)
    data += struct.pack(f"<{len(values)}f", *values)
    header[name] = dict(dtype="F32", shape=list(tensor.shape), data_offsets=[begin, len(data)])
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
path = pathlib.Path(__file__).parent / "Files" / "optimizers.safetensors"
path.write_bytes(struct.pack("<Q", len(text)) + text + data)
