using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes where everything is: the parameter table, the description, and the offsets.</summary>
internal static class LayoutWriter
{
    /// <summary>The members of every class that a constant hides; of Finalize C# says that it does not.</summary>
    private static readonly HashSet<string> Inherited = new(StringComparer.Ordinal) { "Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString" };

    public static void Write(CodeWriter writer, NetworkPlan plan, SampleLength lengths)
    {
        WriteTables(writer, plan);
        WriteParameterOffsets(writer, plan.Parameters);
        WriteWorkspace(writer, plan);
        WriteLengths(writer, lengths);
    }

    private static void WriteLengths(CodeWriter writer, SampleLength lengths)
    {
        if (lengths.Constants.Count == 0)
            return;
        writer.Line();
        writer.Line("// The floats of a sample of each value, with the padding of its rows.");
        writer.Block($"private static class {SampleLength.Class}", () =>
        {
            foreach (var (name, length) in lengths.Constants)
                writer.Line($"public {Constant(name)} = {Literal.Of(length)};");
        });
    }

    /// <summary>
    /// Writes the tables as a class of their own: an editor that applies changes to a running program (hot reload) sees there that it
    /// must start again, and fails over initialisers in a class whose other part is the user's.
    /// </summary>
    private static void WriteTables(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Member("public static global::StaticNet.ParameterTable ParameterTable => Tables.Parameters;").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public static {Types.NetworkDescription} Description => Tables.Description;").Line();
        if (plan.Graph.IsStream)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Member($"public static {Types.StateTable} StateTable => Tables.State;").Line();
        }

