namespace StaticNet.Importing;

/// <summary>A class that an attribute names with <c>typeof</c>.</summary>
/// <param name="Name">The class's name.</param>
public sealed record TypeName(string Name);
