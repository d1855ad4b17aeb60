using StaticNet.Generator.Tests;
using StaticNet.Reference.Sampling;

namespace StaticNet.Fuzz.Declarations;

/// <summary>Declarations by seed: sound ones, sound ones with something changed, and lists of attributes of any kind.</summary>
internal static class RandomDeclarations
{
    /// <summary>Declarations without end.</summary>
    public static IEnumerable<string> From(int seed)
    {
        for (var number = seed; ; number = unchecked(number + 1) & int.MaxValue)
        {
            yield return (number % 5) switch
            {
                0 => RandomNetworks.Valid(number).Source,
                1 => RandomNetworks.Spatial(number).Source,
                2 => RandomNetworks.Arbitrary(number).Source,
                3 => RandomNetworks.ArbitrarySpatial(number).Source,
                // Blocks of its own would clash with those of the next one.
                _ => FormattableString.Invariant($"namespace Listed{number}\n{{\n{RandomSource.Blocks}\n{new RandomSource(number).Class("Net")}\n}}\n"),
            };
        }
    }
}
