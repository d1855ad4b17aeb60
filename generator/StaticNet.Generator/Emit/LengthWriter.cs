using StaticNet.Generator.Layers;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the constants for how many floats inputs, outputs, targets and batches have.</summary>
internal static class LengthWriter
{
    public static void Write(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        writer.Line($"/// <summary>The number of floats of one input sample: {Contents(plan, ports.Inputs)}.</summary>");
        writer.Line($"public const int InputLength = {plan.Graph.InputLength};").Line();
        writer.Line($"/// <summary>The number of floats of one output sample: {Contents(plan, ports.Outputs)}.</summary>");
        writer.Line($"public const int OutputLength = {plan.Graph.OutputLength};").Line();
        writer.Line("/// <summary>The number of learned numbers.</summary>");
        writer.Line($"public const int ParameterCount = {plan.Program.Parameters.Where(parameter => parameter.IsLearned).Sum(parameter => parameter.Learned)};").Line();
        if (plan.Training is { } training)
        {
            writer.Line("/// <summary>The number of targets of one sample.</summary>");
            writer.Line($"public const int TargetLength = {training.Operations.Losses[0].TargetStride * training.Steps};").Line();
            writer.Line("/// <summary>The largest number of samples in a training batch.</summary>");
            writer.Line($"public const int BatchSize = {training.BatchSize};").Line();
        }

        if (plan.Graph.Steps > 1)
        {
            writer.Line("/// <summary>The number of steps of a sample, which is a sequence.</summary>");
            writer.Line($"public const int Steps = {plan.Graph.Steps};").Line();
            writer.Line("/// <summary>The number of floats of one step of an input sample.</summary>");
            writer.Line($"public const int StepInputLength = {plan.Graph.StepInputLength};").Line();
            writer.Line("/// <summary>The number of floats of one step of an output sample.</summary>");
            writer.Line($"public const int StepOutputLength = {plan.Graph.StepOutputLength};").Line();
            WriteStrides(writer, plan.Graph);
        }

        if (ports.AreSeveral)
        {
            WritePlaces(writer, plan, "Inputs", "input", ports.Inputs, [.. plan.Graph.Inputs.Select(input => input.Offset)]);
            WritePlaces(writer, plan, "Outputs", "output", ports.Outputs, [.. plan.Graph.Outputs.Select(output => output.Offset)]);
        }
    }

    /// <summary>Writes the constants of strides in time.</summary>
    private static void WriteStrides(CodeWriter writer, NetworkGraph graph)
    {
        if (graph.OutputSteps > 1 && graph.OutputSteps != graph.Steps)
        {
            writer.Line("/// <summary>The number of steps of an output sample.</summary>");
            writer.Line($"public const int OutputSteps = {graph.OutputSteps};").Line();
        }

        if (graph.TotalStride == 1 && graph.StepsOfStride(graph.OutputSteps) == 1)
            return;
        writer.Line("/// <summary>The steps of the input that belong together: a sequence and a block of a stream have a multiple of them.</summary>");
        writer.Line($"public const int TotalStride = {graph.TotalStride};").Line();
        if (!graph.IsStream)
            return;
        writer.Line("/// <summary>The number of floats of the input that a stream takes at a time: those of these steps.</summary>");
        writer.Line($"public const int StreamInputLength = {graph.TotalStride * graph.StepInputLength};").Line();
        writer.Line("/// <summary>The number of floats of the output that a stream makes of them.</summary>");
        writer.Line($"public const int StreamOutputLength = {graph.StepsOfStride(graph.OutputSteps) * graph.StepOutputLength};").Line();
    }

    /// <summary>Writes the constants of each input, or output.</summary>
    private static void WritePlaces(CodeWriter writer, NetworkPlan plan, string name, string what, IReadOnlyList<Port> ports, IReadOnlyList<int> offsets)
    {
        writer.Line($"/// <summary>The lengths of the {what}s, and where each begins in a {(plan.Graph.Steps > 1 ? "step" : "sample")} of all, one after the other.</summary>");
        writer.Member($"public static class {name}", () =>
        {
            for (var index = 0; index < ports.Count; index++)
            {
                var (port, constant) = (ports[index], Names.Pascal(ports[index].Name));
                writer.Line($"/// <summary>The number of floats of one sample of {port.Name.TrimStart('@')}: {port.Shape}{Order(plan, port.Type)}.</summary>");
                writer.Line($"public const int {constant}Length = {port.Type.Length * port.Steps};").Line();
                if (port.Steps > 1)
                {
                    writer.Line("/// <summary>The number of floats of one step of it.</summary>");
                    writer.Line($"public const int {constant}StepLength = {port.Type.Length};").Line();
                }

                writer.Line($"/// <summary>Where {port.Name.TrimStart('@')} begins in a {(port.Steps > 1 ? "step" : "sample")} of all {what}s.</summary>");
                writer.Line($"public const int {constant}Offset = {offsets[index]};");
                if (index < ports.Count - 1)
                    writer.Line();
            }
        }).Line();
    }

    /// <summary>The shapes of inputs or outputs, by name where there are several.</summary>
    public static string Shapes(IReadOnlyList<Port> ports) => ports.Count == 1 ? ports[0].Shape : string.Join(", ", ports.Select(port => $"{port.Name.TrimStart('@')} {port.Shape}"));

    /// <summary>What a sample of all inputs or outputs holds.</summary>
    private static string Contents(NetworkPlan plan, IReadOnlyList<Port> ports) => ports.Count == 1
        ? $"{ports[0].Shape}{Order(plan, ports[0].Type)}"
        : $"{string.Join(", ", ports.Select(port => $"{port.Name.TrimStart('@')} {port.Type}{Order(plan, port.Type)}"))}, one after the other{(plan.Graph.Steps == 1 ? "" : $", for each of {plan.Graph.Steps} steps")}";

    /// <summary>How a span holds what is printed in logical order, where that differs.</summary>
    private static string Order(NetworkPlan plan, TensorType type) =>
        plan.Spec.Layout == Vocabulary.Layout.ChannelsLast && type.Rank > 1 ? ", held with its channels last" : "";
}
