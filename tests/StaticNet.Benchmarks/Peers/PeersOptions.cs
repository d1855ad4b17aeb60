namespace StaticNet.Benchmarks.Peers;

/// <summary>The options of <see cref="PeersMode"/>.</summary>
/// <param name="Filter">What a case's name has to contain; empty takes all.</param>
/// <param name="Json">The file that takes the results, or null.</param>
internal sealed record PeersOptions(string Filter, string? Json)
{
    /// <summary>Reads the options.</summary>
    /// <param name="arguments">What follows <c>peers</c>.</param>
    /// <returns>The options, or null when something else stands there.</returns>
    public static PeersOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new PeersOptions("", null);
        for (; arguments.Length > 0; arguments = arguments[2..])
        {
            switch (arguments)
            {
                case ["--filter", var part, ..]:
                    options = options with { Filter = part };
                    break;
                case ["--json", var file, ..]:
                    options = options with { Json = file };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
