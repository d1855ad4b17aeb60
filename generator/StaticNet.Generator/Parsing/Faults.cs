using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>Collects what is wrong with one class, each fault on its location.</summary>
internal sealed class Faults
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    /// <summary>Whether code can be written: no error, and nothing that the C# compiler reports.</summary>
    public bool CanEmit { get; private set; } = true;

    public void Report(Location location, DiagnosticDescriptor rule, params object[] arguments)
    {
        var diagnostic = Diagnostic.Create(rule, location, arguments);
        CanEmit &= diagnostic.Severity != DiagnosticSeverity.Error;
        _diagnostics.Add(diagnostic);
    }

    /// <summary>Stops the code without a word, because the C# compiler reports the error itself.</summary>
    public void LeaveToCompiler() => CanEmit = false;

    public ImmutableArray<Diagnostic> ToImmutable() => _diagnostics.ToImmutable();
}

/// <summary>Puts the faults of a graph on attributes.</summary>
internal sealed class LocatedGraphErrors(Faults faults, Func<Place, Location> locate) : IGraphErrors
{
    public void Report(Place place, DiagnosticDescriptor rule, params object[] arguments) => faults.Report(locate(place), rule, arguments);
}
