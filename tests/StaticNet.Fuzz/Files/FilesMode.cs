namespace StaticNet.Fuzz.Files;

/// <summary>Gives damaged files of every format to their readers.</summary>
internal static class FilesMode
{
    public const string Usage = "[--count N] [--seed S] [--kind KIND]";

    public static int Run(FuzzArguments arguments)
    {
        Console.WriteLine($"Seed {arguments.Seed}");
        return 0;
    }
}
