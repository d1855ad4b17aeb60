namespace StaticNet.Training.Metrics;

/// <summary>A measured figure.</summary>
/// <param name="Name">What it is, such as <c>accuracy</c>.</param>
/// <param name="Value">How much; NaN where nothing was measured.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
public readonly record struct MetricValue(string Name, double Value, bool HigherIsBetter);
