using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>What kernels share that walk windows over pixels whose channels are lanes.</summary>
internal abstract class WindowKernel(Group group, Arranged arranged, IReadOnlyList<WindowedAxis> axes) : Kernel(group, arranged)
{
    /// <summary>Up to so many taps are written out.</summary>
    private const int UnrolledTaps = 16;

    protected WindowedAxis Vertical { get; } = axes.Count == 1 ? WindowedAxis.None : axes[0];

    protected WindowedAxis Horizontal { get; } = axes[axes.Count - 1];

    protected string Window => Invariant.Shape(axes.Select(axis => axis.Kernel));

    /// <summary>Whether every window has all its taps.</summary>
    protected bool IsWhole => Vertical.IsInside && Horizontal.IsInside;

    /// <summary>Whether the taps are few enough to be written out.</summary>
    protected bool IsUnrolled => IsWhole && Vertical.Kernel * Horizontal.Kernel <= UnrolledTaps;

    protected RowLayout PixelRows => Arranged.LayoutOf(Group.Head, PixelValue);

    /// <summary>The value that the windows take pixels of.</summary>
    protected abstract Value PixelValue { get; }

    /// <summary>The floats of a pixel's channels, padding included.</summary>
    protected int Stride => PixelRows.Stride;

    /// <summary>Writes loops over samples and windows; the body finds <c>window</c>'s pixel at <c>row</c> and <c>column</c>.</summary>
    protected void WriteWindows(CodeWriter writer, Action body) =>
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            WriteLoop(writer, "row", Vertical.Output, () =>
            {
                if (!IsWhole)
                    WriteRange(writer, Vertical, Row, "top", "rowBegin", "rowEnd");
                WriteLoop(writer, "column", Horizontal.Output, () =>
                {
                    if (!IsWhole)
                        WriteRange(writer, Horizontal, Column, "left", "columnBegin", "columnEnd");
                    body();
                });
            });
        });

    /// <summary>A loop, or nothing around its body where there is one round only.</summary>
    protected static void WriteLoop(CodeWriter writer, string name, int count, Action body)
    {
        if (count > 1)
        {
            writer.Block($"for (var {name} = 0; {name} < {count}; {name}++)", body);
            return;
        }

        body();
    }

    /// <summary>The taps of a window that exist.</summary>
    private static void WriteRange(CodeWriter writer, WindowedAxis axis, string index, string origin, string begin, string end)
    {
        writer.Line($"var {origin} = {Arithmetic.Sum(Arithmetic.Product(index, axis.Stride), -axis.Before)};");
        if (axis.Dilation == 1)
        {
            writer.Line($"var {begin} = {Types.Math}.Max(0, -{origin});");
            writer.Line($"var {end} = {Types.Math}.Min({axis.Kernel}, {axis.Input} - {origin});");
            return;
        }

        writer.Line($"var {begin} = {origin} >= 0 ? 0 : ((-{origin} - 1) / {axis.Dilation}) + 1;");
        writer.Line($"var {end} = {Types.Math}.Min({axis.Kernel}, (({axis.Input - 1} - {origin}) / {axis.Dilation}) + 1);");
    }

    /// <summary>The floats from a sample's start to the first tap of a whole window.</summary>
    protected string WholeOrigin => Address(Arithmetic.Product(Row, Vertical.Stride), Arithmetic.Product(Column, Horizontal.Stride), PixelRows.SampleLength, Horizontal.Input);

    protected string OutputPlace(int sampleLength) => Address(Row, Column, sampleLength, Horizontal.Output);

    /// <summary>The window's row.</summary>
    protected string Row => Vertical.Output > 1 ? "row" : "0";

    /// <summary>The window's column.</summary>
    protected string Column => Horizontal.Output > 1 ? "column" : "0";

    protected Affine Address(Affine row, Affine column, int sampleLength, int width) =>
        Arithmetic.Sum(Arithmetic.Product("sample", sampleLength), Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product(row, width), column), Stride));

    /// <summary>Writes code for each tap: its number and the offset from the window's first tap.</summary>
    protected void WriteTaps(CodeWriter writer, Action<string, string> body, LongSum? sums = null)
    {
        if (IsUnrolled)
        {
            for (var tap = 0; tap < Vertical.Kernel * Horizontal.Kernel; tap++)
                body(Literal.Of(tap), Literal.Of((((tap / Horizontal.Kernel * Vertical.Dilation) * Horizontal.Input) + (tap % Horizontal.Kernel * Horizontal.Dilation)) * Stride));
            return;
        }

        var (rowBegin, rowEnd, columnBegin, columnEnd) = IsWhole ? ("0", Literal.Of(Vertical.Kernel), "0", Literal.Of(Horizontal.Kernel)) : ("rowBegin", "rowEnd", "columnBegin", "columnEnd");
        writer.Block($"for (var i = {rowBegin}; i < {rowEnd}; i++)", () =>
        {
            writer.Block($"for (var j = {columnBegin}; j < {columnEnd}; j++)", () =>
            {
                body(
                    Arithmetic.Sum(Arithmetic.Product("i", Horizontal.Kernel), "j"),
                    Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("i", Vertical.Dilation * Horizontal.Input), Arithmetic.Product("j", Horizontal.Dilation)), Stride));
                if (Horizontal.Kernel > LongSum.Block)
                    sums?.FoldEvery("j", 1, Horizontal.Kernel);
            });
            if (Horizontal.Kernel <= LongSum.Block)
                sums?.FoldEvery("i", Horizontal.Kernel, Vertical.Kernel);
        });
    }

    /// <summary>The floats to the first tap, which need not exist.</summary>
    protected string Origin => IsWhole ? WholeOrigin : Address("top", "left", PixelRows.SampleLength, Horizontal.Input);
}

