using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// One step of a causal convolution in a stream. The inputs of the steps before are a ring in the stream's state; this step's takes the place of the
/// oldest, once that has been read.
/// </summary>
internal sealed class StepConvolutionKernel : Kernel
{
    private readonly StepConvolution _operation;
    private readonly Tail _tail;

    public StepConvolutionKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        _operation = (StepConvolution)group.Head;
        _tail = new Tail(group, arranged);
    }

    public override string Comment =>
        $"{_operation.Layer}: one step of a causal convolution, {Shape(Input)} → {Shape(Group.Result)}, {_operation.Taps} {(_operation.Taps == 1 ? "tap" : "taps")}{(_operation.Dilation > 1 ? $", {_operation.Dilation} steps apart" : "")}" +
        $"{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.{(Kept > 0 ? $" The last {Kept} inputs are kept in a ring." : "")}";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        .. _tail.Arguments.Where(argument => argument.Value != Input),
        .. _operation.Parameters.Select(KernelArgument.Of),
        .. _tail.Parameters,
        .. Kept > 0 ? [new KernelArgument(ArgumentKind.State, "past", _operation.Past!.Value)] : Array.Empty<KernelArgument>(),
        .. Kept > 1 ? [new KernelArgument(ArgumentKind.StreamPosition, "position")] : Array.Empty<KernelArgument>(),
    ];

    private Value Input => Operand(_operation, _operation.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    private Parameter Weight => _operation.Whole.Weight;

    private int Filters => Weight.Outputs;

    /// <summary>The inputs that are kept.</summary>
    private int Kept => _operation.Past?.Steps ?? 0;

    private int Stride => InputLayout(0).Stride;

    public override bool Has(VectorSyntax v) => Lanes.PadGate(Filters) % v.Lanes == 0;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (Kept > 1)
            writer.Line($"var oldest = (int)(position % {Kept});");
        // Tap 0 is the oldest; the last one is this step's input.
        for (var tap = 1; tap < _operation.Taps - 1; tap++)
        {
            var place = tap * _operation.Dilation;
            writer.Line($"ref var tap{tap} = ref {Types.Unsafe}.Add(ref past, (oldest + {place} < {Kept} ? oldest + {place} : oldest - {Kept - place}) * {Stride});");
        }

        if (Kept > 0)
            writer.Line(Kept > 1 ? $"ref var tap0 = ref {Types.Unsafe}.Add(ref past, oldest * {Stride});" : "ref var tap0 = ref past;");
        var channels = Weight.Inputs;
        var factors = Enumerable.Range(0, _operation.Taps).Select(tap =>
            new RowFactor(channels, Names.Argument(Weight.CodeName), _ => tap == _operation.Taps - 1 ? InputName : $"tap{tap}") { PanelDepth = Weight.Depth, FirstRow = tap * channels }).ToArray();
        var bias = _operation.Whole.Bias;
        new SequenceProducts([new SummedGate("out", 0, 0, factors)], Lanes.PadGate(Filters), factors, divides: true) { Unrolling = _operation.Unrolling }.Write(
            writer, v, 1,
            (_, _, lane) => bias is null ? v.Zero : v.Load(Names.Argument(bias.CodeName), lane),
            (_, _, lane, sum) => Finish(writer, v, lane, sum));
        foreach (var value in Group.Stored)
            RowLoops.WritePadding(writer, v, Names.Argument(value.Name), "", Lanes.PadGate(Filters));
        if (!_tail.IsLight)
            writer.Block($"for ({Types.NUInt} i = 0; i < {Lanes.PadGate(Filters)}; i += {v.Lanes})", () => _tail.WriteOnElements(writer, v, "i", operand => _tail.LanesAt(operand, v, "i")));
        if (Kept > 0)
            writer.Line($"{SpanSyntax.Read(InputName, Literal.Of(Stride))}.CopyTo({SpanSyntax.Write("tap0", Literal.Of(Stride))});");
    }

    private void Finish(CodeWriter writer, VectorSyntax v, Affine lane, string sum)
    {
        string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), lane);

        writer.Set("result", sum);
        if (_tail.IsLight)
            _tail.WriteOnRegister(writer, v, "result", Address, operand => _tail.LanesAt(operand, v, lane));
        else
            _tail.WriteStore(writer, v, "result", Address);
    }
}
