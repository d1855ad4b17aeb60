using StaticNet.Data;

namespace StaticNet.Tests.Data;

public class PrefetchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batches_are_the_same_bit_for_bit(bool dropLast)
    {
        var data = DataSetTests.Numbered(101, weights: true);
        using var direct = new DataLoader(data, 7, seed: 3, dropLast: dropLast, transform: new Adding());
        using var ahead = new DataLoader(data, 7, seed: 3, dropLast: dropLast, transform: new Adding(), prefetch: true);

        Assert.True(ahead.Prefetch);
        for (var epoch = 0; epoch < 20; epoch++)
            Assert.Equal(Loaded.Batches(direct, epoch), Loaded.Batches(ahead, epoch));
        for (var first = 0; first <= direct.BatchCount; first++)
            Assert.Equal(Loaded.Batches(direct, 1, first), Loaded.Batches(ahead, 1, first));
    }

    [Fact]
    public void A_batch_stays_as_it_is_until_the_next_is_asked_for()
    {
        using var loader = new DataLoader(DataSetTests.Numbered(40), 2, shuffle: false, prefetch: true);
        var expected = 0f;
        foreach (var batch in loader.Epoch(0))
        {
            // Time for the other thread to run ahead as far as it may.
            Thread.Sleep(2);
            Assert.Equal([expected * 10, (expected + 1) * 10], batch.Targets.ToArray());
            expected += 2;
        }
        Assert.Equal(40, expected);
    }

    [Fact]
    public void Epochs_allocate_nothing()
    {
        using var loader = new DataLoader(DataSetTests.Numbered(1000, weights: true), 16, seed: 1, transform: new Adding(), prefetch: true);

        Assert.Equal(0, Loaded.BytesOfEpoch(loader));
    }

    [Fact]
    public void An_epoch_may_be_left_for_another()
    {
        var data = DataSetTests.Numbered(100);
        using var direct = new DataLoader(data, 3, seed: 3);
        using var ahead = new DataLoader(data, 3, seed: 3, prefetch: true);
        for (var epoch = 0; epoch < 50; epoch++)
        {
            var seen = 0;
            foreach (var batch in ahead.Epoch(epoch))
            {
                Assert.Equal(3, batch.Count);
                if (seen++ == epoch % 5)
                    break;
            }
            Assert.Equal(Loaded.Batches(direct, epoch + 1), Loaded.Batches(ahead, epoch + 1));
        }
    }

    [Fact]
    public void A_second_epoch_ends_the_first()
    {
        using var loader = new DataLoader(DataSetTests.Numbered(10), 3, prefetch: true);

        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var batch in loader.Epoch(0))
                Assert.Equal(10, Loaded.Targets(loader, 1).Length);
        });
    }

    [Fact]
    public void An_exception_comes_where_its_batch_would_have_and_the_loader_goes_on()
    {
        var failing = new Adding { FailAt = 12 };
        using var loader = new DataLoader(DataSetTests.Numbered(30), 3, seed: 1, transform: failing, prefetch: true);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var seen = 0;
            var exception = Assert.Throws<InvalidTimeZoneException>(() =>
            {
                foreach (var batch in loader.Epoch(0))
                    seen += batch.Count;
            });
            Assert.Equal("sample 12", exception.Message);
            Assert.Equal(12, seen);
        }
        Assert.Equal(10, Loaded.Batches(loader, 1).Count);
    }

    [Fact]
    public void Disposing_ends_the_thread_and_the_loader()
    {
        var adding = new Adding();
        var loader = new DataLoader(DataSetTests.Numbered(100), 1, transform: adding, prefetch: true);
        foreach (var batch in loader.Epoch(0))
        {
            Assert.Equal(1, batch.Count);
            break;
        }
        loader.Dispose();
        loader.Dispose();

        Assert.NotNull(adding.Thread);
        Assert.NotSame(Thread.CurrentThread, adding.Thread);
        Assert.False(adding.Thread.IsAlive);
        Assert.Throws<ObjectDisposedException>(() => Loaded.Batches(loader, 0));
        new DataLoader(DataSetTests.Numbered(3), 1, prefetch: true).Dispose();
    }

    [Fact]
    public void A_loader_that_another_thread_disposes_lets_go_who_waits_for_a_batch()
    {
        using var asked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var loader = new DataLoader(DataSetTests.Numbered(10), 1, transform: new Waiting(asked, goOn), prefetch: true);
        Exception? exception = null;
        var consumer = new Thread(() => exception = Record.Exception(() => Loaded.Batches(loader, 0)));
        consumer.Start();
        asked.Wait();
        var disposer = new Thread(loader.Dispose);
        disposer.Start();

        // Whoever waits is let go before the batch is there that will never be given.
        consumer.Join();
        Assert.IsType<ObjectDisposedException>(exception);
        goOn.Set();
        disposer.Join();
    }

    [Fact]
    public void A_loader_is_disposed_while_its_source_blocks()
    {
        using var asked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var waiting = new Waiting(asked, goOn);
        var loader = new DataLoader(DataSetTests.Numbered(10), 1, transform: waiting, prefetch: true);
        loader.Begin(0, 0);
        asked.Wait();

        // It would never return if it waited for the source.
        loader.Dispose();
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.Begin(0, 0));

        goOn.Set();
        waiting.Thread!.Join();
    }

    [Fact]
    public void A_stream_that_was_left_behind_is_closed_when_it_comes_back_whatever_closing_throws()
    {
        using var asked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var waiting = new Waiting(asked, goOn);
        var closed = 0;
        var stream = new Closing(() => Interlocked.Increment(ref closed));
        var loader = new StreamLoader(stream, 1, transform: waiting, prefetch: true);
        loader.Begin(0, 0);
        asked.Wait();
        loader.Dispose();
        Assert.Equal(0, Volatile.Read(ref closed));

        goOn.Set();
        waiting.Thread!.Join();
        Assert.Equal(1, closed);
    }

    [Fact]
    public void A_transform_may_dispose_the_loader_that_calls_it()
    {
        DataLoader? loader = null;
        var disposing = new Calling(() => loader!.Dispose());
        loader = new DataLoader(DataSetTests.Numbered(10), 1, transform: disposing, prefetch: true);
        Assert.Throws<ObjectDisposedException>(() => Loaded.Batches(loader, 0));

        disposing.Thread!.Join();
        loader.Dispose();
    }

    /// <summary>Calls something where a batch is made.</summary>
    private sealed class Calling(Action call) : IBatchTransform
    {
        public Thread? Thread { get; private set; }

        public void Prepare(int batchSize, int inputLength, int targetLength)
        {
        }

        public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
        {
            Thread = Thread.CurrentThread;
            call();
        }
    }

    /// <summary>A stream whose readers cannot be closed.</summary>
    private sealed class Closing(Action closed) : SampleStream
    {
        public override int Count => 4;

        public override int InputLength => 1;

        public override int TargetLength => 1;

        public override SampleReader Open(int pass) => new Reader(closed);

        private sealed class Reader(Action closed) : SampleReader
        {
            public override bool Read(Span<float> input, Span<float> target, out float weight)
            {
                weight = 1;
                return true;
            }

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                closed();
                throw new IOException("It cannot be closed.");
            }
        }
    }

    /// <summary>Says that a batch is asked for, and makes it when it is told to.</summary>
    private sealed class Waiting(ManualResetEventSlim asked, ManualResetEventSlim goOn) : IBatchTransform
    {
        public Thread? Thread { get; private set; }

        public void Prepare(int batchSize, int inputLength, int targetLength)
        {
        }

        public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
        {
            Thread = Thread.CurrentThread;
            asked.Set();
            goOn.Wait();
        }
    }

    /// <summary>Adds to every number something that depends on the sample's running number.</summary>
    internal sealed class Adding : IBatchTransform
    {
        public ulong? FailAt { get; init; }

        public Thread? Thread { get; private set; }

        public void Prepare(int batchSize, int inputLength, int targetLength)
        {
        }

        public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
        {
            Thread = Thread.CurrentThread;
            if (firstSample == FailAt)
                throw new InvalidTimeZoneException($"sample {firstSample}");
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] += firstSample + (ulong)(i * count / inputs.Length);
        }
    }
}
