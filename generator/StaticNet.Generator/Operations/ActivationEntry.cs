using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>An activation of single elements.</summary>
/// <param name="Title">The name in prose.</param>
/// <param name="Tree">Makes the function of α.</param>
internal sealed record ActivationEntry(string Title, Func<float, Expression> Tree)
{
    /// <summary>The default of α.</summary>
    public float Alpha { get; init; } = 1;

    /// <summary>What weights before it begin with by default.</summary>
    public Initializer Initializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>Makes the gradient of the input from α, over the operands of <see cref="Derivation"/>; null: it is derived.</summary>
    public Func<float, Expression>? Gradient { get; init; }

    /// <summary>The function; α is the default where it is NaN.</summary>
    public ElementFunction Function(float alpha)
    {
        var value = float.IsNaN(alpha) ? Alpha : alpha;
        return new ElementFunction(Title, Tree(value)) { GradientTree = Gradient is null ? null : _ => Gradient(value) };
    }
}
