namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>Functions of single elements; one of them does not depend on what it takes.</summary>
[Network]
[Input(6)]
[Dense(6, Activation = Activation.Tanh, Name = "dense")]
[Activation("x / (1 + abs(x)) - 0.5 * x")]
[Clip(Min = -0.25f, Max = 0.25f)]
[Rescaling(2, Offset = 1)]
[Power(3, Name = "power")]
[Rescaling(0, Offset = 1, Name = "one", From = "dense")]
[Output(From = "power")]
[Output(From = "one")]
public sealed partial class ElementFunctions;

/// <summary>Joins of images with constants of all kinds.</summary>
[Network]
[Input(3, 4, 2)]
[Constant(1, Value = 0.5f, Name = "number")]
[Constant(1, 1, 1, Value = 0.75f, Name = "image")]
[Constant(3, Values = [1, 2, 3], Name = "channels")]
[Constant(3, 4, 2, Value = 0.25f, Name = "elements")]
[Subtract("number", Name = "difference")]
[Divide("channels")]
[Maximum("elements")]
[Minimum("image")]
[Add("difference")]
public sealed partial class JoinsWithConstants;

/// <summary>A number with the axes of an image among features.</summary>
[Network]
[Input(5)]
[Constant(1, 1, 1, Value = 0.5f, Name = "number")]
[Subtract("number")]
public sealed partial class NumberAmongFeatures;

/// <summary>Products of layers, and zeros around one.</summary>
[Network]
[Input(4, 6)]
[Dense(5, Name = "first")]
[Dense(5, From = "input", Name = "second")]
[MatMul("first", "second", TransposeSecond = true)]
[Pad(1, 2, 1)]
[Dense(4, Name = "third")]
[MatMul("third", "second")]
public sealed partial class LayerProducts;

/// <summary>Steps of a sequence side by side with what becomes of them.</summary>
[Network]
[Input(3, Steps = 4)]
[Concat("input")]
public sealed partial class StepsTwice;

/// <summary>Pooling whose padding is as long as its kernel, or longer.</summary>
[Network]
[Input(2, 9, 8)]
[MaxPool2D(3, Stride = 1, Dilation = 3, AutoPadding = AutoPadding.Same)]
public sealed partial class WidePooling2D;

/// <summary>The same along one axis, with padding that is given.</summary>
[Network]
[Input(3, 12)]
[MaxPool1D(2, Dilation = 4, Padding = 2)]
public sealed partial class WidePooling1D;

/// <summary>Responses normalised among features.</summary>
[Network]
[Input(9)]
[LocalResponseNorm(Size = 5, Alpha = 0.3f)]
public sealed partial class ResponsesOfFeatures;

/// <summary>The same among channels of two axes and of three, over an even number of them, and over more than there are.</summary>
[Network]
[Input(6, 4)]
[LocalResponseNorm(Size = 4, Alpha = 0.3f)]
[Reshape(3, 4, 2)]
[LocalResponseNorm(Size = 8, Alpha = 0.3f)]
public sealed partial class ResponsesOfChannels;

/// <summary>Cells with peepholes and without biases.</summary>
[Network]
[Input(2, Steps = 4)]
[LSTM(3, Bias = false, Peepholes = true)]
public sealed partial class PeepholesWithoutBias;

/// <summary>Filters that do not meet all channels.</summary>
[Network]
[Input(2, 5, 5)]
[Conv2D(3, Connections = ["X.X", ".XX"])]
public sealed partial class ConnectedFilters;

/// <summary>The same, with weight normalisation.</summary>
[Network]
[Input(2, 5, 5)]
[Conv2D(3, Connections = ["X.X", ".XX"], WeightNorm = true)]
public sealed partial class ConnectedDirections;

/// <summary>A class with a network in it.</summary>
public static partial class Around
{
    /// <summary>A network that is nested.</summary>
    [Network]
    [Input(3)]
    [Dense(2)]
    public sealed partial class Within;
}
