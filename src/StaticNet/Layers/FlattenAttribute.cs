namespace StaticNet;

/// <summary>All axes as one, in row-major (channels-first) order.</summary>
public sealed class FlattenAttribute : LayerAttribute;
