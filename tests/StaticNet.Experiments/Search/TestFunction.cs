using StaticNet.Numerics;
using StaticNet.Search;

namespace StaticNet.Experiments.Search;

/// <summary>A function on which search methods are compared, with its known minimum.</summary>
/// <remarks>Surjanovic and Bingham, "Virtual Library of Simulation Experiments: Test Functions and Datasets", 2013, lists them all.</remarks>
internal sealed record TestFunction(string Name, (double Minimum, double Maximum)[] Bounds, double Minimum, Func<double[], double> Function)
{
    /// <summary>The standard deviation of what is added to a measured value.</summary>
    public double Noise { get; init; }

    public static IReadOnlyList<TestFunction> All { get; } =
    [
        new("Branin", [(-5, 10), (0, 15)], 0.397887, Branin),
        new("Hartmann 3", Cube(3, 0, 1), -3.862782, Hartmann3),
        new("Hartmann 6", Cube(6, 0, 1), -3.322368, Hartmann6),
        new("Ackley 5", Cube(5, -32.768, 32.768), 0, Ackley),
        new("Rosenbrock 4", Cube(4, -5, 10), 0, Rosenbrock),
        new("Levy 4", Cube(4, -10, 10), 0, Levy),
        new("Hölder table", Cube(2, -10, 10), -19.208503, HolderTable),
        new("Branin, noisy", [(-5, 10), (0, 15)], 0.397887, Branin) { Noise = 1 },
    ];

    /// <summary>Searches, and says how far the true value at the best trial is above the minimum.</summary>
    public double Regret(SearchMethod method, int trials, int concurrency)
    {
        var dimensions = Bounds.Select((bounds, index) => new UniformDimension($"x{index + 1}", bounds.Minimum, bounds.Maximum)).ToArray();
        var options = new SearchOptions { Trials = trials, Concurrency = concurrency, Threads = 1 };
        var best = new HyperparameterSearch(new SearchSpace([.. dimensions]), method, options).Run(Measure).Best!;
        return Function(PointOf(best.Get)) - Minimum;

        double Measure(Trial trial) => Function(PointOf(trial.Get)) + (Noise * new RandomStream(trial.Seed).NextNormal());

        double[] PointOf(Func<Dimension<double>, double> get) => [.. dimensions.Select(get)];
    }

    private static (double, double)[] Cube(int dimensions, double minimum, double maximum) => [.. Enumerable.Repeat((minimum, maximum), dimensions)];

    private static double Branin(double[] x)
    {
        var part = x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6;
        return (part * part) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10;
    }

    private static double Hartmann3(double[] x) => Hartmann(
        x,
        [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]],
        [[0.3689, 0.1170, 0.2673], [0.4699, 0.4387, 0.7470], [0.1091, 0.8732, 0.5547], [0.0381, 0.5743, 0.8828]]);

    private static double Hartmann6(double[] x) => Hartmann(
        x,
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]],
        [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ]);

    private static double Hartmann(double[] x, double[][] widths, double[][] centers)
    {
        double[] heights = [1, 1.2, 3, 3.2];
        var sum = 0.0;
        for (var peak = 0; peak < heights.Length; peak++)
            sum += heights[peak] * Math.Exp(-x.Select((value, index) => widths[peak][index] * Math.Pow(value - centers[peak][index], 2)).Sum());
        return -sum;
    }

    private static double Ackley(double[] x) =>
        (-20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(value => value * value)))) - Math.Exp(x.Average(value => Math.Cos(2 * Math.PI * value))) + 20 + Math.E;

    private static double Rosenbrock(double[] x)
    {
        var sum = 0.0;
        for (var index = 0; index + 1 < x.Length; index++)
            sum += (100 * Math.Pow(x[index + 1] - (x[index] * x[index]), 2)) + Math.Pow(1 - x[index], 2);
        return sum;
    }

    private static double Levy(double[] x)
    {
        var w = x.Select(value => 1 + ((value - 1) / 4)).ToArray();
        var sum = Math.Pow(Math.Sin(Math.PI * w[0]), 2);
        for (var index = 0; index + 1 < w.Length; index++)
            sum += Math.Pow(w[index] - 1, 2) * (1 + (10 * Math.Pow(Math.Sin((Math.PI * w[index]) + 1), 2)));
        return sum + (Math.Pow(w[^1] - 1, 2) * (1 + Math.Pow(Math.Sin(2 * Math.PI * w[^1]), 2)));
    }

    private static double HolderTable(double[] x) =>
        -Math.Abs(Math.Sin(x[0]) * Math.Cos(x[1]) * Math.Exp(Math.Abs(1 - (Math.Sqrt((x[0] * x[0]) + (x[1] * x[1])) / Math.PI))));
}
