using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The vectors that normalise a batch, from its own moments. Each panel of 16 channels belongs to whoever computes it, and its
/// sums run in one order, so that any split gives the same bits.
/// </summary>
internal sealed class BatchMomentsKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private BatchMoments Operation => (BatchMoments)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Group.Head.Layer}: mean and variance of each of {Operation.Channels} channels over the batch, and the scale and shift that follow; updates the running statistics. " +
        $"Sums are taken of distances from the first sample's{(Operation.Pixels > 1 ? " mean" : "")}, so that no precision is lost far from zero.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        .. Operation.Norm.All.Select(KernelArgument.Of),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        .. float.IsNaN(Operation.Norm.Momentum) ? Array.Empty<KernelArgument>() : [new KernelArgument(ArgumentKind.CumulativeStatistics, "isCumulative")],
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Channels);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var norm = Operation.Norm;
        var rows = InputLayout(0);
        writer.Block($"for (var lane = ({Types.NUInt})begin * 16; lane < ({Types.NUInt}){Types.Math}.Max(end, 0) * 16; lane += {v.Lanes}" + ")", () =>
        {
            var pixels = Operation.Pixels;
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, lane);");
            writer.Line($"var origin = {v.Load("x", "0")};");
            writer.Line($"var distances = {v.Zero};").Line($"var squares = {v.Zero};");
            if (pixels > 1)
                writer.Line($"var squaresOfSamples = {v.Zero};");
            new LongSum(writer, v, Arranged.Capacity, pixels > 1 ? ["distances", "squares", "squaresOfSamples"] : ["distances", "squares"]).Loop("sample", "samples", () =>
            {
                writer.Line($"var distance = {v.Load("x", "0")} - origin;");
                writer.Line("distances += distance;");
                writer.Line($"squares = {v.MultiplyAdd("distance", "distance", "squares")};");
                if (pixels > 1)
                    writer.Line($"squaresOfSamples += {v.Load("x", Literal.Of(SampleMoments.SquaresRow * rows.Stride))};");
                writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {LengthOf(Input, rows)});");
            });
            writer.Line();
            writer.Line($"var count = (float)samples{(pixels > 1 ? $" * {pixels}" : "")};");
            writer.Line($"var factor = {v.Broadcast("1f / samples")};");
            writer.Line("distances *= factor;");
            writer.Line("var mean = origin + distances;");
            writer.Line(pixels > 1
                ? $"var variance = {v.Type}.MaxNative(((squares + (squaresOfSamples * {v.Broadcast($"1f / {pixels}")})) * factor) - (distances * distances), {v.Zero});"
                : $"var variance = {v.Type}.MaxNative((squares * factor) - (distances * distances), {v.Zero});");
            WriteVectors(writer, v, norm, Names.Argument(Group.Result.Name), LayoutOf(Group.Result).Stride);
            writer.Line();
            if (pixels == 1)
            {
                writer.Line("// One sample has no variance: its 0 would pull the running one towards it.");
                writer.Line("if (samples == 1)").Line("    continue;");
            }

            writer.Line($"var momentum = {(float.IsNaN(norm.Momentum) ? "" : "!isCumulative ? " + Literal.Of(norm.Momentum) + " : ")}1f / ({Names.Argument(norm.Batches.CodeName)} + 1);");
            writer.Line($"var unbiased = variance * {v.Broadcast("count > 1 ? count / (count - 1) : 1f")};");
            foreach (var (parameter, value) in new[] { (norm.Mean, "mean"), (norm.Variance, "unbiased") })
            {
                var running = Names.Argument(parameter.CodeName);
                writer.Line($"var {value}Before = {v.Load(running, "lane")};");
                writer.Line(v.Store(v.MultiplyAdd(v.Broadcast("momentum"), $"{value} - {value}Before", $"{value}Before"), running, "lane"));
            }
        });
        if (Operation.Channels % Lanes.Panel == 0)
            return;
        writer.Line();
        writer.Line("// The padding of parameters stays zero, whatever is in the padding of the values.");
        writer.Block($"for (var channel = {Operation.Channels}; end == {Tiles} && channel < {Lanes.Pad(Operation.Channels)}; channel++)", () => writer
            .Line($"{Types.Unsafe}.Add(ref {Names.Argument(norm.Mean.CodeName)}, channel) = 0;")
            .Line($"{Types.Unsafe}.Add(ref {Names.Argument(norm.Variance.CodeName)}, channel) = 0;"));
    }

    /// <summary>Writes the vectors of <see cref="BatchMoments"/> from <c>mean</c> and <c>variance</c>.</summary>
    public static void WriteVectors(CodeWriter writer, VectorSyntax v, BatchNormParameters norm, string result, int stride)
    {
        string Row(int row) => row == 0 ? "lane" : $"lane + {row * stride}";
        string Parameter(Parameter parameter) => v.Load(Names.Argument(parameter.CodeName), "lane");
        writer.Line($"var inverse = {v.One} / {v.Type}.Sqrt(variance + {v.Constant(norm.Epsilon)});");
        writer.Line($"var scale = {(norm.Weight is null ? "inverse" : $"{Parameter(norm.Weight)} * inverse")};");
        writer.Line(v.Store("mean", result, Row(BatchMoments.MeanRow)));
        writer.Line(v.Store("inverse", result, Row(BatchMoments.InverseRow)));
        writer.Line(v.Store("scale", result, Row(BatchMoments.ScaleRow)));
        writer.Line(v.Store(v.MultiplyAdd("-mean", "scale", norm.Bias is null ? v.Zero : Parameter(norm.Bias)), result, Row(BatchMoments.ShiftRow)));
    }
}

