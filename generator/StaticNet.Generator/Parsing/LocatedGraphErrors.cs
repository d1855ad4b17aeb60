using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>Puts the faults of a graph on attributes.</summary>
internal sealed class LocatedGraphErrors(Faults faults, Func<Place, Location> locate) : IGraphErrors
{
    public void Report(Place place, DiagnosticDescriptor rule, params object[] arguments) => faults.Report(locate(place), rule, arguments);
}
