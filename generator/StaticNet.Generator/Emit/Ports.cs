using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>The inputs and outputs of a network as emitted methods name them.</summary>
internal sealed class Ports
{
    public Ports(NetworkGraph graph)
    {
        // What has a name of the user's is named in each member, apart from the names that are there anyway. An input and an output
        // that are called alike get two names.
        Port Of(string name, string kind, string only, bool isOnly, Vocabulary.TensorType type)
        {
            var hole = Hole.Of(Names.Camel(name));
            var local = isOnly ? only : kind == "Inputs" ? hole : Hole.Of(hole, "");
            return new Port(name, kind, local, Hole.Of(isOnly ? Hole.Of(only) : local, "Stride"), type, kind == "Inputs" ? graph.Steps : graph.OutputSteps);
        }

        Inputs = [.. graph.Inputs.Select(input => Of(input.Name, "Inputs", NetworkGraph.InputName, graph.Inputs.Count == 1, input.Type))];
        Outputs = [.. graph.Outputs.Select(output => Of(output.Name, "Outputs", NetworkGraph.OutputName, graph.Outputs.Count == 1, output.Type))];
    }

    public IReadOnlyList<Port> Inputs { get; }

    public IReadOnlyList<Port> Outputs { get; }

    /// <summary>Whether there are several of one kind, so that each has a name and constants.</summary>
    public bool AreSeveral => Inputs.Count > 1 || Outputs.Count > 1;

    /// <summary>The arguments that hand over inputs, and outputs, in the memory of samples that hold all, one after the other.</summary>
    /// <param name="ports">The inputs or the outputs.</param>
    /// <param name="span">The memory.</param>
    /// <param name="place">Where the first sample begins in it.</param>
    /// <param name="stride">The constant of a step's floats, where it is handed over too.</param>
    public static IEnumerable<string> References(IReadOnlyList<Port> ports, string span, string place = "0", string? stride = null)
    {
        foreach (var port in ports)
        {
            var offset = Arithmetic.Sum(place, ports.Count == 1 || port == ports[0] ? "0" : port.Offset);
            yield return offset == "0" ? $"ref {Types.MemoryMarshal}.GetReference({span})" : $"ref {Types.Unsafe}.Add(ref {Types.MemoryMarshal}.GetReference({span}), {offset})";
            if (stride is not null && ports.Count > 1)
                yield return stride;
        }
    }

    /// <summary>The constant of the floats from step to step of all inputs, or outputs.</summary>
    public static string StrideOf(NetworkGraph graph, string what) => graph.Steps == 1 ? what + "Length" : $"Step{what}Length";

    /// <summary>The same in memory of their own.</summary>
    /// <param name="ports">The inputs or the outputs.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="isStrided">Whether the floats from sample to sample are handed over too.</param>
    public static IEnumerable<string> OwnReferences(IReadOnlyList<Port> ports, string? first = null, bool isStrided = false)
    {
        foreach (var port in ports)
        {
            yield return first is null
                ? $"ref {Types.MemoryMarshal}.GetReference({port.Local})"
                : $"ref {Types.Unsafe}.Add(ref {Types.MemoryMarshal}.GetReference({port.Local}), {first} * {port.Length})";
            if (isStrided && ports.Count > 1)
                yield return port.StepLength;
        }
    }

    /// <summary>The parameters of a method that takes them as references.</summary>
    /// <param name="ports">The inputs or the outputs.</param>
    /// <param name="isStrided">Whether it takes the floats from sample to sample too, where there are several.</param>
    /// <param name="only">What the parameter is called where there is one.</param>
    public static IEnumerable<string> Parameters(IReadOnlyList<Port> ports, bool isStrided, string? only = null) => ports.Count == 1
        ? [$"ref float {only ?? ports[0].Local}"]
        : ports.SelectMany(port => isStrided ? new[] { $"ref float {port.Local}", $"int {port.Stride}" } : [$"ref float {port.Local}"]);
}
