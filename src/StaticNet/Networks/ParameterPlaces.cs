namespace StaticNet;

/// <summary>Where the elements of a parameter are in memory, from where the parameter begins.</summary>
/// <remarks>The generator compiles this source too, for the weights that a build bakes into code: it keeps to what netstandard2.0 has.</remarks>
/// <param name="packing">How they are stored.</param>
/// <param name="count">The number of logical elements.</param>
/// <param name="first">The size of the first axis.</param>
/// <param name="second">The size of the second axis; 1 if there is none.</param>
/// <param name="channels">The channels of each position; 0: inputs have no positions.</param>
/// <param name="groups">The groups into which channels and outputs are divided.</param>
/// <param name="gates">The gates of a recurrent layer; 1: there are none.</param>
internal readonly struct ParameterPlaces(ParameterPacking packing, int count, int first, int second, int channels, int groups, int gates)
{
    /// <summary>The number of lanes of a panel.</summary>
    public const int PanelWidth = 16;

    /// <summary>The outputs of a gate begin at a multiple of so many.</summary>
    private const int GateMultiple = 8;

    /// <summary>Whether elements follow each other as they do in the logical order.</summary>
    public bool AreLogical => packing == ParameterPacking.Rows && gates == 1;

    /// <summary>The place of a logical element.</summary>
    public int Of(int index) => packing switch
    {
        ParameterPacking.Panels => InPanels(index),
        ParameterPacking.TransposedPanels => InTransposedPanels(index),
        _ => LaneOf(index),
    };

    /// <summary>The channel and the output that an element of [outputs, channels, positions…] connects.</summary>
    public (int Channel, int Output) ConnectionOf(int index)
    {
        var inputs = count / first;
        return (index % inputs / (inputs / second), index / inputs);
    }

    /// <summary>The outputs of a gate with those that pad it.</summary>
    public static int PadGate(int units) => checked(units + GateMultiple - 1) / GateMultiple * GateMultiple;

    /// <summary>Which lane an output is.</summary>
    private int LaneOf(int output)
    {
        if (gates == 1)
            return output;
        var units = first / gates;
        return (output / units * PadGate(units)) + (output % units);
    }

    /// <summary>The place of an element of [outputs, inputs] or [outputs, channels, positions…] in panels.</summary>
    private int InPanels(int index)
    {
        var inputs = count / first;
        var (output, input) = (LaneOf(index / inputs), index % inputs);
        if (channels > 0)
        {
            var positions = inputs * groups / channels;
            var channel = (output / (first / groups) * (channels / groups)) + (input / positions);
            input = (input % positions * channels) + channel;
        }

        return (((output / PanelWidth * inputs * groups) + input) * PanelWidth) + (output % PanelWidth);
    }

    /// <summary>The place of an element of [inputs, outputs, positions…] in transposed panels.</summary>
    private int InTransposedPanels(int index)
    {
        var (inputs, outputs) = (first, second);
        var positions = count / (inputs * outputs);
        var (input, output, position) = (index / positions / outputs, index / positions % outputs, index % positions);
        output += input / (inputs / groups) * outputs;
        var row = ((positions - 1 - position) * inputs) + input;
        return (((output / PanelWidth * positions * inputs) + row) * PanelWidth) + (output % PanelWidth);
    }
}
