using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>What kernels share that normalise groups of channels: loops over samples and lanes, and over the pixels of a lane.</summary>
internal abstract class GroupNormKernel(Group group, Arranged arranged, GroupNormRule norm, Value normalized) : Kernel(group, arranged)
{
    protected GroupNormRule Norm { get; } = norm;

    protected RowLayout Rows => Arranged.LayoutOf(Group.Head, normalized);

    protected int Channels => Rows.Width;

    protected int Pixels => Rows.Rows;

    /// <summary>The channels of a group.</summary>
    protected int GroupSize => Channels / Norm.Groups;

    protected bool IsInstance => GroupSize == 1;

    /// <summary>What is normalised together, in comments.</summary>
    protected string Set => IsInstance ? "channel" : Norm.Groups == 1 ? "sample" : $"group of {GroupSize} channels";

    protected Value[] Inputs => Group.Head.Inputs.Select(value => Operand(Group.Head, value)).ToArray();

    protected IEnumerable<KernelArgument> InputArguments => Inputs.Distinct().Select(value => KernelArgument.Of(value, Names.Argument(value.Name)));

    /// <summary>The registers of a sum over the pixels.</summary>
    protected int Partials => PartialSums.CountOf(Pixels);

    /// <summary>Writes the loop over the samples, with a reference to the sample of each value under a short name.</summary>
    protected static void WriteSamples(CodeWriter writer, IEnumerable<(string Name, Value Value, int Length)> values, Action body) =>
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            foreach (var (name, value, length) in values)
                writer.Line($"ref var {name} = ref {Types.Unsafe}.Add(ref {Names.Argument(value.Name)}, sample * {length});");
            body();
        });

    protected void WriteLanes(CodeWriter writer, VectorSyntax v, Action body) =>
        writer.Block($"for ({Types.NUInt} lane = 0; lane < {Rows.Stride}; lane += {v.Lanes})", body);

    /// <summary>Writes a body for each pixel, which takes the number of the sum's register and the pixel's place.</summary>
    protected void WritePixels(CodeWriter writer, int partials, Action<int, string> body, LongSum? sums = null) =>
        PartialSums.Loop(writer, "pixel", Pixels, 1, partials, (k, pixel, offset) =>
            body(k, Arithmetic.Sum("lane", pixel.Length == 0 ? "" : $"(pixel * {Rows.Stride})", Literal.Of(offset * Rows.Stride))), sums: sums);

    /// <summary>Declares sums over the pixels and writes the body for each one.</summary>
    protected void WriteSums(CodeWriter writer, VectorSyntax v, Action<int, string> body, params string[] names)
    {
        PartialSums.Declare(writer, v, Partials, names);
        var sums = new LongSum(writer, v, Pixels / Partials, PartialSums.Of(Partials, names)).Declare();
        WritePixels(writer, Partials, body, sums);
        sums.Finish();
    }

    /// <summary>A vector of a value that holds several of them, by row.</summary>
    protected string Row(int row) => Arithmetic.Sum("lane", Literal.Of(row * Rows.Stride));

    protected static string Load(VectorSyntax v, Parameter parameter) => v.Load(Names.Argument(parameter.CodeName), "lane");

    /// <summary>
    /// Writes the loop over the groups. Its body works on channels: on vectors where the groups are made of whole ones.
    /// </summary>
    protected void WriteGroups(CodeWriter writer, VectorSyntax v, Action<GroupSyntax> body)
    {
        var syntax = new GroupSyntax(writer, v, GroupSize, Rows.Stride);
        if (Norm.Groups == 1)
        {
            writer.Block("", () =>
            {
                writer.Line("const int first = 0;");
                body(syntax);
            });
        }
        else
        {
            writer.Block($"for ({Types.NUInt} first = 0; first < {Channels}; first += {GroupSize})", () => body(syntax));
        }
    }
}

/// <summary>How the loops over a group's channels are written: by vectors where they fill some, else one by one.</summary>
internal sealed class GroupSyntax(CodeWriter writer, VectorSyntax v, int size, int stride)
{
    private readonly bool _isVector = size % v.Lanes == 0;

    public string Zero => _isVector ? v.Zero : "0f";

    public string Broadcast(string scalar) => _isVector ? v.Broadcast(scalar) : scalar;

    public string Sum(string name) => _isVector ? $"{v.Type}.Sum({name})" : name;

    public string Load(string reference, int row) => _isVector ? v.Load(reference, Place(row)) : $"{Types.Unsafe}.Add(ref {reference}, {Place(row)})";

    public string Store(string value, string reference, int row) => _isVector ? v.Store(value, reference, Place(row)) : $"{Load(reference, row)} = {value};";

    public void WriteChannels(Action body) => writer.Block($"for ({Types.NUInt} channel = first; channel < first + {size}; channel{(_isVector ? $" += {v.Lanes}" : "++")})", body);

    private string Place(int row) => Arithmetic.Sum("channel", Literal.Of(row * stride));
}

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

    /// <summary>Combines the moments of a group's channels, whose variances stand where 1 / deviation will.</summary>
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

/// <summary>y = γ·(x − mean) / deviation + β.</summary>
internal sealed class GroupNormalizationKernel(Group group, Arranged arranged)
    : GroupNormKernel(group, arranged, ((GroupNormalization)group.Head).Norm, group.Head.Inputs[0])
{
    private readonly Tail _tail = new(group, arranged);

    public override string Comment =>
        $"{Group.Head.Layer}: {Shape(Inputs[0])} brought to mean 0 and variance 1, each {Set} by itself{(Norm.Weight is null ? "" : ", times the weight plus the bias")}{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.";

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
            writer.Line($"var first = ({Types.NUInt})(sample * {Rows.SampleLength});");
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

/// <summary>dγ or dβ: the sums of the samples, added up; panels of 16 channels belong to whoever computes them.</summary>
internal sealed class GroupNormParameterGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private GroupNormParameterGradient Operation => (GroupNormParameterGradient)Group.Head;

    private Value Sums => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Operation.Parameter.FullName}'s gradient: {(Operation.Row == GroupNormSums.GradientRow ? "Σ dy" : "Σ dy·x̂")} of the samples, added up.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Sums, Names.Argument(Sums.Name)),
        KernelArgument.GradientOf(Operation.Parameter),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Parameter.Count);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = InputLayout(0);
        writer.Block("for (var tile = begin; tile < end; tile++)", () => writer.Block($"for (var lane = ({Types.NUInt})(tile * {Lanes.Panel}); lane < ({Types.NUInt})((tile + 1) * {Lanes.Panel}); lane += {v.Lanes})", () =>
        {
            writer.Line($"var sum = {v.Zero};");
            var sums = new LongSum(writer, v, Arranged.Capacity, "sum").Declare();
            sums.Rounds("sample", Types.NUInt, $"({Types.NUInt})samples", 1, () =>
                writer.Line($"sum += {v.Load(Names.Argument(Sums.Name), Arithmetic.Sum($"(sample * {rows.SampleLength})", "lane", Literal.Of(Operation.Row * rows.Stride)))};"));
            sums.Finish();
            var gradient = Names.Argument(Operation.Parameter.CodeName + ".gradient");
            writer.Line(v.Store($"accumulate ? sum + {v.Load(gradient, "lane")} : sum", gradient, "lane"));
        }));
    }
}
