"""What the scripts that make golden files share."""
import json
import struct

import torch


def save(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().double().contiguous()
        raw = struct.pack(f"<{values.numel()}d", *values.flatten().tolist())
        header[name] = {"dtype": "F64", "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def uniform(*shape, low=-1.0, high=1.0):
    return (low + (high - low) * torch.rand(*shape)).float().double()
