using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The steps of a recurrent layer in a block of a stream, which keeps its states. What is needed last is summed last, so that the functions of the first gates
/// are computed meanwhile. Small cells stay in registers; of larger ones the gates go through memory.
/// </summary>
internal sealed class RecurrenceStepKernel : Kernel, ICellMemory
{
    private readonly Recurrence _operation;
    private readonly RecurrentCell _cell;
    private readonly CellSyntax _syntax;
    private readonly RecurrenceSums _sums;

    // The vector that is being written: its lane, and the lanes in it that are units, where the others are cleared.
    private Affine _lane;
    private string? _mask;
    private VectorSyntax _v = VectorSyntax.V256;
    private CodeWriter? _writer;

    public RecurrenceStepKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        _operation = (Recurrence)group.Head;
        _cell = _operation.Cell;
        _syntax = new CellSyntax(_cell);
        _sums = new RecurrenceSums(_operation, _ => "hidden", _ => "inputs", _ => "resetHidden", (_, place) => _v.Load("inputs", place));
    }

    public override string Comment =>
        $"{_operation.Layer}: the steps of {_syntax.Title} of {_syntax.Units} in a block, {Vocabulary.Invariant.Grouped(_operation.MultiplyAdds)} multiply-adds each. {_syntax.Equations}";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        KernelArgument.Of(_operation.Output, HiddenName),
        .. _operation.ParametersOfSteps.Select(KernelArgument.Of),
        .. _operation.Scale is { } scale ? [KernelArgument.Of(scale, Names.Argument(scale.Name))] : Array.Empty<KernelArgument>(),
        .. IsInRegisters && !_cell.ResetsBefore && !_cell.IsProjected ? Array.Empty<KernelArgument>() : [KernelArgument.Of(_operation.Scratch!, "memory")],
        new KernelArgument(ArgumentKind.State, "hidden", _operation.Output),
        .. _cell.HasCellState ? [new KernelArgument(ArgumentKind.State, "cell", _operation.CellState)] : Array.Empty<KernelArgument>(),
        KernelArgument.Steps,
    ];

    public override bool Has(VectorSyntax v) => _cell.Stride % v.Lanes == 0 && _cell.HiddenLanes % v.Lanes == 0;

    public string HiddenBefore => _v.Load("hidden", _lane);

    public string CellBefore => _v.Load("cell", _lane);

    public string Product => Gate(RecurrentCell.Candidate);

    public string CandidateSum => _operation.IsJoined ? Gate(RecurrentCell.CandidateApart) : _v.Load("inputs", _lane + (RecurrentCell.Candidate * _cell.Stride));

    private Value Input => Operand(_operation, _operation.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    private string HiddenName => Names.Argument(_operation.Output.Name);

    /// <summary>Whether all gates stay in registers, which the 256-bit form decides for all widths.</summary>
    private bool IsInRegisters => _cell.Stride <= 2 * VectorSyntax.V256.Lanes;

    public string Gate(int gate) => IsInRegisters ? NameOf(_sums.Gates[gate], _lane) : _v.Load("memory", _lane + (gate * _cell.Stride));

    public string Peephole(int index) => _v.Load(Names.Argument(_operation.Weights.Peephole!.CodeName), _lane + (index * _cell.Stride));

    public void StoreLate(int gate, string value)
    {
    }

    public void StoreCell(string value) => _writer!.Line(_v.Store(value, "cell", _lane));

    public void StoreHidden(string value)
    {
        value = _mask is null ? value : $"{_mask} & ({value})";
        if (_cell.IsProjected)
            _writer!.Line(_v.Store(value, "unprojected", _lane));
        else
            Show(value, _lane);
    }

    /// <summary>Stores a vector of the hidden state, as what follows reads it and as it is kept.</summary>
    private void Show(string value, Affine lane)
    {
        _writer!.Set("now", value);
        _writer.Line(_v.Store("now", "shown", lane));
        _writer.Line(_v.Store("now", "hidden", lane));
    }

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        (_v, _writer) = (v, writer);
        writer.Block("for (var step = 0; step < steps; step++)", WriteStep);
    }

    private void WriteStep()
    {
        var (writer, v) = (_writer!, _v);
        writer.Line($"ref var inputs = ref {Types.Unsafe}.Add(ref {InputName}, {Arithmetic.Product("step", InputLayout(0).Stride)});");
        writer.Line($"ref var shown = ref {Types.Unsafe}.Add(ref {HiddenName}, {Arithmetic.Product("step", LayoutOf(_operation.Output).Stride)});");
        if (_cell.ResetsBefore || _cell.IsProjected)
            writer.Line($"ref var {(_cell.IsProjected ? "unprojected" : "resetHidden")} = ref {Types.Unsafe}.Add(ref memory, {Literal.Of(_cell.Gates.Count * _cell.Stride)});");
        foreach (var pass in _cell.Passes)
        {
            var gates = pass.SelectMany(number => _sums.Gates.Where(gate => gate.Number == number || (_cell.HasProductApart && gate.Number == RecurrentCell.CandidateApart && number == RecurrentCell.Candidate))).ToArray();
            if (_cell.ResetsBefore && pass.Contains(RecurrentCell.Candidate))
                WriteReset();
            writer.Comment($"The sums of the {string.Join(" and the ", gates.Select(gate => gate.Name))}.");
            writer.Scoped(!IsInRegisters && _cell.Passes.Count > 1, () =>
                new SequenceProducts(gates, _cell.Stride, _sums.Factors, divides: true) { Unrolling = _operation.Projection.Unrolling, FollowsLoops = _cell.ResetsBefore && IsInRegisters && pass.Contains(RecurrentCell.Candidate) }.Write(writer, v, 1, (sequence, gate, lane) => _sums.Start(v, sequence, gate, lane), Finish));
        }

        writer.Line();
        writer.Line("// The states that follow.");
        void Body(Affine lane, string? mask)
        {
            (_lane, _mask) = (lane, mask);
            _syntax.WriteForward(writer, v, this);
        }

        if (IsInRegisters)
        {
            for (var lane = 0; lane < _cell.Stride; lane += v.Lanes)
                Body(lane, _cell.FillsPadding && lane + v.Lanes > _cell.Units ? RowLoops.Mask(v, Math.Max(_cell.Units - lane, 0)) : null);
        }
        else
        {
            _syntax.WriteUnits(writer, v, Body);
        }

        if (_cell.IsProjected)
            WriteProjection();
        RowLoops.WritePadding(writer, v, "shown", "", _cell.HiddenLanes);
    }

    /// <summary>Writes the hidden state where it is a product of what the cell gives.</summary>
    private void WriteProjection()
    {
        var (writer, v) = (_writer!, _v);
        writer.Line();
        writer.Line("// The hidden state: the projection of what the cell gives.");
        var factor = new RowFactor(_cell.Units, Names.Argument(_operation.Weights.OfOutput!.CodeName), _ => "unprojected");
        writer.Block("", () => new SequenceProducts([new SummedGate("projection", 0, 0, [factor])], _cell.HiddenLanes, [factor], divides: true) { Unrolling = _operation.Projection.Unrolling }.Write(
            writer, v, 1, (_, _, _) => v.Zero, (_, _, lane, sum) => Show(sum, lane)));
    }

    /// <summary>Writes the hidden state times the reset gate, where the candidate's weight takes that.</summary>
    private void WriteReset()
    {
        var (writer, v) = (_writer!, _v);
        void Body(Affine lane)
        {
            _lane = lane;
            writer.Line(v.Store($"{Gate(0)} * {HiddenBefore}", "resetHidden", lane));
        }

        if (!IsInRegisters)
        {
            RowLoops.Write(writer, v, _cell.Stride, (lane, _) => Body(lane));
            return;
        }

        for (var lane = 0; lane < _cell.Stride; lane += v.Lanes)
            Body(lane);
    }

    private string NameOf(SummedGate gate, Affine lane) => $"{gate.Name}{(_cell.Stride == _v.Lanes ? "" : Literal.Of(lane.Number / _v.Lanes))}";

    /// <summary>Applies a gate's function when its sum is complete.</summary>
    private void Finish(int sequence, SummedGate gate, Affine lane, string sum)
    {
        _lane = lane;
        var value = _syntax.Apply(_writer!, _v, gate.Number, _sums.End(_v, sequence, gate, lane, sum), this);
        if (IsInRegisters)
            _writer!.Line($"var {NameOf(gate, lane)} = {value};");
        else
            _writer!.Line(_v.Store(value, "memory", lane + (gate.Number * _cell.Stride)));
    }
}
