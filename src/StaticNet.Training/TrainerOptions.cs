using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>The options of a trainer, in addition to network and optimizer.</summary>
public sealed class TrainerOptions
{
    /// <summary>The samples of a batch, 1 to the network's batch size. Null (the default): the network's batch size.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The seed of the samples' order and of the validation split. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether each epoch has its own random order. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch with fewer samples is left out. Default: false.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// Chooses each epoch's samples instead of <see cref="Shuffle"/>; null (the default) for none. It is built for the samples
    /// that <c>Fit</c> trains on, so it can be used with a validation set, but not with a validation fraction, since it cannot
    /// know which samples are left.
    /// </summary>
    public Sampler? Sampler { get; init; }

    /// <summary>
    /// Changes each batch of training, for example by augmentation; null (the default) for none. It gets inputs in the user's
    /// numbers: the network's <see cref="Scaling"/> is applied after it. Targets are scaled before.
    /// </summary>
    public IBatchTransform? Transform { get; init; }

    /// <summary>Whether batches of training are prepared in advance on a separate thread; the bits are the same. Default: false.</summary>
    public bool Prefetch { get; init; }

    /// <summary>
    /// The number of threads that share each batch, including the calling one, 1 to <see cref="WorkerPool.MostThreads"/>. The
    /// results are the same to the last bit with any number. Null (the default): one for each core, or only one if a batch is too
    /// little work.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>The callbacks during training, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>
    /// What is measured on validation data and in evaluations. Null (the default): <see cref="Metric.DefaultsFor"/> the network.
    /// </summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>
    /// Whether the metrics are also measured on the training samples, in an additional pass after each epoch (a training step
    /// only returns the loss). Default: false.
    /// </summary>
    public bool TrainingMetrics { get; init; }

    /// <summary>
    /// The number of batches whose gradients make one step of the optimizer, 1 or more, for a step over more samples than the
    /// network's batch size. The last step of an epoch takes the batches that are left. Each step uses the mean over all its
    /// samples. Default: 1.
    /// </summary>
    /// <remarks>
    /// n batches of m samples have the gradients of one batch of n · m up to rounding, since they are added in another order;
    /// dropout masks are the same. Batch norms differ: each batch is normalised by its own mean and variance.
    /// </remarks>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>
    /// The number of the optimizer's steps after which the validation samples are measured each time within epochs, 1 or more:
    /// after the steps whose number (<see cref="Trainer.CompletedSteps"/>) it divides. Null (the default): only at the end of an
    /// epoch. The end of an epoch is always measured.
    /// </summary>
    /// <remarks>
    /// The results are in <see cref="History.Steps"/>. Callbacks that watch a figure of the validation samples (early stopping,
    /// reduction on a plateau, best checkpoints) then use these measurements instead of the epochs, and count their patience in
    /// them.
    /// </remarks>
    public int? ValidateEvery { get; init; }

    /// <summary>
    /// The largest number of the optimizer's steps in a call of <c>Fit</c>, 1 or more, including those before an interruption
    /// from which it continues: it ends before the first step beyond, with <see cref="StopReason.MaxSteps"/>. Null (the default):
    /// as many as the epochs have.
    /// </summary>
    /// <remarks>It ends an epoch as <see cref="TimeBudget"/> does: the next call of <c>Fit</c> on the same samples first trains
    /// the rest of it.</remarks>
    public long? MaxSteps { get; init; }

    /// <summary>
    /// How long a call of <c>Fit</c> may train; it ends before the first step beyond, with <see cref="StopReason.TimeBudget"/>.
    /// Null (the default): no limit.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>
    /// Whether <c>Fit</c> only does a trial run: one epoch of one batch, one batch of each evaluation, no checkpoints written or
    /// read. Parameters change as in any run. Default: false.
    /// </summary>
    public bool FastDevRun { get; init; }

    /// <summary>
    /// The names of settings that may differ from those of the checkpoint that <c>Fit</c> resumes from, as the error message
    /// names them: <c>optimizer.learning_rate</c>, <c>transform.steps.0.degrees</c>. A name also covers all names below it:
    /// <c>optimizer</c>. The current settings of the options and the optimizer are then used. Default: none.
    /// </summary>
    /// <remarks>
    /// Settings that choose an epoch's samples (samples, batch_size, drop_last, seed, shuffle, sampler, stream) can only change
    /// between epochs. Learning rates and what is frozen are then those of the program, and an optimizer of another class starts
    /// again. <c>callbacks</c> allows callbacks with a state to be added and removed, and a run that one of them has ended to
    /// continue. What the program changes between two calls of <c>Fit</c> of one trainer (learning rates, what is frozen, whether
    /// schedule and dropout are enabled) need not be named here.
    /// </remarks>
    public IReadOnlyList<string> AllowedChanges { get; init; } = [];

    /// <summary>
    /// Whether the trainer shows its progress (<see cref="TextProgress"/>) on the standard output. Null (the default): if that is
    /// a console, and none of the callbacks is a <see cref="ProgressDisplay"/>; so nothing is shown if the output goes to a file
    /// or a pipe, or in tests.
    /// </summary>
    public bool? Progress { get; init; }

    /// <summary>Warnings to silence. Default: none.</summary>
    /// <example><code>new TrainerOptions { SilencedWarnings = [TrainingWarning.InputScale] }</code></example>
    public IReadOnlyList<TrainingWarning> SilencedWarnings { get; init; } = [];

    /// <summary>
    /// Where warnings are written (see <see cref="TrainingWarning"/>); <see cref="TrainingCallback.OnWarning"/> gets them too.
    /// Default: the standard error stream.
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
