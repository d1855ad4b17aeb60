using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet.Tests.Data;

public class DataLoaderTests
{
    [Theory]
    [InlineData(10, 3, false, 4)]
    [InlineData(10, 3, true, 3)]
    [InlineData(9, 3, true, 3)]
    [InlineData(9, 3, false, 3)]
    [InlineData(10, 1, false, 10)]
    [InlineData(10, 10, true, 1)]
    [InlineData(10, 99, false, 1)]
    [InlineData(0, 3, true, 0)]
    public void Every_sample_comes_once_unless_it_is_dropped(int count, int batchSize, bool dropLast, int batches)
    {
        foreach (var shuffle in new[] { false, true })
        {
            var loader = new DataLoader(DataSetTests.Numbered(count, weights: true), batchSize, shuffle, seed: 5, dropLast);
            var (targets, seen) = (new List<float>(), 0);
            foreach (var batch in loader.Epoch(2))
            {
                Assert.Equal((ulong)((2 * count) + targets.Count), batch.FirstSample);
                for (var i = 0; i < batch.Count; i++)
                {
                    Assert.Equal(batch.Targets[i], batch.Inputs[2 * i] * 10);
                    Assert.Equal(batch.Inputs[2 * i], -batch.Inputs[(2 * i) + 1]);
                    Assert.Equal(batch.Inputs[2 * i], batch.SampleWeights[i]);
                }
                targets.AddRange(batch.Targets.ToArray());
                Assert.Equal(batch.Count * 2, batch.Inputs.Length);
                seen++;
            }

            Assert.Equal(batches, seen);
            Assert.Equal(batches, loader.BatchCount);
            Assert.Equal(dropLast ? count / batchSize * batchSize : count, targets.Distinct().Count());
            if (!shuffle)
                Assert.Equal(Enumerable.Range(0, targets.Count).Select(i => i * 10f), targets);
        }
    }

    [Fact]
    public void The_order_depends_on_seed_and_epoch_alone()
    {
        var data = DataSetTests.Numbered(50);
        var loader = new DataLoader(data, 7, seed: 1);
        var (first, second) = (Targets(loader, 0), Targets(loader, 1));

        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Order(), first);
        Assert.Equal(first, Targets(loader, 0));
        Assert.Equal(second, Targets(new DataLoader(data, 7, seed: 1), 1));
        Assert.NotEqual(first, Targets(new DataLoader(data, 7, seed: 2), 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_epoch_that_begins_later_has_the_batches_that_would_have_come(bool dropLast)
    {
        var data = DataSetTests.Numbered(10, weights: true);
        var whole = Loaded.Batches(new DataLoader(data, 3, seed: 1, dropLast: dropLast), 5);
        for (var first = 0; first <= whole.Count; first++)
            Assert.Equal(whole[first..], Loaded.Batches(new DataLoader(data, 3, seed: 1, dropLast: dropLast), 5, first));
    }

    [Fact]
    public void A_full_batch_is_the_whole_data_set_in_order()
    {
        var loader = DataLoader.FullBatch(DataSetTests.Numbered(12));
        var batches = 0;
        foreach (var batch in loader.Epoch(3))
        {
            Assert.Equal(12, batch.Count);
            Assert.Equal(36ul, batch.FirstSample);
            Assert.Equal(DataSetTests.Numbered(12).Inputs.ToArray(), batch.Inputs.ToArray());
            Assert.Equal(0, batch.SampleWeights.Length);
            batches++;
        }

        Assert.Equal(1, batches);
    }

    [Fact]
    public void A_batch_goes_to_a_network_as_it_is()
    {
        foreach (var batch in new DataLoader(DataSetTests.Numbered(4, weights: true), 4, shuffle: false).Epoch(1))
        {
            var step = batch.ToBatch();
            Assert.True(step.Inputs == batch.Inputs && step.Targets == batch.Targets && step.SampleWeights == batch.SampleWeights);
            Assert.Equal(4, step.Count);
            Assert.Equal(4ul, step.FirstSample);
            Assert.Equal(0.25f, step.Scale);
        }
    }

    [Fact]
    public unsafe void Batches_are_aligned()
    {
        foreach (var batch in new DataLoader(DataSetTests.Numbered(10), 3).Epoch(0))
        {
            Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(batch.Inputs)) % AlignedBuffer.Alignment);
            Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(batch.Targets)) % AlignedBuffer.Alignment);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epochs_allocate_nothing(bool shuffle)
    {
        var loader = new DataLoader(DataSetTests.Numbered(1000, weights: true), 32, shuffle, seed: 1);
        var sum = Sum(loader, 0);
        var bytes = Allocations.Of(() =>
        {
            for (var epoch = 1; epoch <= 10; epoch++)
                sum += Sum(loader, epoch);
        });

        Assert.Equal(0, bytes);
        Assert.Equal(31 * 499_500d * 10, sum);
    }

    [Fact]
    public void A_second_epoch_ends_the_first()
    {
        var loader = new DataLoader(DataSetTests.Numbered(10), 3);

        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var batch in loader.Epoch(0))
                Assert.Equal(10, Targets(loader, 1).Count);
        });
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var data = DataSetTests.Numbered(4);

        Assert.Throws<ArgumentNullException>(() => new DataLoader(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(data, 0));
        Assert.Throws<ArgumentException>(() => new DataLoader(data, 5, dropLast: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(data, 2).Epoch(-1).Number);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(data, 2).Epoch(0, -1).Number);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(data, 2).Epoch(0, 3).Number);
    }

    private static List<float> Targets(DataLoader loader, int epoch)
    {
        var targets = new List<float>();
        foreach (var batch in loader.Epoch(epoch))
            targets.AddRange(batch.Targets.ToArray());
        return targets;
    }

    private static double Sum(DataLoader loader, int epoch)
    {
        var sum = 0.0;
        foreach (var batch in loader.Epoch(epoch))
        {
            foreach (var target in batch.Targets)
                sum += target;
        }
        return sum;
    }
}