/// <summary>The maximum, the mean or the sum of each window.</summary>
internal sealed class PoolingKernel(Group group, Arranged arranged, PoolingKind function) : WindowKernel(group, arranged, ((Pooling)group.Head).Axes)
{
    private readonly Tail _tail = new(group, arranged);

    private Pooling Operation => (Pooling)Group.Head;

    protected override Value PixelValue => Operation.Inputs[0];

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    /// <summary>Whether the gradient is told which tap of each window has its maximum.</summary>
    private bool GivesTaps => Group.Head.Further.Any(Group.Stored.Contains);

    public override string Comment =>
        $"{Group.Head.Layer}: the {(function == PoolingKind.Average ? "mean" : function.ToString().ToLowerInvariant())} of {Window} windows, {Shape(Input)} → {Shape(Group.Result)}{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}. Channels are lanes." +
        (GivesTaps ? " The gradient goes to the first tap that has the maximum, whose number is kept." : "");

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), .. _tail.Arguments.Where(argument => argument.Value != Input), .. _tail.Parameters, KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var input = Names.Argument(Input.Name);
        WriteWindows(writer, () =>
        {
            var (isMean, adds) = (function == PoolingKind.Average, function != PoolingKind.Maximum);
            if (isMean && !IsWhole)
                writer.Line($"var factor = {v.Broadcast($"1f / ({Count(Vertical, Row, "rowEnd - rowBegin")} * {Count(Horizontal, Column, "columnEnd - columnBegin")})")};");
            writer.Line($"var place = ({Types.NUInt})({OutputPlace(LayoutOf(Group.Result).SampleLength)});");
            writer.Line(IsWhole ? $"ref var window = ref {Types.Unsafe}.Add(ref {input}, {Origin});" : $"var first = {Origin};");
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {Stride}; lane += {v.Lanes})", () =>
            {
                string Load(string offset) => IsWhole
                    ? v.Load("window", offset == "0" ? "lane" : IsUnrolled ? $"lane + {offset}" : $"lane + ({Types.NUInt})({offset})")
                    : v.Load(input, $"({Types.NUInt})({Arithmetic.Sum("first", offset)}) + lane");
                if (!IsUnrolled)
                    writer.Line($"var result = {(adds ? v.Zero : $"{v.Type}.Create(float.NegativeInfinity)")};");
                if (GivesTaps)
                    writer.Line($"var taps = {(IsWhole ? v.Zero : v.Broadcast($"(float)((rowBegin * {Horizontal.Kernel}) + columnBegin)"))};");
                var sums = new LongSum(writer, v, adds ? (long)Vertical.Kernel * Horizontal.Kernel : 0, "result").Declare();
                WriteTaps(writer, (tap, offset) =>
                {
                    if (tap == "0")
                        writer.Line($"var result = {Load(offset)};");
                    else if (GivesTaps)
                        WriteTap(writer, v, tap, Load(offset));
                    else
                        writer.Line(adds ? $"result += {Load(offset)};" : $"result = {v.Maximum("result", Load(offset))};");
                }, sums);
                sums.Finish();
                if (isMean)
                    writer.Line($"result *= {(IsWhole ? v.Constant(1f / (Vertical.Kernel * Horizontal.Kernel)) : "factor")};");
                if (GivesTaps)
                    writer.Line(v.Store("taps", Names.Argument(Operation.Taps.Name), "place + lane"));
                _tail.WriteOnRegister(writer, v, "result", value => VectorSyntax.Place(Names.Argument(value.Name), "place + lane"), operand => _tail.LanesAt(operand, v, "lane"));
            });
        });
    }

    /// <summary>Writes how a tap may become the maximum. A NaN takes its place: the maximum is one too.</summary>
    private void WriteTap(CodeWriter writer, VectorSyntax v, string tap, string load)
    {
        // Written out, the taps after the first use one pair of locals.
        var declares = !IsUnrolled || tap == "1" ? "var " : "";
        writer.Line($"{declares}value = {load};");
        writer.Line($"{declares}isLarger = ~{v.Type}.LessThanOrEqual(value, result);");
        writer.Line($"result = {v.Maximum("result", "value")};");
        writer.Line($"taps = {v.Select("isLarger", Arithmetic.IsNumber(tap, out var number) ? v.Constant(number) : v.Broadcast($"(float)({tap})"), "taps")};");
    }

    /// <summary>The divisor of a mean along an axis: the taps in the input, or in input and padding.</summary>
    private string Count(WindowedAxis axis, string index, string existing) => Operation.CountsPadding
        ? $"{Types.Math}.Min({axis.Kernel}, {axis.Input + axis.Padding} - {Arithmetic.Factor(Arithmetic.Product(index, axis.Stride))})"
        : $"({existing})";
}

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
        $"{Group.Head.Layer}, the gradient of its input: {(IsByWindow ? "each window writes its pixels" : "each pixel gathers from the windows that took it")}, {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}.";

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

    private int ResultLength => LayoutOf(Group.Result).SampleLength;

    private int GradientLength => InputLayout(0).SampleLength;

    private void WriteByWindow(CodeWriter writer, VectorSyntax v)
    {
        // Pixels between or behind the windows have no gradient.
        if (Vertical.Output * Vertical.Stride != Vertical.Input || Vertical.Kernel != Vertical.Stride || Horizontal.Output * Horizontal.Stride != Horizontal.Input || Horizontal.Kernel != Horizontal.Stride)
            writer.Line($"{Types.MemoryMarshal}.CreateSpan(ref {Result}, samples * {ResultLength}).Clear();");
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
