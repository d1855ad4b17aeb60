using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Calls a network's forward pass on one input after the other.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="network">The network.</param>
/// <param name="inputs">Its inputs.</param>
internal sealed class ForwardLoop<TNetwork>(TNetwork network, InputSet inputs)
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly AlignedBuffer _output = new(inputs.Samples * TNetwork.Description.OutputLength);

    /// <summary>What the last call has computed.</summary>
    public ReadOnlySpan<float> Output => _output.Span;

    /// <summary>Makes one call.</summary>
    /// <param name="input">The index of the input.</param>
    public void Compute(int input)
    {
        if (inputs.Samples == 1)
            network.Forward(inputs[input], _output.Span);
        else
            network.ForwardBatch(inputs[input], _output.Span, inputs.Samples);
    }

    /// <summary>Makes independent calls and consumes their outputs.</summary>
    /// <param name="calls">The number of calls.</param>
    public void Run(int calls)
    {
        var sum = 0f;
        var input = 0;
        var count = inputs.Count;
        var output = _output.Span;
        if (inputs.Samples == 1)
        {
            for (var call = 0; call < calls; call++)
            {
                network.Forward(inputs[input], output);
                sum += output[0];
                if (++input == count)
                    input = 0;
            }
        }
        else
        {
            for (var call = 0; call < calls; call++)
            {
                network.ForwardBatch(inputs[input], output, inputs.Samples);
                sum += output[0];
                if (++input == count)
                    input = 0;
            }
        }

        Sink.Consume(sum);
    }
}
