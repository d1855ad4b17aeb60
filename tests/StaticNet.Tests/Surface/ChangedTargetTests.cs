using System.Reflection;
using StaticNet.Networks;

namespace StaticNet.Tests.Surface;

/// <summary>Class indices that change after they were checked, as another thread may change them, lead to no foreign memory.</summary>
public class ChangedTargetTests
{
    private delegate void Part(int phase, int begin, int end, in Batch batch);

    /// <summary>What is no class of 4 or more, and whether the last class stands for it; else the first does.</summary>
    private static readonly (float Target, bool IsLast)[] Foreign =
    [
        (-1, false), (-1e9f, false), (float.NegativeInfinity, false), (float.NaN, false),
        (1e9f, true), (4e9f, true), (float.MaxValue, true), (float.PositiveInfinity, true), (1000, true),
    ];

    [Fact]
    public void Cross_entropy_takes_a_class_for_what_is_none() => Check(new IndexTargets(5), new IndexTargets(5), offset: 0, classes: 10);

    [Fact]
    public void Centres_are_those_of_a_class_whatever_the_target_became()
    {
        Check(new CenterLosses(5), new CenterLosses(5), offset: 0, classes: 4);
        Check(new CenterLosses(5), new CenterLosses(5), offset: 1, classes: 4);
    }

    [Fact]
    public void The_hinge_of_several_classes_takes_a_class_for_what_is_none()
    {
        // Two targets of the squared error, then the index, which is that of the centres too.
        for (var offset = 2; offset < CenterLossAmongOthers.TargetLength; offset++)
            Check(new CenterLossAmongOthers(5), new CenterLossAmongOthers(5), offset, classes: 5);
    }

    [Fact]
    public void A_step_survives_targets_that_another_thread_writes()
    {
        var network = new IndexTargets(5);
        var (inputs, targets) = (new float[64], new float[32]);
        using var stop = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++)
                targets[turn % 32] = (turn / 32 % 3) switch { 0 => 1e9f, 1 => 9, _ => 0 };
        });
        writer.Start();

        for (var step = 0; step < 20_000; step++)
        {
            try
            {
                Assert.True(float.IsFinite(network.TrainBatch(new Batch(inputs, targets, 32))));
            }
            catch (ArgumentException)
            {
                // Seen by the check.
            }
        }

        stop.Cancel();
        writer.Join();
        Assert.All(network.Gradients.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    /// <summary>Runs a step behind its checks with targets that they would refuse, and compares with one on those that stand for them.</summary>
    private static void Check<TNetwork>(TNetwork network, TNetwork other, int offset, int classes)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        if (offset >= TNetwork.TargetLength)
            return;
        var random = new Random(3);
        var inputs = Enumerable.Range(0, Foreign.Length * TNetwork.InputLength).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var targets = new float[Foreign.Length * TNetwork.TargetLength];
        var standing = new float[targets.Length];
        for (var sample = 0; sample < Foreign.Length; sample++)
        {
            targets[(sample * TNetwork.TargetLength) + offset] = Foreign[sample].Target;
            standing[(sample * TNetwork.TargetLength) + offset] = Foreign[sample].IsLast ? classes - 1 : 0;
        }

        var batch = new Batch(inputs, targets, Foreign.Length);
        Assert.False(Accepts<TNetwork>(batch));
        var part = typeof(TNetwork).GetMethod("RunPart", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Part>(network);
        for (var phase = 0; phase < TNetwork.PhaseCount; phase++)
            part(phase, 0, network.PhaseLength(phase, batch.Count), batch);
        var expected = other.TrainBatch(new Batch(inputs, standing, Foreign.Length));

        Assert.Equal(expected, network.BatchLoss(batch));
        Assert.Equal(other.Gradients.ToArray(), network.Gradients.ToArray());
    }

    private static bool Accepts<TNetwork>(in Batch batch)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        try
        {
            TNetwork.CheckBatch(batch);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
