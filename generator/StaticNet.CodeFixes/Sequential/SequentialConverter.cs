using System.Globalization;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>Turns the layers of a sequential model of PyTorch or Keras into attributes.</summary>
internal sealed class SequentialConverter
{
    /// <summary>The largest image that is tried where PyTorch's code does not say how large it is.</summary>
    private const int LargestImage = 512;

    /// <summary>What is assumed if no size fits.</summary>
    private const int UsualImage = 32;

    private static readonly Dictionary<string, string> Activations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["relu"] = "ReLU",
        ["relu6"] = "ReLU6",
        ["sigmoid"] = "Sigmoid",
        ["tanh"] = "Tanh",
        ["elu"] = "ELU",
        ["selu"] = "SELU",
        ["gelu"] = "GELU",
        ["silu"] = "SiLU",
        ["swish"] = "SiLU",
        ["mish"] = "Mish",
        ["softplus"] = "Softplus",
        ["softsign"] = "Softsign",
        ["softmax"] = "Softmax",
        ["logsoftmax"] = "LogSoftmax",
        ["log_softmax"] = "LogSoftmax",
        ["hardswish"] = "HardSwish",
        ["leakyrelu"] = "LeakyReLU",
        ["prelu"] = "PReLU",
        ["logsigmoid"] = "LogSigmoid",
    };

    private readonly List<Line> _lines = [];
    private string? _input;
    private int _channels;
    private (int Features, int Lines)? _flattened;
    private bool _isKeras;

    private SequentialConverter()
    {
    }

    /// <summary>The attributes of a model, without brackets; null if a layer has none that computes the same.</summary>
    public static IReadOnlyList<string>? Convert(PythonCall model)
    {
        var layers = (model.Positional.Count == 1 && model.Positional[0].Items is { } items ? items : model.Positional).Select(value => value.Call).ToArray();
        var converter = new SequentialConverter();
        try
        {
            return layers.Length > 0 && layers.All(layer => layer is not null && converter.TryAdd(layer)) ? converter.Result() : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private IReadOnlyList<string>? Result()
    {
        if (_input is null && _channels > 0)
            _input = $"Input({Text(_channels)}, {Text(Image())}, {Text(Image())})";
        return _input is null ? null : ["Network", _input, .. _lines.Select(line => line.ToString())];
    }

    private bool TryAdd(PythonCall layer)
    {
        _isKeras |= layer.Name is "Input" or "InputLayer" or "Conv2D" or "MaxPooling2D" or "BatchNormalization" || (layer.Name == "Dense");
        if (layer.Find("input_shape") is { } shape)
            SetInput(shape);
        switch (layer.Name)
        {
            case "Input" or "InputLayer" when (layer.Find("shape", 0) ?? layer.Find("input_shape")) is { } sizes:
                SetInput(sizes);
                return true;
            case "Linear":
                _input ??= _channels > 0 ? null : $"Input({Text(layer.Integer("in_features", 0, 0))})";
                _flattened ??= (layer.Integer("in_features", 0, 0), _lines.Count);
                return Add(new Line("Dense", Text(layer.Integer("out_features", 1, 0))).WithBias(layer.IsFalse("bias", 2)));
            case "Dense":
                return Add(new Line("Dense", Text(layer.Integer("units", 0, 0))).WithBias(layer.IsFalse("use_bias"))) && TryActivate(layer.Find("activation", 1));
            case "Conv2d":
                return AddConvolution(layer);
            case "Conv2D":
                return Add(Framed(new Line("Conv2D", Text(layer.Integer("filters", 0, 0))).WithPair("Kernel", layer.Pair("kernel_size", 1, 1), 3).WithPair("Stride", layer.Pair("strides", 2, 1), 1), layer)
                    .WithBias(layer.IsFalse("use_bias"))) && TryActivate(layer.Find("activation"));
            case "MaxPool2d" or "AvgPool2d":
                return AddPool(layer);
            case "MaxPooling2D" or "AveragePooling2D":
                var pool = layer.Pair("pool_size", 0, 2);
                return pool[0] == pool[1] && Add(Framed(new Line(layer.Name == "MaxPooling2D" ? "MaxPool2D" : "AveragePool2D", Text(pool[0])).WithPair("Stride", layer.Find("strides", 1) is null ? pool : layer.Pair("strides", 1, 0), pool[0]), layer));
            case "AdaptiveAvgPool2d" when layer.Pair("output_size", 0, 0).All(size => size == 1):
            case "GlobalAveragePooling2D":
                return Add(new Line("GlobalAveragePool"));
            case "GlobalMaxPooling2D":
                return Add(new Line("GlobalMaxPool"));
            case "BatchNorm1d" or "BatchNorm2d":
                return Add(new Line("BatchNorm").With("Epsilon", layer.Find("eps", 1)?.Number, 1e-5).With("Momentum", layer.Find("momentum", 2)?.Number, 0.1));
            case "BatchNormalization":
                return Add(new Line("BatchNorm").With("Epsilon", layer.Find("epsilon")?.Number ?? 1e-3, 1e-5).With("Momentum", 1 - (layer.Find("momentum")?.Number ?? 0.99), 0.1));
            case "Dropout":
                return Add(new Line("Dropout", Number((layer.Find("p", 0) ?? layer.Find("rate", 0))?.Number ?? 0.5)));
            case "Dropout2d" or "SpatialDropout2D":
                return Add(new Line("SpatialDropout", Number((layer.Find("p", 0) ?? layer.Find("rate", 0))?.Number ?? 0.5)));
            // A global pooling has flattened already.
            case "Flatten":
                return (_lines.LastOrDefault() is { } last && IsGlobal(last)) || Add(new Line("Flatten"));
            case "Identity":
                return true;
            case "Activation":
                return TryActivate(layer.Find("activation", 0));
            case "LeakyReLU" or "ELU" or "PReLU" when layer.Positional.Count + layer.Named.Count > 0 || layer.Name == "LeakyReLU" && _isKeras:
                return layer.Name == "LeakyReLU" && (layer.Find("negative_slope", 0) ?? layer.Find("alpha"))?.Number is { } slope && Activate("LeakyReLU", slope);
            default:
                return Activations.TryGetValue(layer.Name, out var activation) && Activate(activation);
        }
    }

    private bool AddConvolution(PythonCall layer)
    {
        if (_channels == 0 && _input is null)
            _channels = layer.Integer("in_channels", 0, 0);
        if (layer.Find("padding", 4) is { Text: "same" })
            return Add(Convolution().Named("AutoPadding", "AutoPadding.Same"));
        return layer.Find("padding", 4) is { Text: "valid" } ? Add(Convolution()) : layer.Pair("padding", 4, 0) is var padding && padding[0] == padding[1] && Add(Convolution(padding[0]));

        Line Convolution(int padding = 0) => new Line("Conv2D", Text(layer.Integer("out_channels", 1, 0)))
            .WithPair("Kernel", layer.Pair("kernel_size", 2, 1), 3).WithPair("Stride", layer.Pair("stride", 3, 1), 1).With("Padding", padding, 0)
            .WithPair("Dilation", layer.Pair("dilation", 5, 1), 1).With("Groups", layer.Integer("groups", 6, 1), 1).WithBias(layer.IsFalse("bias", 7));
    }

    private bool AddPool(PythonCall layer)
    {
        var kernel = layer.Pair("kernel_size", 0, 2);
        var stride = layer.Find("stride", 1) is null or { Text: "None" } ? kernel : layer.Pair("stride", 1, 0);
        var padding = layer.Pair("padding", 2, 0);
        var line = new Line(layer.Name == "MaxPool2d" ? "MaxPool2D" : "AveragePool2D", Text(kernel[0])).WithPair("Stride", stride, kernel[0]).With("Padding", padding[0], 0);
        return kernel[0] == kernel[1] && padding[0] == padding[1] && Add(layer.Find("ceil_mode") is { Text: "True" } ? line.Named("CeilMode", "true") : line);
    }

    /// <summary>Keras's padding.</summary>
    private static Line Framed(Line line, PythonCall layer) => layer.Find("padding") switch
    {
        { Text: "same" } => line.Named("AutoPadding", "AutoPadding.Same"),
        null or { Text: "valid" } => line,
        _ => throw new FormatException(),
    };

    private bool TryActivate(PythonValue? activation) =>
        activation is null or { Text: "linear" or "None" } || (Activations.TryGetValue(activation.Text, out var name) && name != "LeakyReLU" && Activate(name));

    /// <summary>Gives the last layer an activation, or adds it as a layer.</summary>
    private bool Activate(string activation, double? alpha = null)
    {
        var last = _lines.LastOrDefault();
        if (last is null || last.Name is not ("Dense" or "Conv2D" or "BatchNorm") || last.HasActivation)
            return Add(new Line("Activation", "Activation." + activation).With("Alpha", alpha, double.NaN));
        _lines[_lines.Count - 1] = last.Named("Activation", "Activation." + activation).With("ActivationAlpha", alpha, double.NaN);
        return true;
    }

    private bool Add(Line line)
    {
        _lines.Add(line);
        return true;
    }

    /// <summary>Keras's shape of an input, with the channels last and without the batch.</summary>
    private void SetInput(PythonValue shape)
    {
        var sizes = (shape.Items ?? [shape]).Select(size => size.Integer).ToArray();
        _input = sizes.Length == 3 ? $"Input({Text(sizes[2])}, {Text(sizes[0])}, {Text(sizes[1])}, Layout = Layout.ChannelsLast)" : $"Input({string.Join(", ", sizes.Select(Text))})";
    }

    /// <summary>The height and width of a square image with which the first dense layer has as many inputs as it says.</summary>
    private int Image()
    {
        if (_flattened is not var (features, lines) || _lines.Take(lines).Any(IsGlobal))
            return UsualImage;
        return Enumerable.Range(1, LargestImage).FirstOrDefault(size => FeaturesOf(size, lines) == features) is > 0 and var found ? found : UsualImage;
    }

    private long FeaturesOf(int size, int lines)
    {
        long channels = _channels;
        foreach (var line in _lines.Take(lines))
        {
            if (line.Name == "Conv2D")
                channels = int.Parse(line.First!, CultureInfo.InvariantCulture);
            if (line.Name is "Conv2D" or "MaxPool2D" or "AveragePool2D")
                size = line.SizeAfter(size);
            if (size < 1)
                return 0;
        }

        return channels * size * size;
    }

    private static bool IsGlobal(Line line) => line.Name is "GlobalAveragePool" or "GlobalMaxPool";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>A layer's attribute.</summary>
    private sealed record Line(string Name, string? First = null)
    {
        private IReadOnlyList<(string Name, string Value)> Arguments { get; init; } = [];

        public bool HasActivation => Arguments.Any(argument => argument.Name == "Activation");

        public Line Named(string name, string value) => this with { Arguments = [.. Arguments, (name, value)] };

        /// <summary>The argument, unless it is the default.</summary>
        public Line With(string name, int value, int standard) => value == standard ? this : Named(name, Text(value));

        public Line With(string name, double? value, double standard) => value is not { } number || Math.Abs(number - standard) < 1e-9 ? this : Named(name, Number(number) + "f");

        public Line WithBias(bool isOff) => isOff ? Named("Bias", "false") : this;

        /// <summary>One argument for both axes, or one for each.</summary>
        public Line WithPair(string name, int[] pair, int standard) =>
            pair.Length != 2 ? throw new FormatException() : pair[0] == pair[1] ? With(name, pair[0], standard) : Named(name + "Height", Text(pair[0])).Named(name + "Width", Text(pair[1]));

        /// <summary>The rows of the output of a convolution or a pooling.</summary>
        public int SizeAfter(int size)
        {
            var isConvolution = Name == "Conv2D";
            int Argument(string name, int fallback) => Arguments.Where(argument => argument.Name == name).Select(argument => int.Parse(argument.Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(fallback).First();
            var kernel = isConvolution ? Argument("Kernel", 3) : int.Parse(First!, CultureInfo.InvariantCulture);
            var stride = Argument("Stride", isConvolution ? 1 : kernel);
            var free = size + (2 * Argument("Padding", 0)) - ((kernel - 1) * Argument("Dilation", 1)) - 1;
            return Arguments.Any(argument => argument.Name == "AutoPadding") ? (size + stride - 1) / stride : free < 0 ? 0 : (free / stride) + 1;
        }

        public override string ToString()
        {
            string[] arguments = [.. First is null ? [] : new[] { First }, .. Arguments.Select(argument => $"{argument.Name} = {argument.Value}")];
            return arguments.Length == 0 ? Name : $"{Name}({string.Join(", ", arguments)})";
        }
    }
}
