using System.Text.RegularExpressions;

namespace StaticNet.Generator.Emit;

/// <summary>
/// The types that generated code names shortly, because it is read by people. Where one of these names means something else
/// at the user's class, all are written in full.
/// </summary>
internal static class ShortNames
{
    private static readonly string[] Types =
    [
        "System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException", "System.Math", "System.MathF", "System.ReadOnlySpan", "System.Span",
        "System.ComponentModel.EditorBrowsable", "System.ComponentModel.EditorBrowsableState",
        "System.Runtime.CompilerServices.MethodImpl", "System.Runtime.CompilerServices.MethodImplOptions", "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.Intrinsics.Vector128", "System.Runtime.Intrinsics.Vector256", "System.Runtime.Intrinsics.Vector512",
        "StaticNet.Batch", "StaticNet.ILayerTrace", "StaticNet.INetwork", "StaticNet.IStepTrace", "StaticNet.ITrainableNetwork", "StaticNet.Initializer", "StaticNet.LayerDescription",
        "StaticNet.LossDescription", "StaticNet.LossKind", "StaticNet.NetworkDescription", "StaticNet.NetworkWeights", "StaticNet.ParameterInfo",
        "StaticNet.ParameterKind", "StaticNet.ParameterPacking", "StaticNet.StepValue", "StaticNet.ValueLayout",
        "StaticNet.Numerics.AlignedBuffer", "StaticNet.Numerics.DropoutMask", "StaticNet.Numerics.EmbeddedWeights", "StaticNet.Numerics.FastMath", "StaticNet.Numerics.Horizontal",
        "StaticNet.Numerics.NetworkGuard", "StaticNet.Numerics.NetworkPreparation", "StaticNet.Numerics.Panels", "StaticNet.Numerics.RowCopy", "StaticNet.Numerics.TargetGuard", "StaticNet.Numerics.ThreadCheck",
    ];

    private static readonly Dictionary<string, string> FullNames = Types.ToDictionary(type => type.Substring(type.LastIndexOf('.') + 1));

    private static readonly Regex Named = new(@"(?<![\w.:@""])(" + string.Join("|", FullNames.Keys.OrderByDescending(name => name.Length)) + @")(?=[\s.<(\])>,;])");

    /// <summary>The full metadata names by short name, for those who look whether a name means something else.</summary>
    public static IReadOnlyDictionary<string, string> All => FullNames;

    /// <summary>The namespaces that the short names need.</summary>
    public static IEnumerable<string> Namespaces => Types.Select(type => type.Substring(0, type.LastIndexOf('.'))).Distinct().OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>Stands for the network's own name until all others are written in full.</summary>
    public const string Self = "\u00a7";

    /// <summary>Writes every short name in full, outside comments, and then the network's own.</summary>
    public static string Qualify(string text, string self) => string.Join("\n", text.Split('\n').Select(line =>
        line.TrimStart().StartsWith("//", StringComparison.Ordinal) ? line : Named.Replace(line, match => "global::" + FullNames[match.Value]))).Replace(Self, self);
}
