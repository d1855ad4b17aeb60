using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Data;

/// <summary>What a network predicts for one target of a row: a class by its name, or a number in the units of its column.</summary>
public sealed class TargetPrediction
{
    private readonly string? _class;
    private readonly double _number;

    internal TargetPrediction(string name, double number) => (Name, _number, ClassNames, Probabilities) = (name, number, [], []);

    internal TargetPrediction(string name, string winner, double? probability, string[] classes, double[] probabilities) =>
        (Name, _class, Probability, ClassNames, Probabilities) = (name, winner, probability, [.. classes], [.. probabilities]);

    /// <summary>The target's name.</summary>
    public string Name { get; }

    /// <summary>Whether the target is a class.</summary>
    public bool IsClass => _class is not null;

    /// <summary>The class.</summary>
    /// <exception cref="InvalidOperationException">The target is a number.</exception>
    public string Class => _class ?? throw new InvalidOperationException($"The target '{Name}' is a number, not a class.");

    /// <summary>The number, in the units of the target's column.</summary>
    /// <exception cref="InvalidOperationException">The target is a class.</exception>
    public double Number => _class is null ? _number : throw new InvalidOperationException($"The target '{Name}' is a class, not a number.");

    /// <summary>The probability of the class, 0 to 1; null for a number, and if the loss has no probabilities (hinge, squared
    /// error).</summary>
    public double? Probability { get; }

    /// <summary>The names of all classes in the order of their indices; empty for a number.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The probabilities of <see cref="ClassNames"/>, each 0 to 1; empty if <see cref="Probability"/> is null. They sum
    /// to 1 if the classes exclude one another (softmax, or two classes from one output).</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <summary>The class with its probability, <c>Adelie (98.3 %)</c>, or the number, in the invariant culture.</summary>
    public override string ToString() => _class is null
        ? ((float)_number).ToString(CultureInfo.InvariantCulture)
        : Probability is { } probability ? string.Create(CultureInfo.InvariantCulture, $"{_class} ({100 * probability:F1} %)") : _class;
}
