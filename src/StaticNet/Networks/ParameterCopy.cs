using System.Collections.Immutable;

namespace StaticNet;

/// <summary>What a copy of parameters between two networks did; names are full names such as <c>dense1.weight</c>.</summary>
/// <param name="Copied">The parameters of the target that were copied.</param>
/// <param name="Kept">The parameters of the target that were not copied and are unchanged.</param>
/// <param name="Unused">The parameters of the source that were not copied.</param>
public sealed record ParameterCopy(ImmutableArray<string> Copied, ImmutableArray<string> Kept, ImmutableArray<string> Unused)
{
    /// <summary>A one-line summary, for printing.</summary>
    /// <returns>The number of parameters that were copied, and the names of those that were kept or not used.</returns>
    public override string ToString() =>
        $"{Copied.Length} copied; {LoadedParameters.Names("kept", Kept)}; {LoadedParameters.Names("not used", Unused)}";
}
