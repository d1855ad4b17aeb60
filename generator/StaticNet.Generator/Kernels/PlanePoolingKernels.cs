using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// What the kernels of windows of two by two pixels (or two of a line) share that work on planes: pixels of a row are lanes,
/// and the columns of the windows are taken apart, or put together, in registers.
/// </summary>
internal abstract class PlanePoolingKernel : Kernel
{
    private readonly Value _large;
    private readonly Value _small;

    protected PlanePoolingKernel(Group group, Arranged arranged, IReadOnlyList<WindowedAxis> axes, Value large, Value small)
        : base(group, arranged)
    {
        Vertical = axes.Count == 1 ? WindowedAxis.None : axes[0];
        Horizontal = axes[axes.Count - 1];
        _large = large;
        _small = small;
        Tail = new Tail(group, arranged);
    }

    protected Tail Tail { get; }

    protected WindowedAxis Vertical { get; }

    protected WindowedAxis Horizontal { get; }

    protected string Window => Vertical.Kernel == 1 ? "2" : "2×2";

    /// <summary>The rows of the pixels that windows are laid over.</summary>
    protected RowLayout Large => RowsOf(_large);

    /// <summary>The rows of the windows.</summary>
    protected RowLayout Small => RowsOf(_small);

    private RowLayout RowsOf(Value value) => value == Group.Head.Output ? LayoutOf(value) : InputLayout(0);

    protected int Taps => Vertical.Kernel * Horizontal.Kernel;

    protected Value[] Inputs => Group.Head.Inputs.Select(input => Operand(Group.Head, input)).ToArray();

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Select(input => KernelArgument.Of(input, Names.Argument(input.Name))),
        .. Tail.Arguments.Where(argument => !Inputs.Contains(argument.Value)),
        .. Tail.Parameters,
        KernelArgument.Samples(),
    ];

    /// <summary>
    /// Writes loops over planes and rows of windows, and within a row over vectors of windows: the body takes the windows' lane
    /// and says which of the two vectors of pixels under them a row has.
    /// </summary>
    protected void WriteWindows(CodeWriter writer, VectorSyntax v, int lanes, Action<string, int> body) =>
        writer.Block($"for (var plane = 0; plane < samples * {_large.Type.Channels}; plane++)", () =>
        {
            void Row(string row)
            {
                writer.Line($"var first = ({Types.NUInt})({Arithmetic.Sum(Arithmetic.Product("plane", Large.SampleLength / _large.Type.Channels), Arithmetic.Product(row, Vertical.Stride * Large.Stride))});");
                writer.Line($"var place = ({Types.NUInt})({Arithmetic.Sum(Arithmetic.Product("plane", Small.SampleLength / _small.Type.Channels), Arithmetic.Product(row, Small.Stride))});");
                var whole = Math.Min(Small.Stride, Large.Stride / 2) / v.Lanes * v.Lanes;
                if (whole > v.Lanes)
                    writer.Block($"for ({Types.NUInt} lane = 0; lane < {whole}; lane += {v.Lanes})", () => body("lane", 2));
                for (var lane = whole > v.Lanes ? whole : 0; lane < lanes; lane += v.Lanes)
                    writer.Scoped(lanes > v.Lanes, () => body(Literal.Of(lane), Math.Max(0, Math.Min(2, (Large.Stride - (2 * lane)) / v.Lanes))));
            }

            if (Vertical.Output > 1)
                writer.Block($"for (var row = 0; row < {Vertical.Output}; row++)", () => Row("row"));
            else
                Row("0");
        });

    /// <summary>The offset of a vector of pixels: the row of the window, and the first or second half of the columns.</summary>
    protected string PixelPlace(VectorSyntax v, string lane, int row, int half) =>
        Arithmetic.Sum("first", Arithmetic.Product(lane, 2), Literal.Of((row * Large.Stride) + (half * v.Lanes)));

    /// <summary>Writes the columns of a row of windows apart: even0, odd0.</summary>
    protected void WriteColumns(CodeWriter writer, VectorSyntax v, string lane, int vectors)
    {
        for (var row = 0; row < Vertical.Kernel; row++)
        {
            string Load(int half) => half < vectors ? v.Load(Names.Argument(Inputs[0].Name), PixelPlace(v, lane, row, half)) : v.Zero;
            writer.Line($"var left{row} = {Load(0)};");
            writer.Line($"var right{row} = {Load(1)};");
            writer.Line($"var even{row} = {Types.Interleaving}.Even(left{row}, right{row});");
            writer.Line($"var odd{row} = {Types.Interleaving}.Odd(left{row}, right{row});");
        }
    }

    /// <summary>The name of a tap's pixels.</summary>
    protected static string Tap(int tap) => $"{(tap % 2 == 0 ? "even" : "odd")}{tap / 2}";
}

