namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>Finds the lowest point of a smooth convex function: L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5) with a halving line search.</summary>
internal static class Minimiser
{
    private const int Remembered = 8;
    private const double Enough = 1e-5; // Of the function's value, from step to step.

    /// <param name="function">Its value at a point; writes its slope there.</param>
    /// <param name="dimensions">Of the point; the search begins at zero.</param>
    /// <param name="mostSteps">When to stop at the latest.</param>
    public static double[] Minimise(Func<double[], double[], double> function, int dimensions, int mostSteps)
    {
        var (at, slope) = (new double[dimensions], new double[dimensions]);
        var value = function(at, slope);
        var steps = new List<Step>();
        for (var i = 0; i < mostSteps; i++)
        {
            var direction = Direction(slope, steps);
            var (next, nextSlope) = (new double[dimensions], new double[dimensions]);
            var (nextValue, descent) = (0.0, Dot(slope, direction));
            for (var length = 1.0; length > 1e-10; length /= 2)
            {
                for (var d = 0; d < dimensions; d++)
                    next[d] = at[d] + (length * direction[d]);
                nextValue = function(next, nextSlope);
                if (nextValue <= value + (1e-4 * length * descent))
                    break;
            }

            Remember(steps, Step.Of(at, next, slope, nextSlope));
            var isDone = Math.Abs(value - nextValue) < Enough * Math.Abs(value);
            (at, slope, value) = (next, nextSlope, nextValue);
            if (isDone)
                break;
        }

        return at;
    }

    private static double[] Direction(double[] slope, List<Step> steps)
    {
        var direction = Array.ConvertAll(slope, d => -d);
        var shares = new double[steps.Count];
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            shares[i] = Dot(steps[i].Move, direction) / steps[i].Product;
            Add(direction, -shares[i], steps[i].Change);
        }

        Scale(direction, steps is [.., var last] ? last.Product / Dot(last.Change, last.Change) : 1 / Math.Sqrt(Math.Max(Dot(slope, slope), 1e-30)));
        for (var i = 0; i < steps.Count; i++)
            Add(direction, shares[i] - (Dot(steps[i].Change, direction) / steps[i].Product), steps[i].Move);
        return direction;
    }

    private static void Remember(List<Step> steps, Step step)
    {
        if (step.Product <= 1e-10)
            return;
        steps.Add(step);
        if (steps.Count > Remembered)
            steps.RemoveAt(0);
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] to, double times, double[] what)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += times * what[i];
    }

    private static void Scale(double[] what, double by)
    {
        for (var i = 0; i < what.Length; i++)
            what[i] *= by;
    }

    /// <summary>How a step moved, and how the slope changed by it.</summary>
    private sealed record Step(double[] Move, double[] Change, double Product)
    {
        public static Step Of(double[] from, double[] to, double[] slope, double[] nextSlope)
        {
            var (move, change) = (new double[from.Length], new double[from.Length]);
            for (var i = 0; i < from.Length; i++)
                (move[i], change[i]) = (to[i] - from[i], nextSlope[i] - slope[i]);
            return new Step(move, change, Dot(move, change));
        }
    }
}
