using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FashionMnist;

/// <summary>The command line: <c>[--network NAME] [--data FOLDER] [--epochs N] [--threads N] [--resume FOLDER]</c>.</summary>
/// <param name="Network">One of <see cref="Networks"/>.</param>
/// <param name="Data">The folder of the data; null for the usual one.</param>
/// <param name="Epochs">How often to go through the training images; null for the network's own number.</param>
/// <param name="Threads">The threads that train; null for all cores where that helps.</param>
/// <param name="Resume">The folder of checkpoints, to continue from the last one if there is one; null for none.</param>
internal sealed record Options(string Network, string? Data, int? Epochs, int? Threads, string? Resume)
{
    /// <summary>The networks that can be asked for; the first is the default.</summary>
    private static readonly string[] Networks = ["mlp", "lenet5", "cnn", "resnet", "vgg"];

    private static readonly string Usage = $"Usage: FashionMnist [--network {string.Join('|', Networks)}] [--data FOLDER] [--epochs N] [--threads N] [--resume FOLDER]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Options? options, out string problem)
    {
        (options, problem) = (null, "");
        var parsed = new Options(Networks[0], null, null, null, null);
        for (var index = 0; index < args.Length; index += 2)
        {
            var value = index + 1 < args.Length ? args[index + 1] : null;
            if (args[index] == "--network" && Networks.Contains(value))
            {
                parsed = parsed with { Network = value! };
            }
            else if (args[index] == "--data" && value is not null)
            {
                parsed = parsed with { Data = value };
            }
            else if (args[index] == "--resume" && value is not null)
            {
                parsed = parsed with { Resume = value };
            }
            else if (args[index] is "--epochs" or "--threads" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                parsed = args[index] == "--epochs" ? parsed with { Epochs = number } : parsed with { Threads = number };
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