/// <summary>Counts a batch that the running statistics have seen.</summary>
internal sealed class BatchCountKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private BatchCount Operation => (BatchCount)Group.Head;

    private Parameter Batches => Operation.Parameter;

    public override string Comment => $"{Group.Head.Layer}: counts one more batch in the running statistics{(Operation.Values == 1 ? ", unless it is one sample" : "")}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Batches),
        .. Operation.Values == 1 ? [KernelArgument.Samples()] : Array.Empty<KernelArgument>(),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => 1;

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Block(Operation.Values == 1 ? "if (begin < end && samples > 1)" : "if (begin < end)", () => writer.Line($"{Names.Argument(Batches.CodeName)}++;"));
}

/// <summary>The vectors that normalise by the running statistics.</summary>
internal sealed class RunningMomentsKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private BatchMoments Operation => (BatchMoments)Group.Head;

    public override string Comment => $"{Group.Head.Layer}: scale = γ / deviation and shift = β − mean · scale of each channel, from the running statistics.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Operation.Norm.All.Where(parameter => parameter != Operation.Norm.Batches).Select(KernelArgument.Of),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Channels);

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Block($"for (var lane = ({Types.NUInt})begin * 16; lane < ({Types.NUInt}){Types.Math}.Max(end, 0) * 16; lane += {v.Lanes})", () =>
        {
            writer.Line($"var mean = {v.Load(Names.Argument(Operation.Norm.Mean.CodeName), "lane")};");
            writer.Line($"var variance = {v.Load(Names.Argument(Operation.Norm.Variance.CodeName), "lane")};");
            BatchMomentsKernel.WriteVectors(writer, v, Operation.Norm, Names.Argument(Group.Result.Name), LayoutOf(Group.Result).Stride);
        });
}

