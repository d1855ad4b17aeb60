namespace StaticNet.Importing;

/// <summary>The declaration of a network as data: what <see cref="DeclarationWriter"/> writes as C#.</summary>
/// <param name="ClassName">The class's name, a C# identifier.</param>
/// <param name="Layers">Inputs, layers, outputs and losses in order, without <c>[Network]</c>.</param>
public sealed record NetworkDeclaration(string ClassName, IReadOnlyList<AttributeDeclaration> Layers)
{
    /// <summary>The namespace; null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>What the network is, as the text of its documentation.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Further lines of its documentation: where it comes from, the meaning of inputs and outputs.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The blocks that its layers use.</summary>
    public IReadOnlyList<BlockDeclaration> Blocks { get; init; } = [];
}
