namespace StaticNet.Training;

/// <summary>What was measured in each epoch of a training, and why it ended.</summary>
public sealed class History
{
    private readonly List<EpochResult> _epochs = [];

    internal History()
    {
    }

    /// <summary>The finished epochs in order.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; private set; }

    /// <summary>Why training ended, in words; null when all epochs were done.</summary>
    public string? StopMessage { get; private set; }

    /// <summary>One figure of every epoch that has it.</summary>
    /// <param name="name">Its name; see <see cref="EpochResult.TryGet"/>.</param>
    /// <returns>The figures in the order of the epochs.</returns>
    public double[] Values(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var values = new List<double>();
        foreach (var epoch in _epochs)
        {
            if (epoch.TryGet(name, out var figure))
                values.Add(figure.Value);
        }

        return [.. values];
    }

    internal void Add(EpochResult result) => _epochs.Add(result);

    internal void Stop(StopReason reason, string message)
    {
        if (StopReason != StopReason.Completed)
            return;
        StopReason = reason;
        StopMessage = message;
    }
}
