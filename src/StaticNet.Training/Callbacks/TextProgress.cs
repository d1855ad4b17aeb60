using System.Diagnostics;
using System.Globalization;

namespace StaticNet.Training;

/// <summary>
/// Shows the progress of a run in plain text: a line that is updated within an epoch, and one with all figures for each finished
/// epoch. A trainer shows it automatically in a console; see <see cref="TrainerOptions.Progress"/>. <c>ProgressCallback</c> of
/// StaticNet.Console draws a bar in colours.
/// </summary>
/// <remarks>The line is updated at most ten times per second, without allocating; the lines of epochs do allocate.</remarks>
public sealed class TextProgress : ProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly char[] _line = new char[128];
    private readonly TextWriter _writer;
    private readonly bool _live;
    private long _lastDrawn;
    private int _drawn;

    /// <summary>Makes the callback.</summary>
    /// <param name="writer">Where to write; null for the standard output.</param>
    /// <param name="live">Whether to show the line that is updated; null (the default) shows it if the standard output is a
    /// console.</param>
    public TextProgress(TextWriter? writer = null, bool? live = null)
    {
        _writer = writer ?? Console.Out;
        _live = live ?? (writer is null && IsConsole);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _lastDrawn = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_live || Stopwatch.GetElapsedTime(_lastDrawn) < Interval)
            return;
        _lastDrawn = Stopwatch.GetTimestamp();
        Draw(context);
    }

    /// <inheritdoc/>
    public override void OnWarning(TrainingContext context, string message) => Erase();

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var result = context.History.Epochs[^1];
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Heading(context)}  {FigureText.Of(result, "  ")}  {result.Seconds:F1} s"));
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Erase();
        if (context.History.StopMessage is { } message)
            WriteLine(message);
    }

    /// <inheritdoc/>
    internal override void OnStepMeasured(TrainingContext context, StepResult result) =>
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Heading(context)}  step {result.Step}  {FigureText.Of(result, "  ")}"));

    private static string Heading(TrainingContext context)
    {
        var count = context.EpochCount.ToString(CultureInfo.InvariantCulture);
        return $"Epoch {context.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length)}/{count}";
    }

    private void Draw(TrainingContext context)
    {
        var line = new LineBuilder(_line);
        line.Append("\rEpoch ");
        line.Append(context.Epoch);
        line.Append("/");
        line.Append(context.EpochCount);
        line.Append("  batch ");
        line.Append(context.Batch);
        line.Append("/");
        line.Append(context.BatchCount);
        line.Append("  loss ");
        line.Append(context.Loss, "F4");
        var length = line.Text.Length - 1;
        // Without control codes: what is left of a longer line is covered with spaces.
        line.Append(' ', Math.Max(0, _drawn - length));
        _writer.Write(line.Text);
        _writer.Flush();
        _drawn = length;
    }

    private void Erase()
    {
        if (_drawn == 0)
            return;
        var line = new LineBuilder(_line);
        line.Append("\r");
        line.Append(' ', _drawn);
        line.Append("\r");
        _writer.Write(line.Text);
        _writer.Flush();
        _drawn = 0;
    }

    private void WriteLine(string text)
    {
        Erase();
        _writer.WriteLine(text);
    }
}
