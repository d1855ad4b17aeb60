namespace StaticNet.Serialization;

/// <summary>Replaces a file so that a crash at any moment leaves the old content or the new, never a mixture.</summary>
/// <remarks>
/// What is written goes into a file beside the target; <see cref="Commit"/> flushes it to the disk and renames it over the
/// target. Disposing without a commit removes it and leaves the target untouched. The new file has the old one's mode, and where the path
/// is a symbolic link, what it points to is replaced and the link stays.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _committed;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public AtomicFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _target = Guarded(() => TargetOf(Path.GetFullPath(path)));
        // Beside the target: a rename is atomic only within one file system.
        _temporary = $"{_target}.{Guid.NewGuid():N}.tmp";
        _stream = Guarded(Create);
    }

    /// <summary>Where the new content goes.</summary>
    public Stream Stream => _stream;

    /// <summary>Puts the new content in the place of the old.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        Guarded(() =>
        {
            File.Move(_temporary, _target, overwrite: true);
            return true;
        });
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

    /// <summary>The file that a path means: where it is a link, the end of the chain, which need not exist yet.</summary>
    private static string TargetOf(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows() || !File.Exists(_target))
            return new FileStream(_temporary, options);
        var mode = File.GetUnixFileMode(_target);
        // Nobody else may look into what a file of mode 600 will hold, not even while it is written.
        options.UnixCreateMode = mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite) | UnixFileMode.UserWrite;
        var stream = new FileStream(_temporary, options);
        try
        {
            // Not by the creation: the process's umask takes bits away there.
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
            return stream;
        }
        catch
        {
            stream.Dispose();
            File.Delete(_temporary);
            throw;
        }
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException e)
        {
            // The framework's answer to a folder in the file's place, too.
            throw new IOException(
                Directory.Exists(_path) ? $"Expected a file to write; {_path} is a folder." : $"{_path} cannot be written: {e.Message}", e);
        }
    }
}
