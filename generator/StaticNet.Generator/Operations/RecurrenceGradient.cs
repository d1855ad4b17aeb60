using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The gradient of a recurrent layer's sums: from the last step back, what comes from the step's output and, through the products with
/// the hidden state, from the step after it.
/// </summary>
internal sealed class RecurrenceGradient : Operation
{
    /// <param name="forward">The recurrence.</param>
    /// <param name="gradient">The gradient of its output.</param>
    /// <param name="transposed">The weight of the hidden state with inputs and outputs exchanged.</param>
    public RecurrenceGradient(Recurrence forward, Value gradient, TransposedWeight transposed)
        : base(forward.Layer, [gradient, .. forward.ReadByGradient, transposed.Output], TensorType.Of(forward.Cell.Width))
    {
        Forward = forward;
        Transposed = transposed.Output;
        OfProducts = forward.Product is null ? Output : Give("productGradient", Output.Type);
        Scratch = new Value($"{Layer}.carried", TensorType.Of(3, forward.Cell.Units), this);
    }

    public Recurrence Forward { get; }

    /// <summary>The weight of the hidden state with inputs and outputs exchanged.</summary>
    public Value Transposed { get; }

    /// <summary>The gradient of the products with the hidden state: that of the sums, unless the reset gate multiplies the products.</summary>
    public Value OfProducts { get; }

    public override IEnumerable<Value> Reread => OfProducts == Output ? [] : [OfProducts];

    public override string Verb => Forward.Verb + "Gradient";
}
