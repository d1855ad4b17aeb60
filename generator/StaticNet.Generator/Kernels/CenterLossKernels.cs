using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>½‖x − c‖² with the centre of the sample's class: gradient x − c.</summary>
internal sealed class CenterLossKernel(Group group, Arranged arranged) : LossKernel(group, arranged)
{
    private Parameter Centers => Operation.Centers!;

    public override string Comment => $"{Spec.Title} of {Shape(Input)}: ½‖x − c‖² where c is the centre of the sample's class, one of {Centers.Shape[0]}; the gradient is x − c.";

    protected override float Share => Spec.Weight;

    protected override void WriteSample(CodeWriter writer, VectorSyntax v)
    {
        WriteRowReferences(writer, "sample");
        WriteRight(writer, Centers.Shape[0]);
        writer.Line($"ref var center = ref {Types.Unsafe}.Add(ref {Names.Argument(Centers.CodeName)}, right * {Lanes.Panel});");
        writer.Line($"var factor = {v.Broadcast("weight * scale")};");
        writer.Line($"var losses = {v.Zero};");
        // Features and centres are zero after the last one, or the mask makes them so.
        CenterRows.Write(writer, v, Centers, Rows.Width, (lane, place, mask) =>
        {
            writer.Line($"var distance = {Masked(mask, $"{v.Load("y", lane)} - {v.Load("center", place)}")};");
            writer.Line($"losses = {v.MultiplyAdd("distance", "distance", "losses")};");
            writer.Line(v.Store("distance * factor", "gradient", lane));
        });
        RowLoops.WritePadding(writer, v, "gradient", "", Rows.Width);
        writer.Line($"var loss = 0.5f * {v.Type}.Sum(losses);");
    }
}

/// <summary>Moves each class's centre by −rate · Σ(c − x) / (1 + n) over its samples; a centre belongs to one tile.</summary>
internal sealed class CenterUpdateKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private CenterUpdate Operation => (CenterUpdate)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Operation.Layer}: moves each of {Operation.Parameter.Shape[0]} centres towards the features of its class in the batch, by {Literal.Of(Operation.Loss.Spec.Parameter).TrimEnd('f')} · Σ(x − c) / (1 + n).";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Operation.Parameter),
        new KernelArgument(ArgumentKind.Targets, "targets"),
        .. Steps > 1 ? [KernelArgument.SequenceLengths] : Array.Empty<KernelArgument>(),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Operation.Parameter.Shape[0];

    /// <summary>The steps of a sample; those that a sequence does not have move no centre.</summary>
    private int Steps => Arranged.StepsOf(Input);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = InputLayout(0);
        var exists = Steps > 1 ? $" && (lengths.IsEmpty || sample % {Literal.Of(Steps)} < {SequenceLength.At(Arranged, Input, $"lengths[{Arithmetic.Quotient("sample", Steps)}]")})" : "";
        writer.Line($"ref var allTargets = ref {Types.MemoryMarshal}.GetReference(targets);");
        writer.Block("for (var tile = begin; tile < end; tile++)", () =>
        {
            writer.Line($"ref var center = ref {Types.Unsafe}.Add(ref {Names.Argument(Operation.Parameter.CodeName)}, tile * {Lanes.Panel});");
            CenterRows.Write(writer, v, Operation.Parameter, rows.Width, (lane, place, mask) =>
            {
                writer.Line($"var middle = {v.Load("center", place)};");
                writer.Line($"var sum = {v.Zero};");
                writer.Line("var count = 1f;");
                new LongSum(writer, v, Arranged.Capacity, "sum").Loop("sample", "samples", () =>
                {
                    writer.Block($"if ((int){Types.Unsafe}.Add(ref allTargets, {LossKernel.Place("sample", Operation.Loss.TargetStride, Operation.Loss.TargetOffset)}) == tile{exists})", () =>
                    {
                        var x = v.Load(Names.Argument(Input.Name), Arithmetic.Sum($"({Types.NUInt})(sample * {rows.Stride})", lane));
                        writer.Line(mask is null ? $"sum += {x} - middle;" : $"sum += {mask} & ({x} - middle);");
                        writer.Line("count++;");
                    });
                });
                writer.Line(v.Store(v.MultiplyAdd("sum", v.Broadcast($"{Literal.Of(Operation.Loss.Spec.Parameter)} / count"), "middle"), "center", place));
            });
        });
    }
}

/// <summary>Loops over the features of a centre: panels of 16, each with a row for every class.</summary>
internal static class CenterRows
{
    /// <summary>Up to this many panels are written out.</summary>
    private const int Unrolled = 2;

    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="centers">The centres.</param>
    /// <param name="width">The number of features.</param>
    /// <param name="body">Takes the first feature, its place after the centre's first one, and the mask of the features that exist; null: all do.</param>
    public static void Write(CodeWriter writer, VectorSyntax v, Parameter centers, int width, Action<string, string, string?> body)
    {
        var classes = centers.Shape[0];
        var stride = classes * Lanes.Panel;
        var looped = width / Lanes.Panel > Unrolled ? width / Lanes.Panel * Lanes.Panel : 0;
        if (looped > 0)
        {
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {looped}; lane += {Lanes.Panel})", () =>
            {
                writer.Line($"var place = lane * {classes};");
                for (var offset = 0; offset < Lanes.Panel; offset += v.Lanes)
                {
                    var register = offset;
                    writer.Block("", () => body(Arithmetic.Sum("lane", register), Arithmetic.Sum("place", register), null));
                }
            });
        }

        for (var lane = looped; lane < width; lane += v.Lanes)
        {
            var (first, left) = (lane, width - lane);
            writer.Block("", () => body(Literal.Of(first), Literal.Of((first / Lanes.Panel * stride) + (first % Lanes.Panel)), left < v.Lanes ? RowLoops.Mask(v, left) : null));
        }
    }
}
