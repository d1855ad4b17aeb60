using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// What a layer computes, in logical shapes. The layout turns it into operations on values that lie in memory in some order of axes.
/// </summary>
/// <param name="layer">The full name of the layer.</param>
/// <param name="inputs">What it takes.</param>
/// <param name="output">The logical type of what it gives.</param>
/// <param name="use">In which order of axes it takes its inputs.</param>
internal abstract class LogicalOperation(string layer, IReadOnlyList<LogicalValue> inputs, TensorType output, LayoutUse use)
{
    public string Layer { get; } = layer;

    public IReadOnlyList<LogicalValue> Inputs { get; } = inputs;

    public LogicalValue Output { get; } = new(output);

    /// <summary>In which order of axes it takes its inputs.</summary>
    public LayoutUse Use { get; } = use;

    /// <summary>What it does with inputs in planes; what takes the logical order takes planes, which are that.</summary>
    public PlaneUse Planes { get; init; } = use == LayoutUse.ChannelsFirst ? PlaneUse.Takes : PlaneUse.None;

    /// <summary>Makes its operations.</summary>
    /// <param name="layout">Takes them.</param>
    /// <param name="inputs">What stands for its inputs, in the order of axes that it takes.</param>
    /// <returns>What stands for its output.</returns>
    public abstract Value Arrange(LayoutBuilder layout, Value[] inputs);
}
