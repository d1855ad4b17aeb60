namespace StaticNet.Data;

/// <summary>Opens files for reading; whatever keeps a file from being read is an <see cref="IOException"/>.</summary>
internal static class InputFile
{
    private const int UsualBuffer = 4096;

    /// <summary>Opens a file that others may read at the same time.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static FileStream OpenRead(string path, int bufferSize = UsualBuffer)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
        }
        catch (UnauthorizedAccessException e)
        {
            // The framework's answer to a folder, too, which has nothing to do with rights.
            throw new IOException(
                Directory.Exists(path) ? $"Expected a file; {path} is a folder." : $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a file, so that faults in it are reported with its path.</summary>
    /// <exception cref="DataFormatException">The file is not valid; the message begins with its path.</exception>
    public static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is DataFormatException or InvalidDataException)
        {
            throw new DataFormatException($"{path}: {e.Message}", e);
        }
    }
}
