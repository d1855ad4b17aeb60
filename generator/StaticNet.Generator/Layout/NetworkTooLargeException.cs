using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Layout;

/// <summary>A network has more parameters or activations than code is written for.</summary>
/// <param name="count">How many it has.</param>
/// <param name="what">Of what.</param>
/// <param name="place">The attribute that decides it.</param>
internal sealed class NetworkTooLargeException(double count, string what, PlaceKind place) : Exception($"{count} {what}")
{
    public double Count { get; } = count;

    public string What { get; } = what;

    public PlaceKind Place { get; } = place;
}
