using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FashionMnist;

/// <summary>The command line: <c>[--data FOLDER] [--epochs N]</c>.</summary>
internal sealed record Options(string? Data, int Epochs)
{
    private const string Usage = "Usage: FashionMnist [--data FOLDER] [--epochs N]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Options? options, out string problem)
    {
        (options, problem) = (null, "");
        var parsed = new Options(null, 30);
        for (var index = 0; index < args.Length; index += 2)
        {
            var value = index + 1 < args.Length ? args[index + 1] : null;
            if (args[index] == "--data" && value is not null)
            {
                parsed = parsed with { Data = value };
            }
            else if (args[index] == "--epochs" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var epochs) && epochs > 0)
            {
                parsed = parsed with { Epochs = epochs };
            }
            else
            {
                problem = $"Did not expect {args[index]} {value}.\n{Usage}";
                return false;
            }
        }

        options = parsed;
        return true;
    }
}
