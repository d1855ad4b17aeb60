namespace StaticNet.Onnx.Tests.Conformance;

/// <summary>A test on the ONNX project's cases, which is skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute()
    {
        if (Folder is null)
            Skip = "STATICNET_CONFORMANCE does not name the folder of the ONNX conformance cases.";
    }

    /// <summary>The folder of the cases.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("STATICNET_CONFORMANCE") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;
}
