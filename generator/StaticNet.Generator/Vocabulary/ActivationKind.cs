namespace StaticNet.Generator.Vocabulary;

/// <summary>The activation functions; the names are those of the enum <c>StaticNet.Activation</c>.</summary>
internal enum ActivationKind
{
    Identity,
    Step,
    Sigmoid,
    Tanh,
    ReLU,
    LeakyReLU,
    PReLU,
    ELU,
    SELU,
    Softplus,
    Softsign,
    GELU,
    GELUTanh,
    SiLU,
    HardSigmoid,
    HardSwish,
    Softmax,
    LogSoftmax,
    LeCunTanh,
}
