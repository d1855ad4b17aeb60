using System.Globalization;

namespace StaticNet.Training.Checkpoints;

/// <summary>The checkpoints of a run: <c>checkpoint-000012.safetensors</c>, numbered as they are written, and
/// <c>best-epoch-7.safetensors</c> or <c>best-step-1400.safetensors</c>.</summary>
internal static class CheckpointFolder
{
    private const string Extension = ".safetensors";
    private const string LastPrefix = "checkpoint-";
    private const string BestEpochPrefix = "best-epoch-";
    private const string BestStepPrefix = "best-step-";

    public static string LastPath(string folder, long number) =>
        Path.Combine(folder, $"{LastPrefix}{number.ToString("D6", CultureInfo.InvariantCulture)}{Extension}");

    public static string BestPath(string folder, BestPlace place) =>
        Path.Combine(folder, $"{(place.IsStep ? BestStepPrefix : BestEpochPrefix)}{place.Number.ToString(CultureInfo.InvariantCulture)}{Extension}");

    /// <summary>The numbered checkpoints, oldest first; none if there is no folder.</summary>
    public static List<(long Number, string Path)> Last(string folder) => Files(folder, LastPrefix);

    /// <summary>The checkpoints of best epochs and steps, in their order.</summary>
    public static List<(BestPlace Place, string Path)> Best(string folder) =>
    [
        .. Files(folder, BestEpochPrefix).Select(file => (new BestPlace(file.Number, IsStep: false), file.Path)),
        .. Files(folder, BestStepPrefix).Select(file => (new BestPlace(file.Number, IsStep: true), file.Path)),
    ];

    /// <summary>Removes what interrupted writes have left beside checkpoints.</summary>
    /// <exception cref="IOException">One cannot be removed.</exception>
    public static void RemoveTemporaries(string folder)
    {
        foreach (var pattern in new[] { $"{LastPrefix}*{Extension}.*.tmp", $"{BestEpochPrefix}*{Extension}.*.tmp", $"{BestStepPrefix}*{Extension}.*.tmp", HistoryFiles.Temporaries })
        {
            foreach (var path in Guarded(folder, () => Directory.GetFiles(folder, pattern)))
                Remove(path);
        }
    }

    /// <summary>Removes a checkpoint.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Remove(string path) => Guarded(path, () =>
    {
        File.Delete(path);
        return true;
    });

    /// <summary>Turns the framework's exceptions for missing rights, or for a folder in place of a file, into the documented one.</summary>
    /// <exception cref="IOException">The rights are missing.</exception>
    public static T Guarded<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"Expected rights to {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Loads the checkpoint from which a run continues: in a folder, the newest complete one. No file is changed.</summary>
    /// <param name="path">A checkpoint, or a folder of them.</param>
    /// <returns>The checkpoint; null if the folder has none, so that the run begins at its start.</returns>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or all of the folder's are.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static StoredCheckpoint? Open(string path)
    {
        path = Path.GetFullPath(path);
        var isFile = path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);
        if (isFile || File.Exists(path))
            return new StoredCheckpoint(Checkpoint.Load(path), path, []);

        var damaged = new List<(string Path, CheckpointException Fault)>();
        foreach (var (_, file) in Enumerable.Reverse(Last(path)))
        {
            try
            {
                return new StoredCheckpoint(Checkpoint.Load(file), file, damaged);
            }
            catch (CheckpointException exception)
            {
                damaged.Add((file, exception));
            }
        }

        return damaged.Count == 0 ? null : throw new CheckpointException($"Expected a whole checkpoint in {path}; all {damaged.Count} are damaged. {damaged[0].Fault.Message}", damaged[0].Fault);
    }

    private static List<(long Number, string Path)> Files(string folder, string prefix)
    {
        var files = new List<(long Number, string Path)>();
        if (!Directory.Exists(folder))
            return files;
        foreach (var path in Guarded(folder, () => Directory.GetFiles(folder, $"{prefix}*{Extension}")))
        {
            var name = Path.GetFileName(path);
            if (name.EndsWith(Extension, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(prefix.Length, name.Length - prefix.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                files.Add((number, path));
            }
        }

        files.Sort();
        return files;
    }
}
