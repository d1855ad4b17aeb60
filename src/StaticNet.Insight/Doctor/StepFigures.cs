namespace StaticNet.Insight;

/// <summary>A figure of each step that was looked at: the newest ones, and a curve of all.</summary>
internal sealed class StepFigures
{
    private const int Kept = 512;

    private readonly double[] _newest = new double[Kept];

    /// <summary>The number of figures so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first figure of all.</summary>
    public double First { get; private set; }

    /// <summary>The newest figure.</summary>
    public double Last { get; private set; }

    /// <summary>Up to 512 of the newest figures, in no order.</summary>
    public ReadOnlySpan<double> Newest => _newest.AsSpan(0, (int)Math.Min(Count, Kept));

    /// <summary>All figures, over the number of the step that was looked at, from 1.</summary>
    public Curve Curve { get; } = new();

    public void Add(double figure)
    {
        _newest[Count % Kept] = figure;
        First = Count == 0 ? figure : First;
        Last = figure;
        Curve.Add(++Count, figure);
    }
}
