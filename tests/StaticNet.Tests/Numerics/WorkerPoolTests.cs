using System.Collections.Concurrent;
using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void Every_place_of_every_range_is_done_once(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new Counting(1000);
        var rounds = 0;
        for (var length = 0; length <= 1000; length += length < 40 ? 1 : 97)
        {
            pool.Run(work, length);
            rounds++;
            Assert.All(Enumerable.Range(0, length), place => Assert.Equal(1, work.Counts[place]));
            Assert.All(Enumerable.Range(length, 1000 - length), place => Assert.Equal(0, work.Counts[place]));
            Array.Clear(work.Counts);
        }

        Assert.True(rounds > 40);
    }

    [Fact]
    public void Threads_that_have_gone_to_sleep_wake_up()
    {
        using var pool = new WorkerPool(3);
        var work = new Counting(64);
        for (var round = 0; round < 5; round++)
        {
            Thread.Sleep(5);
            pool.Run(work, 64);
        }

        Assert.All(work.Counts, count => Assert.Equal(5, count));
    }

    [Fact]
    public void Several_threads_take_part()
    {
        using var pool = new WorkerPool(2);
        var work = new Meeting();

        pool.Run(work, 2);

        Assert.Equal(2, work.Threads.Distinct().Count());
    }

    [Fact]
    public void Parts_are_no_smaller_than_the_rows_of_a_tile_where_there_are_enough()
    {
        using var pool = new WorkerPool(2);
        var work = new Parts();

        pool.Run(work, 128);

        var parts = work.Taken.OrderBy(part => part.Begin).ToArray();
        Assert.Equal(Enumerable.Range(0, 128), parts.SelectMany(part => Enumerable.Range(part.Begin, part.End - part.Begin)));
        Assert.All(parts[..^1], part => Assert.InRange(part.End - part.Begin, 6, 48));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_failure_reaches_the_caller_and_the_pool_goes_on(int threads)
    {
        using var pool = new WorkerPool(threads);

        Assert.Throws<InvalidDataException>(() => pool.Run(new Failing(), 100));

        var work = new Counting(10);
        pool.Run(work, 10);
        Assert.All(work.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_second_caller_is_refused_while_the_pool_is_at_work()
    {
        using var pool = new WorkerPool(2);

        var thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(new Nested(pool), 2));

        Assert.Contains("working for another caller", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(WorkerPool.MostThreads + 1)]
    public void The_number_of_threads_is_checked(int threads) => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(threads));

    [Fact]
    public void A_disposed_pool_is_refused()
    {
        var pool = new WorkerPool(2);
        pool.Dispose();
        pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.Run(new Counting(2), 2));
    }

    private sealed class Counting(int length) : IParallelWork
    {
        public int[] Counts { get; } = new int[length];

        public void Run(int begin, int end)
        {
            for (var place = begin; place < end; place++)
                Interlocked.Increment(ref Counts[place]);
        }
    }

    private sealed class Parts : IParallelWork
    {
        public ConcurrentBag<(int Begin, int End)> Taken { get; } = [];

        public void Run(int begin, int end) => Taken.Add((begin, end));
    }

    /// <summary>Each part waits for the other, so that one thread alone could not do both.</summary>
    private sealed class Meeting : IParallelWork
    {
        private int _here;

        public int[] Threads { get; } = new int[2];

        public void Run(int begin, int end)
        {
            Threads[begin] = Environment.CurrentManagedThreadId;
            Interlocked.Increment(ref _here);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _here) == 2, TimeSpan.FromMinutes(1)));
        }
    }

    private sealed class Failing : IParallelWork
    {
        public void Run(int begin, int end) => throw new InvalidDataException();
    }

    private sealed class Nested(WorkerPool pool) : IParallelWork
    {
        public void Run(int begin, int end) => pool.Run(this, 2);
    }
}
