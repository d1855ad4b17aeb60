using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>The gradient of a bias or a slope: sums over samples, lane by lane, channel by channel, or over everything.</summary>
internal sealed class SumGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private SumGradient Operation => (SumGradient)Group.Head;

    private Value[] Inputs => Operation.Inputs.Select(input => Operand(Operation, input)).ToArray();

    private int Stride => InputLayout(0).Stride;

    private int RowsOfSample => InputLayout(0).Rows;

    /// <summary>Whether each lane has its own sum; otherwise a channel's (or all) lanes share one.</summary>
    private bool IsByLane => Operation.Parameter.Span == Operation.Summed.Last && (Operation.FollowsLastAxis || Operation.Summed.ChannelsAreLanes);

    private string GradientName => Names.Argument(Operation.Parameter.CodeName + ".gradient");

    public override string Comment => $"{Operation.Parameter.FullName}'s gradient: {(Operation.Function is null ? "the sum of the gradients" : $"the sum of {Operation.Function.Name}")} over samples.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Distinct().Select(input => KernelArgument.Of(input, Names.Argument(input.Name))),
        KernelArgument.GradientOf(Operation.Parameter),
        IsByLane ? new KernelArgument(ArgumentKind.Rows, "rows", Operation.Inputs[0]) : KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => 1;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("if (begin >= end)", () => writer.Line("return;"));
        writer.Line();
        if (IsByLane)
            WriteLanes(writer, v);
        else
            WriteChannels(writer, v);
    }

    private string Term(VectorSyntax v, string offset)
    {
        var loads = Inputs.Select(input => v.Load(Names.Argument(input.Name), offset)).ToArray();
        return Operation.Function?.Write(v, loads) ?? loads[0];
    }

    private void WriteLanes(CodeWriter writer, VectorSyntax v)
    {
        ProductKernel.WriteTiles(writer, TileRun.Cover(Operation.Parameter.Span, 4, v), (run, lane) =>
        {
            var registers = run.Computed.ToArray();
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"var sum{r} = {v.Zero};");
            new LongSum(writer, v, (long)Arranged.Capacity * RowsOfSample, [.. registers.Select((_, r) => $"sum{r}")]).Loop("row", "rows", () =>
            {
                writer.Line($"var place = ({Types.NUInt})(row * {Stride}){(lane == "0" ? "" : " + " + lane)};");
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{r} += {Term(v, registers[r].Offset == 0 ? "place" : $"place + {registers[r].Offset}")};");
            });
            for (var r = 0; r < registers.Length; r++)
            {
                var place = lane == "0" ? Literal.Of(registers[r].Offset) : registers[r].Offset == 0 ? lane : $"{lane} + {registers[r].Offset}";
                writer.Line(v.Store($"accumulate ? sum{r} + {v.Load(GradientName, place)} : sum{r}", GradientName, place));
            }
        });
    }

    private void WriteChannels(CodeWriter writer, VectorSyntax v)
    {
        var channels = Operation.Parameter.Count;
        var length = RowsOfSample / channels * Stride;
        writer.Block($"for (var channel = 0; channel < {channels}; channel++)", () =>
        {
            writer.Line($"var sum = {v.Zero};");
            var terms = length / v.Lanes;
            var ofBatch = new LongSum(writer, v, (long)Arranged.Capacity * terms, "sum").Declare();
            // A plane may fill several blocks by itself.
            var ofPlane = new LongSum(writer, v, terms, "sum");
            writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
            {
                writer.Line($"var first = ({Types.NUInt})((sample * {RowsOfSample * Stride}) + (channel * {length}));");
                ofPlane.Rounds("lane", Types.NUInt, Literal.Of(length), v.Lanes, () => writer.Line($"sum += {Term(v, "first + lane")};"));
                if (!ofPlane.IsLong)
                    ofBatch.FoldEvery("sample", terms, Arranged.Capacity);
            });
            ofBatch.Finish();
            writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, channel);");
            writer.Line($"gradient = {v.Type}.Sum(sum) + (accumulate ? gradient : 0);");
        });
    }
}