/// <summary>The gradients of γ and β, and the vectors that make dx; panel by panel of 16 channels.</summary>
internal sealed class BatchNormSumsKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private BatchNormSums Operation => (BatchNormSums)Group.Head;

    private Value[] Inputs => Operation.Inputs.Select(input => Operand(Operation, input)).ToArray();

    private IEnumerable<Parameter> Trained => new[] { Operation.Norm.Weight, Operation.Norm.Bias }.OfType<Parameter>().Where(parameter => parameter.Trainable);

    public override string Comment =>
        $"{Group.Head.Layer}: Σ dy and Σ dy·x̂ of each channel over the batch, which are the gradients of bias and weight, and the vectors a, b and c of dx = a·dy + b·x + c.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Select(input => KernelArgument.Of(input, Names.Argument(input.Name))),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        .. Trained.Select(KernelArgument.GradientOf),
        .. Trained.Any() ? [new KernelArgument(ArgumentKind.Accumulate, "accumulate")] : Array.Empty<KernelArgument>(),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Output.Type.Last);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var stride = LayoutOf(Group.Result).Stride;
        var moments = Names.Argument(Inputs[Inputs.Length - 1].Name);
        string Moment(int row) => v.Load(moments, row == 0 ? "lane" : $"lane + {row * stride}");
        writer.Block($"for (var lane = ({Types.NUInt})begin * 16; lane < ({Types.NUInt}){Types.Math}.Max(end, 0) * 16; lane += {v.Lanes}" + ")", () =>
        {
            writer.Line($"var mean = {Moment(BatchMoments.MeanRow)};");
            writer.Line($"var inverse = {Moment(BatchMoments.InverseRow)};");
            writer.Line($"var scale = {Moment(BatchMoments.ScaleRow)};");
            writer.Line($"var biasGradient = {v.Zero};").Line($"var weightGradient = {v.Zero};");
            if (Operation.Pixels == 1)
                WriteSumsOfGradients(writer, v);
            else
                WriteSumsOfSamples(writer, v);
            writer.Line("weightGradient *= inverse;");
            writer.Line();
            writer.Line($"var factor = scale * {v.Broadcast(Operation.Pixels == 1 ? "-1f / samples" : $"-1f / ((float)samples * {Operation.Pixels})")};");
            writer.Line("var b = factor * inverse * weightGradient;");
            var result = Names.Argument(Group.Result.Name);
            writer.Line(v.Store("scale", result, "lane"));
            writer.Line(v.Store("b", result, $"lane + {stride}"));
            writer.Line(v.Store("factor * biasGradient - (b * mean)", result, $"lane + {2 * stride}"));
            foreach (var parameter in Trained)
            {
                var gradient = Names.Argument(parameter.CodeName + ".gradient");
                var value = parameter == Operation.Norm.Weight ? "weightGradient" : "biasGradient";
                writer.Line(v.Store($"accumulate ? {value} + {v.Load(gradient, "lane")} : {value}", gradient, "lane"));
            }
        });
    }

    private LongSum SumsOf(CodeWriter writer, VectorSyntax v) => new(writer, v, Arranged.Capacity, "biasGradient", "weightGradient");

    private void WriteSumsOfSamples(CodeWriter writer, VectorSyntax v)
    {
        var rows = InputLayout(0);
        writer.Line($"ref var sums = ref {Types.Unsafe}.Add(ref {Names.Argument(Inputs[0].Name)}, lane);");
        SumsOf(writer, v).Loop("sample", "samples", () => writer
            .Line($"biasGradient += {v.Load("sums", Literal.Of(SampleGradientSums.SumRow * rows.Stride))};")
            .Line($"weightGradient += {v.Load("sums", Literal.Of(SampleGradientSums.ProductRow * rows.Stride))};")
            .Line($"sums = ref {Types.Unsafe}.Add(ref sums, {LengthOf(Inputs[0], rows)});"));
    }

    private void WriteSumsOfGradients(CodeWriter writer, VectorSyntax v)
    {
        writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Inputs[0].Name)}, lane);");
        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Inputs[1].Name)}, lane);");
        SumsOf(writer, v).Loop("sample", "samples", () => writer
            .Line($"var d = {v.Load("dy", "0")};")
            .Line("biasGradient += d;")
            .Line($"weightGradient = {v.MultiplyAdd("d", $"{v.Load("x", "0")} - mean", "weightGradient")};")
            .Line($"dy = ref {Types.Unsafe}.Add(ref dy, {LengthOf(Inputs[0], InputLayout(0))});")
            .Line($"x = ref {Types.Unsafe}.Add(ref x, {LengthOf(Inputs[1], InputLayout(1))});"));
    }
}
