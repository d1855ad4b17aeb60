using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>Checks the file that a declaration names for its weights against the layers.</summary>
internal static class WeightsRules
{
    /// <summary>How many names a message lists.</summary>
    private const int Most = 8;

    /// <summary>Finds what is wrong.</summary>
    /// <param name="network">The twin.</param>
    /// <param name="parameters">Its parameters; null where its code could not be written, which is reported by itself.</param>
    /// <param name="location">The argument.</param>
    /// <param name="files">The weights files of the project.</param>
    public static IEnumerable<Diagnostic> Check(NetworkSpec network, EquatableArray<ParameterShape>? parameters, Location location, IReadOnlyList<WeightsFile> files)
    {
        var found = WeightsFile.Named(network.Weights!, files);
        if (found.Count != 1 || found[0].Resource.Length == 0)
            return [Diagnostic.Create(Rules.WeightsNotFound, location, network.Weights, WhyNot(found, files))];
        // Where the name is put together, or is a constant elsewhere, the build does not see that the file is to be embedded.
        var name = found[0].Name;
        if (!found[0].IsBaked && location.SourceTree?.GetText().ToString().Contains(name) == false)
            return [Diagnostic.Create(Rules.WeightsNotFound, location, network.Weights, $"the build embeds the files that are named in the source file with [InferenceOf], and {name} does not occur there: write it as one literal")];
        if (found[0].Fault is { } fault)
            return [Diagnostic.Create(Rules.WeightsNotReadable, location, network.Weights, found[0].IsInKernelLayout ? "file of baked weights" : "safetensors file", fault)];
        return parameters is { } expected && Misfit(network, expected, found[0]) is { } misfit ? [Diagnostic.Create(Rules.WeightsMisfit, location, network.Weights, network.Target.Name, misfit)] : [];
    }

    private static string WhyNot(IReadOnlyList<WeightsFile> found, IReadOnlyList<WeightsFile> files) => found.Count switch
    {
        0 when files.Count == 0 => "the project has no .safetensors file; put it next to the project file or name it in <StaticNetWeights Include=\"…\" />",
        0 => $"there {(files.Count == 1 ? "is" : "are")} {Names(files.Select(file => file.Name))}; name a file elsewhere in <StaticNetWeights Include=\"…\" />",
        1 => "it is not a StaticNetWeights item, so the build does not embed it; import StaticNet.targets, or use the package",
        _ => $"several files have this name: {Names(found.Select(file => file.Path))}; write more of the path",
    };

    /// <summary>What is wrong with a file for a network; null for nothing.</summary>
    public static string? Misfit(NetworkSpec network, EquatableArray<ParameterShape> parameters, WeightsFile file)
    {
        if (file.IsInKernelLayout)
            return Architecture.Difference(file.Architecture, [.. parameters.Select(parameter => parameter.Line)], network.Target.Name);
        var floats = parameters.Sum(parameter => (long)parameter.PackedLength);
        return Misfit(parameters, file) ?? (file.IsBaked && floats > Limits.MostBakedFloats
            ? $"it takes {Invariant.Grouped(floats)} floats, and {Invariant.Grouped(Limits.MostBakedFloats)} is the most that a build puts into code: set Bake to false, so that the file becomes a resource, or name the file that the command staticnet bake makes of it"
            : file.BakeFault);
    }

    /// <summary>What is missing or of another shape. The scaling, and what losses keep, may be there too; other names must not be.</summary>
    private static string? Misfit(EquatableArray<ParameterShape> parameters, WeightsFile file)
    {
        var stored = file.Tensors.GroupBy(tensor => tensor.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var missing = parameters.Where(parameter => !stored.ContainsKey(parameter.Name)).Select(parameter => parameter.Name).ToArray();
        var misshapen = parameters
            .Where(parameter => stored.TryGetValue(parameter.Name, out var tensor) && !IsSame(tensor.Shape, parameter.Shape))
            .Select(parameter => $"{parameter.Name} is [{Invariant.List(stored[parameter.Name].Shape)}] instead of [{Invariant.List(parameter.Shape)}]")
            .ToArray();
        var expected = new HashSet<string>(parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        var unexpected = stored.Keys.Where(name => !expected.Contains(name) && !IsBesides(name)).ToArray();
        var faults = new[]
        {
            missing.Length > 0 ? $"missing are {Names(missing)}" : null,
            misshapen.Length > 0 ? Names(misshapen) : null,
            unexpected.Length > 0 ? $"the network has no parameters {Names(unexpected)}" : null,
        }.Where(text => text is not null).ToArray();
        return faults.Length > 0 ? string.Join("; ", faults) : null;
    }

    private static bool IsSame(EquatableArray<long> came, EquatableArray<int> expected) =>
        came.SequenceEqual(expected.Select(size => (long)size)) || (came.Count == 0 && expected.Count == 1 && expected[0] == 1);

    private static bool IsBesides(string name)
    {
        if (name.StartsWith("scaling.inputs.", StringComparison.Ordinal) || name.StartsWith("scaling.targets.", StringComparison.Ordinal))
            return true;
        var dot = name.IndexOf('.');
        return name.StartsWith("loss", StringComparison.Ordinal) && dot > 4 && name.Skip(4).Take(dot - 4).All(digit => digit is >= '0' and <= '9');
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length <= Most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(Most))} and {(all.Length - Most).ToString(System.Globalization.CultureInfo.InvariantCulture)} more";
    }
}
