using System.Globalization;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet.Benchmarks.Optimizers;

/// <summary>
/// Each optimizer's step over a million parameters on one thread, beside a plain copy of as many floats, in turns: the pass is
/// bound by memory, and the copy's bandwidth is its limit.
/// </summary>
internal static class OptimizersMode
{
    private const int Size = 1024;

    private static readonly ParameterTable Table = new(
        new ParameterInfo("dense1.weight", "dense1", ParameterKind.Weight, [Size, Size], ParameterPacking.Panels, 0, Initializer.GlorotUniform));

    // Rates so small that no number becomes special in thousands of steps along one gradient.
    private static readonly (string Name, Func<Optimizer> Create)[] Cases =
    [
        ("SGD", () => new Sgd(1e-6f)),
        ("SGD, momentum", () => new Sgd(1e-6f, momentum: 0.9f)),
        ("SGD, Nesterov", () => new Sgd(1e-6f, momentum: 0.9f, nesterov: true)),
        ("Adagrad", () => new Adagrad(1e-6f)),
        ("Adadelta", () => new Adadelta(1e-6f)),
        ("RMSprop", () => new RMSprop(1e-6f)),
        ("RMSprop, momentum", () => new RMSprop(1e-6f, momentum: 0.9f)),
        ("RMSprop, centred, momentum", () => new RMSprop(1e-6f, momentum: 0.9f, centered: true)),
        ("Adam", () => new Adam(1e-6f)),
        ("AdamW", () => new AdamW(1e-6f)),
        ("AdamW, AMSGrad", () => new AdamW(1e-6f, amsGrad: true)),
        ("Adamax", () => new Adamax(1e-6f)),
        ("NAdam", () => new NAdam(1e-6f)),
        ("RAdam", () => new RAdam(1e-6f)),
        ("Lion", () => new Lion(1e-6f)),
        ("Rprop", () => new Rprop(1e-6f, largest: 1e-3f)),
        ("AdamW, clipped by norm", () => new AdamW(1e-6f) { ClipNorm = 1 }),
        ("AdamW, clipped by value, L1", () => new AdamW(1e-6f) { ClipValue = 1, L1 = 1e-4f }),
        ("AdamW, max-norm", () => new AdamW(1e-6f) { MaxNorm = 3 }),
    ];

    /// <summary>Measures and prints the table.</summary>
    public static int Run()
    {
        var table = new TextTable("optimizer", "step", "moved", "bandwidth", "copy", "of the copy");
        foreach (var (name, create) in Cases)
            table.Add([name, .. Measure(create())]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A step over {Table.Count:N0} parameters on one thread, compared with a copy of as many floats; every byte read or written counts once:"));
        Console.Write(table);
        return 0;
    }

    private static string[] Measure(Optimizer optimizer)
    {
        var weights = new NetworkWeights(Table, 1);
        var gradients = new AlignedBuffer(Table.TrainableLength);
        var random = new Random(1);
        foreach (ref var gradient in gradients.Span)
            gradient = random.NextSingle() - 0.5f;
        optimizer.Attach(weights);

        // Parameters and states are read and written; gradients are read, and once more for their norm, parameters for max-norm.
        var passes = 2 + 1 + (2 * optimizer.StateBuffers.Count) + (optimizer.NeedsNorms ? 1 : 0) + (optimizer.MaxNorm is null ? 0 : 1);
        var bytes = (double)passes * sizeof(float) * Table.TrainableLength;
        var (source, target) = (new AlignedBuffer(Table.TrainableLength), new AlignedBuffer(Table.TrainableLength));
        var step = new LocalContender(calls =>
        {
            for (var call = 0; call < calls; call++)
                optimizer.Step(weights, gradients.Span);
        });
        var copy = new LocalContender(calls =>
        {
            for (var call = 0; call < calls; call++)
                source.Span.CopyTo(target.Span);
        });
        Duel.Run(step, copy);

        var (ours, theirs) = (bytes / step.Timing.P50Ns, 2.0 * sizeof(float) * Table.TrainableLength / copy.Timing.P50Ns);
        return
        [
            TextTable.Time(step.Timing.P50Ns),
            string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB"),
            string.Create(CultureInfo.InvariantCulture, $"{ours:F1} GB/s"),
            string.Create(CultureInfo.InvariantCulture, $"{theirs:F1} GB/s"),
            string.Create(CultureInfo.InvariantCulture, $"{100 * ours / theirs:F0} %"),
        ];
    }
}
