namespace StaticNet;

/// <summary>
/// An output of a network, which may have several, also of what lies on the way. Without any the last layer's output is the network's.
/// One sample of all outputs holds them one after the other in the order of the attributes; where a network has several inputs or outputs,
/// generated overloads of Forward take each in a span of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>The name of the layer whose output it is. Default: the last layer.</summary>
    public string? From { get; set; }

    /// <summary>Its name, a C# identifier, by which arguments and constants are called. Default: the layer's name.</summary>
    public string? Name { get; set; }
}
