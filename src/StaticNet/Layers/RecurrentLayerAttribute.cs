namespace StaticNet;

/// <summary>
/// The base of recurrent layers: each step of a sequence (<see cref="InputAttribute.Steps"/>) takes the input's features and the layer's own state after
/// the step before. The state before the first step is zero, or learned (<see cref="LearnedState"/>).
/// </summary>
/// <remarks>
/// Parameters, with the names and the order of gates that PyTorch has: <c>weight_ih</c> [gates · units, inputs], <c>weight_hh</c> [gates · units, units],
/// <c>bias_ih</c> and, with <see cref="RecurrentLayerAttribute.RecurrentBias"/>, <c>bias_hh</c> [gates · units]. Those of the reverse direction of a bidirectional layer end
/// with <c>_reverse</c>. In a stream, the state is kept in the <see cref="StreamState"/>.
/// </remarks>
public abstract class RecurrentLayerAttribute : ParametricLayerAttribute
{
    private protected RecurrentLayerAttribute(int units, bool recurrentBias)
    {
        Units = units;
        RecurrentBias = recurrentBias;
    }

    /// <summary>The elements of the hidden state, 1 to 65,536; the output of a bidirectional layer has twice as many.</summary>
    public int Units { get; }

    /// <summary>
    /// Whether it outputs the hidden state of each step; otherwise only the one after the last step that it processes, which in
    /// the reverse direction is step 0. Default: true.
    /// </summary>
    public bool ReturnSequences { get; set; } = Defaults.ReturnSequences;

    /// <summary>The order in which the steps are processed. Default: from the first to the last.</summary>
    public SequenceDirection Direction { get; set; }

    /// <summary>
    /// The activation of the candidate, and of the cell state that an LSTM outputs: tanh, sigmoid, hard sigmoid, hard tanh, ReLU, ReLU6, leaky ReLU,
    /// softsign, LeCun tanh or identity. Default: tanh.
    /// </summary>
    public Activation Activation { get; set; } = Defaults.RecurrentActivation;

    /// <summary>
    /// Whether the product with the hidden state has a bias of its own, <c>bias_hh</c>, as PyTorch's has. Default: true for a GRU, whose reset gate
    /// multiplies it, otherwise false.
    /// </summary>
    public bool RecurrentBias { get; set; }

    /// <summary>
    /// Whether the state before the first step is learned: parameters <c>h0</c> and, of an LSTM, <c>c0</c> [units], which start at zero. A
    /// sequence begins with them, in reverse after its last step, and so does a new stream. Default: false, zeros.
    /// </summary>
    public bool LearnedState { get; set; }

    /// <summary>How <c>weight_hh</c> is initialised. Default: orthogonal.</summary>
    public Initializer RecurrentInitializer { get; set; } = Defaults.RecurrentInitializer;
}
