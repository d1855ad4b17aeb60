using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Which input channels of a convolution meet which filters; all, unless there are groups or a table.</summary>
/// <param name="GroupCount">The groups into which channels and filters are divided, in order; 0 reads as 1.</param>
/// <param name="Table">One text a channel, one character a filter: X where they meet; none: all do.</param>
internal readonly record struct Connections(int GroupCount, EquatableArray<string> Table = default)
{
    public int Groups => Math.Max(GroupCount, 1);

    /// <summary>Whether all channels meet all filters.</summary>
    public bool IsFull => Groups == 1 && Table.Count == 0;

    /// <summary>The pairs of a channel and a filter that the table connects.</summary>
    public int Count => Table.Sum(row => row.Count(mark => mark == 'X'));

    public bool Contains(int channel, int filter, int channels, int filters) =>
        channel / (channels / Groups) == filter / (filters / Groups) && (Table.Count == 0 || Table[channel][filter] == 'X');

    /// <summary>For each panel of 16 filters and each channel, which lanes meet it: the lowest bit is the first lane.</summary>
    public int[] Lanes(int channels, int filters)
    {
        var self = this;
        return (from panel in Enumerable.Range(0, Vocabulary.Lanes.Panels(filters))
                from channel in Enumerable.Range(0, channels)
                select Enumerable.Range(0, Vocabulary.Lanes.Panel)
                    .Where(lane => (panel * Vocabulary.Lanes.Panel) + lane < filters && self.Contains(channel, (panel * Vocabulary.Lanes.Panel) + lane, channels, filters))
                    .Sum(lane => 1 << lane)).ToArray();
    }
}
