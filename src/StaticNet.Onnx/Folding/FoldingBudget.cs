namespace StaticNet.Onnx.Folding;

/// <summary>Limits what constants of a model may grow to: a file of a hundred bytes can ask for gigabytes.</summary>
internal sealed class FoldingBudget(long fileLength)
{
    private const long FreeElements = 1 << 20;

    private long _left = FreeElements + (2 * fileLength);

    /// <summary>Takes elements that a constant will have, or multiplications that it will cost, from the budget.</summary>
    public void Spend(long elements)
    {
        _left -= elements;
        if (_left < 0)
            throw new ModelFaultException("its constant parts are much larger than the file", "Simplify the model first, for example with onnxsim");
    }
}
