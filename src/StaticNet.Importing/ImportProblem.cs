namespace StaticNet.Importing;

/// <summary>One reason why a model cannot be imported, in the words of the model.</summary>
/// <param name="Where">The place in the model: a node, a layer, an input.</param>
/// <param name="What">What was found there, such as the operator with its shapes.</param>
/// <param name="Why">Why that cannot be imported.</param>
/// <param name="Remedy">What the user can do.</param>
public sealed record ImportProblem(string Where, string What, string Why, string Remedy)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => $"{Where}: {What}: {Why}. {Remedy}.";
}
