using System.Globalization;
using System.Text;

namespace StaticNet.Reference.Comparison;

/// <summary>One tensor of a network against the reference.</summary>
/// <param name="Name">Which.</param>
/// <param name="Error">The largest difference, relative to the tensor's largest magnitude; NaN for a figure that is none.</param>
/// <param name="Tolerance">How large the error may be.</param>
/// <param name="Index">The element with the largest difference.</param>
/// <param name="Expected">What the reference gives there.</param>
/// <param name="Actual">What the network gives there.</param>
public sealed record ComparedTensor(string Name, double Error, double Tolerance, int Index, double Expected, double Actual)
{
    /// <summary>Whether the error is within the tolerance.</summary>
    public bool Passed => Error <= Tolerance;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: element {Index} is {Actual:G9}, expected {Expected:G9}; error {Error:G3}, tolerance {Tolerance:G3}");
}

/// <summary>How a network compares with its reference.</summary>
/// <param name="network">The network's name.</param>
public sealed class ComparisonReport(string network)
{
    private readonly List<ComparedTensor> _tensors = [];
    private readonly List<string> _problems = [];

    /// <summary>Whether everything agrees.</summary>
    public bool Passed => _problems.Count == 0 && _tensors.TrueForAll(tensor => tensor.Passed);

    /// <summary>All that was compared.</summary>
    public IReadOnlyList<ComparedTensor> Tensors => _tensors;

    /// <summary>Breaches that are no matter of tolerance.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The tensor with the largest share of its tolerance used up.</summary>
    public ComparedTensor? Worst => _tensors.MaxBy(Badness);

    /// <summary>Adds a breach.</summary>
    public void Fail(string problem) => _problems.Add(problem);

    /// <summary>Adds a breach unless the condition holds.</summary>
    public void Require(bool condition, string problem)
    {
        if (!condition)
            Fail(problem);
    }

    /// <summary>Compares a tensor.</summary>
    /// <param name="name">Which.</param>
    /// <param name="expected">What the reference gives.</param>
    /// <param name="actual">What the network gives.</param>
    /// <param name="tolerance">How large the error may be, relative to the largest expected magnitude.</param>
    /// <param name="smallestScale">What the error is relative to where the tensor is smaller than that.</param>
    public void Compare(string name, double[] expected, double[] actual, double tolerance, double smallestScale)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.Length != actual.Length)
        {
            Fail($"{name}: {actual.Length} elements, expected {expected.Length}");
            return;
        }

        var scale = Math.Max(smallestScale, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        var worst = 0;
        var error = 0.0;
        for (var index = 0; index < expected.Length; index++)
        {
            var difference = Math.Abs(actual[index] - expected[index]);
            // A NaN beats every number, and the first one stays.
            if (!double.IsNaN(error) && !(difference <= error))
                (worst, error) = (index, difference);
        }

        if (expected.Length == 0)
            return;
        error = error == 0 ? 0 : error / scale;
        _tensors.Add(new ComparedTensor(name, error, tolerance, worst, expected[worst], actual[worst]));
    }

    /// <summary>What disagrees, the worst first; or that everything agrees.</summary>
    public override string ToString()
    {
        if (Passed)
            return $"{network}: {_tensors.Count} tensors agree; the nearest to its tolerance is {Worst}";

        var text = new StringBuilder($"{network} differs from the reference.");
        foreach (var problem in _problems)
            text.Append('\n').Append(problem);
        var failed = _tensors.Where(tensor => !tensor.Passed).ToArray();
        foreach (var tensor in failed.OrderByDescending(Badness))
            text.Append('\n').Append(tensor);
        text.Append(CultureInfo.InvariantCulture, $"\n{_tensors.Count - failed.Length} of {_tensors.Count} tensors agree.");
        return text.ToString();
    }

    /// <summary>Throws what <see cref="ToString"/> says unless everything agrees.</summary>
    /// <exception cref="ComparisonException">Something differs.</exception>
    public void ThrowIfDifferent()
    {
        if (!Passed)
            throw new ComparisonException(ToString());
    }

    private static double Badness(ComparedTensor tensor) =>
        double.IsNaN(tensor.Error) ? double.MaxValue : tensor.Error / tensor.Tolerance;
}
