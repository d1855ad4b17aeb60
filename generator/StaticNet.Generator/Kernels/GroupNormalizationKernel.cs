using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>y = γ·(x − mean) / deviation + β.</summary>
internal sealed class GroupNormalizationKernel(Group group, Arranged arranged)
    : GroupNormKernel(group, arranged, ((GroupNormalization)group.Head).Norm, group.Head.Inputs[0])
{
    private readonly Tail _tail = new(group, arranged);

    public override string Comment =>
        $"{Group.Head.Layer}: {Shape(Inputs[0])} normalised to mean 0 and variance 1, each {Set} separately{(Norm.Weight is null ? "" : ", times the weight plus the bias")}{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. InputArguments,
        .. _tail.Arguments.Where(argument => !Inputs.Contains(argument.Value)),
        .. Group.Head.Parameters.Select(KernelArgument.Of),
        .. _tail.Parameters,
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        WriteSamples(writer, [("moments", Inputs[1], 2 * Rows.Stride)], () =>
        {
            writer.Line($"var first = ({Types.NUInt})(sample * {LengthOf(Inputs[0], Rows)});");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Inputs[0].Name)}, first);");
            WriteLanes(writer, v, () =>
            {
                writer.Line($"var scale = {v.Load("moments", Row(GroupMoments.InverseRow))}{(Norm.Weight is null ? "" : $" * {Load(v, Norm.Weight)}")};");
                writer.Line($"var mean = {v.Load("moments", Row(GroupMoments.MeanRow))};");
                if (Norm.Bias is not null)
                    writer.Line($"var bias = {Load(v, Norm.Bias)};");
                WritePixels(writer, 1, (_, place) =>
                {
                    var distance = $"{v.Load("x", place)} - mean";
                    writer.Line($"var result = {(Norm.Bias is null ? $"({distance}) * scale" : v.MultiplyAdd(distance, "scale", "bias"))};");
                    _tail.WriteOnRegister(writer, v, "result", value => VectorSyntax.Place(Names.Argument(value.Name), $"first + {place}"), operand => _tail.LanesAt(operand, v, "lane"));
                });
            });
        });
}
