using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>How a trainer trains, beyond network and optimizer.</summary>
public sealed class TrainerOptions
{
    /// <summary>The samples of a batch, 1 to the network's batch size. Null, the default: the network's batch size.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The seed of the samples' order and of the validation split. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether each epoch has its own random order. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch with fewer samples is left out. Default: false.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// What chooses each epoch's samples instead of <see cref="Shuffle"/>; null, the default, for nothing. It is one of the samples that
    /// <c>Fit</c> trains with, so it goes with a validation set, and not with a validation fraction, whose rest it cannot know.
    /// </summary>
    public Sampler? Sampler { get; init; }

    /// <summary>
    /// What is done to each batch of training, such as augmentation; null, the default, for nothing. It sees inputs in
    /// the user's numbers: the network's <see cref="Scaling"/> is applied behind it. Targets are scaled before.
    /// </summary>
    public IBatchTransform? Transform { get; init; }

    /// <summary>Whether batches of training are made ahead on a thread of their own; the bits are the same. Default: false.</summary>
    public bool Prefetch { get; init; }

    /// <summary>
    /// The threads that share each batch, the calling one included, 1 to <see cref="WorkerPool.MostThreads"/>. The results are the
    /// same to the last bit with any number. Null, the default: one for each core, or one alone where a batch is too little work.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>What is called during training, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>
    /// What is measured on validation data and in evaluations. Null, the default: <see cref="Metric.DefaultsFor"/> the network.
    /// </summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>
    /// Whether the metrics are measured on the training samples too, by a pass of its own after each epoch (a training step gives
    /// the loss only). Default: false.
    /// </summary>
    public bool TrainingMetrics { get; init; }

    /// <summary>
    /// The batches whose gradients make one step of the optimizer, 1 or more: a step over more samples than fit the network's
    /// batch size. The last step of an epoch takes what is left. Each step follows the mean over all its samples. Default: 1.
    /// </summary>
    /// <remarks>
    /// n batches of m samples give the gradients of one batch of n · m up to rounding, as the sums are made in another order;
    /// dropout masks are the same. Batch norms differ: each batch is normalised by its own moments.
    /// </remarks>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>
    /// After how many steps of the optimizer the validation samples are measured within epochs, 1 or more: after the steps whose number
    /// (<see cref="Trainer.CompletedSteps"/>) it divides. Null, the default: when an epoch ends only. The end of an epoch is measured too.
    /// </summary>
    /// <remarks>
    /// The results are in <see cref="History.Steps"/>. Callbacks that watch a figure of the validation samples (early stopping, reduction on a
    /// plateau, best checkpoints) then look at these measurements instead of the epochs, and count their patience in them.
    /// </remarks>
    public int? ValidateEvery { get; init; }

    /// <summary>
    /// How many steps of the optimizer a call of <c>Fit</c> takes at most, 1 or more, with those before an interruption that it goes on
    /// from: it ends before the first step beyond, with <see cref="StopReason.MaxSteps"/>. Null, the default: as many as the epochs have.
    /// </summary>
    /// <remarks>Within an epoch it ends as <see cref="TimeBudget"/> does: the next call of <c>Fit</c> on the same samples trains the rest first.</remarks>
    public long? MaxSteps { get; init; }

    /// <summary>
    /// How long a call of <c>Fit</c> may train; it ends before the first step beyond, with <see cref="StopReason.TimeBudget"/>.
    /// Null, the default: as long as it takes.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>
    /// Whether <c>Fit</c> only tries itself out: one epoch of one batch, one batch of each evaluation, no checkpoints written or
    /// read. Parameters change as in any training. Default: false.
    /// </summary>
    public bool FastDevRun { get; init; }

