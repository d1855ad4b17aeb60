using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>What kernels share that walk windows over pixels whose channels are lanes.</summary>
internal abstract class WindowKernel(Group group, Arranged arranged, IReadOnlyList<WindowedAxis> axes) : Kernel(group, arranged)
{
    /// <summary>Up to this many taps are written out.</summary>
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
    protected string WholeOrigin => Address(Arithmetic.Product(Row, Vertical.Stride), Arithmetic.Product(Column, Horizontal.Stride), LengthOf(PixelValue, PixelRows), Horizontal.Input);

    protected string OutputPlace(string sampleLength) => Address(Row, Column, sampleLength, Horizontal.Output);

    /// <summary>The window's row.</summary>
    protected string Row => Vertical.Output > 1 ? "row" : "0";

    /// <summary>The window's column.</summary>
    protected string Column => Horizontal.Output > 1 ? "column" : "0";

    protected Affine Address(Affine row, Affine column, string sampleLength, int width) =>
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
    protected string Origin => IsWhole ? WholeOrigin : Address("top", "left", LengthOf(PixelValue, PixelRows), Horizontal.Input);
}
