using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Console;

/// <summary>Shows how a training goes: a progress bar with the loss, and one line with all figures for each finished epoch.</summary>
/// <remarks>
/// Where the output is no terminal, such as a file, only the lines are written. The bar is drawn ten times a second at most, and
/// only drawing allocates.
/// </remarks>
public sealed class ProgressCallback : TrainingCallback
{
    private const int BarWidth = 30;
    private const string BackToStartOfLine = "\r\u001b[K";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole _console;
    private readonly bool _live;
    private long _lastDrawn;

    /// <summary>Makes the callback.</summary>
    /// <param name="console">Where to write; null for the standard output.</param>
    /// <param name="live">Whether to draw the bar; null, the default, draws it on terminals.</param>
    public ProgressCallback(IAnsiConsole? console = null, bool? live = null)
    {
        _console = console ?? AnsiConsole.Console;
        _live = live ?? (_console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_live)
            Draw(context);
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_live && Stopwatch.GetElapsedTime(_lastDrawn) >= Interval)
            Draw(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var result = context.History.Epochs[^1];
        var line = new StringBuilder(Heading(context));
        Add("loss", result.Loss);
        AddAll("", result.Metrics);
        if (result.ValidationLoss is { } loss)
            Add("validation loss", loss);
        AddAll("validation ", result.ValidationMetrics);
        line.Append(CultureInfo.InvariantCulture, $"  [grey]{result.Seconds:F1} s[/]");
        Erase();
        WriteLine(line.ToString());

        void Add(string name, double value) =>
            line.Append(CultureInfo.InvariantCulture, $"  [grey]{Markup.Escape(name)}[/] {value:F4}");

        void AddAll(string prefix, IEnumerable<MetricValue> metrics)
        {
            foreach (var metric in metrics)
                Add(prefix + metric.Name.Replace('_', ' '), metric.Value);
        }
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Erase();
        if (context.History.StopMessage is { } message)
            WriteLine($"[yellow]{Markup.Escape(message)}[/]");
    }

    private static string Heading(TrainingContext context)
    {
        var count = context.EpochCount.ToString(CultureInfo.InvariantCulture);
        return $"Epoch {context.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length)}/{count}";
    }

    private void Draw(TrainingContext context)
    {
        _lastDrawn = Stopwatch.GetTimestamp();
        var share = (double)context.Batch / context.BatchCount;
        var filled = (int)(share * BarWidth);
        var loss = double.IsNaN(context.Loss) ? "" : string.Create(CultureInfo.InvariantCulture, $"  [grey]loss[/] {context.Loss:F4}");
        var percent = string.Create(CultureInfo.InvariantCulture, $"{100 * share,3:F0} %");
        Erase();
        _console.Markup($"{Heading(context)}  [green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {percent}{loss}");
    }

    private void Erase()
    {
        if (_live)
            _console.Write(new ControlCode(BackToStartOfLine));
    }

    /// <summary>Writes a line as it is, however wide: where no terminal is, a line of text must stay one line.</summary>
    private void WriteLine(string markup)
    {
        if (_live)
            _console.MarkupLine(markup);
        else
            _console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
    }
}
