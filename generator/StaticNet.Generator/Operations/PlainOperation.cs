using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A logical operation of which the layout asks nothing but in which order of axes it takes its inputs.</summary>
/// <param name="layer">The full name of the layer.</param>
/// <param name="inputs">What it takes.</param>
/// <param name="output">The logical type of what it gives.</param>
/// <param name="use">In which order of axes it takes its inputs.</param>
/// <param name="arrange">Makes its operations.</param>
internal sealed class PlainOperation(string layer, IReadOnlyList<LogicalValue> inputs, TensorType output, LayoutUse use, Func<LayoutBuilder, Value[], Value> arrange)
    : LogicalOperation(layer, inputs, output, use)
{
    public override Value Arrange(LayoutBuilder layout, Value[] inputs) => arrange(layout, inputs);
}
