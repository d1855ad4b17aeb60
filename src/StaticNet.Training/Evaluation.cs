using System.Collections.Immutable;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>What an evaluation of a data set measured.</summary>
/// <param name="Loss">The mean loss over the samples.</param>
/// <param name="Metrics">The trainer's metrics.</param>
public sealed record Evaluation(double Loss, ImmutableArray<MetricValue> Metrics)
{
    /// <summary>The value of a metric.</summary>
    /// <param name="name">Its name, such as <c>accuracy</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string name]
    {
        get
        {
            foreach (var metric in Metrics)
            {
                if (metric.Name == name)
                    return metric.Value;
            }

            throw new KeyNotFoundException($"There is no metric '{name}'; there are: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");
        }
    }
}
