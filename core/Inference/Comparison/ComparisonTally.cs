namespace Gptx.Inference.Comparison;

/// <summary>Sums over the tokens of a text, or of all.</summary>
internal sealed class ComparisonTally
{
    private int _distributions;
    private int _agreeing;
    private double _divergence;
    private double _largestDivergence;
    private double _logError;
    private double _largestLogError;
    private int _targets;
    private double _surprisalA;
    private double _surprisalB;
    private int _states;
    private double _cosine;
    private double _smallestCosine = double.PositiveInfinity;

    public int Tokens { get; set; }

    public double? PerplexityA => _targets == 0 ? null : Math.Exp(_surprisalA / _targets);

    public double? PerplexityB => _targets == 0 ? null : Math.Exp(_surprisalB / _targets);

    public double? MeanDivergence => OfDistributions(_divergence);

    public double? MaxDivergence => _distributions == 0 ? null : _largestDivergence;

    public double? TopAgreement => OfDistributions(_agreeing);

    public double? MeanLogError => OfDistributions(_logError);

    public double? MaxLogError => _distributions == 0 ? null : _largestLogError;

    public double? MeanCosine => _states == 0 ? null : _cosine / _states;

    public double? MinCosine => _states == 0 ? null : _smallestCosine;

    public void Add(in DistributionDifference difference)
    {
        _distributions++;
        _agreeing += difference.SameTop ? 1 : 0;
        _divergence += difference.Divergence;
        _largestDivergence = Math.Max(_largestDivergence, difference.Divergence);
        _logError += difference.MeanLogError;
        _largestLogError = Math.Max(_largestLogError, difference.MaxLogError);
    }

    public void AddSurprisal(double a, double b)
    {
        _targets++;
        _surprisalA += a;
        _surprisalB += b;
    }

    public void AddCosine(double cosine)
    {
        _states++;
        _cosine += cosine;
        _smallestCosine = Math.Min(_smallestCosine, cosine);
    }

    public void Add(ComparisonTally other)
    {
        Tokens += other.Tokens;
        _distributions += other._distributions;
        _agreeing += other._agreeing;
        _divergence += other._divergence;
        _largestDivergence = Math.Max(_largestDivergence, other._largestDivergence);
        _logError += other._logError;
        _largestLogError = Math.Max(_largestLogError, other._largestLogError);
        _targets += other._targets;
        _surprisalA += other._surprisalA;
        _surprisalB += other._surprisalB;
        _states += other._states;
        _cosine += other._cosine;
        _smallestCosine = Math.Min(_smallestCosine, other._smallestCosine);
    }

    private double? OfDistributions(double sum) => _distributions == 0 ? null : sum / _distributions;
}
