using StaticNet.Data;

namespace StaticNet.Tests.Data;

public class StreamLoaderTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    [InlineData(1000, true)]
    public void Every_sample_comes_once_in_an_order_of_seed_and_epoch(int window, bool prefetch)
    {
        using var loader = new StreamLoader(Squares(50), 7, window, seed: 1, prefetch: prefetch);
        var epochs = Enumerable.Range(0, 3).Select(epoch => Loaded.Targets(loader, epoch)).ToArray();

        Assert.Equal(8, loader.BatchCount);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var expected = Enumerable.Range(50 * epoch, 50).Select(i => (float)i).ToArray();
            Assert.Equal(expected, epochs[epoch].Order());
            Assert.Equal(window == 1, expected.SequenceEqual(epochs[epoch]));
            // No sample comes before the window has reached it.
            for (var i = 0; i < 50; i++)
                Assert.True(epochs[epoch][i] - (50 * epoch) < i + window, $"{epochs[epoch][i]} at {i}");
            Assert.Equal(epochs[epoch], Loaded.Targets(loader, epoch));
        }
        if (window > 1)
        {
            Assert.NotEqual(epochs[0].Select(target => target + 50), epochs[1]);
            using var other = new StreamLoader(Squares(50), 7, window, seed: 2);
            Assert.NotEqual(epochs[0], Loaded.Targets(other, 0));
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(10, true)]
    public void An_epoch_that_begins_later_has_the_batches_that_would_have_come(int window, bool prefetch)
    {
        using var loader = new StreamLoader(Squares(23), 4, window, seed: 1, transform: new PrefetchTests.Adding(), prefetch: prefetch);
        var whole = Loaded.Batches(loader, 2);

        Assert.StartsWith("46: ", whole[0], StringComparison.Ordinal);
        for (var first = 0; first <= whole.Count; first++)
            Assert.Equal(whole[first..], Loaded.Batches(loader, 2, first));
    }

    [Fact]
    public void Epochs_allocate_nothing_but_their_reader()
    {
        using var loader = new StreamLoader(new Weighted(64, 64), 4, window: 16);

        Assert.InRange(Loaded.BytesOfEpoch(loader), 0, 2 * 100);
    }

    [Fact]
    public void Weights_go_with_their_samples()
    {
        using var loader = new StreamLoader(new Weighted(20, 20), 6, window: 5, seed: 1);
        var seen = 0;
        foreach (var batch in loader.Epoch(0))
        {
            for (var i = 0; i < batch.Count; i++, seen++)
                Assert.Equal(batch.Inputs[i] / 2, batch.SampleWeights[i]);
        }

        Assert.Equal(20, seen);
    }

    [Fact]
    public void A_stream_that_ends_too_early_is_refused_and_a_longer_one_is_cut()
    {
        using var tooShort = new StreamLoader(new Weighted(20, 13), 6, window: 5);
        using var longer = new StreamLoader(new Weighted(20, 33), 6, window: 5);

        Assert.Contains("Expected 20 samples in an epoch of the stream; it ended after 13", Assert.Throws<DataFormatException>(() => Loaded.Batches(tooShort, 0)).Message, StringComparison.Ordinal);
        Assert.Equal(4, Loaded.Batches(longer, 0).Count);
    }

    [Fact]
    public void Readers_are_disposed()
    {
        var stream = new Weighted(20, 20);
        var loader = new StreamLoader(stream, 6);
        Assert.Equal(4, Loaded.Batches(loader, 0).Count);
        Assert.Equal(4, Loaded.Batches(loader, 1).Count);
        Assert.Equal(1, stream.Disposed);
        loader.Dispose();

        Assert.Equal(2, stream.Disposed);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new StreamLoader(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamLoader(Squares(3), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamLoader(Squares(3), 1, window: 0));
        Assert.Throws<ArgumentException>(() => new StreamLoader(Squares(3), 4, dropLast: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratedStream(0, 1, 1, (_, _, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratedStream(1, 0, 1, (_, _, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratedStream(1, 1, -1, (_, _, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Squares(3).Open(-1));
    }

    private static GeneratedStream Squares(int count) => new(count, 1, 1, (number, input, target) =>
    {
        input[0] = number * number;
        target[0] = number;
    });

    /// <summary>Says that an epoch has <paramref name="count"/> samples, and gives others; the weight is half the input.</summary>
    private sealed class Weighted(int count, int given) : SampleStream
    {
        public int Disposed { get; private set; }

        public override int Count => count;

        public override int InputLength => 1;

        public override int TargetLength => 0;

        public override bool HasSampleWeights => true;

        public override SampleReader Open(int epoch) => new Reader(this, given);

        private sealed class Reader(Weighted stream, int given) : SampleReader
        {
            private int _next;

            public override bool Read(Span<float> input, Span<float> target, out float weight)
            {
                weight = _next / 2f;
                if (_next == given)
                    return false;
                input[0] = _next++;
                return true;
            }

            protected override void Dispose(bool disposing)
            {
                stream.Disposed++;
                base.Dispose(disposing);
            }
        }
    }
}
