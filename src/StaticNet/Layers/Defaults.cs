namespace StaticNet;

/// <summary>
/// The defaults of attributes' properties that are not those of their types (0, false, null, an enum's first member).
/// </summary>
/// <remarks>
/// The generator compiles this source too: initialisers of properties are not part of an attribute's data, so both read the
/// values from here.
/// </remarks>
internal static class Defaults
{
    /// <summary>A layer or a block trains.</summary>
    public const bool Trainable = true;

    /// <summary>A bias is added.</summary>
    public const bool Bias = true;

    /// <summary>A norm has a learned weight and bias.</summary>
    public const bool Affine = true;

    /// <summary>The average of a window counts its padding.</summary>
    public const bool CountIncludesPadding = true;

    /// <summary>The function's own α, or the initialiser's own value.</summary>
    public const float Own = float.NaN;

    /// <summary>A side is padded or cropped, or an axis padded, as all are.</summary>
    public const int AsAll = -1;

    /// <summary>A convolution's kernel.</summary>
    public const int Kernel = 3;

    /// <summary>A convolution's step.</summary>
    public const int Stride = 1;

    /// <summary>The distance between a window's elements.</summary>
    public const int Dilation = 1;

    /// <summary>A convolution's groups.</summary>
    public const int Groups = 1;

    /// <summary>The outputs of a depthwise convolution for each channel.</summary>
    public const int DepthMultiplier = 1;

    /// <summary>The linear pieces of maxout.</summary>
    public const int Pieces = 2;

    /// <summary>ε of norms by mean and variance.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>ε of the norm by the root of the mean square.</summary>
    public const float RootMeanSquareEpsilon = 1e-6f;

    /// <summary>The weight of the new value in a batch norm's running statistics.</summary>
    public const float Momentum = 0.1f;

    /// <summary>The channels that local response normalisation sums.</summary>
    public const int ResponseSize = 5;

    /// <summary>The factor of that sum.</summary>
    public const float ResponseAlpha = 1e-4f;

    /// <summary>The exponent of local response normalisation.</summary>
    public const float ResponseBeta = 0.75f;

    /// <summary>What local response normalisation adds to the sum.</summary>
    public const float ResponseK = 2;

    /// <summary>Nothing is cut below.</summary>
    public const float NoMinimum = float.NegativeInfinity;

    /// <summary>Nothing is cut above.</summary>
    public const float NoMaximum = float.PositiveInfinity;

    /// <summary>A loss's factor in the total.</summary>
    public const float LossWeight = 1;

    /// <summary>Huber's δ.</summary>
    public const float Delta = 1;

    /// <summary>The margin of the multi-class hinge.</summary>
    public const float Margin = 1;

    /// <summary>The rate of the centres.</summary>
    public const float CenterRate = 0.5f;

    /// <summary>The steps of a sample that is not a sequence.</summary>
    public const int Steps = 1;

    /// <summary>The function of a recurrent layer's candidate.</summary>
    public const Activation RecurrentActivation = Activation.Tanh;

    /// <summary>The function of gates.</summary>
    public const Activation GateActivation = Activation.Sigmoid;

    /// <summary>How the weight of the hidden state starts.</summary>
    public const Initializer RecurrentInitializer = Initializer.Orthogonal;

    /// <summary>A recurrent layer gives the hidden state of each step.</summary>
    public const bool ReturnSequences = true;

    /// <summary>A GRU's reset gate multiplies the product with the hidden state.</summary>
    public const bool ResetAfter = true;

    /// <summary>A GRU's products with the hidden state have a bias.</summary>
    public const bool GruRecurrentBias = true;

    /// <summary>The start of the forget gate's bias.</summary>
    public const float ForgetBias = 1;

    /// <summary>The samples of a training step.</summary>
    public const int BatchSize = 32;
}
