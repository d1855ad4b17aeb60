namespace StaticNet;

/// <summary>
/// Marks a partial class as a network: the generator writes its code from the layer attributes, which must be on the same
/// declaration.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute;
