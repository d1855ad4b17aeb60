namespace StaticNet.Tests.Networks;

public class ScoresTests
{
    [Fact]
    public void Softmax_is_the_known_one_row_by_row()
    {
        // softmax(3, 1, −3), and the same shifted by a thousand, which would overflow.
        float[] logits = [3, 1, -3, 1003, 1001, 997, -1e30f, 0, 0];
        var probabilities = new float[9];

        Scores.Softmax(logits, probabilities, classes: 3);

        var sum = 1 + Math.Exp(-2) + Math.Exp(-6);
        double[] expected = [1 / sum, Math.Exp(-2) / sum, Math.Exp(-6) / sum];
        for (var index = 0; index < 6; index++)
            Assert.Equal(expected[index % 3], probabilities[index], 1e-6);
        Assert.Equal([0, 0.5f, 0.5f], probabilities[6..]);

        Scores.Softmax(logits, logits, classes: 3);
        Assert.Equal(probabilities, logits);
        Scores.Softmax([7], probabilities.AsSpan(0, 1));
        Assert.Equal(1, probabilities[0]);
    }

    [Fact]
    public void Sigmoid_is_that_of_each_logit()
    {
        var probabilities = new float[4];

        Scores.Sigmoid([0, 2, -2, 200], probabilities);

        Assert.Equal(0.5f, probabilities[0]);
        Assert.Equal(1 / (1 + Math.Exp(-2)), probabilities[1], 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(2)), probabilities[2], 1e-6);
        Assert.Equal(1, probabilities[3]);
    }

    [Fact]
    public void The_class_is_the_first_of_the_largest_scores()
    {
        var classes = new int[3];

        Scores.ArgMax([1, 5, 2, 4, 4, 0, 1, float.NaN, 9], classes);

        Assert.Equal([1, 0, 1], classes);
        Assert.Equal(2, Scores.ArgMax([-3, -2, -1]));
        Scores.ArgMax([], []);
    }

    [Fact]
    public void The_k_largest_come_in_order()
    {
        var (classes, values) = (new int[3], new float[3]);

        Scores.TopK([1, 5, 2, 5, float.NegativeInfinity, 4], classes, values);

        Assert.Equal([1, 3, 5], classes);
        Assert.Equal([5, 5, 4], values);
        Scores.TopK([2, float.NaN, 3], classes);
        Assert.Equal([1, 2, 0], classes);
        var one = new int[1];
        Scores.TopK([2, 8, 3], one);
        Assert.Equal([1], one);
    }

    [Fact]
    public void The_k_largest_are_those_of_sorting()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var scores = Enumerable.Range(0, random.Next(1, 30)).Select(_ => (float)random.Next(8)).ToArray();
            var classes = new int[random.Next(1, scores.Length + 1)];

            Scores.TopK(scores, classes);

            Assert.Equal(Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index]).Take(classes.Length), classes);
        }
    }

    [Fact]
    public void Other_room_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Scores.Softmax(new float[5], new float[5], classes: 3));
        Assert.Throws<ArgumentException>(() => Scores.Softmax(new float[6], new float[5], classes: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores.Softmax(new float[6], new float[6], classes: 0));
        Assert.Throws<ArgumentException>(() => Scores.Softmax([], []));
        Assert.Throws<ArgumentException>(() => Scores.Sigmoid(new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => Scores.ArgMax([]));
        Assert.Throws<ArgumentException>(() => Scores.ArgMax(new float[5], new int[2]));
        Assert.Throws<ArgumentException>(() => Scores.ArgMax(new float[5], []));
        Assert.Throws<ArgumentException>(() => Scores.TopK(new float[2], new int[3]));
        Assert.Throws<ArgumentException>(() => Scores.TopK(new float[2], []));
        Assert.Throws<ArgumentException>(() => Scores.TopK(new float[3], new int[2], new float[1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (scores, probabilities, classes) = (new float[300], new float[300], new int[30]);

        Assert.Equal(0, Allocations.Of(() =>
        {
            Scores.Softmax(scores, probabilities, classes: 10);
            Scores.Sigmoid(scores, probabilities);
            Scores.ArgMax(scores, classes);
            Scores.TopK(scores, classes);
        }));
    }
}
