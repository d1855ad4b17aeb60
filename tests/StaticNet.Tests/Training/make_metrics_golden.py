"""Writes Files/metrics.csv: outputs, targets and what scikit-learn makes of them.

Run with /usr/bin/python3, which has numpy and scikit-learn. Each line is: case, figure, its value, the number of outputs a sample,
the outputs, the targets (numbers separated by spaces), and where samples have weights those. Outputs are floats exactly, so that both sides see the same ones.
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

# Of the first call with weights the same figures again, with them.


def add_weighted(case, figure, value, outputs, targets, weights=None):
    lines.append(f"{case},{figure},{float(value)!r},{outputs.shape[1]},{text(outputs)},{text(targets)}" + ("" if weights is None else f",{text(weights)}"))


def one_against_all(labels, count):
    return np.eye(count)[labels]


def mean_of_classes(figure, labels, scores, weights):
    wanted = one_against_all(labels, scores.shape[1])
    return np.mean([figure(wanted[:, c], scores[:, c], sample_weight=weights) for c in range(scores.shape[1])])


def weighted_classes(case, logits, labels, weights):
    probabilities, count = softmax(logits), logits.shape[1]
    predicted = logits.argmax(axis=1)
    for own in (None, weights):
        add_weighted(case, "log_loss", metrics.log_loss(labels, probabilities, labels=np.arange(count), sample_weight=own), logits, labels, own)
        add_weighted(case, "average_precision", mean_of_classes(metrics.average_precision_score, labels, probabilities, own), logits, labels, own)
    add_weighted(case, "roc_auc", mean_of_classes(metrics.roc_auc_score, labels, probabilities, weights), logits, labels, weights)
    add_weighted(case, "accuracy", metrics.accuracy_score(labels, predicted, sample_weight=weights), logits, labels, weights)
    if case != "tied with weights":  # of equal scores scikit-learn takes the higher index
        add_weighted(case, "top_2_accuracy", metrics.top_k_accuracy_score(labels, logits.astype(np.float64), k=2, labels=np.arange(count), sample_weight=weights), logits, labels, weights)
    for figure, score in (("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1", metrics.f1_score)):
        for average in ("macro", "micro", "weighted"):
            add_weighted(case, f"{figure} {average}", score(labels, predicted, average=average, sample_weight=weights, zero_division=0), logits, labels, weights)


def weighted_binary(case, logits, labels, weights):
    z = logits.astype(np.float64)
    for own in (None, weights):
        columns = range(logits.shape[1])
        add_weighted(case, "log_loss", np.mean([metrics.log_loss(labels[:, c], 1 / (1 + np.exp(-z[:, c])), sample_weight=own) for c in columns]), logits, labels, own)
        add_weighted(case, "average_precision", metrics.average_precision_score(labels, z, average="macro", sample_weight=own), logits, labels, own)
    add_weighted(case, "roc_auc", metrics.roc_auc_score(labels, z, average="macro", sample_weight=weights), logits, labels, weights)


def weighted_probabilities(case, outputs, labels, weights):
    for own in (None, weights):
        add_weighted(case, "log_loss", metrics.log_loss(labels[:, 0], outputs[:, 0].astype(np.float64), eps=2.0**-23, sample_weight=own), outputs, labels, own)


def weighted_numbers(case, outputs, targets, weights):
    o, t = outputs.astype(np.float64), targets.astype(np.float64)
    for own in (None, weights):
        add_weighted(case, "mean_absolute_percentage_error", metrics.mean_absolute_percentage_error(t, o, sample_weight=own), outputs, targets, own)
    add_weighted(case, "mean_absolute_error", metrics.mean_absolute_error(t, o, sample_weight=weights), outputs, targets, weights)
    add_weighted(case, "mean_squared_error", metrics.mean_squared_error(t, o, sample_weight=weights), outputs, targets, weights)
    add_weighted(case, "root_mean_squared_error", np.sqrt(metrics.mean_squared_error(t, o, sample_weight=weights)), outputs, targets, weights)
    add_weighted(case, "r_squared", metrics.r2_score(t, o, sample_weight=weights), outputs, targets, weights)


def some_weights(count):
    return floats(random.rand(count) * 3 + 0.1)


labels = random.randint(0, 4, 60)
weighted_classes("four with weights", floats(random.randn(60, 4) + 1.5 * np.eye(4)[labels]), labels, some_weights(60))
labels = random.randint(0, 3, 50)
weighted_classes("tied with weights", floats(random.randint(0, 3, (50, 3)) + np.eye(3)[labels]), labels, some_weights(50))
labels = random.randint(0, 2, (50, 1))
weighted_binary("binary with weights", floats(random.randn(50, 1) + labels), labels, some_weights(50))
labels = random.randint(0, 2, (60, 2))
weighted_binary("ties with weights", floats(random.randint(0, 4, (60, 2)) + labels), labels, some_weights(60))
labels = random.randint(0, 2, (40, 1))
weighted_probabilities("probabilities", floats(np.clip(0.5 + 0.6 * random.randn(40, 1) * (labels - 0.3), 0, 1)), labels, some_weights(40))
targets = floats(random.randn(30, 1) * 3 + 5)
weighted_numbers("one with weights", floats(targets + random.randn(30, 1)), targets, some_weights(30))
targets = floats(random.randn(25, 3) * [1, 10, 100] + [0, 1000, -5])
weighted_numbers("three with weights", floats(targets + random.randn(25, 3) * [0.1, 20, 30]), targets, some_weights(25))

with open(os.path.join(os.path.dirname(__file__), "Files", "metrics.csv"), "w", newline="\n") as file:
    file.write("\n".join(lines) + "\n")
