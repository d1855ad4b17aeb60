using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>An input's samples, which are between those of other inputs, one after the other.</summary>
/// <param name="input">The input, in the user's memory.</param>
internal sealed class InputCopy(Value input) : Operation(input.Name, [input], input.Type)
{
    public override string Verb => "Copy";
}
