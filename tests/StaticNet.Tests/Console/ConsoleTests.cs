using Spectre.Console;
using Spectre.Console.Rendering;
using StaticNet.Console;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Tests.Training;
using StaticNet.Training;

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
    public void The_networks_table_has_a_row_a_layer_and_totals()
    {
        var text = Render(ConsoleTables.Network(TinyClassifier.Description with { Name = "[odd]" }));

        Assert.Contains("[odd]", text, StringComparison.Ordinal);
        Assert.Matches(@"dense1 +│ Dense 3 +│ 3 +│ +9 │ +6 │", text);
        Assert.Matches(@"total +│ +│ +│ +9 │ +6 │", text);
        Assert.Contains("weights 192 bytes", text, StringComparison.Ordinal);
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
}
