using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Writes all figures of a run to a CSV file while it runs: a header line, and a line for each epoch.</summary>
/// <remarks>
/// <para>The columns are <c>epoch</c>, <c>step</c>, the figures of <see cref="EpochResult"/> by their names, <c>learning_rate</c>
/// and <c>seconds</c>; a figure that was not measured is empty. With <see cref="EverySteps"/> or
/// <see cref="TrainerOptions.ValidateEvery"/>, there are lines within epochs too: <c>epoch</c> then has a fraction (2.5 in the
/// middle of the third), <c>loss</c> is the mean of the epoch so far, and <c>seconds</c> are those of the epoch so far. The end
/// of an epoch has one line.</para>
/// <para>Each line is passed to the operating system before training continues, so another program can watch the file grow. Lines
/// within epochs allocate nothing.</para>
/// <para>A run that continues, from a checkpoint or in a second call of <c>Fit</c>, continues the file: lines beyond its
/// beginning, such as those of batches that were trained after the last checkpoint, are removed, as is an incomplete line; epochs
/// that are missing are added from the history. A run from the start begins the file again and keeps the old one as
/// <c>….old</c>.</para>
/// </remarks>
/// <example><code>new TrainerOptions { Callbacks = [new CsvLog("run1/log.csv") { EverySteps = 100 }, new CheckpointCallback("run1")] }</code></example>
public sealed class CsvLog : TrainingCallback
{
    private readonly int? _everySteps;
    private CsvLogFile? _file;
    private bool _isReady;
    private bool _failed;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file; its folder is created if it does not exist.</param>
    public CsvLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// The number of steps after which a line is written within an epoch each time, 1 or more: after the steps whose number
    /// (<see cref="Trainer.CompletedSteps"/>) it divides; null (the default) for a line after each measurement.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int? EverySteps
    {
        get => _everySteps;
        init => _everySteps = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, "Expected 1 or more steps, or null.");
    }

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">The file exists and is not a log with these columns; it is not changed.</exception>
    /// <exception cref="IOException">The file cannot be written, or another run is using it.</exception>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_isReady, _failed) = (false, false);
        if (!context.Trainer.Options.FastDevRun)
            _file = CsvLogFile.Open(Path, context.FigureNames);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        GetReady(context);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The last step of an epoch is in the line of the epoch.
        if (_file is null || context.Batch == context.BatchCount)
            return;
        var measured = context.History.Measured(context.Step);
        if (context.Step % EverySteps == 0 || measured is not null)
            _file.Add(context.Epoch - 1 + ((double)context.Batch / context.BatchCount), context.Step, context.Loss, measured, context.LearningRate, context.EpochSeconds);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _file?.Add(context.History.Epochs[^1]);
    }

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception) => _failed = true;

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            if (!_failed)
                GetReady(context);
        }
        finally
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>Brings the file to where the run begins: not before all has begun, so that a run that is refused changes nothing.</summary>
    private void GetReady(TrainingContext context)
    {
        if (_isReady || _file is null)
            return;
        _isReady = true;
        _file.CutAfter(context.Trainer.CompletedEpochs, context.Step);
        foreach (var epoch in context.History.Epochs)
        {
            if (epoch.Epoch <= _file.LastEpoch)
                continue;
            foreach (var step in epoch.Steps)
            {
                if (step.Batch < context.BatchCount && step.Step > _file.LastStep)
                    _file.Add(step.Epoch - 1 + ((double)step.Batch / context.BatchCount), step.Step, step.Loss, step, step.LearningRate, double.NaN);
            }

            _file.Add(epoch);
        }
    }
}
