using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Zeroes or scales each element by the sample's mask; forward and backward draw the same one.</summary>
internal sealed class DropoutKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Dropout Operation => (Dropout)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Group.Head.Layer}: dropout {(Operation.IsSpatial ? "of whole channels " : "")}with rate {Literal.Of((float)Operation.Rate).TrimEnd('f')} over {Shape(Group.Result)}. The mask depends only on seed, layer and sample number.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.DropoutSeed, "dropoutSeed"),
        new KernelArgument(ArgumentKind.DropoutEnabled, "dropoutEnabled"),
        new KernelArgument(ArgumentKind.FirstSample, "firstSample"),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var length = LayoutOf(Group.Result).SampleLength;
        WriteThreshold(writer, Operation.Rate);
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"var key = {Types.DropoutMask}.Key(dropoutSeed, {Operation.Stream}, unchecked(firstSample + (uint)sample));");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, sample * {length});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, sample * {length});");
            if (Operation.IsSpatial)
                WriteChannels(writer, v);
            else if (Group.Result.Type.IsChannelsLast)
                WritePixels(writer, v);
            else
                writer.Block($"for (uint lane = 0; lane < {length}; lane += {v.Lanes})", () => WriteMasked(writer, v, "lane", $"{Types.DropoutMask}.Keep{v.Bits}(key, lane, threshold, scale)"));
        });
    }

    /// <summary>Writes what decides whether an element is kept, and its factor then.</summary>
    public static void WriteThreshold(CodeWriter writer, double rate)
    {
        var keep = 1 - rate;
        writer.Line("// An element is kept where 24 random bits are below the threshold.");
        writer.Line($"var threshold = dropoutEnabled ? {Math.Max(1, (uint)Math.Round(keep * (1 << 24)))}u : {1 << 24}u;");
        writer.Line($"var scale = dropoutEnabled ? {Literal.Of((float)(1 / keep))} : 1f;");
    }

    /// <summary>One decision a channel.</summary>
    private void WriteChannels(CodeWriter writer, VectorSyntax v)
    {
        var rows = LayoutOf(Group.Result);
        if (Group.Result.Type.ChannelsAreLanes)
        {
            writer.Block($"for (uint lane = 0; lane < {rows.Stride}; lane += {v.Lanes})", () =>
            {
                writer.Line($"var kept = {Types.DropoutMask}.Keep{v.Bits}(key, lane, threshold, scale);");
                writer.Block($"for ({Types.NUInt} i = lane; i < {rows.SampleLength}; i += {rows.Stride})", () => WriteMasked(writer, v, "i", "kept"));
            });
            return;
        }

        var length = rows.SampleLength / Group.Result.Type.Channels;
        writer.Block($"for (uint channel = 0; channel < {Group.Result.Type.Channels}; channel++)", () =>
        {
            writer.Line($"var kept = {v.Broadcast($"{Types.DropoutMask}.Keep(key, channel, threshold, scale)")};");
            writer.Block($"for ({Types.NUInt} i = channel * {length}; i < (channel + 1) * {length}; i += {v.Lanes})", () => WriteMasked(writer, v, "i", "kept"));
        });
    }

    /// <summary>Channels last: each element has the mask of its place in the logical order, so that the order in memory changes nothing.</summary>
    private void WritePixels(CodeWriter writer, VectorSyntax v)
    {
        var stride = LayoutOf(Group.Result).Stride;
        var pixels = Group.Result.Type.Pixels;
        var (height, width) = (pixels.Count == 1 ? 1 : pixels[0], pixels[pixels.Count - 1]);
        var row = Lanes.Pad(width);
        writer.Line("// The mask is counted in the logical order, in which channels are planes of padded rows.");
        void Pixels(string first, string pixel) => writer.Block($"for (uint column = 0; column < {width}; column++)", () =>
            writer.Block($"for (uint lane = 0; lane < {stride}; lane += {v.Lanes})", () =>
                WriteMasked(writer, v, $"({pixel} * {stride}) + lane", $"{Types.DropoutMask}.Keep{v.Bits}(key, {first} + (lane * {height * row}), {height * row}, threshold, scale)")));

        if (height == 1)
            Pixels("column", "column");
        else
            writer.Block($"for (uint row = 0; row < {height}; row++)", () => Pixels($"(row * {row}) + column", $"((row * {width}) + column)"));
    }

    private static void WriteMasked(CodeWriter writer, VectorSyntax v, string place, string mask) =>
        writer.Line(v.Store($"{v.Load("x", place)} * {mask}", "y", place));
}
