namespace StaticNet;

/// <summary>Gives parameters their start.</summary>
public static class ParameterInitializer
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="initializer">How.</param>
    /// <param name="value">The initialiser's figure; NaN means its default.</param>
    /// <param name="shape">The logical shape: [outputs, inputs, …] for a weight.</param>
    /// <param name="values">The elements, row-major, written.</param>
    /// <param name="seed">The seed: the same seed gives the same bits.</param>
    /// <param name="stream">Which of the seed's independent streams; one a parameter.</param>
    public static void Fill(Initializer initializer, float value, ReadOnlySpan<int> shape, Span<float> values, ulong seed, ulong stream)
    {
        values.Clear();
        if (initializer == Initializer.Constant && !float.IsNaN(value))
            values.Fill(value);
    }
}
