using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>A row of each sequence, and the weight that it is multiplied with.</summary>
/// <param name="Depth">The elements of a row.</param>
/// <param name="Weight">The weight, as panels with a row for each element.</param>
/// <param name="Row">The reference of a sequence's row.</param>
internal sealed record RowFactor(int Depth, string Weight, Func<int, string> Row)
{
    /// <summary>The rows of a panel of the weight.</summary>
    public int PanelDepth { get; init; } = Depth;

    /// <summary>The rows of this kind, one after the other in the weight; each is one round of a loop.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Writes what a round begins with, where there are several: the row's reference.</summary>
    public Action<CodeWriter>? Begin { get; init; }

    /// <summary>The lanes of other gates before those that the weight begins with.</summary>
    public int LanesBefore { get; init; }

    /// <summary>The row of a panel that belongs to the first element.</summary>
    public int FirstRow { get; init; }
}