    /// <summary>
    /// The names of settings that may differ from those of the checkpoint that <c>Fit</c> resumes from, as the refusal names them:
    /// <c>optimizer.learning_rate</c>, <c>transform.steps.0.degrees</c>. A name stands for all below it too: <c>optimizer</c>. What the
    /// options and the optimizer say now then counts. Default: none.
    /// </summary>
    /// <remarks>
    /// What chooses an epoch's samples (samples, batch_size, drop_last, seed, shuffle, sampler, stream) can change between epochs only. Learning
    /// rates and what is frozen are then the program's, and an optimizer of another class begins anew. <c>callbacks</c> lets callbacks with a
    /// state be added and removed, and lets a training go on that one of them has ended. What the program changes between two calls of
    /// <c>Fit</c> of one trainer (learning rates, what is frozen, whether schedule and dropout are enabled) needs no name here: it counts.
    /// </remarks>
    public IReadOnlyList<string> AllowedChanges { get; init; } = [];

    /// <summary>
    /// Whether the trainer shows how training goes (<see cref="TextProgress"/>) on the standard output. Null, the default: where that is a
    /// console, and none of the callbacks is a <see cref="ProgressDisplay"/>; so nothing is shown where the output goes to a file or a
    /// pipe, or in tests.
    /// </summary>
    public bool? Progress { get; init; }

    /// <summary>Warnings that are not to be given. Default: none.</summary>
    /// <example><code>new TrainerOptions { SilencedWarnings = [TrainingWarning.InputScale] }</code></example>
    public IReadOnlyList<TrainingWarning> SilencedWarnings { get; init; } = [];

    /// <summary>
    /// Where warnings go (see <see cref="TrainingWarning"/>); <see cref="TrainingCallback.OnWarning"/> is told too. Default: the standard error
    /// stream.
    /// </summary>
    public TextWriter Warnings { get; init; } = Console.Error;

    /// <summary>Checks what can be checked without data.</summary>
    /// <returns>What is outside its range, or null where it must not be; null if nothing is.</returns>
    internal string? FindProblem(NetworkDescription network, int batchSize)
    {
        if (BatchSize < 1 || BatchSize > batchSize)
            return $"Expected a {nameof(BatchSize)} of 1 to {batchSize}, that of {network.Name}, but got {BatchSize}.";
        if (AccumulateBatches < 1)
            return $"Expected {nameof(AccumulateBatches)} of 1 or more, but got {AccumulateBatches}.";
        if (Threads is < 1 or > WorkerPool.MostThreads)
            return $"Expected {nameof(Threads)} of 1 to {WorkerPool.MostThreads}, but got {Threads}.";
        if (ValidateEvery < 1)
            return $"Expected {nameof(ValidateEvery)} of 1 step or more, but got {ValidateEvery}.";
        if (MaxSteps < 1)
            return $"Expected {nameof(MaxSteps)} of 1 or more, but got {MaxSteps}.";
        if (TimeBudget < TimeSpan.Zero)
            return $"Expected a {nameof(TimeBudget)} of 0 or more, but got {TimeBudget}.";
        if (SilencedWarnings is null)
            return $"Expected {nameof(SilencedWarnings)}, but got null.";
        if (Warnings is null)
            return $"Expected a writer of {nameof(Warnings)}, TextWriter.Null for none, but got null.";
        return NullIn(Callbacks, nameof(Callbacks)) ?? TwiceIn(Callbacks) ?? SeveralAverages() ?? NullIn(AllowedChanges, nameof(AllowedChanges)) ?? (Metrics is null ? null : NullIn(Metrics, nameof(Metrics)));
    }

    private string? SeveralAverages() => Callbacks.OfType<AveragedWeights>().Select(average => average.GetType().Name).ToArray() is { Length: > 1 } names
        ? $"Expected at most one average of the weights among {nameof(Callbacks)}, but got {string.Join(" and ", names)}."
        : null;

    private static string? TwiceIn(IReadOnlyList<TrainingCallback> callbacks) => callbacks.GroupBy(callback => callback, ReferenceEqualityComparer.Instance).FirstOrDefault(same => same.Count() > 1) is { } twice
        ? $"Expected each of {nameof(Callbacks)} once; one {twice.Key!.GetType().Name} is listed twice."
        : null;

    private static string? NullIn<T>(IReadOnlyList<T> items, string name)
        where T : class => items is null ? $"Expected {name}, but got null." : items.Contains(null) ? $"Expected {name} without null; one is." : null;
}
