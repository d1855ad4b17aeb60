namespace StaticNet.Importing;

/// <summary>The names that layers have if they are not given one: the kind, followed by a number.</summary>
internal static class LayerKinds
{
    /// <summary>The kind of a layer.</summary>
    /// <param name="attribute">The name of its attribute, such as <c>Conv2D</c>.</param>
    /// <returns>Such as <c>conv</c>.</returns>
    public static string Of(string attribute) => attribute switch
    {
        "DepthwiseConv2D" => "depthwise",
        "SeparableConv2D" => "separable",
        "RMSNorm" => "rmsNorm",
        "GRU" => "gru",
        "LSTM" => "lstm",
        _ => Camel(attribute.EndsWith("1D", StringComparison.Ordinal) || attribute.EndsWith("2D", StringComparison.Ordinal) ? attribute[..^2] : attribute),
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
