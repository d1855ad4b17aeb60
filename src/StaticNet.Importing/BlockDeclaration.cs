namespace StaticNet.Importing;

/// <summary>A class of layers that a network uses as one layer.</summary>
/// <param name="ClassName">Its name.</param>
/// <param name="Summary">What it is, as the text of its documentation; empty for none.</param>
/// <param name="Layers">Its layers in order.</param>
public sealed record BlockDeclaration(string ClassName, string Summary, IReadOnlyList<AttributeDeclaration> Layers);
