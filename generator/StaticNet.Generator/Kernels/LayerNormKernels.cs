using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>1 / deviation and mean of each set.</summary>
internal sealed class LayerMomentsKernel(Group group, Arranged arranged)
    : LayerNormKernel(group, arranged, ((LayerMoments)group.Head).Norm, group.Head.Inputs[0])
{
    public override string Comment => Norm.IsCentred
        ? $"{Group.Head.Layer}: 1 / deviation and mean of each {Set}, {Shape(Inputs[0])}. The distances from the mean are summed too, which corrects what rounding has left in it."
        : $"{Group.Head.Layer}: 1 / √(mean of x² + ε) of each {Set}, {Shape(Inputs[0])}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [.. InputArguments, KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), Sets(Group.Result)];

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        WriteSets(writer, [("x", Inputs[0])], () =>
        {
            string Masked(string? mask, string value) => mask is null ? value : $"{mask} & {value}";
            if (Norm.IsCentred)
            {
                WriteSums(writer, v, (k, place, _, mask) => writer.Line($"sum{k} += {Masked(mask, v.Load("x", place))};"), "sum");
                writer.Line($"var mean = {MeanOf(v, "sum")};");
                writer.Line($"var origin = {v.Broadcast("mean")};");
                writer.Line();
            }

            writer.Line($"Vector{v.Bits}<float> value;");
            WriteSums(writer, v, (k, place, _, mask) =>
            {
                var load = v.Load("x", place);
                writer.Line($"value = {(!Norm.IsCentred ? Masked(mask, load) : mask is null ? $"{load} - origin" : Masked(mask, $"({load} - origin)"))};");
                if (Norm.IsCentred)
                    writer.Line($"distance{k} += value;");
                writer.Line($"square{k} = {v.MultiplyAdd("value", "value", $"square{k}")};");
            }, Norm.IsCentred ? ["distance", "square"] : ["square"]);
            if (Norm.IsCentred)
                writer.Line($"var shift = {MeanOf(v, "distance")};");
            var spread = MeanOf(v, "square");
            writer.Line($"{Moment(Group.Result, LayerMoments.Inverse)} = 1f / {Types.MathF}.Sqrt({(Norm.IsCentred ? $"{Types.MathF}.Max(({spread}) - (shift * shift), 0f)" : $"({spread})")} + {Literal.Of(Norm.Epsilon)});");
            if (Norm.IsCentred)
                writer.Line($"{Moment(Group.Result, LayerMoments.Mean)} = mean + shift;");
        });
}

/// <summary>y = γ·(x − mean) / deviation + β.</summary>
internal sealed class LayerNormalizationKernel(Group group, Arranged arranged)
    : LayerNormKernel(group, arranged, ((LayerNormalization)group.Head).Norm, group.Head.Inputs[0])
{
    private readonly Tail _tail = new(group, arranged);

    public override string Comment =>
        $"{Group.Head.Layer}: {Shape(Inputs[0])} normalised to {(Norm.IsCentred ? "mean 0 and variance 1" : "root mean square 1")}, each {Set} separately" +
        $"{(Norm.Weight is null ? "" : Norm.Bias is null ? ", times the weight" : ", times the weight plus the bias")}{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. InputArguments,
        .. _tail.Arguments.Where(argument => !Inputs.Contains(argument.Value)),
        .. Group.Head.Parameters.Select(KernelArgument.Of),
        .. _tail.Parameters,
        Sets(Group.Head.Inputs[1]),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var set = 0; set < sets; set++)", () =>
        {
            writer.Line($"var first = ({Types.NUInt})(set * {SetLength});");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Inputs[0].Name)}, first);");
            WriteMoments(writer, v, Inputs[1]);
            // The padding is written with the rest: its weights and biases are zero.
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {Rows.Stride}; lane += {v.Lanes})", () =>
                WriteRows(writer, (place, parameter) =>
                {
                    writer.Line($"var result = {Centred(v, place)} * inverse;");
                    if (Norm.Weight is not null)
                        writer.Line($"result = {(Norm.Bias is null ? $"result * {Load(v, Norm.Weight, parameter)}" : v.MultiplyAdd("result", Load(v, Norm.Weight, parameter), Load(v, Norm.Bias, parameter)))};");
                    _tail.WriteOnRegister(writer, v, "result", value => VectorSyntax.Place(Names.Argument(value.Name), $"first + {place}"), operand => _tail.LanesAt(operand, v, "lane"));
                }));
        });
    }
}

