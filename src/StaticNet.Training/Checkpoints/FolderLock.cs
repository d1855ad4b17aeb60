namespace StaticNet.Training.Checkpoints;

/// <summary>
/// Keeps a folder to one run: a file in it that is held open, and is gone when the run ends. Of a process that was killed the file
/// stays, but nobody holds it, so that it keeps nobody out.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "checkpoints.lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes a folder.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <returns>A lock that is released when it is disposed.</returns>
    /// <exception cref="IOException">Another run has it, the folder cannot be written to, or the disk refuses.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            return CheckpointFolder.Guarded(folder, () => new FolderLock(new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose)));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"Expected {folder} for one run at a time, but {FileName} cannot be taken: another run writes checkpoints into it now, or the disk refuses ({exception.Message})", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
