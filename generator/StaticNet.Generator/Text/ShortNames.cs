using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticNet.Generator.Text;

/// <summary>
/// The types that generated code names shortly, because it is read by people. Where one of these names means something else
/// at the user's class, all are written in full.
/// </summary>
internal static class ShortNames
{
    private static readonly string[] Types =
    [
        "System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException", "System.CLSCompliantAttribute", "System.Math", "System.MathF", "System.ReadOnlySpan", "System.Span",
        "System.CodeDom.Compiler.GeneratedCodeAttribute", "System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute",
        "System.ComponentModel.EditorBrowsableAttribute", "System.ComponentModel.EditorBrowsableState",
        "System.Runtime.CompilerServices.MethodImplAttribute", "System.Runtime.CompilerServices.MethodImplOptions", "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.Intrinsics.Vector128", "System.Runtime.Intrinsics.Vector256", "System.Runtime.Intrinsics.Vector512",
        "StaticNet.Batch", "StaticNet.ICustomLossNetwork", "StaticNet.IInputGradients", "StaticNet.ILayerTrace", "StaticNet.INetwork", "StaticNet.IStreamingNetwork", "StaticNet.IStepTrace", "StaticNet.ITrainableNetwork", "StaticNet.Initializer", "StaticNet.LayerDescription",
        "StaticNet.LossDescription", "StaticNet.LossKind", "StaticNet.NetworkDescription", "StaticNet.NetworkWeights", "StaticNet.ParameterInfo",
        "StaticNet.ParameterKind", "StaticNet.ParameterPacking", "StaticNet.PortDescription", "StaticNet.StateInfo", "StaticNet.StateTable", "StaticNet.StepValue", "StaticNet.StreamState", "StaticNet.ValueLayout",
        "StaticNet.Numerics.AlignedBuffer", "StaticNet.Numerics.DropoutMask", "StaticNet.Numerics.EmbeddedWeights", "StaticNet.Numerics.FastMath", "StaticNet.Numerics.Horizontal",
        "StaticNet.Numerics.Interleaving", "StaticNet.Numerics.NetworkGuard", "StaticNet.Numerics.NetworkPreparation", "StaticNet.Numerics.NormalDeviates", "StaticNet.Numerics.Panels",
        "StaticNet.Numerics.Resampling", "StaticNet.Numerics.RowCopy", "StaticNet.Numerics.ScaledForward", "StaticNet.Numerics.TargetGuard", "StaticNet.Numerics.ThreadCheck",
    ];

    private const string AttributeEnding = "Attribute";

    private static readonly Dictionary<string, string> FullNames = MakeFullNames();

    /// <summary>The full metadata names by short name, for those who look whether a name means something else.</summary>
    public static IReadOnlyDictionary<string, string> All => FullNames;

    /// <summary>The namespaces that the short names need.</summary>
    public static IEnumerable<string> Namespaces => Types.Select(type => type.Substring(0, type.LastIndexOf('.'))).Distinct().OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>Stands for the network's own name until all others are written in full; a letter that nobody writes makes it an identifier.</summary>
    public const string Self = "\u01c0Self";

    /// <summary>Stands for the network's own type parameters.</summary>
    public const string SelfParameters = "<\u01c0T>";

    /// <summary>Writes every short name in full, and then the network's own.</summary>
    /// <param name="members">The members of a class.</param>
    /// <param name="self">The class's name.</param>
    /// <param name="typeParameters">Its type parameters, with their brackets.</param>
    public static string Qualify(string members, string self, string typeParameters)
    {
        // The code is read as code: a short name is a type's only where a type or an expression begins with it. The user's own names,
        // a constant with such a name, and what stands in strings and comments are left alone.
        const string head = "class C {\n";
        var source = $"{head}{members}\n}}";
        var text = new StringBuilder(source);
        var names = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>()
            .Where(name => FullNames.ContainsKey(name.Identifier.ValueText) && IsFirst(name));
        foreach (var name in names.OrderByDescending(name => name.SpanStart))
            text.Remove(name.SpanStart, name.Identifier.Span.Length).Insert(name.SpanStart, "global::" + FullNames[name.Identifier.ValueText]);
        text.Remove(text.Length - 2, 2).Remove(0, head.Length);
        return text.Replace(SelfParameters, typeParameters).Replace(Self, self).ToString();
    }

    /// <summary>Whether a name is not looked up in what stands before it, and does not name an argument.</summary>
    private static bool IsFirst(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name != name,
        QualifiedNameSyntax qualified => qualified.Right != name,
        QualifiedCrefSyntax or AliasQualifiedNameSyntax or MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
        _ => true,
    };

    /// <summary>An attribute is found by its name with and without the ending, and nuint is a keyword only where no type has its name.</summary>
    private static Dictionary<string, string> MakeFullNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["nuint"] = "System.UIntPtr" };
        foreach (var type in Types)
        {
            var name = type.Substring(type.LastIndexOf('.') + 1);
            names.Add(name, type);
            if (name.EndsWith(AttributeEnding, StringComparison.Ordinal))
                names.Add(name.Substring(0, name.Length - AttributeEnding.Length), type);
        }

        return names;
    }
}
