using StaticNet.Networks.KnownAnswers;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.KnownAnswers;

/// <summary>The known answers again, from generated code in single precision.</summary>
public class GeneratedKnownAnswerTests
{
    // Half a unit in the last place of a float near one, a few times over; rounding adds up over 10,000 updates.
    [Fact]
    public void The_2_2_2_example_comes_out()
    {
        KnownAnswers.WorkedExample(new GeneratedTraining<WorkedExample>(), tolerance: 2e-7, lateTolerance: 0.001);
    }

    [Theory]
    [InlineData(0.6, 0.9, 0.8176, 0.094)]
    [InlineData(2.0, 2.0, 0.9820, 0.203)]
    public void A_badly_wrong_sigmoid_neuron_learns_slowly_under_the_quadratic_cost(
        double weight, double bias, double first, double last)
    {
        KnownAnswers.SigmoidNeuron(new GeneratedTraining<QuadraticNeuron>(), (weight, bias), first, last);
    }

    [Theory]
    [InlineData(0.6, 0.9, 0.8176, 0.012)]
    [InlineData(2.0, 2.0, 0.9820, 0.012)]
    public void And_fast_under_cross_entropy(double weight, double bias, double first, double last)
    {
        KnownAnswers.SigmoidNeuron(new GeneratedTraining<CrossEntropyNeuron>(), (weight, bias), first, last);
    }

    [Fact]
    public void A_weighted_sum_is_what_it_says() => KnownAnswers.WeightedSum(new GeneratedInference<WeightedSum>());

    [Fact]
    public void A_perceptron_compares_with_its_threshold() => KnownAnswers.Perceptron(new GeneratedInference<Perceptron>());

    [Fact]
    public void A_perceptron_computes_nand() => KnownAnswers.Nand(new GeneratedInference<Nand>());

    [Fact]
    public void Softmax_of_three_scores_comes_out_to_four_places() =>
        KnownAnswers.SoftmaxOfThree(new GeneratedInference<SoftmaxOfThree>());
}
