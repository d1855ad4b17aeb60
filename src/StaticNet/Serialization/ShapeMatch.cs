namespace StaticNet.Serialization;

/// <summary>Finds which modules of a file are which layers of a network where the shapes of their tensors leave one way
/// only.</summary>
internal sealed class ShapeMatch(StateDict state, ParameterTable table, NetworkDescription description, KerasTensors? keras, string what)
{
    /// <summary>Assigns the names of layers without a module to the modules whose names the network does not have.</summary>
    /// <param name="names">The names that the map assigns to the file's tensors; those of modules that are found are replaced.</param>
    /// <exception cref="ArgumentException">Layers fit no module, or several in several ways.</exception>
    public void Complete(Dictionary<string, string?> names)
    {
        var named = names.Where(entry => entry.Value is not null && table.TryGet(Converted(entry.Key, entry.Value).Name, out _))
            .Select(entry => LayerOf(Converted(entry.Key, entry.Value!).Name)).ToHashSet(StringComparer.Ordinal);
        var layers = table.Parameters.GroupBy(parameter => LayerOf(parameter.Name)).Where(layer => !named.Contains(layer.Key)).ToDictionary(layer => layer.Key, layer => layer.ToArray(), StringComparer.Ordinal);
        var modules = names.Where(entry => entry.Value is not null && !Scaling.IsReserved(entry.Key))
            .GroupBy(entry => LayerOf(entry.Value!), entry => new ModuleTensor(entry.Key, LeafOf(entry.Value!)))
            .Where(module => !named.Contains(module.Key))
            .ToDictionary(module => module.Key, module => module.ToArray(), StringComparer.Ordinal);
        var candidates = layers.ToDictionary(layer => layer.Key, layer => modules.Keys.Where(module => Fits(modules[module], layer.Key, layer.Value)).ToList(), StringComparer.Ordinal);
        var none = candidates.Where(layer => layer.Value.Count == 0).Select(layer => $"{layer.Key} ({Describe(layers[layer.Key])})").ToArray();
        if (none.Length > 0)
            throw new ArgumentException($"{what} does not fit {description.Name}: no module of the file has the shapes of {string.Join(" or ", none)}. There are: {string.Join("; ", modules.Select(module => $"{module.Key} ({Describe(module.Value)})"))}.");

        // A pairing that is the only one has, as long as it is not complete, a layer with a single candidate.
        while (candidates.FirstOrDefault(layer => layer.Value.Count == 1) is { Value: [var module] } found)
        {
            foreach (var tensor in modules[module])
                names[tensor.Name] = $"{found.Key}.{tensor.Leaf}";
            candidates.Remove(found.Key);
            foreach (var (layer, others) in candidates)
            {
                if (others.Remove(module) && others.Count == 0)
                    throw new ArgumentException($"{what} does not fit {description.Name}: {module} alone has the shapes of both {found.Key} and {layer}.");
            }
        }

        if (candidates.Count > 0)
        {
            var several = candidates.Select(layer => $"{layer.Key} ({Describe(layers[layer.Key])}) may be {string.Join(" or ", layer.Value)}");
            throw new ArgumentException($"{what} fits {description.Name} in several ways: {string.Join("; ", several)}. Name them in the map.");
        }
    }

    private bool Fits(ModuleTensor[] module, string layer, ParameterInfo[] parameters)
    {
        var left = parameters.Where(parameter => !IsCount(parameter.Name)).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        // Before anything is converted: a file may have hundreds of modules.
        if (module.Where(tensor => !IsCount(tensor.Leaf)).Sum(tensor => state[tensor.Name].Values.Length) != parameters.Where(parameter => left.Contains(parameter.Name)).Sum(parameter => parameter.Count))
            return false;
        foreach (var tensor in module.Where(tensor => !IsCount(tensor.Leaf)))
        {
            var converted = Converted(tensor.Name, $"{layer}.{tensor.Leaf}");
            if (!table.TryGet(converted.Name, out var parameter) || !left.Remove(parameter.Name) || !converted.Shape.SequenceEqual(parameter.Shape))
                return false;
        }

        return left.Count == 0;
    }

    private KerasTensor Converted(string tensor, string name) => keras?.Convert(state[tensor], name, table, description) ?? new KerasTensor(name, state[tensor].Shape, state[tensor].Owned, null);

    private static string LeafOf(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static string LayerOf(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : "";

    private static bool IsCount(string name) => name.EndsWith("num_batches_tracked", StringComparison.Ordinal);

    private static string Describe(ParameterInfo[] parameters) =>
        string.Join(", ", parameters.Where(parameter => !IsCount(parameter.Name)).Select(parameter => $"{LeafOf(parameter.Name)} {Shapes.Format(parameter.Shape.AsSpan())}"));

    private string Describe(ModuleTensor[] tensors) =>
        string.Join(", ", tensors.Where(tensor => !IsCount(tensor.Leaf)).Select(tensor => $"{tensor.Leaf} {Shapes.Format(state[tensor.Name].Shape.AsSpan())}"));

    /// <summary>A tensor of a module.</summary>
    /// <param name="Name">Its name in the file.</param>
    /// <param name="Leaf">What it is in the module, by the map.</param>
    private readonly record struct ModuleTensor(string Name, string Leaf);
}
