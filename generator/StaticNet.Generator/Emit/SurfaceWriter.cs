using System.Security;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the members that users call.</summary>
internal static class SurfaceWriter
{
    /// <summary>The most layers in the documentation, which an editor shows at once.</summary>
    private const int MostLayers = 40;

    /// <summary>What the class implements.</summary>
    public static string Interfaces(NetworkPlan plan)
    {
        var self = Self(plan);
        var network = plan.Training is null ? $"{Types.INetwork}<{self}>" : $"{Types.ITrainableNetwork}<{self}>";
        List<string> interfaces = [];
        if (plan.Spec.HasCustomLoss)
            interfaces.Add($"{Types.ICustomLossNetwork}<{self}>");
        if (plan.Spec.GivesInputGradients)
            interfaces.Add($"{Types.IInputGradients}<{self}>");
        if (plan.Graph.IsStream)
            interfaces.Add($"{Types.IStreamingNetwork}<{self}>");
        return string.Join(", ", interfaces.Prepend(network));
    }

    /// <summary>
    /// Writes the table of layers as the class's documentation, so that hovering shows the model and its cost. It is in the remarks:
    /// of two summaries an editor shows the user's alone.
    /// </summary>
    public static void WriteDocumentation(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        var table = new LayerTable(plan);
        var cost = $"{LengthWriter.Shapes(ports.Inputs)} → {LengthWriter.Shapes(ports.Outputs)}: {Invariant.Grouped(table.Parameters)} parameters, {Invariant.Grouped(table.MultiplyAdds)} multiply-adds per {(plan.Graph.Steps == 1 ? "sample" : plan.Graph.TotalStride == 1 ? "step" : $"{plan.Graph.TotalStride} steps")}.";
        if (!plan.Spec.Target.HasSummary)
            writer.Line($"/// <summary>{SecurityElement.Escape(cost)}</summary>");
        writer.Line("/// <remarks>");
        if (plan.Spec.Target.HasSummary)
            writer.Line($"/// <para>{SecurityElement.Escape(cost)}</para>");
        writer.Line("/// <code>");
        foreach (var line in table.Lines(MostLayers))
            writer.Line($"/// {SecurityElement.Escape(line)}");
        writer.Line("/// </code>");
        writer.Line("/// <para>An instance is for one thread at a time. <see cref=\"global::StaticNet.NetworkPool{TNetwork}\"/> serves any number of threads, in a web service for example; <see cref=\"ShareWeights\"/> makes an instance for another thread with the same parameters.</para>");
        if (table.Unconnected > 0)
            writer.Line($"/// <para>{Invariant.Grouped(table.Unconnected)} weights of missing connections are stored in memory and in files too; they are zero and are not counted.</para>");
        if (plan.Graph.IsStream)
            writer.Line($"/// <para>{Strides(plan.Graph)}{ReceptiveField(plan.Graph.ReceptiveField)}</para>");
        writer.Line($"/// <para>{Memories(plan)}</para>");
        writer.Line("/// </remarks>");
    }

    /// <summary>What strides mean for a stream, in sentences before others; nothing without strides.</summary>
    private static string Strides(NetworkGraph graph)
    {
        var (given, made) = (graph.TotalStride, graph.StepsOfStride(graph.OutputSteps));
        if (given == 1 && made == 1)
            return "";
        static string Steps(int count) => count == 1 ? "1 step" : $"{Invariant.Grouped(count)} steps";
        if (given == 1)
            return $"A stream makes {Steps(made)} of the output for each step of the input. ";
        var late = given - ((given - 1) / made) - 1;
        return $"A stream takes {Steps(given)} of the input at a time and makes {Steps(made)} of the output when the last of them is there{(late == 0 || made == 1 ? "" : $", of which the first is {Steps(late)} late")}: the lengths of sequences and of blocks are multiples of {Invariant.Grouped(given)}. ";
    }

    /// <summary>How far back a step of a stream looks, in a sentence.</summary>
    private static string ReceptiveField(long? steps) => steps switch
    {
        null => "The outputs of a step of a stream depend on all steps before it.",
        1 => "The outputs of a step of a stream depend on no other step.",
        _ => $"The outputs of a step of a stream depend on this step and the {Invariant.Grouped(steps.Value - 1)} before it: a receptive field of {Invariant.Grouped(steps.Value)} steps.",
    };

