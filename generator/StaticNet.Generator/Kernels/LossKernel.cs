using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>A loss: each sample's loss, and the gradient of what the loss takes.</summary>
internal abstract class LossKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        .. Operation.Parameters.Select(KernelArgument.Of),
        new KernelArgument(ArgumentKind.SampleLosses, "sampleLosses"),
        new KernelArgument(ArgumentKind.Targets, "targets"),
        new KernelArgument(ArgumentKind.SampleWeights, "sampleWeights"),
        .. Steps > 1 ? [KernelArgument.SequenceLengths] : Array.Empty<KernelArgument>(),
        new KernelArgument(ArgumentKind.Scale, "scale"),
        KernelArgument.Samples(),
    ];

    protected Loss Operation => (Loss)Group.Head;

    protected LossSpec Spec => Operation.Spec;

    /// <summary>Whether it is the first loss of the network, which sets a sample's loss; the others add to it.</summary>
    protected bool IsFirst => Operation.Number == 1;

    protected Value Input => Operand(Operation, Operation.Inputs[0]);

    protected RowLayout Rows => LayoutOf(Group.Result);

    public static LossKernel Of(Group group, Arranged arranged) => ((Loss)group.Head).Spec.Kind switch
    {
        LossKind.SoftmaxCrossEntropy when NarrowCrossEntropyKernel.Suits(group, arranged) => new NarrowCrossEntropyKernel(group, arranged),
        LossKind.SoftmaxCrossEntropy => new SoftmaxCrossEntropyKernel(group, arranged),
        LossKind.Center => new CenterLossKernel(group, arranged),
        LossKind.MultiClassHinge => new MultiClassHingeKernel(group, arranged),
        _ => new ElementwiseLossKernel(group, arranged),
    };

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Line($"ref var allTargets = ref {Types.MemoryMarshal}.GetReference(targets);");
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var target = ref {Types.Unsafe}.Add(ref allTargets, {Place("sample", Operation.TargetStride, Operation.TargetOffset)});");
            var share = Spec.Sum ? Share : Share / Steps;
            writer.Line($"var weight = {(share == 1 ? "" : Literal.Of(share) + " * ")}(sampleWeights.IsEmpty ? 1 : sampleWeights[{Arithmetic.Quotient("sample", Steps)}]);");
            if (Steps > 1)
                WriteLength(writer);
            WriteSample(writer, v);
            writer.Line($"{Types.Unsafe}.Add(ref sampleLosses, sample) {(IsFirst ? "=" : "+=")} weight * loss;");
        });
    }

    /// <summary>Writes what the length of a sequence means for one of its steps: those beyond it do not count, and the mean is over the others.</summary>
    private void WriteLength(CodeWriter writer) => writer.Block("if (!lengths.IsEmpty)", () =>
    {
        writer.Line($"var length = {SequenceLength.At(Arranged, Group.Result, $"lengths[{Arithmetic.Quotient("sample", Steps)}]")};");
        writer.Block($"if (sample % {Literal.Of(Steps)} >= length)", () =>
        {
            writer.Line($"{SpanSyntax.Write($"{Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, {Arithmetic.Product("sample", LengthOf(Group.Result, Rows))})", LengthOf(Group.Result, Rows))}.Clear();");
            if (IsFirst)
                writer.Line($"{Types.Unsafe}.Add(ref sampleLosses, sample) = 0;");
            writer.Line("continue;");
        });
        if (!Spec.Sum)
            writer.Line().Line($"weight *= {Literal.Of((float)Steps)} / length;");
    }).Line();

    /// <summary>The steps of a sample; the loss of a sample is the mean over them, or the sum where terms are summed.</summary>
    private int Steps => Arranged.StepsOf(Group.Result);

    /// <summary>The factor of one term in a step's loss.</summary>
    protected virtual float Share => Spec.Sum ? Spec.Weight : Spec.Weight / Operation.Inputs[0].Type.Length;

    /// <summary>Leaves the sum of a sample's terms in <c>loss</c> and writes the gradient.</summary>
    protected abstract void WriteSample(CodeWriter writer, VectorSyntax v);

    protected void WriteRowReferences(CodeWriter writer, string place)
    {
        writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, {place} * {Rows.Stride});");
        writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, {place} * {Rows.Stride});");
    }

    /// <summary>
    /// Reads the class that is right, once: targets are checked before, but their memory is the user's, and another thread may write there
    /// meanwhile. The result may then be wrong, never the place.
    /// </summary>
    protected static void WriteRight(CodeWriter writer, int classes) =>
        writer.Line($"var right = (int){Types.Math}.Min((uint)target, {Literal.Of(classes - 1)});");

    /// <summary>Elements of a span that may end right after them: the last ones are read one at a time.</summary>
    protected string LoadTargets(VectorSyntax v, string reference, string lane, string? mask) => mask is null
        ? v.Load(reference, lane)
        : PartialVector.Load(v, reference, int.Parse(lane, System.Globalization.CultureInfo.InvariantCulture), Rows.Width % v.Lanes);

    protected static string Masked(string? mask, string value) => mask is null ? value : $"({mask} & ({value}))";

    /// <summary>Where a sample's target is.</summary>
    internal static string Place(string index, int stride, int offset) =>
        (stride == 1 ? index : $"{index} * {stride}") is var place && offset == 0 ? place : $"({place}) + {offset}";
}

