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
    /// <summary>The most taps that are written out.</summary>
    private const int MostWritten = 32;

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
        if (Kept > 0)
            writer.Line(Kept > 1 ? $"ref var tap0 = ref {Types.Unsafe}.Add(ref past, oldest * {Stride});" : "ref var tap0 = ref past;");
        var factors = _operation.Taps > MostWritten ? LoopedTaps() : WrittenTaps(writer);
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

    /// <summary>The taps, each by itself: tap 0 is the oldest, the last one is this step's input.</summary>
    private RowFactor[] WrittenTaps(CodeWriter writer)
    {
        for (var tap = 1; tap < _operation.Taps - 1; tap++)
        {
            var place = tap * _operation.Dilation;
            writer.Line($"ref var tap{tap} = ref {Types.Unsafe}.Add(ref past, (oldest + {place} < {Kept} ? oldest + {place} : oldest - {Kept - place}) * {Stride});");
        }

        return [.. Enumerable.Range(0, _operation.Taps).Select(tap => Tap(tap, tap == _operation.Taps - 1 ? InputName : $"tap{tap}"))];
    }

    /// <summary>The last tap, and all others as a loop.</summary>
    private RowFactor[] LoopedTaps() =>
    [
        Tap(_operation.Taps - 1, InputName),
        Tap(0, "taken") with
        {
            Times = _operation.Taps - 1,
            Begin = writer =>
            {
                writer.Line($"var place = oldest + {Arithmetic.Factor(Arithmetic.Product("round", _operation.Dilation))};");
                writer.Line($"ref var taken = ref {Types.Unsafe}.Add(ref past, (place < {Kept} ? place : place - {Kept}) * {Stride});");
            },
        },
    ];

    private RowFactor Tap(int tap, string row) =>
        new(Weight.Inputs, Names.Argument(Weight.CodeName), _ => row) { PanelDepth = Weight.Depth, FirstRow = tap * Weight.Inputs };

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
