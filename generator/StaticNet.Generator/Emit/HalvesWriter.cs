using StaticNet.Generator.Kernels;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the halves of a training step, between which the program computes a loss of its own.</summary>
internal static class HalvesWriter
{
    /// <param name="writer">Where to write.</param>
    /// <param name="kernels">The network's kernels.</param>
    /// <param name="ports">Its inputs and outputs.</param>
    /// <param name="half">The first phase of the second half.</param>
    public static void Write(CodeWriter writer, NetworkKernels kernels, Ports ports, int half)
    {
        var plan = kernels.Plan;
        var step = plan.Training!.Step;
        var calls = new Calls(step, ports, "batch.Count", null);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void ForwardTraining(in {Types.Batch} batch, {Types.Span}<float> outputs)", () =>
        {
            writer.Line($"{Types.NetworkGuard}.CheckInputs(batch, InputLength, BatchSize);");
            if (plan.Graph.Steps > 1)
                writer.Line($"{Types.NetworkGuard}.CheckSequenceLengths(batch.SequenceLengths, batch.Count, Description);");
            writer.Line($"{Types.NetworkGuard}.CheckScaled(batch, _weights, Description);");
            writer.Line($"{Types.NetworkGuard}.CheckSamples(InputLength, batch.Inputs.Length, OutputLength, outputs.Length, batch.Count);");
            writer.Line($"{Types.NetworkGuard}.CheckApart(batch.Inputs, outputs);");
            writer.Line();
            SurfaceWriter.WriteVisit(writer, () =>
            {
                writer.Block($"for (var phase = 0; phase < {half}; phase++)", () => writer.Line("RunPart(phase, 0, PhaseLength(phase, batch.Count), batch);")).Line();
                writer.Line("ref var workspace = ref _workspace.Reference;");
                var read = plan.Program.Outputs.Select(step.Arranged.Resolve).Select(step.Arranged.IndexOf).ToArray();
                foreach (var (port, reference) in ports.Inputs.Zip(Ports.References(ports.Inputs, "batch.Inputs"), (port, reference) => (port, reference)).Where((_, index) => read.Contains(index)))
                    writer.Line($"ref var {port.Local} = {reference};");
                foreach (var (output, port) in plan.Program.Outputs.Zip(ports.Outputs, (output, port) => (output, port)))
                {
                    var target = ports.Outputs.Count == 1 || port == ports.Outputs[0] ? "outputs" : $"outputs[{port.Offset}..]";
                    writer.Line(calls.CopyOf(output, $"{target}, {Ports.StrideOf(plan.Graph, "Output")}", Arithmetic.Product("batch.Count", plan.Graph.OutputSteps)));
                }
            });
            writer.Line("(_halfVisit, _halfCount, _halfVersion) = (visit, batch.Count, _weights.Version);");
        }).Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public float Backward(in {Types.Batch} batch)", () =>
        {
            writer.Line("CheckBatch(batch);");
            writer.Line($"{Types.NetworkGuard}.CheckScaled(batch, _weights, Description);");
            writer.Line("var visit = _threads.Enter();");
            writer.Line("var (count, isDisturbed) = (_halfCount, visit != unchecked(_halfVisit + 2) || _weights.Version != _halfVersion);");
            writer.Line("_halfCount = 0;");
            writer.Block("if (isDisturbed || batch.Count != count)", () =>
            {
                writer.Line("_threads.Leave(visit);");
                writer.Line($"{Types.NetworkGuard}.CheckHalves(batch.Count, count, isDisturbed);");
            }).Line();
            writer.Block($"for (var phase = {half}; phase < PhaseCount; phase++)", () => writer.Line("RunPart(phase, 0, PhaseLength(phase, batch.Count), batch);")).Line();
            writer.Line("_threads.Leave(visit);");
            if (plan.Spec.GivesInputGradients)
                writer.Line("_stepVisit = visit;");
            writer.Line("return BatchLoss(batch);");
        });
    }
}
