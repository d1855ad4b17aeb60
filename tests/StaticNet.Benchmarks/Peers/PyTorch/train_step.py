"""The PyTorch side of the training benchmark: one thread, driven line by line over stdin and stdout.

Usage: train_step.py FILE

FILE: one line of JSON {"batch", "inputs", "outputs", "batches", "learningRate", "momentum", "layers"}, then little-endian
float32: for each Linear layer its weight [out, in] and its bias [out], then for each batch its inputs [batch, inputs] and
its class indices [batch]. A layer is {"kind": "linear", "inputs", "outputs", "bias"} or {"kind": "tanh" | "relu" | ...}.

Prints "ready VERSION", then answers each command with one line:
  losses N   the losses of the first N steps from the initial weights
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

ACTIVATIONS = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid}
UNTIMED_STEPS = 4


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
        self.offset = 0

        def take(*shape):
            count = torch.Size(shape).numel()
            taken = values[self.offset:self.offset + count].reshape(shape).clone()
            self.offset += count
            return taken

        modules = []
        for layer in self.header["layers"]:
            if layer["kind"] == "linear":
                linear = torch.nn.Linear(layer["inputs"], layer["outputs"], layer["bias"])
                linear.weight.data = take(layer["outputs"], layer["inputs"])
                if layer["bias"]:
                    linear.bias.data = take(layer["outputs"])
                modules.append(linear)
            else:
                modules.append(ACTIVATIONS[layer["kind"]]())
        self.model = torch.nn.Sequential(*modules)
        self.initial = {name: value.clone() for name, value in self.model.state_dict().items()}
        batch = self.header["batch"]
        self.batches = [(take(batch, self.header["inputs"]), take(batch).long()) for _ in range(self.header["batches"])]
        self.loss = torch.nn.CrossEntropyLoss()
        self.restart()

    def restart(self):
        self.model.load_state_dict(self.initial)
        self.optimizer = torch.optim.SGD(
            self.model.parameters(), lr=self.header["learningRate"], momentum=self.header["momentum"])

    def step(self, number):
        inputs, targets = self.batches[number % len(self.batches)]
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(inputs), targets)
        loss.backward()
        self.optimizer.step()
        return loss

    def losses(self, count):
        self.restart()
        return [f"{self.step(number).item():.9g}" for number in range(count)]

    def time(self, count):
        self.restart()
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
    commands = {"losses": training.losses, "time": training.time}
    print("ready", torch.__version__, flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "quit":
            return
        print(" ".join(commands[command](int(arguments[0]))), flush=True)


if __name__ == "__main__":
    main()
