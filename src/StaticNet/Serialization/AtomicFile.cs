namespace StaticNet.Serialization;

/// <summary>Replaces a file so that a crash at any moment leaves the old content or the new, never a mixture.</summary>
/// <remarks>
/// What is written goes into a file beside the target; <see cref="Commit"/> flushes it to the disk and renames it over the
/// target. Disposing without a commit removes it and leaves the target untouched.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _committed;

    public AtomicFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _target = Path.GetFullPath(path);
        // Beside the target: a rename is atomic only within one file system.
        _temporary = $"{_target}.{Guid.NewGuid():N}.tmp";
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Where the new content goes.</summary>
    public Stream Stream => _stream;

    /// <summary>Puts the new content in the place of the old.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        finally
        {
            if (!_committed)
                File.Delete(_temporary);
        }
    }
}
