namespace StaticNet.Generator.Layers;

/// <summary>
/// The members of a network's class that are called the same whatever its layers are called. Users cannot have them, and no member that
/// is called after a layer gets the name of one. A test compares them with what is generated.
/// </summary>
internal static class GeneratedMembers
{
    /// <summary>The members that every network has.</summary>
    private static readonly string[] Members =
    [
        "InputLength", "OutputLength", "ParameterCount", "Description", "ParameterTable", "Weights", "Create", "ShareWeights",
        "Forward", "ForwardBatch", "ForwardRaw", "ForwardRawBatch",
        "_weights", "_workspace", "TrainableLength", "WorkspaceLength", "ChunkLength", "One", "Many", "ForwardOne",
        "ForwardChunk", "CopyOutputs", "Vector128Kernels", "Vector512Kernels",
        "_prepared", "_preparedVersion", "_threads", "Prepare", "UpdatePrepared", "Prepared", "PreparedLength", "SampleLength", "Tables",
    ];

    /// <summary>The members that only inference twins with weights in their declaration have.</summary>
    private static readonly string[] WeightsMembers = ["BakedWeights", "TakeBakedWeights"];

    /// <summary>The members that only networks with several inputs or outputs have.</summary>
    private static readonly string[] PortMembers = ["Inputs", "Outputs", "_sample"];

    /// <summary>The members that only networks with a loss of the program's own have.</summary>
    private static readonly string[] HalfMembers = ["ForwardTraining", "Backward", "_halfVisit", "_halfCount", "_halfVersion"];

    /// <summary>The members that only networks whose steps give the gradients of inputs have.</summary>
    private static readonly string[] InputGradientMembers = ["CopyInputGradients", "_stepVisit", "_stepCount"];

    /// <summary>The members that only networks over sequences have.</summary>
    private static readonly string[] StreamMembers =
    [
        "Steps", "StepInputLength", "StepOutputLength", "StateTable", "CreateState", "ForwardStep", "ForwardStepRaw", "ForwardSteps", "ForwardStepsRaw", "State",
        "Block", "BlockLength", "ForwardBlock", "BeginStream", "OutputSteps", "TotalStride", "StreamInputLength", "StreamOutputLength",
    ];

    /// <summary>The members that only networks with training code have.</summary>
    private static readonly string[] TrainingMembers =
    [
        "TargetLength", "BatchSize", "Parameters", "Gradients", "Seed", "DropoutEnabled", "CumulativeStatistics", "TrainBatch", "EvaluateBatch", "PhaseCount",
        "PhaseLength", "RunPhase", "RunPart", "CheckBatch", "BatchLoss", "Trace", "TraceOne", "TraceStep",
        "_gradients", "_seed", "Step", "PrepareWeights", "SumGradients", "FinishGradients", "PartLength", "SamplesOfPart", "TrainParts", "SumParts",
    ];

    /// <summary>The phases of a training step, numbered where there are several.</summary>
    private static readonly string[] Phases = ["TrainSamples", "ReduceBatch"];

    /// <summary>Whether a network has a member of this name.</summary>
    public static bool Has(NetworkSpec network, string name) =>
        Of(network).Contains(name) || (network.BatchSize is not null && Phases.Any(phase => name.StartsWith(phase, StringComparison.Ordinal) && name.Substring(phase.Length).All(char.IsDigit)));

    /// <summary>The members of a network, without the numbers of its phases.</summary>
    public static IEnumerable<string> Of(NetworkSpec network)
    {
        var trains = network.BatchSize is not null;
        IEnumerable<(bool Has, string[] Members)> all =
        [
            (true, Members),
            (network.Weights is not null, WeightsMembers),
            (network.Inputs.Count > 1 || network.Outputs.Count > 1, PortMembers),
            (network.Inputs.Any(input => input.Steps > 1), StreamMembers),
            (trains, TrainingMembers),
            (trains, Phases),
            (trains && network.HasCustomLoss, HalfMembers),
            (trains && network.GivesInputGradients, InputGradientMembers),
        ];
        return all.Where(part => part.Has).SelectMany(part => part.Members);
    }
}
