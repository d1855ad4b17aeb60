"""Optimizers that PyTorch 1.13 has not, from their definitions, element by element in double precision.

Each class takes the parameters (a list of numpy float64 arrays, changed in place) and has step(gradients).
"""
import numpy as np


class Lion:
    """Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023, algorithm 2."""

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        self.params, self.lr, self.betas, self.weight_decay = params, lr, betas, weight_decay
        self.momentum = [np.zeros_like(p) for p in params]

    def step(self, gradients):
        beta1, beta2 = self.betas
        for p, g, m in zip(self.params, gradients, self.momentum):
            update = np.sign(beta1 * m + (1 - beta1) * g)
            p -= self.lr * (update + self.weight_decay * p)
            m[...] = beta2 * m + (1 - beta2) * g


class OnnxAdagrad:
    """ai.onnx.preview.training.Adagrad, version 1. T counts the updates done before."""

    def __init__(self, params, R, decay_factor=0.0, norm_coefficient=0.0, epsilon=0.0):
        self.params, self.R, self.decay_factor = params, R, decay_factor
        self.norm_coefficient, self.epsilon, self.T = norm_coefficient, epsilon, 0
        self.H = [np.zeros_like(p) for p in params]

    def step(self, gradients):
        r = self.R / (1 + self.T * self.decay_factor)
        for x, g, h in zip(self.params, gradients, self.H):
            regularized = self.norm_coefficient * x + g
            h += regularized * regularized
            x -= r * regularized / (np.sqrt(h) + self.epsilon)
        self.T += 1


class OnnxAdam:
    """ai.onnx.preview.training.Adam, version 1. T counts the updates done before."""

    def __init__(self, params, R, alpha=0.9, beta=0.999, norm_coefficient=0.0, norm_coefficient_post=0.0, epsilon=1e-6):
        self.params, self.R, self.alpha, self.beta, self.epsilon, self.T = params, R, alpha, beta, epsilon, 0
        self.norm_coefficient, self.norm_coefficient_post = norm_coefficient, norm_coefficient_post
        self.V = [np.zeros_like(p) for p in params]
        self.H = [np.zeros_like(p) for p in params]

    def step(self, gradients):
        for x, g, v, h in zip(self.params, gradients, self.V, self.H):
            regularized = self.norm_coefficient * x + g
            v[...] = self.alpha * v + (1 - self.alpha) * regularized
            h[...] = self.beta * h + (1 - self.beta) * regularized * regularized
            root = np.sqrt(h) + self.epsilon
            adjusted = self.R
            if self.T > 0:
                adjusted = self.R * np.sqrt(1 - self.beta ** self.T) / (1 - self.alpha ** self.T)
            x[...] = (1 - self.norm_coefficient_post) * (x - adjusted * v / root)
        self.T += 1


class OnnxMomentum:
    """ai.onnx.preview.training.Momentum, version 1. T counts the updates done before."""

    def __init__(self, params, R, alpha, beta, norm_coefficient=0.0, mode="standard"):
        self.params, self.R, self.alpha, self.beta = params, R, alpha, beta
        self.norm_coefficient, self.mode, self.T = norm_coefficient, mode, 0
        self.V = [np.zeros_like(p) for p in params]

    def step(self, gradients):
        for x, g, v in zip(self.params, gradients, self.V):
            regularized = self.norm_coefficient * x + g
            adjusted = self.beta if self.T > 0 else 1
            v[...] = self.alpha * v + adjusted * regularized
            x -= self.R * (regularized + self.alpha * v if self.mode == "nesterov" else v)
        self.T += 1


class Penalized:
    """Plain gradient descent on the loss with the penalty l1 * |p|, with sign(0) = 0."""

    def __init__(self, params, lr, l1):
        self.params, self.lr, self.l1 = params, lr, l1

    def step(self, gradients):
        for p, g in zip(self.params, gradients):
            p -= self.lr * (g + self.l1 * np.sign(p))
