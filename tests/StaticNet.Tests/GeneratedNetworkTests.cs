using StaticNet.Networks;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests;

/// <summary>Every small shared network against the double-precision reference: outputs, losses, gradients, padding, phases.</summary>
public class GeneratedNetworkTests
{
    public static TheoryData<Type> Networks => new(typeof(Mlp784x128x10).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(NetworkAttribute), inherit: false))
        .Except(LargeNetworkTests.Large)
        .Where(type => type.GetInterfaces().Any(face => face.Name.StartsWith("INetwork", StringComparison.Ordinal)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Networks))]
    public void Agrees_with_the_reference(Type network)
    {
        var report = NetworkComparison.Compare(network, seed: 1);

        Assert.True(report.Passed, report.ToString());
    }
}
