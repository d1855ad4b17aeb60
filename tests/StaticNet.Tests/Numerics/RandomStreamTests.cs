using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class RandomStreamTests
{
    [Fact]
    public void Gives_the_published_numbers_of_xoshiro256_star_star()
    {
        var random = new RandomStream(new RandomState(1, 2, 3, 4));
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        foreach (var number in expected)
            Assert.Equal(number, random.NextUInt64());
    }

    [Fact]
    public void Stream_0_is_seeded_with_the_published_numbers_of_splitmix64()
    {
        var expected = new RandomState(6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431);
        Assert.Equal(expected, new RandomStream(1234567).State);
    }

    [Fact]
    public void Continues_from_its_state()
    {
        var random = new RandomStream(7, 3);
        random.NextNormal();
        var copy = new RandomStream(random.State);
        for (var i = 0; i < 100; i++)
            Assert.Equal(random.NextUInt64(), copy.NextUInt64());
    }

    [Fact]
    public void Refuses_a_state_of_zeros()
    {
        var exception = Assert.Throws<ArgumentException>(() => new RandomStream(default(RandomState)));
        Assert.Contains("all four are", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_and_streams_share_no_numbers()
    {
        var seen = new HashSet<ulong>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            for (var stream = 0UL; stream < 20; stream++)
            {
                var random = new RandomStream(seed, stream);
                for (var i = 0; i < 50; i++)
                    Assert.True(seen.Add(random.NextUInt64()));
            }
        }
    }

    [Fact]
    public void Neighbouring_streams_are_uncorrelated()
    {
        const int Count = 100_000;
        var first = new RandomStream(1, 1);
        var second = new RandomStream(1, 2);
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
            sum += (first.NextDouble() - 0.5) * (second.NextDouble() - 0.5) * 12;
        Assert.InRange(sum / Math.Sqrt(Count), -5, 5);
    }

    [Fact]
    public void Uniform_numbers_are_in_range_with_the_right_moments()
    {
        const int Count = 200_000;
        var random = new RandomStream(2);
        double sum = 0, squares = 0;
        for (var i = 0; i < Count; i++)
        {
            var x = random.NextSingle();
            Assert.InRange(x, 0f, 0.99999997f);
            var y = random.NextDouble();
            Assert.True(y is >= 0 and < 1);
            sum += x + y;
            squares += (x * x) + (y * y);
        }
        Assert.Equal(1.0 / 2, sum / (2 * Count), 0.005);
        Assert.Equal(1.0 / 3, squares / (2 * Count), 0.005);
    }

    [Fact]
    public void Normal_numbers_have_the_right_moments_and_tails()
    {
        const int Count = 400_000;
        var random = new RandomStream(3);
        var moments = new double[5];
        var beyondTwo = 0;
        for (var i = 0; i < Count; i++)
        {
            var x = random.NextNormal();
            for (var power = 1; power <= 4; power++)
                moments[power] += Math.Pow(x, power) / Count;
            if (Math.Abs(x) > 2)
                beyondTwo++;
        }
        Assert.Equal(0, moments[1], 0.01);
        Assert.Equal(1, moments[2], 0.015);
        Assert.Equal(0, moments[3], 0.03);
        Assert.Equal(3, moments[4], 0.1);
        Assert.Equal(0.0455, beyondTwo / (double)Count, 0.003);
    }

    [Fact]
    public void Normal_numbers_follow_from_the_uniform_ones_by_the_polar_method()
    {
        var random = new RandomStream(4);
        var uniform = new RandomStream(4);
        for (var i = 0; i < 10_000; i++)
        {
            double u, square;
            do
            {
                u = (2 * uniform.NextDouble()) - 1;
                var v = (2 * uniform.NextDouble()) - 1;
                square = (u * u) + (v * v);
            }
            while (square is 0 or >= 1);
            Assert.Equal(u * Math.Sqrt(-2 * Math.Log(square) / square), random.NextNormal(), 1e-13);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Integers_are_uniform(int exclusiveMax)
    {
        var random = new RandomStream(5);
        var counts = new int[exclusiveMax];
        const int Each = 10_000;
        for (var i = 0; i < Each * exclusiveMax; i++)
            counts[random.NextInt32(exclusiveMax)]++;
        foreach (var count in counts)
            Assert.InRange(count, Each - 600, Each + 600);
    }

    [Fact]
    public void Integers_of_a_large_range_have_no_bias()
    {
        // Without rejection, the low third of this range would come twice as often as the rest.
        const int Max = 0x60000000;
        const int Count = 100_000;
        var random = new RandomStream(6);
        var low = 0;
        for (var i = 0; i < Count; i++)
        {
            if (random.NextInt32(Max) % 3 == 0)
                low++;
        }
        Assert.InRange(low, (Count / 3) - 1000, (Count / 3) + 1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void An_empty_range_is_refused(int exclusiveMax)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1).NextInt32(exclusiveMax));
    }

    [Fact]
    public void Every_order_is_equally_likely()
    {
        var random = new RandomStream(7);
        var counts = new Dictionary<string, int>();
        Span<char> items = stackalloc char[4];
        const int Each = 5_000;
        for (var i = 0; i < Each * 24; i++)
        {
            "abcd".CopyTo(items);
            random.Shuffle(items);
            var order = items.ToString();
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, Each - 450, Each + 450));
    }

    [Fact]
    public void Shuffling_keeps_the_items_and_takes_short_spans()
    {
        var random = new RandomStream(8);
        random.Shuffle(Span<int>.Empty);
        int[] one = [42];
        random.Shuffle(one.AsSpan());
        Assert.Equal(42, one[0]);
        var many = Enumerable.Range(0, 1000).ToArray();
        random.Shuffle(many.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 1000), many);
        Assert.Equal(Enumerable.Range(0, 1000), many.Order());
    }

    [Fact]
    public void Nothing_allocates()
    {
        var random = new RandomStream(9);
        var items = new int[100];
        random.Shuffle(items.AsSpan());
        var allocated = Allocations.Of(() =>
        {
            random.Shuffle(items.AsSpan());
            random.NextNormal();
        });

        Assert.Equal(0, allocated);
    }
}
