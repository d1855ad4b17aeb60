namespace StaticNet.Generator.Layers;

/// <summary>How many positions a side of an axis gains or loses.</summary>
internal readonly record struct Sides(int Before, int After);
