using System.Diagnostics;

namespace StaticNet.Fuzz.Files;

/// <summary>
/// Gives damaged files of every kind to their readers. Each gives a result or the documented exception, within a second and
/// within the memory that its kind states; whatever else it does is a fault, whose file is kept.
/// </summary>
internal static class FilesMode
{
    public const string Usage = "[--count N, 100000 of each kind] [--seed S] [--kind KIND]";

    private const int DefaultCount = 100_000;

    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(1);

    /// <returns>0 if there was no fault, 1 if there was one.</returns>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static int Run(FuzzArguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("staticnet-fuzz-").FullName;
        try
        {
            var all = new FileKinds(folder).Create().ToList();
            var kinds = all.Where(kind => arguments.Kind is null || kind.Name == arguments.Kind).ToList();
            if (kinds.Count == 0)
                throw new ArgumentException($"Expected one of {string.Join(", ", all.Select(kind => kind.Name))}, but got {arguments.Kind}.");
            Console.WriteLine($"Seed {arguments.Seed}");
            var faults = kinds.Sum(kind => Try(kind, arguments.Count ?? DefaultCount, arguments.Seed));
            Console.WriteLine(faults == 0 ? "No fault" : $"{faults} faults");
            return faults == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Try(FileKindUnderTest kind, int count, ulong seed)
    {
        // Once before anything is measured: what is compiled and allocated at the first call is of no file.
        foreach (var sample in kind.Samples)
            kind.Read(sample);

        var damage = new Damage(seed);
        var (results, refusals, faults) = (0, 0, 0);
        var (longest, most) = (TimeSpan.Zero, 0L);
        for (var i = 0; i < count; i++)
        {
            var file = damage.Next(kind.Samples, kind.Name);
            var fault = Read(kind, file, out var isResult, out var time, out var allocated);
            (results, refusals) = isResult ? (results + 1, refusals) : (results, refusals + 1);
            (longest, most) = (time > longest ? time : longest, Math.Max(most, allocated));
            if (fault is not null && ++faults <= 10)
                Keep(kind, file, i, seed, fault);
        }

        Console.WriteLine(
            $"{kind.Name,-18} {count} files: {results} read, {refusals} refused, {faults} faults; at most {longest.TotalMilliseconds:F0} ms and " +
            $"{most / 1000.0:F0} KB a file");
        return faults;
    }

    /// <returns>What is wrong; null if nothing is.</returns>
    private static string? Read(FileKindUnderTest kind, byte[] file, out bool isResult, out TimeSpan time, out long allocated)
    {
        isResult = false;
        string? fault = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var begin = Stopwatch.GetTimestamp();
        try
        {
            kind.Read(file);
            isResult = true;
        }
        catch (Exception e) when (kind.Refusal.IsInstanceOfType(e))
        {
            if (string.IsNullOrWhiteSpace(e.Message))
                fault = "an exception without a message";
        }
#pragma warning disable CA1031 // Any other exception is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            fault = e.ToString();
        }
        time = Stopwatch.GetElapsedTime(begin);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > kind.MaxBytes(file.Length))
            fault ??= $"{allocated} bytes allocated for a file of {file.Length}; at most {kind.MaxBytes(file.Length)} are allowed";
        // Only what takes long each time: a busy machine may stop any file once.
        if (time > LongestTime && Again(kind, file) > LongestTime)
            fault ??= $"{time.TotalSeconds:F1} s";
        return fault;
    }

    private static TimeSpan Again(FileKindUnderTest kind, byte[] file)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            kind.Read(file);
        }
#pragma warning disable CA1031 // Its exception has been looked at; here is only the time.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        return Stopwatch.GetElapsedTime(begin);
    }

    private static void Keep(FileKindUnderTest kind, byte[] file, int number, ulong seed, string fault)
    {
        var path = Path.GetFullPath($"fault-{kind.Name}-{seed}-{number}.bin");
        File.WriteAllBytes(path, file);
        Console.WriteLine($"{kind.Name}, seed {seed}, file {number}, kept as {path}: {fault}");
    }
}
