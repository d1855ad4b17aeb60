#!/usr/bin/python3
"""Writes Files/optimizers.safetensors: what PyTorch's optimizers do over 100 steps, and those of references.py.

A weight [5, 3] and a bias [5] get the same gradients in every case. Per case NAME the file holds NAME.weight and NAME.bias,
[3, ...]: the parameters after 1, 10 and 100 steps.
"""
import json
import pathlib
import struct

import numpy as np
import torch

import references

STEPS = 100
KEPT = (1, 10, 100)

torch.manual_seed(1)
weight = torch.randn(5, 3)
initial_bias = torch.randn(5)
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
    "sgd_clip_value": (torch.optim.SGD, dict(lr=0.05, momentum=0.9, weight_decay=0.01), dict(clip_value=0.7)),
    "sgd_clip_each": (torch.optim.SGD, dict(lr=0.05, momentum=0.9), dict(clip_each=1.2)),
    "sgd_clip_all": (torch.optim.SGD, dict(lr=0.05, momentum=0.9), dict(clip_value=2.0, clip_each=1.2, clip=1.5)),
    "sgd_max_norm": (torch.optim.SGD, dict(lr=0.05), dict(max_norm=1.0)),
    "sgd_groups": (torch.optim.SGD, dict(lr=0.05, momentum=0.9), dict(bias=dict(lr=0.005, weight_decay=0.1))),
    "adam": (torch.optim.Adam, dict(lr=0.01)),
    "adam_betas": (torch.optim.Adam, dict(lr=0.01, betas=(0.8, 0.95), eps=1e-3)),
    "adam_decay": (torch.optim.Adam, dict(lr=0.01, weight_decay=0.1)),
    "adam_clip": (torch.optim.Adam, dict(lr=0.01), dict(clip=1.5)),
    "adam_amsgrad": (torch.optim.Adam, dict(lr=0.01, amsgrad=True, weight_decay=0.1, betas=(0.9, 0.9))),
    "adamw": (torch.optim.AdamW, dict(lr=0.01)),
    "adamw_decay": (torch.optim.AdamW, dict(lr=0.01, weight_decay=0.5, betas=(0.5, 0.9))),
    "adamw_weights_only": (torch.optim.AdamW, dict(lr=0.01, weight_decay=0.5), dict(weights_only=True)),
    "adamw_amsgrad": (torch.optim.AdamW, dict(lr=0.01, amsgrad=True, betas=(0.9, 0.9))),
    "adamax": (torch.optim.Adamax, dict(lr=0.01)),
    "adamax_decay": (torch.optim.Adamax, dict(lr=0.01, betas=(0.8, 0.9), eps=1e-2, weight_decay=0.1)),
    # The form for lists of tensors: the other one of this version multiplies the momenta's product twice by one of them.
    "nadam": (torch.optim.NAdam, dict(lr=0.01, foreach=True)),
    "nadam_decay": (torch.optim.NAdam, dict(lr=0.01, betas=(0.8, 0.9), momentum_decay=0.1, weight_decay=0.1, foreach=True)),
    "radam": (torch.optim.RAdam, dict(lr=0.01)),
    "radam_decay": (torch.optim.RAdam, dict(lr=0.01, betas=(0.8, 0.95), weight_decay=0.1)),
    "adagrad": (torch.optim.Adagrad, dict(lr=0.1)),
    "adagrad_decay": (torch.optim.Adagrad, dict(lr=0.1, lr_decay=0.05, weight_decay=0.1, initial_accumulator_value=0.5)),
    "adadelta": (torch.optim.Adadelta, dict(lr=1.0)),
    "adadelta_decay": (torch.optim.Adadelta, dict(lr=0.5, rho=0.95, eps=1e-3, weight_decay=0.1)),
    "rmsprop": (torch.optim.RMSprop, dict(lr=0.01)),
    "rmsprop_momentum": (torch.optim.RMSprop, dict(lr=0.01, alpha=0.9, momentum=0.5, weight_decay=0.1)),
    "rmsprop_centered": (torch.optim.RMSprop, dict(lr=0.01, alpha=0.9, centered=True)),
    "rmsprop_centered_momentum": (torch.optim.RMSprop, dict(lr=0.01, centered=True, momentum=0.5, eps=1e-3)),
    "rprop": (torch.optim.Rprop, dict(lr=0.01)),
    "rprop_bounds": (torch.optim.Rprop, dict(lr=0.01, etas=(0.3, 1.5), step_sizes=(2e-3, 0.03))),
    "lion": (references.Lion, dict(lr=0.01)),
    "lion_decay": (references.Lion, dict(lr=0.01, betas=(0.8, 0.9), weight_decay=0.5)),
    "onnx_adagrad": (references.OnnxAdagrad, dict(R=0.1, decay_factor=0.1, norm_coefficient=0.01, epsilon=1e-3)),
    "onnx_adam": (references.OnnxAdam, dict(R=0.01)),
    "onnx_adam_decay": (references.OnnxAdam, dict(R=0.01, alpha=0.8, beta=0.95, norm_coefficient=0.1, norm_coefficient_post=0.01, epsilon=1e-2)),
    "onnx_momentum": (references.OnnxMomentum, dict(R=0.05, alpha=0.8, beta=0.7, norm_coefficient=0.01)),
    "onnx_nesterov": (references.OnnxMomentum, dict(R=0.05, alpha=0.8, beta=0.7, norm_coefficient=0.01, mode="nesterov")),
    "l1": (references.Penalized, dict(lr=0.05, l1=0.3)),
}


def run(optimizer_type, options, clip=None, clip_value=None, clip_each=None, max_norm=None, weights_only=False, bias=None, cosine=False):
    w = weight.clone().requires_grad_()
    b = initial_bias.clone().requires_grad_()
    groups = [dict(params=[w]), dict(params=[b], **(bias or {}))]
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
        if clip_value is not None:
            torch.nn.utils.clip_grad_value_([w, b], clip_value)
        if clip_each is not None:
            torch.nn.utils.clip_grad_norm_([w], clip_each)
            torch.nn.utils.clip_grad_norm_([b], clip_each)
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([w, b], clip)
        optimizer.step()
        if max_norm is not None:
            w.data = torch.renorm(w.data, p=2, dim=0, maxnorm=max_norm)
        if schedule:
            schedule.step()
        if step + 1 in KEPT:
            kept[0].append(w.detach().clone())
            kept[1].append(b.detach().clone())
    return torch.stack(kept[0]), torch.stack(kept[1])


def run_reference(optimizer_type, options):
    params = [weight.double().numpy().copy(), initial_bias.double().numpy().copy()]
    optimizer = optimizer_type(params, **options)
    kept = ([], [])
    for step in range(STEPS):
        optimizer.step([weight_gradients[step].double().numpy(), bias_gradients[step].double().numpy()])
        if step + 1 in KEPT:
            kept[0].append(params[0].copy())
            kept[1].append(params[1].copy())
    return torch.from_numpy(np.stack(kept[0])), torch.from_numpy(np.stack(kept[1]))


tensors = {
    "weight": weight,
    "bias": initial_bias,
    "weight_gradients": weight_gradients,
    "bias_gradients": bias_gradients,
}
for name, (optimizer_type, options, *extra) in CASES.items():
    if optimizer_type.__module__ == references.__name__:
        result = run_reference(optimizer_type, options)
    else:
        result = run(optimizer_type, options, **(extra[0] if extra else {}))
    tensors[f"{name}.weight"], tensors[f"{name}.bias"] = result

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
