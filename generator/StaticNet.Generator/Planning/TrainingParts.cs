namespace StaticNet.Generator.Planning;

/// <summary>
/// The parts of a batch that compute their gradients by themselves, one after the other or on several threads. How a batch is
/// divided depends on the number of its samples alone, so that gradients have the same bits whoever computes them.
/// </summary>
/// <param name="ValuesLength">The floats of the values of a chunk.</param>
/// <param name="GradientsLength">The floats of the gradients of all parameters.</param>
/// <param name="Chunk">The samples that go through the step together.</param>
internal sealed record TrainingParts(int ValuesLength, int GradientsLength, int Chunk)
{
    /// <summary>The parts of a whole batch: enough for most numbers of threads to share them evenly.</summary>
    public const int Count = 16;

    /// <summary>The fewest samples of a chunk: with fewer, gradients would be stored about as often as they are added to.</summary>
    public const int LeastChunk = 24;

    /// <summary>The rows of a product's tile; parts have whole tiles, but for the last.</summary>
    public const int Rows = 6;

    /// <summary>The floats of a part: values, and gradients after them.</summary>
    public int PartLength => ValuesLength + GradientsLength;

    /// <summary>The floats of all parts.</summary>
    public int Length => Count * PartLength;
}
