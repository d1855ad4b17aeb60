namespace StaticNet.Onnx.Tests.Conformance;

/// <summary>The ONNX project's own cases.</summary>
public class ConformanceTests
{
    /// <summary>True reasons to refuse a case.</summary>
    private static readonly string[] Reasons =
    [
        "there is no layer for this operator", "versions from 6 on are read", "networks compute with floats", "it works over volumes", "only tensors are supported", "it is in training mode",
        "it averages dilated windows", "its output 2 is not supported", "cannot have the shape",
    ];

    [ConformanceFact]
    public void Every_case_agrees_or_is_refused_with_a_reason()
    {
        var results = ConformanceRun.Of(ConformanceFactAttribute.Folder!);

        GeneratedPage.Write("onnx-operators.md",
        [
            "# ONNX's own cases", "",
            "What becomes of test cases of the ONNX project, by operator. All that are imported agree with their outputs. `ConformanceTests` writes this page.", "",
            "| Operator | Agree | Refused | Reasons |", "|---|---|---|---|",
            .. results.GroupBy(result => result.Case.Operators.First(name => name != "Constant"), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
                $"| {group.Key} | {group.Count(result => result is { Refused: null, Wrong: null })} | {group.Count(result => result.Refused is not null)} | {string.Join("; ", group.Where(result => result.Refused is not null).Select(result => Reasons.FirstOrDefault(result.Refused!.Contains) ?? result.Refused!).Distinct())} |"),
        ]);
        Assert.Empty(results.Where(result => result.Wrong is not null).Select(result => $"{result.Case.Name}: {result.Wrong}"));
        Assert.Empty(results.Where(result => result.Refused is { } why && !Reasons.Any(why.Contains)).Select(result => $"{result.Case.Name}: {result.Refused}"));
    }
}
