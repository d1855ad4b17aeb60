using System.Collections;
using System.Reflection;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Tests;

/// <summary>The catalogues against the attributes: every attribute, every argument, every default.</summary>
public class CatalogTests
{
    public static TheoryData<Type> LayerAttributes => [.. AttributesOf(typeof(LayerAttribute)).Where(type => type != typeof(BlockAttribute))];

    public static TheoryData<Type> LossAttributes => [.. AttributesOf(typeof(LossAttribute))];

    public static TheoryData<Type> AllAttributes => [.. AttributesOf(typeof(LayerAttribute)), .. AttributesOf(typeof(LossAttribute))];

    [Fact]
    public void Every_attribute_has_one_line()
    {
        Assert.Equal(Names(LayerAttributes), LayerCatalog.Layers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Names(LossAttributes), LossCatalog.Losses.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Declaration.BlockName, typeof(BlockAttribute).Name);
    }

    [Theory]
    [MemberData(nameof(LayerAttributes))]
    public void A_bare_layer_reads_as_one_with_all_defaults_given(Type attribute) =>
        Assert.Equal(ReadLayer(attribute, Positional(attribute)), ReadLayer(attribute, Everything(attribute)));

    [Theory]
    [MemberData(nameof(LossAttributes))]
    public void A_bare_loss_reads_as_one_with_all_defaults_given(Type attribute) =>
        Assert.Equal(ReadLoss(attribute, Positional(attribute)), ReadLoss(attribute, Everything(attribute)));

    [Theory]
    [MemberData(nameof(AllAttributes))]
    public void Every_argument_of_an_attribute_is_read(Type attribute)
    {
        Func<Dictionary<string, object?>, object> read = typeof(LossAttribute).IsAssignableFrom(attribute)
            ? values => ReadLoss(attribute, values)
            : attribute == typeof(BlockAttribute)
                ? values => LayerCatalog.Place(new Block("", default, default, LayerCatalog.Trainable(Arguments(attribute, values))), Arguments(attribute, values))
                : values => ReadLayer(attribute, values);
        var usual = Everything(attribute);

        // All parametric layers have the one, but a depthwise convolution is no matrix product; all losses have the other, but the gradients
        // of a program's own loss are taken as they come.
        var ignored = attribute == typeof(DepthwiseConv2DAttribute) ? nameof(DepthwiseConv2DAttribute.Unrolling)
            : attribute == typeof(CustomLossAttribute) ? nameof(CustomLossAttribute.Reduction)
            : null;
        var names = usual.Keys.Where(name => name != ignored);

        Assert.All(names, name =>
        {
            // A figure beside the others: it must show in the record.
            var changed = new Dictionary<string, object?>(usual) { [name] = Another(usual[name], attribute.GetProperty(name)?.PropertyType) };
            Assert.NotEqual(read(usual), read(changed));
        });
    }

    [Fact]
    public void Values_are_kept_where_the_attribute_says_so()
    {
        const string network = "using StaticNet; [Network][Input(4)][Dense(3)][MeanSquaredErrorLoss]";

        Assert.Equal(new TrainingAttribute().KeepValues, Specs.Only($"{network}[Training] partial class Net;").KeepsValues);
        Assert.True(Specs.Only($"{network}[Training(KeepValues = true)] partial class Net;").KeepsValues);
    }

    [Fact]
    public void Gradients_through_time_are_truncated_where_the_attribute_says_so()
    {
        const string network = "using StaticNet; [Network][Input(4, Steps = 8)][GRU(3)][MeanSquaredErrorLoss]";

        Assert.Equal(new TrainingAttribute().TimeSteps, Specs.Only($"{network}[Training] partial class Net;").TimeSteps);
        Assert.Equal(2, Specs.Only($"{network}[Training(TimeSteps = 2)] partial class Net;").TimeSteps);
    }

    [Fact]
    public void A_value_of_another_type_reads_as_the_fallback()
    {
        var arguments = new AttributeArguments("Dense", new Dictionary<string, object?> { ["units"] = "8", ["Bias"] = null, ["shape"] = 3 });

        Assert.Equal(7, arguments.Int32("units", 7));
        Assert.True(arguments.Boolean("Bias", true));
        Assert.Empty(arguments.Sizes("shape"));
        Assert.Empty(arguments.Names("absent"));
        Assert.Null(arguments.Text("Name"));
        Assert.Equal(Vocabulary.Activation.Identity, arguments.Choice<Vocabulary.Activation>("units"));
        Assert.Empty(arguments.Faults);
    }

