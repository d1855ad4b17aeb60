using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>Writes inference: which kernels run in which order, and the kernels.</summary>
internal static class ForwardWriter
{
    public static void Write(CodeWriter writer, NetworkKernels kernels, Ports ports, KernelMethods methods, IReadOnlyList<Kernel> written)
    {
        if (kernels.Plan.HasOne)
        {
            WriteOne(writer, kernels, ports);
            writer.Line();
        }

        if (kernels.Plan.Block is { } block)
        {
            WriteBlock(writer, kernels, ports, block);
            writer.Line();
        }

        WriteMany(writer, kernels, ports);
        WritePrepare(writer, kernels, ports);
        foreach (var kernel in written)
        {
            writer.Line();
            methods.Write(writer, kernel);
        }
    }

    private static void WriteOne(CodeWriter writer, NetworkKernels kernels, Ports ports)
    {
        var plan = kernels.Plan;
        var calls = new Calls(plan.One, ports, "1", null);
        writer.Member(CodeWriter.Listed("private void ForwardOne", Ports.Parameters(ports.Inputs, isStrided: false).Concat(Ports.Parameters(ports.Outputs, isStrided: false))), () =>
        {
            WriteStart(writer, plan, kernels.One);
            foreach (var kernel in kernels.One)
                writer.Line(calls.Of(kernel));
            writer.Line();
            foreach (var (output, port) in plan.Program.Outputs.Zip(ports.Outputs, (output, port) => (output, port)))
                WriteOutput(writer, plan.One, calls, output, port.Local, ports.Outputs.Count > 1 ? port.Length : "OutputLength");
        });
    }

    private static void WriteBlock(CodeWriter writer, NetworkKernels kernels, Ports ports, Plan block)
    {
        var plan = kernels.Plan;
        var calls = new Calls(block, ports, "steps", null, isStrided: true);
        // A stream wants its first step to be as fast as the others.
        writer.Line(KernelMethods.Optimised);
        writer.Member(CodeWriter.Listed("private void ForwardBlock", [
            .. Ports.Parameters(ports.Inputs, isStrided: true), .. Ports.Parameters(ports.Outputs, isStrided: true), .. plan.State!.Length > 0 ? ["ref float state", "long position"] : Array.Empty<string>(), "int steps"]), () =>
        {
            WriteStart(writer, plan, kernels.Block);
            foreach (var kernel in kernels.Block)
                writer.Line(calls.Of(kernel));
            writer.Line();
            var count = Arithmetic.Product("steps", plan.Graph.StepsOfStride(plan.Graph.OutputSteps));
            foreach (var (output, port) in plan.Program.Outputs.Zip(ports.Outputs, (output, port) => (output, port)))
            {
                if (block.Arranged.IsPlanar)
                {
                    WritePlanes(writer, calls.Reference(output), output.Type.Length, block.Memory.Capacity, port, ports.Outputs.Count == 1 ? "StepOutputLength" : port.Stride);
                    continue;
                }

                writer.Line(calls.CopyOf(output, ports.Outputs.Count == 1
                    ? SpanSyntax.Write(port.Local, $"{count} * StepOutputLength") + ", StepOutputLength"
                    : $"{SpanSyntax.Write(port.Local, $"(({count} - 1) * {port.Stride}) + {port.StepLength}")}, {port.Stride}", count));
            }
        });
    }

    /// <summary>Writes the copy of an output to the user's span, without the padding of rows.</summary>
    private static void WriteOutput(CodeWriter writer, Plan one, Calls calls, Value output, string target, string length)
    {
        var rows = one.Arranged.LayoutOf(output);
        writer.Line(rows.IsContiguous
            ? $"{Types.Unsafe}.CopyBlockUnaligned(ref {Types.Unsafe}.As<float, byte>(ref {target}), ref {Types.Unsafe}.As<float, byte>(ref {calls.Reference(output)}), {length} * sizeof(float));"
            : CodeWriter.Listed($"{Types.RowCopy}.Copy", [
                SpanSyntax.With(SpanSyntax.Read(calls.Reference(output), Literal.Of(rows.SampleLength)), 0, rows.Stride),
                SpanSyntax.With(SpanSyntax.Write(target, length), 0, rows.Width), SpanSyntax.With(Literal.Of(rows.Width), rows.Width, rows.Rows, 1)], ";"));
    }

