using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>g / ‖v‖ and 1 / ‖v‖ of each filter; zero where v is, as in the padding.</summary>
internal sealed class WeightNormScaleKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private WeightNormScale Operation => (WeightNormScale)Group.Head;

    public override string Comment => $"{Group.Head.Layer}: g / ‖v‖ and 1 / ‖v‖ of each of {Operation.Direction.Outputs} filters.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Operation.Direction),
        KernelArgument.Of(Operation.Magnitude),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Direction.Outputs);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var depth = Operation.Direction.Depth;
        var result = Names.Argument(Group.Result.Name);
        writer.Block($"for (var lane = begin * 16; lane < end * 16; lane += {v.Lanes})", () =>
        {
            writer.Line($"ref var panel = ref {Types.Unsafe}.Add(ref {Names.Argument(Operation.Direction.CodeName)}, (lane / 16 * {depth * Lanes.Panel}) + (lane % 16));");
            writer.Line($"var squares = {v.Zero};");
            new LongSum(writer, v, depth, "squares").Loop("row", Literal.Of(depth), () =>
            {
                writer.Line($"var value = {v.Load("panel", $"({Types.NUInt})(row * 16)")};");
                writer.Line($"squares = {v.MultiplyAdd("value", "value", "squares")};");
            });
            writer.Line($"var inverse = {v.Select(v.Greater("squares", v.Zero), $"{v.One} / {v.Type}.Sqrt(squares)", v.Zero)};");
            writer.Line(v.Store($"{v.Load(Names.Argument(Operation.Magnitude.CodeName), $"({Types.NUInt})lane")} * inverse", result, $"({Types.NUInt})lane"));
            writer.Line(v.Store("inverse", result, $"({Types.NUInt})(lane + {LayoutOf(Group.Result).Stride})"));
        });
    }
}

/// <summary>The gradient of g, and what v's has besides the layer's own; panel by panel of 16 filters.</summary>
internal sealed class WeightNormGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private WeightNormGradient Operation => (WeightNormGradient)Group.Head;

    private Value[] Inputs => Operation.Inputs.Select(input => Operand(Operation, input)).ToArray();

    private string MagnitudeGradient => Names.Argument(Operation.Parameter.CodeName + ".gradient");

    private string DirectionGradient => Names.Argument(Operation.Direction.CodeName + ".gradient");

    public override string Comment =>
        $"{Group.Head.Layer}: with s = Σ dy·z of each filter, {Operation.Parameter.FullName}'s gradient is s / ‖v‖, and {Operation.Direction.FullName}'s has −s·g/‖v‖³·v in addition to the layer's own.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Select(input => KernelArgument.Of(input, Names.Argument(input.Name))),
        KernelArgument.Of(Operation.Direction),
        KernelArgument.GradientOf(Operation.Parameter),
        KernelArgument.GradientOf(Operation.Direction),
        new KernelArgument(ArgumentKind.Rows, "rows", Operation.Inputs[0]),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Direction.Outputs);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var depth = Operation.Direction.Depth;
        var scale = Names.Argument(Inputs[2].Name);
        writer.Block($"for (var lane = begin * 16; lane < end * 16; lane += {v.Lanes})", () =>
        {
            writer.Line($"var sum = {v.Zero};");
            new LongSum(writer, v, (long)Arranged.Capacity * InputLayout(0).Rows, "sum").Loop("row", "rows", () => writer.Line(
                $"sum = {v.MultiplyAdd(v.Load(Names.Argument(Inputs[0].Name), $"({Types.NUInt})((row * {InputLayout(0).Stride}) + lane)"), v.Load(Names.Argument(Inputs[1].Name), $"({Types.NUInt})((row * {InputLayout(1).Stride}) + lane)"), "sum")};"));
            writer.Line($"var inverse = {v.Load(scale, $"({Types.NUInt})(lane + {Lanes.Pad(Operation.Direction.Outputs)})")};");
            writer.Line("var gradient = sum * inverse;");
            writer.Line($"var factor = -gradient * inverse * {v.Load(scale, $"({Types.NUInt})lane")};");
            writer.Line(v.Store($"accumulate ? gradient + {v.Load(MagnitudeGradient, $"({Types.NUInt})lane")} : gradient", MagnitudeGradient, $"({Types.NUInt})lane"));
            writer.Block($"for (var row = 0; row < {depth}; row++)", () =>
            {
                writer.Line($"var place = ({Types.NUInt})((lane / 16 * {depth * Lanes.Panel}) + (row * 16) + (lane % 16));");
                writer.Line(v.Store(v.MultiplyAdd("factor", v.Load(Names.Argument(Operation.Direction.CodeName), "place"), v.Load(DirectionGradient, "place")), DirectionGradient, "place"));
            });
        });
    }
}
