using System.Globalization;
using StaticNet.Insight.TensorBoard;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>Writes a run to event files, which TensorBoard shows: the loss and the learning rate of steps, all figures of epochs, and histograms of the weights.</summary>
/// <remarks>Each run writes a new file into the folder; <c>tensorboard --logdir</c> with the folder above shows several runs beside each other. In a fast dev run, nothing is written.</remarks>
/// <example><code>new TrainerOptions { Callbacks = [new TensorBoardCallback("runs/first")] }</code></example>
public sealed class TensorBoardCallback : TrainingCallback
{
    private readonly int _everySteps = 10;
    private EventFile? _file;

    /// <summary>Makes the callback.</summary>
    /// <param name="folder">The folder of the run; it is created if it does not exist.</param>
    public TensorBoardCallback(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder of the run.</summary>
    public string Folder { get; }

    /// <summary>The number of steps after which the loss is written each time, 1 or more. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int EverySteps
    {
        get => _everySteps;
        init => _everySteps = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, "Expected 1 or more steps.");
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Trainer.Options.FastDevRun)
            return;
        Directory.CreateDirectory(Folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Guid.NewGuid():N}");
        _file = EventFile.Create(Path.Combine(Folder, name));
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_file is null || !context.StepTaken || context.Step % EverySteps != 0)
            return;
        _file.Scalar("step/loss", context.Step, context.BatchLoss);
        _file.Scalar("step/learning_rate", context.Step, context.LearningRate);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_file is null)
            return;
        var epoch = context.History.Epochs[^1];
        foreach (var name in epoch.Names())
        {
            if (epoch.TryGet(name, out var figure))
                _file.Scalar($"epoch/{name}", context.Step, figure.Value);
        }

        foreach (var parameter in context.Trainer.Weights.Table.Parameters.Where(parameter => parameter.Trainable))
        {
            var values = new float[parameter.Count];
            parameter.Unpack(context.Trainer.Weights.Values, values);
            _file.Histogram(parameter.Name, context.Step, values);
        }

        _file.Flush();
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        _file?.Dispose();
        _file = null;
    }
}
