using StaticNet.Data;

namespace StaticNet.Insight.Tests;

/// <summary>8×8 digits, with pixels from 0 to 1.</summary>
internal static class DigitsSamples
{
    public static DataSet All { get; } = Load();

    public static (DataSet Train, DataSet Validation) Split { get; } = All.Split(0.8, seed: 1, stratified: true);

    /// <summary>The same samples with other labels.</summary>
    public static DataSet WithLabels(this DataSet data, Func<int, int, int> label) => new(
        data.InputLength, 1, data.Inputs.ToArray(), [.. data.Targets.ToArray().Select((target, sample) => (float)label(sample, (int)target))]);

    private static DataSet Load()
    {
        var raw = Digits.DigitsData.Load();
        return new DataSet(raw.InputLength, 1, [.. raw.Inputs.ToArray().Select(pixel => pixel / 16)], raw.Targets.ToArray());
    }
}
