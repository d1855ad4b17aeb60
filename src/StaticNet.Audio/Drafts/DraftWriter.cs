using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Importing;
using StaticNet.Serialization;

namespace StaticNet.Audio.Drafts;

/// <summary>Writes the layers of a draft as a person would: a name where one is needed, and what a layer takes where it is not the one above.</summary>
/// <param name="nodes">All layers.</param>
/// <param name="kept">The numbers of those that are written, in order.</param>
internal sealed class DraftWriter(IReadOnlyList<DraftNode> nodes, IReadOnlyList<int> kept)
{
    private readonly Dictionary<int, string> _names = NamesOf(nodes, kept);
    private readonly HashSet<int> _called = [];

    public IReadOnlyList<AttributeDeclaration> Write(StateDict weights, StateDict state)
    {
        // What each layer takes comes first, since it says which layers need a name.
        var drafts = kept.Select((node, place) => Connected(nodes[node], place == 0 ? -1 : kept[place - 1])).ToArray();
        var attributes = new List<AttributeDeclaration>();
        for (var place = 0; place < drafts.Length; place++)
        {
            var node = nodes[kept[place]];
            var name = _names[kept[place]];
            Copy(node.Parameters, name, weights);
            Copy(node.State, name, state);
            var needsName = node.Name is not null && (_called.Contains(kept[place]) || node.Parameters.Count > 0);
            attributes.Add(needsName ? drafts[place].With("Name", name) : drafts[place]);
        }

        return attributes;
    }

    /// <summary>The attribute with the names of what the layer takes.</summary>
    private AttributeDeclaration Connected(DraftNode node, int previous)
    {
        var others = node.IsJoin && node.Inputs.Count == 2 && node.Attribute.Name is "Add" or "Multiply" && node.Inputs[1] == previous && node.Inputs[0] != previous
            ? node.Inputs.Reverse().ToArray()
            : [.. node.Inputs];
        if (!node.IsJoin)
            return others[0] == previous ? node.Attribute : node.Attribute.With("From", Call(others[0]));
        // With one name, a join takes the layer above too.
        var called = others.Length == 2 && others[0] == previous ? others[1..] : others;
        return new AttributeDeclaration(node.Attribute.Name, ImmutableArray.CreateRange<object>(called.Select(Call)));
    }

    private string Call(int node)
    {
        _called.Add(node);
        return node < 0 ? "input" : _names[node];
    }

    private static void Copy(StateDict from, string name, StateDict to)
    {
        foreach (var tensor in from)
            to.Add($"{name}.{tensor.Name}", tensor.Shape.AsSpan(), tensor.Values);
    }

    /// <summary>The names: those without one are numbered per kind again, since some may have been left out.</summary>
    private static Dictionary<int, string> NamesOf(IReadOnlyList<DraftNode> nodes, IReadOnlyList<int> kept)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new Dictionary<int, string>();
        foreach (var node in kept)
        {
            var kind = nodes[node].Kind;
            var number = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            names.Add(node, nodes[node].Name ?? kind + number.ToString(CultureInfo.InvariantCulture));
        }

        return names;
    }
}
