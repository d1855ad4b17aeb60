namespace StaticNet.Tool.Verifying;

/// <summary>How far numbers are from those that are expected.</summary>
/// <param name="name">Whose numbers they are.</param>
/// <param name="kind">What that is: a shape, or a kind of layer.</param>
internal sealed class Comparison(string name, string kind)
{
    public string Name { get; } = name;

    public string Kind { get; } = kind;

    /// <summary>The largest magnitude that is expected.</summary>
    public float Largest { get; private set; }

    /// <summary>The largest difference; infinite if only one of two numbers is finite.</summary>
    public float Difference { get; private set; }

    /// <summary>The difference as a share of the largest magnitude.</summary>
    public float Error => Difference == 0 ? 0 : Difference / Largest;

    /// <summary>Takes numbers into account.</summary>
    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var index = 0; index < expected.Length; index++)
        {
            var (right, came) = (expected[index], actual[index]);
            if (float.IsFinite(right))
                Largest = MathF.Max(Largest, MathF.Abs(right));
            if (!right.Equals(came))
                Difference = MathF.Max(Difference, MathF.Abs(right - came) is var difference && float.IsNaN(difference) ? float.PositiveInfinity : difference);
        }
    }
}
