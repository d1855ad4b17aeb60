using System.Globalization;

namespace StaticNet.Training;

/// <summary>Looks at the first inputs of a training, as the network gets them: are they of a scale that it can work with?</summary>
internal sealed class InputScaleCheck
{
    private const float Large = 10;
    private const float Small = 0.01f;

    /// <summary>The samples after which is decided.</summary>
    private const int Enough = 32;

    private static readonly string[] Norms = ["BatchNorm", "LayerNorm", "RMSNorm", "GroupNorm", "InstanceNorm", "Rescaling"];
    private static readonly string[] Shapers = ["Flatten", "Reshape", "Permute", "Dropout", "GaussianNoise", "ZeroPadding", "Cropping"];

    private readonly int[] _large;
    private float _largest;
    private int _samples;

    private InputScaleCheck(int inputs) => _large = new int[inputs];

    /// <summary>Whether enough samples have come.</summary>
    public bool HasEnough => _samples >= Enough;

    /// <summary>The check of a network; null where it brings its inputs to scale by itself.</summary>
    public static InputScaleCheck? Of(NetworkDescription description, Scaling scaling)
    {
        if (scaling.Inputs is not null)
            return null;
        var first = description.Layers.FirstOrDefault(layer => !Shapers.Any(shaper => layer.Kind.StartsWith(shaper, StringComparison.Ordinal)));
        return first is not null && Norms.Any(norm => first.Kind.StartsWith(norm, StringComparison.Ordinal)) ? null : new InputScaleCheck(description.InputLength);
    }

    /// <summary>Looks at the samples of a batch. Nothing is allocated.</summary>
    public void Add(ReadOnlySpan<float> inputs, int count)
    {
        var index = 0;
        foreach (var value in inputs)
        {
            var magnitude = Math.Abs(value);
            _largest = Math.Max(_largest, magnitude);
            _large[index] += magnitude > Large ? 1 : 0;
            index = index + 1 == _large.Length ? 0 : index + 1;
        }

        _samples += count;
    }

    /// <summary>What a user is to know; null for nothing.</summary>
    public string? Warning()
    {
        const string advice =
            "network.SetScaling(inputs: Scaler.Standard(…) or Scaler.MinMax(…)) brings them to scale, there and wherever the network is used.";
        var far = _large.Count(large => 3L * large >= _samples);
        if (_samples > 0 && far > 0)
        {
            var first = Array.FindIndex(_large, large => 3L * large >= _samples);
            var which = _large.Length == 1 ? "The input is"
                : far == _large.Length ? $"All {far} inputs are"
                : $"{far} of {_large.Length} inputs, the first of them input {first}, are";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{which} beyond ±{Large} in a third or more of the first {_samples} samples (up to {_largest:G4}), and the network has no " +
                $"scaling: training may diverge, or learn slowly. {advice}");
        }

        return _largest is > 0 and < Small
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"No input of the first {_samples} samples is beyond ±{Small} (at most {_largest:G4}), and the network has no scaling: training " +
                $"may learn very slowly. {advice}")
            : null;
    }
}
