using StaticNet.Importing;

namespace StaticNet.Audio.Drafts;

/// <summary>A function of single elements: one of StaticNet's, or an expression.</summary>
/// <param name="Function">The function.</param>
internal sealed record DraftActivation(Activation Function)
{
    public static readonly DraftActivation Identity = new(Activation.Identity);

    /// <summary>The function's α; null: its default.</summary>
    public float? Alpha { get; init; }

    /// <summary>The slopes of a PReLU: one, or one per channel.</summary>
    public float[]? Slopes { get; init; }

    /// <summary>An expression over x instead of a function.</summary>
    public string? Expression { get; init; }

    public bool IsIdentity => Function == Activation.Identity && Expression is null;

    /// <summary>Whether it can be an argument of another layer.</summary>
    public bool IsPlain => Expression is null && Slopes is null && Alpha is null && Function is not (Activation.Softmax or Activation.LogSoftmax);

    public AttributeDeclaration ToAttribute()
    {
        var attribute = Expression is not null ? new AttributeDeclaration("Activation", Expression) : new AttributeDeclaration("Activation", Function);
        return Alpha is { } alpha ? attribute.With("Alpha", alpha) : attribute;
    }
}
