using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

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
