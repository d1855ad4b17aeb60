namespace StaticNet.Reference.Sampling;

/// <summary>What random spatial networks may be made of.</summary>
[Flags]
public enum SpatialKinds
{
    /// <summary>Activations and layers for one axis alone.</summary>
    None = 0,

    /// <summary>Inputs [channel, length], and so the layers for them; without it, inputs are [channel, height, width].</summary>
    Length = 1 << 0,

    /// <summary>Convolutions.</summary>
    Convolution = 1 << 1,

    /// <summary>Convolutions in groups.</summary>
    Groups = 1 << 2,

    /// <summary>Convolutions that do not connect all filters with all channels.</summary>
    Connections = 1 << 3,

    /// <summary>Weights as magnitude and direction.</summary>
    WeightNorm = 1 << 4,

    /// <summary>Depthwise convolutions.</summary>
    Depthwise = 1 << 5,

    /// <summary>Separable convolutions.</summary>
    Separable = 1 << 6,

    /// <summary>Transposed convolutions.</summary>
    ConvTranspose = 1 << 7,

    /// <summary>Max pooling.</summary>
    MaxPool = 1 << 8,

    /// <summary>Average pooling.</summary>
    AveragePool = 1 << 9,

    /// <summary>Pooling over whole channels.</summary>
    GlobalPool = 1 << 10,

    /// <summary>Trainable subsampling.</summary>
    Subsampling = 1 << 11,

    /// <summary>Batch normalisation.</summary>
    BatchNorm = 1 << 12,

    /// <summary>Layer normalisation.</summary>
    LayerNorm = 1 << 13,

    /// <summary>Normalisation by the root of the mean square.</summary>
    RMSNorm = 1 << 14,

    /// <summary>Group normalisation.</summary>
    GroupNorm = 1 << 15,

    /// <summary>Instance normalisation.</summary>
    InstanceNorm = 1 << 16,

    /// <summary>Local response normalisation.</summary>
    LocalResponseNorm = 1 << 17,

    /// <summary>Dropout of whole channels.</summary>
    SpatialDropout = 1 << 18,

    /// <summary>Zero padding.</summary>
    ZeroPadding = 1 << 19,

    /// <summary>Cropping.</summary>
    Cropping = 1 << 20,

    /// <summary>Upsampling.</summary>
    Upsampling = 1 << 21,

    /// <summary>Axes in another order.</summary>
    Permute = 1 << 22,

    /// <summary>Parts along an axis.</summary>
    Slice = 1 << 23,

    /// <summary>Means over axes.</summary>
    Mean = 1 << 24,

    /// <summary>Sums and concatenations of branches.</summary>
    Branches = 1 << 25,

    /// <summary>Dense layers over the last axis of several.</summary>
    Dense = 1 << 26,

    /// <summary>Softmax over the last axis of several.</summary>
    Softmax = 1 << 27,

    /// <summary>Losses on outputs of several axes.</summary>
    SpatialLoss = 1 << 28,

    /// <summary>Inputs, outputs and targets with the channels at the end.</summary>
    ChannelsLast = 1 << 29,

    /// <summary>LeCun's scaled tanh, the functions that came after it, and expressions.</summary>
    LaterFunctions = 1 << 30,

    /// <summary>Everything.</summary>
    All = int.MaxValue,
}
