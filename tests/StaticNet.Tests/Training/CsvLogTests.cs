using System.Globalization;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>A log that grows with the training.</summary>
public class CsvLogTests
{
    // 50 samples by 8: seven batches an epoch.
    private static readonly DataSet Train = Samples.Clouds(50);
    private static readonly DataSet Validation = Samples.Clouds(20, seed: 2);

    public static TheoryData<int> Breaks => [.. Enumerable.Range(1, 27)];

    [Fact]
    public void Each_epoch_is_a_line_as_soon_as_it_has_ended()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("deep/log.csv");
        var lengths = new List<int>();
        var watch = new RecordingCallback { AtBatchEnd = _ => lengths.Add(Read(path).Length) };

        var history = Trainer([new CsvLog(path), watch]).Fit(Train, 3, Validation);

        Assert.Equal([.. Enumerable.Repeat(1, 7), .. Enumerable.Repeat(2, 7), .. Enumerable.Repeat(3, 7)], lengths);
        var lines = Read(path);
        Assert.Equal("epoch,step,loss,validation_loss,validation_accuracy,learning_rate,seconds", lines[0]);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var (cells, result) = (Cells(lines[epoch]), history.Epochs[epoch - 1]);
            Assert.Equal([epoch, epoch * 7, result.Loss, result.ValidationLoss!.Value, result.ValidationMetrics[0].Value], cells[..5]);
            Assert.Equal((result.LearningRate, result.Seconds), ((float)cells[5], cells[6]));
        }
    }

    [Fact]
    public void Lines_within_epochs_have_a_part_of_an_epoch()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");

        var history = Trainer([new CsvLog(path) { EverySteps = 4 }], validateEvery: 5).Fit(Train, 2, Validation);

        var rows = Read(path).Skip(1).Select(Cells).ToArray();
        Assert.Equal([4, 5, 7, 8, 10, 12, 14], rows.Select(row => (int)row[1]));
        Assert.Equal([4 / 7.0, 5 / 7.0, 1, 1 + (1 / 7.0), 1 + (3 / 7.0), 1 + (5 / 7.0), 2], rows.Select(row => row[0]));
        // Only what was measured has figures of the validation samples.
        Assert.Equal([5, 7, 10, 14], rows.Where(row => !double.IsNaN(row[3])).Select(row => (int)row[1]));
        Assert.Equal(history.Steps[0].ValidationLoss, rows[1][3]);
        Assert.Equal(history.Steps[0].ValidationMetrics[0].Value, rows[1][4]);
        Assert.Equal(history.Steps[0].Loss, rows[1][2]);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_run_that_breaks_anywhere_has_each_line_once(int breakAfter)
    {
        using var folder = new TemporaryFolder();
        TrainingCallback[] Callbacks(string log, params TrainingCallback[] more) => [new CsvLog(folder.File(log)) { EverySteps = 2 }, .. more];
        Trainer(Callbacks("undisturbed.csv"), validateEvery: 3).Fit(Train, 4, Validation);
        var left = breakAfter;
        var breaking = new RecordingCallback { AtBatchEnd = _ => BreakIf(--left == 0) };

        Assert.Throws<OperationCanceledException>(() => Trainer(Callbacks("log.csv", new CheckpointCallback(folder.File("run")) { EverySteps = 5 }, breaking), validateEvery: 3).Fit(Train, 4, Validation));
        Trainer(Callbacks("log.csv", new CheckpointCallback(folder.File("run"))), validateEvery: 3).Fit(Train, 4, Validation, resumeFrom: folder.File("run"));

        Assert.Equal(WithoutTime(folder.File("undisturbed.csv")), WithoutTime(folder.File("log.csv")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(77)]
    [InlineData(100)]
    [InlineData(250)]
    public void A_file_that_was_cut_anywhere_is_made_whole_from_the_history(int length)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");
        Trainer([new CsvLog(path)]).Fit(Train, 5, Validation);
        var expected = WithoutTime(path);
        File.Delete(path);
        Trainer([new CsvLog(path), new CheckpointCallback(folder.File("run"))]).Fit(Train, 4, Validation);
        using (var file = File.OpenWrite(path))
            file.SetLength(length);

        Trainer([new CsvLog(path), new CheckpointCallback(folder.File("run"))]).Fit(Train, 5, Validation, resumeFrom: folder.File("run"));

        Assert.Equal(expected, WithoutTime(path));
    }

    [Theory]
    [InlineData("4,28,0.5,0.5")]
    [InlineData("4,28,0.5,0.5,0.5,0.05,0.1,7\n")]
    [InlineData("four,28,0.5,0.5,0.5,0.05,0.1\n")]
    [InlineData("4,28.5,0.5,0.5,0.5,0.05,0.1\n")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("\n\n\n")]
    [InlineData("NaN,1,,,,,\n")]
    public void What_is_no_line_of_the_log_is_taken_away(string damage)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");
        Trainer([new CsvLog(path), new CheckpointCallback(folder.File("run"))]).Fit(Train, 3, Validation);
        var whole = File.ReadAllText(path);
        File.AppendAllText(path, damage);

        Trainer([new CsvLog(path), new CheckpointCallback(folder.File("run"))]).Fit(Train, 4, Validation, resumeFrom: folder.File("run"));

        Assert.StartsWith(whole, File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4], Read(path).Skip(1).Select(line => (int)Cells(line)[0]));
    }

    [Fact]
    public void A_very_long_line_is_no_line_of_the_log()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");
        Trainer([new CsvLog(path), new CheckpointCallback(folder.File("run"))]).Fit(Train, 3, Validation);
        File.AppendAllText(path, new string('1', 5_000_000));

        Trainer([new CsvLog(path), new CheckpointCallback(folder.File("run"))]).Fit(Train, 4, Validation, resumeFrom: folder.File("run"));

        Assert.Equal([1, 2, 3, 4], Read(path).Skip(1).Select(line => (int)Cells(line)[0]));
    }

    [Fact]
    public void A_second_call_goes_on_and_a_run_from_the_start_leaves_the_old_lines_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");
        var trainer = Trainer([new CsvLog(path)]);
        trainer.Fit(Train, 2, Validation);
        trainer.Fit(Train, 2, Validation);
        Assert.Equal([1, 2, 3, 4], Read(path).Skip(1).Select(line => (int)Cells(line)[0]));
        var old = File.ReadAllText(path);

        Trainer([new CsvLog(path)]).Fit(Train, 1, Validation);

        Assert.Equal([1], Read(path).Skip(1).Select(line => (int)Cells(line)[0]));
        Assert.Equal(old, File.ReadAllText(path + ".old"));
    }

    [Theory]
    [InlineData("something else\n")]
    [InlineData("epoch,step,loss,learning_rate,seconds\n1,7,0.5,0.05,0.1\n")]
    public void Another_file_is_refused_and_stays_as_it_is(string content)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var path = folder.File("log.csv");
        File.WriteAllText(path, content);
        var trainer = Trainer([new CsvLog(path)]);

        var error = Assert.Throws<DataFormatException>(() => trainer.Fit(Train, 1, Validation));

        Assert.Contains("epoch,step,loss,validation_loss,validation_accuracy,learning_rate,seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
        Assert.Equal(0, trainer.CompletedEpochs);
    }

    [Fact]
    public void A_run_that_is_refused_leaves_the_file_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");
        Trainer([new CsvLog(path)]).Fit(Train, 2, Validation);
        var before = File.ReadAllText(path);

        Assert.Throws<InvalidOperationException>(() => Trainer([new CsvLog(path), new Refusing()]).Fit(Train, 2, Validation));

        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public void Two_runs_at_a_time_do_not_write_into_one_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log.csv");
        var nested = new RecordingCallback { AtEpochEnd = _ => Assert.Throws<IOException>(() => Trainer([new CsvLog(path)]).Fit(Train, 1, Validation)) };

        Trainer([new CsvLog(path), nested]).Fit(Train, 1, Validation);

        Assert.Equal(2, Read(path).Length);
    }

    [Fact]
    public void Names_with_commas_are_quoted_and_a_fast_dev_run_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.File("first.csv"), folder.File("second.csv"));
        TrainerOptions Options(string path, bool fast) => new() { Callbacks = [new CsvLog(path)], FastDevRun = fast, TrainingMetrics = true, Metrics = [new Accuracy { Name = "right, \"or\" not" }] };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0), Options(first, fast: false)).Fit(Train, 1);
        new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0), Options(second, fast: true)).Fit(Train, 1);

        Assert.Equal("epoch,step,loss,\"right, \"\"or\"\" not\",learning_rate,seconds", Read(first)[0]);
        Assert.False(File.Exists(second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvLog(first) { EverySteps = 0 });
        Assert.Throws<ArgumentException>(() => new CsvLog(""));
    }

    [Fact]
    public void Averaged_weights_and_a_line_for_each_step_allocate_nothing()
    {
        using var folder = new TemporaryFolder();
        long Allocated(int samples)
        {
            TrainingCallback[] callbacks = [new ExponentialAverage(0.99), new CsvLog(folder.File("log.csv")) { EverySteps = 1 }, new TextProgress(TextWriter.Null, live: true)];
            var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { Threads = 1, Callbacks = callbacks });
            var data = Samples.Clouds(samples);
            trainer.Fit(data, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, 1);
            // The one array that grows with the samples is that of their order.
            return GC.GetAllocatedBytesForCurrentThread() - before - (4 * samples);
        }

        // Tests beside this one make the runtime collect garbage, which empties its pools of buffers: what a run takes without that is the least of several.
        long Least(int samples) => Enumerable.Range(0, 12).Min(_ => Allocated(samples));
        // The classes are counted in pieces of a thousand samples at most, before the first batch.
        var few = Least(16 * 64);
        Assert.InRange(Least(16 * 564) - few, long.MinValue, 499);
        Assert.Equal(564 + 564 + 1, Read(folder.File("log.csv")).Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void A_step_whose_measurement_was_cancelled_ends_when_the_run_goes_on(int step)
    {
        using var folder = new TemporaryFolder();
        TrainingCallback[] Callbacks(string log, params TrainingCallback[] more) => [new CsvLog(folder.File(log)), new CheckpointCallback(folder.File($"run of {log}")) { EverySteps = 3 }, .. more];
        Trainer(Callbacks("undisturbed.csv"), validateEvery: 3).Fit(Train, 2, Validation);
        using var source = new CancellationTokenSource();
        var ends = new StepEnds();
        var cancelling = new Cancelling(Validation, source, () => ends.Measuring == step);

        var first = Trainer(Callbacks("log.csv", ends), validateEvery: 3).Fit(Train, 2, cancelling, cancellationToken: source.Token);
        var before = ends.Steps.ToArray();
        Trainer(Callbacks("log.csv", ends), validateEvery: 3).Fit(Train, 2, Validation, resumeFrom: folder.File("run of log.csv"));

        Assert.Equal(StopReason.Cancelled, first.StopReason);
        Assert.Equal(Enumerable.Range(1, step - 1), before);
        Assert.Equal(Enumerable.Range(1, 14), ends.Steps);
        Assert.Equal(WithoutTime(folder.File("undisturbed.csv")), WithoutTime(folder.File("log.csv")));
    }

    private static Trainer<TinyClassifier> Trainer(TrainingCallback[] callbacks, int? validateEvery = null) =>
        new(new TinyClassifier(1), new Adam(0.05f), new TrainerOptions { BatchSize = 8, ValidateEvery = validateEvery, Callbacks = callbacks });

    private static string[] Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        Assert.True(text.Length == 0 || text[^1] == '\n');
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static double[] Cells(string line) =>
        [.. line.Split(',').Select(cell => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture))];

    private static string[] WithoutTime(string path) => [.. Read(path).Select(line => line[..line.LastIndexOf(',')])];

    private static void BreakIf(bool now)
    {
        if (now)
            throw new OperationCanceledException();
    }

    /// <summary>Notes the steps that have ended, and the one that is measured.</summary>
    private sealed class StepEnds : TrainingCallback
    {
        public List<int> Steps { get; } = [];

        public long Measuring { get; private set; }

        public override void OnStepEnd(TrainingContext context) => Steps.Add((int)context.Step);

        public override void OnValidationBegin(TrainingContext context) => Measuring = context.Step;
    }

    /// <summary>Samples that are cancelled while they are read.</summary>
    private sealed class Cancelling(DataSet data, CancellationTokenSource source, Func<bool> isTime) : DataSource
    {
        public override int Count => data.Count;

        public override int InputLength => data.InputLength;

        public override int TargetLength => data.TargetLength;

        public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
        {
            if (isTime())
                source.Cancel();
            source.Token.ThrowIfCancellationRequested();
            data.GatherInputs(samples, inputs);
        }

        public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets) => data.GatherTargets(samples, targets);
    }

    private sealed class Refusing : TrainingCallback
    {
        public override void OnRunBegin(TrainingContext context) => throw new InvalidOperationException();
    }
}
