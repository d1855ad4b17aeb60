using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Optimizers;

/// <summary>What the metadata of an optimizer's state dict says.</summary>
/// <param name="Steps">The number of steps done.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="GroupRates">The learning rate of each group; null where it is the optimizer's.</param>
/// <param name="Parameters">What is stored of each trainable parameter.</param>
internal sealed record OptimizerMetadata(
    long Steps, float LearningRate, ImmutableArray<float?> GroupRates, ImmutableArray<ParameterMetadata> Parameters)
{
    private const string StepKey = "optimizer.step";
    private const string RateKey = "optimizer.learning_rate";
    private const string FrozenKey = "optimizer.frozen";

    // No name has a line break.
    private const char Separator = '\n';

    /// <summary>Writes the entries; what has its usual value has none.</summary>
    public void Write(IDictionary<string, string> metadata)
    {
        metadata[StepKey] = Text(Steps);
        metadata[RateKey] = Text(LearningRate);
        for (var group = 0; group < GroupRates.Length; group++)
        {
            if (GroupRates[group] is { } rate)
                metadata[GroupKey(group)] = Text(rate);
        }

        if (Parameters.Any(parameter => parameter.IsFrozen))
            metadata[FrozenKey] = string.Join(Separator, Parameters.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.Name));
        foreach (var parameter in Parameters.Where(parameter => parameter.Steps != Steps))
            metadata[ParameterKey(parameter.Name)] = Text(parameter.Steps);
    }

    /// <summary>Reads the entries.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="groups">The optimizer's groups.</param>
    /// <param name="parameters">The trainable parameters.</param>
    /// <exception cref="ArgumentException">An entry is missing or not valid; the message names it.</exception>
    public static OptimizerMetadata Read(IDictionary<string, string> metadata, ImmutableArray<ParameterGroup> groups, ImmutableArray<ParameterInfo> parameters)
    {
        var steps = Count(metadata, StepKey, "the number of steps", long.MaxValue);
        var frozen = metadata.TryGetValue(FrozenKey, out var names) ? names.Split(Separator) : [];
        var known = parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        if (frozen.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new ArgumentException($"Expected names of trainable parameters in the metadata under '{FrozenKey}'; '{unknown}' is there.", nameof(metadata));

        return new OptimizerMetadata(
            steps,
            Rate(metadata, RateKey),
            [.. groups.Select((_, group) => metadata.ContainsKey(GroupKey(group)) ? Rate(metadata, GroupKey(group)) : (float?)null)],
            [.. parameters.Select(parameter => new ParameterMetadata(
                parameter.Name,
                metadata.ContainsKey(ParameterKey(parameter.Name)) ? Count(metadata, ParameterKey(parameter.Name), "the steps of a parameter", steps) : steps,
                frozen.Contains(parameter.Name, StringComparer.Ordinal)))]);
    }

    private static string GroupKey(int group) => $"optimizer.groups.{Text(group)}.learning_rate";

    private static string ParameterKey(string name) => $"optimizer.step.{name}";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static long Count(IDictionary<string, string> metadata, string key, string what, long largest)
    {
        var found = metadata.TryGetValue(key, out var text);
        return found && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= largest
            ? count
            : throw Invalid(key, what, text);
    }

    private static float Rate(IDictionary<string, string> metadata, string key)
    {
        var found = metadata.TryGetValue(key, out var text);
        return found && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate >= 0 && float.IsFinite(rate)
            ? rate
            : throw Invalid(key, "a learning rate", text);
    }

    private static ArgumentException Invalid(string key, string what, string? text) =>
        new($"Expected {what} in the metadata under '{key}'; {(text is null ? "nothing" : $"'{text}'")} is there.");
}

/// <summary>What is stored of a parameter.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Steps">The steps that it has taken part in.</param>
/// <param name="IsFrozen">Whether it is frozen.</param>
internal readonly record struct ParameterMetadata(string Name, long Steps, bool IsFrozen);
