using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Several batches of dense random inputs with random targets, which training steps rotate over.</summary>
internal sealed class TrainingBatches
{
    private const int Batches = 4;

    private readonly InputSet _inputs;
    private readonly AlignedBuffer[] _targets;

    /// <summary>Makes the batches.</summary>
    /// <param name="samples">The number of samples a batch.</param>
    /// <param name="network">The network, which has one loss: on classes, or on a number for each element of the output.</param>
    public TrainingBatches(int samples, NetworkDescription network)
    {
        Samples = samples;
        _inputs = new InputSet(samples, network.InputLength, Batches);
        var loss = network.Losses.Single();
        var random = new Random(2);
        _targets = new AlignedBuffer[Batches];
        for (var index = 0; index < Batches; index++)
        {
            _targets[index] = new AlignedBuffer(samples * network.TargetLength);
            foreach (ref var value in _targets[index].Span)
                value = loss.TargetIsIndex ? random.Next(loss.OutputLength) : (random.NextSingle() * 2) - 1;
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
