namespace StaticNet;

/// <summary>The largest element of each channel; the gradient goes to the first one if there are several.</summary>
public sealed class GlobalMaxPoolAttribute : GlobalPoolAttribute;
