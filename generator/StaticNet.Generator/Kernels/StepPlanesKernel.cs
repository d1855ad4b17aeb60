using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// A product, or a causal convolution, over the steps of a block in planes: steps are lanes, each weight serves a vector of them. What a convolution
/// keeps is a ring for each channel. Lanes beyond the block's last step are computed too; nobody reads them.
/// </summary>
internal sealed class StepPlanesKernel : Kernel
{
    private readonly Tail _tail;
    private readonly StepConvolution? _convolution;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    public StepPlanesKernel(Group group, Arranged arranged)
        : base(group, arranged)
    {
        _tail = new Tail(group, arranged);
        _convolution = group.Head as StepConvolution;
        (_weight, _bias) = _convolution is null ? (((Contraction)group.Head).Weight, ((Contraction)group.Head).Bias) : (_convolution.Whole.Weight, _convolution.Whole.Bias);
    }

    public override string Comment =>
        $"{Group.Head.Layer}: {(_convolution is null ? "" : "a causal convolution, ")}{Shape(Input)} → {Shape(Group.Result)}{(Taps > 1 ? $", {Taps} taps{(Dilation > 1 ? $", {Dilation} steps apart" : "")}" : "")}, for the steps of a block, which are lanes" +
        $"{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.{(Kept > 0 ? $" For each channel a ring keeps the last {Ring.Places} inputs, the first {Ring.Repeated} of them twice." : "")}";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, InputName),
        .. _tail.Arguments.Where(argument => argument.Value != Input),
        .. Group.Head.Parameters.Select(KernelArgument.Of),
        .. _tail.Parameters.Where(argument => !Group.Head.Parameters.Contains(argument.Parameter)),
        .. Kept > 0 ? [new KernelArgument(ArgumentKind.State, "past", _convolution!.Past!.Value), new KernelArgument(ArgumentKind.StreamPosition, "position")] : Array.Empty<KernelArgument>(),
        KernelArgument.Steps,
    ];

    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    private string InputName => Names.Argument(Input.Name);

    private int Taps => _convolution?.Taps ?? 1;

    private int Dilation => _convolution?.Dilation ?? 1;

    private int Kept => _convolution?.Past?.Steps ?? 0;

    private int Channels => Group.Head.Inputs[0].Type.Length;

    private int Outputs => Group.Head.Output.Type.Length;

    /// <summary>The floats from plane to plane.</summary>
    private int Plane => Arranged.Capacity;

    private StateRing Ring => Arranged.RingOf(_convolution!.Past!);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (Kept > 0)
            WriteRings(writer, v);
        writer.Line("var step = 0;");
        if (Taps > 1)
        {
            // A vector from the ring would wait for stores that it only overlaps.
            writer.Line("// One step alone is the same in all lanes.");
            writer.Block("if (steps == 1)", () =>
            {
                WriteTile(writer, v, 1, isSingle: true);
                writer.Line("return;");
            }).Line();
        }

        writer.Block($"for (; step < steps - {v.Lanes}; step += {2 * v.Lanes})", () => WriteTile(writer, v, 2));
        writer.Line();
        writer.Block($"for (; step < steps; step += {v.Lanes})", () => WriteTile(writer, v, 1));
    }

    private void WriteRings(CodeWriter writer, VectorSyntax v)
    {
        writer.Line($"var now = (int)((ulong)position % {Ring.Places});");
        writer.Block($"for (var channel = 0; channel < {Channels}; channel++)", () =>
        {
            writer.Line($"ref var ring = ref {Types.Unsafe}.Add(ref past, {Arithmetic.Product("channel", Ring.Rows)});");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {InputName}, {Arithmetic.Product("channel", Plane)});");
            writer.Block("if (steps == 1)", () =>
            {
                writer.Line($"{VectorSyntax.At("ring", "now")} = x;");
                writer.Block($"if (now < {Ring.Repeated})", () => writer.Line($"{VectorSyntax.At("ring", $"now + {Ring.Places}")} = x;"));
                writer.Line("continue;");
            }).Line();
            writer.Block($"for (var i = 0; i < steps; i += {v.Lanes})", () => writer.Line(v.Store(v.Load("x", $"({Types.NUInt})i"), "ring", $"({Types.NUInt})(now + i)")));
            writer.Block($"if (now < {Ring.Repeated} || now > {Ring.Places} - steps)", () =>
                writer.Line($"{Types.StreamRing}.Repeat({SpanSyntax.Write("ring", Literal.Of(Ring.Rows))}, {Ring.Places}, {Ring.Repeated}, 1, now, steps);"));
        });
        writer.Line($"var oldest = now >= {Kept} ? now - {Kept} : now + {Ring.Places - Kept};");
    }

    /// <summary>Some vectors of steps of all outputs.</summary>
    private void WriteTile(CodeWriter writer, VectorSyntax v, int vectors, bool isSingle = false)
    {
        for (var output = 0; output < Outputs; output++)
        {
            writer.Line($"var {Sum(output, 0)} = {(_bias is null ? v.Zero : v.Broadcast(VectorSyntax.At(Names.Argument(_bias.CodeName), Literal.Of(output))))};");
            for (var vector = 1; vector < vectors; vector++)
                writer.Line($"var {Sum(output, vector)} = {Sum(output, 0)};");
        }

        if (Taps == 1)
        {
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {InputName}, step);");
            WriteTap(writer, v, vectors, Names.Argument(_weight.CodeName), Plane, Sum, isSingle);
        }
        else
        {
            WriteTaps(writer, v, vectors, isSingle);
        }

        for (var output = 0; output < Outputs; output++)
        {
            for (var vector = 0; vector < vectors; vector++)
            {
                var (plane, lane) = (output, (output * Plane) + (vector * v.Lanes));
                _tail.WriteOnRegister(
                    writer, v, Sum(output, vector), value => VectorSyntax.Place(Names.Argument(value.Name), $"({Types.NUInt})({Arithmetic.Sum("step", lane)})"),
                    operand => v.Broadcast(operand.IsUniform ? Names.Argument(operand.Parameter!.CodeName) : VectorSyntax.At(Names.Argument(operand.Parameter!.CodeName), Literal.Of(plane))));
            }
        }
    }

    /// <summary>The taps in pairs, each of a pair with sums of its own, so that none waits for all others.</summary>
    private void WriteTaps(CodeWriter writer, VectorSyntax v, int vectors, bool isSingle)
    {
        for (var output = 0; output < Outputs; output++)
        {
            for (var vector = 0; vector < vectors; vector++)
                writer.Line($"var {Part(output, vector)} = {v.Zero};");
        }

        writer.Block($"for (var tap = 0; tap < {Taps - 1}; tap += 2)", () =>
        {
            writer.Block("", () => WriteTapAt(writer, v, vectors, "tap", Sum, isSingle));
            writer.Block("", () => WriteTapAt(writer, v, vectors, "(tap + 1)", Part, isSingle));
        });
        if (Taps % 2 != 0)
            writer.Block("", () => WriteTapAt(writer, v, vectors, Literal.Of(Taps - 1), Sum, isSingle));
        for (var output = 0; output < Outputs; output++)
        {
            for (var vector = 0; vector < vectors; vector++)
                writer.Line($"{Sum(output, vector)} += {Part(output, vector)};");
        }
    }

    private void WriteTapAt(CodeWriter writer, VectorSyntax v, int vectors, string tap, Func<int, int, string> sum, bool isSingle)
    {
        writer.Line($"var row = oldest + {Arithmetic.Product(tap, Dilation)};");
        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref past, (row < {Ring.Places} ? row : row - {Ring.Places}) + step);");
        writer.Line($"ref var weight = ref {Types.Unsafe}.Add(ref {Names.Argument(_weight.CodeName)}, {Arithmetic.Product(tap, Channels * Lanes.Panel)});");
        WriteTap(writer, v, vectors, "weight", Ring.Rows, sum, isSingle);
    }

    private void WriteTap(CodeWriter writer, VectorSyntax v, int vectors, string weight, int plane, Func<int, int, string> sum, bool isSingle)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var vector = 0; vector < vectors; vector++)
                writer.Set($"x{vector}", isSingle ? v.Broadcast(VectorSyntax.At("x", Literal.Of(channel * plane))) : v.Load("x", Literal.Of((channel * plane) + (vector * v.Lanes))));
            for (var output = 0; output < Outputs; output++)
            {
                writer.Set("w", v.Broadcast(VectorSyntax.At(weight, Literal.Of((channel * Lanes.Panel) + output))));
                for (var vector = 0; vector < vectors; vector++)
                    writer.Line($"{sum(output, vector)} = {v.MultiplyAdd($"x{vector}", "w", sum(output, vector))};");
            }
        }
    }

    private static string Part(int output, int vector) => $"part{output}{vector}";

    private static string Sum(int output, int vector) => $"sum{output}{vector}";
}
