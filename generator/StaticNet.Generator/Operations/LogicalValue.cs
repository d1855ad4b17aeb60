using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>What a layer or a part of it gives, before anything is decided about memory.</summary>
/// <param name="type">Its type, in the logical order of axes.</param>
internal sealed class LogicalValue(TensorType type)
{
    public TensorType Type { get; } = type;

    /// <summary>The fixed tensor that it is, which only joins take; null where it is none.</summary>
    public Parameter? Constant { get; init; }
}
