using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Parsing;

/// <summary>Keeps a class's own members apart from the generated ones.</summary>
internal static class MemberRules
{
    /// <summary>The members that every network has.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "InputLength", "OutputLength", "ParameterCount", "Description", "ParameterTable", "Weights", "Create", "ShareWeights",
        "Forward", "ForwardBatch", "ForwardRaw", "ForwardRawBatch",
        "_weights", "_workspace", "TrainableLength", "WorkspaceLength", "ChunkLength", "One", "Many", "ForwardOne",
        "ForwardChunk", "CopyOutputs", "Vector128Kernels", "Vector512Kernels",
        "_prepared", "_preparedVersion", "_threads", "Prepare", "UpdatePrepared", "Prepared", "PreparedLength", "Tables",
    };

    /// <summary>The members that only networks with several inputs or outputs have.</summary>
    private static readonly HashSet<string> PortMembers = new(StringComparer.Ordinal) { "Inputs", "Outputs", "_sample" };

    /// <summary>The members that only networks with a loss of the program's own have.</summary>
    private static readonly HashSet<string> HalfMembers = new(StringComparer.Ordinal) { "ForwardTraining", "Backward", "_halfVisit", "_halfCount", "_halfVersion" };

    /// <summary>The members that only networks whose steps give the gradients of inputs have.</summary>
    private static readonly HashSet<string> InputGradientMembers = new(StringComparer.Ordinal) { "CopyInputGradients", "_stepVisit", "_stepCount" };

    /// <summary>The members that only networks over sequences have.</summary>
    private static readonly HashSet<string> StreamMembers = new(StringComparer.Ordinal)
    {
        "Steps", "StepInputLength", "StepOutputLength", "StateTable", "CreateState", "ForwardStep", "ForwardStepRaw", "State",
    };

    /// <summary>The members that only networks with training code have.</summary>
    private static readonly HashSet<string> TrainingMembers = new(StringComparer.Ordinal)
    {
        "TargetLength", "BatchSize", "Parameters", "Gradients", "Seed", "DropoutEnabled", "CumulativeStatistics", "TrainBatch", "EvaluateBatch", "PhaseCount",
        "PhaseLength", "RunPhase", "RunPart", "CheckBatch", "BatchLoss", "Trace", "TraceOne", "TraceStep",
        "_gradients", "_seed", "Step", "PrepareWeights", "SumGradients", "FinishGradients",
    };

    /// <summary>The phases of a training step, numbered where there are several.</summary>
    private static readonly Regex Phase = new("^(TrainSamples|ReduceBatch)[0-9]*$");

    /// <summary>Whether a network may have a generated member of this name; those of a layer start with the layer's name.</summary>
    public static bool IsGenerated(string name, NetworkSpec network, NetworkGraph? graph) =>
        Members.Contains(name)
        || ((network.Inputs.Count > 1 || network.Outputs.Count > 1) && PortMembers.Contains(name))
        || (network.Inputs.Any(input => input.Steps > 1) && StreamMembers.Contains(name))
        || (network.BatchSize is not null && network.HasCustomLoss && HalfMembers.Contains(name))
        || (network.BatchSize is not null && network.GivesInputGradients && InputGradientMembers.Contains(name))
        || (network.BatchSize is not null && (TrainingMembers.Contains(name) || Phase.IsMatch(name)))
        || (graph is not null && graph.Nodes.Any(node => IsPartOf(Names.Pascal(node.Name), name)))
        || (graph is not null && graph.Inputs.Any(input => IsPartOf(Names.Pascal(input.Name), name)))
        || (graph is not null && graph.Losses.Where((_, index) => IsPartOf("Loss" + Literal.Of(index + 1), name)).Any());

    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax syntax, NetworkSpec network, NetworkGraph? graph, Faults faults)
    {
        // A class may well be called after one of its layers: GateNetwork.
        if (IsGenerated(type.Name, network, graph: null))
            Clash(syntax.Identifier.GetLocation(), "The class", type.Name);
        foreach (var parameter in type.TypeParameters.Where(parameter => Generated(parameter.Name)))
            Clash(parameter.Locations[0], "A type parameter", parameter.Name);
        foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && Generated(member.Name)))
            Clash(member.Locations[0], "This member", member.Name);
        foreach (var member in ClassRules.BaseTypes(type).SelectMany(parent => parent.GetMembers()).Where(member => member.DeclaredAccessibility != Accessibility.Private && Generated(member.Name)))
            Clash(syntax.Identifier.GetLocation(), $"A member of {member.ContainingType.Name}", member.Name);

        bool Generated(string name) => IsGenerated(name, network, graph);

        void Clash(Location location, string what, string name) => faults.Report(location, Rules.MemberClash, what, name, type.Name);
    }

    /// <summary>Whether a name is that of a layer with something behind it: <c>Dense1Forward</c>, but not <c>Dense10</c>.</summary>
    private static bool IsPartOf(string layer, string name) =>
        name.Length > layer.Length && char.IsUpper(name[layer.Length]) && name.StartsWith(layer, StringComparison.Ordinal);
}
