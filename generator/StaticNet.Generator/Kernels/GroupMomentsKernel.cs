using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>1 / deviation and mean of each channel's group.</summary>
internal sealed class GroupMomentsKernel(Group group, Arranged arranged)
    : GroupNormKernel(group, arranged, ((GroupMoments)group.Head).Norm, group.Head.Inputs[0])
{
    public override string Comment =>
        $"{Group.Head.Layer}: 1 / deviation and mean of each {Set}, {Shape(Inputs[0])}. The distances from a channel's mean are summed too, which corrects what rounding has left in it" +
        $"{(IsInstance ? "" : "; a group's variance is the mean of its channels' plus that of their means")}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [.. InputArguments, KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        WriteSamples(writer, [("x", Inputs[0], Rows.SampleLength), ("moments", Group.Result, 2 * Rows.Stride)], () =>
        {
            WriteLanes(writer, v, () => WriteChannelMoments(writer, v));
            if (IsInstance)
                return;
            writer.Line();
            WriteGroups(writer, v, groups => WriteGroupMoments(writer, groups));
        });

    private void WriteChannelMoments(CodeWriter writer, VectorSyntax v)
    {
        var factor = v.Constant(1f / Pixels);
        WriteSums(writer, v, (k, place) => writer.Line($"sum{k} += {v.Load("x", place)};"), "sum");
        writer.Line($"var mean = ({PartialSums.Total("sum", Partials)}) * {factor};");
        writer.Line();
        writer.Line($"Vector{v.Bits}<float> value;");
        WriteSums(writer, v, (k, place) =>
        {
            writer.Line($"value = {v.Load("x", place)} - mean;");
            writer.Line($"distance{k} += value;");
            writer.Line($"square{k} = {v.MultiplyAdd("value", "value", $"square{k}")};");
        }, "distance", "square");
        writer.Line($"var shift = ({PartialSums.Total("distance", Partials)}) * {factor};");
        writer.Line($"var variance = {v.Type}.MaxNative({v.MultiplyAdd("-shift", "shift", $"({PartialSums.Total("square", Partials)}) * {factor}")}, {v.Zero});");
        writer.Line(v.Store(IsInstance ? $"{v.One} / {v.Type}.Sqrt(variance + {v.Constant(Norm.Epsilon)})" : "variance", "moments", Row(GroupMoments.InverseRow)));
        writer.Line(v.Store("mean + shift", "moments", Row(GroupMoments.MeanRow)));
    }

    /// <summary>Combines the moments of a group's channels, whose variances are stored where 1 / deviation will be.</summary>
    private void WriteGroupMoments(CodeWriter writer, GroupSyntax groups)
    {
        var factor = Literal.Of(1f / GroupSize);
        writer.Line($"var means = {groups.Zero};");
        groups.WriteChannels(() => writer.Line($"means += {groups.Load("moments", GroupMoments.MeanRow)};"));
        writer.Line($"var mean = {groups.Broadcast($"{groups.Sum("means")} * {factor}")};");
        writer.Line($"var squares = {groups.Zero};");
        groups.WriteChannels(() =>
        {
            writer.Line($"var distance = {groups.Load("moments", GroupMoments.MeanRow)} - mean;");
            writer.Line($"squares += {groups.Load("moments", GroupMoments.InverseRow)} + (distance * distance);");
        });
        writer.Line($"var inverse = {groups.Broadcast($"1f / {Types.MathF}.Sqrt(({groups.Sum("squares")} * {factor}) + {Literal.Of(Norm.Epsilon)})")};");
        groups.WriteChannels(() => writer
            .Line(groups.Store("inverse", "moments", GroupMoments.InverseRow))
            .Line(groups.Store("mean", "moments", GroupMoments.MeanRow)));
    }
}
