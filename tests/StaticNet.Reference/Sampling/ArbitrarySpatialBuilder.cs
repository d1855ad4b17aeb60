using System.Reflection;

namespace StaticNet.Reference.Sampling;

/// <summary>
/// Draws spatial networks with the mistakes that people make, and worse: layers of any kind in any place, with properties that
/// are set without a care for what they mean.
/// </summary>
internal sealed class ArbitrarySpatialBuilder(Random random)
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 4, 5, 7, 8, 16, 17, -1, -2, -3, 1000, 65_536, int.MaxValue, int.MinValue];
    private static readonly double[] Numbers =
        [0, 0.1, 0.5, 1, 1.5, -0.5, 1e30, 1e-30, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly string[] Texts = ["", "X", "XX", ".X", "X.X", "x", "input", "conv1", "batchNorm1", "a", "1a", "class"];

    private static readonly ConstructorInfo[] Layers = [.. typeof(LayerAttribute).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(LayerAttribute)) && type != typeof(BlockAttribute))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .SelectMany(type => type.GetConstructors().OrderBy(constructor => constructor.MetadataToken))];

    public IReadOnlyList<Attribute> Build()
    {
        var attributes = new SpatialNetworkBuilder(random, SpatialKinds.All).Build().ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var place = random.Next(1, attributes.Count);
            switch (random.Next(5))
            {
                case 0:
                    attributes.Insert(place, Layer());
                    break;
                case 1 when attributes[place] is not InputAttribute:
                    attributes.RemoveAt(place);
                    break;
                case 2:
                    (attributes[place], attributes[^1]) = (attributes[^1], attributes[place]);
                    break;
                default:
                    if (attributes[place] is LayerAttribute layer)
                        Spoil(layer);
                    break;
            }
        }

        return attributes;
    }

    private LayerAttribute Layer()
    {
        var constructor = OneOf(Layers);
        var layer = (LayerAttribute)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType))]);
        for (var changes = random.Next(3); changes > 0; changes--)
            Spoil(layer);
        return layer;
    }

    // One property gets a value of its type.
    private void Spoil(LayerAttribute layer)
    {
        var properties = layer.GetType().GetProperties().Where(property => property.CanWrite);
        var chosen = OneOf([.. properties.OrderBy(property => property.Name, StringComparer.Ordinal)]);
        chosen.SetValue(layer, Value(chosen.PropertyType));
    }

    private object Value(Type type) => type switch
    {
        _ when type == typeof(int) => OneOf(Sizes),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(float) => (float)OneOf(Numbers),
        _ when type == typeof(double) => OneOf(Numbers),
        _ when type == typeof(float[]) => Enumerable.Range(0, random.Next(5)).Select(_ => (float)OneOf(Numbers)).ToArray(),
        _ when type == typeof(string) => OneOf(Texts),
        _ when type == typeof(string[]) => Enumerable.Range(0, random.Next(5)).Select(_ => OneOf(Texts)).ToArray(),
        _ when type == typeof(int[]) => Enumerable.Range(0, random.Next(5)).Select(_ => OneOf(Sizes)).ToArray(),
        // Beside the members also what no member has.
        _ => Enum.ToObject(type, random.Next(-1, Enum.GetValues(type).Length + 1)),
    };

    private T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
