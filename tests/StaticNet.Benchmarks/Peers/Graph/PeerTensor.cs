namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>Values that a layer holds.</summary>
/// <param name="Name">The parameter's full name.</param>
/// <param name="Shape">The logical shape, in PyTorch's layout.</param>
/// <param name="Values">The elements, row-major.</param>
internal sealed record PeerTensor(string Name, int[] Shape, float[] Values);

/// <summary>Gives the values of a parameter.</summary>
/// <param name="name">The parameter's full name, <c>conv1.weight</c>.</param>
/// <param name="shape">Its shape, as its layer's attributes have it.</param>
/// <returns>As many values as the shape has elements, row-major.</returns>
internal delegate float[] PeerValues(string name, int[] shape);
