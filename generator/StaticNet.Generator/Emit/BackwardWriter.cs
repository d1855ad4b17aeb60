using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes training: the phases, the evaluation, and the kernels that only they use.</summary>
internal static class BackwardWriter
{
    public static void Write(CodeWriter writer, NetworkKernels kernels, Ports ports, KernelMethods methods, IReadOnlyList<Kernel> written)
    {
        var plan = kernels.Plan;
        var training = kernels.Training!;
        var phases = PhasesOf(training, ports);
        WritePhases(writer, plan, phases);
        if (plan.Spec.HasCustomLoss)
            HalvesWriter.Write(writer, kernels, ports, phases.FindIndex(phase => phase.HasLosses));
        if (plan.Spec.GivesInputGradients)
            InputGradientWriter.Write(writer, plan, ports);
        foreach (var phase in phases)
        {
            writer.Line();
            phase.Write(writer);
        }

        writer.Line();
        WriteBatchLoss(writer, plan.Graph.OutputSteps);
        writer.Line();
        WriteEvaluation(writer, kernels, ports);
        writer.Line();
        WriteTrace(writer, kernels, ports);
        writer.Line();
        WriteTraceStep(writer, training.Plan);
        foreach (var kernel in written)
        {
            writer.Line();
            methods.Write(writer, kernel);
        }
    }

