using System.Globalization;
using System.Text;

namespace StaticNet.Training;

/// <summary>What was measured in each epoch of a training, and why it ended.</summary>
public sealed class History
{
    private readonly List<EpochResult> _epochs = [];

    internal History()
    {
    }

    internal History(IEnumerable<EpochResult> epochs) => _epochs = [.. epochs];

    /// <summary>The finished epochs in order.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; private set; }

    /// <summary>Why training ended, in words; null when all epochs were done.</summary>
    public string? StopMessage { get; private set; }

    /// <summary>One figure of every epoch that has it.</summary>
    /// <param name="name">Its name; see <see cref="EpochResult.TryGet"/>.</param>
    /// <returns>The figures in the order of the epochs; none where there are no epochs.</returns>
    /// <exception cref="ArgumentException">There are epochs, but none of them has such a figure; the message names those that there are.</exception>
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
            throw new ArgumentException($"Expected the name of a figure of an epoch; '{name}' came, and there are: {string.Join(", ", FigureNames())}.", nameof(name));
        return [.. values];
    }

    /// <summary>The table of all figures: a line of names, and one line an epoch; a figure that an epoch lacks is empty.</summary>
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

    internal void Add(EpochResult result) => _epochs.Add(result);

    internal void Stop(StopReason reason, string message)
    {
        if (StopReason != StopReason.Completed)
            return;
        StopReason = reason;
        StopMessage = message;
    }
}
