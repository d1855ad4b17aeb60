namespace StaticNet;

/// <summary>How a parameter is initialised. Fan-in and fan-out are the numbers of a weight's inputs and outputs.</summary>
public enum Initializer
{
    /// <summary>He uniform before the ReLU family (ReLU, leaky ReLU, PReLU, ELU, GELU, SiLU, hard swish), LeCun normal before SELU, Glorot uniform otherwise.</summary>
    Default,

    /// <summary>0</summary>
    Zeros,

    /// <summary>The value; 0 by default.</summary>
    Constant,

    /// <summary>U(−value, value); 0.05 by default.</summary>
    Uniform,

    /// <summary>N(0, value²); 0.01 by default.</summary>
    Normal,

    /// <summary>U(−1/√fan-in, 1/√fan-in).</summary>
    FanIn,

    /// <summary>U(−a, a), a = √(6 / (fan-in + fan-out)). Glorot and Bengio, 2010.</summary>
    GlorotUniform,

    /// <summary>N(0, 2 / (fan-in + fan-out)). Glorot and Bengio, 2010.</summary>
    GlorotNormal,

    /// <summary>U(−a, a), a = √(6 / fan-in). He et al., 2015.</summary>
    HeUniform,

    /// <summary>N(0, 2 / fan-in). He et al., 2015.</summary>
    HeNormal,

    /// <summary>U(−a, a), a = √(3 / fan-in). LeCun et al., 1998.</summary>
    LeCunUniform,

    /// <summary>N(0, 1 / fan-in). LeCun et al., 1998.</summary>
    LeCunNormal,

    /// <summary>A random orthogonal matrix times the value (1 by default). Saxe et al., 2013.</summary>
    Orthogonal,

    /// <summary>value (15 by default) incoming connections of each unit from N(0, 1), the rest 0. Martens, 2010.</summary>
    Sparse,
}
