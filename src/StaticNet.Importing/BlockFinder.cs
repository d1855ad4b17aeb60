namespace StaticNet.Importing;

/// <summary>
/// Finds layers that repeat: runs of a chain with one input and one output that are written alike. Each becomes a class, and the runs
/// become blocks.
/// </summary>
internal sealed class BlockFinder(string className, HashSet<LayerNode> outputs)
{
    private const int LongestRun = 48;

    /// <summary>A block must save as many lines.</summary>
    private const int LeastSaving = 3;

    private readonly Dictionary<LayerNode, string> _blocks = [];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The blocks in the order in which they were found, each as the run that it was first.</summary>
    public List<(string Name, int Count, LayerNode First)> Found { get; } = [];

    /// <summary>Replaces repeated runs, the ones that save most lines first.</summary>
    /// <param name="chain">The layers without inputs, which change.</param>
    public void Replace(List<LayerNode> chain)
    {
        while (Best(chain) is { Starts.Count: > 1 } best)
        {
            var name = Identifiers.Unique(className + Kind(chain, best.Starts[0], best.Length), _names);
            foreach (var start in best.Starts.OrderDescending())
                ReplaceRun(chain, start, best.Length, name);
            Found.Add((name, best.Starts.Count, _blocks.First(block => block.Value == name).Key));
        }
    }

    private (List<int> Starts, int Length) Best(List<LayerNode> chain)
    {
        var groups = Groups(chain);
        var (best, saving) = ((Starts: new List<int>(), Length: 0), (2 * LeastSaving) - 1);
        foreach (var ((length, _), starts) in groups)
        {
            // Of runs that differ only in where they begin, those are taken that do not begin with the end of a layer.
            var lines = (2 * (((starts.Count - 1) * length) - starts.Count - 2)) + (chain[starts[0]].Attribute.Name == "Activation" ? 0 : 1);
            if (starts.Count > 1 && lines > saving && starts.TrueForAll(start => AreAlike(chain, starts[0], start, length)))
                (best, saving) = ((starts, length), lines);
        }

        return best;
    }

    /// <summary>The runs with one input, of which nothing but the last layer is read from outside, by their length and a hash of how they are
    /// written; those of a group do not overlap.</summary>
    private Dictionary<(int Length, ulong Hash), List<int>> Groups(List<LayerNode> chain)
    {
        var places = chain.Select((layer, index) => (layer, index)).ToDictionary(entry => entry.layer, entry => entry.index);
        var (lastReaders, words) = (LastReaders(chain), Words(chain));
        var groups = new Dictionary<(int Length, ulong Hash), List<int>>();
        for (var start = 0; start < chain.Count; start++)
        {
            if (chain[start].Kind != LayerNodeKind.Layer)
                continue;
            var input = chain[start].Inputs[0];
            var (hash, lastReader) = (Mixed(0, input.Shape.Aggregate(0UL, (sum, size) => (sum * 1_000_003) + (ulong)size)), -1);
            for (var index = start; index < Math.Min(chain.Count, start + LongestRun); index++)
            {
                hash = Mixed(hash, (ulong)words[index]);
                if (!chain[index].Inputs.All(taken => taken == input || (places.TryGetValue(taken, out var place) && place >= start)))
                    break;
                foreach (var taken in chain[index].Inputs)
                    hash = Mixed(hash, taken == input ? 0 : (ulong)(places[taken] - start + 1));
                var length = index - start + 1;
                if (length > 1 && lastReader <= index && chain[index].Kind != LayerNodeKind.Constant)
                    AddRun(groups, (length, hash), start);
                lastReader = Math.Max(lastReader, lastReaders.GetValueOrDefault(chain[index], -1));
            }
        }

        return groups;
    }

    private static void AddRun(Dictionary<(int Length, ulong Hash), List<int>> groups, (int Length, ulong Hash) key, int start)
    {
        if (!groups.TryGetValue(key, out var starts))
            groups.Add(key, starts = []);
        if (starts.Count == 0 || starts[^1] + key.Length <= start)
            starts.Add(start);
    }

    /// <summary>A number for each layer, the same for those that are written alike.</summary>
    private static int[] Words(List<LayerNode> chain)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. chain.Select(layer => numbers.TryGetValue(layer.Attribute.ToString(), out var number) ? number : numbers[layer.Attribute.ToString()] = numbers.Count)];
    }

    /// <summary>SplitMix64 of a number on top of a hash.</summary>
    private static ulong Mixed(ulong hash, ulong number)
    {
        var mixed = ((hash ^ number) + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private Dictionary<LayerNode, int> LastReaders(List<LayerNode> chain)
    {
        var last = new Dictionary<LayerNode, int>();
        for (var index = 0; index < chain.Count; index++)
        {
            foreach (var input in chain[index].Inputs)
                last[input] = index;
        }

        foreach (var output in outputs)
            last[output] = int.MaxValue;
        return last;
    }

    /// <summary>Whether two runs are written alike, as their hashes say.</summary>
    private static bool AreAlike(List<LayerNode> chain, int a, int b, int length)
    {
        var (first, second) = (chain.GetRange(a, length), chain.GetRange(b, length));
        return first[0].Inputs[0].Shape.SequenceEqual(second[0].Inputs[0].Shape) && first.Zip(second).All(pair =>
            pair.First.Attribute == pair.Second.Attribute && pair.First.Inputs.Length == pair.Second.Inputs.Length
            && pair.First.Inputs.Zip(pair.Second.Inputs).All(inputs => first.IndexOf(inputs.First) == second.IndexOf(inputs.Second)));
    }

    /// <summary>A word for what repeats.</summary>
    private static string Kind(List<LayerNode> chain, int start, int length)
    {
        var run = chain.GetRange(start, length);
        return run.Any(layer => layer.Attribute.Name == "Add" && layer.Inputs.Contains(run[0].Inputs[0])) ? "Residual"
            : run.Any(layer => layer.Attribute.Name is "MatMul" || layer.Attribute["Activation"] is Activation.Softmax) ? "Attention"
            : run.Any(layer => layer.Attribute.Name.Contains("Conv", StringComparison.Ordinal)) ? "Convolutions"
            : "Layers";
    }

    private void ReplaceRun(List<LayerNode> chain, int start, int length, string name)
    {
        var run = chain.GetRange(start, length);
        var block = new LayerNode(LayerNodeKind.Layer, new AttributeDeclaration("Block", new TypeName(name)), [run[0].Inputs[0]], run[^1].Shape) { Inner = run };
        chain.RemoveRange(start, length);
        chain.Insert(start, block);
        // The layers of a block name its input, which may be the run's output.
        foreach (var layer in chain.Concat(_blocks.Keys.SelectMany(other => other.Inner)).Where(layer => layer.Inputs.Contains(run[^1])).ToArray())
            layer.Inputs = [.. layer.Inputs.Select(input => input == run[^1] ? block : input)];
        if (outputs.Remove(run[^1]))
            outputs.Add(block);
        run[^1].Replacement = block;
        _blocks.Add(block, name);
    }
}
