namespace StaticNet.Generator.Layers;

/// <summary>An output as declared: the layer that gives it (null: the last one) and its name (null: the layer's).</summary>
internal sealed record OutputSpec(string? From, string? Name);
