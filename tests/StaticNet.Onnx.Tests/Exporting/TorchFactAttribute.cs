namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>A test with PyTorch, which is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Python.Has("torch");

    public TorchFactAttribute()
    {
        if (!IsThere)
            Skip = $"{Python.Path} has no package torch.";
    }
}
