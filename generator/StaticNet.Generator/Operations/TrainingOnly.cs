namespace StaticNet.Generator.Operations;

/// <summary>What only training does to a value; at inference it is the identity.</summary>
internal abstract class TrainingOnly(string layer, Value input) : Operation(layer, [input], input.Type);
