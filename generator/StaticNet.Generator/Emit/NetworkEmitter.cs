using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Emit;

/// <summary>A generated file: its hint name and its text.</summary>
internal readonly record struct GeneratedFile(string HintName, string Text);

/// <summary>Writes the files of one network.</summary>
internal static class NetworkEmitter
{
    public static IEnumerable<GeneratedFile> Emit(NetworkSpec spec)
    {
        yield return new GeneratedFile(spec.Target.HintName + ".g.cs", "");
    }
}
