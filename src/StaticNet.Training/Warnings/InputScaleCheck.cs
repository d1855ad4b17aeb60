using System.Globalization;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Looks at the first inputs of a run, as the network gets them: are they of a scale that it can work with?</summary>
internal sealed class InputScaleCheck
{
    private const float Large = 10;
    private const float Small = 0.01f;

    /// <summary>The samples after which is decided.</summary>
    private const int Enough = 32;

    private static readonly string[] Norms = ["BatchNorm", "LayerNorm", "RMSNorm", "GroupNorm", "InstanceNorm", "Rescaling"];
    private static readonly string[] Shapers = ["Flatten", "Reshape", "Permute", "Dropout", "GaussianNoise", "ZeroPadding", "Cropping"];

    private readonly int[] _large;
    private readonly TableSchema? _schema;
    private float _largest;
    private int _samples;

    private InputScaleCheck(int inputs, TableSchema? schema) => (_large, _schema) = (new int[inputs], schema);

    /// <summary>Whether enough samples have come.</summary>
    public bool HasEnough => _samples >= Enough;

    /// <summary>The check of a network; null if it scales its inputs itself.</summary>
    public static InputScaleCheck? Of(NetworkDescription description, Scaling scaling, TableSchema? schema)
    {
        if (scaling.Inputs is not null)
            return null;
        var first = description.Layers.FirstOrDefault(layer => !Shapers.Any(shaper => layer.Kind.StartsWith(shaper, StringComparison.Ordinal)));
        return first is not null && Norms.Any(norm => first.Kind.StartsWith(norm, StringComparison.Ordinal)) ? null : new InputScaleCheck(description.InputLength, schema);
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

    /// <summary>The warning; null for none.</summary>
    public string? Warning() => Find("the first ") is var (evidence, advice) ? $"{evidence} {advice}" : null;

    /// <summary>What was found, and what helps, as sentences; null for nothing.</summary>
    /// <param name="which">What comes before the number of the samples.</param>
    public (string Evidence, string Advice)? Find(string which)
    {
        var advice = _schema is null
            ? "network.SetScaling(inputs: Scaler.Standard(…) or Scaler.MinMax(…)) scales them, in training and wherever the network is used."
            : "Scaling = ColumnScaling.Standard or MinMax of a NumberColumn or DateColumn scales its numbers, and one-hot, the default Encoding of a CategoryColumn, avoids large ones: fit the schema again with them.";
        var lack = _schema is null ? ", and the network has no scaling" : "";
        var far = _large.Count(large => 3L * large >= _samples);
        if (_samples > 0 && far > 0)
        {
            var first = Array.FindIndex(_large, large => 3L * large >= _samples);
            var inputs = _large.Length == 1 ? "The input is"
                : far == _large.Length ? $"All {far} inputs are"
                : $"{far} of {_large.Length} inputs, the first of them input {NumberPlace.Of(first, _schema)}, are";
            var evidence = string.Create(
                CultureInfo.InvariantCulture,
                $"{inputs} beyond ±{Large} in a third or more of {which}{_samples} samples (up to {_largest:G4}){lack}: " +
                $"training may diverge, or learn slowly.");
            return (evidence, advice);
        }

        if (_largest is > 0 and < Small)
        {
            var evidence = string.Create(
                CultureInfo.InvariantCulture,
                $"No input of {which}{_samples} samples is beyond ±{Small} (at most {_largest:G4}){lack}: training " +
                $"may learn very slowly.");
            return (evidence, advice);
        }

        return null;
    }
}