    /// <summary>What the values take in the workspace, in a sentence.</summary>
    private static string Memories(NetworkPlan plan)
    {
        static string Bytes(Memory memory, string what) =>
            $"{Invariant.Grouped(memory.Length * 4L)} bytes for {what}{(memory.LengthWithoutSharing > memory.Length ? $" ({Invariant.Grouped(memory.LengthWithoutSharing * 4)} if none shared memory)" : "")}";

        List<string> plans = plan.HasOne ? [Bytes(plan.One.Memory, "one sample")] : plan.Block is { } block ? [Bytes(block.Memory, $"{block.Memory.Capacity * plan.Graph.TotalStride} steps of a stream at a time")] : [];
        plans.Add(Bytes(plan.Many.Memory, $"{plan.Many.Memory.Capacity} samples at a time"));
        if (plan.Training is { } training)
            plans.Add(training.Parts is { } parts ? $"{Invariant.Grouped(parts.Length * 4L)} bytes for a training step of {training.BatchSize}, with the gradients of its {TrainingParts.Count} parts" : Bytes(training.Step.Memory, $"a training step of {training.BatchSize}"));
        return $"Values between the layers take {(plans.Count == 1 ? "" : $"{string.Join(", ", plans.Take(plans.Count - 1))} and ")}{plans[plans.Count - 1]}.";
    }

    public static void Write(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        LengthWriter.Write(writer, plan, ports);
        WriteFields(writer, plan, ports);
        WriteConstructors(writer, plan, ports);
        WriteProperties(writer, plan);
        WriteForward(writer, plan, ports);
        WritePreparation(writer, plan);
        if (plan.Training is not null)
            WriteTraining(writer, plan);
    }

    private static string Self(NetworkPlan plan) => plan.Spec.Target.Name + plan.Spec.Target.TypeParameters;

    private static void WriteFields(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        writer.Line($"private readonly {Types.NetworkWeights} _weights;");
        writer.Line($"private readonly {Types.AlignedBuffer} _workspace;");
        writer.Line($"private {Types.ThreadCheck} _threads;");
        if (plan.Prepared.Length > 0)
            writer.Line($"private readonly {Types.AlignedBuffer} _prepared;");
        if (ports.AreSeveral)
            writer.Line($"private readonly {Types.AlignedBuffer} _sample; // All inputs and then all outputs, for a call that scales them.");
        if (plan.Prepared.Inference.Count > 0)
            writer.Line("private int _preparedVersion;");
        if (plan.Training is not null)
        {
            writer.Line($"private readonly {Types.AlignedBuffer} _gradients;");
            writer.Line("private readonly ulong _seed;");
            if (plan.Spec.HasCustomLoss)
                writer.Line("private int _halfVisit, _halfCount, _halfVersion; // What the second half of a step needs from the first.");
            if (plan.Spec.GivesInputGradients)
                writer.Line("private int _stepVisit, _stepCount; // The step of the gradients of the inputs.");
        }

        writer.Line();
    }

