using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A learned tensor.</summary>
/// <param name="layer">The full name of its layer.</param>
/// <param name="name">Its name in the layer, <c>weight</c>.</param>
/// <param name="role">What it is to its layer.</param>
/// <param name="shape">Its logical shape: [outputs, inputs] for a weight.</param>
/// <param name="initialization">How it starts.</param>
/// <param name="trainable">Whether training changes it.</param>
/// <param name="channels">The adjacent inputs for each position, where a weight's inputs have positions; 0: they have none.</param>
/// <param name="isTransposed">Whether a weight is [inputs, outputs, taps…] with its taps in reverse, as a transposed convolution has it.</param>
/// <param name="connections">Which channels meet which filters.</param>
internal sealed class Parameter(
    string layer, string name, ParameterKind role, EquatableArray<int> shape, Initialization initialization, bool trainable, int channels = 0,
    bool isTransposed = false, Connections connections = default)
{
    /// <summary>The full name of its layer.</summary>
    public string Layer { get; } = layer;

    /// <summary>Its name in the layer, <c>weight</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it is to its layer.</summary>
    public ParameterKind Role { get; } = role;

    /// <summary>Its logical shape.</summary>
    public EquatableArray<int> Shape { get; } = shape;

    /// <summary>How it starts.</summary>
    public Initialization Initialization { get; } = initialization;

    /// <summary>Whether training changes it.</summary>
    public bool Trainable { get; } = trainable;

    /// <summary>The adjacent inputs for each position, where a weight's inputs have positions; 0: they have none.</summary>
    public int Channels { get; } = channels;

    /// <summary>Whether a weight is [inputs, outputs, taps…] with its taps in reverse, as a transposed convolution has it.</summary>
    public bool IsTransposed { get; } = isTransposed;

    /// <summary>Which channels meet which filters.</summary>
    public Connections Connections { get; } = connections;

    /// <summary>The channels of a dense layer's flattened input, where it comes with the channels last; 0: it does not. The layout decides it.</summary>
    public int Interleave { get; set; }

    public string FullName => $"{Layer}.{Name}";

    /// <summary>The full name with what is PyTorch's own in it as C# writes it: <c>batchNorm1.runningMean</c>.</summary>
    public string CodeName => $"{Layer}.{string.Concat(Name.Split('_').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1)))}";

    /// <summary>The elements that it starts with; none: it has an initialiser.</summary>
    public EquatableArray<float> Values { get; init; }

    /// <summary>
    /// The gates of a recurrent layer, whose outputs follow each other along the first axis; in memory each gate begins at a multiple of
    /// eight, so that vectors hold units of one gate. 1: there are none.
    /// </summary>
    public int Gates { get; init; } = 1;

    /// <summary>Whether training learns it, or would where it is not frozen.</summary>
    public bool IsLearned => Role is not (ParameterKind.Statistic or ParameterKind.Constant);

    /// <summary>
    /// Whether it is stored as panels of 16 along its first axis, as matrix products read a weight; of what follows the elements of a value
    /// the layout decides it.
    /// </summary>
    public bool IsPacked { get; set; } = role is ParameterKind.Weight or ParameterKind.Direction;

    /// <summary>How it is laid out in memory.</summary>
    public ParameterPacking Packing => !IsPacked ? ParameterPacking.Rows : IsTransposed ? ParameterPacking.TransposedPanels : ParameterPacking.Panels;

    public int Count => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>The adjacent inputs for each position in memory; 0: they are in the order of their numbers.</summary>
    public int PackedChannels => IsTransposed ? 0 : Math.Max(Channels, Interleave);

    /// <summary>The outputs of a weight, which are the lanes of its panels; those between gates, which are zero, count too.</summary>
    public int Outputs => IsTransposed ? Shape[1] * Connections.Groups : Gates == 1 ? Shape[0] : checked(Gates * Lanes.PadGate(Shape[0] / Gates));

    /// <summary>The elements as they stand in memory one after the other: all, and what is between gates.</summary>
    public int Span => Gates == 1 ? Count : checked(Count / Shape[0] * Outputs);

    /// <summary>The rows of each panel of a weight: all inputs of an output, those of other groups too, which are zero.</summary>
    public int Depth => Count / LogicalOutputs * Connections.Groups;

    /// <summary>The elements that are learned: all but those that a table of connections leaves out, which are zero.</summary>
    public int Learned => Connections.Table.Count == 0 ? Count : Count / (Shape[0] * Shape[1]) * Connections.Count;

    /// <summary>The positions of a weight with as many inputs each: its taps.</summary>
    public int Positions => Channels == 0 ? 1 : Depth / Channels;

    /// <summary>The inputs of each position.</summary>
    public int Inputs => Depth / Positions;

    /// <summary>The floats in memory, padding included.</summary>
    public int PackedLength => checked((int)PackedSize);

    /// <summary>The floats of a weight with inputs and outputs exchanged, of any size; exact up to 2⁵³.</summary>
    public double TransposedSize => Channels == 0
        ? Padded(Size / LogicalOutputs) * Outputs
        : Padded(Channels) * (Size / Channels * Connections.Groups);

    /// <summary><see cref="PackedLength"/> of a parameter of any size, exact up to 2⁵³.</summary>
    public double PackedSize => IsPacked ? Padded(Outputs) * (Size / LogicalOutputs * Connections.Groups) : Gates == 1 ? Padded(Size) : Padded(Outputs);

    private int LogicalOutputs => Gates == 1 ? Outputs : Shape[0];

    private double Size => Shape.Aggregate(1d, (product, size) => product * size);

    private static double Padded(double count) => Math.Ceiling(count / Lanes.Panel) * Lanes.Panel;
}
