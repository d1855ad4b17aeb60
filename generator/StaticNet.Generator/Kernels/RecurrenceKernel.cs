using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The steps of a recurrent layer over whole sequences, one after the other. Several sequences go on side by side, so that each vector of the
/// weight serves them all. Each step has two parts: the products with the hidden state before it, and what the cell makes of the sums.
/// </summary>
internal sealed class RecurrenceKernel : Kernel, ICellMemory
{
    private readonly Recurrence _operation;
    private readonly RecurrentCell _cell;
    private readonly CellSyntax _syntax;

    // The vector that is being written: its lane, and the lanes in it that are units, where the others are cleared.
    private Affine _lane;
    private string? _mask;
    private VectorSyntax _v = VectorSyntax.V256;
    private CodeWriter? _writer;

    public RecurrenceKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        _operation = (Recurrence)group.Head;
        _cell = _operation.Cell;
        _syntax = new CellSyntax(_cell);
    }

    public override string Comment =>
        $"{_operation.Layer}: {_syntax.Title}, {Steps} steps of {_cell.Units} units{(_operation.IsReverse ? " from the last to the first" : "")}, {Vocabulary.Invariant.Grouped(_operation.MultiplyAdds)} multiply-adds each. " +
        $"{_syntax.Equations} Up to {Most(VectorSyntax.V256)} sequences side by side, so that each vector of the weight is loaded once for all.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        .. Group.Stored.Select(value => KernelArgument.Of(value, Names.Argument(value.Name))),
        .. _operation.Parameters.Select(KernelArgument.Of),
        KernelArgument.Of(_operation.Scratch!, "memory"),
        new KernelArgument(ArgumentKind.Sequences, "sequences"),
    ];

    public override bool Has(VectorSyntax v) => _cell.Stride % v.Lanes == 0;

    public string HiddenBefore => _v.Load("beforeRow", _lane);

    public string CellBefore => _v.Load("cells", _lane);

    public string Product => "product";

    public string CandidateSum => _operation.IsJoined ? SumOf(RecurrentCell.CandidateApart) : _v.Load("ofInput", _lane + (RecurrentCell.Candidate * _cell.Stride));

    private Value Input => Operand(_operation, _operation.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    private string HiddenName => Names.Argument(_operation.Output.Name);

    private int Steps => Arranged.StepsOf(_operation.Output);

    private int InputStride => InputLayout(0).Stride;

    private int HiddenStride => LayoutOf(_operation.Output).Stride;

    private int MemoryStride => LayoutOf(_operation.Scratch!).Stride;

    private bool KeepsGates => Group.Stored.Contains(_operation.Gates);

    private int Most(VectorSyntax v) => SequenceProducts.MostSequences(v, _cell.Gates.Count);

    public string Gate(int gate) => _cell.Gates[gate];

    public void StoreCandidate(string value) => StoreGate(RecurrentCell.Candidate, value);

    public void StoreCell(string value)
    {
        _writer!.Line(_v.Store(value, "cells", _lane));
        if (Group.Stored.Contains(_operation.CellState!))
            _writer.Line(_v.Store(value, "kept", _lane));
    }

    public void StoreHidden(string value) => _writer!.Line(_v.Store(_mask is null ? value : $"{_mask} & ({value})", "hidden", _lane));

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        (_v, _writer) = (v, writer);
        var most = Most(v);
        writer.Block($"if (sequences < {most})", () =>
        {
            writer.Block("for (var sequence = 0; sequence < sequences; sequence++)", () => WriteSequences(1));
            writer.Line("return;");
        }).Line();
        writer.Line("// Sequences of the last tile may have been in the one before: they are computed and stored again.");
        writer.Block($"for (var first = 0; first < sequences; first += {most})", () =>
        {
            writer.Line($"var sequence = {Types.Math}.Min(first, sequences - {most});");
            WriteSequences(most);
        });
    }

    private void WriteSequences(int count)
    {
        var writer = _writer!;
        var memoryLength = 3 * MemoryStride;
        writer.Line("// For each sequence: a row of zeros for the state before the first step, the cell state, and the sums of a step.");
        writer.Line($"ref var states = ref {Types.Unsafe}.Add(ref memory, sequence * {memoryLength});");
        writer.Line($"{SpanSyntax.Write("states", Literal.Of(count * memoryLength))}.Clear();");
        writer.Line("ref var before = ref states;");
        if (count > 1)
            writer.Line($"{Types.NUInt} apart = 0;");
        writer.Block($"for (var step = 0; step < {Steps}; step++)", () =>
        {
            writer.Line($"var place = (sequence * {Steps}) + {(_operation.IsReverse ? $"{Steps - 1} - step" : "step")};");
            writer.Line($"ref var inputs = ref {Types.Unsafe}.Add(ref {InputName}, place * {InputStride});");
            writer.Line($"ref var hiddens = ref {Types.Unsafe}.Add(ref {HiddenName}, place * {HiddenStride});");
            writer.Line(KeepsGates
                ? $"ref var gates = ref {Types.Unsafe}.Add(ref {Names.Argument(_operation.Gates.Name)}, place * {GatesStride});"
                : $"ref var gates = ref {Types.Unsafe}.Add(ref states, {2 * MemoryStride});");
            WriteProducts(count);
            writer.Line();
            writer.Line("// What the cell makes of them.");
            if (count > 1)
                writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteCell("row"));
            else
                WriteCell("0");
            writer.Line("before = ref hiddens;");
            if (count > 1)
                writer.Line($"apart = {Steps * HiddenStride};");
        });
    }

    private int GatesStride => LayoutOf(_operation.Gates).Stride;

    /// <summary>The floats from sequence to sequence of the gates' memory.</summary>
    private int GatesApart => KeepsGates ? Steps * GatesStride : 3 * MemoryStride;

    private void WriteProducts(int count)
    {
        var writer = _writer!;
        writer.Line("// The sums over the input and the products with the hidden state before.");
        for (var row = 1; row < count; row++)
            writer.Line($"ref var before{row} = ref {Types.Unsafe}.Add(ref before{(row == 1 ? "" : Literal.Of(row - 1))}, apart);");
        for (var row = 1; row < count && _operation.IsJoined; row++)
            writer.Line($"ref var inputs{row} = ref {Types.Unsafe}.Add(ref inputs, {row * Steps * InputStride});");

        var sums = new RecurrenceSums(
            _operation, row => row == 0 ? "before" : $"before{row}", row => row == 0 ? "inputs" : $"inputs{row}", (row, place) => _v.Load("inputs", place + (row * Steps * InputStride)));
        new SequenceProducts(sums.Gates, _cell.Stride, sums.Factors).Write(
            writer, _v, count, (row, gate, lane) => sums.Start(_v, row, gate, lane),
            (row, gate, lane, sum) => writer.Line(_v.Store(sum, "gates", lane + (gate.Number * _cell.Stride) + (row * GatesApart))));
    }

    private string SumOf(int gate) => _v.Load("z", _lane + (gate * _cell.Stride));

    private void StoreGate(int gate, string value)
    {
        if (KeepsGates)
            _writer!.Line(_v.Store(value, "z", _lane + (gate * _cell.Stride)));
    }

    /// <summary>Writes the gates of a vector, or the candidate's product with the hidden state in its place.</summary>
    private void WriteGates()
    {
        var writer = _writer!;
        for (var gate = 0; gate < _cell.Gates.Count; gate++)
        {
            if (_cell.HasProductApart && gate == RecurrentCell.Candidate)
            {
                writer.Set("product", SumOf(gate));
                if (Group.Stored.Contains(_operation.Product!))
                    writer.Line(_v.Store("product", "products", _lane));
                continue;
            }

            writer.Set(_cell.Gates[gate], _syntax.Apply(writer, _v, gate, SumOf(gate)));
            StoreGate(gate, _cell.Gates[gate]);
        }
    }

    private void WriteCell(string row)
    {
        var writer = _writer!;
        void Reference(string name, string source, string offset) =>
            writer.Line($"ref var {name} = ref {(offset == "0" ? source : $"{Types.Unsafe}.Add(ref {source}, {offset})")};");

        string Times(int length) => row == "0" ? "0" : $"row * {length}";
        Reference("z", "gates", Times(GatesApart));
        Reference("hidden", "hiddens", Times(Steps * HiddenStride));
        if (_cell.HasProductApart)
        {
            if (!_operation.IsJoined)
                Reference("ofInput", "inputs", Times(Steps * InputStride));
            Reference("beforeRow", "before", row == "0" ? "0" : $"({Types.NUInt}){row} * apart");
            if (Group.Stored.Contains(_operation.Product!))
                Reference("products", Names.Argument(_operation.Product!.Name), Place(row, HiddenStride));
        }

        if (_cell.HasCellState)
        {
            Reference("cells", "states", Arithmetic.Sum(Times(3 * MemoryStride), MemoryStride));
            if (Group.Stored.Contains(_operation.CellState!))
                Reference("kept", Names.Argument(_operation.CellState!.Name), Place(row, HiddenStride));
        }

        var isMasked = _cell.Units % _v.Lanes != 0 && _cell.Activation.Evaluate([0]) != 0;
        RowLoops.Write(writer, _v, isMasked ? _cell.Units : _cell.Stride, (lane, mask) =>
        {
            (_lane, _mask) = (lane, mask);
            WriteGates();
            _syntax.WriteForward(writer, _v, this);
        });
        RowLoops.WritePadding(writer, _v, "hidden", "", _cell.Stride);
    }

    /// <summary>Where a sequence's step begins in a value of the hidden state's shape.</summary>
    private string Place(string row, int stride) => row == "0" ? $"place * {stride}" : $"(place + ({row} * {Steps})) * {stride}";
}
