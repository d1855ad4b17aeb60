using System.Reflection;

namespace StaticNet.Reference.Comparison;

/// <summary>Asks generated networks for the gradients of their inputs.</summary>
internal static class InputGradientComparison
{
    /// <summary>The gradients of the inputs of a network's last step; null where it gives none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="count">The samples of the step.</param>
    public static double[]? Of<TNetwork>(TNetwork network, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        if (!typeof(TNetwork).GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IInputGradients<>)))
            return null;
        var copy = typeof(InputGradientComparison).GetMethod(nameof(Copy), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(typeof(TNetwork));
        return (double[])copy.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [network, count], culture: null)!;
    }

    private static double[] Copy<TNetwork>(TNetwork network, int count)
        where TNetwork : class, IInputGradients<TNetwork>
    {
        var gradients = new float[count * TNetwork.InputLength];
        Array.Fill(gradients, float.NaN);
        network.CopyInputGradients(gradients);
        return GeneratedParameters.Doubles(gradients);
    }
}
