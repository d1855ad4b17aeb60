namespace StaticNet.Benchmarks.Measuring;

/// <summary>One of several whose times are taken in turns.</summary>
internal abstract class Contender
{
    private readonly List<double> _nanoseconds = [];

    /// <summary>The number of times taken so far.</summary>
    public int Count => _nanoseconds.Count;

    /// <summary>The summary of all times so far.</summary>
    public Timing Timing => Timing.Of(_nanoseconds);

    /// <summary>Reaches the state that is to be measured: compiled, caches warm.</summary>
    public abstract void WarmUp();

    /// <summary>Takes the times of one turn.</summary>
    public void TakeTurn() => Measure(_nanoseconds);

    /// <summary>Measures for some milliseconds.</summary>
    /// <param name="nanoseconds">Takes the time of one call, once a block.</param>
    protected abstract void Measure(List<double> nanoseconds);
}
