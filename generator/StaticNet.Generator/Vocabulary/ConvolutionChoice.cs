namespace StaticNet.Generator.Vocabulary;

/// <summary>Which algorithm a convolution may use; the names are those of the enum <c>StaticNet.ConvolutionAlgorithm</c>.</summary>
internal enum ConvolutionChoice
{
    Auto,
    Direct,
    Winograd,
}
