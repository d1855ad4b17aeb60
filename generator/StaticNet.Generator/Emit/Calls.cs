using StaticNet.Generator.Kernels;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Writes calls of kernels: where each value is, in which plan.</summary>
/// <param name="plan">The plan.</param>
/// <param name="ports">The network's inputs and outputs.</param>
/// <param name="samples">The expression of the number of samples.</param>
/// <param name="begin">The expression of the first sample, or null where it is the first of all.</param>
/// <param name="isStrided">Whether the floats from sample to sample of each input are in a local; otherwise samples hold all inputs.</param>
/// <param name="isPart">Whether values and gradients are those of a part of a batch, which has room for the samples that are computed now; gradients add up.</param>
internal sealed class Calls(Plan plan, Ports ports, string samples, string? begin, bool isStrided = false, bool isPart = false)
{
    /// <summary>Writes the call of a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="beginTile">The first tile, where it is split by tiles.</param>
    /// <param name="endTile">The end of the tiles.</param>
    public string Of(Kernel kernel, string beginTile = "", string endTile = "") =>
        CodeWriter.Listed(kernel.Method, kernel.Arguments.Select(argument => Argument(argument, StepsOf(kernel.Group.Head), beginTile, endTile)), ";");

    /// <summary>The steps of a sample of what an operation works on.</summary>
    private int StepsOf(Operation operation) => operation.Inputs.Prepend(operation.Output).Where(value => !value.IsShared).Select(plan.Arranged.StepsOf).DefaultIfEmpty(1).First();

    /// <summary>The reference of a value's memory at the first sample.</summary>
    public string Reference(Value value)
    {
        value = plan.Arranged.Resolve(value);
        var reference = value.Producer is { IsPrepared: true } ? $"{Types.Unsafe}.Add(ref prepared, Prepared.{Names.Pascal(value.Name)})"
            : plan.Arranged.IndexOf(value) is var input and >= 0 ? At(ports.Inputs[input].Local, "", "InputLength")
            : At("workspace", $"{plan.Name}.{Names.Pascal(value.Name)}", value.IsShared || isPart ? "0" : LengthOf(plan.Arranged, value));
        return value.Element == BufferElement.Float32 ? reference : $"{Types.Unsafe}.As<float, {value.Element.Keyword()}>(ref {reference})";
    }

    /// <summary>The copy of a value's samples to the user's memory, without the padding of rows.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">The span, and the floats from sample to sample in it.</param>
    /// <param name="count">The number of samples, each step counted.</param>
    public string CopyOf(Value value, string target, string count)
    {
        var rows = plan.Arranged.LayoutOf(value);
        return CodeWriter.Listed($"{Types.RowCopy}.Copy", [
            SpanSyntax.With(SpanSyntax.Read(Reference(value), Arithmetic.Product(count, SampleLength.Of(plan.Arranged.Resolve(value).Name, rows.SampleLength))), rows.SampleLength, rows.Stride),
            SpanSyntax.With(target, rows.Width),
            SpanSyntax.With(Literal.Of(rows.Width), rows.Width, rows.Rows) + ", " + count], ";");
    }

    private string Argument(KernelArgument argument, int steps, string beginTile, string endTile) => argument.Kind switch
    {
        ArgumentKind.Value => "ref " + Reference(argument.Value!),
        ArgumentKind.InputStride => isStrided ? ports.Inputs[plan.Arranged.IndexOf(argument.Value!)].Stride : plan.Arranged.StepsOf(argument.Value!) == 1 ? "InputLength" : "StepInputLength",
        ArgumentKind.Parameter => $"ref {Types.Unsafe}.Add(ref parameters, {Names.Pascal(argument.Parameter!.CodeName)})",
        ArgumentKind.Gradient => $"ref {Types.Unsafe}.Add(ref gradients, {Names.Pascal(argument.Parameter!.CodeName)})",
        ArgumentKind.SampleLosses => "ref " + (isPart ? At("losses", "0", Literal.Of(steps)) : At("workspace", $"{plan.Name}.SampleLosses", Literal.Of(steps))),
        ArgumentKind.Targets => "targets",
        ArgumentKind.SampleWeights => "sampleWeights",
        ArgumentKind.SequenceLengths => "lengths",
        ArgumentKind.Scale => "batch.Scale",
        ArgumentKind.Samples => Arithmetic.Product(samples, steps),
        ArgumentKind.Sequences => samples,
        ArgumentKind.State => $"ref {Types.Unsafe}.Add(ref state, State.{Names.Pascal(argument.Value!.Name)})",
        ArgumentKind.StreamPosition => Arithmetic.Product("position", steps),
        ArgumentKind.Rows => Arithmetic.Product(samples, steps * plan.Arranged.LayoutOf(argument.Value!).Rows),
        ArgumentKind.FirstSample when steps > 1 => begin is null ? $"unchecked(batch.FirstSample * {steps})" : $"unchecked((batch.FirstSample + (uint){begin}) * {steps})",
        ArgumentKind.FirstSample => begin is null ? "batch.FirstSample" : $"unchecked(batch.FirstSample + (uint){begin})",
        ArgumentKind.DropoutSeed => "_seed",
        ArgumentKind.DropoutEnabled => "DropoutEnabled",
        ArgumentKind.CumulativeStatistics => "CumulativeStatistics",
        ArgumentKind.Accumulate => isPart ? "true" : "batch.Accumulate",
        ArgumentKind.BeginTile => beginTile,
        ArgumentKind.EndTile => endTile,
        _ => throw new InvalidOperationException($"No argument {argument.Kind}."),
    };

    /// <summary>The floats of a value that a sample of the network takes in a plan: those of all its steps.</summary>
    /// <param name="arranged">How the plan lays values out.</param>
    /// <param name="value">The value.</param>
    public static string LengthOf(Arranged arranged, Value value)
    {
        value = arranged.Resolve(value);
        var (length, steps) = (SampleLength.Of(value.Name, arranged.LayoutOf(value).SampleLength), arranged.StepsOf(value));
        return steps == 1 ? length : $"({Literal.Of(steps)} * {length})";
    }

    private string At(string buffer, string offset, string sampleLength)
    {
        var place = Arithmetic.Sum(offset, begin is null ? "0" : Arithmetic.Product(begin, sampleLength));
        return place == "0" ? buffer : $"{Types.Unsafe}.Add(ref {buffer}, {place})";
    }
}
