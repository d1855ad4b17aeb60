using StaticNet.Generator.Operations;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>What the gates of a recurrence sum: over the input, unless others have done that, and over the hidden state.</summary>
internal sealed class RecurrenceSums
{
    private readonly Recurrence _operation;
    private readonly Func<int, Affine, string> _sums;

    /// <param name="operation">The recurrence.</param>
    /// <param name="hidden">The reference of a sequence's hidden state.</param>
    /// <param name="input">The reference of a sequence's input.</param>
    /// <param name="reset">The reference of a sequence's hidden state times the reset gate.</param>
    /// <param name="sums">Loads a vector of a sequence's sums over the input, where others have made them.</param>
    public RecurrenceSums(Recurrence operation, Func<int, string> hidden, Func<int, string> input, Func<int, string> reset, Func<int, Affine, string> sums)
    {
        (_operation, _sums) = (operation, sums);
        var ofHidden = new RowFactor(Cell.HiddenUnits, Names.Argument(operation.Weights.Weight.CodeName), hidden);
        var ofInput = operation.IsJoined ? new RowFactor(operation.Projection.Weight.Depth, Names.Argument(operation.Projection.Weight.CodeName), input) : null;
        Factors = ofInput is null ? [ofHidden] : [ofInput, ofHidden];
        var gates = Cell.Gates.Select((name, number) => new SummedGate(name, number, number * Cell.Stride, Factors)).ToList();
        if (Cell.HasProductApart)
        {
            var candidate = gates[RecurrentCell.Candidate];
            gates[RecurrentCell.Candidate] = candidate with { Name = "product", Takes = [ofHidden] };
            if (ofInput is not null)
                gates.Add(candidate with { Name = "candidateInput", Number = RecurrentCell.CandidateApart, Takes = [ofInput] });
        }

        if (operation.Weights.OfCandidate is { } own)
        {
            var ofReset = new RowFactor(Cell.Units, Names.Argument(own.CodeName), reset) { LanesBefore = RecurrentCell.Candidate * Cell.Stride };
            gates[RecurrentCell.Candidate] = gates[RecurrentCell.Candidate] with { Takes = ofInput is null ? [ofReset] : [ofInput, ofReset] };
            Factors = [.. Factors, ofReset];
        }

        Gates = gates;
    }

    /// <summary>What is multiplied with which weight.</summary>
    public IReadOnlyList<RowFactor> Factors { get; }

    /// <summary>
    /// The sums in the order of the gates. Where the candidate's product with the hidden state is apart, it takes the candidate's place, and
    /// the candidate's sum over the input follows as one more, unless others have made it.
    /// </summary>
    public IReadOnlyList<SummedGate> Gates { get; }

    private RecurrentCell Cell => _operation.Cell;

    /// <summary>What a sum of products begins with.</summary>
    /// <param name="v">The vectors.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="lane">The first lane of the vector in the gate.</param>
    public string Start(VectorSyntax v, int sequence, SummedGate gate, Affine lane) => _operation.Scale is null ? Begin(v, sequence, gate, lane) : v.Zero;

    /// <summary>A sum of products as the cell takes it: products with a normalised weight are multiplied by its scale, and what they are added to comes then.</summary>
    /// <param name="v">The vectors.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="lane">The first lane of the vector in the gate.</param>
    /// <param name="sum">The sum.</param>
    public string End(VectorSyntax v, int sequence, SummedGate gate, Affine lane, string sum) => _operation.Scale is not { } scale ? sum
        : v.MultiplyAdd(sum, v.Load(Names.Argument(scale.Name), lane + gate.FirstLane), Begin(v, sequence, gate, lane));

    private string Begin(VectorSyntax v, int sequence, SummedGate gate, Affine lane)
    {
        var place = lane + gate.FirstLane;
        var isProduct = Cell.HasProductApart && gate.Number == RecurrentCell.Candidate;
        var isCandidate = Cell.HasProductApart && gate.Number == RecurrentCell.CandidateApart;
        var ofInput = isProduct ? null : _operation.IsJoined ? BiasOf(_operation.Projection.Bias) : _sums(sequence, place);
        var ofHidden = isCandidate ? null : BiasOf(_operation.Bias);
        return (ofInput, ofHidden) switch
        {
            (null, null) => v.Zero,
            (not null, not null) => $"{ofInput} + {ofHidden}",
            _ => ofInput ?? ofHidden!,
        };

        string? BiasOf(Parameter? bias) => bias is null ? null : v.Load(Names.Argument(bias.CodeName), place);
    }
}
