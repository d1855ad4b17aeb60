namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>A test with the official checker of ONNX, a Python package, which is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxCheckerFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Python.Has("onnx");

    public OnnxCheckerFactAttribute()
    {
        if (!IsThere)
            Skip = $"{Python.Path} has no package onnx.";
    }
}
