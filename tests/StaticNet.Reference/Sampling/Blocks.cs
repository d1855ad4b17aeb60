namespace StaticNet.Reference.Sampling;

/// <summary>Blocks that take an input of any shape; random networks use them.</summary>
public static class Blocks
{
    /// <summary>Keeps the shape: x · sigmoid(x) in two layers.</summary>
    [Activation(Activation.Sigmoid)]
    [Multiply("input")]
    public sealed class Gated;

    /// <summary>Keeps the shape: tanh(x) + prelu(x).</summary>
    [Activation(Activation.Tanh, Name = "bounded")]
    [Activation(Activation.PReLU, From = "input")]
    [Add("bounded")]
    public sealed class TwoActivations;

    /// <summary>Twelve features through a bottleneck of five.</summary>
    [Dense(5, Activation = Activation.GELU, Name = "narrow")]
    [Dense(12, Activation = Activation.Tanh)]
    public sealed class Bottleneck;

    /// <summary>Seventeen features, around which a layer is added.</summary>
    [Dense(17, Name = "first")]
    [Dense(17, Activation = Activation.SiLU, Bias = false)]
    [Add("first")]
    public sealed class Residual;

    /// <summary>Doubles the last axis.</summary>
    [Activation(Activation.ELU)]
    [Concat("input", Axis = -1)]
    public sealed class Doubled;

    /// <summary>Blocks within a block.</summary>
    [Block(typeof(Residual))]
    [Block(typeof(Gated), Name = "gate")]
    [Block(typeof(Residual), Trainable = false)]
    [Maxout(6)]
    public sealed class Nested;

    /// <summary>Holds itself: no network.</summary>
    [Dense(3)]
    [Block(typeof(Endless))]
    public sealed class Endless;

    /// <summary>Holds a block that holds it: no network.</summary>
    [Block(typeof(Pong))]
    public sealed class Ping;

    /// <summary>Holds a block that holds it: no network.</summary>
    [Block(typeof(Ping))]
    public sealed class Pong;

    /// <summary>Has no layer: no network.</summary>
    public sealed class Empty;

    /// <summary>Has a layer that cannot be: no network.</summary>
    [Dense(-1, From = "nowhere")]
    public sealed class Broken;
}
