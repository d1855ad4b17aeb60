using StaticNet.Numerics;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <summary>
/// Averages the weights over the steps of a run: the average often does better than the last weights, and fluctuates less.
/// See <see cref="ExponentialAverage"/> and <see cref="StochasticWeightAverage"/>.
/// </summary>
/// <remarks>
/// <para>Training continues with its own weights. Once there is an average, everything is measured with it: validation, the
/// metrics of training samples, and the weights that <see cref="EarlyStopping"/> restores. Checkpoints have it under the
/// network's names, so <c>LoadSafetensors</c> loads the averaged network from them. At the end of a run, the network has the
/// average (<see cref="UseAtEnd"/>); the next run continues with the weights of training.</para>
/// <para>A trainer takes at most one of them among its callbacks. Averaging allocates nothing, except in the pass over the
/// training samples that measures the statistics of batch norms for the average. A resumed run continues bit for bit.</para>
/// </remarks>
public abstract class AveragedWeights : TrainingCallback
{
    private const string KindKey = "kind";
    private const string CountKey = "count";
    private const string NeedsStatisticsKey = "needs_statistics";
    private const string WeightsName = "training_weights";

    private Trainer? _trainer;

    /// <summary>The average, or while the network has it the weights of training.</summary>
    private float[] _other = [];

    /// <summary>A hash that shows whether the weights have been changed since the last run.</summary>
    private int _left;