/// <summary>The maximum, the mean or the sum of each window.</summary>
internal sealed class PlaneWindowKernel(Group group, Arranged arranged)
    : PlanePoolingKernel(group, arranged, ((Pooling)group.Head).Axes, group.Head.Inputs[0], group.Head.Output)
{
    private Pooling Operation => (Pooling)Group.Head;

    public override string Comment =>
        $"{Group.Head.Layer}: the {(Operation.Function == PoolingKind.Average ? "mean" : Operation.Function.ToString().ToLowerInvariant())} of {Window} windows, {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}" +
        $"{(Group.Tail.Count > 0 ? ", then " + Tail.Title : "")}. Pixels of a row are lanes." +
        (GivesTaps ? " The gradient goes to the first tap with the maximum, whose number is kept." : "");

    /// <summary>Whether the gradient receives which tap of each window has its maximum.</summary>
    private bool GivesTaps => Group.Head.Further.Any(Group.Stored.Contains);

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        WriteWindows(writer, v, Small.Stride, (lane, vectors) =>
        {
            WriteColumns(writer, v, lane, vectors);
            var taps = Enumerable.Range(0, Taps).Select(Tap).ToArray();
            string Both(int first) => Operation.Function == PoolingKind.Maximum ? v.Maximum(taps[first], taps[first + 1]) : $"{taps[first]} + {taps[first + 1]}";
            if (GivesTaps)
                WriteMaximum(writer, v, lane);
            else if (Operation.Function == PoolingKind.Maximum)
                writer.Line($"var result = {taps.Skip(1).Aggregate(taps[0], v.Maximum)};");
            else
                writer.Line($"var result = {(Taps == 2 ? Both(0) : $"({Both(0)}) + ({Both(2)})")};");
            if (Operation.Function == PoolingKind.Average)
                writer.Line($"result *= {v.Constant(1f / Taps)};");
            if (Horizontal.Output * Horizontal.Stride < Horizontal.Input)
            {
                writer.Line("// The last column has no window.");
                var end = Arithmetic.IsNumber(lane, out var first) ? Literal.Of(Horizontal.Output - first) : $"{Horizontal.Output} - (int){lane}";
                writer.Line($"result &= {v.AsSingle($"{v.Type}.LessThan({v.Type}<int>.Indices, {v.Type}.Create({end}))")};");
            }

            Tail.WriteOnRegister(writer, v, "result", value => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum("place", lane)), operand => Tail.LanesAt(operand, v, "0"));
        });

    /// <summary>Writes the maximum with the number of its tap. A NaN takes its place: the maximum is one too.</summary>
    private void WriteMaximum(CodeWriter writer, VectorSyntax v, string lane)
    {
        writer.Line($"var result = {Tap(0)};");
        writer.Line($"var taps = {v.Zero};");
        for (var tap = 1; tap < Taps; tap++)
        {
            writer.Line($"{(tap == 1 ? "var " : "")}isLarger = ~{v.Type}.LessThanOrEqual({Tap(tap)}, result);");
            writer.Line($"result = {v.Maximum("result", Tap(tap))};");
            writer.Line($"taps = {v.Select("isLarger", v.Constant(tap), "taps")};");
        }

        writer.Line(v.Store("taps", Names.Argument(Operation.Taps.Name), Arithmetic.Sum("place", lane)));
    }
}

/// <summary>Each pixel's gradient: all of its window's where it was the maximum, its share of the mean, or all of the sum.</summary>
internal sealed class PlanePoolingGradientKernel(Group group, Arranged arranged)
    : PlanePoolingKernel(group, arranged, ((PoolingGradient)group.Head).Pooling.Axes, group.Head.Output, group.Head.Inputs[0])
{
    private Pooling Pooling => ((PoolingGradient)Group.Head).Pooling;

    private bool IsMaximum => Pooling.Function == PoolingKind.Maximum;

    public override string Comment =>
        $"{Group.Head.Layer}, the gradient of its input: each {Window} window writes its pixels, {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}" +
        $"{(Group.Tail.Count > 0 ? ", then " + Tail.Title : "")}. Pixels of a row are lanes.";

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        // Rows below the last window have no gradient.
        if (Vertical.Output * Vertical.Stride != Vertical.Input)
            Group.Stored.ForEach(value => writer.Line($"{SamplesTo(value, LayoutOf(value))}.Clear();"));
        WriteWindows(writer, v, (Large.Stride / 2) + (Large.Stride / 2 % v.Lanes), (lane, vectors) =>
        {
            var isPadding = int.TryParse(lane, out var number) && number >= Small.Stride;
            if (!isPadding)
            {
                writer.Line($"var d = {v.Load(Names.Argument(Inputs[0].Name), Arithmetic.Sum("place", lane))}{(Pooling.Function == PoolingKind.Average ? $" * {v.Constant(1f / Taps)}" : "")};");
                if (IsMaximum)
                    writer.Line($"var taps = {v.Load(Names.Argument(Inputs[1].Name), Arithmetic.Sum("place", lane))};");
            }

            for (var row = 0; row < Vertical.Kernel; row++)
            {
                string Column(int tap) => isPadding ? v.Zero : IsMaximum ? v.Select($"{v.Type}.Equals(taps, {v.Constant(tap)})", "d", v.Zero) : "d";
                if (IsMaximum && !isPadding)
                {
                    writer.Line($"var even{row} = {Column(2 * row)};");
                    writer.Line($"var odd{row} = {Column((2 * row) + 1)};");
                }

                var (even, odd) = IsMaximum && !isPadding ? ($"even{row}", $"odd{row}") : (Column(0), Column(0));
                for (var half = 0; half < vectors; half++)
                {
                    var register = $"dx{row}{half}";
                    var place = PixelPlace(v, lane, row, half);
                    writer.Line($"var {register} = {(isPadding ? v.Zero : $"{Types.Interleaving}.{(half == 0 ? "Low" : "High")}({even}, {odd})")};");
                    Tail.WriteOnRegister(writer, v, register, value => VectorSyntax.Place(Names.Argument(value.Name), place), operand => Tail.LanesAt(operand, v, "0"));
                }
            }
        });
    }
}
