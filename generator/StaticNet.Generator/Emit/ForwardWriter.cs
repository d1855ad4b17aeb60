using StaticNet.Generator.Kernels;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>Writes inference: which kernels run in which order, and the kernels.</summary>
internal static class ForwardWriter
{
    public static void Write(CodeWriter writer, NetworkKernels kernels, KernelMethods methods, IReadOnlyList<Kernel> written)
    {
        WriteOne(writer, kernels);
        writer.Line();
        WriteMany(writer, kernels);
        WritePrepare(writer, kernels);
        foreach (var kernel in written)
        {
            writer.Line();
            methods.Write(writer, kernel);
        }
    }

    private static void WriteOne(CodeWriter writer, NetworkKernels kernels)
    {
        var plan = kernels.Plan;
        var calls = new Calls(plan.One, "1", null);
        writer.Member("private void ForwardOne(ref float input, ref float output)", () =>
        {
            WriteStart(writer, plan, kernels.One);
            foreach (var kernel in kernels.One)
                writer.Line(calls.Of(kernel));
            WriteOutput(writer, plan, plan.One, calls);
        });
    }

    /// <summary>Writes the copy of the output to the user's span, without the padding of rows.</summary>
    private static void WriteOutput(CodeWriter writer, NetworkPlan plan, Plan one, Calls calls)
    {
        var output = plan.Program.Output;
        var rows = one.Arranged.LayoutOf(output);
        writer.Line();
        writer.Line(rows.IsContiguous
            ? $"Unsafe.CopyBlockUnaligned(ref Unsafe.As<float, byte>(ref output), ref Unsafe.As<float, byte>(ref {calls.Reference(output)}), OutputLength * sizeof(float));"
            : CodeWriter.Listed("RowCopy.Copy", [
                SpanSyntax.With(SpanSyntax.Read(calls.Reference(output), Literal.Of(rows.SampleLength)), 0, rows.Stride),
                SpanSyntax.With(SpanSyntax.Write("output", "OutputLength"), 0, rows.Width), SpanSyntax.With(Literal.Of(rows.Width), rows.Width, rows.Rows, 1)], ";"));
    }

    private static void WriteMany(CodeWriter writer, NetworkKernels kernels)
    {
        var plan = kernels.Plan;
        var calls = new Calls(plan.Many, "samples", null);
        var inference = kernels.Many.Where(kernel => kernel is not LossKernel).ToArray();
        writer.Line("// Leaves the outputs in the workspace.");
        writer.Member("private void ForwardChunk(ref float input, int samples)", () =>
        {
            WriteStart(writer, plan, inference);
            foreach (var kernel in inference)
                writer.Line(calls.Of(kernel));
        });
        writer.Line();
        var rows = plan.Many.Arranged.LayoutOf(plan.Program.Output);
        writer.Line("// Copies the outputs from the workspace, without the padding of rows.");
        writer.Member("private void CopyOutputs(ref float input, ref float outputs, int samples)", () =>
        {
            writer.Line("ref var workspace = ref _workspace.Reference;");
            writer.Line(CodeWriter.Listed("RowCopy.Copy", [
                SpanSyntax.With(SpanSyntax.Read(calls.Reference(plan.Program.Output), Arithmetic.Product("samples", rows.SampleLength)), rows.SampleLength, rows.Stride),
                SpanSyntax.With(SpanSyntax.Write("outputs", "samples * OutputLength") + ", OutputLength", rows.Width),
                SpanSyntax.With(Literal.Of(rows.Width), rows.Width, rows.Rows) + ", samples"], ";"));
        });
    }

    /// <summary>Writes what stands before the calls of inference: what is prepared is brought up to date, and references are taken.</summary>
    public static void WriteStart(CodeWriter writer, NetworkPlan plan, IReadOnlyList<Kernel> kernels)
    {
        if (plan.Prepared.Inference.Count > 0)
            writer.Block("if (_preparedVersion != _weights.Version)", () => writer.Line("UpdatePrepared();")).Line();
        WriteLocals(writer, kernels);
    }

    /// <summary>Writes the references that calls start from.</summary>
    public static void WriteLocals(CodeWriter writer, IReadOnlyList<Kernel> kernels)
    {
        writer.Line("ref var workspace = ref _workspace.Reference;");
        if (kernels.Any(kernel => kernel.Arguments.Any(argument => argument.Kind == ArgumentKind.Parameter)))
            writer.Line("ref var parameters = ref _weights.Reference;");
        if (kernels.Any(kernel => kernel.ReadsPrepared))
            writer.Line("ref var prepared = ref _prepared.Reference;");
    }

    /// <summary>Writes the computation of what follows from the parameters alone.</summary>
    private static void WritePrepare(CodeWriter writer, NetworkKernels kernels)
    {
        if (kernels.Prepared.Count == 0)
            return;
        writer.Line();
        writer.Line("// What follows from the parameters alone; computed again when they have changed.");
        writer.Member("private void UpdatePrepared()", () =>
        {
            writer.Line("_preparedVersion = _weights.Version;");
            writer.Line("ref var parameters = ref _weights.Reference;");
            writer.Line("ref var prepared = ref _prepared.Reference;");
            foreach (var (plan, kernel) in kernels.Prepared)
                writer.Line(new Calls(plan, "1", null).Of(kernel, "0", Literal.Of(kernel.Tiles)));
        });
    }
}
