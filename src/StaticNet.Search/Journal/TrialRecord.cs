using System.Collections.Immutable;

namespace StaticNet.Search.Journal;

/// <summary>A trial as a journal holds it.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Values">The values of the dimensions; NaN where one plays no part.</param>
/// <param name="Point">The point of these values, as methods see it.</param>
/// <param name="Worker">Who runs it, or has run it.</param>
internal sealed record TrialRecord(int Number, ImmutableArray<double> Values, ImmutableArray<double> Point, string Worker)
{
    /// <summary>How it ended; null while it is running.</summary>
    public TrialStatus? Status { get; init; }

    public double Value { get; init; } = double.NaN;

    public ImmutableArray<double> Reports { get; init; } = [];

    public double Seconds { get; init; }

    public bool HasEnded => Status is not null;
}
