namespace StaticNet;

/// <summary>The largest element of each channel; the gradient goes to the first one that is.</summary>
public sealed class GlobalMaxPoolAttribute : GlobalPoolAttribute;
