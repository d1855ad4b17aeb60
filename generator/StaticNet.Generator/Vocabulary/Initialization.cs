namespace StaticNet.Generator.Vocabulary;

/// <summary>An initialiser with its figure; NaN means the initialiser's default.</summary>
internal readonly record struct Initialization(InitializerKind Kind, float Value = float.NaN)
{
    public static readonly Initialization Zeros = new(InitializerKind.Zeros);

    public static Initialization Constant(float value) => value == 0 ? Zeros : new(InitializerKind.Constant, value);

    /// <summary>The initialiser itself, or the one that suits the activation behind the weight.</summary>
    public Initialization For(ActivationKind activation) => Kind != InitializerKind.Default ? this : new(activation switch
    {
        ActivationKind.ReLU or ActivationKind.LeakyReLU or ActivationKind.PReLU or ActivationKind.ELU or ActivationKind.GELU
            or ActivationKind.GELUTanh or ActivationKind.SiLU or ActivationKind.HardSwish => InitializerKind.HeUniform,
        ActivationKind.SELU => InitializerKind.LeCunNormal,
        _ => InitializerKind.GlorotUniform,
    });
}
