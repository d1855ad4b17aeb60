using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>Finds ONNX Runtime's native library.</summary>
internal static class OnnxRuntimeLibrary
{
    private const string Variable = "STATICNET_ONNXRUNTIME";

    /// <summary>What to tell when it is not there.</summary>
    public const string HowToGetIt = $"""
        ONNX Runtime was not found; it is left out. To get it, run in the repository's root
            npm install --ignore-scripts --prefix artifacts onnxruntime-node
        or let {Variable} name the native library.
        """;

    /// <summary>Loads the library from the first place that has it.</summary>
    /// <param name="api">Its API.</param>
    public static bool TryLoad([NotNullWhen(true)] out OnnxRuntimeApi? api)
    {
        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out var library))
            {
                api = new OnnxRuntimeApi(library);
                return true;
            }
        }

        api = null;
        return false;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
            yield return path;
        if (Repository.Root is { } root)
        {
            foreach (var file in InPackage(Path.Combine(root, "artifacts")).Concat(InPackage(root)))
                yield return file;
        }

        yield return "libonnxruntime.so.1";
        yield return "onnxruntime";
    }

    private static IEnumerable<string> InPackage(string folder)
    {
        var package = Path.Combine(folder, "node_modules", "onnxruntime-node", "bin");
        if (!Directory.Exists(package))
            return [];
        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return Directory.EnumerateDirectories(package, "napi-v*")
            .Select(version => Path.Combine(version, system, architecture))
            .Where(Directory.Exists)
            .SelectMany(native => Directory.EnumerateFiles(native, "*onnxruntime*"))
            .Where(file => !file.EndsWith(".node", StringComparison.Ordinal));
    }
}
