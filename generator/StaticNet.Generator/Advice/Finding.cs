using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Advice;

/// <summary>A place where a network breaks a rule.</summary>
/// <param name="Place">The attribute.</param>
/// <param name="Arguments">The arguments of the rule's message.</param>
internal sealed record Finding(Place Place, params object[] Arguments)
{
    /// <summary>What to do about it; null if that is not certain.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>The same with a remedy of one or more edits.</summary>
    public Finding With(string title, params Edit[] edits) => this with { Remedy = new Remedy(title, edits) };
}
