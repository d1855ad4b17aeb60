using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The steps of a recurrent layer over whole sequences, one after the other. Several sequences go on side by side, so that each vector of the
/// weight serves them all. Each step has two parts: the products with the hidden state before it, and what the cell makes of the sums.
/// </summary>
internal sealed class RecurrenceKernel : SequenceKernel, ICellMemory
{
    private readonly Recurrence _operation;

    // The lanes of the vector that are units, where the others are cleared.
    private string? _mask;

    public RecurrenceKernel(Group group, Arranged arranged)
        : base(group, arranged, ((Recurrence)group.Head).Cell) => _operation = (Recurrence)group.Head;

    public override string Comment =>
        $"{_operation.Layer}: {Syntax.Title}, {Steps} steps of {Syntax.Units}{(_operation.IsReverse ? " from the last to the first" : "")}, {Invariant.Grouped(_operation.MultiplyAdds)} multiply-adds each. " +
        $"{Syntax.Equations} Up to {Most(VectorSyntax.V256)} sequences side by side, so that each vector of the weight is loaded once for all.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        .. _operation.Scale is { } scale ? [KernelArgument.Of(scale, Names.Argument(scale.Name))] : Array.Empty<KernelArgument>(),
        .. _operation.Mask is { } mask ? [KernelArgument.Of(mask, "mask")] : Array.Empty<KernelArgument>(),
        .. Group.Stored.Select(value => KernelArgument.Of(value, Names.Argument(value.Name))),
        .. _operation.Parameters.Select(KernelArgument.Of),
        KernelArgument.Of(_operation.Scratch!, "memory"),
        KernelArgument.SequenceLengths,
        new KernelArgument(ArgumentKind.Sequences, "sequences"),
    ];

    public string HiddenBefore => V.Load("beforeRow", Lane);

    public string CellBefore => V.Load("cells", Lane);

    public string Product => "product";

    public string CandidateSum => _operation.IsJoined ? SumOf(RecurrentCell.CandidateApart) : V.Load("ofInput", Lane + (RecurrentCell.Candidate * Cell.Stride));

    private Value Input => Operand(_operation, _operation.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    private string HiddenName => Names.Argument(_operation.Output.Name);

    private int InputStride => InputLayout(0).Stride;

    private int HiddenStride => LayoutOf(_operation.Output).Stride;

    /// <summary>The floats from step to step of what is kept of the cell.</summary>
    private int CellStride => LayoutOf(_operation.CellState!).Stride;

    /// <summary>Whether the gradient reads the cell's output, where the hidden state is a product of it.</summary>
    private bool KeepsUnprojected => Group.Stored.Contains(_operation.Unprojected!);

    private int MemoryStride => LayoutOf(_operation.Scratch!).Stride;

    private bool KeepsGates => Group.Stored.Contains(_operation.Gates);

    protected override int Most(VectorSyntax v) => SequenceProducts.MostSequences(v, Cell.Gates.Count + (_operation.IsJoined && Cell.HasProductApart ? 1 : 0));

    public string Gate(int gate) => Cell.Gates[gate];

    public string Peephole(int index) => V.Load(Names.Argument(_operation.Weights.Peephole!.CodeName), Lane + (index * Cell.Stride));

    public void StoreLate(int gate, string value) => StoreGate(gate, value);

    public void StoreCell(string value)
    {
        Writer.Line(V.Store(value, "cells", Lane));
        if (Group.Stored.Contains(_operation.CellState!))
            Writer.Line(V.Store(value, "kept", Lane));
    }

    public void StoreHidden(string value) => Writer.Line(V.Store(_mask is null ? value : $"{_mask} & ({value})", Cell.IsProjected ? "unprojected" : "hidden", Lane));

    protected override void WriteSequences(int count)
    {
        var writer = Writer;
        var memoryLength = 3 * MemoryStride;
        writer.Line("// For each sequence: the hidden state before the first step, the cell state, and the sums of a step.");
        writer.Line($"ref var states = ref {Types.Unsafe}.Add(ref memory, sequence * {memoryLength});");
        writer.Line($"{SpanSyntax.Write("states", Literal.Of(count * memoryLength))}.Clear();");
        WriteInitialStates(count);
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
            if (_operation.Mask is not null)
                WriteMasked(count);
            WriteProducts(count);
            if (Cell.ResetsBefore)
            {
                writer.Line("// The hidden state times the reset gate, and the candidate's sums.");
                if (count > 1)
                    writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteReset("row"));
                else
                    writer.Block("", () => WriteReset("0"));
                WriteCandidate(count);
            }

            writer.Line();
            writer.Line("// What the cell makes of them.");
            if (count > 1)
                writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteCell("row"));
            else
                writer.Scoped(Cell.ResetsBefore, () => WriteCell("0"));
            if (Cell.IsProjected)
                WriteProjection(count);
            writer.Line();
            writer.Line("// At steps that a sequence does not have, its states are those before the first step.");
            WriteMissing(count, WriteMissingStates);
            writer.Line("before = ref hiddens;");
            if (count > 1)
                writer.Line($"apart = {Steps * HiddenStride};");
        });
    }

    private int GatesStride => LayoutOf(_operation.Gates).Stride;

    /// <summary>The floats from sequence to sequence of the gates' memory.</summary>
    private int GatesApart => KeepsGates ? Steps * GatesStride : 3 * MemoryStride;

    /// <summary>Writes what the weights see of the hidden state before a step: that times the mask of its sequence.</summary>
    private void WriteMasked(int count)
    {
        void Mask(string row)
        {
            Writer.Line(row == "0" ? "ref var unmasked = ref before;" : $"ref var unmasked = ref {Types.Unsafe}.Add(ref before, ({Types.NUInt}){row} * apart);");
            Writer.Line($"ref var factors = ref {Types.Unsafe}.Add(ref mask, {(row == "0" ? "sequence" : $"(sequence + {row})")} * {LayoutOf(_operation.Mask!).Stride});");
            Writer.Line($"ref var seen = ref {Types.Unsafe}.Add(ref {MaskedName}, {Place(row, HiddenStride)});");
            RowLoops.Write(Writer, V, Cell.HiddenLanes, (lane, _) => Writer.Line(V.Store($"{V.Load("unmasked", lane)} * {V.Load("factors", lane)}", "seen", lane)));
            RowLoops.WritePadding(Writer, V, "seen", "", Cell.HiddenLanes);
        }

        Writer.Line();
        Writer.Line("// What the weights see of the hidden state before, by the mask of the sequence.");
        if (count > 1)
            Writer.Block($"for (var row = 0; row < {count}; row++)", () => Mask("row"));
        else
            Writer.Block("", () => Mask("0"));
        for (var row = 0; row < count; row++)
            Writer.Line($"ref var seen{row} = ref {Types.Unsafe}.Add(ref {MaskedName}, {Place(Literal.Of(row), HiddenStride)});");
        Writer.Line();
    }

    private string MaskedName => Names.Argument(_operation.Masked!.Name);

    private void WriteProducts(int count)
    {
        var writer = Writer;
        writer.Line("// The sums over the input and the products with the hidden state before.");
        for (var row = 1; row < count && _operation.Mask is null; row++)
            writer.Line($"ref var before{row} = ref {Types.Unsafe}.Add(ref before{(row == 1 ? "" : Literal.Of(row - 1))}, apart);");
        for (var row = 1; row < count && _operation.IsJoined; row++)
            writer.Line($"ref var inputs{row} = ref {Types.Unsafe}.Add(ref inputs, {row * Steps * InputStride});");

        WriteSums(count, gate => !Cell.ResetsBefore || gate.Number != RecurrentCell.Candidate);
    }

    private void WriteSums(int count, Func<SummedGate, bool> isWanted)
    {
        var sums = new RecurrenceSums(
            _operation, row => _operation.Mask is not null ? $"seen{row}" : row == 0 ? "before" : $"before{row}", row => row == 0 ? "inputs" : $"inputs{row}", row => $"reset{row}", (row, place) => V.Load("inputs", place + (row * Steps * InputStride)));
        var gates = sums.Gates.Where(isWanted).ToArray();
        new SequenceProducts(gates, Cell.Stride, [.. sums.Factors.Where(factor => gates.Any(gate => gate.Takes.Contains(factor)))]) { FollowsLoops = Cell.ResetsBefore && gates[0].Number == RecurrentCell.Candidate }.Write(
            Writer, V, count, (row, gate, lane) => sums.Start(V, row, gate, lane),
            (row, gate, lane, sum) => Writer.Line(V.Store(sums.End(V, row, gate, lane, sum), "gates", lane + (gate.Number * Cell.Stride) + (row * GatesApart))));
    }

    /// <summary>Writes a sequence's hidden state times the reset gate, and both gates after their functions.</summary>
    private void WriteReset(string row)
    {
        string Times(int length) => row == "0" ? "0" : $"row * {length}";
        void Reference(string name, string source, string offset) => Writer.Line($"ref var {name} = ref {(offset == "0" ? source : $"{Types.Unsafe}.Add(ref {source}, {offset})")};");
        Reference("z", "gates", Times(GatesApart));
        if (_operation.Mask is null)
            Reference("beforeRow", "before", row == "0" ? "0" : $"({Types.NUInt}){row} * apart");
        else
            Reference("beforeRow", MaskedName, Place(row, HiddenStride));
        Reference("resets", "states", Arithmetic.Sum(Times(3 * MemoryStride), MemoryStride));
        if (Group.Stored.Contains(_operation.Reset!))
            Reference("keptResets", Names.Argument(_operation.Reset!.Name), Place(row, HiddenStride));
        RowLoops.Write(Writer, V, Cell.Stride, (lane, _) =>
        {
            Lane = lane;
            Writer.Set("reset", Syntax.Apply(Writer, V, 0, SumOf(0), this));
            Writer.Line(V.Store("reset", "z", Lane));
            Writer.Set("update", Syntax.Apply(Writer, V, 1, SumOf(1), this));
            Writer.Line(V.Store("update", "z", Lane + Cell.Stride));
            Writer.Set("product", $"reset * {HiddenBefore}");
            Writer.Line(V.Store("product", "resets", Lane));
            if (Group.Stored.Contains(_operation.Reset!))
                Writer.Line(V.Store("product", "keptResets", Lane));
        });
        if (Group.Stored.Contains(_operation.Reset!))
            RowLoops.WritePadding(Writer, V, "keptResets", "", Cell.Stride);
    }

    /// <summary>Writes the candidate's sums, which take the hidden state times the reset gate.</summary>
    private void WriteCandidate(int count)
    {
        for (var row = 0; row < count; row++)
            Writer.Line($"ref var reset{row} = ref {Types.Unsafe}.Add(ref states, {Literal.Of((row * 3 * MemoryStride) + MemoryStride)});");
        WriteSums(count, gate => gate.Number == RecurrentCell.Candidate);
    }

    private string SumOf(int gate) => V.Load("z", Lane + (gate * Cell.Stride));

    private void StoreGate(int gate, string value)
    {
        if (KeepsGates)
            Writer.Line(V.Store(value, "z", Lane + (gate * Cell.Stride)));
    }

    /// <summary>Writes the gates of a vector, or the candidate's product with the hidden state in its place.</summary>
    private void WriteGates()
    {
        var writer = Writer;
        for (var gate = 0; gate < Cell.Gates.Count; gate++)
        {
            if (Cell.ResetsBefore && gate < RecurrentCell.Candidate)
            {
                writer.Set(Cell.Gates[gate], SumOf(gate));
                continue;
            }

            if (Cell.HasProductApart && gate == RecurrentCell.Candidate)
            {
                writer.Set("product", SumOf(gate));
                if (Group.Stored.Contains(_operation.Product!))
                    writer.Line(V.Store("product", "products", Lane));
                continue;
            }

            writer.Set(Cell.Gates[gate], Syntax.Apply(writer, V, gate, SumOf(gate), this));
            if (Syntax.IsComplete(gate))
                StoreGate(gate, Cell.Gates[gate]);
        }
    }

    private void WriteCell(string row)
    {
        var writer = Writer;
        void Reference(string name, string source, string offset) =>
            writer.Line($"ref var {name} = ref {(offset == "0" ? source : $"{Types.Unsafe}.Add(ref {source}, {offset})")};");

        string Times(int length) => row == "0" ? "0" : $"row * {length}";
        Reference("z", "gates", Times(GatesApart));
        if (Cell.IsProjected)
            Writer.Line($"ref var unprojected = {UnprojectedOf(row)};");
        else
            Reference("hidden", "hiddens", Times(Steps * HiddenStride));
        if (Cell.Kind == CellKind.Gru)
            Reference("beforeRow", "before", row == "0" ? "0" : $"({Types.NUInt}){row} * apart");
        if (Cell.HasProductApart)
        {
            if (!_operation.IsJoined)
                Reference("ofInput", "inputs", Times(Steps * InputStride));
            if (Group.Stored.Contains(_operation.Product!))
                Reference("products", Names.Argument(_operation.Product!.Name), Place(row, HiddenStride));
        }

        if (Cell.HasCellState)
        {
            Reference("cells", "states", Arithmetic.Sum(Times(3 * MemoryStride), MemoryStride));
            if (Group.Stored.Contains(_operation.CellState!))
                Reference("kept", Names.Argument(_operation.CellState!.Name), Place(row, CellStride));
        }

        Syntax.WriteUnits(writer, V, (lane, mask) =>
        {
            (Lane, _mask) = (lane, mask);
            WriteGates();
            Syntax.WriteForward(writer, V, this);
        });
        if (!Cell.IsProjected)
            RowLoops.WritePadding(writer, V, "hidden", "", Cell.Stride);
        else if (KeepsUnprojected)
            RowLoops.WritePadding(writer, V, "unprojected", "", Cell.Stride);
    }

    /// <summary>Writes the hidden states where they are products of what the cells give.</summary>
    private void WriteProjection(int count)
    {
        var (writer, weight) = (Writer, Names.Argument(_operation.Weights.OfOutput!.CodeName));
        writer.Line();
        writer.Line("// The hidden states: the projection of what the cell gives.");
        writer.Block("", () =>
        {
            for (var row = 0; row < count; row++)
            {
                writer.Line($"ref var output{row} = {UnprojectedOf(Literal.Of(row))};");
                writer.Line($"ref var projected{row} = ref {(row == 0 ? "hiddens" : $"{Types.Unsafe}.Add(ref hiddens, {Literal.Of(row * Steps * HiddenStride)})")};");
            }

            var factor = new RowFactor(Cell.Units, weight, row => $"output{row}");
            new SequenceProducts([new SummedGate("projection", 0, 0, [factor])], Cell.HiddenLanes, [factor]).Write(
                writer, V, count, (_, _, _) => V.Zero, (row, _, lane, sum) => writer.Line(V.Store(sum, $"projected{row}", lane)));
            for (var row = 0; row < count; row++)
                RowLoops.WritePadding(writer, V, $"projected{row}", "", Cell.HiddenLanes);
        });
    }

    /// <summary>Where a sequence's cell stores its output, of which the hidden state is a product: for the gradient, or behind its cell state.</summary>
    private string UnprojectedOf(string row) => KeepsUnprojected
        ? $"ref {Types.Unsafe}.Add(ref {Names.Argument(_operation.Unprojected!.Name)}, {Place(row, CellStride)})"
        : $"ref {Types.Unsafe}.Add(ref states, {Arithmetic.Sum(Arithmetic.Product(row, 3 * MemoryStride), MemoryStride + Cell.Stride)})";

    /// <summary>Writes the states before the first step, where they are parameters: the hidden one once for all sequences, which read the same row.</summary>
    private void WriteInitialStates(int count)
    {
        if (_operation.Weights.InitialHidden is not { } hidden)
            return;
        WriteState("states", 0, Cell.HiddenLanes, hidden);
        for (var row = 0; row < count && _operation.Weights.InitialCell is { } cell; row++)
            WriteState("states", Arithmetic.Sum(row * 3 * MemoryStride, MemoryStride), Cell.Stride, cell);
    }

    /// <summary>Writes the states of a step that a sequence does not have.</summary>
    private void WriteMissingStates(string row)
    {
        WriteState("hiddens", Arithmetic.Product(row, Steps * HiddenStride), Cell.HiddenLanes, _operation.Weights.InitialHidden);
        if (!Cell.HasCellState)
            return;
        WriteState("states", Arithmetic.Sum(Arithmetic.Product(row, 3 * MemoryStride), MemoryStride), Cell.Stride, _operation.Weights.InitialCell);
        if (Group.Stored.Contains(_operation.CellState!))
            WriteState(Names.Argument(_operation.CellState!.Name), Place(row, CellStride), Cell.Stride, _operation.Weights.InitialCell);
    }

    /// <summary>Writes a state: a parameter, or zeros.</summary>
    private void WriteState(string target, Affine offset, int lanes, Parameter? parameter)
    {
        var state = SpanSyntax.Write(offset.IsNumber && offset.Number == 0 ? target : $"{Types.Unsafe}.Add(ref {target}, {offset})", Literal.Of(lanes));
        Writer.Line(parameter is null ? $"{state}.Clear();" : $"{SpanSyntax.Read(Names.Argument(parameter.CodeName), Literal.Of(lanes))}.CopyTo({state});");
    }

    /// <summary>Where a sequence's step begins in a value of the hidden state's shape.</summary>
    private string Place(string row, int stride) => Arithmetic.Product(Arithmetic.Sum("place", Arithmetic.Product(row, Steps)), stride);
}
