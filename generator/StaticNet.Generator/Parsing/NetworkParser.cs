using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>Reads a class with [Network] or [InferenceOf].</summary>
internal sealed class NetworkParser
{
    private readonly Declaration _declaration;
    private readonly TypeDeclarationSyntax _syntax;
    private readonly SemanticModel _model;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly Faults _faults = new();
    private readonly Dictionary<string, Location> _locations = new(StringComparer.Ordinal);

    private NetworkParser(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        _declaration = new Declaration((INamedTypeSymbol)context.TargetSymbol);
        _syntax = (TypeDeclarationSyntax)context.TargetNode;
        _model = context.SemanticModel;
        _compilation = _model.Compilation;
        _cancellation = cancellation;
    }

    private TargetType Target => TargetTypes.Of(_declaration.Type, _model, _syntax.Identifier.SpanStart);

    /// <summary>The transform of the pipeline: it throws nothing but cancellation. It runs at every keystroke, and reads again what may have changed.</summary>
    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        // Comments count of the class's own declarations: whether it has documentation.
        context.TargetSymbol.DeclaringSyntaxReferences.Length > 1
            ? Read(context, cancellation)
            : DeclarationSurface.Of(context.SemanticModel.Compilation).Result(context.TargetNode, context.Attributes[0].AttributeClass!.Name, () => Read(context, cancellation));

