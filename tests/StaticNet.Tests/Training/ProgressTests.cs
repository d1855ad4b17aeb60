using Microsoft.Extensions.Logging;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>What people see of a training: on a console, and in a log of a host.</summary>
public class ProgressTests
{
    [Fact]
    public void Each_epoch_is_a_line_of_text()
    {
        var writer = new StringWriter();

        Fit(new TrainerOptions { Callbacks = [new TextProgress(writer), new EarlyStopping("loss", patience: 1, minDelta: 100)] });

        var lines = Lines(writer);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^Epoch  1/12  loss \d\.\d{4}  validation loss \d\.\d{4}  validation accuracy \d\.\d{4}  \d+\.\d s$", lines[0]);
        Assert.StartsWith("Epoch  2/12  loss ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("loss has not become better for 1 epochs", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', writer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Measurements_within_epochs_are_lines_too()
    {
        var writer = new StringWriter();

        Fit(new TrainerOptions { BatchSize = 16, ValidateEvery = 3, Callbacks = [new TextProgress(writer)] }, epochs: 1);

        // Sixty samples in four batches.
        var lines = Lines(writer);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^Epoch 1/1  step 3  loss \d\.\d{4}  validation loss \d\.\d{4}  validation accuracy \d\.\d{4}$", lines[0]);
    }

    [Fact]
    public void A_line_that_is_renewed_leaves_nothing_behind()
    {
        var writer = new StringWriter();
        var slow = new RecordingCallback { AtBatchEnd = _ => Thread.Sleep(60) };

        Fit(new TrainerOptions { BatchSize = 16, Callbacks = [slow, new TextProgress(writer, live: true)] }, epochs: 1);

        var text = writer.ToString();
        Assert.Matches(@"\rEpoch 1/1  batch [234]/4  loss \d\.\d{4}", text);
        var left = text.Split('\r', '\n').Where(part => part.Trim().Length > 0).ToArray();
        Assert.StartsWith("Epoch 1/1  loss ", left[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Nothing_is_shown_where_the_output_is_redirected_unless_it_is_asked_for()
    {
        // Whatever runs tests reads their output.
        Assert.True(System.Console.IsOutputRedirected);
        var before = System.Console.Out;
        var (silent, asked) = (new StringWriter(), new StringWriter());
        try
        {
            System.Console.SetOut(silent);
            Fit(new TrainerOptions(), epochs: 1);
            Fit(new TrainerOptions { Progress = false }, epochs: 1);
            System.Console.SetOut(asked);
            Fit(new TrainerOptions { Progress = true }, epochs: 2);
        }
        finally
        {
            System.Console.SetOut(before);
        }

        Assert.Equal("", silent.ToString());
        Assert.Equal(2, Lines(asked).Count(line => line.StartsWith("Epoch", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_logger_is_told_of_the_run_its_epochs_and_its_end()
    {
        var logger = new ListLogger();

        Fit(new TrainerOptions { BatchSize = 16, ValidateEvery = 3, MaxSteps = 6, Callbacks = [new LoggerCallback(logger)] });

        Assert.Equal(
            [LogLevel.Information, LogLevel.Debug, LogLevel.Information, LogLevel.Debug, LogLevel.Information],
            logger.Entries.Select(entry => entry.Level));
        Assert.Equal("Training of TinyClassifier begins: up to epoch 2, 4 batches each.", logger.Entries[0].Text);
        Assert.Matches(@"^Epoch 1, step 3: loss \d\.\d{4}, validation loss \d\.\d{4}, validation accuracy \d\.\d{4}\.$", logger.Entries[1].Text);
        Assert.Matches(@"^Epoch 1/2, step 4: loss .*, learning rate 0.1, \d+\.\d s\.$", logger.Entries[2].Text);
        Assert.Equal("Training ended after epoch 1, step 6 (MaxSteps): The 6 steps were done after 2 of 4 batches of epoch 2.", logger.Entries[^1].Text);
    }

    [Fact]
    public void A_logger_is_told_of_warnings_and_failures()
    {
        var logger = new ListLogger();
        var failing = new RecordingCallback { AtEpochEnd = _ => throw new FormatException("It failed.") };
        var options = new TrainerOptions { BatchSize = 16, Warnings = TextWriter.Null, Callbacks = [new LoggerCallback(logger), failing] };

        Assert.Throws<FormatException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Rprop(), options).Fit(Samples.Clouds(60), 1));

        Assert.Contains(logger.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.StartsWith("Rprop needs the gradients", StringComparison.Ordinal));
        Assert.Equal("It failed.", Assert.Single(logger.Entries, entry => entry.Level == LogLevel.Error).Exception!.Message);
        Assert.Equal((LogLevel.Error, "Training failed after epoch 1, step 4."), (logger.Entries[^1].Level, logger.Entries[^1].Text));
        Assert.Throws<ArgumentNullException>(() => new LoggerCallback(null!));
    }

    [Fact]
    public void A_logger_is_told_of_the_end_again_in_a_run_after_one_that_failed()
    {
        var logger = new ListLogger();
        var fails = true;
        var failing = new RecordingCallback { AtEpochEnd = _ => FailIf(fails) };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { BatchSize = 16, Callbacks = [new LoggerCallback(logger), failing] });
        Assert.Throws<FormatException>(() => trainer.Fit(Samples.Clouds(60), 1));
        Assert.DoesNotContain(logger.Entries, entry => entry.Text.StartsWith("Training ended", StringComparison.Ordinal));

        fails = false;
        trainer.Fit(Samples.Clouds(60), 1);

        Assert.Equal("Training ended after epoch 2, step 8 (Completed): All epochs are done.", logger.Entries[^1].Text);

        static void FailIf(bool now)
        {
            if (now)
                throw new FormatException();
        }
    }

    private static void Fit(TrainerOptions options, int epochs = 12) =>
        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(60), epochs, Samples.Clouds(30));

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed class ListLogger : ILogger
    {
        public List<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception), exception));
    }
}
