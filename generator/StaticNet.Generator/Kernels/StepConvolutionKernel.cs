using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A causal convolution over a block of a stream. The inputs, those of the block and those before it that taps still reach, are a ring in the
/// stream's state; the ring's first places stand behind its last ones once more, so that a block is read without a seam wherever it begins.
/// </summary>
internal sealed class StepConvolutionKernel : Kernel, IStepProduct
{
    private readonly StepConvolution _operation;
    private readonly Tail _tail;
    private readonly StepTiles _tiles;

    public StepConvolutionKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        _operation = (StepConvolution)group.Head;
        _tail = new Tail(group, arranged);
        _tiles = new StepTiles(this, group, _tail);
    }

    public override string Comment =>
        $"{_operation.Layer}: a causal convolution for the steps of a block, {Shape(Input)} → {Shape(Group.Result)}, {_operation.Taps} {(_operation.Taps == 1 ? "tap" : "taps")}{(_operation.Dilation > 1 ? $", {_operation.Dilation} steps apart" : "")}" +
        $"{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.{(Kept > 0 ? $" A ring keeps the last {Ring.Places} inputs, the first {Ring.Repeated} of them twice, so that each tap's rows are adjacent." : "")} {_tiles.Describe(VectorSyntax.V256)}";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        .. _tail.Arguments.Where(argument => argument.Value != Input),
        .. _operation.Parameters.Select(KernelArgument.Of),
        .. _tail.Parameters,
        .. Kept > 0 ? [new KernelArgument(ArgumentKind.State, "past", _operation.Past!.Value), new KernelArgument(ArgumentKind.StreamPosition, "position")] : Array.Empty<KernelArgument>(),
        KernelArgument.Steps,
    ];

    private Value Input => Operand(_operation, _operation.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    private Parameter Weight => _operation.Whole.Weight;

    /// <summary>The inputs before the block that its taps reach.</summary>
    private int Kept => _operation.Past?.Steps ?? 0;

    private StateRing Ring => Arranged.RingOf(_operation.Past!);

    private int Stride => InputLayout(0).Stride;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (Kept > 0)
        {
            RingSyntax.Write(writer, v, "past", Ring, InputName, Stride);
            writer.Line($"var oldest = now >= {Kept} ? now - {Kept} : now + {Ring.Places - Kept};");
        }

        _tiles.Write(writer, v);
    }

    int IStepProduct.Depth => Weight.Inputs;

    int IStepProduct.Width => Weight.Outputs;

    int IStepProduct.Taps => _operation.Taps;

    Unrolling IStepProduct.Unrolling => _operation.Unrolling;

    int IStepProduct.InputStride => Stride;

    int IStepProduct.OutputStride => LayoutOf(Group.Result).Stride;

    string IStepProduct.WeightAt(string lane) => $"ref {VectorSyntax.At(Names.Argument(Weight.CodeName), Arithmetic.Product(lane, Weight.Depth))}";

    string IStepProduct.LoadWeight(VectorSyntax v, int row, TileRegister register) => v.Load("weight", Literal.Of((row * Lanes.Panel) + register.Lane));

    string IStepProduct.NextWeight(int rows) => $"weight = ref {Types.Unsafe}.Add(ref weight, {Literal.Of(rows * Lanes.Panel)});";

    string IStepProduct.Start(VectorSyntax v, string lane) => _operation.Whole.Bias is { } bias ? v.Load(Names.Argument(bias.CodeName), lane) : v.Zero;

    string IStepProduct.Row(CodeWriter writer)
    {
        if (Kept == 0)
            return $"{Types.Unsafe}.Add(ref {InputName}, step * {Stride})";
        // Of several taps the last one is the step's own input.
        writer.Line($"var row = oldest + {Arithmetic.Product("tap", _operation.Dilation)};");
        return $"{Types.Unsafe}.Add(ref past, ((row < {Ring.Places} ? row : row - {Ring.Places}) + step) * {Stride})";
    }
}
