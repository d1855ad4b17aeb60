using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>The sizes of a WaveNet's arrays where some of their channels are left out.</summary>
internal sealed class WaveNetSizes
{
    private const string Method = "slice_channels_uniform";

    private readonly IReadOnlyList<WaveNetArray> _arrays;
    private readonly int[] _channels;

    /// <param name="arrays">The arrays in their full sizes.</param>
    /// <param name="size">From 0 to 1: which of the sizes that the file allows.</param>
    public WaveNetSizes(IReadOnlyList<WaveNetArray> arrays, double size)
    {
        (_arrays, _channels) = (arrays, [.. arrays.Select(array => ChannelsOf(array, size))]);
        if (!arrays.Select((array, index) => _channels[index] < array.Channels).Any(isSmaller => isSmaller))
            return;
        foreach (var array in arrays.Where(array => array.HeadTaps > 1))
            array.Entry.Problems.Unsupported(array.Entry.Where, string.Create(CultureInfo.InvariantCulture, $"a head of {array.HeadTaps} taps"), "only heads of one tap can be made smaller", "Import the capture in its full size");
    }

    public bool AreSmaller => Enumerable.Range(0, _arrays.Count).Any(index => _channels[index] < _arrays[index].Channels);

    public DraftSize Channels(int array) => new(_channels[array], _arrays[array].Channels);

    public DraftSize Bottleneck(int array)
    {
        var (full, used, bottleneck) = (_arrays[array].Channels, _channels[array], _arrays[array].Bottleneck);
        return new(_arrays[array].Layer1x1 is null ? Math.Min(used, bottleneck) : Math.Max(1, (int)((long)bottleneck * used / full)), bottleneck);
    }

    /// <summary>The outputs of an array's head, which are the channels of the next array.</summary>
    public DraftSize Head(int array) => array + 1 < _arrays.Count && AreSmaller ? new(Math.Min(_channels[array + 1], _arrays[array].HeadSize), _arrays[array].HeadSize) : new(_arrays[array].HeadSize);

    private static int ChannelsOf(WaveNetArray array, double size)
    {
        if (array.Slimmable is not { } slimmable)
            return array.Channels;
        slimmable = slimmable.AsObject();
        slimmable.RefuseOthers("method", "kwargs");
        if (slimmable.Text("method") is var method && method != Method)
        {
            if (method.Length > 0)
                slimmable.Problems.Unsupported(slimmable.Where, $"\"{method}\"", $"{Method} is known", "Train with it");
            return array.Channels;
        }

        var settings = slimmable.Object("kwargs");
        settings.RefuseOthers("allowed_channels");
        var list = settings.Require("allowed_channels");
        var allowed = list.Items(Limits.MostChannels).Select(item => item.AsInt32(1, Limits.MostChannels)).ToArray();
        if (allowed.Length == 0)
            return array.Channels;
        if (allowed[^1] != array.Channels || allowed.Zip(allowed.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            list.Problems.Damaged(list.Where, Tensor.Text(allowed), string.Create(CultureInfo.InvariantCulture, $"ascending numbers that end with the {array.Channels} channels are expected here"));
            return array.Channels;
        }

        return allowed[Math.Min((int)Math.Floor(size * allowed.Length), allowed.Length - 1)];
    }
}
