using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>How a Resize computes each element from those around its place in the input, as the operator's definition says.</summary>
internal sealed class ResizeRule(GraphNode node)
{
    private readonly string _mode = node.Text("mode", "nearest");

    private readonly string _coordinates = node.Text("coordinate_transformation_mode", node.Opset <= 10 ? "asymmetric" : "half_pixel");

    private readonly string _nearest = node.Text("nearest_mode", node.Opset <= 10 ? "floor" : "round_prefer_floor");

    private readonly double _cubic = node.Single("cubic_coeff_a", -0.75f);

    private readonly bool _excludesOutside = node.Integer("exclude_outside", 0) != 0;

    private readonly bool _smooths = node.Integer("antialias", 0) != 0;

    /// <summary>Whether the operator is the older Upsample, which takes the element below.</summary>
    public bool IsUpsample { get; init; }

    public bool IsCrop => _coordinates == "tf_crop_and_resize";

    public float Extrapolation { get; } = node.Single("extrapolation_value", 0);

    public bool AlignsCorners => _coordinates == "align_corners";

    /// <summary>The mode of an upsampling layer with the same result for whole factors; null if there is none.</summary>
    public Interpolation? UpsamplingMode => (_mode, IsUpsample ? "asymmetric" : _coordinates, IsUpsample ? "floor" : _nearest) switch
    {
        ("nearest", "asymmetric", "floor") or ("nearest", "half_pixel", "round_prefer_floor" or "round_prefer_ceil") => Interpolation.Nearest,
        ("linear", "half_pixel" or "pytorch_half_pixel" or "align_corners", _) => Interpolation.Bilinear,
        _ => null,
    };

    /// <summary>The matrix [size, input] that resizes one axis.</summary>
    /// <param name="input">The elements of the axis.</param>
    /// <param name="size">The elements of the resized axis.</param>
    /// <param name="scale">Their ratio.</param>
    /// <param name="region">The part of the axis that is seen, of those that crop.</param>
    /// <param name="isOutside">The elements that lie outside the input and get a fixed number.</param>
    public float[] Matrix(int input, int size, double scale, (double Start, double End) region, out bool[] isOutside)
    {
        var matrix = new float[size * input];
        isOutside = new bool[size];
        for (var element = 0; element < size; element++)
        {
            var place = Place(element, input, size, scale, region);
            if (IsCrop && (place < 0 || place > input - 1))
            {
                isOutside[element] = true;
                continue;
            }

            foreach (var (source, weight) in Weights(place, input, scale))
                matrix[(element * input) + source] += (float)weight;
        }

        return matrix;
    }

    private double Place(int element, int input, int size, double scale, (double Start, double End) region) => (IsUpsample ? "asymmetric" : _coordinates) switch
    {
        "half_pixel" => ((element + 0.5) / scale) - 0.5,
        "pytorch_half_pixel" => size > 1 ? ((element + 0.5) / scale) - 0.5 : 0,
        "half_pixel_symmetric" => (input / 2d * (1 - (size / (scale * input)))) + ((element + 0.5) / scale) - 0.5,
        "align_corners" => size > 1 ? element * (input - 1d) / (size - 1) : 0,
        "asymmetric" => element / scale,
        "tf_half_pixel_for_nn" => (element + 0.5) / scale,
        "tf_crop_and_resize" => size > 1
            ? (region.Start * (input - 1)) + (element * (region.End - region.Start) * (input - 1) / (size - 1))
            : 0.5 * (region.Start + region.End) * (input - 1),
        _ => throw new ModelFaultException($"its coordinates '{_coordinates}' are not supported"),
    };

    private IEnumerable<(int Source, double Weight)> Weights(double place, int input, double scale)
    {
        if (_mode == "nearest")
            return [(Math.Clamp(Nearest(place), 0, input - 1), 1)];
        var isCubic = _mode == "cubic";
        if (!isCubic && _mode is not ("linear" or "bilinear"))
            throw new ModelFaultException($"its mode '{_mode}' is not supported");
        var stretch = _smooths && scale < 1 ? scale : 1;
        var reach = (isCubic ? 2 : 1) / stretch;
        var (first, last) = ((int)Math.Floor(place - reach) + 1, (int)Math.Ceiling(place + reach) - 1);
        var taps = Enumerable.Range(first, Math.Max(last - first + 1, 1)).Select(source => (Source: source, Weight: Kernel((source - place) * stretch, isCubic))).ToArray();
        // What lies outside counts as the element at the edge, unless it is excluded.
        if (_excludesOutside || _smooths)
            taps = [.. taps.Select(tap => _excludesOutside && (tap.Source < 0 || tap.Source >= input) ? (tap.Source, 0) : tap)];
        var sum = _excludesOutside || _smooths ? taps.Sum(tap => tap.Weight) : 1;
        return taps.Select(tap => (Math.Clamp(tap.Source, 0, input - 1), tap.Weight / sum));
    }

    private double Kernel(double distance, bool isCubic)
    {
        var x = Math.Abs(distance);
        if (!isCubic)
            return Math.Max(1 - x, 0);
        return x <= 1 ? (((((_cubic + 2) * x) - (_cubic + 3)) * x * x) + 1)
            : x < 2 ? _cubic * ((((((x - 5) * x) + 8) * x) - 4))
            : 0;
    }

    private int Nearest(double place) => (IsUpsample ? "floor" : _nearest) switch
    {
        "floor" => (int)Math.Floor(place),
        "ceil" => (int)Math.Ceiling(place),
        "round_prefer_ceil" => (int)Math.Floor(place + 0.5),
        _ => (int)Math.Ceiling(place - 0.5),
    };
}