/// <summary>Losses whose terms are single elements.</summary>
internal sealed class ElementwiseLossKernel(Group group, Arranged arranged) : LossKernel(group, arranged)
{
    public override string Comment => $"{Spec.Title} of {Shape(Input)}: each element's loss and gradient.";

    protected override void WriteSample(CodeWriter writer, VectorSyntax v)
    {
        writer.Line($"var factor = {v.Broadcast("weight * scale")};");
        writer.Line($"var losses = {v.Zero};");
        var vectors = ((Rows.Width - 1) / v.Lanes) + 1;
        // Rows may be many, and a row may fill several blocks by itself.
        var ofSample = new LongSum(writer, v, (long)Rows.Rows * vectors, "losses").Declare();
        var ofRow = new LongSum(writer, v, vectors, "losses");
        if (Rows.Rows == 1)
        {
            WriteRowReferences(writer, "sample");
            WriteRow(writer, v, "target", ofRow);
        }
        else
        {
            writer.Block($"for (var row = 0; row < {Rows.Rows}; row++)", () =>
            {
                WriteRowReferences(writer, $"((sample * {Rows.Rows}) + row)");
                writer.Line($"ref var rowTarget = ref {Types.Unsafe}.Add(ref target, row * {Rows.Width});");
                WriteRow(writer, v, "rowTarget", ofRow);
                if (!ofRow.IsLong)
                    ofSample.FoldEvery("row", vectors, Rows.Rows);
            });
        }

        ofSample.Finish();
        writer.Line($"var loss = {v.Type}.Sum(losses);");
    }

    private void WriteRow(CodeWriter writer, VectorSyntax v, string target, LongSum sums)
    {
        RowLoops.Write(writer, v, Rows.Width, (lane, mask) =>
        {
            writer.Line($"var output = {v.Load("y", lane)};");
            writer.Line($"var wanted = {LoadTargets(v, target, lane, mask)};");
            var (loss, gradient) = WriteTerm(writer, v);
            writer.Line($"losses += {Masked(mask, loss)};");
            writer.Line(v.Store(Masked(mask, $"({gradient}) * factor"), "gradient", lane));
        }, sums);
        RowLoops.WritePadding(writer, v, "gradient", "", Rows.Width);
    }

