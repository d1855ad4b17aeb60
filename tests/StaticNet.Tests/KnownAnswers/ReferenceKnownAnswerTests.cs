using StaticNet.Networks.KnownAnswers;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.KnownAnswers;

public class ReferenceKnownAnswerTests
{
    [Fact]
    public void The_2_2_2_example_comes_out_digit_for_digit()
    {
        KnownAnswers.WorkedExample(Reference<WorkedExample>(), tolerance: 5.01e-10, lateTolerance: 1.5e-6);
    }

    [Fact]
    public void The_hidden_layer_of_the_2_2_2_example_comes_out_digit_for_digit()
    {
        var attributes = ReferenceNetwork.AttributesOf(typeof(WorkedExample));
        var hidden = new ReferenceNetwork([.. attributes.Where(attribute => attribute is not DenseAttribute { Name: "output" })]);
        var parameters = new Dictionary<string, double[]>
        {
            ["hidden.weight"] = [0.15, 0.20, 0.25, 0.30],
            ["hidden.bias"] = [0.35, 0.35],
        };

        var output = hidden.Forward(parameters, [0.05, 0.10]);

        Assert.Equal(0.593269992, output[0], 5.01e-10);
        Assert.Equal(0.596884378, output[1], 5.01e-10);
    }

    [Theory]
    [InlineData(0.6, 0.9, 0.8176, 0.094)]
    [InlineData(2.0, 2.0, 0.9820, 0.203)]
    public void A_badly_wrong_sigmoid_neuron_learns_slowly_under_the_quadratic_cost(
        double weight, double bias, double first, double last)
    {
        KnownAnswers.SigmoidNeuron(Reference<QuadraticNeuron>(), (weight, bias), first, last);
    }

    [Theory]
    [InlineData(0.6, 0.9, 0.8176, 0.012)]
    [InlineData(2.0, 2.0, 0.9820, 0.012)]
    public void And_fast_under_cross_entropy(double weight, double bias, double first, double last)
    {
        KnownAnswers.SigmoidNeuron(Reference<CrossEntropyNeuron>(), (weight, bias), first, last);
    }

    [Fact]
    public void A_weighted_sum_is_what_it_says() => KnownAnswers.WeightedSum(Reference<WeightedSum>());

    [Fact]
    public void A_perceptron_compares_with_its_threshold() => KnownAnswers.Perceptron(Reference<Perceptron>());

    [Fact]
    public void A_perceptron_computes_nand() => KnownAnswers.Nand(Reference<Nand>());

    [Fact]
    public void Softmax_of_three_scores_comes_out_to_four_places() => KnownAnswers.SoftmaxOfThree(Reference<SoftmaxOfThree>());

    private static InterpretedNetwork Reference<TNetwork>() => new(ReferenceNetwork.Of(typeof(TNetwork)));
}
