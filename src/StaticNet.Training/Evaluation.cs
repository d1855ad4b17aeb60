using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>What an evaluation of a data set measured: the loss, and then the metrics. It can be enumerated as names and
/// values.</summary>
/// <param name="Loss">The mean loss over the samples.</param>
/// <param name="Metrics">The trainer's metrics.</param>
/// <example><code>
/// foreach (var (name, value) in trainer.Evaluate(test))
///     Console.WriteLine($"{name}: {value:P1}");
/// </code></example>
public sealed record Evaluation(double Loss, ImmutableArray<MetricValue> Metrics) : IEnumerable<KeyValuePair<string, double>>
{
    private const string LossName = "loss";

    /// <summary>The value of the loss or of a metric.</summary>
    /// <param name="name"><c>loss</c>, or a metric's name, such as <c>accuracy</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such loss or metric.</exception>
    public double this[string name]
    {
        get
        {
            foreach (var (own, value) in this)
            {
                if (own == name)
                    return value;
            }

            throw new KeyNotFoundException($"There is no metric '{name}'; there are: {string.Join(", ", this.Select(figure => figure.Key))}.");
        }
    }

    /// <summary>The loss, and then the metrics in their order.</summary>
    /// <returns>Pairs of names and values.</returns>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        yield return new(LossName, Loss);
        foreach (var metric in Metrics)
            yield return new(metric.Name, metric.Value);
    }

    /// <summary>All figures in one line, with six digits: <c>loss 0.123456, accuracy 0.9625</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => string.Join(", ", this.Select(figure => $"{figure.Key} {Text(figure.Value)}"));

    /// <summary>All figures as a table in plain text, one per line, with six digits. <c>ConsoleTables.Figures</c> of StaticNet.Console draws one with a frame.</summary>
    /// <returns>The lines, each with a line feed.</returns>
    public string ToTable()
    {
        var width = this.Max(figure => figure.Key.Length);
        return string.Concat(this.Select(figure => $"{figure.Key.PadRight(width)}  {Text(figure.Value)}\n"));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
