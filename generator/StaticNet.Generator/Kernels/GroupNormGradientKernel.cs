using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>dx = (γ·dy − mean(γ·dy) − x̂·mean(γ·dy·x̂)) / deviation.</summary>
internal sealed class GroupNormGradientKernel(Group group, Arranged arranged)
    : GroupNormKernel(group, arranged, ((GroupNormGradient)group.Head).Norm, group.Head.Inputs[1])
{
    public override string Comment
    {
        get
        {
            var d = Norm.Weight is null ? "dy" : "γ·dy";
            return $"{Group.Head.Layer}, the gradient of its input: dx = ({d} − mean({d}) − x̂·mean({d}·x̂)) / deviation for each {Set}, with the normalised x̂.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. InputArguments,
        .. Group.Head.Parameters.Select(KernelArgument.Of),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var values = new[]
        {
            ("dy", Inputs[0], Rows.SampleLength), ("x", Inputs[1], Rows.SampleLength), ("moments", Inputs[2], 2 * Rows.Stride),
            ("sums", Inputs[3], 4 * Rows.Stride), ("dx", Group.Result, Rows.SampleLength),
        };
        WriteSamples(writer, values, () => WriteLanes(writer, v, () =>
        {
            writer.Line($"var inverse = {v.Load("moments", Row(GroupMoments.InverseRow))};");
            writer.Line($"var mean = {v.Load("moments", Row(GroupMoments.MeanRow))};");
            writer.Line($"var share = {v.Load("sums", Row(GroupNormSums.MeanRow))} * inverse;");
            writer.Line($"var slope = {v.Load("sums", Row(GroupNormSums.MeanProductRow))} * inverse * inverse;");
            writer.Line($"var scale = {(Norm.Weight is null ? "inverse" : $"{Load(v, Norm.Weight)} * inverse")};");
            WritePixels(writer, 1, (_, place) => writer.Line(v.Store(
                v.MultiplyAdd(v.Load("dy", place), "scale", v.MultiplyAdd($"mean - {v.Load("x", place)}", "slope", "-share")), "dx", place)));
        }));
    }
}
