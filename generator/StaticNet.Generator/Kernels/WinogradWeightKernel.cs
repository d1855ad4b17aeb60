using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>A weight in Winograd's transformed space, its panels in the order in which the products read them.</summary>
internal sealed class WinogradWeightKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private const int Points = WinogradConvolution.Points;

    private Parameter Weight => ((WinogradWeight)Group.Head).Convolution.Weight;

    public override string Comment =>
        $"{Weight.FullName} in the space of Winograd's F(4×4, 3×3): G·g·Gᵀ, 36 points for 9 taps. For each panel of 16 outputs and each point, a row for each of {Weight.Inputs} inputs.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Weight),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Weight.Shape[0]);

    public override bool Has(VectorSyntax v) => v.Bits != 512;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var inputs = Weight.Inputs;
        writer.Block("for (var panel = begin; panel < end; panel++)", () =>
            writer.Block($"for (var channel = 0; channel < {inputs}; channel++)", () =>
                writer.Block($"for (var lane = 0; lane < 16; lane += {v.Lanes})", () =>
                {
                    writer.Line($"ref var w = ref {Types.Unsafe}.Add(ref {Names.Argument(Weight.CodeName)}, (((panel * {9 * inputs}) + channel) * 16) + lane);");
                    writer.Line($"ref var points = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, (((panel * {Points * inputs}) + channel) * 16) + lane);");
                    for (var column = 0; column < 3; column++)
                    {
                        var first = column;
                        for (var row = 0; row < 6; row++)
                            writer.Line($"{v.Type}<float> p{first}{row};");
                        writer.Block("", () =>
                        {
                            WinogradTransforms.WriteWeight(writer, v, Enumerable.Range(0, 3).Select(row => v.Load("w", Literal.Of(((row * 3) + first) * inputs * 16))).Select((load, row) => Named(writer, $"g{row}", load)).ToArray(), "t");
                            for (var row = 0; row < 6; row++)
                                writer.Line($"p{first}{row} = t{row};");
                        });
                    }

                    for (var row = 0; row < 6; row++)
                    {
                        var number = row;
                        writer.Block("", () =>
                        {
                            WinogradTransforms.WriteWeight(writer, v, [$"p0{number}", $"p1{number}", $"p2{number}"], "t");
                            for (var column = 0; column < 6; column++)
                                writer.Line(v.Store($"t{column}", "points", Literal.Of(((number * 6) + column) * inputs * 16)));
                        });
                    }
                })));
    }

    private static string Named(CodeWriter writer, string name, string expression)
    {
        writer.Line($"var {name} = {expression};");
        return name;
    }
}
