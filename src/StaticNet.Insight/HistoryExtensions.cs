using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>Pictures of histories.</summary>
public static class HistoryExtensions
{
    /// <summary>Draws one or more figures of a history over its epochs, as SVG: the loss, and that of the validation samples if there are such, if none are named.</summary>
    /// <param name="history">The history, with one epoch or more.</param>
    /// <param name="figures">Names of figures, see <see cref="EpochResult.TryGet"/>.</param>
    /// <returns>An SVG image, which stands on its own, with the names of the lines below them.</returns>
    /// <exception cref="ArgumentException">There is no such figure, none of its values is finite, or there are no epochs.</exception>
    public static string ToSvg(this History history, params string[] figures)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(figures);
        if (history.Epochs.Count == 0)
            throw new ArgumentException("Expected a history with epochs to draw; there are none.", nameof(history));
        string[] names = figures.Length > 0 ? figures : [.. history.Epochs[^1].Names().Where(EpochResult.IsLoss)];
        var series = names.Select(name => Series(history, name)).ToArray();
        return Svg.Image(string.Join(", ", names), "epoch", series)
            ?? throw new ArgumentException($"Expected figures with finite values to draw; in {history.Epochs.Count} epochs, no value of {string.Join(", ", names)} is finite.", nameof(figures));
    }

    /// <summary>Writes what <see cref="ToSvg"/> draws to a file.</summary>
    /// <param name="history">The history, with one epoch or more.</param>
    /// <param name="path">The file.</param>
    /// <param name="figures">Names of figures, see <see cref="EpochResult.TryGet"/>.</param>
    /// <exception cref="ArgumentException">There is no such figure, none of its values is finite, or there are no epochs.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveSvg(this History history, string path, params string[] figures)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, history.ToSvg(figures));
    }

    internal static Svg.Series Series(History history, string name) => new(
        name,
        [.. history.Epochs.Where(epoch => epoch.TryGet(name, out _)).Select(epoch => (double)epoch.Epoch)],
        history.Values(name));
}
