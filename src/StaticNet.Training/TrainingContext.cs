using System.Collections.Immutable;
using System.Diagnostics;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>Where a training is; one object for a whole run, given to every callback.</summary>
public sealed class TrainingContext
{
    private long _epochStart;
    private double _lossSum;
    private long _samplesSeen;

    internal TrainingContext(Trainer trainer, int epochCount, int batchCount)
    {
        Trainer = trainer;
        Epoch = trainer.CompletedEpochs;
        EpochCount = epochCount;
        BatchCount = batchCount;
    }

    /// <summary>The trainer: its network's description and weights, its optimizer and options.</summary>
    public Trainer Trainer { get; }

    /// <summary>The epoch's number, from 1, counted over all runs of the trainer.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of the last epoch of this run.</summary>
    public int EpochCount { get; }

    /// <summary>The batch's number in its epoch, from 1; 0 before the first.</summary>
    public int Batch { get; private set; }

    /// <summary>The batches of an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The samples of the batch.</summary>
    public int SampleCount { get; private set; }

    /// <summary>The loss of the last finished batch, the mean over its samples; NaN before the first of an epoch.</summary>
    public double BatchLoss { get; private set; } = double.NaN;

    /// <summary>The mean loss of the epoch's samples so far; NaN before the first batch has ended.</summary>
    public double Loss => _samplesSeen == 0 ? double.NaN : _lossSum / _samplesSeen;

    /// <summary>The learning rate of the last step.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>The finished epochs; at an epoch's end its own result is the last.</summary>
    public History History { get; } = new();

    /// <summary>Whether training is to stop.</summary>
    public bool IsStopped => History.StopReason != StopReason.Completed;

    /// <summary>Ends training after this batch or epoch. The first reason counts.</summary>
    /// <param name="message">Why, for the history.</param>
    public void StopTraining(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        History.Stop(StopReason.Callback, message);
    }

    internal void BeginEpoch(int epoch)
    {
        Epoch = epoch;
        Batch = 0;
        SampleCount = 0;
        BatchLoss = double.NaN;
        _lossSum = 0;
        _samplesSeen = 0;
        _epochStart = Stopwatch.GetTimestamp();
    }

    internal void BeginBatch(int samples)
    {
        Batch++;
        SampleCount = samples;
    }

    internal void EndBatch(float loss)
    {
        BatchLoss = loss;
        _lossSum += (double)loss * SampleCount;
        _samplesSeen += SampleCount;
    }

    internal void EndEpoch(ImmutableArray<MetricValue> metrics, Evaluation? validation) => History.Add(new EpochResult(
        Epoch,
        Loss,
        metrics,
        validation?.Loss,
        validation?.Metrics ?? [],
        LearningRate,
        Stopwatch.GetElapsedTime(_epochStart).TotalSeconds));
}
