using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace StaticNet.Training;

/// <summary>What was measured in each epoch of a run, and why it ended.</summary>
public sealed class History
{
    private readonly List<EpochResult> _epochs = [];
    private readonly List<StepResult> _unfinished = [];

    internal History()
    {
    }

    internal History(IEnumerable<EpochResult> epochs, IEnumerable<StepResult> unfinished)
    {
        _epochs = [.. epochs];
        _unfinished = [.. unfinished];
    }

    /// <summary>The finished epochs in order.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>What was measured within epochs, in order, including an unfinished one; empty unless
    /// <see cref="TrainerOptions.ValidateEvery"/>.</summary>
    public IReadOnlyList<StepResult> Steps => [.. _epochs.SelectMany(epoch => epoch.Steps), .. _unfinished];

    /// <summary>Those of them that belong to the epoch that is not finished.</summary>
    internal ImmutableArray<StepResult> Unfinished => [.. _unfinished];

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; private set; }

    /// <summary>Why training ended, in words; null when all epochs were done.</summary>
    public string? StopMessage { get; private set; }

    /// <summary>One figure of every epoch that has it.</summary>
    /// <param name="name">Its name; see <see cref="EpochResult.TryGet"/>.</param>
    /// <returns>The figures in the order of the epochs; none if there are no epochs.</returns>
    /// <exception cref="ArgumentException">There are epochs, but none of them has such a figure; the message lists the
    /// figures.</exception>
    public double[] Values(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var values = new List<double>();
        foreach (var epoch in _epochs)
        {
            if (epoch.TryGet(name, out var figure))
                values.Add(figure.Value);
        }

        if (values.Count == 0 && _epochs.Count > 0)
            throw new ArgumentException($"Expected the name of a figure of an epoch, but got '{name}'; there are: {string.Join(", ", FigureNames())}.", nameof(name));
        return [.. values];
    }

    /// <summary>The table of all figures: a header line, and one line per epoch; a figure that an epoch lacks is empty.</summary>
    /// <returns>Comma-separated values, with a line break after each line.</returns>
    public string ToCsv()
    {
        var names = FigureNames();
        var text = new StringBuilder();
        AddLine(["epoch", .. names, "learning_rate", "seconds"]);
        foreach (var epoch in _epochs)
            AddLine([Number(epoch.Epoch), .. names.Select(name => epoch.TryGet(name, out var figure) ? Number(figure.Value) : ""), Number(epoch.LearningRate), Number(epoch.Seconds)]);
        return text.ToString();

        void AddLine(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

        static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

        static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private string[] FigureNames() => [.. _epochs.SelectMany(epoch => epoch.Names()).Distinct(StringComparer.Ordinal)];

    internal void Add(EpochResult result)
    {
        _epochs.Add(result with { Steps = Unfinished });
        _unfinished.Clear();
    }

    internal void Add(StepResult result) => _unfinished.Add(result);

    /// <summary>Whether the last measurement within the present epoch was after a number of steps.</summary>
    internal bool IsMeasured(long step) => Measured(step) is not null;

    /// <summary>What was measured within the present epoch after the last step; null for another number of steps.</summary>
    internal StepResult? Measured(long step) => _unfinished.Count > 0 && _unfinished[^1].Step == step ? _unfinished[^1] : null;

    /// <summary>Forgets what was measured in an epoch that begins again.</summary>
    internal void ForgetUnfinished() => _unfinished.Clear();

    internal void Stop(StopReason reason, string message)
    {
        if (StopReason != StopReason.Completed)
            return;
        StopReason = reason;
        StopMessage = message;
    }
}