    /// <summary>Writes what a term needs and returns its loss and its derivative by <c>output</c>.</summary>
    private (string Loss, string Gradient) WriteTerm(CodeWriter writer, VectorSyntax v)
    {
        switch (Spec.Kind)
        {
            case LossKind.MeanSquaredError:
                writer.Line("var error = output - wanted;");
                return ("error * error", "error + error");
            case LossKind.HalfSquaredError:
                writer.Line("var error = output - wanted;");
                return ($"{v.Constant(0.5f)} * error * error", "error");
            case LossKind.MeanAbsoluteError:
                writer.Line("var error = output - wanted;");
                return ($"{v.Type}.Abs(error)", $"({v.Greater("error", v.Zero)} & {v.One}) - ({v.Type}.LessThan(error, {v.Zero}) & {v.One})");
            case LossKind.Huber:
                writer.Line("var error = output - wanted;");
                writer.Line($"var size = {v.Type}.Abs(error);");
                writer.Line($"var squared = {v.Min("size", v.Constant(Spec.Parameter))};");
                return ($"squared * (size - ({v.Constant(0.5f)} * squared))", v.Max(v.Min("error", v.Constant(Spec.Parameter)), v.Constant(-Spec.Parameter)));
            case LossKind.BinaryCrossEntropy:
                writer.Line($"var rest = {v.One} - output;");
                writer.Line($"var logOutput = {v.Max(VectorSyntax.Call("Log", "output"), v.Constant(-100))};");
                writer.Line($"var logRest = {v.Max(VectorSyntax.Call("Log", "rest"), v.Constant(-100))};");
                return ($"{v.Zero} - ((wanted * logOutput) + (({v.One} - wanted) * logRest))", $"(output - wanted) / {v.Max("output * rest", v.Constant(1e-12f))}");
            case LossKind.BinaryCrossEntropyWithLogits:
                return ($"{VectorSyntax.Call("Softplus", "output")} - (wanted * output)", $"{VectorSyntax.Call("Sigmoid", "output")} - wanted");
            case LossKind.Custom:
                return ("wanted * output", "wanted");
            case LossKind.Hinge:
                writer.Line($"var margin = {v.One} - (wanted * output);");
                return (v.Max("margin", v.Zero), $"{v.Zero} - ({v.Greater("margin", v.Zero)} & wanted)");
            case LossKind.SquaredHinge:
                writer.Line($"var margin = {v.Max($"{v.One} - (wanted * output)", v.Zero)};");
                return ("margin * margin", $"{v.Constant(-2)} * wanted * margin");
            default:
                throw new InvalidOperationException($"{Spec.Kind} is not a loss of single elements.");
        }
    }
}

/// <summary>Softmax and cross-entropy as one: log Σe^z − z_t, gradient softmax(z) − t.</summary>
internal class SoftmaxCrossEntropyKernel(Group group, Arranged arranged) : LossKernel(group, arranged)
{
    public override string Comment => $"{Spec.Title} of {Shape(Input)}, with the softmax: the gradient is softmax − target. The maximum is subtracted, so that nothing overflows.";

    protected override float Share => Spec.Weight;

    protected float Smoothing => Spec.LabelSmoothing;

    protected override void WriteSample(CodeWriter writer, VectorSyntax v)
    {
        WriteRowReferences(writer, "sample");
        LogSumExp.Write(writer, v, Rows.Width, "y", "gradient");
        // The logarithm and the maximum stay apart: their sum would lose the small one where logits are large.
        writer.Line($"var logarithm = {Types.MathF}.Log(sum);");
        if (Spec.SoftTargets)
            WriteSoft(writer, v);
        else
            WriteIndex(writer, v);
        RowLoops.WritePadding(writer, v, "gradient", "", Rows.Width);
    }

    private void WriteIndex(CodeWriter writer, VectorSyntax v)
    {
        WriteRight(writer, Rows.Width);
        writer.Line("var factor = weight * scale;");
        writer.Line($"var share = {v.Broadcast("factor / sum")};");
        if (Smoothing == 0)
        {
            writer.Line($"var loss = logarithm + (maximum - {Types.Unsafe}.Add(ref y, right));");
            RowLoops.Write(writer, v, Rows.Width, (lane, _) => writer.Line(v.Store($"{v.Load("gradient", lane)} * share", "gradient", lane)));
            writer.Line($"{Types.Unsafe}.Add(ref gradient, right) -= factor;");
            return;
        }

        // Each class is wanted a little, and the right one for the rest.
        var each = Smoothing / Rows.Width;
        writer.Line($"var spread = {v.Broadcast($"{Literal.Of(each)} * factor")};");
        writer.Line($"var total = {v.Zero};");
        var totals = new LongSum(writer, v, Rows.Width / v.Lanes, "total").Declare();
        RowLoops.Write(writer, v, Rows.Width, (lane, mask) =>
        {
            writer.Line($"total += {Masked(mask, $"{v.Broadcast("logarithm")} + ({v.Broadcast("maximum")} - {v.Load("y", lane)})")};");
            writer.Line(v.Store(Masked(mask, $"({v.Load("gradient", lane)} * share) - spread"), "gradient", lane));
        }, totals);
        totals.Finish();
        writer.Line($"var loss = ({Literal.Of(1 - Smoothing)} * (logarithm + (maximum - {Types.Unsafe}.Add(ref y, right)))) + ({Literal.Of(each)} * {v.Type}.Sum(total));");
        writer.Line($"{Types.Unsafe}.Add(ref gradient, right) -= {Literal.Of(1 - Smoothing)} * factor;");
    }

