using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Console;

/// <summary>Shows the progress of a run: a progress bar with the loss, and one line with all figures for each finished
/// epoch.</summary>
/// <remarks>
/// If the output is not a terminal but, for example, a file, only the lines are written. The bar is drawn at most ten times per
/// second, without allocating; the lines of epochs do allocate.
/// </remarks>
public sealed class ProgressCallback : ProgressDisplay
{
    private const int BarWidth = 30;
    private const string BackToStartOfLine = "\r\u001b[K";
    private const string Green = "\u001b[32m";
    private const string Grey = "\u001b[90m";
    private const string Plain = "\u001b[0m";

    private readonly char[] _line = new char[256];
    private readonly IAnsiConsole _console;
    private readonly bool _live;
    private readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);
    private long _lastDrawn;

    /// <summary>Makes the callback.</summary>
    /// <param name="console">Where to write; null for the standard output.</param>
    /// <param name="live">Whether to draw the bar; null (the default) draws it on terminals.</param>
    public ProgressCallback(IAnsiConsole? console = null, bool? live = null)
    {
        _console = console ?? AnsiConsole.Console;
        _live = live ?? (_console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi);
    }

    /// <summary>The minimum time between two drawings of the bar, 0 or more. Default: a tenth of a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Interval
    {
        get => _interval;
        init => _interval = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Interval), value, "Expected a time of 0 or more.");
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
    public override void OnWarning(TrainingContext context, string message) => Erase();

    /// <inheritdoc/>
    internal override void OnStepMeasured(TrainingContext context, StepResult result)
    {
        Erase();
        WriteLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{Heading(context)}  step {result.Step}  {FigureText.Of(result, "  ")}")));
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
        var colors = _console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        var share = (double)context.Batch / context.BatchCount;
        var filled = (int)(share * BarWidth);
        var line = new LineBuilder(_line);
        line.Append(BackToStartOfLine);
        line.Append("Epoch ");
        line.Append(context.Epoch, width: Digits(context.EpochCount));
        line.Append("/");
        line.Append(context.EpochCount);
        line.Append("  ");
        line.Append(colors ? Green : "");
        line.Append('━', filled);
        line.Append(colors ? Grey : "");
        line.Append('━', BarWidth - filled);
        line.Append(colors ? Plain : "");
        line.Append(" ");
        line.Append(100 * share, "F0", width: 3);
        line.Append(" %");
        if (!double.IsNaN(context.Loss))
        {
            line.Append(colors ? $"  {Grey}loss{Plain} " : "  loss ");
            line.Append(context.Loss, "F4");
        }

        // Not by way of the console's own elements, which are objects.
        _console.Profile.Out.Writer.Write(line.Text);
        _console.Profile.Out.Writer.Flush();
    }

    private static int Digits(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
            digits++;
        return digits;
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
