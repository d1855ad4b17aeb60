using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet.Tests.Optimizers;

/// <summary>A step in ranges of blocks, in any order, has the bits of a step in one.</summary>
public class BlockTests
{
    /// <summary>Two weights of several blocks each, a bias between, and a second one that joins no run.</summary>
    private static ParameterTable Table { get; } = new(
        new ParameterInfo("dense1.weight", "dense1", ParameterKind.Weight, [45, 200], ParameterPacking.Panels, 0, Initializer.Zeros),
        new ParameterInfo("dense1.bias", "dense1", ParameterKind.Bias, [45], ParameterPacking.Rows, 9600, Initializer.Zeros),
        new ParameterInfo("dense2.weight", "dense2", ParameterKind.Weight, [45, 100], ParameterPacking.Panels, 9648, Initializer.Zeros),
        new ParameterInfo("dense3.weight", "dense3", ParameterKind.Weight, [16, 256], ParameterPacking.Panels, 14448, Initializer.Zeros));

    public static TheoryData<Func<Optimizer>> Kinds => [.. OptimizerRun.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_split_gives_the_same_bits(Func<Optimizer> create)
    {
        var whole = new OptimizerRun(create(), Table);
        var split = new OptimizerRun(create(), Table);
        for (var step = 0; step < 4; step++)
        {
            whole.Step();
            split.Optimizer.RunStep(split.Weights, split.Gradients, new RandomRanges(seed: step));
        }

        Assert.Equal(whole.Parameters.ToArray(), split.Parameters.ToArray());
        Assert.Equal(4, split.Optimizer.StepCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_width_of_vectors_gives_the_same_bits(Func<Optimizer> create)
    {
        var longest = new OptimizerRun(create(), Table);
        var shorter = new OptimizerRun(create(), Table);
        shorter.Optimizer.AvoidsWideVectors = true;

        longest.StepTurning(9);
        shorter.StepTurning(9);

        Assert.Equal(longest.Parameters.ToArray(), shorter.Parameters.ToArray());
        foreach (var (wide, usual) in longest.Optimizer.StateBuffers.Zip(shorter.Optimizer.StateBuffers))
            Assert.Equal(wide.Span.ToArray(), usual.Span.ToArray());
    }

    [Fact]
    public void Blocks_cover_every_run_and_leave_frozen_parameters_out()
    {
        var run = new OptimizerRun(new Sgd(1, momentum: 0.5f) { WeightDecay = 0.1f }, Table);

        // Runs of 9,600, 48 and 8,896 floats, of which the biases do not decay: 3, 1 and 3 blocks.
        Assert.Equal(7, run.Optimizer.BlockCount);
        run.Optimizer.Freeze("dense2");
        Assert.Equal(3 + 1 + 1, run.Optimizer.BlockCount);
        run.Optimizer.Freeze("*");
        Assert.Equal(0, run.Optimizer.BlockCount);
        Assert.Equal(0, run.Optimizer.UnitBlockCount);
    }

    [Fact]
    public void Parameters_without_penalties_are_one_run()
    {
        // 18,544 floats.
        Assert.Equal(5, new OptimizerRun(new Sgd(1, momentum: 0.5f), Table).Optimizer.BlockCount);
        Assert.Equal(5, new OptimizerRun(new OnnxAdam(), Table).Optimizer.BlockCount);
        Assert.Equal(7, new OptimizerRun(new OnnxAdam { PostDecay = 0.1f }, Table).Optimizer.BlockCount);
    }

    [Fact]
    public void Panels_are_the_blocks_of_max_norm()
    {
        var run = new OptimizerRun(new Sgd(1) { MaxNorm = 1, Groups = [new ParameterGroup("dense2") { MaxNorm = float.PositiveInfinity }] }, Table);

        Assert.Equal(3 + 1, run.Optimizer.UnitBlockCount);
    }

    /// <summary>Cuts each part of a step into ranges of any lengths, and runs them in any order.</summary>
    private sealed class RandomRanges(int seed) : IWorkSharing
    {
        private readonly Random _random = new(seed);

        public void Run(IParallelWork work, int length)
        {
            var ranges = new List<(int Begin, int End)>();
            for (var begin = 0; begin < length;)
            {
                var end = Math.Min(length, begin + _random.Next(1, 4));
                ranges.Add((begin, end));
                begin = end;
            }

            foreach (var (begin, end) in ranges.OrderBy(_ => _random.Next()))
                work.Run(begin, end);
        }
    }
}
