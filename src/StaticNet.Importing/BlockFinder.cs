using System.Globalization;

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
        var places = chain.Select((layer, index) => (layer, index)).ToDictionary(entry => entry.layer, entry => entry.index);
        var lastReaders = LastReaders(chain);
        var (best, saving) = ((Starts: new List<int>(), Length: 0), (2 * LeastSaving) - 1);
        for (var length = 2; length <= Math.Min(LongestRun, chain.Count / 2); length++)
        {
            var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            for (var start = 0; start + length <= chain.Count; start++)
            {
                if (Signature(chain, places, lastReaders, start, length) is not { } signature)
                    continue;
                if (!groups.TryGetValue(signature, out var starts))
                    groups.Add(signature, starts = []);
                if (starts.Count == 0 || starts[^1] + length <= start)
                    starts.Add(start);
            }

            foreach (var starts in groups.Values)
            {
                // Of runs that differ only in where they begin, those are taken that do not begin with the end of a layer.
                var lines = (2 * (((starts.Count - 1) * length) - starts.Count - 2)) + (chain[starts[0]].Attribute.Name == "Activation" ? 0 : 1);
                if (starts.Count > 1 && lines > saving)
                    (best, saving) = ((starts, length), lines);
            }
        }

        return best;
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

    /// <summary>How a run is written, or null if it has several inputs or if something inside it is read from outside.</summary>
    private static string? Signature(List<LayerNode> chain, Dictionary<LayerNode, int> places, Dictionary<LayerNode, int> lastReaders, int start, int length)
    {
        if (chain[start].Kind != LayerNodeKind.Layer || chain[start + length - 1].Kind == LayerNodeKind.Constant)
            return null;
        var input = chain[start].Inputs[0];
        var text = new List<string>(length);
        for (var index = start; index < start + length; index++)
        {
            var layer = chain[index];
            if (index < start + length - 1 && lastReaders.GetValueOrDefault(layer) >= start + length)
                return null;
            var references = new List<string>();
            foreach (var taken in layer.Inputs)
            {
                if (places.TryGetValue(taken, out var place) && place >= start)
                    references.Add((place - start).ToString(CultureInfo.InvariantCulture));
                else if (taken == input)
                    references.Add("input");
                else
                    return null;
            }

            text.Add($"{layer.Attribute} {string.Join(',', references)}");
        }

        return string.Join('\n', text.Prepend(string.Join('×', input.Shape)));
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
