namespace StaticNet.Onnx;

/// <summary>One place of a model is not as the format says, or is not supported; whoever knows the place makes a problem of it.</summary>
/// <param name="reason">What is wrong, as the end of a sentence about the place.</param>
/// <param name="remedy">What the user can do; null: nothing but another model.</param>
internal sealed class ModelFaultException(string reason, string? remedy = null) : Exception(reason)
{
    public string? Remedy { get; } = remedy;
}
