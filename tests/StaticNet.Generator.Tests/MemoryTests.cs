using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Emit;
using StaticNet.Generator.Kernels;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Vocabulary;
using StaticNet.Reference.Sampling;

namespace StaticNet.Generator.Tests;

/// <summary>Where values stand in the workspace, on random graphs: the lives are taken from what the kernels read and write.</summary>
public class MemoryTests
{
    private static readonly string[] Real =
        ["LeNet5", "LeNet5Of1998", "Cnn32x64", "AdAutoencoder", "DsCnn", "ResNet8", "MobileNetV1x025", "ResNet20", "SmallVgg", "ConvAutoencoder", "Mlp784x128x10"];

    [Theory]
    [InlineData(false, 0, 60)]
    [InlineData(true, 0, 60)]
    public void Values_that_live_at_the_same_time_do_not_overlap(bool hasPixels, int firstSeed, int count)
    {
        foreach (var plan in Plans(hasPixels, firstSeed, count).SelectMany(network => new[] { network.One, network.Many, network.Training?.Step }).OfType<Plan>())
        {
            var lives = LivesOf(plan);
            for (var i = 0; i < lives.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (a, b) = (lives[i], lives[j]);
                    var liveTogether = a.First <= b.Last && b.First <= a.Last;
                    var overlap = a.Region.Offset < b.Region.Offset + b.Region.Length && b.Region.Offset < a.Region.Offset + a.Region.Length;
                    if (IsInPlace(plan, a, b) || IsInPlace(plan, b, a))
                        continue;
                    Assert.False(liveTogether && overlap, $"{a.Region.Value} and {b.Region.Value} of plan {plan.Name} share memory.");
                }
            }
        }
    }

    [Theory]
    [InlineData(false, 0, 60)]
    [InlineData(true, 0, 60)]
    public void Inference_takes_at_most_a_tenth_more_than_what_lives_at_one_time(bool hasPixels, int firstSeed, int count)
    {
        foreach (var (plan, output) in Plans(hasPixels, firstSeed, count).SelectMany(network => new[] { (network.One, network.Program.Outputs[0]), (network.Many, network.Program.Outputs[0]) }))
        {
            var lives = LivesOf(plan).ConvertAll(life => life.Region.Value == plan.Arranged.Resolve(output) ? life with { Last = int.MaxValue } : life);
            var bound = LowerBound(plan, lives);

            Assert.True(plan.Memory.Length <= bound * 1.1, $"{plan.Name}: {plan.Memory.Length} floats, where {bound} live at one time.");
        }
    }

    [Fact]
    public void Element_functions_write_where_an_operand_stood_that_nothing_reads_any_more()
    {
        var plans = Plans(hasPixels: true, 0, 60).SelectMany(network => new[] { network.One, network.Many, network.Training?.Step }).OfType<Plan>();

        Assert.Contains(plans, plan => plan.Memory.Regions.Any(region => region.Replaced is not null));
    }

    /// <summary>
    /// In a training step a place is taken over by a value of the same length alone, so that each thread may run ahead with samples of
    /// its own. Small networks, all of whose values differ in length, share least.
    /// </summary>
    [Theory]
    [InlineData(false, 0, 60)]
    [InlineData(true, 0, 60)]
    public void A_training_step_takes_at_most_twice_what_lives_at_one_time(bool hasPixels, int firstSeed, int count) =>
        CheckSteps(Plans(hasPixels, firstSeed, count), 2);

    [Fact]
    public void A_training_step_of_a_real_network_takes_at_most_half_more_than_what_lives_at_one_time()
    {
        var networks = PlansOf(Real.Select(name => File.ReadAllText(Path.Combine(Repository.Root, $"tests/StaticNet.Networks/{name}.cs"))));

        Assert.All(Real, name => Assert.Contains(networks, network => network.Spec.Target.Name.StartsWith(name, StringComparison.Ordinal)));
        CheckSteps(networks, 1.5);
    }

    [Theory]
    [InlineData(false, 0, 60)]
    [InlineData(true, 0, 60)]
    public void Phases_count_tiles_where_kernels_have_tiles(bool hasPixels, int firstSeed, int count)
    {
        var steps = Plans(hasPixels, firstSeed, count).Select(network => network.Training?.Step).OfType<Plan>().ToArray();

        Assert.NotEmpty(steps);
        Assert.All(steps.SelectMany(KernelFactory.Make), kernel => Assert.Equal(kernel.Tiles > 0, kernel.Group.Head.IsByTile));
    }

    private static void CheckSteps(IEnumerable<NetworkPlan> networks, double most)
    {
        var steps = networks.Where(network => network.Training is not null).ToArray();
        Assert.NotEmpty(steps);
        Assert.All(steps, network =>
        {
            var plan = network.Training!.Step;
            // Gradients of inputs stay until the program has taken them.
            var taken = network.Training.Operations.Taken.Select(plan.Arranged.Resolve).ToHashSet();
            var bound = LowerBound(plan, LivesOf(plan).ConvertAll(life => taken.Contains(life.Region.Value) ? life with { Last = int.MaxValue } : life));
            Assert.True(plan.Memory.Length <= bound * most, $"{network.Spec.Target.Name}: {plan.Memory.Length} floats, where {bound} live at one time.");

            // Behind the values stands a loss a sample. Weights whose input has a gradient stand transposed beside the other prepared values, each once.
            Assert.Equal(Lanes.Pad(network.Training.BatchSize), network.Training.WorkspaceLength - plan.Memory.Length);
            var transposed = network.Prepared.Places.Select(place => place.Value.Producer).OfType<TransposedWeight>().Select(operation => operation.Weight).ToArray();
            var read = plan.Groups.Select(group => group.Head).OfType<Product>().Where(product => product.ReadsTransposed).Select(product => product.Weight);
            Assert.Equal(read.ToHashSet(), transposed.ToHashSet());
            Assert.Distinct(transposed);
        });
    }

    /// <summary>The most floats that live at one time. A value computed in the place of another needs nothing more while both live.</summary>
    private static long LowerBound(Plan plan, List<(Memory.Region Region, int First, int Last)> lives) => Enumerable.Range(0, plan.Groups.Count).Max(index => lives
        .Where(life => life.First <= index && index <= life.Last && !lives.Any(other => other.First == index && IsInPlace(plan, life, other)))
        .Sum(life => (long)life.Region.Length));

    /// <summary>Whether element functions compute <paramref name="later"/> from <paramref name="earlier"/> and others, element by element, in its place.</summary>
    private static bool IsInPlace(Plan plan, (Memory.Region Region, int First, int Last) earlier, (Memory.Region Region, int First, int Last) later) =>
        earlier.Last == later.First
        && (earlier.Region.Offset, earlier.Region.Length) == (later.Region.Offset, later.Region.Length)
        && plan.Groups[later.First] is { Stored.Count: 1 } group
        && group.Operations.All(operation => operation is Elementwise)
        && group.Operations.Cast<Elementwise>().Any(operation => operation.ElementInputs.Any(input => plan.Arranged.Operand(operation, input) == earlier.Region.Value));

    private static List<NetworkPlan> Plans(bool hasPixels, int firstSeed, int count)
    {
        // Which functions they have makes no difference to memory.
        const SpatialKinds kinds = SpatialKinds.All & ~SpatialKinds.LaterFunctions;
        var plans = PlansOf(Enumerable.Range(firstSeed, count).Select(seed => (hasPixels ? RandomNetworks.Spatial(seed, kinds) : RandomNetworks.Valid(seed)).Source));

        Assert.Equal(count, plans.Count);
        return plans;
    }

    private static List<NetworkPlan> PlansOf(IEnumerable<string> sources)
    {
        var specs = new List<NetworkSpec>();
        var generator = new NetworkGenerator((spec, _) =>
        {
            specs.Add(spec);
            return new NetworkCode([]);
        });
        CSharpGeneratorDriver.Create(generator).RunGenerators(GeneratorHarness.Compile("Memory", sources, MetadataReference.CreateFromFile(typeof(RandomNetworks).Assembly.Location)));

        return specs.ConvertAll(spec => new NetworkPlan(spec));
    }

    /// <summary>
    /// From the kernel that writes a value to the last that takes it; what the gradients at the end read lives to the end. Kernels over the
    /// whole batch that follow each other run at the same time.
    /// </summary>
    private static List<(Memory.Region Region, int First, int Last)> LivesOf(Plan plan)
    {
        var kernels = KernelFactory.Make(plan);
        bool IsOfBatch(int index) => index >= 0 && index < kernels.Count && kernels[index].Group.Head.IsByTile;
        int FirstOfTurn(int index) => IsOfBatch(index) && IsOfBatch(index - 1) ? FirstOfTurn(index - 1) : index;
        int LastOfTurn(int index) => IsOfBatch(index) && IsOfBatch(index + 1) ? LastOfTurn(index + 1) : index;
        return [.. plan.Memory.Regions.Select(region =>
        {
            var users = Enumerable.Range(0, kernels.Count).Where(index => kernels[index].Arguments.Any(argument =>
                argument is { Kind: ArgumentKind.Value, Value: { } value } && plan.Arranged.Resolve(value) == region.Value)).ToArray();
            var last = LastOfTurn(users[^1]);
            return (region, FirstOfTurn(users[0]), IsOfBatch(last) && last == kernels.Count - 1 ? int.MaxValue : last);
        })];
    }
}
