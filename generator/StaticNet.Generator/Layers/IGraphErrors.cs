using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Layers;

/// <summary>Takes what is wrong with a network.</summary>
internal interface IGraphErrors
{
    /// <summary>Reports a fault on an attribute.</summary>
    /// <param name="place">Which attribute.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="arguments">What the rule's message takes.</param>
    void Report(Place place, DiagnosticDescriptor rule, params object[] arguments);
}
