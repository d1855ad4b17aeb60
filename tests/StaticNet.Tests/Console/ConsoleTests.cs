using Spectre.Console;
using Spectre.Console.Rendering;
using StaticNet.Console;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Tests.Training;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Console;

public class ConsoleTests
{
    [Fact]
    public void Redirected_progress_is_one_plain_line_an_epoch()
    {
        var writer = new StringWriter();
        var callback = new ProgressCallback(To(writer, AnsiSupport.No));

        var history = Fit(callback, new EarlyStopping("loss", patience: 1, minDelta: 100));

        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^Epoch  1/12  loss \d\.\d{4}  accuracy \d\.\d{4}  validation loss \d\.\d{4}  validation accuracy \d\.\d{4}  \d+\.\d s$", lines[0]);
        Assert.StartsWith("Epoch  2/12  loss ", lines[1], StringComparison.Ordinal);
        Assert.Equal(history.StopMessage, lines[2]);
        Assert.DoesNotContain('\u001b', writer.ToString());
    }

    [Fact]
    public void Live_progress_draws_a_bar_and_leaves_the_epochs_lines()
    {
        var writer = new StringWriter();
        var callback = new ProgressCallback(To(writer, AnsiSupport.Yes), live: true);

        Fit(callback, new EarlyStopping("loss", patience: 1, minDelta: 100));

        var text = writer.ToString();
        Assert.Contains("\r\u001b[K", text, StringComparison.Ordinal);
        Assert.Contains("━━━", text, StringComparison.Ordinal);
        // What stays on the screen is what follows the last return in each line.
        var left = text.Split('\n').Select(line => line.Split("\u001b[K")[^1]).ToArray();
        Assert.DoesNotContain(left, line => line.Contains('━'));
        Assert.Equal(2, left.Count(line => line.StartsWith("Epoch", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_bar_tells_epoch_share_and_loss()
    {
        var writer = new StringWriter();

        Fit(new ProgressCallback(To(writer, AnsiSupport.Yes), live: true) { Interval = TimeSpan.Zero });

        // Sixty samples in four batches, twelve epochs; without colours nothing but text stands between two returns.
        var drawings = writer.ToString().Split("\r\u001b[K", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"Epoch  1/12  {new string('━', 30)}   0 %", drawings[0]);
        Assert.Matches($@"^Epoch  1/12  ━{{30}}  25 %  loss \d\.\d{{4}}$", drawings[1]);
        Assert.Contains(drawings, text => text.StartsWith($"Epoch 12/12  {new string('━', 30)} 100 %  loss ", StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProgressCallback { Interval = TimeSpan.FromSeconds(-1) });
    }

    [Fact]
    public void Colours_are_written_where_the_console_has_them()
    {
        var writer = new StringWriter();
        var console = To(writer, AnsiSupport.Yes);
        console.Profile.Capabilities.ColorSystem = ColorSystem.Standard;

        Fit(new ProgressCallback(console, live: true) { Interval = TimeSpan.Zero });

        Assert.Contains($"\u001b[32m{new string('━', 15)}\u001b[90m{new string('━', 15)}\u001b[0m  50 %  \u001b[90mloss\u001b[0m ", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        var writer = new CountingWriter();
        long Allocated(int samples)
        {
            var callback = new ProgressCallback(To(writer, AnsiSupport.Yes), live: true) { Interval = TimeSpan.Zero };
            var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { Callbacks = [callback], Threads = 1 });
            var data = Samples.Clouds(samples);
            trainer.Fit(data, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, 1);
            // The one array that grows with the samples is that of their order.
            return GC.GetAllocatedBytesForCurrentThread() - before - (4 * samples);
        }

        long Least(int samples) => Enumerable.Range(0, 3).Min(_ => Allocated(samples));
        var few = Least(16);
        var drawn = writer.Characters;
        Assert.InRange(Least(16 * 501) - few, long.MinValue, 499);
        Assert.True(writer.Characters - drawn > 6 * 500 * 40);
    }

    [Fact]
    public void What_does_not_fit_into_a_line_is_left_out()
    {
        var line = new LineBuilder(new char[8]);
        line.Append("abc");
        line.Append(1.5, "F2", width: 6);
        line.Append('x', 9);

        Assert.Equal("abc  1.5", line.Text.ToString());
    }

    [Fact]
    public void The_networks_table_has_a_row_a_layer_and_totals()
    {
        var text = Render(ConsoleTables.Network(TinyClassifier.Description with { Name = "[odd]" }));

        Assert.Contains("[odd]", text, StringComparison.Ordinal);
        Assert.Matches(@"dense1 +│ Dense 3 +│ 3 +│ +9 │ +6 │", text);
        Assert.Matches(@"total +│ +│ +│ +9 │ +6 │", text);
        Assert.Contains("weights 192 bytes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_an_evaluation_has_a_row_a_figure()
    {
        var text = Render(ConsoleTables.Figures(new Evaluation(0.25, [new MetricValue("top_5_accuracy", 0.975, true)])));

        Assert.Matches(@"loss +│ +0\.25 │", text);
        Assert.Matches(@"top 5 accuracy +│ +0\.975 │", text);
    }

    [Fact]
    public void The_confusion_matrix_has_a_row_a_true_class()
    {
        var matrix = MetricTests.Matrix(new[,] { { 5, 1 }, { 0, 1200 } });

        Assert.Matches(@"cat +│ +5 │ +1 │", Render(ConsoleTables.Confusion(matrix, ["cat", "[dog]"])));
        Assert.Matches(@"\[dog\] +│ +0 │ +1,200 │", Render(ConsoleTables.Confusion(matrix, ["cat", "[dog]"])));
        Assert.Matches(@"│ 1 +│ +0 │ +1,200 │", Render(ConsoleTables.Confusion(matrix)));
        Assert.Throws<ArgumentException>(() => ConsoleTables.Confusion(matrix, ["cat"]));
    }

    [Fact]
    public void The_classification_table_has_the_figures_of_each_class_and_their_averages()
    {
        var text = Render(ConsoleTables.Classification(MetricTests.Matrix(new[,] { { 3, 1 }, { 0, 4 } })));

        Assert.Matches(@"0 +│ +1\.0000 │ +0\.7500 │ +0\.8571 │ +4 │", text);
        Assert.Matches(@"1 +│ +0\.8000 │ +1\.0000 │ +0\.8889 │ +4 │", text);
        Assert.Matches(@"macro average +│ +0\.9000 │ +0\.8750 │ +0\.8730 │ +8 │", text);
        Assert.Matches(@"accuracy +│ +│ +│ +0\.8750 │ +8 │", text);
    }

    private static History Fit(params TrainingCallback[] callbacks)
    {
        var options = new TrainerOptions { TrainingMetrics = true, Callbacks = callbacks };
        return new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(Samples.Clouds(60), 12, Samples.Clouds(30));
    }

    private static IAnsiConsole To(TextWriter writer, AnsiSupport ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 120;
        return console;
    }

    private static string Render(IRenderable renderable)
    {
        var writer = new StringWriter();
        var console = To(writer, AnsiSupport.No);
        console.Profile.Capabilities.Unicode = true;
        console.Write(renderable);
        return writer.ToString();
    }

    /// <summary>Counts what is written, and keeps nothing.</summary>
    private sealed class CountingWriter : TextWriter
    {
        public long Characters { get; private set; }

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => Characters++;

        public override void Write(ReadOnlySpan<char> buffer) => Characters += buffer.Length;
    }
}
