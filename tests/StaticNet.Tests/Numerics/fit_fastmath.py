#!/usr/bin/python3
"""Fits the polynomials and rationals of FastMath and prints their coefficients.

Each fit is minimax in the weighted error: a least-squares solve whose weights are raised where the error is largest
(Lawson's iteration), with the denominator linearised around its last value for rationals. Coefficients are then rounded to
float one after another, the lowest power first, and the rest fitted again, so that later ones make up for the rounding.
"""
import math

import numpy as np


def solve(f, weight, x, numerator, denominator, fixed):
    """Minimises max |weight * (N/D - f)|, N and D being sums of coefficient * basis column. Returns all coefficients."""
    columns = [n for n in numerator] + [-f * d for d in denominator]
    count = len(columns)
    free = [i for i in range(count) if i not in fixed]
    coefficients = np.array([fixed.get(i, 0.0) for i in range(count)])
    if not free:
        return coefficients
    target = -sum(fixed[i] * columns[i] for i in fixed) if fixed else np.zeros_like(x)
    if not denominator:
        target = target + f
    lawson = np.ones_like(x)
    scale = np.ones_like(x)
    best, best_error = None, np.inf
    for _ in range(300):
        w = np.sqrt(lawson) * weight / scale
        matrix = np.stack([columns[i] * w for i in free], axis=1)
        norms = np.linalg.norm(matrix, axis=0)
        solution = np.linalg.lstsq(matrix / norms, target * w, rcond=None)[0] / norms
        coefficients[free] = solution
        n = sum(c * b for c, b in zip(coefficients, numerator))
        d = sum(c * b for c, b in zip(coefficients[len(numerator):], denominator)) if denominator else np.ones_like(x)
        error = np.abs(weight * (n / d - f))
        if error.max() < best_error:
            best, best_error = coefficients.copy(), error.max()
        scale = d
        lawson = lawson * (error / error.max() + 1e-3)
        lawson /= lawson.mean()
    return best


def fit(name, f, weight, x, numerator, denominator=(), fixed=None, names=None):
    """Fits, rounds to float, prints. `names` name the coefficients, numerator first."""
    fixed = dict(fixed or {})
    numerator, denominator = list(numerator), list(denominator)
    exact = solve(f, weight, x, numerator, denominator, fixed)
    order = [i for pair in zip(range(len(numerator)), range(len(numerator), len(numerator) + len(denominator))) for i in pair]
    order += [i for i in range(len(exact)) if i not in order]
    current = exact
    for i in order:
        if i not in fixed:
            fixed[i] = float(np.float32(current[i]))
            current = solve(f, weight, x, numerator, denominator, fixed)

    def worst(c):
        n = sum(a * b for a, b in zip(c, numerator))
        d = sum(a * b for a, b in zip(c[len(numerator):], denominator)) if denominator else 1.0
        return np.abs(weight * (n / d - f)).max()

    print(f"{name}: largest weighted error 2^{math.log2(worst(exact)):.2f}, rounded to float 2^{math.log2(worst(current)):.2f}")
    for label, value in zip(names or [f"c{i}" for i in range(len(current))], current):
        print(f"    {label} = {np.float32(value)!s}f")
    return current


def chebyshev(low, high, count=3000):
    return (low + high) / 2 - (high - low) / 2 * np.cos(np.pi * (np.arange(count) + 0.5) / count)


def powers(x, *exponents):
    return [x ** e for e in exponents]


erf = np.vectorize(math.erf)

if __name__ == "__main__":
    half_ln2 = math.log(2) / 2

    # Names are those of the constants in FastMath.*.cs.
    x = chebyshev(1e-3, 8.7)
    fit("tanh", np.tanh(x), 1 / np.tanh(x), x, powers(x, 1, 3, 5, 7, 9), powers(x, 0, 2, 4, 6, 8), fixed={0: 1.0, 5: 1.0},
        names=["1", "TN3", "TN5", "TN7", "TN9", "1", "TD2", "TD4", "TD6", "TD8"])

    # The slope at zero is 2/sqrt(pi), which two floats make as a quotient much better than one alone.
    slope = 2 / math.sqrt(math.pi)
    candidates = np.arange(2 ** 23, 2 ** 23 + 2000) / 2 ** 23
    ed0 = min(candidates, key=lambda d: abs(float(np.float32(d * slope)) / d - slope))
    x = chebyshev(1e-3, 3.95)
    fit("erf", erf(x), 1 / erf(x), x, powers(x, 1, 3, 5, 7, 9, 11), powers(x, 0, 2, 4, 6, 8, 10),
        fixed={0: float(np.float32(ed0 * slope)), 6: float(ed0)},
        names=["EN1", "EN3", "EN5", "EN7", "EN9", "EN11", "ED0", "ED2", "ED4", "ED6", "ED8", "ED10"])

    # Exp goes beyond ln 2 / 2 where the result is near the largest float; a tenth of the accuracy is enough there.
    x = np.concatenate([chebyshev(-half_ln2 * 1.01, half_ln2 * 1.01), np.linspace(half_ln2, 0.71, 300)])
    weight = np.where(x <= half_ln2 * 1.01, 1.0, 0.1)
    fit("exp", np.exp(x), weight / np.exp(x), x, powers(x, *range(7)), fixed={0: 1.0, 1: 1.0},
        names=["1", "1", "E2", "E3", "E4", "E5", "E6"])
    fit("expm1", np.expm1(x), weight / np.abs(np.expm1(x)), x, powers(x, *range(1, 8)), fixed={0: 1.0},
        names=["1", "M2", "M3", "M4", "M5", "M6", "M7"])

    x = chebyshev(0, 1)
    f = np.log1p(x) / x
    fit("log1p(x)/x", f, 1 / f, x, powers(x, *range(10)), fixed={0: 1.0},
        names=["1"] + [f"P{i}" for i in range(1, 10)])

    x = chebyshev(math.sqrt(0.5) - 1, math.sqrt(2) - 1)
    x = x[np.abs(x) > 1e-4]
    f = np.log1p(x)
    fit("log1p", f, 1 / np.abs(f), x, powers(x, *range(1, 11)), fixed={0: 1.0, 1: -0.5},
        names=["1", "-1/2"] + [f"L{i}" for i in range(3, 11)])

    x = chebyshev(1e-3, math.pi / 4 * 1.0001)
    fit("sin", np.sin(x), 1 / np.sin(x), x, powers(x, 1, 3, 5, 7), fixed={0: 1.0}, names=["1", "S3", "S5", "S7"])
    fit("cos", np.cos(x), 1 / np.cos(x), x, powers(x, 0, 2, 4, 6, 8), fixed={0: 1.0, 1: -0.5}, names=["1", "-1/2", "C4", "C6", "C8"])
