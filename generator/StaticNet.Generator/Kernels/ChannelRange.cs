using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The inputs that the outputs of a tile see where both are divided into groups: as many for every tile of a run, so that loops
/// have constant ends. What of them belongs to other groups meets zeros of the weight.
/// </summary>
/// <param name="First">The expression of the first input.</param>
/// <param name="Count">The number of inputs.</param>
internal readonly record struct ChannelRange(string First, int Count)
{
    /// <summary>All inputs.</summary>
    public static ChannelRange All(int inputs) => new("0", inputs);

    /// <summary>The range of the tiles of a run.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="outputs">All outputs.</param>
    /// <param name="inputs">All inputs.</param>
    /// <param name="run">The tiles.</param>
    /// <param name="lane">The expression of a tile's first output.</param>
    public static ChannelRange Of(int groups, int outputs, int inputs, TileRun run, string lane)
    {
        var (outputsOfGroup, inputsOfGroup) = (outputs / groups, inputs / groups);
        var tiles = Enumerable.Range(0, run.Count).Select(tile => run.FirstLane + (tile * run.Step)).ToArray();
        var count = inputsOfGroup * tiles.Max(first => ((Math.Min(first + run.Step, outputs) - 1) / outputsOfGroup) - (first / outputsOfGroup) + 1);
        int FirstOf(int output) => output / outputsOfGroup * inputsOfGroup;
        if (count == inputs)
            return All(inputs);
        if (Arithmetic.IsNumber(lane, out var number))
            return new ChannelRange(Literal.Of(Math.Min(FirstOf(number), inputs - count)), count);

        var startsGroup = tiles.All(first => first % outputsOfGroup == 0) && inputsOfGroup % outputsOfGroup == 0;
        var text = startsGroup
            ? Arithmetic.Product($"(int){lane}", inputsOfGroup / outputsOfGroup)
            : Arithmetic.Product(Arithmetic.Quotient($"(int){lane}", outputsOfGroup), inputsOfGroup);
        return new ChannelRange(tiles.All(first => FirstOf(first) + count <= inputs) ? text : $"{Types.Math}.Min({text}, {inputs - count})", count);
    }
}
