using System.Globalization;
using System.Reflection;
using ConstructorParameter = System.Reflection.ParameterInfo;

namespace StaticNet.Reference.Sampling;

/// <summary>Writes an attribute as C#: what compiles to the same instance again.</summary>
public static class AttributeSource
{
    /// <summary>Writes an attribute without its brackets; properties at their default are left out.</summary>
    public static string Write(Attribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        var type = attribute.GetType();
        var constructors = type.GetConstructors().OrderBy(constructor => constructor.MetadataToken);
        var constructor = attribute is ActivationAttribute { Expression: not null } ? constructors.Last() : constructors.First();
        var parameters = constructor.GetParameters();
        var values = Array.ConvertAll(parameters, parameter => PropertyOf(type, parameter.Name!).GetValue(attribute));
        var defaults = constructor.Invoke(values);

        var arguments = new List<string>();
        for (var index = 0; index < parameters.Length; index++)
            arguments.AddRange(Arguments(parameters[index], values[index]));
        var properties = type.GetProperties().Where(property => property.CanWrite);
        foreach (var property in properties.OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            var value = property.GetValue(attribute);
            if (!Equals(value, property.GetValue(defaults)))
                arguments.Add($"{property.Name} = {Literal(value)}");
        }

        var name = "global::" + type.FullName![..^nameof(Attribute).Length];
        return arguments.Count == 0 ? name : $"{name}({string.Join(", ", arguments)})";
    }

    private static PropertyInfo PropertyOf(Type type, string parameter) =>
        type.GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)!;

    private static IEnumerable<string> Arguments(ConstructorParameter parameter, object? value) => value switch
    {
        _ when parameter.IsOptional && Equals(value, parameter.DefaultValue) => [],
        Array array => array.Cast<object?>().Select(Literal),
        _ => [Literal(value)],
    };

    private static string Literal(object? value) => value switch
    {
        null => "null!",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        string text => "\"" + string.Concat(text.Select(Escaped)) + "\"",
        Enum member when Enum.IsDefined(member.GetType(), member) => $"global::{member.GetType().FullName}.{member}",
        Enum member => $"(global::{member.GetType().FullName})({member:D})",
        float[] numbers => $"new float[] {{ {string.Join(", ", numbers.Select(number => Literal(number)))} }}",
        string[] texts => $"new string[] {{ {string.Join(", ", texts.Select(Literal))} }}",
        Type type => $"typeof(global::{type.FullName!.Replace('+', '.')})",
        _ => throw new ArgumentException($"{value.GetType().Name} is not written."),
    };

    private static string Escaped(char character) => char.IsAsciiLetterOrDigit(character) || character == '_'
        ? character.ToString()
        : FormattableString.Invariant($"\\u{(int)character:x4}");
}
