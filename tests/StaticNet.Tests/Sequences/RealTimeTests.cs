using StaticNet.Networks.Sequences;

namespace StaticNet.Tests.Sequences;

/// <summary>What docs/real-time.md lets an audio thread call allocates nothing.</summary>
public class RealTimeTests
{
    [Fact]
    public void Calls_for_a_real_time_thread_allocate_nothing()
    {
        Check<Gru8Stream>("gru1.hidden");
        Check<Lstm32Stream>("lstm1.cell");
        // In planes.
        Check<SmallWaveNet>("conv1_2");
        Check<AmplifierLstm>("lstm1.hidden");
    }

    private static void Check<TNetwork>(string kept)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var (state, other) = (TNetwork.CreateState(), TNetwork.CreateState());
        var (inputs, outputs) = (new float[100 * TNetwork.StepInputLength], new float[100 * TNetwork.StepOutputLength]);
        var info = TNetwork.StateTable.States.Single(one => one.Name == kept);
        var values = new float[info.Steps * info.Shape.Aggregate((product, size) => product * size)];
        network.Prepare();

        var bytes = 0L;
        // What runs first may be compiled while it runs.
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            network.ForwardStep(state, inputs.AsSpan(0, TNetwork.StepInputLength), outputs.AsSpan(0, TNetwork.StepOutputLength));
            network.ForwardStepRaw(state, inputs.AsSpan(0, TNetwork.StepInputLength), outputs.AsSpan(0, TNetwork.StepOutputLength));
            network.ForwardSteps(state, inputs, outputs);
            network.ForwardStepsRaw(state, inputs, outputs);
            other.CopyFrom(state);
            other.Read(kept, values);
            other.Write(kept, values);
            other.Reset();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, bytes);
        Assert.Equal(3 * 202, state.Position);
    }
}
