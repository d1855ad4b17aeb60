using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the member that gives the gradients of the inputs.</summary>
internal static class InputGradientWriter
{
    public static void Write(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        var training = plan.Training!;
        var (calls, steps) = (new Calls(training.Step, ports, "_stepCount", null), plan.Graph.Steps);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void CopyInputGradients({Types.Span}<float> gradients)", () =>
        {
            writer.Line("var visit = _threads.Enter();");
            writer.Line("_threads.Leave(visit);");
            writer.Block("if (visit == unchecked(_stepVisit + 2))", () => writer.Line("_stepVisit = visit;"));
            writer.Line($"{Types.NetworkGuard}.CheckInputGradients(gradients.Length, _stepCount, InputLength, isDisturbed: _stepVisit != visit);");
            writer.Line("ref var workspace = ref _workspace.Reference;");
            for (var index = 0; index < ports.Inputs.Count; index++)
            {
                var (input, port) = (plan.Program.Inputs[index], ports.Inputs[index]);
                var target = index == 0 ? "gradients" : $"gradients[{port.Offset}..]";
                if (training.Operations.Gradients.TryGetValue(input, out var gradient))
                    writer.Line(calls.CopyOf(gradient, $"{target}, {Ports.StrideOf(plan.Graph, "Input")}", Arithmetic.Product("_stepCount", steps)));
                else
                    writer.Line($"{Types.RowCopy}.Clear({target}, {Ports.StrideOf(plan.Graph, "Input")}, {port.Type.Length}, {Arithmetic.Product("_stepCount", steps)});");
            }
        });
    }
}