    private static IEnumerable<string> Names(IEnumerable<object[]> rows) => rows.Select(row => ((Type)row[0]).Name).Order(StringComparer.Ordinal);

    private static IEnumerable<Type> AttributesOf(Type parent) =>
        typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && parent.IsAssignableFrom(type)).OrderBy(type => type.Name, StringComparer.Ordinal);

    private static LayerSpec ReadLayer(Type attribute, Dictionary<string, object?> values)
    {
        var arguments = Arguments(attribute, values);
        return LayerCatalog.Place(LayerCatalog.Layers[attribute.Name](arguments), arguments);
    }

    private static LossSpec ReadLoss(Type attribute, Dictionary<string, object?> values) => LossCatalog.Losses[attribute.Name](Arguments(attribute, values));

    private static AttributeArguments Arguments(Type attribute, Dictionary<string, object?> values) => new(attribute.Name.Replace("Attribute", "", StringComparison.Ordinal), values);

    /// <summary>Sample values of the required constructor arguments.</summary>
    private static Dictionary<string, object?> Positional(Type attribute) => attribute.GetConstructors().OrderBy(constructor => constructor.MetadataToken).First().GetParameters()
        .Where(parameter => !parameter.IsOptional && parameter.ParameterType != typeof(Type))
        .ToDictionary(parameter => parameter.Name!, parameter => (object?)Sample(parameter.ParameterType));

    /// <summary>The same with every other argument at the value that a new attribute has.</summary>
    private static Dictionary<string, object?> Everything(Type attribute)
    {
        var constructor = attribute.GetConstructors().OrderBy(constructor => constructor.MetadataToken).First();
        var sample = Positional(attribute);
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.IsOptional ? parameter.DefaultValue : parameter.ParameterType == typeof(Type) ? typeof(object) : ForReflection(sample[parameter.Name!], parameter.ParameterType))]);

        var values = new Dictionary<string, object?>(sample);
        foreach (var parameter in constructor.GetParameters().Where(parameter => parameter.IsOptional))
            values[parameter.Name!] = Property(parameter.Name!).GetValue(instance);
        foreach (var property in attribute.GetProperties().Where(property => property.CanWrite))
            values[property.Name] = Plain(property.GetValue(instance));
        return values;

        PropertyInfo Property(string parameter) => attribute.GetProperties().Single(property => property.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));
    }

    private static object? Plain(object? value) => value is Enum ? Convert.ToInt32(value, null) : value;

    private static object Sample(Type type) => type switch
    {
        _ when type == typeof(int) => 3,
        _ when type == typeof(double) => 0.25,
        _ when type == typeof(float) => 0.25f,
        _ when type == typeof(int[]) => new object?[] { 2, 3 },
        _ when type == typeof(string[]) => new object?[] { "a", "b" },
        _ when type.IsEnum => 1,
        _ => throw new NotSupportedException($"No sample of {type}."),
    };

    private static object ForReflection(object? value, Type type) => value switch
    {
        object?[] items when type == typeof(int[]) => items.Cast<int>().ToArray(),
        object?[] items => items.Cast<string>().ToArray(),
        int number when type.IsEnum => Enum.ToObject(type, number),
        _ => value!,
    };

    private static object Another(object? value, Type? property) => value switch
    {
        null when property == typeof(string[]) => new object?[] { "another" },
        null when property == typeof(float[]) => new object?[] { 0.5f },
        null => "another",
        bool flag => !flag,
        // Beside a 0 that stands for the figure of all axes, often 1, only 2 shows.
        int number => number != 0 ? number - 1 : property?.IsEnum == true ? 1 : 2,
        float.NaN or float.PositiveInfinity or float.NegativeInfinity => 0.5f,
        float number => number + 0.5f,
        double number => number + 0.5,
        IEnumerable items => items.Cast<object?>().Reverse().ToArray(),
        _ => throw new NotSupportedException($"No other value than {value}."),
    };
}
