using Microsoft.Extensions.Logging;

namespace StaticNet.Training;

/// <summary>Logs the progress of a run to an <see cref="ILogger"/>, for services and hosted programs.</summary>
/// <remarks>
/// Beginning and end of a run and each epoch are <see cref="LogLevel.Information"/>, each measurement within an epoch
/// <see cref="LogLevel.Debug"/>, warnings <see cref="LogLevel.Warning"/>, and an exception that ends the run
/// <see cref="LogLevel.Error"/>. Numbers are parameters of the messages (<c>Epoch</c>, <c>Step</c>, <c>Figures</c> …), so
/// structured logs can be searched for them. Nothing is logged per batch.
/// </remarks>
/// <example><code>new TrainerOptions { Callbacks = [new LoggerCallback(loggerFactory.CreateLogger("Training"))], Warnings = TextWriter.Null }</code></example>
public sealed partial class LoggerCallback : TrainingCallback
{
    private readonly ILogger _logger;
    private bool _failed;

    /// <summary>Makes the callback.</summary>
    /// <param name="logger">The logger.</param>
    public LoggerCallback(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _failed = false;
        LogBegin(context.Trainer.Description.Name, context.EpochCount, context.BatchCount);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_logger.IsEnabled(LogLevel.Information))
            return;
        var result = context.History.Epochs[^1];
        LogEpoch(result.Epoch, context.EpochCount, result.Step, FigureText.Of(result), result.LearningRate, result.Seconds);
    }

    /// <inheritdoc/>
    public override void OnWarning(TrainingContext context, string message) => LogWarning(message);

    /// <inheritdoc/>
    public override void OnException(TrainingContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        _failed = true;
        LogFailure(exception, context.Trainer.CompletedEpochs, context.Step);
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_failed)
            LogEnd(context.Trainer.CompletedEpochs, context.Step, context.History.StopReason, context.History.StopMessage ?? "All epochs are done.");
    }

    /// <inheritdoc/>
    internal override void OnStepMeasured(TrainingContext context, StepResult result)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
            LogStep(result.Epoch, result.Step, FigureText.Of(result));
    }

    [LoggerMessage(1, LogLevel.Information, "Training of {Network} begins: up to epoch {EpochCount}, {BatchCount} batches each.")]
    private partial void LogBegin(string network, int epochCount, int batchCount);

    [LoggerMessage(2, LogLevel.Information, "Epoch {Epoch}/{EpochCount}, step {Step}: {Figures}, learning rate {LearningRate}, {Seconds:F1} s.")]
    private partial void LogEpoch(int epoch, int epochCount, long step, string figures, float learningRate, double seconds);

    [LoggerMessage(3, LogLevel.Debug, "Epoch {Epoch}, step {Step}: {Figures}.")]
    private partial void LogStep(int epoch, long step, string figures);

    [LoggerMessage(4, LogLevel.Warning, "{Message}")]
    private partial void LogWarning(string message);

    [LoggerMessage(5, LogLevel.Error, "Training failed after epoch {Epoch}, step {Step}.")]
    private partial void LogFailure(Exception exception, int epoch, long step);

    [LoggerMessage(6, LogLevel.Information, "Training ended after epoch {Epoch}, step {Step} ({Reason}): {Message}")]
    private partial void LogEnd(int epoch, long step, StopReason reason, string message);
}