/// <summary>dx = (γ·dy − mean(γ·dy) − x̂·mean(γ·dy·x̂)) / deviation.</summary>
internal sealed class LayerNormGradientKernel(Group group, Arranged arranged)
    : LayerNormKernel(group, arranged, ((LayerNormGradient)group.Head).Norm, group.Head.Inputs[1])
{
    public override string Comment =>
        $"{Group.Head.Layer}, the gradient of its input: dx = ({D} {(Norm.IsCentred ? $"− mean({D}) " : "")}− x̂·mean({D}·x̂)) / deviation for each {Set}, with the normalised x̂.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. InputArguments,
        .. Group.Head.Parameters.Select(KernelArgument.Of),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        Sets(Group.Head.Inputs[2]),
    ];

    private string D => Norm.Weight is null ? "dy" : "γ·dy";

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        WriteSets(writer, [("dy", Inputs[0]), ("x", Inputs[1]), ("dx", Group.Result)], () =>
        {
            string Gradient(string place, string parameter) => v.Load("dy", place) + (Norm.Weight is null ? "" : $" * {Load(v, Norm.Weight, parameter)}");
            WriteMoments(writer, v, Inputs[2]);
            writer.Line($"Vector{v.Bits}<float> d;");
            WriteSums(writer, v, (k, place, parameter, _) =>
            {
                writer.Line($"d = {Gradient(place, parameter)};");
                if (Norm.IsCentred)
                    writer.Line($"sum{k} += d;");
                writer.Line($"product{k} = {v.MultiplyAdd("d", Centred(v, place), $"product{k}")};");
            }, Norm.IsCentred ? ["sum", "product"] : ["product"]);
            if (Norm.IsCentred)
                writer.Line($"var share = {v.Broadcast(MeanOf(v, "sum"))};");
            writer.Line($"var slope = {v.Broadcast(MeanOf(v, "product"))} * inverse * inverse;");
            writer.Line();
            WriteVectors(writer, v, Rows.Width, (place, parameter, mask) =>
            {
                var d = Norm.IsCentred ? $"{Gradient(place, parameter)} - share" : Gradient(place, parameter);
                var value = $"({v.MultiplyAdd($"-{Centred(v, place)}", "slope", d)}) * inverse";
                writer.Line(v.Store(mask is null ? value : $"{mask} & ({value})", "dx", place));
            });
            WritePadding(writer, v);
        });

    private void WritePadding(CodeWriter writer, VectorSyntax v)
    {
        if (Lanes.Pad(Rows.Width) - Rows.Width < v.Lanes)
            return;
        if (Norm.Rows == 1)
            RowLoops.WritePadding(writer, v, "dx", "", Rows.Width);
        else
            writer.Block($"for ({Types.NUInt} row = 0; row < {Norm.Rows}; row++)", () => RowLoops.WritePadding(writer, v, "dx", $"(row * {Rows.Stride}) + ", Rows.Width));
    }
}

/// <summary>
/// dγ = Σ dy·x̂ and dβ = Σ dy over the sets: each tile, 16 elements of a set, belongs to whoever computes it, so that any split
/// gives the same bits.
/// </summary>
internal sealed class LayerNormParameterGradientKernel(Group group, Arranged arranged)
    : LayerNormKernel(group, arranged, ((LayerNormParameterGradient)group.Head).Norm, group.Head.Inputs[1])
{
    public override string Comment => Norm.Bias is null
        ? $"{Norm.Weight!.FullName}'s gradient, Σ dy·x̂ over all {(Norm.Rows == 1 ? "rows" : "samples")}: 16 elements at a time."
        : $"The gradients of {Norm.Weight!.FullName} and {Norm.Bias.FullName}, Σ dy·x̂ and Σ dy over all {(Norm.Rows == 1 ? "rows" : "samples")}: 16 elements at a time.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. InputArguments,
        .. Group.Head.Parameters.Select(KernelArgument.GradientOf),
        Sets(Group.Head.Inputs[2]),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Norm.Rows * Lanes.Panels(Rows.Width);

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Block("for (var tile = begin; tile < end; tile++)", () =>
        {
            var (dy, x) = (Names.Argument(Inputs[0].Name), Names.Argument(Inputs[1].Name));
            // The parameters of several rows are stored as panels of 16 lanes with all rows.
            writer.Line(Norm.Rows == 1
                ? $"var column = tile * {Lanes.Panel};"
                : $"var column = (tile % {Norm.Rows} * {Rows.Stride}){(Rows.Stride > Lanes.Panel ? $" + (tile / {Norm.Rows} * {Lanes.Panel})" : "")};");
            writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {dy}, column);");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {x}, column);");
            string[] sums = Norm.Bias is null ? ["weight"] : ["sum", "weight"];
            PartialSums.Declare(writer, v, v.PerPanel, sums);
            new LongSum(writer, v, (long)Arranged.Capacity * (Norm.Rows == 1 ? Rows.Rows : 1), PartialSums.Of(v.PerPanel, sums)).Loop("set", "sets", () =>
            {
                WriteMoments(writer, v, Inputs[2]);
                for (var r = 0; r < v.PerPanel; r++)
                {
                    var place = Literal.Of(r * v.Lanes);
                    writer.Line($"var dy{r} = {v.Load("dy", place)};");
                    if (Norm.Bias is not null)
                        writer.Line($"sum{r} += dy{r};");
                    writer.Line($"weight{r} = {v.MultiplyAdd($"dy{r} * inverse", Centred(v, place), $"weight{r}")};");
                }

                writer.Line($"dy = ref {Types.Unsafe}.Add(ref dy, {SetLength});");
                writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {SetLength});");
            });
            foreach (var parameter in Group.Head.Parameters)
            {
                var name = parameter == Norm.Bias ? "sum" : "weight";
                for (var r = 0; r < v.PerPanel; r++)
                {
                    var place = $"({Types.NUInt})({Arithmetic.Sum(r == 0 ? $"tile * {Lanes.Panel}" : $"(tile * {Lanes.Panel})", Literal.Of(r * v.Lanes))})";
                    var gradient = Names.Argument(parameter.CodeName + ".gradient");
                    writer.Line(v.Store($"accumulate ? {name}{r} + {v.Load(gradient, place)} : {name}{r}", gradient, place));
                }
            }
        });
}
