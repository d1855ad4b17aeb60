namespace StaticNet.Training;

/// <summary>Training was ended because the loss of a batch was not finite.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, with epoch and batch.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The batch in its epoch, from 1.</param>
    /// <param name="history">The epochs finished before.</param>
    /// <param name="layer">The layer that caused it, if one was found.</param>
    public TrainingDivergedException(string message, int epoch, int batch, History history, string? layer = null)
        : base(message)
    {
        Layer = layer;
        Epoch = epoch;
        Batch = batch;
        History = history;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch in its epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>
    /// The first layer with a parameter or a gradient that is not finite; null if there is none, or if the cause is in the data.
    /// </summary>
    public string? Layer { get; }

    /// <summary>The epochs finished before.</summary>
    public History History { get; }
}
