using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// Softmax and cross-entropy of few classes, eight samples at a time: a sample is a lane, and a class is a vector. By rows most of
/// a vector would be padding, and each sample would wait for its own maximum, sum and logarithm.
/// </summary>
internal sealed class NarrowCrossEntropyKernel(Group group, Arranged arranged) : SoftmaxCrossEntropyKernel(group, arranged)
{
    /// <summary>The samples of a block: the lanes of a vector of 256 bits, and the rows of the blocks that are transposed.</summary>
    private const int Samples = 8;

    /// <summary>Two blocks of classes; their vectors fill the registers.</summary>
    private const int MostClasses = 16;

    private static readonly int[] Block = [.. Enumerable.Range(0, Samples)];

    public override string Comment => $"{base.Comment} Eight samples at a time, each a lane; classes are vectors.";

    private int Classes => Rows.Width;

    private int Blocks => ((Classes - 1) / Samples) + 1;

    /// <summary>Whether samples can be lanes: classes are few, one of them is right, and samples are no steps of sequences, of which some do not count.</summary>
    public static bool Suits(Group group, Arranged arranged) =>
        ((Loss)group.Head).Spec is { SoftTargets: false } && arranged.LayoutOf(group.Result) is { Rows: 1, Width: <= MostClasses } && arranged.StepsOf(group.Result) == 1;

    public override bool Has(VectorSyntax v) => v.Bits <= 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (v.Lanes != Samples)
        {
            base.WriteBody(writer, v);
            return;
        }

