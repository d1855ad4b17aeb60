using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace StaticNet;

/// <summary>One row of a network's parameter table.</summary>
/// <param name="Name">The full name, <c>dense1.weight</c>.</param>
/// <param name="Layer">The layer's name, <c>dense1</c>.</param>
/// <param name="Kind">Its role in the layer.</param>
/// <param name="Shape">The logical shape, in PyTorch's layout: a Dense weight is [outputs, inputs].</param>
/// <param name="Packing">How the elements are stored.</param>
/// <param name="Offset">Where it starts in the network's weights, in floats; a multiple of 16.</param>
/// <param name="Initializer">How it is initialised.</param>
/// <param name="InitializerValue">The initialiser's value; NaN means the initialiser's default.</param>
/// <param name="Trainable">Whether training changes it. Trainable parameters come before all others.</param>
/// <param name="Channels">For panels: the rows of a panel hold channel after channel of one position, then those of the next, so
/// the input of channel c and position s, logically number c·positions + s, is row s·channels + c. 0: the inputs have no
/// positions.
/// </param>
/// <param name="Groups">
/// For panels: the groups into which channels and outputs are divided. The panels hold all channels for each output; those of
/// other groups are zero.
/// </param>
/// <param name="Connections">One string per channel with one character per output, X where they are connected; the other
/// elements are zero and stay zero. Default: all are connected.
/// </param>
/// <param name="Values">The initial elements, row-major, or one for each gate, instead of those of the initialiser. Default: it has an
/// initialiser.</param>
/// <param name="Gates">
/// The gates of a recurrent layer, whose outputs follow each other along the first axis. In memory the outputs of each gate begin at a
/// multiple of 8; what is between them is zero. 1: there are none.
/// </param>
public sealed record ParameterInfo(
    string Name,
    string Layer,
    ParameterKind Kind,
    ImmutableArray<int> Shape,
    ParameterPacking Packing,
    int Offset,
    Initializer Initializer,
    float InitializerValue = float.NaN,
    bool Trainable = true,
    int Channels = 0,
    int Groups = 1,
    ImmutableArray<string> Connections = default,
    ImmutableArray<float> Values = default,
    int Gates = 1)
{
    /// <summary>The number of lanes of a panel, and the multiple of floats that every parameter is padded to.</summary>
    public const int PanelWidth = ParameterPlaces.PanelWidth;

    /// <summary>The number of logical elements, without padding.</summary>
    public int Count { get; } = Product(Shape);

    /// <summary>The number of elements that are learned: all but those that <see cref="Connections"/> leaves out.</summary>
    public int LearnedCount { get; } = Connections.IsDefaultOrEmpty
        ? Product(Shape)
        : Product(Shape) / (Shape[0] * Shape[1]) * Connections.Sum(channel => channel.Count(mark => mark == 'X'));

    /// <summary>The number of floats in memory, padding included; a multiple of 16.</summary>
    public int PackedLength { get; } = Packing switch
    {
        ParameterPacking.Panels => Pad(OutputsOf(Shape, Gates)) * (Product(Shape) / Shape[0] * Groups),
        ParameterPacking.TransposedPanels => Pad(Shape[1] * Groups) * (Product(Shape) / Shape[1]),
        _ when Gates > 1 => Pad(OutputsOf(Shape, Gates)),
        _ => Pad(Product(Shape)),
    };

    private ParameterPlaces Places => new(Packing, Count, SizeOf(0), SizeOf(1), Channels, Groups, Gates);

    /// <summary>The panels of a packed weight.</summary>
    internal int PanelCount => Pad(Packing == ParameterPacking.Panels ? OutputsOf(Shape, Gates) : Shape[1] * Groups) / PanelWidth;

    /// <summary>Writes the elements that it starts with.</summary>
    internal void CopyValues(Span<float> logical)
    {
        if (Values.Length != Gates || Gates == 1)
        {
            Values.CopyTo(logical);
            return;
        }

        var units = logical.Length / Gates;
        for (var gate = 0; gate < Gates; gate++)
            logical.Slice(gate * units, units).Fill(Values[gate]);
    }

    /// <summary>Copies from the kernels' layout to the logical one.</summary>
    /// <param name="packed">The whole of the network's weights or gradients.</param>
    /// <param name="logical"><see cref="Count"/> floats, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unpack(ReadOnlySpan<float> packed, Span<float> logical)
    {
        Check(logical.Length);
        var source = packed.Slice(Offset, PackedLength);
        var places = Places;
        if (places.AreLogical)
        {
            source[..Count].CopyTo(logical);
            return;
        }

        for (var index = 0; index < logical.Length; index++)
            logical[index] = source[places.Of(index)];
    }

    /// <summary>Copies from the logical layout to the kernels' one; the padding becomes zero.</summary>
    /// <param name="logical"><see cref="Count"/> floats, row-major.</param>
    /// <param name="packed">The whole of the network's weights or gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(ReadOnlySpan<float> logical, Span<float> packed)
    {
        Check(logical.Length);
        var target = packed.Slice(Offset, PackedLength);
        target.Clear();
        var places = Places;
        if (places.AreLogical)
        {
            logical.CopyTo(target);
            return;
        }

        for (var index = 0; index < logical.Length; index++)
        {
            if (IsConnected(places, index))
                target[places.Of(index)] = logical[index];
        }
    }

    /// <summary>Whether another parameter has the same name and shape, and its elements in the same places.</summary>
    internal bool HasLayoutOf(ParameterInfo other) =>
        Name == other.Name && Kind == other.Kind && Offset == other.Offset
        && Packing == other.Packing && Channels == other.Channels && Groups == other.Groups && Gates == other.Gates
        && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan()) && Connections.AsSpan().SequenceEqual(other.Connections.AsSpan());

    private bool IsConnected(ParameterPlaces places, int index)
    {
        if (Connections.IsDefaultOrEmpty)
            return true;
        var (channel, output) = places.ConnectionOf(index);
        return Connections[channel][output] == 'X';
    }

    private int SizeOf(int axis) => axis < Shape.Length ? Shape[axis] : 1;

    private static int Product(ImmutableArray<int> shape)
    {
        var product = 1;
        foreach (var size in shape)
            product = checked(product * size);
        return product;
    }

    /// <summary>The outputs in memory: with those that pad each gate.</summary>
    private static int OutputsOf(ImmutableArray<int> shape, int gates) => gates == 1 ? shape[0] : checked(gates * ParameterPlaces.PadGate(shape[0] / gates));

    private static int Pad(int count) => checked(count + PanelWidth - 1) / PanelWidth * PanelWidth;

    private void Check(int length)
    {
        if (length != Count)
            throw WrongLength(length);
    }

    private ArgumentException WrongLength(int length) => new($"{Name} has {Count} elements, but the span holds {length}.");
}
