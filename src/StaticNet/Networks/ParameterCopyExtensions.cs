using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>Copies parameters between networks of different classes, for fine-tuning and layer-wise pre-training.</summary>
public static class ParameterCopyExtensions
{
    /// <summary>
    /// Copies parameters and statistics by name: all that fit or, on an error, none. Layouts in memory may differ; only the
    /// logical shape matters. The scaling does not change.
    /// </summary>
    /// <param name="target">The network whose parameters change.</param>
    /// <param name="source">The network that they come from.</param>
    /// <param name="rename">
    /// Returns the name in the target of a parameter of the source, or null to leave it out. Null if all names are the same.
    /// </param>
    /// <param name="strict">True (the default) requires every parameter of the target, and a place for each of the source that
    /// is not left out. False copies those whose names are in both. Shapes must always agree.
    /// </param>
    /// <returns>What was copied, and what was not.</returns>
    /// <exception cref="InvalidOperationException">The source is an inference twin that has no weights yet.</exception>
    /// <exception cref="ArgumentException">Parameters are missing or have no place (when strict, or if the target is an
    /// inference twin that has no weights yet), nothing fits, two have the same new name, or a shape differs; the message names
    /// them all, with both shapes.
    /// </exception>
    /// <example><code>
    /// // All but the last layer, which has another number of classes.
    /// network.CopyParametersFrom(pretrained, name => name.StartsWith("dense3.") ? null : name, strict: false);
    /// </code></example>
    public static ParameterCopy CopyParametersFrom<TTarget, TSource>(
        this TTarget target, TSource source, Func<string, string?>? rename = null, bool strict = true)
        where TTarget : class, INetwork<TTarget>
        where TSource : class, INetwork<TSource>
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(source);
        if (!source.Weights.AreSet)
            NetworkGuard.ThrowNoWeights(TSource.Description.Name);
        var (table, from) = (TTarget.ParameterTable, TSource.ParameterTable);
        var state = new StateDict();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in from.Parameters)
        {
            var name = rename is null ? parameter.Name : rename(parameter.Name);
            if (name is null)
                continue;
            if (!names.TryAdd(name, parameter.Name))
                throw new ArgumentException($"Expected one parameter for each name; {names[name]} and {parameter.Name} are both to become {name}.", nameof(rename));
            var values = new float[parameter.Count];
            parameter.Unpack(source.Weights.Values, values);
            state.AddOwned(name, parameter.Shape, values);
        }

        StateDictProblems.Find(table.Parameters.Select(parameter => (parameter.Name, parameter.Shape)), state)
            .ThrowIfAny(strict || !target.Weights.AreSet, TTarget.Description.Name, $"What {TSource.Description.Name} gives");
        if (!table.Parameters.Any(parameter => state.Contains(parameter.Name)))
            throw new ArgumentException($"Nothing of {TSource.Description.Name} has a name of {TTarget.Description.Name}; it has {string.Join(", ", table.Parameters.Select(parameter => parameter.Name))}.");
        foreach (var parameter in table.Parameters)
        {
            if (state.TryGet(parameter.Name, out var tensor))
                parameter.Pack(tensor.Values, target.Weights.Edit());
        }

        var used = names.Where(name => table.TryGet(name.Key, out _)).Select(name => name.Value).ToHashSet(StringComparer.Ordinal);
        return new ParameterCopy(
            [.. table.Parameters.Select(parameter => parameter.Name).Where(state.Contains)],
            [.. table.Parameters.Select(parameter => parameter.Name).Where(name => !state.Contains(name))],
            [.. from.Parameters.Select(parameter => parameter.Name).Where(name => !used.Contains(name))]);
    }

    /// <summary>
    /// Copies the parameters whose names begin with one of some prefixes, each replaced: <c>("dense1", "dense2")</c> copies
    /// <c>dense1.weight</c> to <c>dense2.weight</c>. All others are left out.
    /// </summary>
    /// <param name="target">The network whose parameters change.</param>
    /// <param name="source">The network that they come from.</param>
    /// <param name="prefixes">Layers or blocks of the source, and their names in the target. A prefix ends where a name has a
    /// dot, and the longest matching one is used. Each must match something.
    /// </param>
    /// <returns>What was copied, and what was not.</returns>
    /// <exception cref="ArgumentException">A prefix matches no parameter, a parameter has no place in the target or another
    /// shape there, or two have the same new name.
    /// </exception>
    /// <example><code>
    /// // The encoder of an autoencoder becomes the first two layers of a classifier.
    /// classifier.CopyParametersFrom(autoencoder, ("dense1", "dense1"), ("dense2", "dense2"));
    /// </code></example>
    public static ParameterCopy CopyParametersFrom<TTarget, TSource>(
        this TTarget target, TSource source, params (string From, string To)[] prefixes)
        where TTarget : class, INetwork<TTarget>
        where TSource : class, INetwork<TSource>
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(prefixes);
        var names = TSource.ParameterTable.Parameters.Select(parameter => parameter.Name).ToArray();
        foreach (var (from, _) in prefixes)
        {
            if (!names.Any(name => Fits(name, from)))
                throw new ArgumentException($"Expected the names of layers or blocks of {TSource.Description.Name}; no parameter begins with '{from}'. There are: {string.Join(", ", names)}.", nameof(prefixes));
        }

        foreach (var name in names)
        {
            if (Rename(name) is { } renamed && !TTarget.ParameterTable.TryGet(renamed, out _))
                throw new ArgumentException($"{TTarget.Description.Name} has no parameter {renamed}, which {name} of {TSource.Description.Name} is to become.", nameof(prefixes));
        }

        return target.CopyParametersFrom(source, Rename, strict: false);

        string? Rename(string name) => prefixes
            .Where(prefix => Fits(name, prefix.From))
            .OrderByDescending(prefix => prefix.From.Length)
            .Select(prefix => prefix.To + name[prefix.From.Length..])
            .FirstOrDefault();

        static bool Fits(string name, string prefix) =>
            name.Length > prefix.Length && name[prefix.Length] == '.' && name.StartsWith(prefix, StringComparison.Ordinal);
    }
}
