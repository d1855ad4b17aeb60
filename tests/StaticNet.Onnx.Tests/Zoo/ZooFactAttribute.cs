namespace StaticNet.Onnx.Tests.Zoo;

/// <summary>A test on the models of the zoo, which is skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ZooFactAttribute : FactAttribute
{
    public ZooFactAttribute()
    {
        if (Folder is null)
            Skip = "There is no folder shared/zoo/onnx with models next to the project.";
    }

    /// <summary>The folder of the models.</summary>
    public static string? Folder { get; } = SharedFolder.Find("zoo", "onnx");
}
