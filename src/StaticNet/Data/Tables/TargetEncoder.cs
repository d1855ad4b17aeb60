using System.Text.Json;

namespace StaticNet.Data;

/// <summary>Makes numbers of a target for training, and of a network's outputs what a user reads.</summary>
internal abstract class TargetEncoder
{
    /// <summary>The target's name.</summary>
    public abstract string Name { get; }

    /// <summary>The numbers of a target.</summary>
    public abstract int Length { get; }

    /// <summary>Writes the numbers of a target.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="destination"><see cref="Length"/> numbers.</param>
    /// <param name="isScaled">Whether numbers are to be scaled.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="limits">What counts as missing.</param>
    /// <exception cref="DataFormatException">The text does not fit the target.</exception>
    public void Encode(string text, Span<float> destination, bool isScaled, in CellPlace place, TableSchemaOptions limits)
    {
        if (limits.IsMissing(text))
            throw place.NoTarget(text, limits);
        EncodeValue(text, destination, isScaled, place);
    }

    /// <summary>Says what the outputs of a sample predict.</summary>
    /// <param name="outputs">The target's outputs.</param>
    /// <param name="link">What they mean.</param>
    /// <param name="isScaled">Whether numbers are scaled.</param>
    public abstract TargetPrediction Predict(ReadOnlySpan<float> outputs, OutputLink link, bool isScaled);

    /// <summary>What a loss makes of the outputs for this target; null if it does not train such a target.</summary>
    /// <param name="loss">The loss.</param>
    public abstract OutputLink? LinkOf(LossDescription loss);

    /// <summary>What the target is, in words.</summary>
    public abstract string Describe();

    /// <summary>Writes the target.</summary>
    public abstract void Write(Utf8JsonWriter json);

    protected abstract void EncodeValue(string text, Span<float> destination, bool isScaled, in CellPlace place);
}