    private void WriteSoft(CodeWriter writer, VectorSyntax v)
    {
        string Wanted(string lane, string? mask)
        {
            var wanted = LoadTargets(v, "target", lane, mask);
            return Smoothing == 0 ? wanted : Masked(mask, v.MultiplyAdd(wanted, v.Constant(1 - Smoothing), v.Constant(Smoothing / Rows.Width)));
        }

        writer.Line($"var wantedSum = {v.Zero};");
        writer.Line($"var losses = {v.Zero};");
        var sums = new LongSum(writer, v, Rows.Width / v.Lanes, "wantedSum", "losses").Declare();
        RowLoops.Write(writer, v, Rows.Width, (lane, mask) =>
        {
            writer.Line($"var wanted = {Wanted(lane, mask)};");
            writer.Line("wantedSum += wanted;");
            writer.Line($"losses += {Masked(mask, $"wanted * ({v.Broadcast("logarithm")} + ({v.Broadcast("maximum")} - {v.Load("y", lane)}))")};");
        }, sums);
        sums.Finish();
        writer.Line($"var loss = {v.Type}.Sum(losses);");
        writer.Line($"var factor = {v.Broadcast("weight * scale")};");
        writer.Line($"var share = {v.Broadcast($"{v.Type}.Sum(wantedSum) / sum")};");
        RowLoops.Write(writer, v, Rows.Width, (lane, mask) =>
            writer.Line(v.Store($"(({v.Load("gradient", lane)} * share) - {Wanted(lane, mask)}) * factor", "gradient", lane)));
    }
}

/// <summary>Σ over j ≠ t of max(0, margin + y_j − y_t).</summary>
internal sealed class MultiClassHingeKernel(Group group, Arranged arranged) : LossKernel(group, arranged)
{
    public override string Comment => $"{Spec.Title} of {Shape(Input)}: classes within the margin of the correct one increase its score and decrease their own.";

    protected override void WriteSample(CodeWriter writer, VectorSyntax v)
    {
        var margin = Literal.Of(Spec.Parameter);
        WriteRowReferences(writer, "sample");
        WriteRight(writer, Rows.Width);
        writer.Line("var factor = weight * scale;");
        // The right class's own term is exactly the margin, so that it can be taken off again.
        writer.Line($"var rightOutput = {v.Broadcast($"{Types.Unsafe}.Add(ref y, right)")};");
        writer.Line($"var margin = {v.Constant(Spec.Parameter)};");
        writer.Line($"var losses = {v.Zero};");
        writer.Line($"var counts = {v.Zero};");
        var sums = new LongSum(writer, v, Rows.Width / v.Lanes, "losses").Declare();
        RowLoops.Write(writer, v, Rows.Width, (lane, mask) =>
        {
            writer.Line($"var excess = {Masked(mask, $"({v.Load("y", lane)} - rightOutput) + margin")};");
            writer.Line($"var counted = {v.Greater("excess", v.Zero)} & {v.One};");
            writer.Line($"losses += {v.Max("excess", v.Zero)};");
            writer.Line("counts += counted;");
            writer.Line(v.Store($"counted * {v.Broadcast("factor")}", "gradient", lane));
        }, sums);
        sums.Finish();
        RowLoops.WritePadding(writer, v, "gradient", "", Rows.Width);
        writer.Line("// The right class itself was counted with exactly the margin.");
        writer.Line($"var loss = {v.Type}.Sum(losses) - {margin};");
        writer.Line($"{Types.Unsafe}.Add(ref gradient, right) = (1 - {v.Type}.Sum(counts)) * factor;");
    }
}
