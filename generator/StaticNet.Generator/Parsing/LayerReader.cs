using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>Reads what a class declares: input, layers, the layers of blocks, losses, training.</summary>
/// <param name="faults">Takes what is wrong with arguments.</param>
/// <param name="locate">Where to report what is wrong with an attribute of the class. What is wrong in a block is reported on the [Block].</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class LayerReader(Faults faults, Func<AttributeData, Location> locate, CancellationToken cancellation)
{
    private readonly Stack<INamedTypeSymbol> _open = new();
    private Location? _block;
    private int _count;

    /// <summary>Whether all that has been read so far is without a fault.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Whether a block has an attribute that the C# compiler does not know.</summary>
    public bool MetUnknown { get; private set; }

    /// <summary>All that a network declares.</summary>
    public NetworkSpec ReadNetwork(Declaration declaration, TargetType target) => new(
        target,
        ReadInputs(declaration),
        ReadLayers(declaration),
        ReadLosses(declaration),
        ReadBatchSize(declaration),
        ReadOutputs(declaration),
        Layout: ReadLayout(declaration),
        KeepsValues: ReadKeepsValues(declaration),
        GivesInputGradients: ReadInputGradients(declaration),
        TimeSteps: ReadTimeSteps(declaration));

    /// <summary>What the inference twin of a network takes from it.</summary>
    public NetworkSpec ReadTwin(Declaration network, TargetType target) =>
        new(target, ReadInputs(network), ReadLayers(network), default, BatchSize: null, ReadOutputs(network), Layout: ReadLayout(network), IsTwin: true);

    /// <summary>The inputs in order.</summary>
    private EquatableArray<InputSpec> ReadInputs(Declaration declaration)
    {
        var layers = declaration.Layers.ToArray();
        var attributes = declaration.Inputs.ToArray();
        if (attributes.Length > Limits.MostPorts)
            Report(attributes[Limits.MostPorts], Rules.TooLargeInTotal, declaration.Type.Name, attributes.Length, "inputs", Limits.MostPorts);
        return attributes.Take(Limits.MostPorts)
            .Select(attribute => Read(attribute) is { } arguments ? new InputSpec(arguments.Sizes("shape"), arguments.Text("Name"), layers.TakeWhile(layer => declaration.IsBefore(layer, attribute)).Count(), arguments.Int32("Steps", Defaults.Steps)) : null)
            .OfType<InputSpec>().ToEquatableArray();
    }

    /// <summary>The outputs in order; none: the last layer is the only one.</summary>
    private EquatableArray<OutputSpec> ReadOutputs(Declaration declaration)
    {
        var attributes = declaration.Outputs.ToArray();
        if (attributes.Length > Limits.MostPorts)
            Report(attributes[Limits.MostPorts], Rules.TooLargeInTotal, declaration.Type.Name, attributes.Length, "outputs", Limits.MostPorts);
        return attributes.Take(Limits.MostPorts)
            .Select(attribute => Read(attribute) is { } arguments ? new OutputSpec(arguments.Text("From"), arguments.Text("Name")) : null)
            .OfType<OutputSpec>().ToEquatableArray();
    }

    /// <summary>The order in which the user's spans hold the axes: one for all inputs.</summary>
    private Vocabulary.Layout ReadLayout(Declaration declaration)
    {
        Vocabulary.Layout? chosen = null;
        foreach (var input in declaration.Inputs)
        {
            if (Read(input) is not { } arguments)
                continue;
            var layout = arguments.Choice<Vocabulary.Layout>("Layout");
            foreach (var fault in arguments.Faults)
                Report(input, Rules.Argument, arguments.Title, fault.Argument, fault.Expected, fault.Actual);
            if (layout != (chosen ??= layout))
                Report(input, Rules.Argument, arguments.Title, "Layout", $"that of the first input, {chosen}", layout);
        }

        return chosen ?? Vocabulary.Layout.ChannelsFirst;
    }

    /// <summary>The layers in order.</summary>
    private EquatableArray<LayerSpec> ReadLayers(Declaration declaration)
    {
        _open.Push(declaration.Type);
        var layers = new List<LayerSpec>();
        foreach (var attribute in declaration.Layers)
        {
            cancellation.ThrowIfCancellationRequested();
            if (++_count > Limits.MostLayers)
            {
                // Once: blocks in blocks may hold thousands more.
                if (_count == Limits.MostLayers + 1)
                    Report(attribute, Rules.TooLargeInTotal, _open.Last().Name, "more", "layers", Limits.MostLayers);
                break;
            }

            if (ReadLayer(attribute) is { } layer)
                layers.Add(layer);
        }

        _open.Pop();
        return layers.ToEquatableArray();
    }

    /// <summary>The losses in order.</summary>
    private EquatableArray<LossSpec> ReadLosses(Declaration declaration) =>
        declaration.Losses.Select(attribute => ReadWith(attribute, LossCatalog.Losses)).OfType<LossSpec>().ToEquatableArray();

    /// <summary>The largest batch, or null without [Training].</summary>
    private int? ReadBatchSize(Declaration declaration) =>
        declaration.Training is { } training ? Read(training)?.Int32("BatchSize", Defaults.BatchSize) : null;

    /// <summary>Whether a training step keeps the values of layers.</summary>
    private bool ReadKeepsValues(Declaration declaration) =>
        declaration.Training is { } training && Read(training)?.Boolean("KeepValues") == true;

    /// <summary>Whether a training step computes the gradients of the inputs.</summary>
    private bool ReadInputGradients(Declaration declaration) =>
        declaration.Training is { } training && Read(training)?.Boolean("InputGradients") == true;

    /// <summary>The steps after which back-propagation through time is truncated; 0: never.</summary>
    public int ReadTimeSteps(Declaration declaration) =>
        declaration.Training is { } training ? Read(training)?.Int32("TimeSteps") ?? 0 : 0;

    /// <summary>Reports the attributes for which there is no code.</summary>
    public void CheckServed(Declaration declaration)
    {
        foreach (var attribute in declaration.Unserved)
            ReportUnserved(attribute, attribute);
    }

    private void ReportUnserved(AttributeData place, AttributeData attribute) =>
        Report(place, Rules.UnknownAttribute, AttributeReader.TitleOf(attribute), AttributeReader.IsA(attribute.AttributeClass!, "LossAttribute") ? "losses" : "layers");

    private LayerSpec? ReadLayer(AttributeData attribute)
    {
        if (Read(attribute) is not { } arguments)
            return null;
        var layer = AttributeReader.NameOf(attribute) == Declaration.BlockName
            ? ReadBlock(attribute, arguments)
            : ReadWith(attribute, LayerCatalog.Layers);
        return layer is null ? null : LayerCatalog.Place(layer, arguments);
    }

    private Block? ReadBlock(AttributeData attribute, AttributeArguments arguments)
    {
        var type = AttributeReader.TypeArgument(attribute);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } definition)
        {
            Report(attribute, Rules.Argument, arguments.Title, "definition", "a class with layer attributes", type?.ToDisplayString() ?? "null");
            return null;
        }

        if (_open.Contains(definition, SymbolEqualityComparer.Default))
        {
            var path = _open.TakeWhile(open => !SymbolEqualityComparer.Default.Equals(open, definition)).Reverse();
            Report(attribute, Rules.RecursiveBlock, string.Join(" contains ", path.Prepend(definition).Append(definition).Select(open => open.Name)));
            return null;
        }

        var declaration = new Declaration(definition);
        MetUnknown |= declaration.HasUnknown;
        if (declaration.Unserved.Count > 0)
        {
            ReportUnserved(attribute, declaration.Unserved[0]);
            return null;
        }

        var layers = declaration.Layers.ToArray();
        if (layers.Length == 0 && declaration.HasUnknown)
        {
            IsComplete = false;
            faults.LeaveToCompiler();
            return null;
        }

        if (layers.Length == 0)
        {
            Report(attribute, Rules.NoLayer, definition.Name);
            return null;
        }

        if (layers[0] is { ApplicationSyntaxReference: not null } first && Declaration.Apart(first, layers).FirstOrDefault() is { } apart)
        {
            Report(attribute, Rules.Split, AttributeReader.TitleOf(apart), definition.Name, $"[{AttributeReader.TitleOf(first)}]");
            return null;
        }

        var outer = _block;
        _block ??= locate(attribute);
        var inputs = ReadInputs(declaration);
        if (inputs.Count > 1)
            Report(attribute, Rules.Argument, arguments.Title, "definition", "a class with one input", $"{definition.Name} with {Invariant.Text(inputs.Count)}");
        if (declaration.Outputs.Any())
            Report(attribute, Rules.Argument, arguments.Title, "definition", "a class whose last layer is its output", $"{definition.Name} with [Output]");
        var block = new Block(definition.Name, inputs.Select(input => input.Shape).FirstOrDefault(), ReadLayers(declaration), LayerCatalog.Trainable(arguments));
        _block = outer;
        return block;
    }

    private T? ReadWith<T>(AttributeData attribute, IReadOnlyDictionary<string, Func<AttributeArguments, T>> catalog)
        where T : class
    {
        if (Read(attribute) is not { } arguments)
            return null;
        var result = catalog[AttributeReader.NameOf(attribute)!](arguments);
        foreach (var fault in arguments.Faults)
            Report(attribute, Rules.Argument, arguments.Title, fault.Argument, fault.Expected, fault.Actual);
        return result;
    }

    /// <summary>The arguments; null where the C# compiler reports an error.</summary>
    private AttributeArguments? Read(AttributeData attribute)
    {
        var arguments = AttributeReader.Read(attribute);
        if (arguments is null)
        {
            IsComplete = false;
            faults.LeaveToCompiler();
        }

        return arguments;
    }

    private void Report(AttributeData attribute, DiagnosticDescriptor rule, params object[] arguments)
    {
        IsComplete = false;
        faults.Report(_block ?? locate(attribute), rule, arguments);
    }
}
