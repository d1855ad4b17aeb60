using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>The maximum, the mean or the sum of each window.</summary>
internal sealed class PoolingKernel(Group group, Arranged arranged, PoolingKind function) : WindowKernel(group, arranged, ((Pooling)group.Head).Axes)
{
    private readonly Tail _tail = new(group, arranged);

    private Pooling Operation => (Pooling)Group.Head;

    protected override Value PixelValue => Operation.Inputs[0];

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    /// <summary>Whether the gradient receives which tap of each window has its maximum.</summary>
    private bool GivesTaps => Group.Head.Further.Any(Group.Stored.Contains);

    public override string Comment =>
        $"{Group.Head.Layer}: the {(function == PoolingKind.Average ? "mean" : function.ToString().ToLowerInvariant())} of {Window} windows, {Shape(Input)} → {Shape(Group.Result)}{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}. Channels are lanes." +
        (GivesTaps ? " The gradient goes to the first tap with the maximum, whose number is kept." : "");

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
            writer.Line($"var place = ({Types.NUInt})({OutputPlace(LengthOf(Group.Result, LayoutOf(Group.Result)))});");
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
