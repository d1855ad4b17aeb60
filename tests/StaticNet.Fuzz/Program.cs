using System.Globalization;
using StaticNet.Fuzz;
using StaticNet.Fuzz.Declarations;
using StaticNet.Fuzz.Files;

/// <summary>Tries what strangers may hand to StaticNet: one mode for each kind of input.</summary>
internal static class Program
{
    /// <summary>A mode takes its arguments and returns the exit code: 0 for no fault, 1 for faults, 2 for wrong arguments.</summary>
    private static readonly Dictionary<string, (string Usage, Func<FuzzArguments, int> Run)> Modes = new(StringComparer.Ordinal)
    {
        ["declarations"] = (DeclarationsMode.Usage, DeclarationsMode.Run),
        ["files"] = (FilesMode.Usage, FilesMode.Run),
    };

    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            if (args.Length > 0 && Modes.TryGetValue(args[0], out var mode))
                return mode.Run(FuzzArguments.Parse(args.AsSpan(1)));
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
        }

        Console.Error.WriteLine("Usage: StaticNet.Fuzz MODE [OPTIONS]");
        foreach (var (name, (usage, _)) in Modes)
            Console.Error.WriteLine($"  {name} {usage}");
        return 2;
    }
}
