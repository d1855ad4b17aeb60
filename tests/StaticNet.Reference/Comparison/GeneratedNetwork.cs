namespace StaticNet.Reference.Comparison;

/// <summary>Puts generated networks under test.</summary>
public static class GeneratedNetwork
{
    /// <summary>Makes a network of a generated class.</summary>
    /// <param name="network">The class; one that trains gives an <see cref="ITrainableUnderTest"/>.</param>
    public static INetworkUnderTest Of(Type network)
    {
        var adapter = Trains(network) ? typeof(GeneratedTraining<>) : typeof(GeneratedInference<>);
        return (INetworkUnderTest)Activator.CreateInstance(adapter.MakeGenericType(network))!;
    }

    /// <summary>Whether a generated class has training code.</summary>
    public static bool Trains(Type network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.GetInterfaces()
            .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITrainableNetwork<>));
    }
}

/// <summary>A generated network under test.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public class GeneratedInference<TNetwork> : INetworkUnderTest
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>The network.</summary>
    protected TNetwork Network { get; } = TNetwork.Create(1);

    /// <inheritdoc/>
    public void SetParameters(IReadOnlyDictionary<string, double[]> parameters) =>
        GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, Network.Weights.Edit());

    /// <inheritdoc/>
    public double[] Forward(double[] input, int? length = null)
    {
        var output = new float[TNetwork.Description.OutputLength];
        if (length is { } steps)
            Network.ForwardBatch(GeneratedParameters.Floats(input), output, 1, [steps]);
        else
            Network.Forward(GeneratedParameters.Floats(input), output);
        return GeneratedParameters.Doubles(output);
    }
}

/// <summary>A generated network with training code under test, its dropout switched off.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class GeneratedTraining<TNetwork> : GeneratedInference<TNetwork>, ITrainableUnderTest
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>Makes the network.</summary>
    public GeneratedTraining() => Network.DropoutEnabled = false;

    /// <inheritdoc/>
    public double Evaluate(ReferenceBatch batch)
    {
        var floats = new FloatBatch(batch);
        return Network.EvaluateBatch(floats.All, new float[floats.Count * TNetwork.Description.OutputLength]);
    }

    /// <inheritdoc/>
    public (double Loss, Dictionary<string, double[]> Gradients) Train(ReferenceBatch batch)
    {
        var loss = Network.TrainBatch(new FloatBatch(batch).All);
        return (loss, GeneratedParameters.UnpackTrainable(TNetwork.ParameterTable, Network.Gradients));
    }

    /// <inheritdoc/>
    public double[]? InputGradients(ReferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return InputGradientComparison.Of(Network, batch.Inputs.Length);
    }

    /// <inheritdoc/>
    public Dictionary<string, double[]> Statistics() =>
        GeneratedParameters.UnpackStatistics(TNetwork.ParameterTable, Network.Weights.Values);
}
