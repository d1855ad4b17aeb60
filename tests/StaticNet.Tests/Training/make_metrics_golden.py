"""Writes Files/metrics.csv: outputs, targets and what scikit-learn makes of them.

Run with /usr/bin/python3, which has numpy and scikit-learn. Each line is: case, figure, its value, the number of outputs a sample,
the outputs, the targets (numbers separated by spaces). Outputs are floats exactly, so that both sides see the same ones.
"""

import os

import numpy as np
from sklearn import metrics

random = np.random.RandomState(7)
lines = []


def floats(values):
    return np.asarray(values, dtype=np.float32)


def text(values):
    return " ".join(repr(float(value)) for value in np.asarray(values).ravel())


def add(case, figure, value, outputs, targets):
    lines.append(f"{case},{figure},{value!r},{outputs.shape[1]},{text(outputs)},{text(targets)}")


def softmax(logits):
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def classes(case, logits, labels):
    probabilities = softmax(logits)
    scores = probabilities[:, 1] if logits.shape[1] == 2 else probabilities
    area = metrics.roc_auc_score(labels, scores, multi_class="ovr", average="macro")
    add(case, "roc_auc", float(area), logits, labels)
    for k in (1, 2, 3):
        if k < logits.shape[1] and logits.shape[1] > 2:
            found = metrics.top_k_accuracy_score(labels, logits.astype(np.float64), k=k, labels=np.arange(logits.shape[1]))
            add(case, f"top_{k}_accuracy", float(found), logits, labels)


def binary(case, logits, labels):
    area = metrics.roc_auc_score(labels, logits.astype(np.float64), average="macro")
    add(case, "roc_auc", float(area), logits, labels)


def numbers(case, outputs, targets):
    o, t = outputs.astype(np.float64), targets.astype(np.float64)
    add(case, "mean_absolute_error", float(metrics.mean_absolute_error(t, o)), outputs, targets)
    add(case, "mean_squared_error", float(metrics.mean_squared_error(t, o)), outputs, targets)
    add(case, "root_mean_squared_error", float(np.sqrt(metrics.mean_squared_error(t, o))), outputs, targets)
    add(case, "r_squared", float(metrics.r2_score(t, o)), outputs, targets)


labels = random.randint(0, 4, 60)
classes("four", floats(random.randn(60, 4) + 1.5 * np.eye(4)[labels]), labels)
labels = random.randint(0, 5, 80)
classes("confident", floats(5 * (random.randn(80, 5) + np.eye(5)[labels])), labels)
labels = random.randint(0, 2, 40)
classes("two", floats(random.randn(40, 2) + np.eye(2)[labels]), labels)

labels = random.randint(0, 2, (50, 1))
binary("binary", floats(random.randn(50, 1) + labels), labels)
binary("ties", floats(random.randint(0, 4, (50, 1)) + labels), labels)
binary("alike", floats(np.zeros((50, 1))), labels)
labels = random.randint(0, 2, (40, 3))
binary("outputs", floats(random.randn(40, 3) + labels), labels)

targets = floats(random.randn(30, 1) * 3 + 5)
numbers("one", floats(targets + random.randn(30, 1)), targets)
targets = floats(random.randn(25, 3) * [1, 10, 100] + [0, 1000, -5])
numbers("three", floats(targets + random.randn(25, 3) * [0.1, 20, 30]), targets)
targets = floats(np.column_stack([np.full(10, 4.0), np.arange(10)]))
numbers("constant", floats(targets + random.randn(10, 2)), targets)
numbers("constant and exact", floats(np.column_stack([np.full(10, 4.0), np.zeros(10)])), targets)

with open(os.path.join(os.path.dirname(__file__), "Files", "metrics.csv"), "w", newline="\n") as file:
    file.write("\n".join(lines) + "\n")
