namespace StaticNet.Generator.Operations;

/// <summary>A way to compute a convolution.</summary>
internal enum ConvolutionWay
{
    /// <summary>One tap without strides: a matrix product over the channels of each pixel.</summary>
    Product,

    /// <summary>Over planes: the pixels of a row are lanes, inputs and outputs both.</summary>
    Planes,

    /// <summary>From planes of few channels, whose pixels are read one by one; outputs are lanes.</summary>
    FewChannels,

    /// <summary>From channels that are last; outputs are lanes.</summary>
    Direct,

    /// <summary>The same, at inference by Winograd's minimal filtering.</summary>
    Winograd,
}
