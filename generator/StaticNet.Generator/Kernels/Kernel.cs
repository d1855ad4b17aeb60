using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>The loops of a planned group. A kernel knows shapes and layouts; it knows no layer.</summary>
internal abstract class Kernel(Group group, Arranged arranged)
{
    public Group Group { get; } = group;

    protected Arranged Arranged { get; } = arranged;

    /// <summary>The method's name.</summary>
    public string Method { get; set; } = Names.Pascal(group.Head.Layer) + group.Head.Verb;

    /// <summary>What the method computes, with which loops and why: the comment above it.</summary>
    public abstract string Comment { get; }

    public abstract IReadOnlyList<KernelArgument> Arguments { get; }

    /// <summary>Whether there is a form for the width; the others run in its place where there is none.</summary>
    public virtual bool Has(VectorSyntax v) => true;

    /// <summary>Writes the statements of the method.</summary>
    public abstract void WriteBody(CodeWriter writer, VectorSyntax v);

    /// <summary>The number of tiles of a kernel that is split by tiles; 0 for those that are split by samples.</summary>
    public virtual int Tiles => 0;

    /// <summary>Whether it reads or writes what follows from the parameters alone.</summary>
    public bool ReadsPrepared => Arguments.Any(argument => argument is { Kind: ArgumentKind.Value, Value: { } value } && Arranged.Resolve(value).Producer is { IsPrepared: true });

    protected RowLayout LayoutOf(Value value) => Arranged.LayoutOf(value);

    /// <summary>The rows of an input of the group's head.</summary>
    protected RowLayout InputLayout(int index) => Arranged.LayoutOf(Group.Head, Group.Head.Inputs[index]);

    /// <summary>The value as it stands in memory for an operation of this group.</summary>
    protected Value Operand(Operation operation, Value input) => Arranged.Operand(operation, input);

    /// <summary>The floats of a sample as rows hold it: those of a value's own sample, or of several where steps of a sequence are one sample here.</summary>
    protected string LengthOf(Value value, RowLayout rows)
    {
        var own = LayoutOf(value).SampleLength;
        return rows.SampleLength > own && rows.SampleLength % own == 0
            ? $"({Literal.Of(rows.SampleLength / own)} * {SampleLength.Of(value.Name, own)})"
            : SampleLength.Of(value.Name, rows.SampleLength);
    }

    /// <summary>The memory of a value, of all samples, to be read.</summary>
    protected string SamplesOf(Value value, RowLayout layout) => SpanSyntax.Read(Names.Argument(value.Name), Arithmetic.Product("samples", LengthOf(value, layout)));

    /// <summary>The memory of a value, of all samples, to be written.</summary>
    protected string SamplesTo(Value value, RowLayout layout) => SpanSyntax.Write(Names.Argument(value.Name), Arithmetic.Product("samples", LengthOf(value, layout)));

    protected static string Shape(Value value) => value.Type.ToString();
}
