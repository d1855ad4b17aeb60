namespace StaticNet;

/// <summary>
/// Makes the output of a layer, which need not be the last, an output of the network. A network may have several. Without any,
/// the output of the last layer is that of the network. A sample holds all outputs one after the other, in the order of the
/// attributes; if a network has several inputs or outputs, generated overloads of Forward take a separate span for each.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>The name of the layer whose output it is. Default: the last layer.</summary>
    public string? From { get; set; }

    /// <summary>Its name, a C# identifier, after which arguments and constants are named. Default: the layer's name.</summary>
    public string? Name { get; set; }
}
