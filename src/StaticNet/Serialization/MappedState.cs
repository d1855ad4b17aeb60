namespace StaticNet.Serialization;

/// <summary>Tensors under a network's names and in its layouts, and what they were in the file.</summary>
internal sealed class MappedState
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    public StateDict State { get; } = new();

    /// <summary>Tensors of the file that the map leaves out.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Lines about inputs of dense layers that were put into another order.</summary>
    public List<string> Reordered { get; } = [];

    /// <exception cref="ArgumentException">Another tensor has the name already.</exception>
    public void Add(string source, KerasTensor tensor)
    {
        if (!_sources.TryAdd(tensor.Name, source))
            throw new ArgumentException($"Expected one tensor for each parameter; {_sources[tensor.Name]} and {source} are both to become {tensor.Name}.");
        State.AddOwned(tensor.Name, tensor.Shape, tensor.Values);
        if (tensor.Reordered is { } line)
            Reordered.Add(line);
    }

    /// <summary>What a tensor is called in the file.</summary>
    public string SourceOf(string name) => _sources.GetValueOrDefault(name, name);

    /// <summary>What a tensor is called in the file, and what it was to become where that is another name.</summary>
    public string Describe(string name) => SourceOf(name) is var source && source == name ? name : $"{source} (as {name})";
}
