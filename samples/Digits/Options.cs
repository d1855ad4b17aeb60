using System.Diagnostics.CodeAnalysis;

namespace Digits;

/// <summary>The command line: <c>[--json FILE] [--output FILE]</c>.</summary>
internal sealed record Options(string? Json, string Output)
{
    private const string Usage = "Usage: Digits [--json FILE] [--output FILE]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Options? options, out string problem)
    {
        (options, problem) = (new Options(null, "digits.safetensors"), "");
        for (var index = 0; index < args.Length; index += 2)
        {
            if (args[index] is not ("--json" or "--output") || index + 1 == args.Length)
            {
                problem = args[index] is "--json" or "--output" ? $"{args[index]} takes a file.\n{Usage}" : $"Unknown argument {args[index]}.\n{Usage}";
                options = null;
                return false;
            }

            options = args[index] == "--json" ? options with { Json = args[index + 1] } : options with { Output = args[index + 1] };
        }

        return true;
    }
}
