using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The same elements with the axes in another order: output axis i is input axis <c>axes[i]</c>.</summary>
internal sealed class Permutation(string layer, Value input, TensorType type, IReadOnlyList<int> axes, string verb = "Permute") : Operation(layer, [input], type)
{
    public IReadOnlyList<int> Axes { get; } = axes;

    public override bool OnlyMoves => true;

    public override bool ReadsVectorsOf(int input) => false;

    /// <summary>For each axis of the output's logical order, the axis of the input's: what the permutation means.</summary>
    public IReadOnlyList<int> LogicalAxes => Enumerable.Range(0, Axes.Count)
        .Select(axis => Logical(Inputs[0].Type, Axes[Output.Type.InMemory(axis)])).ToArray();

    public override string Verb => verb;

    /// <summary>The operation that gives a value with its axes in another order.</summary>
    public static Operation Reordered(string layer, Value value, TensorType type, string verb = "Permute")
    {
        // Where one of the two sides has one element only, the order in memory is the same.
        if (value.Type.Channels == 1 || value.Type.Length == value.Type.Channels)
            return new Rearrangement(layer, value, type, verb);
        var rank = type.Rank;
        var axes = type.IsChannelsLast ? Enumerable.Range(1, rank - 1).Append(0) : Enumerable.Range(0, rank - 1).Prepend(rank - 1);
        return new Permutation(layer, value, type, axes.ToArray(), verb);
    }

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (!backward.Wants(Inputs[0]))
            return;
        var inverse = Enumerable.Range(0, Axes.Count).OrderBy(axis => Axes[axis]).ToArray();
        backward.Accumulate(Inputs[0], backward.Add(new Permutation(Layer, gradient, Inputs[0].Type, inverse, verb + "Gradient")));
    }

    private static int Logical(TensorType type, int memory) => !type.IsChannelsLast ? memory : memory == type.Rank - 1 ? 0 : memory + 1;
}
