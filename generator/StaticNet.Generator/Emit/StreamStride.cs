using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Emit;

/// <summary>How the members of a stream name what comes at a time: a step, or with strides in time the steps that belong together.</summary>
/// <param name="graph">The network.</param>
internal sealed class StreamStride(NetworkGraph graph)
{
    /// <summary>Whether a stream takes several steps at a time, or makes several.</summary>
    public bool Exists { get; } = graph.TotalStride > 1 || graph.StepsOfStride(graph.OutputSteps) > 1;

    /// <summary>The floats of the input.</summary>
    public string InputLength => Exists ? "StreamInputLength" : "StepInputLength";

    /// <summary>The floats of the output.</summary>
    public string OutputLength => Exists ? "StreamOutputLength" : "StepOutputLength";

    /// <summary>How often such steps have gone through.</summary>
    public string Position => graph.TotalStride == 1 ? "state.Position" : "state.Position / TotalStride";

    /// <summary>The steps of the input.</summary>
    public string Steps(string count) => graph.TotalStride == 1 ? count : count == "1" ? "TotalStride" : $"{count} * TotalStride";
}
