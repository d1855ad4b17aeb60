namespace StaticNet.Generator.Layers;

/// <summary>A layer as declared: the layer, its name and where it takes its input from, both null when not given.</summary>
internal sealed record LayerSpec(Layer Layer, string? Name, string? From);
