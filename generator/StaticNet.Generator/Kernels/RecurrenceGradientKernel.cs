using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The gradient of a recurrent layer's sums over whole sequences, from the last step back, several sequences side by side. Each step has two
/// parts: the gradient of what the cell makes, and the products that carry it to the hidden state of the step before.
/// </summary>
internal sealed class RecurrenceGradientKernel : Kernel, ICellGradientMemory
{
    private readonly RecurrenceGradient _operation;
    private readonly RecurrentCell _cell;
    private readonly CellSyntax _syntax;

    private Affine _lane;
    private VectorSyntax _v = VectorSyntax.V256;
    private CodeWriter? _writer;

    public RecurrenceGradientKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        _operation = (RecurrenceGradient)group.Head;
        _cell = _operation.Forward.Cell;
        _syntax = new CellSyntax(_cell);
    }

    public override string Comment =>
        $"{_operation.Layer}, the gradient of its sums: {Steps} steps of {_cell.Units} units{(IsReverse ? "" : " from the last to the first")}, {Vocabulary.Invariant.Grouped(_operation.Forward.MultiplyAdds)} multiply-adds each. " +
        $"Up to {Most(VectorSyntax.V256)} sequences side by side, so that each vector of the weight is loaded once for all.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Select(input => KernelArgument.Of(input, NameOf(input))).Distinct(),
        .. Group.Stored.Select(value => KernelArgument.Of(value, Names.Argument(value.Name))),
        KernelArgument.Of(_operation.Transposed, "transposed"),
        KernelArgument.Of(_operation.Scratch!, "memory"),
        new KernelArgument(ArgumentKind.Sequences, "sequences"),
    ];

    public override bool Has(VectorSyntax v) => _cell.Stride % v.Lanes == 0;

    public string HiddenGradient => $"{_v.Load("dy", _lane)} + {_v.Load("carried", _lane)}";

    public string CellGradient => _v.Load("carriedCell", _lane);

    public string Hidden => _v.Load("y", _lane);

    public string HiddenBefore => _v.Load("beforeRow", _lane);

    public string Cell => _v.Load("cell", _lane);

    public string CellBefore => _v.Load("beforeRow", _lane);

    public string Product => _v.Load("products", _lane);

    /// <summary>What it reads of each sequence and step.</summary>
    private IEnumerable<Value> Inputs
    {
        get
        {
            var forward = _operation.Forward;
            yield return Operand(_operation, _operation.Inputs[0]);
            if (_cell.Kind != CellKind.Simple)
                yield return forward.Gates;
            if (_cell.Kind != CellKind.Lstm)
                yield return forward.Output;
            if (forward.CellState is { } cell)
                yield return cell;
            if (forward.Product is { } product)
                yield return product;
        }
    }

    private bool IsReverse => _operation.Forward.IsReverse;

    private int Steps => Arranged.StepsOf(_operation.Output);

    private int MemoryStride => LayoutOf(_operation.Scratch!).Stride;

    private int SumsStride => LayoutOf(_operation.Output).Stride;

    /// <summary>What holds the state before a step that the gradient reads: the cell state, or the hidden one.</summary>
    private Value? StateBefore => _cell.Kind switch
    {
        CellKind.Gru => _operation.Forward.Output,
        CellKind.Lstm => _operation.Forward.CellState,
        _ => null,
    };

    private static string NameOf(Value value) => Names.Argument(value.Name);

    private static int Most(VectorSyntax v) => SequenceProducts.MostSequences(v, 1);

    public string Gate(int gate) => _v.Load("gates", _lane + (gate * _cell.Stride));

    public void StoreSum(int gate, string value, bool isOfProduct)
    {
        if (!isOfProduct || !_cell.HasProductApart)
        {
            _writer!.Line(_v.Store(value, "dz", _lane + (gate * _cell.Stride)));
            return;
        }

        _writer!.Set("ofGate", value);
        _writer.Line(_v.Store("ofGate", "dz", _lane + (gate * _cell.Stride)));
        StoreProduct(gate, "ofGate");
    }

    public void StoreProduct(int gate, string value) => _writer!.Line(_v.Store(value, "ofProducts", _lane + (gate * _cell.Stride)));

    public void StoreCellGradient(string value) => _writer!.Line(_v.Store(value, "carriedCell", _lane));

    public void StoreCarried(string value) => _writer!.Line(_v.Store(value, "carried", _lane));

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
        writer.Line("// For each sequence: a row of zeros for the state before the first step, and the gradients of both states that are carried back.");
        writer.Line($"ref var states = ref {Types.Unsafe}.Add(ref memory, sequence * {memoryLength});");
        writer.Line($"{SpanSyntax.Write("states", Literal.Of(count * memoryLength))}.Clear();");
        writer.Block($"for (var step = {Steps - 1}; step >= 0; step--)", () =>
        {
            writer.Line($"var place = (sequence * {Steps}) + {(IsReverse ? $"{Steps - 1} - step" : "step")};");
            if (count > 1)
                writer.Block($"for (var row = 0; row < {count}; row++)", () => WriteCell("row"));
            else
                writer.Block("", () => WriteCell("0"));
            writer.Line();
            writer.Line("// What the hidden state of the step before gets through the products.");
            writer.Block("if (step > 0)", () => WriteProducts(count));
        });
    }

    private void WriteCell(string row)
    {
        var writer = _writer!;
        void Reference(string name, string source, string offset) => writer.Line($"ref var {name} = ref {Types.Unsafe}.Add(ref {source}, {offset});");

        var of = "place";
        if (row != "0")
        {
            of = "of";
            writer.Line($"var of = place + (row * {Steps});");
        }

        var gradient = Operand(_operation, _operation.Inputs[0]);
        Reference("dy", NameOf(gradient), $"{of} * {InputLayout(0).Stride}");
        foreach (var (name, value) in new[] { ("gates", _operation.Forward.Gates), ("y", _operation.Forward.Output), ("cell", _operation.Forward.CellState), ("products", _operation.Forward.Product) })
        {
            if (value is not null && (name == "y" ? _cell.Kind == CellKind.Simple : name != "gates" || _cell.Kind != CellKind.Simple))
                Reference(name, NameOf(value), $"{of} * {LayoutOf(value).Stride}");
        }

        if (StateBefore is { } state)
        {
            var stride = LayoutOf(state).Stride;
            writer.Line($"ref var beforeRow = ref (step == 0 ? ref states : ref {Types.Unsafe}.Add(ref {NameOf(state)}, ({of} {(IsReverse ? "+" : "-")} 1) * {stride}));");
        }

        Reference("dz", NameOf(_operation.Output), $"{of} * {SumsStride}");
        if (_cell.HasProductApart)
            Reference("ofProducts", NameOf(_operation.OfProducts), $"{of} * {SumsStride}");
        Reference("carried", "states", row == "0" ? Literal.Of(MemoryStride) : $"(row * {3 * MemoryStride}) + {MemoryStride}");
        if (_cell.HasCellState)
            Reference("carriedCell", "states", row == "0" ? Literal.Of(2 * MemoryStride) : $"(row * {3 * MemoryStride}) + {2 * MemoryStride}");
        RowLoops.Write(writer, _v, _cell.Stride, (lane, _) =>
        {
            _lane = lane;
            _syntax.WriteBackward(writer, _v, this);
        });
        if (_cell.Width < SumsStride)
        {
            RowLoops.WritePadding(writer, _v, "dz", "", _cell.Width);
            if (_cell.HasProductApart)
                RowLoops.WritePadding(writer, _v, "ofProducts", "", _cell.Width);
        }
    }

    private void WriteProducts(int count)
    {
        var writer = _writer!;
        for (var row = 0; row < count; row++)
            writer.Line($"ref var dz{row} = ref {Types.Unsafe}.Add(ref {NameOf(_operation.OfProducts)}, {(row == 0 ? "place" : $"(place + {row * Steps})")} * {SumsStride});");
        var factor = new RowFactor(_cell.Width, "transposed", row => $"dz{row}");
        new SequenceProducts([new SummedGate("gradient", 0, 0, [factor])], _cell.Stride, [factor]).Write(
            writer, _v, count,
            (row, _, lane) => _v.Load("states", lane + ((row * 3 * MemoryStride) + MemoryStride)),
            (row, _, lane, sum) => writer.Line(_v.Store(sum, "states", lane + ((row * 3 * MemoryStride) + MemoryStride))));
    }
}