        writer.Line($"ref var allTargets = ref {Types.MemoryMarshal}.GetReference(targets);");
        writer.Count("var", "sample", "0", "samples", Samples, () =>
        {
            writer.Line("// Samples beyond the last one repeat it.");
            foreach (var lane in Block.Skip(1))
                writer.Line($"var sample{lane} = {Types.Math}.Min(sample + {lane}, samples - 1);");
            foreach (var lane in Block)
            {
                writer.Line($"{(lane == 0 ? "var " : "")}place = {Row(lane)};");
                for (var block = 0; block < Blocks; block++)
                    writer.Line($"var {Class(block, lane)} = {v.Load(Names.Argument(Input.Name), Arithmetic.Sum("place", block * Samples))};");
            }

            writer.Line("// From rows of eight samples to classes of eight samples.");
            WriteTransposition(writer);
            WriteLosses(writer, v);
            WriteGradients(writer, v);
            writer.Line("// And back.");
            WriteTransposition(writer);
            foreach (var lane in Block)
            {
                writer.Line($"place = {Row(lane)};");
                for (var block = 0; block < Rows.Stride / Samples; block++)
                    writer.Line(v.Store(block < Blocks ? Class(block, lane) : v.Zero, Names.Argument(Group.Result.Name), Arithmetic.Sum("place", block * Samples)));
            }
        });
    }

    /// <summary>Leaves each sample's sum, maximum and factors in vectors, and stores its loss.</summary>
    private void WriteLosses(CodeWriter writer, VectorSyntax v)
    {
        var classes = Enumerable.Range(0, Classes).ToArray();
        writer.Line($"var maximum = {Class(0)};");
        foreach (var index in classes.Skip(1))
            writer.Line($"maximum = {v.Max(Class(index), "maximum")};");
        foreach (var index in classes)
            writer.Line($"var exponential{index} = {VectorSyntax.Call("Exp", $"{Class(index)} - maximum")};");
        WriteJoined(writer, "sum", [.. classes.Select(index => $"exponential{index}")], " + ");
        writer.Line(CodeWriter.Listed($"var right = {v.Type}.Create", Block.Select(lane => VectorSyntax.At("allTargets", Place(Sample(lane), Operation.TargetStride, Operation.TargetOffset))), ";"));
        writer.Line("// Targets are checked before, but another thread may write there meanwhile: a class stands for what is none.");
        writer.Line($"right = {v.Type}.Truncate({v.Min(v.Max(v.Zero, "right"), v.Constant(Classes - 1))});");
        writer.Line($"var weight = {v.Constant(Share)};");
        writer.Block("if (!sampleWeights.IsEmpty)", () => writer.Line(CodeWriter.Listed($"weight *= {v.Type}.Create", Block.Select(lane => $"sampleWeights[{Sample(lane)}]"), ";"))).Line();
        writer.Line($"var factor = weight * {v.Broadcast("scale")};");
        writer.Line($"var share = factor / sum;");
        foreach (var index in classes)
            writer.Line($"var is{index} = {v.Type}.Equals(right, {v.Constant(index)});");
        WriteJoined(writer, "output", [.. classes.Select(index => $"({Class(index)} & is{index})")], " | ");
        // The logarithm and the maximum stay apart: their sum would lose the small one where logits are large.
        writer.Line($"var logarithm = {VectorSyntax.Call("Log", "sum")};");
        writer.Line($"var loss = logarithm + (maximum - output);");
        if (Smoothing > 0)
        {
            writer.Line("// Each class is wanted a little, and the right one for the rest.");
            WriteJoined(writer, "ofAll", [.. classes.Select(index => $"(logarithm + (maximum - {Class(index)}))")], " + ");
            writer.Line($"loss = ({v.Constant(1 - Smoothing)} * loss) + ({v.Constant(Smoothing / Classes)} * ofAll);");
        }

        writer.Line("var losses = weight * loss;");
        writer.Line($"for (var lane = 0; lane < {Types.Math}.Min({Samples}, samples - sample); lane++)");
        writer.Indented(() => writer.Line($"{VectorSyntax.At("sampleLosses", "sample + lane")} {(IsFirst ? "=" : "+=")} {v.Type}.GetElement(losses, lane);"));
    }

    private void WriteGradients(CodeWriter writer, VectorSyntax v)
    {
        var wanted = "factor";
        if (Smoothing > 0)
        {
            writer.Line($"var spread = {v.Constant(Smoothing / Classes)} * factor;");
            writer.Line($"var wanted = {v.Constant(1 - Smoothing)} * factor;");
            wanted = "wanted";
        }

        for (var index = 0; index < Blocks * Samples; index++)
            writer.Line($"{Class(index)} = {(index >= Classes ? v.Zero : $"(exponential{index} * share) - {(Smoothing > 0 ? "spread - " : "")}({wanted} & is{index})")};");
    }

    private void WriteTransposition(CodeWriter writer)
    {
        for (var block = 0; block < Blocks; block++)
            writer.Line($"{Types.Interleaving}.Transpose({string.Join(", ", Block.Select(lane => $"ref {Class(block, lane)}"))});");
    }

    private string Row(int lane) => $"({Types.NUInt})({Arithmetic.Product(Sample(lane), Rows.Stride)})";

    private static string Sample(int lane) => lane == 0 ? "sample" : $"sample{lane}";

    /// <summary>A vector of eight samples: a class, or before and after that a block of a sample's row.</summary>
    private static string Class(int block, int lane) => Class((block * Samples) + lane);

    private static string Class(int index) => $"class{index}";

    /// <summary>Joins terms by an operator, four in a statement: two by two, so that none waits for more than one other.</summary>
    private static void WriteJoined(CodeWriter writer, string name, string[] terms, string join)
    {
        for (var first = 0; first < terms.Length; first += 4)
        {
            var pairs = Enumerable.Range(0, (Math.Min(4, terms.Length - first) + 1) / 2).Select(pair => terms.Skip(first + (2 * pair)).Take(2).ToArray()).ToArray();
            var few = pairs.Length == 1
                ? string.Join(join, pairs[0])
                : string.Join(join, pairs.Select(pair => pair.Length == 1 ? pair[0] : $"({string.Join(join, pair)})"));
            writer.Line(first == 0 ? $"var {name} = {few};" : $"{name} {join.Trim()}= {few};");
        }
    }
}
