using System.Globalization;

namespace StaticNet.Fuzz;

/// <summary>What the command line says: how many inputs of each kind, from which seed, and of which kind alone.</summary>
/// <param name="Count">The inputs of each kind; null for the mode's own number.</param>
/// <param name="Seed">The same seed gives the same inputs.</param>
/// <param name="Kind">The only kind to try; null for all.</param>
internal sealed record FuzzArguments(int? Count, ulong Seed, string? Kind)
{
    /// <exception cref="ArgumentException">An option is unknown, has no value, or one that is not allowed.</exception>
    public static FuzzArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new FuzzArguments(null, 1, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                throw new ArgumentException($"Expected a value after {args[i]}.");
            var value = args[i + 1];
            arguments = args[i] switch
            {
                "--count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 =>
                    arguments with { Count = count },
                "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) =>
                    arguments with { Seed = seed },
                "--kind" => arguments with { Kind = value },
                _ => throw new ArgumentException(
                    $"Expected --count and a number from 1, --seed and a number from 0, or --kind and a name, but got {args[i]} {value}."),
            };
        }

        return arguments;
    }
}
