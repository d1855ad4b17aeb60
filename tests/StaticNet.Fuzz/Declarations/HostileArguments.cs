using System.Globalization;
using System.Reflection;
using ConstructorParameter = System.Reflection.ParameterInfo;

namespace StaticNet.Fuzz.Declarations;

/// <summary>Every argument of every attribute in turn with values that nobody means, in a network that would be sound without.</summary>
internal static class HostileArguments
{
    private static readonly string[] Integers = ["int.MaxValue", "int.MinValue", "-1", "0", "1", "2", "1000", "65536", "65537", "16777215", "16777216", "1 << 28"];

    private static readonly string[] Figures = ["{0}.NaN", "{0}.PositiveInfinity", "{0}.NegativeInfinity", "{0}.MaxValue", "{0}.Epsilon", "0", "-1", "1", "2"];

    private static readonly string[] Texts =
    [
        "null!", "\"\"", "\" \"", "\"1a\"", "\"class\"", "\"@class\"", "\"@a\"", "\"a.b\"", "\"input\"", "\"größe\"", "\"층\"", "\"a\\u00adb\"", "\"a\\0b\"", "\"\\ud800\"", "\"\\u202e\"",
        "\"samples\"", "\"weight\"", "\"Dispose\"", "\"_\"", "\"a\\nb\"", "\"*/\"", "\"</summary>\"", $"\"{new string('n', 20_000)}\"",
    ];

    private static int _count;

    /// <summary>One declaration for each argument and value, each in a namespace of its own.</summary>
    public static IEnumerable<string> All =>
        from type in typeof(LayerAttribute).Assembly.GetExportedTypes()
        where type.IsAssignableTo(typeof(Attribute)) && !type.IsAbstract && type.Namespace == "StaticNet" && type != typeof(NetworkAttribute) && type != typeof(InferenceOfAttribute)
        let constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First()
        from argument in ArgumentsOf(type, constructor)
        from value in ValuesOf(argument.Type)
        select Declaration(type, constructor, argument, value);

    private static IEnumerable<Argument> ArgumentsOf(Type type, ConstructorInfo constructor) =>
        constructor.GetParameters().Select(parameter => new Argument(parameter.Name!, parameter.ParameterType, IsPositional: true))
            .Concat(type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => new Argument(property.Name, property.PropertyType, IsPositional: false)));

    private static IEnumerable<string> ValuesOf(Type type)
    {
        if (type == typeof(int))
            return Integers;
        if (type == typeof(float) || type == typeof(double))
            return Figures.Select(figure => string.Format(CultureInfo.InvariantCulture, figure, type == typeof(float) ? "float" : "double"));
        if (type == typeof(string))
            return Texts;
        if (type.IsEnum)
            return new[] { "-1", "99", "int.MaxValue" }.Select(number => $"({type.FullName})({number})").Concat(Enum.GetNames(type).Select(name => $"{type.FullName}.{name}"));
        if (type == typeof(int[]))
            return Integers.Select(item => $"new int[] {{ {item} }}").Concat(["new int[0]", "null!", $"new int[] {{ {Repeated("1", 10_000)} }}", "new int[] { -1, -1 }", "new int[] { int.MaxValue, int.MaxValue, int.MaxValue }"]);
        if (type == typeof(string[]))
            return Texts.Select(item => $"new string[] {{ {item} }}").Concat(["new string[0]", "null!", $"new string[] {{ {Repeated("\"input\"", 10_000)} }}"]);
        return type == typeof(bool) ? ["true", "false"] : ["null!", "typeof(int)", "typeof(void)", "typeof(int*)", "typeof(System.Collections.Generic.List<>)", "typeof(System.DateTime)"];
    }

    private static string Declaration(Type type, ConstructorInfo constructor, Argument argument, string value)
    {
        var positional = constructor.GetParameters().Select(parameter => argument.IsPositional && parameter.Name == argument.Name ? value : UsualOf(parameter)).OfType<string>();
        var arguments = argument.IsPositional ? positional : positional.Append($"{argument.Name} = {value}");
        var name = type.FullName![..^nameof(Attribute).Length];
        var attribute = $"[{name}({string.Join(", ", arguments)})]";
        var input = type.Name.Contains("2D", StringComparison.Ordinal) ? "[Input(4, 8, 8)]" : "[Input(4, 16)]";
        var body = type == typeof(InputAttribute) ? $"{attribute}[Dense(4)][MeanSquaredErrorLoss][Training]"
            : type == typeof(TrainingAttribute) ? $"[Input(4)][Dense(4)][MeanSquaredErrorLoss]{attribute}"
            : type.IsAssignableTo(typeof(LayerAttribute)) ? $"{input}[Dense(16)]{attribute}[MeanSquaredErrorLoss][Training(BatchSize = 2)]"
            : $"[Input(8)][Dense(8)]{attribute}[SoftmaxCrossEntropyLoss][Training]";
        return FormattableString.Invariant($"using StaticNet; namespace Hostile{Interlocked.Increment(ref _count)} {{ [Dense(16)] class Part; [Network]{body} partial class Net; }}");
    }

    /// <summary>A sound value for what a constructor takes; null where it may be left out.</summary>
    private static string? UsualOf(ConstructorParameter parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.IsOptional)
            return null;
        return type == typeof(int) ? "4" : type == typeof(double) || type == typeof(float) ? "0.5f" : type == typeof(int[]) ? "-1" : type == typeof(string) || type == typeof(string[]) ? "\"input\""
            : type.IsEnum ? $"{type.FullName}.{Enum.GetNames(type)[0]}" : "typeof(Part)";
    }

    private static string Repeated(string item, int count) => string.Join(", ", Enumerable.Repeat(item, count));

    private sealed record Argument(string Name, Type Type, bool IsPositional);
}
