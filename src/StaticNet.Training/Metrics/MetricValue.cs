namespace StaticNet.Training.Metrics;

/// <summary>A measured figure.</summary>
/// <param name="Name">Its name, such as <c>accuracy</c>.</param>
/// <param name="Value">Its value; NaN if nothing was measured.</param>
/// <param name="HigherIsBetter">Whether higher values are better.</param>
public readonly record struct MetricValue(string Name, double Value, bool HigherIsBetter);
