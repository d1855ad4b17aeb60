namespace StaticNet.Generator.Vocabulary;

/// <summary>An initialiser with its figure; NaN means the initialiser's default.</summary>
internal readonly record struct Initialization(Initializer Kind, float Value = Defaults.Own)
{
    public static readonly Initialization Zeros = new(Initializer.Zeros);

    public static Initialization Constant(float value) => value == 0 ? Zeros : new(Initializer.Constant, value);

    /// <summary>The initialiser itself, or the one that suits the activation behind the weight.</summary>
    public Initialization For(Activation activation) => Kind != Initializer.Default ? this : new(activation switch
    {
        Activation.ReLU or Activation.LeakyReLU or Activation.PReLU or Activation.ELU or Activation.GELU
            or Activation.GELUTanh or Activation.SiLU or Activation.HardSwish => Initializer.HeUniform,
        Activation.SELU => Initializer.LeCunNormal,
        _ => Initializer.GlorotUniform,
    });
}
