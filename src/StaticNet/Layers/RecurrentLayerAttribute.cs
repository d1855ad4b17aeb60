namespace StaticNet;

/// <summary>
/// The base of recurrent layers: each step of a sequence (<see cref="InputAttribute.Steps"/>) takes the input's features and the layer's own state after
/// the step before. The state before the first step is zero, or learned (<see cref="LearnedState"/>).
/// </summary>
/// <remarks>
/// Parameters, with the names and the order of gates that PyTorch has: <c>weight_ih</c> [gates · units, inputs], <c>weight_hh</c> [gates · units, elements of the hidden state],
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

    /// <summary>The elements of the state, 1 to 65,536, and of the output, unless an LSTM has a projection; the output of a bidirectional layer has twice as many.</summary>
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
    /// Whether the state before the first step is learned: parameters <c>h0</c> [elements of the hidden state] and, of an LSTM, <c>c0</c> [units], which start at zero. A
    /// sequence begins with them, in reverse after its last step, and so does a new stream. Default: false, zeros.
    /// </summary>
    public bool LearnedState { get; set; }

    /// <summary>
    /// The probability, 0 or more and below 1, that in training a unit of the hidden state is dropped before <c>weight_hh</c>, and <c>weight_hn</c>: the
    /// same units at all steps of a sequence and in all gates; the others are divided by 1 − rate. What a GRU carries over directly, and the cell
    /// state of an LSTM, are not affected. Gal and Ghahramani, 2016. Default: 0.
    /// </summary>
    public double RecurrentDropout { get; set; }

    /// <summary>
    /// Whether both weights are learned as magnitude and direction, w = g · v / ‖v‖ for each row: <c>weight_ih_g</c> and <c>weight_hh_g</c>
    /// [gates · units, 1] with <c>weight_ih_v</c> and <c>weight_hh_v</c> replace <c>weight_ih</c> and <c>weight_hh</c>. The initialisers draw the initial v, and
    /// the initial g is its norm. Not for a GRU whose <c>ResetAfter</c> is false. Salimans and Kingma, 2016. Default: false.
    /// </summary>
    public bool WeightNorm { get; set; }

    /// <summary>How <c>weight_hh</c> is initialised. Default: orthogonal.</summary>
    public Initializer RecurrentInitializer { get; set; } = Defaults.RecurrentInitializer;
}
