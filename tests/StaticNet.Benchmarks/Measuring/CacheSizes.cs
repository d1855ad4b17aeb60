using System.Globalization;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>The bytes of the data caches that one core reads through.</summary>
/// <param name="L1">The first level.</param>
/// <param name="L2">The second level.</param>
/// <param name="L3">The third level.</param>
internal sealed record CacheSizes(int L1, int L2, int L3)
{
    private static readonly CacheSizes Usual = new(32 << 10, 512 << 10, 16 << 20);

    /// <summary>Asks Linux; elsewhere, and where it does not say, sizes that are usual.</summary>
    public static CacheSizes Find()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(Folder))
            return Usual;

        var sizes = new[] { 0, Usual.L1, Usual.L2, Usual.L3 };
        foreach (var cache in Directory.EnumerateDirectories(Folder, "index*"))
        {
            var size = Read(cache, "size");
            if (Read(cache, "type") != "Instruction" && size.EndsWith('K')
                && int.TryParse(Read(cache, "level"), CultureInfo.InvariantCulture, out var level) && level < sizes.Length
                && int.TryParse(size[..^1], CultureInfo.InvariantCulture, out var kilobytes))
                sizes[level] = kilobytes << 10;
        }

        return new CacheSizes(sizes[1], sizes[2], sizes[3]);

        static string Read(string cache, string name)
        {
            var path = Path.Combine(cache, name);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        }
    }
}
