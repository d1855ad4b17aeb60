namespace StaticNet;

/// <summary>The mean of each channel.</summary>
public sealed class GlobalAveragePoolAttribute : GlobalPoolAttribute;
