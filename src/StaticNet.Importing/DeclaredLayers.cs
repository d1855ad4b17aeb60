namespace StaticNet.Importing;

/// <summary>A graph of layers as a chain of attributes.</summary>
/// <param name="Attributes">The attributes from the first input to the last output.</param>
/// <param name="Inputs">The inputs among them, in order, with their names.</param>
/// <param name="Blocks">The blocks that they use.</param>
public sealed record DeclaredLayers(IReadOnlyList<AttributeDeclaration> Attributes, IReadOnlyList<(string Name, LayerNode Layer)> Inputs, IReadOnlyList<BlockDeclaration> Blocks);
