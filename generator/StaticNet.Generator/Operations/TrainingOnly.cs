namespace StaticNet.Generator.Operations;

/// <summary>What only training does to a value; at inference it is the identity.</summary>
internal abstract class TrainingOnly(string layer, Value input) : Operation(layer, [input], input.Type)
{
    public override double[] PaddingOfRows => Padding.OrThatOf(Inputs[0]);

    public override IReadOnlyList<Operation> AtInference => [];

    public override Value InferenceOutput => Inputs[0];
}
