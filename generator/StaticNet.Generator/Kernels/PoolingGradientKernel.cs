using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Each element's gradient: from the windows that took it, those whose maximum it was, its share of each mean, or all of each sum.</summary>
internal sealed class PoolingGradientKernel(Group group, Arranged arranged) : WindowKernel(group, arranged, ((PoolingGradient)group.Head).Pooling.Axes)
{
    private Pooling Pooling => ((PoolingGradient)Group.Head).Pooling;

    protected override Value PixelValue => Group.Head.Inputs[0];

    private Value[] Inputs => Group.Head.Inputs.Select(input => Operand(Group.Head, input)).ToArray();

    private bool IsMean => Pooling.Function == PoolingKind.Average;

    private bool IsMaximum => Pooling.Function == PoolingKind.Maximum;

    /// <summary>Windows that neither overlap nor leave the input each write the pixels that they took.</summary>
    private bool IsByWindow => IsUnrolled && Vertical.IsDisjoint && Horizontal.IsDisjoint;

    public override string Comment =>
        $"{Group.Head.Layer}, the gradient of its input: {(IsByWindow ? "each window writes its pixels" : "each pixel gathers from the windows that contain it")}, {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [.. Inputs.Select(input => KernelArgument.Of(input, Names.Argument(input.Name))), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (IsByWindow)
            WriteByWindow(writer, v);
        else
            WriteByPixel(writer, v);
    }

    private string PixelRow => Vertical.Input > 1 ? "row" : "0";

    private string PixelColumn => Horizontal.Input > 1 ? "column" : "0";

    private string Gradient => Names.Argument(Inputs[0].Name);

    private string Taps => Names.Argument(Inputs[1].Name);

    private string Result => Names.Argument(Group.Result.Name);

    private string ResultLength => LengthOf(Group.Result, LayoutOf(Group.Result));

    private string GradientLength => LengthOf(Inputs[0], InputLayout(0));

    private void WriteByWindow(CodeWriter writer, VectorSyntax v)
    {
        // Pixels between or after the windows have no gradient.
        if (Vertical.Output * Vertical.Stride != Vertical.Input || Vertical.Kernel != Vertical.Stride || Horizontal.Output * Horizontal.Stride != Horizontal.Input || Horizontal.Kernel != Horizontal.Stride)
            writer.Line($"{SamplesTo(Group.Result, LayoutOf(Group.Result))}.Clear();");
        WriteWindows(writer, () =>
        {
            writer.Line($"var place = ({Types.NUInt})({OutputPlace(GradientLength)});");
            writer.Line($"ref var window = ref {Types.Unsafe}.Add(ref {Result}, {Address(Arithmetic.Product(Row, Vertical.Stride), Arithmetic.Product(Column, Horizontal.Stride), ResultLength, Horizontal.Input)});");
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {Stride}; lane += {v.Lanes})", () =>
            {
                writer.Line($"var d = {v.Load(Gradient, "place + lane")}{(IsMean ? $" * {v.Constant(1f / (Vertical.Kernel * Horizontal.Kernel))}" : "")};");
                if (IsMaximum)
                    writer.Line($"var taps = {v.Load(Taps, "place + lane")};");
                WriteTaps(writer, (tap, offset) => writer.Line(v.Store(
                    !IsMaximum ? "d" : v.Select($"{v.Type}.Equals(taps, {v.Constant(int.Parse(tap))})", "d", v.Zero), "window", offset == "0" ? "lane" : $"lane + {offset}")));
            });
        });
    }

    private void WriteByPixel(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
            WriteLoop(writer, "row", Vertical.Input, () =>
            {
                WriteWindowsOf(writer, Vertical, PixelRow, "rowBegin", "rowEnd");
                WriteLoop(writer, "column", Horizontal.Input, () =>
                {
                    WriteWindowsOf(writer, Horizontal, PixelColumn, "columnBegin", "columnEnd");
                    writer.Line($"var place = ({Types.NUInt})({Address(PixelRow, PixelColumn, ResultLength, Horizontal.Input)});");
                    writer.Block($"for ({Types.NUInt} lane = 0; lane < {Stride}; lane += {v.Lanes})", () =>
                    {
                        writer.Line($"var sum = {v.Zero};");
                        writer.Block("for (var i = rowBegin; i < rowEnd; i++)", () =>
                        {
                            writer.Line($"var rowTap = {Arithmetic.Sum(PixelRow, Vertical.Before)} - {Arithmetic.Factor(Arithmetic.Product("i", Vertical.Stride))};");
                            if (Vertical.Dilation > 1)
                                writer.Block($"if (rowTap % {Vertical.Dilation} != 0)", () => writer.Line("continue;"));
                            writer.Block("for (var j = columnBegin; j < columnEnd; j++)", () => WriteWindow(writer, v));
                        });
                        writer.Line(v.Store("sum", Result, "place + lane"));
                    });
                });
            }));
    }

    private void WriteWindow(CodeWriter writer, VectorSyntax v)
    {
        writer.Line($"var columnTap = {Arithmetic.Sum(PixelColumn, Horizontal.Before)} - {Arithmetic.Factor(Arithmetic.Product("j", Horizontal.Stride))};");
        if (Horizontal.Dilation > 1)
            writer.Block($"if (columnTap % {Horizontal.Dilation} != 0)", () => writer.Line("continue;"));
        writer.Line($"var window = ({Types.NUInt})({Address("i", "j", GradientLength, Horizontal.Output)}) + lane;");
        if (IsMaximum)
        {
            string Tap(string tap, WindowedAxis axis) => axis.Dilation == 1 ? tap : $"({tap} / {axis.Dilation})";
            writer.Line($"var tap = {v.Broadcast($"(float)(({Tap("rowTap", Vertical)} * {Horizontal.Kernel}) + {Tap("columnTap", Horizontal)})")};");
            writer.Line($"sum += {v.Select($"{v.Type}.Equals({v.Load(Taps, "window")}, tap)", v.Load(Gradient, "window"), v.Zero)};");
            return;
        }

        if (!IsMean)
        {
            writer.Line($"sum += {v.Load(Gradient, "window")};");
            return;
        }

        writer.Line($"var share = 1f / ({Count(Vertical, "i")} * {Count(Horizontal, "j")});");
        writer.Line($"sum = {v.MultiplyAdd(v.Broadcast("share"), v.Load(Gradient, "window"), "sum")};");
    }

    /// <summary>The number of taps that a mean divides by along an axis.</summary>
    private string Count(WindowedAxis axis, string index)
    {
        if (axis.IsInside)
            return Literal.Of(axis.Kernel);
        var start = Arithmetic.Factor(Arithmetic.Product(index, axis.Stride));
        return Pooling.CountsPadding
            ? $"{Types.Math}.Min({axis.Kernel}, {axis.Input + axis.Padding} - {start})"
            : $"({Types.Math}.Min({axis.Kernel}, {axis.Input + axis.Before} - {start}) - {Types.Math}.Max(0, {axis.Before} - {start}))";
    }

    /// <summary>The windows that may have taken a pixel along an axis.</summary>
    private static void WriteWindowsOf(CodeWriter writer, WindowedAxis axis, string pixel, string begin, string end)
    {
        var span = (axis.Kernel - 1) * axis.Dilation;
        writer.Line($"var {begin} = {Types.Math}.Max(0, {Arithmetic.Quotient(Arithmetic.Sum(pixel, axis.Before - span + axis.Stride - 1), axis.Stride)});");
        writer.Line($"var {end} = {Types.Math}.Min({axis.Output}, {Arithmetic.Sum(Arithmetic.Quotient(Arithmetic.Sum(pixel, axis.Before), axis.Stride), 1)});");
    }
}
