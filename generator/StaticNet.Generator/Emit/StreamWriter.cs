using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the members that run a network over a stream, step by step.</summary>
internal static class StreamWriter
{
    /// <param name="writer">Where to write.</param>
    /// <param name="plan">The network.</param>
    /// <param name="ports">Its inputs and outputs.</param>
    /// <param name="checkWeights">Writes the check that there are weights.</param>
    public static void Write(CodeWriter writer, NetworkPlan plan, Ports ports, Action checkWeights)
    {
        var self = plan.Spec.Target.Name + plan.Spec.Target.TypeParameters;
        var stride = new StreamStride(plan.Graph);
        string[] stream = plan.State!.Length > 0 ? ["ref state.Reference", stride.Position] : [];
        writer.Line();
        string[] constants = ["Steps", "StepInputLength", "StepOutputLength", .. stride.Exists ? [stride.InputLength, stride.OutputLength] : Array.Empty<string>()];
        foreach (var constant in constants)
            writer.Member($"static int {Types.IStreamingNetwork}<{self}>.{constant} => {constant};").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public static {Types.StreamState} CreateState() => new(StateTable);").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void ForwardStep({Types.StreamState} state, {Types.ReadOnlySpan}<float> input, {Types.Span}<float> output)", () =>
        {
            writer.Block("if (_weights.IsScaled)", () => writer.Line($"{Types.ScaledForward}.RunStep(this, state, input, output);").Line("return;")).Line();
            writer.Line("ForwardStepRaw(state, input, output);");
        }).Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void ForwardStepRaw({Types.StreamState} state, {Types.ReadOnlySpan}<float> input, {Types.Span}<float> output)", () =>
        {
            writer.Block($"if (input.Length != {stride.InputLength} || output.Length != {stride.OutputLength})", () =>
                writer.Line($"{Types.NetworkGuard}.ThrowStep({stride.InputLength}, input.Length, {stride.OutputLength}, output.Length);"));
            SurfaceWriter.WriteApartCheck(writer, plan);
            WriteStep(writer, InitialStates(plan).Count > 0, stride, checkWeights, [.. Ports.References(ports.Inputs, "input", stride: "StepInputLength"), .. Ports.References(ports.Outputs, "output", stride: "StepOutputLength"), .. stream]);
        });
        writer.Line();
        if (InitialStates(plan).Count > 0)
            WriteBeginning(writer, plan);
        WriteBlock(writer, plan, ports, stride, checkWeights, stream);
        if (ports.AreSeveral && !stride.Exists)
            writer.Named(() => WriteNamed(writer, ports, InitialStates(plan).Count > 0, stride, checkWeights, stream));
    }

    /// <summary>The states that begin as parameters, each with the value that is kept.</summary>
    private static List<(Value Kept, Parameter Initial)> InitialStates(NetworkPlan plan) =>
        [.. plan.Program.Operations.OfType<Recurrence>().SelectMany(recurrence => new[] { (Kept: recurrence.Output, Initial: recurrence.Weights.InitialHidden), (Kept: recurrence.CellState!, Initial: recurrence.Weights.InitialCell) })
            .Where(state => state.Initial is not null).Select(state => (state.Kept, state.Initial!))];

    /// <summary>Writes the beginning of a stream whose states are parameters before the first step.</summary>
    private static void WriteBeginning(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("// A new stream begins with the states that the network has learned.");
        writer.Member($"private void BeginStream({Types.StreamState} state)", () =>
        {
            writer.Line("ref var parameters = ref _weights.Reference;");
            writer.Line("ref var values = ref state.Reference;");
            foreach (var (kept, initial) in InitialStates(plan))
            {
                var length = Literal.Of(kept.Type.Length);
                writer.Line($"{SpanSyntax.Read($"{Types.Unsafe}.Add(ref parameters, {Names.Pascal(initial.CodeName)})", length)}.CopyTo({SpanSyntax.Write($"{Types.Unsafe}.Add(ref values, State.{Names.Pascal(kept.Name)})", length)});");
            }
        }).Line();
    }

    private static void WriteBegin(CodeWriter writer, bool learns)
    {
        if (learns)
            writer.Block("if (!state.HasBegun)", () => writer.Line("BeginStream(state);"));
    }

    /// <summary>Writes the members that run a block of steps.</summary>
    private static void WriteBlock(CodeWriter writer, NetworkPlan plan, Ports ports, StreamStride stride, Action checkWeights, string[] stream)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void ForwardSteps({Types.StreamState} state, {Types.ReadOnlySpan}<float> inputs, {Types.Span}<float> outputs)", () =>
        {
            writer.Block("if (_weights.IsScaled)", () => writer.Line($"{Types.ScaledForward}.RunSteps(this, state, inputs, outputs);").Line("return;")).Line();
            writer.Line("ForwardStepsRaw(state, inputs, outputs);");
        }).Line();
        writer.Line("/// <inheritdoc/>");
        writer.Member($"public void ForwardStepsRaw({Types.StreamState} state, {Types.ReadOnlySpan}<float> inputs, {Types.Span}<float> outputs)", () =>
        {
            writer.Line($"var steps = {Types.NetworkGuard}.CheckSteps(inputs, {stride.InputLength}, outputs, {stride.OutputLength});");
            SurfaceWriter.WriteApartCheck(writer, plan, "inputs", "outputs");
            writer.Line($"{Types.NetworkGuard}.CheckState(state, StateTable, Description);");
            checkWeights();
            writer.Line();
            WriteBegin(writer, InitialStates(plan).Count > 0);
            SurfaceWriter.WriteVisit(writer, () => writer.Block("for (var begin = 0; begin < steps; begin += BlockLength)", () =>
            {
                writer.Line($"var block = {Types.Math}.Min(BlockLength, steps - begin);");
                writer.Line(CodeWriter.Listed("ForwardBlock", [
                    .. Ports.References(ports.Inputs, "inputs", $"begin * {stride.InputLength}", "StepInputLength"), .. Ports.References(ports.Outputs, "outputs", $"begin * {stride.OutputLength}", "StepOutputLength"), .. stream, "block"], ";"));
                writer.Line($"state.Advance({stride.Steps("block")});");
            }).Line());
        });
    }

    private static void WriteNamed(CodeWriter writer, Ports ports, bool learns, StreamStride stride, Action checkWeights, string[] stream)
    {
        var all = ports.Inputs.Concat(ports.Outputs).ToArray();
        writer.Line();
        WriteHead(writer, ports, "Computes the outputs of one step of a stream, in the user's numbers, as the form with one span each does.", "ForwardStep");
        writer.Block("", () =>
        {
            writer.Block("if (!_weights.IsScaled)", () => writer.Line(CodeWriter.Listed("ForwardStepRaw", all.Select(port => port.Local).Prepend("state"), ";")).Line("return;")).Line();
            WriteLengths(writer, all);
            foreach (var port in ports.Inputs)
                writer.Line($"{port.Local}.CopyTo(_sample.Span[{port.Offset}..]);");
            writer.Line($"{Types.ScaledForward}.RunStep(this, state, _sample.Span[..StepInputLength], _sample.Span.Slice(InputLength, StepOutputLength));");
            foreach (var port in ports.Outputs)
                writer.Line($"_sample.Span.Slice(InputLength + {port.Offset}, {port.StepLength}).CopyTo({port.Local});");
        }).Line();

        WriteHead(writer, ports, "Computes the outputs of one step of a stream in the network's own numbers, as the form with one span each does.", "ForwardStepRaw");
        writer.Block("", () =>
        {
            WriteLengths(writer, all);
            WriteStep(writer, learns, stride, checkWeights, [.. Ports.OwnReferences(ports.Inputs, isStrided: true), .. Ports.OwnReferences(ports.Outputs, isStrided: true), .. stream]);
        });
    }

    private static void WriteStep(CodeWriter writer, bool learns, StreamStride stride, Action checkWeights, IEnumerable<string> arguments)
    {
        writer.Line($"{Types.NetworkGuard}.CheckState(state, StateTable, Description);");
        checkWeights();
        writer.Line();
        WriteBegin(writer, learns);
        SurfaceWriter.WriteVisit(writer, () => writer.Line(CodeWriter.Listed("ForwardBlock", arguments.Append("1"), ";")).Line($"state.Advance({stride.Steps("1")});"));
    }

    private static void WriteHead(CodeWriter writer, Ports ports, string summary, string name)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("/// <param name=\"state\">The stream's state, which advances by one step.</param>");
        foreach (var port in ports.Inputs)
            writer.Line($"/// <param name=\"{port.Local}\">{port.StepLength} floats: {port.Type}.</param>");
        foreach (var port in ports.Outputs)
            writer.Line($"/// <param name=\"{port.Local}\">{port.StepLength} floats: {port.Type}, written; must not overlap the inputs.</param>");
        writer.Line($"/// <exception cref=\"{Types.ArgumentException}\">A span has another length, or the state belongs to another network.</exception>");
        writer.Member(CodeWriter.Listed(
            $"public void {name}",
            ports.Inputs.Select(port => $"{Types.ReadOnlySpan}<float> {port.Local}").Concat(ports.Outputs.Select(port => $"{Types.Span}<float> {port.Local}")).Prepend($"{Types.StreamState} state")));
    }

    private static void WriteLengths(CodeWriter writer, IEnumerable<Port> ports)
    {
        foreach (var port in ports)
            writer.Line($"{Types.NetworkGuard}.CheckNamed(nameof({port.Local}), {port.Local}.Length, 1, {port.StepLength});");
    }
}
