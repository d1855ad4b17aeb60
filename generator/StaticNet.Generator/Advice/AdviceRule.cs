using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Advice;

/// <summary>A rule about networks that compile, and would learn better or run faster if they were declared differently.</summary>
/// <param name="Descriptor">Its number, severity and message.</param>
/// <param name="Find">Finds where a network breaks it.</param>
internal sealed record AdviceRule(DiagnosticDescriptor Descriptor, Func<NetworkView, IEnumerable<Finding>> Find);
