using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Σ dy and Σ dy·x̂ of each channel, and the means of γ·dy and γ·dy·x̂ over its group.</summary>
internal sealed class GroupNormSumsKernel(Group group, Arranged arranged)
    : GroupNormKernel(group, arranged, ((GroupNormSums)group.Head).Norm, group.Head.Inputs[1])
{
    public override string Comment =>
        $"{Group.Head.Layer}: Σ dy and Σ dy·x̂ of each channel, with the normalised x̂, and the means of {(Norm.Weight is null ? "dy and dy·x̂" : "γ·dy and γ·dy·x̂")} over each {Set}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. InputArguments,
        .. Group.Head.Parameters.Select(KernelArgument.Of),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        WriteSamples(writer, [("dy", Inputs[0], Rows.SampleLength), ("x", Inputs[1], Rows.SampleLength), ("moments", Inputs[2], 2 * Rows.Stride), ("sums", Group.Result, 4 * Rows.Stride)], () =>
        {
            WriteLanes(writer, v, () =>
            {
                writer.Line($"var mean = {v.Load("moments", Row(GroupMoments.MeanRow))};");
                writer.Line($"Vector{v.Bits}<float> d;");
                WriteSums(writer, v, (k, place) =>
                {
                    writer.Line($"d = {v.Load("dy", place)};");
                    writer.Line($"sum{k} += d;");
                    writer.Line($"product{k} = {v.MultiplyAdd("d", $"{v.Load("x", place)} - mean", $"product{k}")};");
                }, "sum", "product");
                writer.Line($"var sum = {PartialSums.Total("sum", Partials)};");
                writer.Line($"var product = ({PartialSums.Total("product", Partials)}) * {v.Load("moments", Row(GroupMoments.InverseRow))};");
                writer.Line(v.Store("sum", "sums", Row(GroupNormSums.GradientRow)));
                writer.Line(v.Store("product", "sums", Row(GroupNormSums.ProductRow)));
                var factor = v.Constant(1f / (Pixels * GroupSize));
                writer.Line($"var factor = {(Norm.Weight is null ? factor : $"{Load(v, Norm.Weight)} * {factor}")};");
                writer.Line(v.Store("sum * factor", "sums", Row(GroupNormSums.MeanRow)));
                writer.Line(v.Store("product * factor", "sums", Row(GroupNormSums.MeanProductRow)));
            });
            if (IsInstance)
                return;
            writer.Line();
            WriteGroups(writer, v, groups => WriteGroupMeans(writer, groups));
        });

    /// <summary>Sums what each channel adds to the means of its group.</summary>
    private static void WriteGroupMeans(CodeWriter writer, GroupSyntax groups)
    {
        writer.Line($"var sum = {groups.Zero};").Line($"var product = {groups.Zero};");
        groups.WriteChannels(() => writer
            .Line($"sum += {groups.Load("sums", GroupNormSums.MeanRow)};")
            .Line($"product += {groups.Load("sums", GroupNormSums.MeanProductRow)};"));
        writer.Line($"var share = {groups.Broadcast(groups.Sum("sum"))};");
        writer.Line($"var slope = {groups.Broadcast(groups.Sum("product"))};");
        groups.WriteChannels(() => writer
            .Line(groups.Store("share", "sums", GroupNormSums.MeanRow))
            .Line(groups.Store("slope", "sums", GroupNormSums.MeanProductRow)));
    }
}
