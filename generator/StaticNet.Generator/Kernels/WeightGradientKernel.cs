using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dW = Σ xᵀ·dy: tiles of some inputs × one or two panels of outputs stay in registers while all samples run by, and are
/// stored once. Each tile belongs to whoever computes it, so that any split gives the same bits.
/// </summary>
internal sealed class WeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private WeightGradient Operation => (WeightGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private int Depth => Operation.Parameter.Shape[1];

    private int Width => Operation.Parameter.Shape[0];

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            var sizes = Strips(v).Select(strip => strip.Size).Distinct().ToArray();
            return $"{Operation.Parameter.FullName}'s gradient, the sum over samples. Tiles of {string.Join(" and ", sizes)} inputs × " +
                $"{Runs(v)[0].Computed.Count() * v.Lanes} outputs ({Strips(v).Sum(strip => strip.Count)} × {Runs(v).Sum(run => run.Count)} of them), each stored once.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Gradient, Names.Argument(Gradient.Name)),
        new KernelArgument(ArgumentKind.Gradients, "gradients"),
        new KernelArgument(ArgumentKind.Rows, "rows", Operation.Inputs[1]),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    /// <summary>The unit in which work is shared: pairs of panels, so that it is the same for every width of vectors.</summary>
    public override int Tiles => (Lanes.Panels(Width) + 1) / 2 * StripCount;

    private int InputStride => (LayoutOf(Operation.Inputs[0]) is { IsTight: true } tight ? tight : LayoutOf(Input)).Stride;

    /// <summary>Strips of inputs are the same for every width, so that a tile means the same work.</summary>
    private int StripCount => (Depth + StripSize - 1) / StripSize;

    private static int StripSize => 12;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var tile = begin; tile < end; tile++)", () =>
        {
            writer.Line($"var lane = (nuint)(tile / {StripCount} * {2 * Lanes.Panel});");
            writer.Line($"var strip = (nuint)(tile % {StripCount} * {StripSize});");
        });
    }

    private IReadOnlyList<(int First, int Count, int Size)> Strips(VectorSyntax v) => [];

    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(Width, v.Bits == 512 ? 2 : 1, v);
}
