namespace StaticNet.Generator.Vocabulary;

/// <summary>An initialiser with its figure; NaN means the initialiser's default.</summary>
internal readonly record struct Initialization(Initializer Kind, float Value = Defaults.Own)
{
    public static readonly Initialization Zeros = new(Initializer.Zeros);

    public static Initialization Constant(float value) => value == 0 ? Zeros : new(Initializer.Constant, value);
}
