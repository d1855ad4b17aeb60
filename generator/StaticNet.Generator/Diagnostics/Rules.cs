using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Diagnostics;

/// <summary>Everything that the generator complains about. Each ID has a page in docs/diagnostics.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NoInput = Error("SN0001", "A network needs an input", "{0} has no [Input]: give the shape of one sample, such as [Input(64)]");

    public static readonly DiagnosticDescriptor NoLayer = Error("SN0002", "A network needs a layer", "{0} has no layer: put at least one layer attribute, such as [Dense(10)], below [Input]");

    public static readonly DiagnosticDescriptor Argument = Error("SN0003", "An argument is outside its range", "{0}: {1} must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor Shapes = Error("SN0004", "Shapes do not fit", "{0}");

    public static readonly DiagnosticDescriptor UnknownName = Error("SN0005", "No layer above has this name", "No layer above is named \"{0}\"; there are {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Error("SN0006", "Two layers have one name", "There is a layer named \"{0}\" above");

    public static readonly DiagnosticDescriptor InvalidName = Error("SN0007", "A name is not an identifier", "\"{0}\" cannot name a layer: a name is a C# identifier");

    public static readonly DiagnosticDescriptor LossDoesNotFit = Error("SN0008", "A loss does not fit its output", "{0} takes {1}, but the output is {2}");

    public static readonly DiagnosticDescriptor AppliedTwice = Error("SN0009", "A loss applies the activation itself", "{0} works on logits and applies the {1} itself: remove the {1} in front of it");

    public static readonly DiagnosticDescriptor TooLarge = Error("SN0010", "A network is too large", "{0} has an output of {1}; the largest that code is written for has {2} elements");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "StaticNet", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
}
