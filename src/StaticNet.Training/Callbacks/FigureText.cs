using System.Globalization;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>The figures of an epoch or a measurement as a text for people: <c>loss 0.1234, validation accuracy 0.9625</c>.</summary>
internal static class FigureText
{
    public static string Of(EpochResult result, string separator = ", ") =>
        Joined(result.Names().Select(name => (name, result.TryGet(name, out var figure) ? figure : default)), separator);

    public static string Of(StepResult result, string separator = ", ") =>
        Joined(result.Names().Select(name => (name, result.TryGet(name, out var figure) ? figure : default)), separator);

    private static string Joined(IEnumerable<(string Name, MetricValue Figure)> figures, string separator) => string.Join(
        separator, figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name.Replace('_', ' ')} {figure.Figure.Value:F4}")));
}
