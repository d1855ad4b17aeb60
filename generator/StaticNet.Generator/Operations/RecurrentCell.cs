using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The cell of a recurrent layer: what one step makes of the sums of its gates and of what it keeps.</summary>
/// <param name="Kind">Which cell.</param>
/// <param name="Units">The elements of its states; of the hidden one those of its projection, where it has one.</param>
/// <param name="Activation">The function of the candidate, and of the cell state that an LSTM outputs.</param>
/// <param name="Gate">The function of the gates.</param>
internal sealed record RecurrentCell(CellKind Kind, int Units, ElementFunction Activation, ElementFunction Gate)
{
    /// <summary>With so few inputs outside training, the sums over them are no product of their own.</summary>
    public const int MostJoinedInputs = 4;

    /// <summary>The candidate's number among the gates of cells that have several.</summary>
    public const int Candidate = 2;

    /// <summary>The number of the gate that an LSTM's output goes through.</summary>
    public const int OutputGate = 3;

    /// <summary>The number of the candidate's sum over the input, where its product with the hidden state is a separate sum.</summary>
    public const int CandidateApart = 3;

    /// <summary>Whether the reset gate multiplies the hidden state before the candidate's product with it.</summary>
    public bool ResetsBefore { get; init; }

    /// <summary>Whether the gates look at the cell state too.</summary>
    public bool HasPeepholes { get; init; }

    /// <summary>The elements of the hidden state, where that is a product of the cell's output with a weight; 0: it is the cell's output itself.</summary>
    public int Projection { get; init; }

    /// <summary>Whether the hidden state is a product of the cell's output.</summary>
    public bool IsProjected => Projection > 0;

    /// <summary>The elements of the hidden state.</summary>
    public int HiddenUnits => IsProjected ? Projection : Units;

    /// <summary>The lanes of the hidden state.</summary>
    public int HiddenLanes => Lanes.PadGate(HiddenUnits);

    /// <summary>The gates that look at the cell state, in the order of their weights; the last one at that of the step itself.</summary>
    public static IReadOnlyList<int> PeepholeGates { get; } = [0, 1, 3];

    /// <summary>The gates that the hidden state's weight serves: all, unless the candidate has one of its own.</summary>
    public int GatesOfHidden => ResetsBefore ? Candidate : Gates.Count;

    /// <summary>The gates, in PyTorch's order, as comments and locals name them; the candidate is one of them.</summary>
    public IReadOnlyList<string> Gates => GatesOf(Kind);

    /// <summary>The lanes from gate to gate.</summary>
    public int Stride => Lanes.PadGate(Units);

    /// <summary>The lanes of all gates, with those that pad each gate where there are several.</summary>
    public int Width => Gates.Count == 1 ? Units : Gates.Count * Stride;

    /// <summary>The order in which the gates of one step are best summed: those first whose functions others wait for.</summary>
    public IReadOnlyList<int[]> Passes => Kind switch
    {
        CellKind.Gru => ResetsBefore ? [[0, 1], [2]] : [[0], [2, 1]],
        CellKind.Lstm => [[0, 2], [1, 3]],
        _ => [[0]],
    };

    /// <summary>Whether there is a cell state beside the hidden one.</summary>
    public bool HasCellState => Kind == CellKind.Lstm;

    /// <summary>Whether the product with the hidden state is a factor of the candidate's sum, rather than a part of it.</summary>
    public bool HasProductApart => Kind == CellKind.Gru && !ResetsBefore;

    /// <summary>Whether the lanes of the cell's output beyond the last unit would not stay zero.</summary>
    public bool FillsPadding => Units < Stride && Activation.Evaluate([0]) != 0;

    /// <summary>The gates of a kind of cell.</summary>
    public static IReadOnlyList<string> GatesOf(CellKind kind) => kind switch
    {
        CellKind.Gru => ["reset", "update", "candidate"],
        CellKind.Lstm => ["input", "forget", "candidate", "output"],
        _ => ["candidate"],
    };
}
