using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet.Tests.Training;

/// <summary>Data sets that tests train with.</summary>
internal static class Samples
{
    /// <summary>Three clouds around (2, 0), (−2, 2) and (−2, −2); the target is the cloud's index.</summary>
    public static DataSet Clouds(int count, ulong seed = 1)
    {
        var random = new RandomStream(seed, 0);
        var (inputs, targets) = (new float[count * 2], new float[count]);
        for (var sample = 0; sample < count; sample++)
        {
            var cloud = sample % 3;
            targets[sample] = cloud;
            inputs[sample * 2] = (cloud == 0 ? 2 : -2) + ((float)random.NextNormal() * 0.7f);
            inputs[(sample * 2) + 1] = (cloud == 0 ? 0 : cloud == 1 ? 2 : -2) + ((float)random.NextNormal() * 0.7f);
        }

        return new DataSet(2, 1, inputs, targets);
    }

    /// <summary>y = 300 + 20a − 0.1b for a in 0…1 and b in 1000…2000: far from the numbers that a network likes.</summary>
    public static DataSet Plane(int count)
    {
        var random = new RandomStream(2, 0);
        var (inputs, targets) = (new float[count * 2], new float[count]);
        for (var sample = 0; sample < count; sample++)
        {
            var (a, b) = (random.NextSingle(), 1000 + (1000 * random.NextSingle()));
            (inputs[sample * 2], inputs[(sample * 2) + 1]) = (a, b);
            targets[sample] = 300 + (20 * a) - (0.1f * b);
        }

        return new DataSet(2, 1, inputs, targets);
    }
}
