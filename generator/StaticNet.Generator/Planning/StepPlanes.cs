using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>
/// When the blocks of a stream are planes: each channel's steps adjacent, so that steps are lanes. Networks of a few channels leave most lanes empty
/// where channels are lanes.
/// </summary>
internal static class StepPlanes
{
    /// <summary>With as many channels as half the lanes of a 256-bit vector, steps as lanes take half the products and less.</summary>
    private const int MostChannels = 4;

    /// <summary>The fewest steps of a block: the lanes of the widest vector.</summary>
    private const int FewestSteps = 16;

    /// <summary>Whether all of a network's operations have kernels for planes, and its values are narrow.</summary>
    /// <param name="inputs">The network's inputs.</param>
    /// <param name="operations">Its operations.</param>
    /// <param name="block">The most steps of a block.</param>
    public static bool Suit(IReadOnlyList<Value> inputs, IReadOnlyList<Operation> operations, int block)
    {
        var all = operations.SelectMany(operation => operation.AtInference).SelectMany(operation => operation.InStream).ToArray();
        return block % FewestSteps == 0 && inputs.All(IsNarrow) && all.All(Has) && all.Any(operation => operation is StepConvolution);
    }

    private static bool Has(Operation operation) => IsNarrow(operation.Output) && operation switch
    {
        Contraction contraction => contraction.Prepared is null && contraction.Inputs.All(IsNarrow),
        StepConvolution => true,
        Elementwise function => function.LaneOperands.All(operand => operand is { Vectors: null, IsFull: false }),
        _ => false,
    };

    private static bool IsNarrow(Value value) => value.Type.Rank == 1 && value.Type.Length <= MostChannels;
}
