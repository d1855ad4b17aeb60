namespace StaticNet.Generator.Planning;

/// <summary>
/// The parts of a batch that compute their gradients by themselves, one after the other or on several threads. How a batch is
/// divided depends on its samples alone, so that gradients have the same bits whoever computes them.
/// </summary>
/// <param name="ValuesLength">The floats of the values of a chunk.</param>
/// <param name="GradientsLength">The floats of the gradients of all parameters.</param>
/// <param name="Chunk">The samples that go through the step together; parts have whole chunks, but for the last.</param>
internal sealed record TrainingParts(int ValuesLength, int GradientsLength, int Chunk)
{
    /// <summary>The most parts: as many threads share a batch.</summary>
    public const int Most = 16;

    /// <summary>The floats of a part: values, and gradients after them.</summary>
    public int PartLength => ValuesLength + GradientsLength;

    /// <summary>The floats of all parts.</summary>
    public int Length => Most * PartLength;
}