        writer.Member("private static class Tables", () =>
        {
            WriteParameters(writer, plan);
            WriteDescription(writer, plan);
            if (plan.Graph.IsStream)
                WriteStates(writer, plan);
        }).Line();
    }

    private static void WriteParameters(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("public static readonly global::StaticNet.ParameterTable Parameters = new(");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var parameter in plan.Parameters.Parameters)
            {
                writer.Line(
                    $"new {Types.ParameterInfo}({Literal.Of(parameter.FullName)}, {Literal.Of(parameter.Layer)}, {Types.ParameterKind}.{parameter.Role}, {Literal.Of(parameter.Shape)}, " +
                    $"{Types.ParameterPacking}.{parameter.Packing}, {Names.Pascal(parameter.CodeName)}, {Types.Initializer}.{parameter.Initialization.Kind}, " +
                    $"{Literal.Of(parameter.Initialization.Value)}, {Literal.Of(parameter.Trainable)}{(parameter.PackedChannels > 0 ? $", Channels: {parameter.PackedChannels}" : "")}" +
                    $"{(parameter.Connections.Groups > 1 ? $", Groups: {parameter.Connections.Groups}" : "")}{(parameter.Connections.Table.Count > 0 ? $", Connections: [{string.Join(", ", parameter.Connections.Table.Select(Literal.Of))}]" : "")}" +
                    $"{(parameter.Values.Count > 0 ? $", Values: [{string.Join(", ", parameter.Values.Select(Literal.Of))}]" : "")}{(parameter.Gates > 1 ? $", Gates: {parameter.Gates}" : "")}),");
            }
        });
        writer.Line("]);").Line();
    }

    private static void WriteStates(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line();
        writer.Line($"public static readonly {Types.StateTable} State = new(");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var value in plan.State!.Values)
                writer.Line($"new {Types.StateInfo}({Literal.Of(value.Slot.Name)}, {Literal.Of(value.Slot.Type.Shape)}, {value.Slot.Steps}, {value.Offset}, {value.Rows.Stride}, {value.Ring.Places}, {value.Ring.Repeated}{(plan.Block!.Arranged.IsPlanar ? ", IsPlanar: true" : "")}{(plan.Block.Arranged.StepsOf(value.Slot.Value) is > 1 and var often ? $", StepsOfStride: {often}" : "")}{(value.Slot.InitialValue == 0 ? "" : $", InitialValue: {Literal.Of(value.Slot.InitialValue)}")}),");
        });
        writer.Line($"],");
        writer.Line($"{plan.State!.Length},");
        writer.Line($"{(plan.Graph.ReceptiveField is { } steps ? Invariant.Text(steps) : "null")}{(plan.Graph.TotalStride == 1 ? "" : $", {plan.Graph.TotalStride}")});");
    }

    private static void WriteDescription(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line($"public static readonly {Types.NetworkDescription} Description = new(");
        writer.Indented(() =>
        {
            writer.Line($"{Literal.Of(plan.Spec.Target.Name.TrimStart('@'))},");
            writer.Line($"[{string.Join(", ", plan.Graph.Inputs.Select(input => Port(input.Name, input.Type, input.Offset)))}],");
            writer.Line($"[{string.Join(", ", plan.Graph.Outputs.Select(output => Port(output.Name, output.Type, output.Offset)))}],");
            writer.Line("[");
            writer.Indented(() =>
            {
                foreach (var row in new LayerTable(plan).Rows)
                    writer.Line($"new {Types.LayerDescription}({Literal.Of(row.Name)}, {Literal.Of(row.Title)}, {Literal.Of(row.Output.Shape)}, {Literal.Of(row.Parameters)}, {Literal.Of(row.MultiplyAdds)}),");
            });
            writer.Line("],");
            writer.Line("[");
            writer.Indented(() => WriteLosses(writer, plan));
            writer.Line("],");
            writer.Line($"{Literal.Of(plan.Parameters.Length * 4L)},");
            writer.Line($"{Literal.Of(((long)plan.WorkspaceLength + plan.Prepared.Length) * 4)}){(plan.Graph.Steps == 1 ? "" : $" {{ Steps = {plan.Graph.Steps}{(plan.Graph.OutputSteps == plan.Graph.Steps ? "" : $", OutputSteps = {plan.Graph.OutputSteps}")}{(plan.Graph.TotalStride == 1 ? "" : $", TotalStride = {plan.Graph.TotalStride}")} }}")};");
        });
    }

    private static string Port(string name, TensorType type, int offset) => $"new {Types.PortDescription}({Literal.Of(name.TrimStart('@'))}, {Literal.Of(type.Shape)}, {offset})";

    private static void WriteLosses(CodeWriter writer, NetworkPlan plan)
    {
        for (var index = 0; index < plan.Graph.Losses.Count; index++)
        {
            var node = plan.Graph.Losses[index];
            var offset = plan.Graph.TargetOffsetOf(node.ClassOf >= 0 ? node.ClassOf : index);
            var length = node.Loss.TargetLength(node.Type);
            var output = plan.Graph.Outputs.FirstOrDefault(output => output.Node == node.From);
            writer.Line(
                $"new {Types.LossDescription}({Types.LossKind}.{node.Loss.Kind}, {Literal.Of(plan.Graph.NameOf(node.From))}, {Literal.Of(node.Loss.Weight)}, {offset}, {length}, {node.Type.Length}, {Literal.Of(node.Loss.TargetIsIndex)}" +
                $"{(output is null ? "" : $", {output.Offset}")}),");
        }
    }

    private static void WriteParameterOffsets(CodeWriter writer, ParameterLayout layout)
    {
        writer.Line("// Where each parameter starts. A weight is stored as panels of 16 outputs, each with one row of 16 floats per input.");
        foreach (var parameter in layout.Parameters)
            writer.Line($"private const int {Names.Pascal(parameter.CodeName)} = {layout.OffsetOf(parameter)}; // {Invariant.Shape(parameter.Shape)}");
        writer.Line($"private const int TrainableLength = {layout.TrainableLength};").Line();
    }

    private static void WriteWorkspace(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("// The floats of the workspace: what the largest of the plans below takes.");
        writer.Line($"private const int WorkspaceLength = {plan.WorkspaceLength};").Line();
        writer.Line("// Many samples go through the network in chunks that stay in the cache.");
        writer.Line($"private const int ChunkLength = {plan.Many.Memory.Capacity};").Line();
        if (plan.Block is { } block)
        {
            writer.Line(plan.Graph.TotalStride == 1
                ? "// The most steps of a stream that go through the network at a time."
                : $"// The most steps of a stream that go through the network at a time, in units of {plan.Graph.TotalStride}.");
            writer.Line($"private const int BlockLength = {block.Memory.Capacity};").Line();
        }

        if (plan.Prepared.Length > 0)
        {
            writer.Line("// The places of values that depend only on the parameters.");
            writer.Line($"private const int PreparedLength = {plan.Prepared.Length};").Line();
            writer.Block("private static class Prepared", () =>
            {
                foreach (var (value, offset) in plan.Prepared.Places)
                    writer.Line($"public {Place(value)} = {offset}; // {Invariant.Shape(value.Type.Shape)}");
            }).Line();
        }

        if (plan.State is { Length: > 0 } state)
        {
            writer.Line("// The places of values that are kept from step to step of a stream.");
            writer.Block("private static class State", () =>
            {
                foreach (var value in state.Values)
                    writer.Line($"public {Place(value.Slot.Value)} = {value.Offset}; // {(value.Slot.IsRing ? $"{value.Ring.Places} places of {value.Rows.SampleLength} floats for {value.Slot.Steps} steps, and the first {value.Ring.Repeated} again" : $"{value.Ring.Rows * value.Rows.SampleLength} floats{(value.Ring.Rows > 1 ? $", {value.Ring.Rows} steps" : "")}")}");
            }).Line();
        }

        if (plan.HasOne)
        {
            WritePlan(writer, plan.One, "one sample", []);
            writer.Line();
        }

        if (plan.Block is not null)
        {
            WritePlan(writer, plan.Block, "a block of a stream", []);
            writer.Line();
        }

        WritePlan(writer, plan.Many, "a chunk of samples", plan.Training is null ? [] : [("SampleLosses", plan.Many.Memory.Length, LossesOf(plan))]);
        if (plan.Training is not { } training)
            return;
        writer.Line();
        if (training.Parts is not { } parts)
        {
            WritePlan(writer, training.Step, "a training step", [("SampleLosses", training.SampleLossesOffset, LossesOf(plan))]);
            return;
        }

        writer.Comment($"The floats of a part of a training step: the values of {parts.Chunk} samples, and the gradients of all parameters.");
        writer.Line($"private const int PartLength = {parts.PartLength};").Line();
        WritePlan(writer, training.Step, "a part of a training step", [
            ("Gradients", parts.ValuesLength, "the gradients of the part's samples"),
            ("SampleLosses", training.SampleLossesOffset, $"{LossesOf(plan)}, after all parts"),
        ]);
    }

    private static string LossesOf(NetworkPlan plan) => plan.Graph.OutputSteps == 1 ? "the loss of each sample" : "the loss of each step of each sample";

    /// <summary>The constant of a value's place; a layer may be called like what every class inherits.</summary>
    private static string Place(Value value) => Constant(Names.Pascal(value.Name));

    private static string Constant(string name) => Inherited.Contains(name) ? $"new const int {name}" : $"const int {name}";

    private static void WritePlan(CodeWriter writer, Plan plan, string what, IEnumerable<(string Name, int Offset, string What)> others)
    {
        var memory = plan.Memory;
        var shared = memory.LengthWithoutSharing - memory.Length;
        writer.Comment($"The places of the values of {what}{(others.Any() ? " and of other buffers" : "")}: {Invariant.Grouped(memory.Length * 4L)} bytes of values{(shared > 0 ? $", {Invariant.Grouped(memory.LengthWithoutSharing * 4)} without sharing" : "")}.");
        writer.Block($"private static class {plan.Name}", () =>
        {
            foreach (var region in memory.Regions)
                writer.Line($"public {Place(region.Value)} = {region.Offset}; // {region.SampleLength} floats{(memory.Capacity > 1 && !region.Value.IsShared ? " per sample" : "")}{(region.Replaced is { } replaced ? $", in the place of {replaced.Name}" : "")}");
            foreach (var (name, offset, comment) in others)
                writer.Line($"public const int {name} = {offset}; // {comment}");
        });
    }
}