    private static void WriteTrace(CodeWriter writer, NetworkKernels kernels, Ports ports)
    {
        // A whole sequence goes through what many samples go through.
        var (one, traced) = kernels.Plan.Graph.Steps == 1 ? (kernels.Plan.One, kernels.One) : (kernels.Plan.Many, kernels.Many.Where(kernel => kernel is not LossKernel).ToArray());
        var calls = new Calls(one, ports, "1", null);
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void Trace({Types.ReadOnlySpan}<float> input, {Types.ILayerTrace} trace)", () =>
        {
            writer.Line($"{Types.ArgumentNullException}.ThrowIfNull(trace);");
            writer.Block("if (input.Length != InputLength)", () => writer.Line($"{Types.NetworkGuard}.ThrowSample(InputLength, input.Length, OutputLength, OutputLength);")).Line();
            writer.Line("var visit = _threads.Enter();");
            writer.Block("try", () => writer.Line(CodeWriter.Listed("TraceOne", Ports.References(ports.Inputs, "input").Concat(["_workspace.Span", "trace"]), ";")));
            writer.Block("finally", () => writer.Line("_threads.Leave(visit);"));
        }).Line();
        writer.Member(CodeWriter.Listed("private void TraceOne", Ports.Parameters(ports.Inputs, isStrided: false).Concat([$"{Types.ReadOnlySpan}<float> values", $"{Types.ILayerTrace} trace"])), () =>
        {
            ForwardWriter.WriteStart(writer, kernels.Plan, traced);
            if (traced.Any(TakesLengths))
                writer.Line($"var lengths = default({Types.ReadOnlySpan}<int>);");
            foreach (var kernel in traced)
            {
                writer.Line(calls.Of(kernel));
                var layers = string.Join(" + ", kernel.Group.Operations.Select(operation => operation.Layer).Distinct());
                // What a layer moves about before or after its own operation is not what it computes.
                var isMove = kernel.Group.Head.OnlyMoves && traced.Any(other => other != kernel && other.Group.Operations.Any(operation => operation.Layer == kernel.Group.Head.Layer));
                if (!kernel.Group.Result.IsShared && !kernel.Group.Head.IsAuxiliary && !isMove && kernel.Group.Head is not Rearrangement { IsInLogicalOrder: false })
                    writer.Line($"trace.Visit({Literal.Of(layers)}, values.Slice({one.Name}.{Names.Pascal(kernel.Group.Result.Name)}, {Calls.LengthOf(one.Arranged, kernel.Group.Result)}), {LayoutOf(kernel.Group.Result)});");
            }
        });
    }

    private static void WriteTraceStep(CodeWriter writer, TrainingPlan training)
    {
        var head = $"public void TraceStep(int count, {Types.IStepTrace} trace)";
        writer.Line("/// <inheritdoc/>");
        if (training.Kept is not { } kept)
        {
            writer.Member($"{head} => {Types.NetworkGuard}.ThrowValuesNotKept(Description.Name);");
            return;
        }

        var (step, arranged) = (training.Step, training.Step.Arranged);
        writer.Member(head, () =>
        {
            writer.Line($"{Types.NetworkGuard}.CheckTrace(count, BatchSize, trace);");
            writer.Line($"{Types.ReadOnlySpan}<float> values = _workspace.Span;");
            foreach (var (layer, isGradient, value) in kept)
            {
                var place = $"{step.Name}.{Names.Pascal(arranged.Resolve(value).Name)}";
                writer.Line($"trace.Visit({Literal.Of(layer)}, {Types.StepValue}.{(isGradient ? "OutputGradient" : "Output")}, values.Slice({place}, count * {Calls.LengthOf(arranged, value)}), {LayoutOf(value)});");
            }
        });
    }

    /// <summary>How a value is laid out in memory, for readers of the code.</summary>
    private static string LayoutOf(Value value) =>
        $"new {Types.ValueLayout}([{string.Join(", ", value.Type.ChannelsFirst.Shape.Select(Literal.Of))}], {Literal.Of(value.Type.IsChannelsLast)})";

    /// <summary>A phase: its method, what its range counts, and how it is written.</summary>
    private sealed record Phase(string Method, string Length, string What, bool HasLosses, Action<CodeWriter> Write);

    private static List<Phase> PhasesOf(TrainingKernels training, Ports ports)
    {
        var calls = new Calls(training.Plan.Step, ports, "samples", "first");
        var whole = new Calls(training.Plan.Step, ports, "batch.Count", null);
        var phases = new List<Phase>();
        if (training.Preparations.Count > 0)
            phases.Add(TilePhase(training.Plan, ports, "PrepareWeights", "Panels of what the step prepares from the weights.", training.Preparations, whole));

        if (training.Plan.Parts is { } parts)
        {
            phases.AddRange([PartsPhase(training, parts, ports), SumPhase(phases.Count)]);
            return phases;
        }

        // Where samples and the batch take turns, the turns are numbered.
        var isNumbered = training.Phases.Count(phase => !phase.IsByTile) > 1;
        var (turn, isPastLosses) = (0, false);
        foreach (var phase in training.Phases)
        {
            turn += phase.IsByTile ? 0 : 1;
            var number = isNumbered ? Literal.Of(turn) : "";
            var isLast = phase.Kernels[0].Group.Head is ParameterGradient { IsLast: true };
            if (!phase.IsByTile)
            {
                var hasLosses = phase.Kernels.Any(kernel => kernel is LossKernel);
                var what = isNumbered ? Turn(phase.Kernels, hasLosses, isPastLosses) : "Samples: forward, losses, and the gradients of values.";
                phases.Add(SamplePhase(training.Plan, ports, $"TrainSamples{number}", what, phase, calls));
                isPastLosses |= hasLosses;
            }
            else if (isLast)
                phases.Add(TilePhase(training.Plan, ports, "FinishGradients", "Tiles of what is added to gradients that are there.", phase.Kernels, whole));
            else if (phase.Kernels[0].Group.Head is ParameterGradient)
                phases.Add(TilePhase(training.Plan, ports, "SumGradients", "Tiles of the parameters' gradients.", phase.Kernels, whole));
            else
                phases.Add(TilePhase(training.Plan, ports, $"ReduceBatch{number}", WhatOfBatch(phase.Kernels), phase.Kernels, whole));
        }

        return phases;
    }

    /// <summary>What a phase over the whole batch is for.</summary>
    private static string WhatOfBatch(IReadOnlyList<Kernel> kernels) =>
        $"Panels of channels: what {kernels[0].Group.Head.Layer} takes of the whole batch{(kernels.Any(kernel => kernel.Group.Head is ParameterGradient) ? "; and gradients of parameters" : "")}.";

    /// <summary>What one of several phases over samples goes through.</summary>
    private static string Turn(IReadOnlyList<Kernel> kernels, bool hasLosses, bool isPastLosses)
    {
        var (first, last) = (kernels[0].Group.Head.Layer, kernels[kernels.Count - 1].Group.Head.Layer);
        return hasLosses && kernels[0] is LossKernel ? $"Samples: the losses, and back to {last}."
            : hasLosses ? $"Samples: forward from {first}, the losses, and back to {last}."
            : $"Samples: {(isPastLosses ? "back" : "forward")} {(first == last ? $"through {first}" : $"from {first} to {last}")}.";
    }

    private static Phase SamplePhase(TrainingPlan training, Ports ports, string method, string what, KernelPhase phase, Calls calls)
    {
        var kernels = phase.Kernels;
        return new Phase(method, "count", what, kernels.Any(kernel => kernel is LossKernel), writer =>
        {
            writer.Line($"// {what} {(phase.Chunk == 1 ? "They are processed one by one" : "A few are processed together")}, so that what one kernel writes is in the cache for the next.");
            writer.Member($"private void {method}(int begin, int end, in {Types.Batch} batch)", () =>
            {
                WriteBatchLocals(writer, training.Step.Arranged, ports, kernels);
                writer.Count("var", "first", "begin", "end", phase.Chunk, () =>
                {
                    writer.Line(phase.Chunk == 1 ? "const int samples = 1;" : $"var samples = {Types.Math}.Min({phase.Chunk}, end - first);");
                    if (kernels.Any(kernel => kernel is LossKernel))
                        WriteTargets(writer);

                    if (kernels.Any(TakesLengths))
                        writer.Line("var lengths = batch.SequenceLengths.IsEmpty ? default : batch.SequenceLengths[first..];");

                    writer.Line();
                    foreach (var kernel in kernels)
                        writer.Line(calls.Of(kernel));
                });
            });
        });
    }

    /// <summary>Forward, losses and all gradients of parts of the batch.</summary>
    private static Phase PartsPhase(TrainingKernels training, TrainingParts parts, Ports ports)
    {
        const string What = "Parts of the batch: forward, losses, and gradients.";
        var kernels = training.Phases[0].Kernels;
        var calls = new Calls(training.Plan.Step, ports, "samples", "first", isPart: true);
        return new Phase("TrainParts", "(count + SamplesOfPart(count) - 1) / SamplesOfPart(count)", What, HasLosses: true, writer =>
        {
            writer.Line($"// {What} A few samples go through all of it together, so that what one kernel writes is in the cache for the next.");
            writer.Member($"private void TrainParts(int begin, int end, in {Types.Batch} batch)", () =>
            {
                writer.Line("ref var parameters = ref _weights.Reference;");
                if (kernels.Any(kernel => kernel.ReadsPrepared))
                    writer.Line("ref var prepared = ref _prepared.Reference;");
                writer.Line($"ref var losses = ref {Types.Unsafe}.Add(ref _workspace.Reference, Step.SampleLosses);");
                WriteInputs(writer, training.Plan.Step.Arranged, ports, kernels);
                writer.Line("var length = SamplesOfPart(batch.Count);");
                writer.Count("var", "part", "begin", "end", 1, () =>
                {
                    writer.Line($"ref var workspace = ref {Types.Unsafe}.Add(ref _workspace.Reference, part * PartLength);");
                    writer.Line($"ref var gradients = ref {Types.Unsafe}.Add(ref workspace, Step.Gradients);");
                    writer.Line($"{Types.MemoryMarshal}.CreateSpan(ref gradients, TrainableLength).Clear();");
                    writer.Line($"var last = {Types.Math}.Min((part + 1) * length, batch.Count);");
                    writer.Count("var", "first", "part * length", "last", parts.Chunk, () =>
                    {
                        writer.Line($"var samples = {Types.Math}.Min({parts.Chunk}, last - first);");
                        WriteTargets(writer);
                        writer.Line();
                        foreach (var kernel in kernels)
                            writer.Line(calls.Of(kernel, "0", Literal.Of(kernel.Tiles)));
                    });
                });
            }).Line();
            writer.Line($"// The samples of a part: so many that there are {TrainingParts.Count} parts at most, and a chunk at least. Whoever computes it, so that any number of threads gives the same bits.");
            const int Tiles = TrainingParts.Count * TrainingParts.Rows;
            writer.Member($"private static int SamplesOfPart(int count) => {Types.Math}.Max({parts.Chunk}, (count + {Tiles - 1}) / {Tiles} * {TrainingParts.Rows});");
        });
    }

    /// <summary>The sum of the gradients of the parts.</summary>
    /// <param name="phaseOfParts">The number of the phase whose range counts the parts.</param>
    private static Phase SumPhase(int phaseOfParts)
    {
        const string What = "Panels of the parameters' gradients: the sums of those of the parts.";
        return new Phase("SumParts", $"TrainableLength / {Lanes.Panel}", What, HasLosses: false, writer =>
        {
            writer.Line($"// {What}");
            writer.Member($"private void SumParts(int begin, int end, in {Types.Batch} batch) => {Types.GradientParts}.Sum(_workspace.Span[Step.Gradients..], PartLength, PhaseLength({phaseOfParts}, batch.Count), _gradients.Span, begin, end, batch.Accumulate);");
        });
    }

    private static Phase TilePhase(TrainingPlan training, Ports ports, string method, string what, IReadOnlyList<Kernel> kernels, Calls calls) =>
        new(method, Literal.Of(kernels.Sum(kernel => kernel.Tiles)), what, HasLosses: false, writer =>
        {
            writer.Line($"// {what} Each kernel takes its part of the range.");
            writer.Member($"private void {method}(int begin, int end, in {Types.Batch} batch)", () =>
            {
                WriteBatchLocals(writer, training.Step.Arranged, ports, kernels);
                if (kernels.Any(kernel => kernel.Arguments.Any(argument => argument.Kind == ArgumentKind.Targets)))
                    writer.Line("var targets = batch.Targets;");
                if (kernels.Any(TakesLengths))
                    writer.Line("var lengths = batch.SequenceLengths;");
                writer.Line();
                var first = 0;
                foreach (var kernel in kernels)
                {
                    writer.Line(calls.Of(kernel, first == 0 ? "begin" : $"{Types.Math}.Max(begin - {first}, 0)", $"{Types.Math}.Min(end{(first == 0 ? "" : $" - {first}")}, {kernel.Tiles})"));
                    first += kernel.Tiles;
                }

                // Inference prepares its scales from the running statistics, which this step has moved.
                if (kernels.Any(kernel => kernel is BatchCountKernel))
                    writer.Line("_weights.MarkChanged();");
            });
        });

    private static bool TakesLengths(Kernel kernel) => kernel.Arguments.Any(argument => argument.Kind == ArgumentKind.SequenceLengths);

    private static void WriteBatchLocals(CodeWriter writer, Arranged arranged, Ports ports, IReadOnlyList<Kernel> kernels)
    {
        ForwardWriter.WriteLocals(writer, kernels);
        if (kernels.Any(kernel => kernel.Arguments.Any(argument => argument.Kind == ArgumentKind.Gradient)))
            writer.Line("ref var gradients = ref _gradients.Reference;");
        WriteInputs(writer, arranged, ports, kernels);
    }

    private static void WriteTargets(CodeWriter writer)
    {
        writer.Line("var targets = batch.Targets[(first * TargetLength)..];");
        writer.Line("var sampleWeights = batch.SampleWeights.IsEmpty ? default : batch.SampleWeights[first..];");
    }

    private static void WriteInputs(CodeWriter writer, Arranged arranged, Ports ports, IReadOnlyList<Kernel> kernels)
    {
        var read = new HashSet<Value>(kernels.SelectMany(kernel => kernel.Arguments).Select(argument => argument.Value).OfType<Value>().Select(arranged.Resolve));
        foreach (var (port, reference) in ports.Inputs.Zip(Ports.References(ports.Inputs, "batch.Inputs"), (port, reference) => (port, reference)).Where((_, index) => read.Contains(arranged.Inputs[index])))
            writer.Line($"ref var {port.Local} = {reference};");
    }

    private static void WritePhases(CodeWriter writer, NetworkPlan plan, List<Phase> phases)
    {
        var self = plan.Spec.Target.Name + plan.Spec.Target.TypeParameters;
        writer.Line("/// <summary>The number of phases of a training step.</summary>");
        writer.Line($"[{Types.EditorBrowsable}({Types.EditorBrowsableState}.Never)]");
        writer.Line($"public const int PhaseCount = {phases.Count};").Line();
        writer.Member($"static int {Types.ITrainableNetwork}<{self}>.PhaseCount => PhaseCount;").Line();
        writer.Member($"int {Types.ITrainableNetwork}<{self}>.EnterStep() => _threads.Enter();").Line();
        if (plan.Spec.GivesInputGradients)
        {
            writer.Member($"void {Types.ITrainableNetwork}<{self}>.LeaveStep(int visit)", () => writer.Line("_threads.Leave(visit);").Line("_stepVisit = visit;")).Line();
        }
        else
        {
            writer.Member($"void {Types.ITrainableNetwork}<{self}>.LeaveStep(int visit) => _threads.Leave(visit);").Line();
        }

        SurfaceWriter.WritePlumbing(writer);
        writer.Member("public int PhaseLength(int phase, int count) => phase switch");
        writer.Line("{");
        writer.Indented(() =>
        {
            for (var index = 0; index < phases.Count; index++)
                writer.Line($"{index} => {phases[index].Length}, // {phases[index].What}");
            writer.Line($"_ => throw new {Types.ArgumentOutOfRangeException}(nameof(phase), phase, \"A phase is 0 to {phases.Count - 1}.\"),");
        });
        writer.Line("};").Line();
        SurfaceWriter.WritePlumbing(writer);
        writer.Member($"public void RunPhase(int phase, int begin, int end, in {Types.Batch} batch)", () =>
        {
            writer.Line("// Kernels compute addresses from numbers in the batch.");
            SurfaceWriter.WritePlacesCheck(writer, plan);
            writer.Line($"{Types.NetworkGuard}.CheckPart(begin, end, PhaseLength(phase, batch.Count));");
            writer.Line("RunPart(phase, begin, end, batch);");
        }).Line();
        writer.Member($"private void RunPart(int phase, int begin, int end, in {Types.Batch} batch)", () =>
        {
            if (plan.Spec.GivesInputGradients)
                writer.Line("_stepCount = batch.Count;");
            writer.Block("switch (phase)", () =>
            {
                for (var index = 0; index < phases.Count; index++)
                {
                    writer.Line($"case {index}:");
                    writer.Line($"    {phases[index].Method}(begin, end, batch);");
                    writer.Line("    break;");
                }
            });
        });
    }

    private static void WriteBatchLoss(CodeWriter writer, int steps)
    {
        SurfaceWriter.WritePlumbing(writer);
        writer.Member($"public float BatchLoss(in {Types.Batch} batch) => batch.Scale * {Types.NetworkGuard}.Sum(_workspace.Span.Slice(Step.SampleLosses, {Arithmetic.Product($"{Types.Math}.Min(batch.Count, BatchSize)", steps)}));");
    }

    private static void WriteEvaluation(CodeWriter writer, NetworkKernels kernels, Ports ports)
    {
        var losses = kernels.Many.OfType<LossKernel>().ToArray();
        var calls = new Calls(kernels.Plan.Many, ports, "samples", null);
        string[] input = ports.Inputs.Count == 1 ? ["ref input"] : [];
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public float EvaluateBatch(in {Types.Batch} batch, {Types.Span}<float> outputs)", () =>
        {
            writer.Line("CheckBatch(batch);");
            writer.Line($"{Types.NetworkGuard}.CheckScaled(batch, _weights, Description);");
            writer.Line($"{Types.NetworkGuard}.CheckSamples(InputLength, batch.Inputs.Length, OutputLength, outputs.Length, batch.Count);");
            writer.Line($"{Types.NetworkGuard}.CheckApart(batch, outputs);");
            ForwardWriter.WriteLocals(writer, losses);
            writer.Line("var loss = 0.0;");
            SurfaceWriter.WriteVisit(writer, () => writer.Block("for (var begin = 0; begin < batch.Count; begin += ChunkLength)", () =>
            {
                writer.Line($"var samples = {Types.Math}.Min(ChunkLength, batch.Count - begin);");
                if (input.Length > 0)
                    writer.Line($"ref var input = ref {Types.Unsafe}.Add(ref {Types.MemoryMarshal}.GetReference(batch.Inputs), begin * InputLength);");
                writer.Line("var targets = batch.Targets[(begin * TargetLength)..];");
                writer.Line("var sampleWeights = batch.SampleWeights.IsEmpty ? default : batch.SampleWeights[begin..];");
                if (kernels.Many.Any(TakesLengths))
                    writer.Line("var lengths = batch.SequenceLengths.IsEmpty ? default : batch.SequenceLengths[begin..];");
                writer.Line();
                writer.Line(ForwardWriter.CallOfChunk(
                    input.Length > 0 ? input : Ports.References(ports.Inputs, "batch.Inputs", "begin * InputLength", Ports.StrideOf(kernels.Plan.Graph, "Input")), "samples", kernels.Plan.DependsOnLengths ? "lengths" : null));
                writer.Line(CodeWriter.Listed("CopyOutputs", input.Concat(Ports.References(ports.Outputs, "outputs", "begin * OutputLength", Ports.StrideOf(kernels.Plan.Graph, "Output"))).Append("samples"), ";"));
                foreach (var kernel in losses)
                    writer.Line(calls.Of(kernel));
                writer.Line($"loss += {Types.NetworkGuard}.Sum(_workspace.Span.Slice(Many.SampleLosses, {Arithmetic.Product("samples", kernels.Plan.Graph.OutputSteps)}));");
            }).Line());
            writer.Line();
            writer.Line("return (float)(batch.Scale * loss);");
        });
    }
}
