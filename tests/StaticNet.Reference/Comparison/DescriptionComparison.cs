namespace StaticNet.Reference.Comparison;

/// <summary>Holds what a generated class says of itself against the reference: shapes, names, what is trainable.</summary>
internal static class DescriptionComparison
{
    public static void Compare<TNetwork>(ComparisonReport report, ReferenceNetwork reference)
        where TNetwork : class, INetwork<TNetwork>
    {
        var description = TNetwork.Description;
        var table = TNetwork.ParameterTable;
        CompareShape(report, "The input", description.InputShape, reference.InputShape);
        CompareShape(report, "The output", description.OutputShape, reference.OutputShape);
        report.Require(
            table.Parameters.Length == reference.Parameters.Count,
            $"There are {table.Parameters.Length} parameters, expected {reference.Parameters.Count}.");
        var learned = table.Parameters.Where(parameter => parameter.Kind is not (ParameterKind.Statistic or ParameterKind.Constant)).Sum(parameter => parameter.LearnedCount);
        report.Require(
            description.ParameterCount == learned,
            $"The layers have {description.ParameterCount} parameters, the table {learned}.");
        foreach (var expected in reference.Parameters)
        {
            if (!table.TryGet(expected.Name, out var parameter))
            {
                report.Fail($"There is no parameter {expected.Name}.");
                continue;
            }

            CompareShape(report, expected.Name, parameter.Shape, expected.Shape);
            report.Require(
                parameter.Kind == expected.Kind, $"{expected.Name} is a {parameter.Kind}, expected a {expected.Kind}.");
        }
    }

    public static void CompareTraining<TNetwork>(ComparisonReport report, ReferenceNetwork reference)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var targets = TNetwork.Description.TargetLength;
        report.Require(targets == reference.TargetLength, $"A sample has {targets} targets, expected {reference.TargetLength}.");
        foreach (var expected in reference.Parameters)
        {
            if (TNetwork.ParameterTable.TryGet(expected.Name, out var parameter))
            {
                report.Require(
                    parameter.Trainable == expected.Trainable,
                    $"{expected.Name}: trainable is {parameter.Trainable}, expected {expected.Trainable}.");
            }
        }
    }

    private static void CompareShape(ComparisonReport report, string what, IEnumerable<int> actual, IEnumerable<int> expected) =>
        report.Require(
            actual.SequenceEqual(expected),
            $"{what} has the shape {string.Join("×", actual)}, expected {string.Join("×", expected)}.");
}
