using System.Globalization;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>Turns the layers of a sequential model of PyTorch or Keras into attributes.</summary>
internal sealed class SequentialConverter
{
    /// <summary>The largest image that is tried where PyTorch's code does not say how large it is.</summary>
    private const int LargestImage = 512;

    /// <summary>What is assumed where any size fits.</summary>
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

    /// <summary>The layers that PyTorch calls by other names.</summary>
    private static readonly HashSet<string> OfKeras = new(StringComparer.Ordinal)
    {
        "Input", "InputLayer", "Dense", "Conv2D", "MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "BatchNormalization", "SpatialDropout2D", "Activation",
    };

    private readonly List<Line> _lines = [];
    private readonly bool _isKeras;
    private string? _input;
    private int _channels;
    private (int Features, int Lines)? _flattened;

    /// <summary>Whether the last value has channels and pixels.</summary>
    private bool _isImage;

    private SequentialConverter(bool isKeras) => _isKeras = isKeras;

    /// <summary>The attributes of a model, without brackets; null if a layer has none that computes the same.</summary>
    public static IReadOnlyList<string>? Convert(PythonCall model)
    {
        var layers = (model.Positional.Count == 1 && model.Positional[0].Items is { } items ? items : model.Positional).Select(value => value.Call).ToArray();
        try
        {
            var converter = new SequentialConverter(layers.Any(layer => layer is not null && OfKeras.Contains(layer.Name)));
            return layers.Length > 0 && layers.All(layer => layer is not null && converter.TryAddAll(layer)) && model.Names.All(name => name == "name") ? converter.Result() : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private IReadOnlyList<string>? Result()
    {
        if (_input is null && _channels > 0 && Text(Image()) is var size)
            _input = $"Input({Text(_channels)}, {size}, {size})";
        return _input is null ? null : ["Network", _input, .. _lines.Select(line => line.ToString())];
    }

    /// <summary>Adds a layer, unless it has an argument that is not understood.</summary>
    private bool TryAddAll(PythonCall layer)
    {
        // What these say does not change what is computed.
        layer.Find("name");
        layer.Flag("inplace", -1, false);
        return TryAdd(layer) && !layer.HasUnread;
    }

    private bool TryAdd(PythonCall layer)
    {
        if (layer.Find("input_shape") is { } shape)
            SetInput(shape);
        switch (layer.Name)
        {
            case "Input" or "InputLayer":
                if (layer.Find("shape", 0) is { } sizes)
                    SetInput(sizes);
                return _input is not null;
            case "Linear":
                return !_isImage && AddLinear(layer);
            case "Dense":
                return !_isImage && Add(new Line("Dense", Text(layer.Count("units", 0))).WithBias(layer.Flag("use_bias", 2, true))) && TryActivate(layer.Find("activation", 1));
            case "Conv2d":
                return AddConvolution(layer);
            case "Conv2D":
                return AddImage(Framed(new Line("Conv2D", Text(layer.Count("filters", 0))).WithPair("Kernel", layer.Pair("kernel_size", 1, 1), 3).WithPair("Stride", layer.Pair("strides", 2, 1, 1), 1), layer, 3)
                    .WithPair("Dilation", layer.Pair("dilation_rate", 5, 1, 1), 1).With("Groups", layer.Count("groups", 6, 1), 1).WithBias(layer.Flag("use_bias", 8, true))) && TryActivate(layer.Find("activation", 7));
            case "MaxPool2d" or "AvgPool2d":
                return AddPool(layer);
            case "MaxPooling2D" or "AveragePooling2D":
                return AddPooling(layer);
            case "AdaptiveAvgPool2d":
                return layer.Pair("output_size", 0, 1) == (1, 1) && AddFlat(new Line("GlobalAveragePool"));
            case "GlobalAveragePooling2D":
                return AddFlat(new Line("GlobalAveragePool"));
            case "GlobalMaxPooling2D":
                return AddFlat(new Line("GlobalMaxPool"));
            case "BatchNorm1d" or "BatchNorm2d":
                layer.Count("num_features", 0);
                var norm = new Line("BatchNorm").With("Epsilon", layer.Number("eps", 1, 1e-5), 1e-5).With("Momentum", layer.Number("momentum", 2, 0.1), 0.1);
                return Add(layer.Flag("affine", 3, true) ? norm : norm.Named("Affine", "false"));
            case "BatchNormalization":
                return Add(new Line("BatchNorm").With("Epsilon", layer.Number("epsilon", -1, 1e-3), 1e-5).With("Momentum", 1 - layer.Number("momentum", -1, 0.99), 0.1));
            case "Dropout" or "Dropout2d" or "SpatialDropout2D":
                layer.Flag("inplace", 1, false);
                return Add(new Line(layer.Name == "Dropout" ? "Dropout" : "SpatialDropout", Number(layer.Number(_isKeras ? "rate" : "p", 0, 0.5))));
            case "Flatten":
                // A global pooling has flattened already.
                return layer.Find("start_dim", 0) is null or { Text: "1" } && layer.Find("end_dim", 1) is null or { Text: "-1" }
                    && ((_lines.LastOrDefault() is { } last && IsGlobal(last)) || AddFlat(new Line("Flatten")));
            case "Identity":
                return true;
            case "Activation":
                return TryActivate(layer.Find("activation", 0));
            default:
                return AddActivation(layer);
        }
    }

    private bool AddLinear(PythonCall layer)
    {
        var features = layer.Count("in_features", 0);
        _input ??= _channels > 0 ? null : $"Input({Text(features)})";
        _flattened ??= (features, _lines.Count);
        return Add(new Line("Dense", Text(layer.Count("out_features", 1))).WithBias(layer.Flag("bias", 2, true)));
    }

    private bool AddConvolution(PythonCall layer)
    {
        var channels = layer.Count("in_channels", 0);
        if (_channels == 0 && _input is null)
            _channels = channels;
        var line = new Line("Conv2D", Text(layer.Count("out_channels", 1))).WithPair("Kernel", layer.Pair("kernel_size", 2, 1), 3).WithPair("Stride", layer.Pair("stride", 3, 1, 1), 1);
        switch (layer.Find("padding", 4))
        {
            case { Text: "same" }:
                line = line.Named("AutoPadding", "AutoPadding.Same");
                break;
            case { Text: "valid" }:
                break;
            default:
                var (height, width) = layer.Pair("padding", 4, 0, 0);
                if (height != width)
                    return false;
                line = line.With("Padding", height, 0);
                break;
        }

        return layer.Find("padding_mode", 8) is null or { Text: "zeros" } && AddImage(line
            .WithPair("Dilation", layer.Pair("dilation", 5, 1, 1), 1).With("Groups", layer.Count("groups", 6, 1), 1).WithBias(layer.Flag("bias", 7, true)));
    }

    /// <summary>PyTorch's pooling.</summary>
    private bool AddPool(PythonCall layer)
    {
        var isMaximum = layer.Name == "MaxPool2d";
        var (kernel, padding) = (layer.Pair("kernel_size", 0, 1), layer.Pair("padding", 2, 0, 0));
        if (kernel.Height != kernel.Width || padding.Height != padding.Width || (isMaximum && layer.Pair("dilation", 3, 1, 1) != (1, 1)))
            return false;
        var line = new Line(isMaximum ? "MaxPool2D" : "AveragePool2D", Text(kernel.Height)).WithPair("Stride", layer.Pair("stride", 1, 1, kernel.Height), kernel.Height).With("Padding", padding.Height, 0);
        if (layer.Flag("ceil_mode", isMaximum ? 5 : 3, false))
            line = line.Named("CeilMode", "true");
        return AddImage(isMaximum || layer.Flag("count_include_pad", 4, true) ? line : line.Named("CountIncludesPadding", "false"));
    }

    /// <summary>Keras's pooling, whose means are of what is in the image.</summary>
    private bool AddPooling(PythonCall layer)
    {
        var isMaximum = layer.Name == "MaxPooling2D";
        var kernel = layer.Pair("pool_size", 0, 1, 2);
        if (kernel.Height != kernel.Width)
            return false;
        var line = Framed(new Line(isMaximum ? "MaxPool2D" : "AveragePool2D", Text(kernel.Height)).WithPair("Stride", layer.Pair("strides", 1, 1, kernel.Height), kernel.Height), layer, 2);
        return AddImage(isMaximum || !line.IsFramed ? line : line.Named("CountIncludesPadding", "false"));
    }

    private bool AddActivation(PythonCall layer)
    {
        if (!Activations.TryGetValue(layer.Name, out var activation))
            return false;
        switch (activation)
        {
            // Keras's slope is another than PyTorch's if it is not given.
            case "LeakyReLU" when (layer.Find("negative_slope", 0) ?? layer.Find("alpha")) is { Number: var slope }:
                layer.Flag("inplace", 1, false);
                return Activate(activation, slope);
            case "LeakyReLU":
                return !_isKeras && Activate(activation);
            // PyTorch's has one slope, which may be given; Keras's has one for each element.
            case "PReLU":
                return !_isKeras && layer.Positional.Count == 0 && !layer.Names.Any() && Activate(activation) && Share();
            case "Softmax" or "LogSoftmax":
                return layer.Find(_isKeras ? "axis" : "dim", 0) is null or { Text: "1" or "-1" } && Activate(activation);
            default:
                // PyTorch's inplace has no effect on what is computed.
                if (layer.Positional.Count == 1 && layer.Positional[0].Text is "True" or "False")
                    layer.Find("inplace", 0);
                return Activate(activation);
        }
    }

    /// <summary>Keras's padding.</summary>
    private static Line Framed(Line line, PythonCall layer, int place) => layer.Find("padding", place) switch
    {
        { Text: "same" } => line.Named("AutoPadding", "AutoPadding.Same"),
        null or { Text: "valid" } => line,
        _ => throw new FormatException(),
    };

    private bool TryActivate(PythonValue? activation) =>
        activation is null or { Text: "linear" or "None" } || (Activations.TryGetValue(activation.Text, out var name) && name is not ("LeakyReLU" or "PReLU") && Activate(name));

    /// <summary>Gives the last layer an activation, or adds it as a layer. The softmax of an image is along another axis.</summary>
    private bool Activate(string activation, double? alpha = null)
    {
        if (_isImage && activation is "Softmax" or "LogSoftmax")
            return false;
        var last = _lines.LastOrDefault();
        if (last is null || last.Name is not ("Dense" or "Conv2D" or "BatchNorm") || last.HasActivation)
            return Add(new Line("Activation", "Activation." + activation).With("Alpha", alpha, double.NaN));
        _lines[_lines.Count - 1] = last.Named("Activation", "Activation." + activation).With("ActivationAlpha", alpha, double.NaN);
        return true;
    }

    /// <summary>Gives the activation of the last layer one slope for all channels.</summary>
    private bool Share()
    {
        _lines[_lines.Count - 1] = _lines[_lines.Count - 1].Named("SharedSlope", "true");
        return true;
    }

    private bool Add(Line line)
    {
        _lines.Add(line);
        return true;
    }

    private bool AddImage(Line line)
    {
        _isImage = true;
        return Add(line);
    }

    private bool AddFlat(Line line)
    {
        _isImage = false;
        return Add(line);
    }

    /// <summary>Keras's shape of an input, numbers or an image with the channels last, without the batch; those of later layers change nothing.</summary>
    private void SetInput(PythonValue shape)
    {
        var sizes = (shape.Items ?? [shape]).Select(size => size.Integer).ToArray();
        if (_lines.Count > 0 || _input is not null || sizes.Length is not (1 or 3) || sizes.Any(size => size < 1))
            throw new FormatException();
        _isImage = sizes.Length == 3;
        _input = _isImage ? $"Input({Text(sizes[2])}, {Text(sizes[0])}, {Text(sizes[1])}, Layout = Layout.ChannelsLast)" : $"Input({Text(sizes[0])})";
    }

    /// <summary>The height and width of a square image with which the first dense layer has as many inputs as it says.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    private int Image()
    {
        if (_flattened is not var (features, lines) || _lines.Take(lines).Any(IsGlobal))
            return UsualImage;
        return Enumerable.Range(1, LargestImage).FirstOrDefault(size => FeaturesOf(size, lines) == features) is > 0 and var found ? found : throw new FormatException();
    }

    private double FeaturesOf(int size, int lines)
    {
        var (channels, height, width) = ((double)_channels, (long)size, (long)size);
        foreach (var line in _lines.Take(lines))
        {
            if (line.Name == "Conv2D")
                channels = int.Parse(line.First!, CultureInfo.InvariantCulture);
            if (line.Name is "Conv2D" or "MaxPool2D" or "AveragePool2D")
                (height, width) = (line.SizeAfter(height, "Height"), line.SizeAfter(width, "Width"));
            if (height < 1 || width < 1)
                return 0;
        }

        return channels * height * width;
    }

    private static bool IsGlobal(Line line) => line.Name is "GlobalAveragePool" or "GlobalMaxPool";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number in the precision that networks compute in.</summary>
    private static string Number(double number) => ((float)number).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A layer's attribute.</summary>
    private sealed record Line(string Name, string? First = null)
    {
        private IReadOnlyList<(string Name, string Value)> Arguments { get; init; } = [];

        public bool IsFramed => Arguments.Any(argument => argument.Name == "AutoPadding");

        public bool HasActivation => Arguments.Any(argument => argument.Name == "Activation");

        public Line Named(string name, string value) => this with { Arguments = [.. Arguments, (name, value)] };

        /// <summary>The argument, unless it is the default.</summary>
        public Line With(string name, int value, int standard) => value == standard ? this : Named(name, Text(value));

        public Line With(string name, double? value, double standard) => value is not { } number || Math.Abs(number - standard) < 1e-9 ? this : Named(name, Number(number) + "f");

        public Line WithBias(bool hasBias) => hasBias ? this : Named("Bias", "false");

        /// <summary>One argument for both axes, or one for each.</summary>
        public Line WithPair(string name, (int Height, int Width) pair, int standard) =>
            pair.Height == pair.Width ? With(name, pair.Height, standard) : Named(name + "Height", Text(pair.Height)).Named(name + "Width", Text(pair.Width));

        /// <summary>The size of the output of a convolution or a pooling along an axis; 0 if there is none.</summary>
        public long SizeAfter(long size, string axis)
        {
            var isConvolution = Name == "Conv2D";
            long Argument(string name, long fallback) => Arguments.Where(argument => argument.Name == name || argument.Name == name + axis).Select(argument => long.Parse(argument.Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(fallback).First();
            var kernel = isConvolution ? Argument("Kernel", 3) : long.Parse(First!, CultureInfo.InvariantCulture);
            var (stride, padding) = (Argument("Stride", isConvolution ? 1 : kernel), Argument("Padding", 0));
            if (IsFramed)
                return (size + stride - 1) / stride;
            var free = size + (2 * padding) - ((kernel - 1) * Argument("Dilation", 1)) - 1;
            if (free < 0 || !Arguments.Any(argument => argument.Name == "CeilMode"))
                return free < 0 ? 0 : (free / stride) + 1;
            // A last window begins within the image or the padding before it.
            var windows = ((free + stride - 1) / stride) + 1;
            return (windows - 1) * stride >= size + padding ? windows - 1 : windows;
        }

        public override string ToString()
        {
            string[] arguments = [.. First is null ? [] : new[] { First }, .. Arguments.Select(argument => $"{argument.Name} = {argument.Value}")];
            return arguments.Length == 0 ? Name : $"{Name}({string.Join(", ", arguments)})";
        }
    }
}
