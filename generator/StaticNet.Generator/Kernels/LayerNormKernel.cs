using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>What kernels share that normalise sets of elements: rows, or samples whose channels are last.</summary>
internal abstract class LayerNormKernel(Group group, Arranged arranged, LayerNormRule norm, Value normalized) : Kernel(group, arranged)
{
    protected LayerNormRule Norm { get; } = norm;

    /// <summary>The rows of the values.</summary>
    protected RowLayout Rows => Arranged.LayoutOf(Group.Head, normalized);

    /// <summary>The floats of a set, padding included.</summary>
    protected int SetLength => Norm.Rows * Rows.Stride;

    /// <summary>What a set is, in comments.</summary>
    protected string Set => Norm.Rows == 1 ? $"row of {Rows.Width}" : "sample";

    protected Value[] Inputs => Group.Head.Inputs.Select(value => Operand(Group.Head, value)).ToArray();

    protected IEnumerable<KernelArgument> InputArguments => Inputs.Distinct().Select(value => KernelArgument.Of(value, Names.Argument(value.Name)));

    protected static KernelArgument Sets(Value moments) => new(ArgumentKind.Rows, "sets", moments);

    /// <summary>Writes the loop over the sets, with a reference to the set of each value under a short name.</summary>
    protected void WriteSets(CodeWriter writer, IEnumerable<(string Name, Value Value)> values, Action body) =>
        writer.Block("for (var set = 0; set < sets; set++)", () =>
        {
            foreach (var (name, value) in values)
                writer.Line($"ref var {name} = ref {Types.Unsafe}.Add(ref {Names.Argument(value.Name)}, set * {SetLength});");
            body();
        });

    /// <summary>A moment of the set.</summary>
    protected static string Moment(Value moments, int place) => $"{Types.Unsafe}.Add(ref {Names.Argument(moments.Name)}, {Arithmetic.Sum(place == 0 ? $"set * {Lanes.Panel}" : $"(set * {Lanes.Panel})", Literal.Of(place))})";

    protected void WriteMoments(CodeWriter writer, VectorSyntax v, Value moments)
    {
        writer.Line($"var inverse = {v.Broadcast(Moment(moments, LayerMoments.Inverse))};");
        if (Norm.IsCentred)
            writer.Line($"var mean = {v.Broadcast(Moment(moments, LayerMoments.Mean))};");
    }

    /// <summary>x, or its distance from the mean.</summary>
    protected string Centred(VectorSyntax v, string place) => Norm.IsCentred ? $"({v.Load("x", place)} - mean)" : v.Load("x", place);

    /// <summary>A parameter's vector.</summary>
    protected static string Load(VectorSyntax v, Parameter parameter, string place) => v.Load(Names.Argument(parameter.CodeName), place);

    /// <summary>The registers of a sum over a set.</summary>
    protected int PartialsOf(VectorSyntax v) => PartialSums.CountOf(Norm.Rows > 1 ? Norm.Rows : Rows.Width < v.Lanes ? 1 : Rows.Width / v.Lanes);

    /// <summary>The mean over a set, from the sum's registers.</summary>
    protected string MeanOf(VectorSyntax v, string name) =>
        $"{v.Type}.Sum({PartialSums.Total(name, PartialsOf(v))}) * {Literal.Of(1f / (Norm.Rows * Rows.Width))}";

    /// <summary>Writes a body for the vectors of a set.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="body">Takes the number of the sum's register, the place of the elements, that of their parameters, and the mask of those that exist; null: all do.</param>
    /// <param name="names">The sums, which are declared first.</param>
    protected void WriteSums(CodeWriter writer, VectorSyntax v, Action<int, string, string, string?> body, params string[] names)
    {
        var partials = PartialsOf(v);
        PartialSums.Declare(writer, v, partials, names);
        var vectors = ((Rows.Width - 1) / v.Lanes) + 1;
        var sums = new LongSum(writer, v, (long)vectors * Norm.Rows / partials, PartialSums.Of(partials, names)).Declare();
        WriteTerms(writer, v, partials, body, sums);
        sums.Finish();
    }

    private void WriteTerms(CodeWriter writer, VectorSyntax v, int partials, Action<int, string, string, string?> body, LongSum sums)
    {
        if (Norm.Rows > 1)
        {
            RowLoops.Write(writer, v, Rows.Width, (lane, mask) => WriteColumn(writer, lane, partials, (k, place, parameter) => body(k, place, parameter, mask), sums));
            return;
        }

        PartialSums.Loop(writer, "lane", ((Rows.Width - 1) / v.Lanes) + 1, v.Lanes, partials, (k, lane, offset) =>
        {
            // The loop runs over whole vectors: what is left over comes after it.
            var place = Arithmetic.Sum(lane, Literal.Of(offset));
            body(k, place, place, lane.Length == 0 && offset + v.Lanes > Rows.Width ? RowLoops.Mask(v, Rows.Width - offset) : null);
        }, Rows.Width % v.Lanes != 0, sums);
    }

    /// <summary>Writes a body for the vectors of a set one after the other, those of each row up to a width.</summary>
    protected void WriteVectors(CodeWriter writer, VectorSyntax v, int width, Action<string, string, string?> body) =>
        RowLoops.Write(writer, v, width, (lane, mask) =>
        {
            if (Norm.Rows == 1)
                body(lane, lane, mask);
            else
                WriteColumn(writer, lane, 1, (_, place, parameter) => body(place, parameter, mask));
        });

    /// <summary>Writes a body once: for the vectors of a set at <c>lane</c>.</summary>
    protected void WriteRows(CodeWriter writer, Action<string, string> body)
    {
        if (Norm.Rows == 1)
            body("lane", "lane");
        else
            WriteColumn(writer, "lane", 1, (_, place, parameter) => body(place, parameter));
    }

    /// <summary>Writes the loop over the rows of a sample at a lane. Its parameters are stored as panels of 16 lanes with all rows.</summary>
    private void WriteColumn(CodeWriter writer, string lane, int partials, Action<int, string, string> body, LongSum? sums = null)
    {
        var column = lane;
        if (int.TryParse(lane, out var first))
        {
            column = Literal.Of((first / Lanes.Panel * Lanes.Panel * Norm.Rows) + (first % Lanes.Panel));
        }
        else if (Norm.Weight is not null && Rows.Stride > Lanes.Panel)
        {
            writer.Line($"var column = (lane / {Lanes.Panel} * {Lanes.Panel * Norm.Rows}) + (lane % {Lanes.Panel});");
            column = "column";
        }

        PartialSums.Loop(writer, "row", Norm.Rows, 1, partials, (k, row, offset) => body(
            k,
            Arithmetic.Sum(lane, row.Length == 0 ? "" : $"(row * {Rows.Stride})", Literal.Of(offset * Rows.Stride)),
            Arithmetic.Sum(column, row.Length == 0 ? "" : $"(row * {Lanes.Panel})", Literal.Of(offset * Lanes.Panel))), sums: sums);
    }
}