    private protected AveragedWeights(int startEpoch, long startStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startEpoch);
        ArgumentOutOfRangeException.ThrowIfNegative(startStep);
        StartEpoch = startEpoch;
        StartStep = startStep;
    }

    /// <summary>The number of epochs, over all runs of the trainer, before the first weights are averaged.</summary>
    public int StartEpoch { get; }

    /// <summary>The number of steps, over all runs of the trainer, before the first weights are averaged.</summary>
    public long StartStep { get; }

    /// <summary>Whether the network has the average after a run, unless an exception ended it. Default: true.</summary>
    public bool UseAtEnd { get; init; } = true;

    /// <summary>How many weights have been averaged; 0 if there is no average yet.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the network has the average now, and not the weights of training.</summary>
    public bool IsInNetwork { get; private set; }

    /// <summary>Whether the running statistics of batch norms have to be computed for the average before it is of use.</summary>
    internal bool NeedsStatistics { get; set; }

    /// <summary>The averaged weights, as they are stored; those of the network where there are none.</summary>
    internal ReadOnlySpan<float> Average => Count == 0 || IsInNetwork ? RequireTrainer().Weights.Values : _other;

    /// <summary>
    /// Exchanges the weights of the network and the average: the network then has the average, or the weights of training again.
    /// Nothing allocates. A callback that exchanges them must exchange them back before it returns.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no average yet.</exception>
    public void Swap()
    {
        if (Count == 0)
            throw new InvalidOperationException("Expected an average to exchange the weights with; none have been averaged yet.");
        WeightLoop.Swap(RequireTrainer().Weights.Edit(), _other);
        IsInNetwork = !IsInNetwork;
    }

    /// <inheritdoc/>
    public sealed override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var weights = context.Trainer.Weights;
        // Weights that are not those of the run before are another training's begin.
        if (!ReferenceEquals(_trainer, context.Trainer) || HashOf(weights.Values) != _left)
            (Count, IsInNetwork) = (0, false);
        _trainer = context.Trainer;
        if (_other.Length != weights.Values.Length)
            _other = new float[weights.Values.Length];
        if (IsInNetwork)
            Swap();
    }

    /// <inheritdoc/>
    public sealed override void OnRunEnd(TrainingContext context)
    {
    }

    /// <inheritdoc/>
    public sealed override StateDict ToStateDict()
    {
        var state = new StateDict();
        var fields = new CheckpointFields(state, "");
        fields.Set(KindKey, Kind);
        fields.Set(CountKey, Count);
        fields.Set(NeedsStatisticsKey, NeedsStatistics ? 1 : 0);
        // The average is what the checkpoint has as the network.
        if (Count > 0)
            state.Add(WeightsName, [_other.Length], IsInNetwork ? _other : RequireTrainer().Weights.Values);
        return state;
    }

    /// <inheritdoc/>
    public sealed override void LoadStateDict(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var fields = new CheckpointFields(state, "");
        if (fields.Text(KindKey) is var kind && kind != Kind)
            throw new ArgumentException($"The weights are averaged as '{Kind}', but the checkpoint's as '{kind}'.", nameof(state));
        var (count, needsStatistics) = (fields.Int64(CountKey), fields.Int32(NeedsStatisticsKey) != 0);
        if (count > 0)
        {
            if (!state.TryGet(WeightsName, out var training) || training.Values.Length != _other.Length)
            {
                throw new ArgumentException(
                    $"Expected {_other.Length} weights of training next to the averaged ones; the checkpoint has {training?.Values.Length ?? 0}.",
                    nameof(state));
            }

            var weights = RequireTrainer().Weights;
            weights.Values.CopyTo(_other);
            training.Values.CopyTo(weights.Edit());
        }

        (Count, IsInNetwork, NeedsStatistics) = (count, false, needsStatistics);
    }

    /// <summary>Takes the weights after a step.</summary>
    internal virtual void AfterStep(TrainingContext context)
    {
    }

    /// <summary>Takes the weights after an epoch, before it is measured.</summary>
    internal virtual void AfterEpoch(TrainingContext context)
    {
    }

    /// <summary>Leaves the weights as they are to be when a run has ended.</summary>
    internal void Finish()
    {
        if (Count > 0 && UseAtEnd && !IsInNetwork)
            Swap();
    }

    /// <summary>Notes what the weights are when all is over.</summary>
    internal void NoteEnd() => _left = _trainer is null ? 0 : HashOf(_trainer.Weights.Values);

    /// <summary>All that a run that fails at its beginning has to put back.</summary>
    internal Memento Remember() => new(_trainer, [.. _other], Count, IsInNetwork, _left, NeedsStatistics);

    /// <summary>Puts it back.</summary>
    internal void Restore(Memento before) =>
        (_trainer, _other, Count, IsInNetwork, _left, NeedsStatistics) = (before.Trainer, before.Other, before.Count, before.IsInNetwork, before.Left, before.NeedsStatistics);

    /// <summary>How it averages, in words that are the same only where all figures are.</summary>
    private protected abstract string Kind { get; }

    /// <summary>Whether the weights now are to be averaged.</summary>
    private protected bool HasBegun(TrainingContext context) => context.Step > StartStep && context.Trainer.CompletedEpochs >= StartEpoch;

    /// <summary>Goes a part of the way to the weights of training; the first ones are taken as they are.</summary>
    private protected void Add(double part)
    {
        var trainer = RequireTrainer();
        var weights = trainer.Weights.Values;
        if (Count++ == 0)
            weights.CopyTo(_other);
        else
            Blend(weights, trainer.Weights.Table, (float)part);
    }

    private void Blend(ReadOnlySpan<float> weights, ParameterTable table, float part)
    {
        WeightLoop.Blend(weights, _other, part);
        foreach (var parameter in table.Parameters)
        {
            // Running statistics are averages already.
            if (parameter.Kind == ParameterKind.Statistic)
                weights.Slice(parameter.Offset, parameter.PackedLength).CopyTo(_other.AsSpan(parameter.Offset));
        }
    }

    private Trainer RequireTrainer() =>
        _trainer ?? throw new InvalidOperationException("Expected averaged weights of a trainer; they have not been in a run yet.");

    private static int HashOf(ReadOnlySpan<float> weights)
    {
        var hash = default(HashCode);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights));
        return hash.ToHashCode();
    }

    internal sealed record Memento(Trainer? Trainer, float[] Other, long Count, bool IsInNetwork, int Left, bool NeedsStatistics);
}
