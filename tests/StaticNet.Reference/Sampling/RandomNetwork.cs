namespace StaticNet.Reference.Sampling;

/// <summary>A network drawn by a seed.</summary>
/// <param name="Name">The class's name, unique for its seed and kind.</param>
/// <param name="Attributes">All attributes of the class, <see cref="NetworkAttribute"/> too, in the order of the source.</param>
/// <param name="Source">The class as C#; an assembly with it references this one, where the blocks are.</param>
public sealed record RandomNetwork(string Name, IReadOnlyList<Attribute> Attributes, string Source)
{
    /// <summary>The namespace of the class.</summary>
    public const string Namespace = "StaticNet.Drawn";

    /// <summary>Whether training code is asked for.</summary>
    public bool Trains => Attributes.OfType<TrainingAttribute>().Any();

    /// <inheritdoc/>
    public override string ToString() => Source;

    internal static RandomNetwork Of(string name, IReadOnlyList<Attribute> attributes)
    {
        var lines = attributes.Select(attribute => $"[{AttributeSource.Write(attribute)}]\n");
        var source = $"namespace {Namespace};\n\n{string.Concat(lines)}public sealed partial class {name};\n";
        return new RandomNetwork(name, attributes, source);
    }
}