    /// <summary>Writes the copy of an output in planes to the user's memory, where each step's channels are adjacent.</summary>
    private static void WritePlanes(CodeWriter writer, string source, int channels, int plane, Port port, string stride)
    {
        writer.Block("for (var step = 0; step < steps; step++)", () =>
        {
            writer.Line($"ref var planes = ref {source};");
            for (var channel = 0; channel < channels; channel++)
                writer.Line($"{VectorSyntax.At(port.Local, Arithmetic.Sum($"step * {stride}", channel))} = {VectorSyntax.At("planes", Arithmetic.Sum("step", channel * plane))};");
        });
    }

    private static void WriteMany(CodeWriter writer, NetworkKernels kernels, Ports ports)
    {
        var plan = kernels.Plan;
        var calls = new Calls(plan.Many, ports, "samples", null, isStrided: true);
        var inference = kernels.Many.Where(kernel => kernel is not LossKernel).ToArray();
        writer.Line("// Leaves the outputs in the workspace.");
        writer.Member(CodeWriter.Listed("private void ForwardChunk", [.. Ports.Parameters(ports.Inputs, isStrided: true), "int samples", .. plan.DependsOnLengths ? [$"{Types.ReadOnlySpan}<int> lengths"] : Array.Empty<string>()]), () =>
        {
            WriteStart(writer, plan, inference);
            foreach (var kernel in inference)
                writer.Line(calls.Of(kernel));
        });
        writer.Line();
        var steps = plan.Graph.OutputSteps;
        var count = Arithmetic.Product("samples", steps);
        writer.Line("// Copies the outputs from the workspace, without the padding of rows.");
        // Several inputs are in the workspace; one may be an output as it stands.
        var inputs = ports.Inputs.Count == 1 ? Ports.Parameters(ports.Inputs, isStrided: true) : [];
        writer.Member(CodeWriter.Listed("private void CopyOutputs", inputs.Concat(Ports.Parameters(ports.Outputs, isStrided: true, "outputs")).Append("int samples")), () =>
        {
            writer.Line("ref var workspace = ref _workspace.Reference;");
            foreach (var (output, port) in plan.Program.Outputs.Zip(ports.Outputs, (output, port) => (output, port)))
            {
                writer.Line(calls.CopyOf(output, ports.Outputs.Count == 1
                    ? SpanSyntax.Write("outputs", "samples * OutputLength") + (steps == 1 ? ", OutputLength" : ", StepOutputLength")
                    : $"{SpanSyntax.Write(port.Local, $"(({count} - 1) * {port.Stride}) + {port.StepLength}")}, {port.Stride}", count));
            }
        });
    }

    /// <summary>The call that computes a chunk of samples.</summary>
    /// <param name="inputs">The arguments of the inputs.</param>
    /// <param name="samples">The expression of the number of samples.</param>
    /// <param name="lengths">The expression of the sequences' lengths; null where no lengths change what is computed.</param>
    public static string CallOfChunk(IEnumerable<string> inputs, string samples, string? lengths) =>
        CodeWriter.Listed("ForwardChunk", [.. inputs, samples, .. lengths is null ? Array.Empty<string>() : [lengths]], ";");

    /// <summary>Writes what comes before the calls of inference: what is prepared is brought up to date, and references are taken.</summary>
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
    private static void WritePrepare(CodeWriter writer, NetworkKernels kernels, Ports ports)
    {
        if (kernels.Prepared.Count == 0)
            return;
        writer.Line();
        writer.Line("// What depends only on the parameters; computed again when they have changed.");
        writer.Member("private void UpdatePrepared()", () =>
        {
            writer.Line("_preparedVersion = _weights.Version;");
            writer.Line("ref var parameters = ref _weights.Reference;");
            writer.Line("ref var prepared = ref _prepared.Reference;");
            foreach (var (plan, kernel) in kernels.Prepared)
                writer.Line(new Calls(plan, ports, "1", null).Of(kernel, "0", Literal.Of(kernel.Tiles)));
        });
    }
}
