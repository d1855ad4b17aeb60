using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>Writes the members that take each of several inputs, and give each of several outputs, in a span of its own.</summary>
internal static class NamedForwardWriter
{
    /// <param name="writer">Where to write.</param>
    /// <param name="ports">The inputs and outputs.</param>
    /// <param name="dependsOnLengths">Whether a chunk of sequences takes their lengths.</param>
    /// <param name="checkWeights">Writes the check that there are weights.</param>
    public static void Write(CodeWriter writer, Ports ports, bool dependsOnLengths, Action checkWeights) =>
        writer.Named(() => WriteMembers(writer, ports, dependsOnLengths ? "default" : null, checkWeights));

    private static void WriteMembers(CodeWriter writer, Ports ports, string? lengths, Action checkWeights)
    {
        var all = ports.Inputs.Concat(ports.Outputs).ToArray();

        writer.Line();
        WriteHead(writer, ports, "Computes the outputs of one sample, in the user's numbers, as the form with one span each does.", "Forward", isBatch: false);
        writer.Block("", () =>
        {
            writer.Block("if (!_weights.IsScaled)", () => writer.Line(CodeWriter.Listed("ForwardRaw", all.Select(port => port.Local), ";")).Line("return;")).Line();
            WriteLengths(writer, all, "1");
            if (all[0].Steps > 1)
            {
                foreach (var port in ports.Inputs)
                    writer.Line($"{Types.RowCopy}.Copy({port.Local}, 0, {port.StepLength}, _sample.Span[{port.Offset}..], 0, StepInputLength, {port.StepLength}, {port.StepLength}, Steps, 1);");
                writer.Line($"{Types.ScaledForward}.Run(this, _sample.Span[..InputLength], _sample.Span[InputLength..]);");
                foreach (var port in ports.Outputs)
                    writer.Line($"{Types.RowCopy}.Copy(_sample.Span[(InputLength + {port.Offset})..], 0, StepOutputLength, {port.Local}, 0, {port.StepLength}, {port.StepLength}, {port.StepLength}, {(port.Steps == 1 ? "1" : port.Steps == all[0].Steps ? "Steps" : "OutputSteps")}, 1);");
                return;
            }

            foreach (var port in ports.Inputs)
                writer.Line($"{port.Local}.CopyTo(_sample.Span[{port.Offset}..]);");
            writer.Line($"{Types.ScaledForward}.Run(this, _sample.Span[..InputLength], _sample.Span[InputLength..]);");
            foreach (var port in ports.Outputs)
                writer.Line($"_sample.Span.Slice(InputLength + {port.Offset}, {port.Length}).CopyTo({port.Local});");
        }).Line();

        WriteHead(writer, ports, "Computes the outputs of one sample in the network's own numbers, as the form with one span each does.", "ForwardRaw", isBatch: false);
        writer.Block("", () =>
        {
            WriteLengths(writer, all, "1");
            checkWeights();
            writer.Line();
            SurfaceWriter.WriteVisit(writer, () =>
            {
                var isWhole = all[0].Steps > 1;
                var inputs = Ports.OwnReferences(ports.Inputs, isStrided: isWhole).ToArray();
                var outputs = Ports.OwnReferences(ports.Outputs, isStrided: isWhole);
                if (!isWhole)
                {
                    writer.Line(CodeWriter.Listed("ForwardOne", inputs.Concat(outputs), ";"));
                    return;
                }

                writer.Line(ForwardWriter.CallOfChunk(inputs, "1", lengths));
                writer.Line(CodeWriter.Listed("CopyOutputs", (ports.Inputs.Count == 1 ? inputs : []).Concat(outputs).Append("1"), ";"));
            });
        }).Line();

        WriteHead(writer, ports, "Computes the outputs of any number of samples, in the user's numbers, as the form with one span each does.", "ForwardBatch", isBatch: true);
        writer.Block("", () =>
        {
            writer.Block("if (!_weights.IsScaled)", () => writer.Line(CodeWriter.Listed("ForwardRawBatch", all.Select(port => port.Local).Append("count"), ";")).Line("return;")).Line();
            WriteChecks(writer, ports, all);
            writer.Block("for (var sample = 0; sample < count; sample++)", () =>
                writer.Line(CodeWriter.Listed("Forward", all.Select(port => $"{port.Local}.Slice(sample * {port.Length}, {port.Length})"), ";")));
        }).Line();

        WriteHead(writer, ports, "Computes the outputs of any number of samples in the network's own numbers, as the form with one span each does.", "ForwardRawBatch", isBatch: true);
        writer.Block("", () =>
        {
            WriteChecks(writer, ports, all);
            checkWeights();
            writer.Line();
            SurfaceWriter.WriteVisit(writer, () => writer.Block("for (var begin = 0; begin < count; begin += ChunkLength)", () =>
            {
                writer.Line($"var samples = {Types.Math}.Min(ChunkLength, count - begin);");
                var inputs = Ports.OwnReferences(ports.Inputs, "begin", isStrided: true).ToArray();
                writer.Line(ForwardWriter.CallOfChunk(inputs, "samples", lengths));
                writer.Line(CodeWriter.Listed("CopyOutputs", (ports.Inputs.Count == 1 ? inputs : []).Concat(Ports.OwnReferences(ports.Outputs, "begin", isStrided: true)).Append("samples"), ";"));
            }).Line());
        });
    }

    private static void WriteHead(CodeWriter writer, Ports ports, string summary, string name, bool isBatch)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        foreach (var port in ports.Inputs)
            writer.Line($"/// <param name=\"{port.Local}\">{Content(port)}.</param>");
        foreach (var port in ports.Outputs)
            writer.Line($"/// <param name=\"{port.Local}\">{Content(port)}, written; must not overlap the inputs.</param>");
        if (isBatch)
            writer.Line("/// <param name=\"count\">The number of samples, 0 or more.</param>");
        writer.Line($"/// <exception cref=\"{Types.ArgumentException}\">A span has another length" + (isBatch ? ", or an output and an input overlap.</exception>" : ".</exception>"));
        var parameters = ports.Inputs.Select(port => $"{Types.ReadOnlySpan}<float> {port.Local}").Concat(ports.Outputs.Select(port => $"{Types.Span}<float> {port.Local}"));
        writer.Member(CodeWriter.Listed($"public void {name}", isBatch ? parameters.Append("int count") : parameters));

        string Content(Port port) => isBatch ? $"[count × {port.Length}]: samples of {port.Shape}" : $"{port.Length} floats: {port.Shape}";
    }

    private static void WriteChecks(CodeWriter writer, Ports ports, IEnumerable<Port> all)
    {
        writer.Line($"{Types.ArgumentOutOfRangeException}.ThrowIfNegative(count);");
        WriteLengths(writer, all, "count");
        foreach (var output in ports.Outputs)
        {
            foreach (var input in ports.Inputs)
                writer.Line($"{Types.NetworkGuard}.CheckApart({input.Local}, {output.Local});");
        }
    }

    private static void WriteLengths(CodeWriter writer, IEnumerable<Port> ports, string count)
    {
        foreach (var port in ports)
            writer.Line($"{Types.NetworkGuard}.CheckNamed(nameof({port.Local}), {port.Local}.Length, {count}, {port.Length});");
    }
}
