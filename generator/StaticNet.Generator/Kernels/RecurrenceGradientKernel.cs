using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The gradient of a recurrent layer's sums over whole sequences, from the last step back, several sequences side by side. Each step has two
/// parts: the gradient of what the cell makes, and the products that carry it to the hidden state of the step before.
/// </summary>
internal sealed class RecurrenceGradientKernel : SequenceKernel, ICellGradientMemory
{
    private readonly RecurrenceGradient _operation;

    public RecurrenceGradientKernel(Group group, Arranged arranged)
        : base(group, arranged, ((RecurrenceGradient)group.Head).Forward.Cell) => _operation = (RecurrenceGradient)group.Head;

    public override string Comment =>
        $"{_operation.Layer}, the gradient of its sums: {Steps} steps of {Syntax.Units}{(IsReverse ? "" : " from the last to the first")}, {Vocabulary.Invariant.Grouped(_operation.Forward.MultiplyAdds)} multiply-adds each. " +
        $"{(IsTruncated ? $"Nothing is carried beyond windows of {Invariant.Grouped(_operation.TimeSteps)} steps. " : "")}" +
        $"Up to {Most(VectorSyntax.V256)} sequences side by side, so that each vector of the weight is loaded once for all.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Select(input => KernelArgument.Of(input, NameOf(input))),
        .. Group.Stored.Select(value => KernelArgument.Of(value, Names.Argument(value.Name))),
        KernelArgument.Of(_operation.Transposed, "transposed"),
        .. _operation.Forward.Scale is { } scale ? [KernelArgument.Of(scale, "scale")] : Array.Empty<KernelArgument>(),
        .. _operation.Forward.Mask is { } mask ? [KernelArgument.Of(mask, "mask")] : Array.Empty<KernelArgument>(),
        .. _operation.TransposedCandidate is { } candidate ? [KernelArgument.Of(candidate, "transposedCandidate")] : Array.Empty<KernelArgument>(),
        .. _operation.TransposedProjection is { } projection ? [KernelArgument.Of(projection, "transposedProjection")] : Array.Empty<KernelArgument>(),
        .. _operation.Forward.Weights.Peephole is { } peephole ? [KernelArgument.Of(peephole)] : Array.Empty<KernelArgument>(),
        .. InitialBefore is { } initial ? [KernelArgument.Of(initial)] : Array.Empty<KernelArgument>(),
        KernelArgument.Of(_operation.Scratch!, "memory"),
        .. IsReverse ? [KernelArgument.SequenceLengths] : Array.Empty<KernelArgument>(),
        new KernelArgument(ArgumentKind.Sequences, "sequences"),
    ];

    public string HiddenGradient => Cell.IsProjected ? V.Load("carried", Lane) : $"{V.Load("dy", Lane)} + {V.Load("carried", Lane)}";

    public string CellGradient => V.Load("carriedCell", Lane);

    public string Hidden => V.Load("y", Lane);

    public string HiddenBefore => V.Load("beforeRow", Lane);

    public string CellState => V.Load("cell", Lane);

    public string CellBefore => V.Load("beforeRow", Lane);

    public string Product => V.Load("products", Lane);

    public string Peephole(int index) => V.Load(Names.Argument(_operation.Forward.Weights.Peephole!.CodeName), Lane + (index * Cell.Stride));

    public void StorePeephole(int index, string value)
    {
        if (_operation.OfPeepholes is not null)
            Writer.Line(V.Store(value, "ofPeepholes", Lane + (index * Cell.Stride)));
    }

    /// <summary>What it reads of each sequence and step: the gradient, and what was made on the way forward.</summary>
    private IEnumerable<Value> Inputs => _operation.Forward.ReadByGradient.Prepend(Operand(_operation, _operation.Inputs[0]));

    private bool IsReverse => _operation.Forward.IsReverse;

    /// <summary>Whether there are several windows.</summary>
    private bool IsTruncated => _operation.TimeSteps > 0 && _operation.TimeSteps < Steps;

    private int MemoryStride => LayoutOf(_operation.Scratch!).Stride;

    private int SumsStride => LayoutOf(_operation.Output).Stride;

    /// <summary>What holds the state before a step that the gradient reads: the cell state, or the hidden one.</summary>
    private Value? StateBefore => Cell.Kind switch
    {
        CellKind.Gru => _operation.Forward.Output,
        CellKind.Lstm => _operation.Forward.CellState,
        _ => null,
    };

    /// <summary>What that is before the first step; null: zeros, or it is not read.</summary>
    private Parameter? InitialBefore => Cell.Kind switch
    {
        CellKind.Gru => _operation.Forward.Weights.InitialHidden,
        CellKind.Lstm => _operation.Forward.Weights.InitialCell,
        _ => null,
    };

    /// <summary>The gradients of the states before the first step, each with the row of what is carried back to it.</summary>
    private IEnumerable<(Value Value, int Row)> OfInitial =>
        new[] { (Value: _operation.OfInitialHidden, Row: 1), (Value: _operation.OfInitialCell, Row: 2) }.Where(state => state.Value is not null).Select(state => (state.Value!, state.Row));

    private static string NameOf(Value value) => Names.Argument(value.Name);

    protected override int Most(VectorSyntax v) => SequenceProducts.MostSequences(v, 1);

    public string Gate(int gate) => V.Load("gates", Lane + (gate * Cell.Stride));

    public void StoreSum(int gate, string value, bool isOfProduct)
    {
        if (_operation.OfProducts == _operation.Output && IsScaled)
        {
            Writer.Set("ofGate", value);
            Writer.Line(V.Store("ofGate", "dz", Lane + (gate * Cell.Stride)));
            StoreScaled(gate, "ofGate");
            return;
        }

        if (_operation.OfProducts == _operation.Output || (!isOfProduct && !Cell.ResetsBefore))
        {
            Writer.Line(V.Store(value, "dz", Lane + (gate * Cell.Stride)));
            return;
        }

        Writer.Set("ofGate", value);
        Writer.Line(V.Store("ofGate", "dz", Lane + (gate * Cell.Stride)));
        if (isOfProduct)
            StoreProduct(gate, "ofGate");
        else
            Writer.Line(V.Store("ofGate", "ofCandidates", Lane));
    }

    public void StoreProduct(int gate, string value)
    {
        if (IsScaled)
        {
            Writer.Set("ofProduct", value);
            StoreScaled(gate, value = "ofProduct");
        }

        Writer.Line(V.Store(value, "ofProducts", Lane + (gate * Cell.Stride)));
    }

    /// <summary>Whether the weight of the hidden state is normalised, so that its products are scaled.</summary>
    private bool IsScaled => _operation.Forward.Scale is not null;

    private void StoreScaled(int gate, string value) => Writer.Line(V.Store($"{value} * {V.Load("scale", Lane + (gate * Cell.Stride))}", "ofScaled", Lane + (gate * Cell.Stride)));

    public void StoreCellGradient(string value) => Writer.Line(V.Store(value, "carriedCell", Lane));

    public void StoreCarried(string value)
    {
        // Through a projection nothing is carried directly: the products alone make what the hidden state gets.
        if (!Cell.IsProjected)
            Writer.Line(V.Store(value, "carried", Lane));
    }

    protected override void WriteSequences(int count)
    {
        var writer = Writer;
        var memoryLength = 3 * MemoryStride;
        writer.Line("// For each sequence: the state before the first step, and the gradients of both states that are carried back.");
        writer.Line($"ref var states = ref {Types.Unsafe}.Add(ref memory, sequence * {memoryLength});");
        writer.Line($"{SpanSyntax.Write("states", Literal.Of(count * memoryLength))}.Clear();");
        if (InitialBefore is { } initial)
            writer.Line($"{SpanSyntax.Read(Names.Argument(initial.CodeName), Literal.Of(Cell.Stride))}.CopyTo({SpanSyntax.Write("states", Literal.Of(Cell.Stride))});");
        foreach (var (value, _) in OfInitial)
            writer.Line($"{SpanSyntax.Write($"{Types.Unsafe}.Add(ref {NameOf(value)}, sequence * {LayoutOf(value).Stride})", Literal.Of(count * LayoutOf(value).Stride))}.Clear();");
        writer.Block($"for (var step = {Steps - 1}; step >= 0; step--)", () =>
        {
            writer.Line($"var place = (sequence * {Steps}) + {(IsReverse ? $"{Steps - 1} - step" : "step")};");
            if (IsReverse)
            {
                writer.Line("// The first step that a sequence has follows none: nothing is carried beyond.");
                WriteMissing(count, row =>
                {
                    WriteInitialGradients(row);
                    writer.Line($"{SpanSyntax.Write($"{Types.Unsafe}.Add(ref states, {Arithmetic.Sum(Arithmetic.Product(row, 3 * MemoryStride), MemoryStride)})", Literal.Of(2 * MemoryStride))}.Clear();");
                });
            }

            if (IsTruncated)
                WriteTruncation(count);
            if (Cell.IsProjected)
                WriteProjection(count);
            if (count > 1)
                writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteCell("row"));
            else
                writer.Block("", () => WriteCell("0"));
            writer.Line();
            if (Cell.ResetsBefore)
            {
                writer.Line("// What the reset gate gets through the candidate's product.");
                writer.Block("", () => WriteCandidateProducts(count));
                if (count > 1)
                    writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteReset("row"));
                else
                    writer.Block("", () => WriteReset("0"));
                writer.Line();
            }

            writer.Line("// What the hidden state of the step before gets through the products.");
            writer.Block(OfInitial.Any() ? "" : "if (step > 0)", () => WriteProducts(count));
        });
        if (!OfInitial.Any())
            return;
        writer.Line();
        writer.Line("// What is carried beyond the first step.");
        if (count > 1)
            writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteInitialGradients("row"));
        else
            writer.Block("", () => WriteInitialGradients("0"));
    }

    /// <summary>
    /// Writes the gradients of the hidden states where those are products of what the cells give, and what the cells' outputs get of them, which takes the place
    /// of what was carried.
    /// </summary>
    private void WriteProjection(int count)
    {
        var writer = Writer;
        void OfHidden(string row)
        {
            var place = row == "0" ? "place" : $"(place + (row * {Steps}))";
            writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {NameOf(Operand(_operation, _operation.Inputs[0]))}, {place} * {InputLayout(0).Stride});");
            writer.Line($"ref var carried = ref {Types.Unsafe}.Add(ref states, {Arithmetic.Sum(Arithmetic.Product(row, 3 * MemoryStride), MemoryStride)});");
            writer.Line($"ref var ofHidden = ref {Types.Unsafe}.Add(ref {NameOf(_operation.OfHidden!)}, {place} * {LayoutOf(_operation.OfHidden!).Stride});");
            RowLoops.Write(writer, V, Cell.HiddenLanes, (lane, _) => writer.Line(V.Store($"{V.Load("dy", lane)} + {V.Load("carried", lane)}", "ofHidden", lane)));
            RowLoops.WritePadding(writer, V, "ofHidden", "", Cell.HiddenLanes);
        }

        writer.Line("// The gradients of the hidden states, and of what the cells give through the projection.");
        writer.Block(count > 1 ? $"for (var row = 0; row < {count}; row++)" : "", () => OfHidden(count > 1 ? "row" : "0"));
        writer.Block("", () =>
        {
            for (var row = 0; row < count; row++)
                writer.Line($"ref var ofHidden{row} = ref {Types.Unsafe}.Add(ref {NameOf(_operation.OfHidden!)}, {(row == 0 ? "place" : $"(place + {row * Steps})")} * {LayoutOf(_operation.OfHidden!).Stride});");
            var factor = new RowFactor(Cell.HiddenUnits, "transposedProjection", row => $"ofHidden{row}");
            new SequenceProducts([new SummedGate("unprojected", 0, 0, [factor])], Cell.Stride, [factor]).Write(
                writer, V, count, (_, _, _) => V.Zero, (row, _, lane, sum) => writer.Line(V.Store(sum, "states", lane + ((row * 3 * MemoryStride) + MemoryStride))));
        });
        writer.Line();
    }

    /// <summary>Writes that nothing is carried into a window of steps from the one that is processed before it.</summary>
    private void WriteTruncation(int count)
    {
        var (window, time) = (_operation.TimeSteps, IsReverse ? $"({Steps - 1} - step)" : "step");
        Writer.Block($"if ({time} % {Literal.Of(window)} == {Literal.Of(IsReverse ? 0 : window - 1)})", () =>
        {
            for (var row = 0; row < count; row++)
                Writer.Line($"{SpanSyntax.Write($"{Types.Unsafe}.Add(ref states, {Literal.Of((row * 3 * MemoryStride) + MemoryStride)})", Literal.Of(2 * MemoryStride))}.Clear();");
        });
    }

    /// <summary>Adds what is carried to the gradients of the states before the first step.</summary>
    private void WriteInitialGradients(string row)
    {
        foreach (var (value, carried) in OfInitial)
        {
            var (sum, added) = (carried == 1 ? "ofHidden" : "ofCell", carried == 1 ? "hiddenCarried" : "cellCarried");
            Writer.Line($"ref var {sum} = ref {Types.Unsafe}.Add(ref {NameOf(value)}, {(row == "0" ? "sequence" : $"(sequence + {row})")} * {LayoutOf(value).Stride});");
            Writer.Line($"ref var {added} = ref {Types.Unsafe}.Add(ref states, {Arithmetic.Sum(Arithmetic.Product(row, 3 * MemoryStride), carried * MemoryStride)});");
            RowLoops.Write(Writer, V, carried == 1 ? Cell.HiddenLanes : Cell.Stride, (lane, _) => Writer.Line(V.Store($"{V.Load(sum, lane)} + {V.Load(added, lane)}", sum, lane)));
        }
    }

    private void WriteCell(string row)
    {
        var writer = Writer;
        WriteReferences(row);
        RowLoops.Write(writer, V, Cell.Stride, (lane, _) =>
        {
            Lane = lane;
            Syntax.WriteBackward(writer, V, this);
        });
        if (Cell.Width < SumsStride)
        {
            RowLoops.WritePadding(writer, V, "dz", "", Cell.Width);
            if (Cell.HasProductApart)
                RowLoops.WritePadding(writer, V, "ofProducts", "", Cell.Width);
            if (IsScaled)
                RowLoops.WritePadding(writer, V, "ofScaled", "", Cell.Width);
        }

        if (_operation.OfPeepholes is not null)
            RowLoops.WritePadding(writer, V, "ofPeepholes", "", RecurrentCell.PeepholeGates.Count * Cell.Stride);
        if (_operation.OfCandidate is not null)
        {
            RowLoops.WritePadding(writer, V, "ofProducts", "", Cell.GatesOfHidden * Cell.Stride);
            RowLoops.WritePadding(writer, V, "ofCandidates", "", Cell.Stride);
        }
    }

    /// <summary>Writes the references to the rows of a sequence's step.</summary>
    private void WriteReferences(string row)
    {
        var writer = Writer;
        void Reference(string name, string source, string offset) => writer.Line($"ref var {name} = ref {Types.Unsafe}.Add(ref {source}, {offset});");

        var of = "place";
        if (row != "0")
        {
            of = "rowPlace";
            writer.Line($"var rowPlace = place + (row * {Steps});");
        }

        var gradient = Operand(_operation, _operation.Inputs[0]);
        if (!Cell.IsProjected)
            Reference("dy", NameOf(gradient), $"{of} * {InputLayout(0).Stride}");
        void ReferenceTo(string name, Value value) => Reference(name, NameOf(value), $"{of} * {LayoutOf(value).Stride}");
        if (Cell.Kind == CellKind.Simple)
            ReferenceTo("y", _operation.Forward.Output);
        else
            ReferenceTo("gates", _operation.Forward.Gates);
        if (_operation.Forward.CellState is { } cell)
            ReferenceTo("cell", cell);
        if (_operation.Forward.Product is { } product)
            ReferenceTo("products", product);

        if (StateBefore is { } state)
        {
            var stride = LayoutOf(state).Stride;
            writer.Line($"ref var beforeRow = ref (step == 0 ? ref states : ref {Types.Unsafe}.Add(ref {NameOf(state)}, ({of} {(IsReverse ? "+" : "-")} 1) * {stride}));");
        }

        Reference("dz", NameOf(_operation.Output), $"{of} * {SumsStride}");
        if (_operation.OfProducts != _operation.Output)
            Reference("ofProducts", NameOf(_operation.OfProducts), $"{of} * {ProductsStride}");
        if (IsScaled)
            Reference("ofScaled", NameOf(_operation.OfScaled), $"{of} * {ProductsStride}");
        if (_operation.OfPeepholes is { } peepholes)
            Reference("ofPeepholes", NameOf(peepholes), $"{of} * {LayoutOf(peepholes).Stride}");
        if (_operation.OfCandidate is { } candidate)
            Reference("ofCandidates", NameOf(candidate), $"{of} * {LayoutOf(candidate).Stride}");
        Reference("carried", "states", row == "0" ? Literal.Of(MemoryStride) : $"(row * {3 * MemoryStride}) + {MemoryStride}");
        if (Cell.HasCellState)
            Reference("carriedCell", "states", row == "0" ? Literal.Of(2 * MemoryStride) : $"(row * {3 * MemoryStride}) + {2 * MemoryStride}");
    }

    private int ProductsStride => LayoutOf(_operation.OfProducts).Stride;

    /// <summary>Writes the gradient of the hidden state times the reset gate, where the cell's gradient is.</summary>
    private void WriteCandidateProducts(int count)
    {
        var stride = LayoutOf(_operation.OfCandidate!).Stride;
        for (var row = 0; row < count; row++)
            Writer.Line($"ref var ofCandidate{row} = ref {Types.Unsafe}.Add(ref {NameOf(_operation.OfCandidate!)}, {(row == 0 ? "place" : $"(place + {row * Steps})")} * {stride});");
        var factor = new RowFactor(Cell.Units, "transposedCandidate", row => $"ofCandidate{row}");
        new SequenceProducts([new SummedGate("reset", 0, 0, [factor])], Cell.Stride, [factor]).Write(
            Writer, V, count, (_, _, _) => V.Zero,
            (row, _, lane, sum) => Writer.Line(V.Store(sum, "states", lane + ((row * 3 * MemoryStride) + (2 * MemoryStride)))));
    }

    private void WriteReset(string row)
    {
        WriteReferences(row);
        var writer = Writer;
        if (_operation.Forward.Mask is not null)
            writer.Line($"ref var factors = {MaskOf(row)};");
        writer.Line($"ref var ofReset = ref {Types.Unsafe}.Add(ref states, {(row == "0" ? Literal.Of(2 * MemoryStride) : $"(row * {3 * MemoryStride}) + {2 * MemoryStride}")});");
        RowLoops.Write(writer, V, Cell.Stride, (lane, _) =>
        {
            Lane = lane;
            Syntax.WriteBackwardOfReset(writer, V, this, V.Load("ofReset", Lane) + (_operation.Forward.Mask is null ? "" : $" * {V.Load("factors", Lane)}"), V.Load("carried", Lane));
        });
    }

    private void WriteProducts(int count)
    {
        var writer = Writer;
        for (var row = 0; row < count; row++)
            writer.Line($"ref var dz{row} = ref {Types.Unsafe}.Add(ref {NameOf(_operation.OfScaled)}, {(row == 0 ? "place" : $"(place + {row * Steps})")} * {ProductsStride});");
        for (var row = 0; row < count && _operation.Forward.Mask is not null; row++)
            writer.Line($"ref var factors{row} = {MaskOf(Literal.Of(row))};");
        var factor = new RowFactor(Cell.ResetsBefore ? Cell.GatesOfHidden * Cell.Stride : Cell.Width, "transposed", row => $"dz{row}");
        new SequenceProducts([new SummedGate("gradient", 0, 0, [factor])], Cell.HiddenLanes, [factor]).Write(
            writer, V, count,
            (row, _, lane) => _operation.Forward.Mask is null ? Carried(row, lane) : V.Zero,
            (row, _, lane, sum) => writer.Line(V.Store(_operation.Forward.Mask is null ? sum : V.MultiplyAdd(sum, V.Load($"factors{row}", lane), Carried(row, lane)), "states", lane + ((row * 3 * MemoryStride) + MemoryStride))));

        string Carried(int row, Affine lane) => Cell.IsProjected ? V.Zero : V.Load("states", lane + ((row * 3 * MemoryStride) + MemoryStride));
    }

    /// <summary>The mask of a sequence's hidden state before the weights.</summary>
    private string MaskOf(string row) => $"ref {Types.Unsafe}.Add(ref mask, {(row == "0" ? "sequence" : $"(sequence + {row})")} * {LayoutOf(_operation.Forward.Mask!).Stride})";
}
