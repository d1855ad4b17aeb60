namespace StaticNet.Generator.Vocabulary;

/// <summary>A parameter of a network, as files of weights know it and as it is stored in memory.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Shape">Its logical shape.</param>
/// <param name="Kind">What it is to its layer.</param>
/// <param name="Packing">How its elements are stored.</param>
/// <param name="Offset">Where it starts among all parameters, in floats.</param>
/// <param name="PackedLength">The floats that it takes, padding included.</param>
/// <param name="Channels">The channels of each position of its inputs; 0: they have none.</param>
/// <param name="Groups">The groups into which channels and outputs are divided.</param>
/// <param name="Gates">The gates of a recurrent layer; 1: there are none.</param>
/// <param name="Connections">One text a channel, one character an output: X where they meet; none: all do.</param>
internal sealed record ParameterShape(
    string Name, EquatableArray<int> Shape, ParameterKind Kind, ParameterPacking Packing, int Offset, int PackedLength, int Channels, int Groups, int Gates,
    EquatableArray<string> Connections)
{
    /// <summary>The same as a line of an architecture.</summary>
    public string Line => Architecture.Line(Name, Shape, Kind, Packing, Offset, Channels, Groups, Gates, Connections);

    private int Count => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Puts elements where kernels read them.</summary>
    /// <param name="logical">The elements, row-major.</param>
    /// <param name="packed">All parameters.</param>
    public void Pack(float[] logical, float[] packed)
    {
        var places = new ParameterPlaces(Packing, Count, SizeOf(0), SizeOf(1), Channels, Groups, Gates);
        for (var index = 0; index < logical.Length; index++)
        {
            if (IsConnected(places, index))
                packed[Offset + places.Of(index)] = logical[index];
        }
    }

    private bool IsConnected(ParameterPlaces places, int index)
    {
        if (Connections.Count == 0)
            return true;
        var (channel, output) = places.ConnectionOf(index);
        return Connections[channel][output] == 'X';
    }

    private int SizeOf(int axis) => axis < Shape.Count ? Shape[axis] : 1;
}