    private static void WriteConstructors(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        var name = plan.Spec.Target.Name;
        var self = Self(plan);
        var trains = plan.Training is not null;
        if (plan.Spec.IsTwin)
        {
            writer.Line(plan.Spec.Weights is { } file
                ? $"/// <summary>Makes a network with the weights of {SecurityElement.Escape(file)}, which the assembly contains.</summary>"
                : "/// <summary>Makes a network that has no weights yet: load them before it runs.</summary>");
            writer.Line($"/// <param name=\"seed\">Null (the default): {(plan.Spec.Weights is null ? "no weights" : "these weights")}. A seed initialises the parameters at random, for tests and measurements.</param>");
            writer.Member($"public {name}(ulong? seed = null)");
        }
        else
        {
            writer.Line("/// <summary>Makes a network with freshly initialised parameters.</summary>");
            writer.Line("/// <param name=\"seed\">The seed: the same seed produces the same bits.</param>");
            writer.Member($"public {name}(ulong seed = 0)");
        }

        writer.Line($"    : this(new {Types.NetworkWeights}(ParameterTable, seed){(trains ? ", seed" : "")})");
        writer.Block("", () =>
        {
            if (plan.Spec.Weights is { } weights)
                writer.Block("if (seed is null)", () => writer.Line(plan.Spec.IsBaked
                    ? "TakeBakedWeights();"
                    : $"{Types.EmbeddedWeights}.{(weights.EndsWith(BakedFormat.Extension, StringComparison.OrdinalIgnoreCase) ? "LoadBaked" : "Load")}(this, typeof({self}), {Literal.Of(plan.Spec.Resource ?? weights)});"));
        }).Line();
        if (plan.Spec.IsBaked)
            writer.Line("// In a file of its own, which only a build writes: it is as long as the weights are.").Line("partial void TakeBakedWeights();").Line();
        writer.Member($"private {name}({Types.NetworkWeights} weights{(trains ? ", ulong seed" : "")})", () =>
        {
            // Not at the fields: an editor that applies changes to a running program (hot reload) fails over initialisers in a file it generates.
            writer.Line("_weights = weights;");
            writer.Line($"_workspace = new {Types.AlignedBuffer}(WorkspaceLength);");
            if (plan.Prepared.Length > 0)
                writer.Line($"_prepared = new {Types.AlignedBuffer}(PreparedLength);");
            if (ports.AreSeveral)
                writer.Line($"_sample = new {Types.AlignedBuffer}(InputLength + OutputLength);");
            if (plan.Prepared.Inference.Count > 0)
                writer.Line("_preparedVersion = -1;");
            if (trains)
            {
                writer.Line($"_gradients = new {Types.AlignedBuffer}(TrainableLength);");
                writer.Line("_seed = seed;");
                writer.Line("DropoutEnabled = true;");
            }
        }).Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public static {self} Create(ulong seed) => new(seed);").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public {self} ShareWeights() => new(_weights{(trains ? ", _seed" : "")});").Line();
    }

    private static void WriteProperties(CodeWriter writer, NetworkPlan plan)
    {
        var self = Self(plan);
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public {Types.NetworkWeights} Weights => _weights;").Line();
        writer.Member($"static int {Types.INetwork}<{self}>.InputLength => InputLength;").Line();
        writer.Member($"static int {Types.INetwork}<{self}>.OutputLength => OutputLength;").Line();
        if (plan.Training is null)
            return;
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public {Types.ReadOnlySpan}<float> Parameters => _weights.Trainable;").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public {Types.Span}<float> Gradients => _gradients.Span;").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member("public ulong Seed => _seed;").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member("public bool DropoutEnabled { get; set; }").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member("public bool CumulativeStatistics { get; set; }").Line();
        writer.Member($"static int {Types.ITrainableNetwork}<{self}>.TargetLength => TargetLength;").Line();
        writer.Member($"static int {Types.ITrainableNetwork}<{self}>.BatchSize => BatchSize;").Line();
    }

    private static void WriteForward(CodeWriter writer, NetworkPlan plan, Ports ports)
    {
        var (inputStride, outputStride) = (Ports.StrideOf(plan.Graph, "Input"), Ports.StrideOf(plan.Graph, "Output"));
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void Forward({Types.ReadOnlySpan}<float> input, {Types.Span}<float> output)", () =>
        {
            WriteScaled(writer, $"{Types.ScaledForward}.Run(this, input, output);");
            writer.Line("ForwardRaw(input, output);");
        }).Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void ForwardBatch({Types.ReadOnlySpan}<float> inputs, {Types.Span}<float> outputs, int count)", () =>
        {
            WriteScaled(writer, $"{Types.ScaledForward}.RunBatch(this, inputs, outputs, count);");
            writer.Line("ForwardRawBatch(inputs, outputs, count);");
        }).Line();
        if (plan.Graph.Steps > 1)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Member($"public void ForwardBatch({Types.ReadOnlySpan}<float> inputs, {Types.Span}<float> outputs, int count, {Types.ReadOnlySpan}<int> sequenceLengths) => {Types.ScaledForward}.RunBatch(this, inputs, outputs, count, sequenceLengths);").Line();
        }

        writer.Line("/// <inheritdoc/>");
        writer.Line($"[{Types.MethodImpl}({Types.MethodImplOptions}.AggressiveInlining)]");
        writer.Member($"public void ForwardRaw({Types.ReadOnlySpan}<float> input, {Types.Span}<float> output)", () =>
        {
            writer.Block("if (input.Length != InputLength || output.Length != OutputLength)", () =>
                writer.Line($"{Types.NetworkGuard}.ThrowSample(InputLength, input.Length, OutputLength, output.Length);"));
            WriteApartCheck(writer, plan);
            WriteWeightsCheck(writer, plan);
            writer.Line();
            WriteVisit(writer, () =>
            {
                if (plan.Graph.Steps == 1)
                {
                    writer.Line(CodeWriter.Listed("ForwardOne", Ports.References(ports.Inputs, "input").Concat(Ports.References(ports.Outputs, "output")), ";"));
                    return;
                }

                var inputs = Ports.References(ports.Inputs, "input", stride: inputStride).ToArray();
                writer.Line(ForwardWriter.CallOfChunk(inputs, "1", plan.DependsOnLengths ? "default" : null));
                writer.Line(CodeWriter.Listed("CopyOutputs", (ports.Inputs.Count == 1 ? inputs : []).Concat(Ports.References(ports.Outputs, "output", stride: outputStride)).Append("1"), ";"));
            });
        }).Line();
        writer.Line("/// <inheritdoc/>");
        var isSequence = plan.Graph.Steps > 1;
        if (isSequence)
        {
            writer.Member($"public void ForwardRawBatch({Types.ReadOnlySpan}<float> inputs, {Types.Span}<float> outputs, int count) => ForwardRawBatch(inputs, outputs, count, default);").Line();
            writer.Line("/// <inheritdoc/>");
        }

        writer.Member($"public void ForwardRawBatch({Types.ReadOnlySpan}<float> inputs, {Types.Span}<float> outputs, int count{(isSequence ? $", {Types.ReadOnlySpan}<int> sequenceLengths" : "")})", () =>
        {
            writer.Line($"{Types.NetworkGuard}.CheckSamples(InputLength, inputs.Length, OutputLength, outputs.Length, count);");
            writer.Line($"{Types.NetworkGuard}.CheckApart(inputs, outputs);");
            if (isSequence)
                writer.Line($"{Types.NetworkGuard}.CheckSequenceLengths(sequenceLengths, count, Description);");
            WriteWeightsCheck(writer, plan);
            writer.Line();
            WriteVisit(writer, () => writer.Block("for (var begin = 0; begin < count; begin += ChunkLength)", () =>
            {
                writer.Line($"var samples = {Types.Math}.Min(ChunkLength, count - begin);");
                var inputs = Ports.References(ports.Inputs, "inputs", "begin * InputLength", inputStride).ToArray();
                writer.Line(ForwardWriter.CallOfChunk(inputs, "samples", plan.DependsOnLengths ? "sequenceLengths.IsEmpty ? default : sequenceLengths[begin..]" : null));
                writer.Line(CodeWriter.Listed("CopyOutputs", (ports.Inputs.Count == 1 ? inputs : []).Concat(Ports.References(ports.Outputs, "outputs", "begin * OutputLength", outputStride)).Append("samples"), ";"));
            }).Line());
        });
        if (ports.AreSeveral)
            NamedForwardWriter.Write(writer, ports, plan.DependsOnLengths, () => WriteWeightsCheck(writer, plan));
        if (plan.Graph.IsStream)
            StreamWriter.Write(writer, plan, ports, () => WriteWeightsCheck(writer, plan));
    }

    /// <summary>Writes what a call in the user's numbers does where the network has a scaling.</summary>
    private static void WriteScaled(CodeWriter writer, string call) =>
        writer.Block("if (_weights.IsScaled)", () =>
        {
            writer.Line(call);
            writer.Line("return;");
        }).Line();

    /// <summary>
    /// Writes the check that one sample's outputs are not in the memory of its inputs, where one of several outputs is an input as it is: what is
    /// written before it would change it.
    /// </summary>
    public static void WriteApartCheck(CodeWriter writer, NetworkPlan plan, string input = "input", string output = "output")
    {
        if (plan.Program.Outputs.Count > 1 && plan.Program.Outputs.Any(output => (plan.Block ?? plan.One).Arranged is var arranged && arranged.IndexOf(arranged.Resolve(output)) >= 0))
            writer.Line($"{Types.NetworkGuard}.CheckApart({input}, {output});");
    }

    /// <summary>Writes the check that a twin has weights: at random it would answer without a word.</summary>
    private static void WriteWeightsCheck(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.Spec.IsTwin)
            writer.Block("if (!_weights.AreSet)", () => writer.Line($"{Types.NetworkGuard}.ThrowNoWeights(Description.Name);"));
    }

    /// <summary>Writes what uses the workspace, between the checks that no other thread does.</summary>
    public static void WriteVisit(CodeWriter writer, Action body)
    {
        writer.Line("var visit = _threads.Enter();");
        body();
        writer.Line("_threads.Leave(visit);");
    }

    private static void WritePreparation(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        var run = $"{Types.NetworkPreparation}.{(plan.Training is null ? "RunInference" : "RunTraining")}(this, ChunkLength);";
        if (!plan.Graph.IsStream)
            writer.Member($"public void Prepare() => {run}");
        else
            writer.Member("public void Prepare()", () => writer.Line($"{Types.NetworkPreparation}.RunStream(this);").Line(run));
    }

    private static void WriteTraining(CodeWriter writer, NetworkPlan plan)
    {
        var losses = plan.Training!.Operations.Losses;
        writer.Line();
        WritePlumbing(writer);
        writer.Member($"public static void CheckBatch(in {Types.Batch} batch)", () =>
        {
            WritePlacesCheck(writer, plan);
            foreach (var loss in losses.Where(loss => !loss.Spec.TargetIsIndex && Check(loss.Spec) is not null))
                writer.Line($"{Types.TargetGuard}.{Check(loss.Spec)}(batch, {StrideOf(plan)}, {loss.TargetOffset}, {loss.Inputs[0].Type.Length}, {Title(plan, loss)}{StepsOf(plan)});");
        }).Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public float TrainBatch(in {Types.Batch} batch)", () =>
        {
            writer.Line("CheckBatch(batch);");
            writer.Line($"{Types.NetworkGuard}.CheckScaled(batch, _weights, Description);");
            WriteVisit(writer, () => writer.Block("for (var phase = 0; phase < PhaseCount; phase++)", () => writer.Line("RunPart(phase, 0, PhaseLength(phase, batch.Count), batch);")).Line());
            if (plan.Spec.GivesInputGradients)
                writer.Line("_stepVisit = visit;");
            writer.Line("return BatchLoss(batch);");
        });
    }

    /// <summary>Writes the check of all that kernels take for granted: lengths, and targets that are places among the classes.</summary>
    public static void WritePlacesCheck(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line($"{Types.NetworkGuard}.CheckBatch(batch, InputLength, TargetLength, BatchSize, Description);");
        if (plan.Graph.Steps > 1 && plan.Training!.Operations.Forward.OfType<BatchMoments>().FirstOrDefault(moments => moments.Inputs.Count > 0 && moments.Inputs[0].Steps > 1) is { } norm)
            writer.Line($"{Types.NetworkGuard}.CheckWholeSequences(batch, {Literal.Of(norm.Layer)});");
        foreach (var loss in plan.Training!.Operations.Losses.Where(loss => loss.Spec.TargetIsIndex))
            writer.Line($"{Types.TargetGuard}.CheckClasses(batch, {StrideOf(plan)}, {loss.TargetOffset}, {loss.Inputs[0].Type.Length}, {Title(plan, loss)}{StepsOf(plan)});");
    }

    /// <summary>The targets of a step.</summary>
    private static string StrideOf(NetworkPlan plan) => plan.Graph.OutputSteps == 1 ? "TargetLength" : $"TargetLength / {StepsOfOutputs(plan)}";

    /// <summary>The argument that says that a sample has several steps.</summary>
    private static string StepsOf(NetworkPlan plan) => plan.Graph.OutputSteps == 1 ? "" : plan.Graph.OutputSteps == plan.Graph.Steps ? ", Steps" : ", OutputSteps, Steps";

    private static string StepsOfOutputs(NetworkPlan plan) => plan.Graph.OutputSteps == plan.Graph.Steps ? "Steps" : "OutputSteps";

    /// <summary>Writes what comes before members for those who share out a step, which users need not see.</summary>
    public static void WritePlumbing(CodeWriter writer)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"[{Types.EditorBrowsable}({Types.EditorBrowsableState}.Never)]");
    }

    /// <summary>The loss's name as declared: cross-entropy on a sigmoid is lowered to that on logits.</summary>
    private static string Title(NetworkPlan plan, Loss loss) => Literal.Of(plan.Graph.Losses[loss.Number - 1].Loss.Title);

    /// <summary>The check of a loss's targets beyond indices; null for a loss without targets of its own.</summary>
    private static string? Check(LossSpec loss) => loss.Kind switch
    {
        LossKind.Center => null,
        LossKind.SoftmaxCrossEntropy => "CheckDistributions",
        LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits => "CheckProbabilities",
        LossKind.Hinge or LossKind.SquaredHinge => "CheckSigns",
        _ => "CheckFinite",
    };
}
