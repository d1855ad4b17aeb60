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
                writer.Line($"ref var {name} = ref {Types.Unsafe}.Add(ref {Names.Argument(value.Name)}, sample * {SampleLength.Of(value.Name, length)});");
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
