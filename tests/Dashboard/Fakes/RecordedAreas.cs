using System.Collections.Concurrent;
using System.Reflection;
using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Area grains that only write down what people did, and answer what they are told to.</summary>
public sealed class RecordedAreas
{
    public ConcurrentQueue<(string Area, OperatorAction Action)> Acts { get; } = [];
    public ConcurrentQueue<(string Area, HomeRevision Home)> Revisions { get; } = [];
    public ConcurrentQueue<(string Area, FalseCallRestoration Asked)> Restorations { get; } = [];
    public ActionResult Answer { get; set; } = ActionResult.Done;
    public Exception? Fault { get; set; }

    public IGrainFactory Factory()
    {
        var factory = DispatchProxy.Create<IGrainFactory, Proxy>();
        ((Proxy)(object)factory).Call = (method, arguments) =>
            method is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } && arguments[0] is string area
                ? method.GetGenericArguments()[0] == typeof(IAreaFalseCalls) ? FalseCalls(area) : Area(area)
                : throw new NotSupportedException(method.Name);
        return factory;
    }

    private IAreaFalseCalls FalseCalls(string key)
    {
        var area = DispatchProxy.Create<IAreaFalseCalls, Proxy>();
        ((Proxy)(object)area).Call = (_, arguments) =>
        {
            Restorations.Enqueue((key, (FalseCallRestoration)arguments[0]!));
            return Task.FromResult(Answer == ActionResult.Done);
        };
        return area;
    }

    private IAreaGrain Area(string key)
    {
        var area = DispatchProxy.Create<IAreaGrain, Proxy>();
        ((Proxy)(object)area).Call = (method, arguments) =>
        {
            if (method.Name == nameof(IAreaGrain.ReviseAsync))
            {
                Revisions.Enqueue((key, (HomeRevision)arguments[0]!));
                return Task.CompletedTask;
            }

            if (method.Name != nameof(IAreaGrain.ActAsync))
                throw new NotSupportedException(method.Name);
            Acts.Enqueue((key, (OperatorAction)arguments[0]!));
            return Fault is null ? Task.FromResult(Answer) : Task.FromException<ActionResult>(Fault);
        };
        return area;
    }

    public class Proxy : DispatchProxy
    {
        public Func<MethodInfo, object?[], object?> Call { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Call(targetMethod!, args ?? []);
    }
}
