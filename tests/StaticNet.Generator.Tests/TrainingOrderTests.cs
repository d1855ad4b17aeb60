using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Tests;

/// <summary>In which phase gradients of parameters are summed, and how many samples go through a phase at a time.</summary>
public class TrainingOrderTests
{
    private const string Head = "using StaticNet; ";

    [Fact]
    public void Gradients_are_summed_in_the_batchs_turn_that_follows_what_they_read()
    {
        var training = TrainingOf("[Network, Input(3, 8, 8), Conv2D(16, Kernel = 1), BatchNorm(Activation = Activation.ReLU), Conv2D(16, Kernel = 1), BatchNorm, Flatten, Dense(2), SoftmaxCrossEntropyLoss, Training(BatchSize = 4)] public sealed partial class N;");

        // What is there before the turn of the second norm's gradient: the dense layer's. The second convolution's waits for the next turn.
        var turns = training.Phases.Where(phase => phase.IsByTile).Select(phase => string.Join(" ", GradientsOf(phase))).Where(names => names.Length > 0);
        Assert.Equal(["dense1.weight dense1.bias", "conv2.weight", "conv1.weight"], turns.Select(names => string.Join(" ", names.Split(' ').Where(name => !name.Contains("num_batches", StringComparison.Ordinal) && name is not ("conv1.bias" or "conv2.bias")))));
    }

    [Fact]
    public void A_step_without_turns_sums_them_at_the_end()
    {
        var training = TrainingOf("[Network, Input(4), Dense(3, Activation = Activation.Tanh), Dense(2), MeanSquaredErrorLoss, Training(BatchSize = 4)] public sealed partial class N;");

        Assert.Equal([false, true], training.Phases.Select(phase => phase.IsByTile));
        Assert.Equal(4, GradientsOf(training.Phases[1]).Count());
    }

    [Fact]
    public void Centres_move_after_all_who_read_them()
    {
        var training = TrainingOf("[Network, Input(4), Dense(3), BatchNorm, Dense(3, Name = \"features\"), BatchNorm, Dense(2), SoftmaxCrossEntropyLoss, CenterLoss(From = \"features\"), Training(BatchSize = 4)] public sealed partial class N;");

        Assert.Contains(training.Phases[^1].Groups, group => group.Head is CenterUpdate);
    }

    [Fact]
    public void Large_samples_go_through_one_by_one_and_rows_of_a_product_in_whole_tiles()
    {
        var large = TrainingOf("[Network, Input(16, 64, 64), DepthwiseConv2D(AutoPadding = AutoPadding.Same), BatchNorm, GlobalAveragePool, Dense(2), SoftmaxCrossEntropyLoss, Training(BatchSize = 16)] public sealed partial class N;");
        var narrow = TrainingOf("[Network, Input(8), Dense(16), BatchNorm, Dense(2), SoftmaxCrossEntropyLoss, Training(BatchSize = 128)] public sealed partial class N;");

        Assert.Equal(1, large.Phases[0].Chunk);
        Assert.All(narrow.Phases.Where(phase => phase.Groups.Any(group => group.Head is Contraction)), phase => Assert.Equal(0, phase.Chunk % 24));
    }

    private static TrainingPlan TrainingOf(string network) => new NetworkPlan(Specs.Only(Head + network)).Training!;

    private static IEnumerable<string> GradientsOf(TrainingPhase phase) => phase.Groups.Select(group => group.Head).OfType<ParameterGradient>().Select(gradient => gradient.Parameter.FullName);
}
