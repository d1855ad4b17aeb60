namespace StaticNet.Generator.Layers;

/// <summary>A value that an argument cannot have.</summary>
internal readonly record struct ArgumentFault(string Argument, string Expected, string Actual);
