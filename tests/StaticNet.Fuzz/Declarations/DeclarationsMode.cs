namespace StaticNet.Fuzz.Declarations;

/// <summary>
/// Gives random and hostile declarations to the generator: it must not crash, nor hang, nor write too much, and what it writes must
/// be C#.
/// </summary>
internal static class DeclarationsMode
{
    public const string Usage = "[--count N] [--seed S] [--kind random|hostile]";

    /// <summary>The random declarations, unless the command says otherwise.</summary>
    private const int RandomCount = 10_000;

    /// <summary>The declarations of one compilation.</summary>
    private const int BatchSize = 20;

    /// <summary>One in so many compilations is bound as a whole, which takes longer than to write it.</summary>
    private const int BoundShare = 10;

    public static int Run(FuzzArguments arguments)
    {
        if (arguments.Kind is not (null or "random" or "hostile"))
            throw new ArgumentException($"Expected the kind random or hostile, but got {arguments.Kind}.");

        var faults = 0;
        if (arguments.Kind != "hostile")
        {
            var seed = (int)(arguments.Seed % int.MaxValue);
            faults += Check("random", RandomDeclarations.From(seed).Take(arguments.Count ?? RandomCount), BatchSize, BoundShare);
        }

        if (arguments.Kind != "random")
        {
            var systematic = HostileArguments.All.ToArray();
            faults += Check("hostile arguments", arguments.Count is { } count ? systematic.Take(count) : systematic, BatchSize, boundShare: 1);
            faults += Check("hostile declarations", HostileDeclarations.All, 1, boundShare: 1);
        }

        return faults == 0 ? 0 : 1;
    }

    private static int Check(string kind, IEnumerable<string> sources, int batchSize, int boundShare)
    {
        var (count, faults, files, lines, batches) = (0, 0, 0, 0, 0);
        var (longest, slowest) = (TimeSpan.Zero, "");
        foreach (var batch in sources.Chunk(batchSize))
        {
            var result = DeclarationCheck.Of(batch, isBound: batches++ % boundShare == 0);
            count += batch.Length;
            files += result.Files;
            lines = Math.Max(lines, result.MostLines);
            if (result.Time > longest)
                (longest, slowest) = (result.Time, batch[0]);
            foreach (var fault in result.Faults)
            {
                faults++;
                Console.WriteLine($"FAULT {Shortened(fault, 2_000)}");
                Console.WriteLine(Shortened(string.Join("\n", batch), batchSize == 1 ? 2_000 : 20_000));
            }

            if (batches % 10 == 0)
                Console.WriteLine($"  {count:N0} {kind}, {faults} faults");
        }

        Console.WriteLine($"{count:N0} {kind}: {faults} faults, {files:N0} files, {lines:N0} lines of one network at most, the slowest {longest.TotalSeconds:F1} s: {Shortened(slowest, 160)}");
        return faults;
    }

    private static string Shortened(string text, int most) => text.Length <= most ? text : $"{text.AsSpan(0, most)} … ({text.Length:N0} characters)";
}
