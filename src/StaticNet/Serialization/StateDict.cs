using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace StaticNet.Serialization;

/// <summary>
/// Named tensors in a fixed order: what a network saves and loads, independent of the layout that its kernels use.
/// </summary>
/// <remarks>Names are compared ordinally. Values are copied in and never change.</remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "State dict is the field's term.")]
public sealed class StateDict : IReadOnlyCollection<StateTensor>
{
    private readonly OrderedDictionary<string, StateTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.Count;

    /// <summary>Text that is stored with the tensors, in ordinal order of its keys.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tensor of that name.</summary>
    /// <param name="name">The name, compared ordinally.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public StateTensor this[string name] => TryGet(name, out var tensor)
        ? tensor
        : throw new KeyNotFoundException($"There is no tensor '{name}' among the {Count} of this state dict.");

    /// <summary>Adds a tensor at the end.</summary>
    /// <param name="name">Its name, not yet in use.</param>
    /// <param name="shape">Its sizes, each 0 or more; empty for a scalar.</param>
    /// <param name="values">Its elements in row-major order; they are copied.</param>
    /// <exception cref="ArgumentException">The name is already used, or shape and values do not agree.</exception>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        Shapes.Require(shape, values.Length, nameof(shape));
        AddOwned(name, ImmutableArray.Create(shape), values.ToArray());
    }

    /// <summary>Adds a tensor whose array nobody else holds, and whose shape is known to fit.</summary>
    internal void AddOwned(string name, ImmutableArray<int> shape, float[] values)
    {
        if (!_tensors.TryAdd(name, new StateTensor(name, shape, values)))
            throw new ArgumentException($"There is already a tensor '{name}'; names must be unique.", nameof(name));
    }

    /// <summary>Adds all tensors and metadata of another state dict under names with a prefix; the numbers are shared, not copied.</summary>
    /// <param name="prefix">The prefix of each name, such as <c>optimizer/</c>.</param>
    /// <param name="part">The other state dict.</param>
    /// <exception cref="ArgumentException">A name is already used.</exception>
    public void AddPart(string prefix, StateDict part)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(part);
        foreach (var tensor in part)
            AddOwned(prefix + tensor.Name, tensor.Shape, tensor.Owned);
        foreach (var (key, value) in part.Metadata)
            Metadata.Add(prefix + key, value);
    }

    /// <summary>The tensors and metadata whose names have a prefix, without it; the numbers are shared, not copied.</summary>
    /// <param name="prefix">The prefix that was passed to <see cref="AddPart"/>.</param>
    /// <returns>A state dict, empty if there are none.</returns>
    public StateDict Part(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var part = new StateDict();
        foreach (var tensor in this.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
            part.AddOwned(tensor.Name[prefix.Length..], tensor.Shape, tensor.Owned);
        foreach (var (key, value) in Metadata.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
            part.Metadata.Add(key[prefix.Length..], value);
        return part;
    }

    /// <summary>Whether there is a tensor of that name.</summary>
    /// <param name="name">The name, compared ordinally.</param>
    /// <returns>True if it is.</returns>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Finds the tensor of that name.</summary>
    /// <param name="name">The name, compared ordinally.</param>
    /// <param name="tensor">The tensor, or null.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out StateTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensors in the order in which they were added.</summary>
    /// <returns>An enumerator, which an addition makes invalid.</returns>
    public IEnumerator<StateTensor> GetEnumerator() => _tensors.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
