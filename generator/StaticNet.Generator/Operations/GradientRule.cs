namespace StaticNet.Generator.Operations;

/// <summary>How an element function is differentiated.</summary>
/// <param name="Function">Takes the gradient of the output and the operands; null: the gradient passes unchanged.</param>
/// <param name="Operands">What it takes besides: inputs by index, or <see cref="Output"/>;</param>
/// <param name="Lanes">and then vectors by channel, by index.</param>
internal readonly record struct GradientRule(ElementFunction? Function, int[] Operands, int[] Lanes)
{
    /// <summary>Stands for the function's own output.</summary>
    public const int Output = -1;
}
