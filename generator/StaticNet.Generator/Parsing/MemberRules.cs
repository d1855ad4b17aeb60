using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Parsing;

/// <summary>Keeps a class's own members apart from the generated ones.</summary>
internal static class MemberRules
{
    /// <summary>Whether a network may have a generated member of this name; those of a layer start with the layer's name.</summary>
    public static bool IsGenerated(string name, NetworkSpec network, NetworkGraph? graph) =>
        GeneratedMembers.Has(network, name)
        || (graph is not null && graph.Nodes.Any(node => IsPartOf(Names.Pascal(node.Name), name)))
        || (graph is not null && graph.Inputs.Any(input => IsPartOf(Names.Pascal(input.Name), name)))
        || (graph is not null && graph.Losses.Where((_, index) => IsPartOf("Loss" + Literal.Of(index + 1), name)).Any());

    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax syntax, NetworkSpec network, NetworkGraph? graph, Faults faults)
    {
        CheckName(type, syntax.Identifier.GetLocation(), network, faults);
        foreach (var parameter in type.TypeParameters.Where(parameter => Generated(parameter.Name)))
            Clash(parameter.Locations[0], "A type parameter", parameter.Name);
        foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && Generated(member.Name)))
            Clash(member.Locations[0], "This member", member.Name);
        foreach (var member in ClassRules.BaseTypes(type).SelectMany(parent => parent.GetMembers()).Where(member => member.DeclaredAccessibility != Accessibility.Private && Generated(member.Name)))
            Clash(syntax.Identifier.GetLocation(), $"A member of {member.ContainingType.Name}", member.Name);

        bool Generated(string name) => IsGenerated(name, network, graph);

        void Clash(Location location, string what, string name) => faults.Report(location, Rules.MemberClash, what, name, type.Name);
    }

    /// <summary>Keeps the name of a class apart from its generated members; it may well be called after one of its layers: <c>GateNetwork</c>.</summary>
    public static void CheckName(INamedTypeSymbol type, Location location, NetworkSpec network, Faults faults)
    {
        if (IsGenerated(type.Name, network, graph: null))
            faults.Report(location, Rules.MemberClash, "The class", type.Name, type.Name);
    }

    /// <summary>Whether a name is that of a layer with something after it: <c>Dense1Forward</c>, but not <c>Dense10</c>.</summary>
    private static bool IsPartOf(string layer, string name) =>
        name.Length > layer.Length && char.IsUpper(name[layer.Length]) && name.StartsWith(layer, StringComparison.Ordinal);
}
