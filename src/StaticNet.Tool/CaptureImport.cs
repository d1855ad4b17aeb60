using Spectre.Console;
using StaticNet.Audio;

namespace StaticNet.Tool;

/// <summary><c>staticnet import</c> of a capture of an amplifier.</summary>
internal static class CaptureImport
{
    public static bool Takes(FileInfo model) =>
        model.Extension.Equals(".nam", StringComparison.OrdinalIgnoreCase) || model.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase);

    public static int Run(IAnsiConsole console, FileInfo model, DirectoryInfo folder, AudioImportOptions options)
    {
        foreach (var file in AudioImport.Load(model.FullName, options).Write(folder.FullName))
            console.MarkupLineInterpolated($"wrote [green]{Path.GetRelativePath(Environment.CurrentDirectory, file)}[/]");
        return ExitCode.Done;
    }
}
