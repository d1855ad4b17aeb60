using StaticNet.Networks.KnownAnswers;
using StaticNet.Optimizers;
using StaticNet.Reference.Comparison;
using StaticNet.Tests.Generated;

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

    [Fact]
    public void The_2_2_2_example_comes_out_with_the_librarys_own_descent()
    {
        var network = new WorkedExample(seed: 0);
        var table = WorkedExample.ParameterTable;
        void Set(string name, params float[] values) => table.Get(name).Pack(values, network.Weights.Edit());
        float[] Get(string name)
        {
            var values = new float[table.Get(name).Count];
            table.Get(name).Unpack(network.Weights.Values, values);
            return values;
        }

        Set("hidden.weight", 0.15f, 0.20f, 0.25f, 0.30f);
        Set("hidden.bias", 0.35f, 0.35f);
        Set("output.weight", 0.40f, 0.45f, 0.50f, 0.55f);
        Set("output.bias", 0.60f, 0.60f);
        var descent = new Sgd(0.5f);
        descent.Attach(network.Weights);
        float Step()
        {
            var loss = network.TrainBatch(new Batch([0.05f, 0.10f], [0.01f, 0.99f], 1));
            // The texts hold the biases.
            table.Get("hidden.bias").Pack(new float[2], network.Gradients);
            table.Get("output.bias").Pack(new float[2], network.Gradients);
            descent.Step(network.Weights, network.Gradients);
            return loss;
        }

        Assert.Equal(0.298371109f, Step(), 1e-7f);
        Assert.Equal([0.14978072f, 0.19956143f, 0.24975114f, 0.29950229f], Get("hidden.weight"), Near);
        Assert.Equal([0.35891648f, 0.40866619f, 0.51130127f, 0.56137012f], Get("output.weight"), Near);
        Assert.Equal(0.291027774f, Step(), 1e-7f);
        for (var step = 2; step < 9_999; step++)
            Step();

        Assert.Equal(0.0000351085f, Step(), 4e-8f);
        Assert.Equal([0.35f, 0.35f], Get("hidden.bias"));

        static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-7f;
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
