using StaticNet.Networks;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Schedules;

namespace StaticNet.Tests.Surface;

/// <summary>One instance in two threads is told, and a pool serves any number of them.</summary>
public class ThreadTests
{
    private const int Calls = 20_000;

    [Fact]
    public void Two_threads_in_one_instance_are_told()
    {
        // Until they meet: on one processor they may take turns for long.
        var network = new Twinned(1);
        var told = 0;
        var until = DateTime.UtcNow.AddSeconds(60);
        Run(4, _ =>
        {
            var output = new float[4 * 64];
            while (Volatile.Read(ref told) == 0 && DateTime.UtcNow < until)
            {
                try
                {
                    network.ForwardBatch(new float[3 * 64], output, 64);
                }
                catch (InvalidOperationException error)
                {
                    Assert.Contains("NetworkPool", error.Message, StringComparison.Ordinal);
                    Volatile.Write(ref told, 1);
                }
            }
        });

        Assert.Equal(1, told);
    }

    [Fact]
    public void A_call_from_inside_a_trace_is_told()
    {
        var network = new Twinned(1);

        Assert.Throws<InvalidOperationException>(() => network.Trace(new float[3], new Nested(network)));
        network.Forward(new float[3], new float[4]);
        network.TrainBatch(new Batch(new float[3], [0], 1));
        network.EvaluateBatch(new Batch(new float[3], [0], 1), new float[4]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_pool_answers_right_on_many_threads(int capacity)
    {
        var network = new Twinned(5);
        var twin = new TwinnedModel();
        twin.LoadStateDict(network.ToStateDict());
        var pool = new NetworkPool<TwinnedModel>(twin, capacity);
        float[][] inputs = [.. Enumerable.Range(0, 16).Select(index => new[] { index / 8f, -index / 4f, 1 })];
        // One sample and many are summed in other orders.
        var ofOne = Array.ConvertAll(inputs, input => Output(output => network.Forward(input, output)));
        var ofMany = Array.ConvertAll(inputs, input => Output(output => network.ForwardBatch(input, output, 1)));

        var wrong = 0;
        Run(8, thread =>
        {
            var output = new float[4];
            for (var call = 0; call < Calls / 8; call++)
            {
                var which = (call + thread) % inputs.Length;
                if (call % 3 == 0)
                    pool.Forward(inputs[which], output);
                else if (call % 3 == 1)
                    pool.ForwardBatch(inputs[which], output, 1);
                else
                    pool.Predict(inputs[which], output);
                if (!output.AsSpan().SequenceEqual((call % 3 == 0 ? ofOne : ofMany)[which]))
                    Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_pool_allocates_nothing_once_it_is_prepared()
    {
        var pool = new NetworkPool<Twinned>(new Twinned(1));
        var (input, output) = (new float[3], new float[4]);
        pool.Prepare(2);
        pool.Forward(input, output);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var call = 0; call < 100; call++)
            {
                pool.Forward(input, output);
                pool.Predict(input, output);
                using var loan = pool.Rent();
                loan.Network.Forward(input, output);
            }
        }));
    }

    [Fact]
    public void Loans_at_the_same_time_are_different_instances()
    {
        var network = new Twinned(1);
        var pool = new NetworkPool<Twinned>(network, capacity: 1);
        using var first = pool.Rent();
        using var second = pool.Rent();

        Assert.NotSame(first.Network, second.Network);
        Assert.NotSame(network, first.Network);
        Assert.Same(network.Weights, second.Network.Weights);
        Assert.Same(network.Weights, pool.Weights);
    }

    [Fact]
    public void A_loan_that_is_disposed_twice_comes_back_once()
    {
        var pool = new NetworkPool<Twinned>(new Twinned(1), capacity: 2);
        var loan = pool.Rent();
        var copy = loan;
        var network = loan.Network;
        loan.Dispose();
        loan.Dispose();
        copy.Dispose();

        var first = pool.Rent();
        // Not even now that somebody else has the instance.
        loan.Dispose();
        copy.Dispose();
        var second = pool.Rent();

        Assert.Same(network, first.Network);
        Assert.NotSame(first.Network, second.Network);
        first.Dispose();
        second.Dispose();
        default(NetworkPool<Twinned>.Loan).Dispose();
    }

    [Fact]
    public void A_loan_that_is_over_gives_no_instance()
    {
        var pool = new NetworkPool<Twinned>(new Twinned(1));
        Assert.Throws<ObjectDisposedException>(() =>
        {
            var loan = pool.Rent();
            loan.Dispose();
            return loan.Network;
        });
        Assert.Throws<ObjectDisposedException>(() => default(NetworkPool<Twinned>.Loan).Network);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_call_while_threads_share_out_a_step_is_told(int threads)
    {
        var network = new Twinned(1);
        using var pool = new WorkerPool(threads);
        var step = new ParallelStep<Twinned>(network, pool);
        var optimizer = new Sgd(0.1f) { Schedule = new Calling(() => network.Forward(new float[3], new float[4])) };
        optimizer.Attach(network.Weights);
        step.TrainBatch(new Batch(new float[3], [0], 1));

        Assert.Contains("NetworkPool", Assert.Throws<InvalidOperationException>(() => step.TakeStep(optimizer)).Message, StringComparison.Ordinal);

        // Whoever comes afterwards is alone.
        network.Forward(new float[3], new float[4]);
        step.TrainBatch(new Batch(new float[3], [0], 1));
    }

    [Fact]
    public void A_shared_step_and_a_forward_pass_on_two_threads_are_told()
    {
        var network = new Twinned(1);
        using var pool = new WorkerPool(2);
        var step = new ParallelStep<Twinned>(network, pool);
        var told = 0;
        var until = DateTime.UtcNow.AddSeconds(60);
        Run(2, thread =>
        {
            var (batch, output) = (Enumerable.Repeat(0f, 3 * Twinned.BatchSize).ToArray(), new float[4 * 64]);
            while (Volatile.Read(ref told) == 0 && DateTime.UtcNow < until)
            {
                try
                {
                    if (thread == 0)
                        step.TrainBatch(new Batch(batch, new float[Twinned.BatchSize], Twinned.BatchSize));
                    else
                        network.ForwardBatch(new float[3 * 64], output, 64);
                }
                catch (InvalidOperationException)
                {
                    Volatile.Write(ref told, 1);
                }
            }
        });

        Assert.Equal(1, told);
    }

    private static float[] Output(Action<float[]> forward)
    {
        var output = new float[4];
        forward(output);
        return output;
    }

    private static void Run(int threads, Action<int> work)
    {
        var errors = new List<Exception>();
        var all = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            try
            {
                work(number);
            }
            catch (Exception error)
            {
                lock (errors)
                    errors.Add(error);
            }
        })).ToArray();
        foreach (var thread in all)
            thread.Start();
        foreach (var thread in all)
            thread.Join();
        Assert.Empty(errors);
    }

    /// <summary>Calls something in the middle of a step.</summary>
    private sealed class Calling(Action call) : Schedule
    {
        public override float At(long step)
        {
            call();
            return 1;
        }
    }

    private sealed class Nested(Twinned network) : ILayerTrace
    {
        public void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout) => network.Forward(new float[3], new float[4]);
    }
}
