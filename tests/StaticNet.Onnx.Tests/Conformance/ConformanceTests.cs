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

        Assert.Empty(results.Where(result => result.Wrong is not null).Select(result => $"{result.Case.Name}: {result.Wrong}"));
        Assert.Empty(results.Where(result => result.Refused is { } why && !Reasons.Any(why.Contains)).Select(result => $"{result.Case.Name}: {result.Refused}"));
    }
}