    private static ParseResult Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        try
        {
            // The same attribute on two declarations is an error of its own, and would make the same files twice.
            var parser = new NetworkParser(context, cancellation);
            if (parser._declaration.Type.TypeKind != TypeKind.Class || !IsNamed(parser._syntax))
                return new ParseResult(null, ImmutableArray<Diagnostic>.Empty);
            return (parser._declaration.Network ?? parser._declaration.Twin) is { } marker && context.Attributes.Contains(marker)
                ? parser.Parse(marker)
                : new ParseResult(null, ImmutableArray<Diagnostic>.Empty);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var location = ((TypeDeclarationSyntax)context.TargetNode).Identifier.GetLocation();
            return new ParseResult(null, ImmutableArray.Create(Diagnostic.Create(Rules.GeneratorFault, location, context.TargetSymbol.Name, exception.Message)));
        }
    }

    /// <summary>Finds the class that was meant to be a network but is not marked; an inference twin has faults of its own.</summary>
    public static Diagnostic? CheckMarked(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var declaration = new Declaration((INamedTypeSymbol)context.TargetSymbol);
        if (declaration.Network is not null || declaration.Twin is not null || declaration.HasUnknown || (context.TargetNode is TypeDeclarationSyntax syntax && !IsNamed(syntax)))
            return null;
        var location = context.Attributes[0].ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation();
        return Diagnostic.Create(Rules.NotMarked, location, context.TargetSymbol.Name);
    }

    /// <summary>Whether everything has its name that the other part of a class repeats: while it is being typed there is none yet.</summary>
    private static bool IsNamed(TypeDeclarationSyntax syntax) => syntax.AncestorsAndSelf().All(node => node switch
    {
        TypeDeclarationSyntax type => !type.Identifier.IsMissing && type.TypeParameterList?.DescendantTokens().Any(token => token.IsMissing) != true,
        BaseNamespaceDeclarationSyntax space => !space.Name.DescendantTokens().Any(token => token.IsMissing),
        _ => true,
    });

    private ParseResult Parse(AttributeData marker)
    {
        if (_syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 and var version })
            return new ParseResult(null, ImmutableArray<Diagnostic>.Empty, Location: LocationOf(marker), OldLanguage: IsTwinOfOwn(marker) ? null : version.ToDisplayString());

        ClassRules.Check(_declaration.Type, _syntax, _compilation, _faults);
        _declaration.CheckTogether(marker, _faults, LocationOf);

        var model = marker == _declaration.Network ? ParseNetwork() : ParseTwin(marker);
        return new ParseResult(
            _faults.CanEmit ? model : null,
            _faults.ToImmutable(),
            _locations,
            LocationOf(marker),
            _declaration.Training is { } training ? LocationOf(training) : null,
            model?.Weights is null ? null : WeightsOf(marker),
            IsTwinOfOwn: IsTwinOfOwn(marker));
    }

    private NetworkSpec ParseNetwork()
    {
        if (_declaration.Twin is { } twin)
            _faults.Report(LocationOf(twin), Rules.TwinAttribute, "Network", _declaration.Type.Name, "another class");

        var (declared, graph, _) = ResolvedDeclaration.Of(_declaration, Target, isTwin: false, _faults, LocationOf, _cancellation);
        if (graph is not null)
        {
            var layers = _declaration.Layers.Select(LocationOf).ToArray();
            foreach (var (node, place) in graph.Nodes.Zip(NetworkRules.PlacesOf(declared), (node, place) => (node, place)))
                _locations[node.Name] = layers[place.Index];
        }

        MemberRules.Check(_declaration.Type, _syntax, declared, graph, _faults);
        return declared.BatchSize is null
            ? declared with { Losses = default, Graph = new(graph?.WithoutLosses()) }
            : declared with { Graph = new(graph) };
    }

    private NetworkSpec? ParseTwin(AttributeData marker)
    {
        var type = AttributeReader.TypeArgument(marker);
        if (AttributeReader.Read(marker) is null)
            _faults.LeaveToCompiler();
        else if (type is INamedTypeSymbol named && new Declaration(named) is { Network: not null } network)
            return ParseTwin(marker, network);
        else
            _faults.Report(LocationOf(marker), Rules.NotANetwork, type?.ToDisplayString() ?? "null");
        return null;
    }

    private NetworkSpec ParseTwin(AttributeData marker, Declaration network)
    {
        foreach (var attribute in _declaration.All.Where(attribute => attribute != marker))
            _faults.Report(LocationOf(attribute), Rules.TwinAttribute, AttributeReader.TitleOf(attribute), _declaration.Type.Name, network.Type.Name);

        // What is wrong with a network in this compilation is reported there.
        var location = LocationOf(marker);
        var isOurs = SymbolEqualityComparer.Default.Equals(network.Type.ContainingAssembly, _compilation.Assembly);
        var faults = isOurs ? new Faults() : _faults;
        var (declared, graph, _) = ResolvedDeclaration.Of(network, Target, isTwin: true, faults, _ => location, _cancellation);
        var spec = declared with { Weights = AttributeReader.Read(marker)?.Text("Weights"), Storage = ReadStorage(marker) };
        MemberRules.Check(_declaration.Type, _syntax, spec, graph, _faults);
        if (!faults.CanEmit)
            _faults.LeaveToCompiler();
        return spec with { Graph = new(graph) };
    }

    private WeightStorage ReadStorage(AttributeData marker)
    {
        if (AttributeReader.Read(marker) is not { } arguments)
            return WeightStorage.Float32;
        var storage = arguments.Choice<WeightStorage>("Storage");
        foreach (var fault in arguments.Faults)
            _faults.Report(LocationOf(marker), Rules.Argument, arguments.Title, fault.Argument, fault.Expected, fault.Actual);
        return storage;
    }

    /// <summary>Whether a twin's network is in this compilation, where what is wrong is reported.</summary>
    private bool IsTwinOfOwn(AttributeData marker) =>
        marker == _declaration.Twin && AttributeReader.TypeArgument(marker) is { } type && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _compilation.Assembly);

    /// <summary>Where the file of the weights is named.</summary>
    private Location WeightsOf(AttributeData marker) =>
        (marker.ApplicationSyntaxReference?.GetSyntax(_cancellation) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Weights")?.Expression.GetLocation() ?? LocationOf(marker);

    /// <summary>Where an attribute of this class is.</summary>
    private Location LocationOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(_cancellation).GetLocation() ?? _syntax.Identifier.GetLocation();
}
