using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The class that the code goes into.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Containers">The declarations of the types around it, outermost first: <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeParameters">Its type parameters with brackets, <c>&lt;T&gt;</c>, or empty.</param>
/// <param name="HintName">The start of the generated files' names, unique in the compilation.</param>
/// <param name="HiddenTypes">The full names of the types whose short names mean something else at the class.</param>
/// <param name="HasSummary">Whether the user's part has a summary of its own.</param>
/// <param name="IsMarkedNotCompliant">Whether the class is to be marked as not compliant with the Common Language Specification.</param>
internal sealed record TargetType(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string TypeParameters,
    string HintName,
    EquatableArray<string> HiddenTypes = default,
    bool HasSummary = false,
    bool IsMarkedNotCompliant = false);
