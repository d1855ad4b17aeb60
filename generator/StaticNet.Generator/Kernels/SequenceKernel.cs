using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// What goes through whole sequences step by step: forward, and back for the gradient. Several sequences go on side by side, so that each vector of
/// the weight serves them all; fewer than that go one by one.
/// </summary>
/// <param name="group">The group.</param>
/// <param name="arranged">The layouts.</param>
/// <param name="cell">The cell of the recurrent layer.</param>
internal abstract class SequenceKernel(Group group, Arranged arranged, RecurrentCell cell) : Kernel(group, arranged)
{
    protected RecurrentCell Cell { get; } = cell;

    protected CellSyntax Syntax { get; } = new(cell);

    /// <summary>The vectors of the form that is being written.</summary>
    protected VectorSyntax V { get; private set; } = VectorSyntax.V256;

    /// <summary>Where it is written.</summary>
    protected CodeWriter Writer { get; private set; } = new();

    /// <summary>The lane of the vector that is being written.</summary>
    protected Affine Lane { get; set; }

    /// <summary>The steps of a sequence.</summary>
    protected int Steps => Arranged.StepsOf(Group.Result);

    /// <summary>The sequences side by side.</summary>
    protected abstract int Most(VectorSyntax v);

    /// <summary>Writes what happens at a step that a sequence does not have.</summary>
    /// <param name="count">The sequences side by side, from <c>sequence</c> on; <c>place</c> is that of the first one's step.</param>
    /// <param name="body">Takes the sequence's number among them.</param>
    protected void WriteMissing(int count, Action<string> body) => Writer.Block("if (!lengths.IsEmpty)", () =>
    {
        void Missing(string row) => Writer.Block($"if (place - (sequence * {Literal.Of(Steps)}) >= {SequenceLength.At(Arranged, Group.Result, $"lengths[{Arithmetic.Sum("sequence", row)}]")})", () => body(row));
        if (count > 1)
            Writer.Block($"for (var row = 0; row < {Literal.Of(count)}; row++)", () => Missing("row"));
        else
            Missing("0");
    });

    /// <summary>Writes the steps of so many sequences from <c>sequence</c> on.</summary>
    protected abstract void WriteSequences(int count);

    public override bool Has(VectorSyntax v) => Cell.Stride % v.Lanes == 0 && Cell.HiddenLanes % v.Lanes == 0;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        (V, Writer) = (v, writer);
        var most = Most(v);
        writer.Block($"if (sequences < {most})", () =>
        {
            writer.Block("for (var sequence = 0; sequence < sequences; sequence++)", () => WriteSequences(1));
            writer.Line("return;");
        }).Line();
        writer.Line("// Sequences of the last tile may have been in the one before: they are computed and stored again.");
        writer.Block($"for (var first = 0; first < sequences; first += {most})", () =>
        {
            writer.Line($"var sequence = {Types.Math}.Min(first, sequences - {most});");
            WriteSequences(most);
        });
    }
}
