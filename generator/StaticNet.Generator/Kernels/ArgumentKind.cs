namespace StaticNet.Generator.Kernels;

/// <summary>What is passed to a kernel.</summary>
internal enum ArgumentKind
{
    /// <summary>A value's memory, at the first of the samples.</summary>
    Value,

    /// <summary>The floats from sample to sample of an input.</summary>
    InputStride,

    /// <summary>A parameter's memory.</summary>
    Parameter,

    /// <summary>The memory of a parameter's gradient.</summary>
    Gradient,

    /// <summary>The losses of the samples.</summary>
    SampleLosses,

    /// <summary>The targets, at the first of the samples.</summary>
    Targets,

    /// <summary>The samples' weights, at the first of the samples; empty when there are none.</summary>
    SampleWeights,

    /// <summary>The steps of each sequence, at the first of the samples; empty when all sequences have all steps.</summary>
    SequenceLengths,

    /// <summary>The batch's scale.</summary>
    Scale,

    /// <summary>The number of samples, each step of a sequence counted.</summary>
    Samples,

    /// <summary>The number of samples, each a whole sequence.</summary>
    Sequences,

    /// <summary>What an operation keeps from step to step of a stream.</summary>
    State,

    /// <summary>The number of the step of a stream.</summary>
    StreamPosition,

    /// <summary>The number of rows: samples × rows of a sample.</summary>
    Rows,

    /// <summary>The running number of the first sample.</summary>
    FirstSample,

    /// <summary>The seed of dropout and noise.</summary>
    DropoutSeed,

    /// <summary>Whether dropout drops.</summary>
    DropoutEnabled,

    /// <summary>Whether running statistics average all batches alike.</summary>
    CumulativeStatistics,

    /// <summary>Whether gradients add to those that are there.</summary>
    Accumulate,

    /// <summary>The first of the tiles to compute.</summary>
    BeginTile,

    /// <summary>The end of the tiles to compute.</summary>
    EndTile,
}
