using System.Runtime.InteropServices;

namespace StaticNet.Training.Checkpoints;

/// <summary>Brings the names in a folder to the disk: a file that was renamed has its new name after a loss of power, too.</summary>
/// <remarks>
/// .NET can flush files only. On Linux and macOS a folder is opened and flushed like a file, by the C library (POSIX, fsync). On
/// Windows there is no such call; NTFS brings names to the disk in their order, a little later.
/// </remarks>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder, where the platform and the file system can.</summary>
    /// <param name="folder">The folder.</param>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            return;
        // Some file systems of networks cannot; the file is whole all the same.
        _ = Synchronize(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
