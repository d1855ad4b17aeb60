using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Softmax or log-softmax of each row; the largest element is subtracted first, so that nothing overflows.</summary>
internal sealed class SoftmaxKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Softmax Operation => (Softmax)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: {(Operation.Logarithm ? "log-softmax" : "softmax")} of {Shape(Group.Result)}, the maximum subtracted so that nothing overflows.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Rows(Group.Result)];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = LayoutOf(Group.Result);
        writer.Block("for (var row = 0; row < rows; row++)", () =>
        {
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, row * {rows.Stride});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, row * {rows.Stride});");
            LogSumExp.Write(writer, v, rows.Width, "x", Operation.Logarithm ? null : "y");
            writer.Line();
            if (Operation.Logarithm)
            {
                // The logarithm and the maximum are taken off apart: their sum would lose the small one where inputs are large.
                writer.Line($"var logarithm = {v.Broadcast($"{Types.MathF}.Log(sum)")};");
                WriteEach(writer, v, rows.Width, lane => $"({v.Load("x", lane)} - {v.Broadcast("maximum")}) - logarithm");
            }
            else
            {
                writer.Line($"var share = {v.Broadcast("1 / sum")};");
                WriteEach(writer, v, rows.Width, lane => $"{v.Load("y", lane)} * share");
            }

            RowLoops.WritePadding(writer, v, "y", "", rows.Width);
        });
    }

    private static void WriteEach(CodeWriter writer, VectorSyntax v, int width, Func<string, string> value) =>
        RowLoops.Write(writer, v, width, (lane, mask) =>
            writer.Line(v.Store(mask is null ? value(lane) : $"{mask} & ({value(lane)})", "y", lane)));
}

/// <summary>The statements that leave a row's largest element in <c>maximum</c> and Σ e^(x − maximum) in <c>sum</c>.</summary>
internal static class LogSumExp
{
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="width">The elements of the row.</param>
    /// <param name="row">The name of the row's reference.</param>
    /// <param name="exponentials">The name of the reference of a row that takes e^(x − maximum), or null.</param>
    public static void Write(CodeWriter writer, VectorSyntax v, int width, string row, string? exponentials)
    {
        writer.Line($"var largest = {v.Broadcast("float.NegativeInfinity")};");
        RowLoops.Write(writer, v, width, (lane, mask) =>
        {
            var load = v.Load(row, lane);
            writer.Line($"largest = {v.Max("largest", mask is null ? load : v.Select(mask, load, v.Broadcast("float.NegativeInfinity")))};");
        });
        writer.Line($"var maximum = {Types.Horizontal}.Max(largest);");
        writer.Line($"var sums = {v.Zero};");
        var longSum = new LongSum(writer, v, width / v.Lanes, "sums").Declare();
        RowLoops.Write(writer, v, width, (lane, mask) =>
        {
            var exponential = VectorSyntax.Call("Exp", $"{v.Load(row, lane)} - {v.Broadcast("maximum")}");
            writer.Line($"var exponential = {(mask is null ? exponential : $"{mask} & {exponential}")};");
            writer.Line("sums += exponential;");
            if (exponentials is not null)
                writer.Line(v.Store("exponential", exponentials, lane));
        }, longSum);
        longSum.Finish();
        writer.Line($"var sum = {v.Type}.Sum(sums);");
    }
}

/// <summary>dx = y(dy − Σ y·dy), or for log-softmax dx = dy − e^y Σ dy.</summary>
internal sealed class SoftmaxGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private SoftmaxGradient Operation => (SoftmaxGradient)Group.Head;

    private Value Gradient => Operand(Operation, Operation.Inputs[0]);

    private Value Output => Operand(Operation, Operation.Inputs[1]);

    public override string Comment => Operation.Logarithm
        ? $"{Group.Head.Layer}: the gradient before the log-softmax, dx = dy − e^y Σ dy."
        : $"{Group.Head.Layer}: the gradient before the softmax, dx = y(dy − Σ y·dy).";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [.. new[] { Gradient, Output, Group.Result }.Select(value => KernelArgument.Of(value, Names.Argument(value.Name))), KernelArgument.Rows(Group.Result)];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = LayoutOf(Group.Result);
        writer.Block("for (var row = 0; row < rows; row++)", () =>
        {
            writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, row * {rows.Stride});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Output.Name)}, row * {rows.Stride});");
            writer.Line($"ref var dx = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, row * {rows.Stride});");
            writer.Line($"var sums = {v.Zero};");
            RowLoops.Write(writer, v, rows.Width, (lane, _) => writer.Line(Operation.Logarithm
                ? $"sums += {v.Load("dy", lane)};"
                : $"sums = {v.MultiplyAdd(v.Load("y", lane), v.Load("dy", lane), "sums")};"));
            writer.Line($"var sum = {v.Broadcast($"{v.Type}.Sum(sums)")};");
            RowLoops.Write(writer, v, rows.Width, (lane, mask) =>
            {
                var value = Operation.Logarithm
                    ? $"{v.Load("dy", lane)} - ({VectorSyntax.Call("Exp", v.Load("y", lane))} * sum)"
                    : $"{v.Load("y", lane)} * ({v.Load("dy", lane)} - sum)";
                writer.Line(v.Store(mask is null ? value : $"{mask} & ({value})", "dx", lane));
            });
            RowLoops.WritePadding(writer, v, "dx", "", rows.Width);
        });
    }
}
