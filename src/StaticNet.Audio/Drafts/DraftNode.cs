using StaticNet.Importing;
using StaticNet.Serialization;

namespace StaticNet.Audio.Drafts;

/// <summary>A layer of a draft.</summary>
/// <param name="Attribute">Its attribute, without names.</param>
/// <param name="Kind">What the generator calls such layers: <c>dense</c>.</param>
/// <param name="Name">Its name; null: that which the generator gives.</param>
/// <param name="Inputs">The layers that it takes.</param>
internal sealed record DraftNode(AttributeDeclaration Attribute, string Kind, string? Name, IReadOnlyList<int> Inputs)
{
    /// <summary>Its parameters, by their names in the layer.</summary>
    public StateDict Parameters { get; } = new();

    /// <summary>What its stream begins with, by the names in the layer.</summary>
    public StateDict State { get; } = new();

    /// <summary>Whether it takes its inputs by an argument of its constructor.</summary>
    public bool IsJoin { get; init; }
}
