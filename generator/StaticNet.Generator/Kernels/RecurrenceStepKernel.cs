using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>One step of a recurrent layer in a stream, which keeps its states.</summary>
internal sealed class RecurrenceStepKernel : Kernel, ICellMemory
{
    private readonly Recurrence _operation;
    private readonly RecurrentCell _cell;
    private readonly CellSyntax _syntax;

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
    }

    public override string Comment =>
        $"{_operation.Layer}: one step of {_syntax.Title} of {_cell.Units} units in a stream, {Vocabulary.Invariant.Grouped(_operation.MultiplyAdds)} multiply-adds. {_syntax.Equations}";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Sums, SumsName),
        KernelArgument.Of(_operation.Output, HiddenName),
        KernelArgument.Of(_operation.Weight),
        .. _operation.Bias is { } bias ? [KernelArgument.Of(bias)] : Array.Empty<KernelArgument>(),
        KernelArgument.Of(_operation.Scratch!, "memory"),
        new KernelArgument(ArgumentKind.State, "hidden", _operation.Output),
        .. _cell.HasCellState ? [new KernelArgument(ArgumentKind.State, "cell", _operation.CellState)] : Array.Empty<KernelArgument>(),
    ];

    public override bool Has(VectorSyntax v) => _cell.Stride % v.Lanes == 0;

    public string HiddenBefore => _v.Load("hidden", _lane);

    public string CellBefore => _v.Load("cell", _lane);

    public string CandidateSum => _v.Load(SumsName, _lane + (2 * _cell.Stride));

    private Value Sums => Operand(_operation, _operation.Inputs[0]);

    private string SumsName => Names.Argument(Sums.Name);

    private string HiddenName => Names.Argument(_operation.Output.Name);

    public string Sum(int gate) => _v.Load("memory", _lane + (gate * _cell.Stride));

    public void StoreGate(int gate, string value)
    {
    }

    public void StoreProduct(string value)
    {
    }

    public void StoreCell(string value) => _writer!.Line(_v.Store(value, "cell", _lane));

    public void StoreHidden(string value)
    {
        _writer!.Set("now", _mask is null ? value : $"{_mask} & ({value})");
        _writer.Line(_v.Store("now", HiddenName, _lane));
        _writer.Line(_v.Store("now", "hidden", _lane));
    }

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        (_v, _writer) = (v, writer);
        writer.Line("// The sums over the input and the products with the hidden state before.");
        var bias = _operation.Bias is { } parameter ? Names.Argument(parameter.CodeName) : null;
        new SequenceProducts(_cell.Gates, _cell.Stride, _cell.Units, Names.Argument(_operation.Weight.CodeName)).Write(
            writer, v, 1, _ => "hidden",
            (_, gate, lane) =>
            {
                var place = (Affine)lane + (gate * _cell.Stride);
                var sum = _cell.HasProductApart && gate == 2 ? null : v.Load(SumsName, place);
                var added = bias is null ? null : v.Load(bias, place);
                return (sum, added) switch
                {
                    (null, null) => v.Zero,
                    (not null, not null) => $"{sum} + {added}",
                    _ => sum ?? added!,
                };
            },
            (_, gate, lane, sum) => writer.Line(v.Store(sum, "memory", (Affine)lane + (gate * _cell.Stride))));
        writer.Line();
        writer.Line("// What the cell makes of them.");
        var isMasked = _cell.Units % v.Lanes != 0 && _cell.Activation.Evaluate([0]) != 0;
        RowLoops.Write(writer, v, isMasked ? _cell.Units : _cell.Stride, (lane, mask) =>
        {
            (_lane, _mask) = (lane, mask);
            _syntax.WriteForward(writer, v, this);
        });
        RowLoops.WritePadding(writer, v, HiddenName, "", _cell.Stride);
    }
}
