using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Several batches of dense random inputs with random classes, which training steps rotate over.</summary>
internal sealed class TrainingBatches
{
    private const int Batches = 4;

    private readonly InputSet _inputs;
    private readonly AlignedBuffer[] _targets;

    /// <summary>Makes the batches.</summary>
    /// <param name="samples">The number of samples a batch.</param>
    /// <param name="inputLength">The floats of an input.</param>
    /// <param name="classes">The number of classes.</param>
    public TrainingBatches(int samples, int inputLength, int classes)
    {
        Samples = samples;
        _inputs = new InputSet(samples, inputLength, Batches);
        var random = new Random(2);
        _targets = new AlignedBuffer[Batches];
        for (var index = 0; index < Batches; index++)
        {
            _targets[index] = new AlignedBuffer(samples);
            foreach (ref var value in _targets[index].Span)
                value = random.Next(classes);
        }
    }

    /// <summary>The number of batches.</summary>
    public int Count => _targets.Length;

    /// <summary>The number of samples a batch.</summary>
    public int Samples { get; }

    /// <summary>The batch of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    public Batch this[int step]
    {
        get
        {
            var index = (int)((uint)step % (uint)Count);
            return new Batch(_inputs[index], _targets[index].Span, Samples);
        }
    }
}
