namespace StaticNet.Insight;

/// <summary>The points of a line, however long it grows no more than can be seen: of many, each is the mean of several.</summary>
internal sealed class Curve
{
    private const int MostPoints = 800;

    private readonly List<double> _x = [];
    private readonly List<double> _y = [];
    private int _ofPoint = 1;
    private int _count;
    private double _sumOfX;
    private double _sumOfY;

    public IReadOnlyList<double> X => _x;

    public IReadOnlyList<double> Y => _y;

    public void Add(double x, double y)
    {
        (_sumOfX, _sumOfY, _count) = (_sumOfX + x, _sumOfY + y, _count + 1);
        if (_count < _ofPoint)
            return;
        _x.Add(_sumOfX / _count);
        _y.Add(_sumOfY / _count);
        (_sumOfX, _sumOfY, _count) = (0, 0, 0);
        if (_x.Count < MostPoints)
            return;
        Halve(_x);
        Halve(_y);
        _ofPoint *= 2;
    }

    private static void Halve(List<double> values)
    {
        for (var index = 0; index < MostPoints / 2; index++)
            values[index] = (values[2 * index] + values[(2 * index) + 1]) / 2;
        values.RemoveRange(MostPoints / 2, MostPoints / 2);
    }
}
