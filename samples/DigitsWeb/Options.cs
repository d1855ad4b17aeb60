using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DigitsWeb;

/// <summary>The command line.</summary>
/// <param name="Port">The port to listen on; 0 for one that is free.</param>
/// <param name="Weights">The file of the weights; a relative path begins at the program's folder.</param>
/// <param name="LoadSeconds">How long to test the program under load; 0: it serves until it is stopped.</param>
/// <param name="Connections">The connections of the load test.</param>
internal sealed record Options(int Port, string Weights, int LoadSeconds, int Connections)
{
    private const string Usage = "Usage: DigitsWeb [--port PORT] [--weights FILE] [--load SECONDS [--connections N]]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Options? options, out string problem)
    {
        (options, problem) = (null, "");
        var parsed = new Options(5000, "digits.safetensors", 0, 16);
        for (var index = 0; index < args.Length; index += 2)
        {
            var value = index + 1 < args.Length ? args[index + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
            var next = args[index] switch
            {
                "--port" when number is >= 0 and <= 65535 => parsed with { Port = number },
                "--weights" when value.Length > 0 => parsed with { Weights = value },
                "--load" when number is >= 1 and <= 3600 => parsed with { LoadSeconds = number },
                "--connections" when number is >= 1 and <= 1000 => parsed with { Connections = number },
                _ => null,
            };
            if (next is null)
            {
                problem = $"Not understood: {args[index]} {value}\n{Usage}";
                return false;
            }

            parsed = next;
        }

        options = parsed;
        return true;
    }
}
