using CivicSignals.Ingest.Dialects.Ecall;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class MsdDialectTests : IAsyncDisposable
{
    /// <summary>The standard's own example, version 1: every optional part and additional data.</summary>
    private const string Example = "015C0681D54970D65C3597CA0420C41464583ADE68AC52E9BB8413F149C07414FB414F6010180813E82181823230";

    /// <summary>Version 2, with all it says written beside it in Legato's tests of its modem.</summary>
    private const string Second = "02251C0680E30A51439E2955D43800800437F80A3105669023F8A71166932185B004150043C040";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public void Read_ExampleOfTheStandard_IsWhatItSays()
    {
        var msd = Msd.Read(Convert.FromHexString(Example))!;
        Assert.Equal((1, 1, true, false, true), (msd.Version, msd.MessageId, msd.IsAutomatic, msd.IsTest, msd.IsPositionTrusted));
        Assert.Equal(new DateTimeOffset(1973, 11, 29, 21, 33, 9, TimeSpan.Zero), msd.At);
        Assert.Equal((48.300333, 11.617367), (Math.Round(msd.Position!.Value.Lat, 6), Math.Round(msd.Position.Value.Lon, 6)));
        Assert.Equal((28, (10, -10), (10, -20), 2), (msd.Heading!.Value, msd.Before!.Value, msd.BeforeThat!.Value, msd.Occupants!.Value));
    }

    [Fact]
    public void Read_SecondVersion_IsWhatItSays()
    {
        var msd = Msd.Read(Convert.FromHexString(Second))!;
        Assert.Equal((2, 1, true, false, true), (msd.Version, msd.MessageId, msd.IsAutomatic, msd.IsTest, msd.IsPositionTrusted));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1367878452), msd.At);
        Assert.Equal((18859320 / 3.6e6, 187996428 / 3.6e6), msd.Position);
        Assert.Equal((90, (0, 10), (0, 30), 2), (msd.Heading!.Value, msd.Before!.Value, msd.BeforeThat!.Value, msd.Occupants!.Value));
    }

    [Fact]
    public void Read_ThirdVersion_HasFivebitVehicleTypesAndAlwaysTwoPositionsBefore()
    {
        var msd = Msd.Read(MsdBits.Of(version: 3))!;
        Assert.Equal((3, 7, false, false, true), (msd.Version, msd.MessageId, msd.IsAutomatic, msd.IsTest, msd.IsPositionTrusted));
        Assert.Equal(((53.0466, -2.9925), (-512, 511), (1, 2), (int?)4), (Rounded(msd), msd.Before!.Value, msd.BeforeThat!.Value, msd.Occupants));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_PartsOfALaterVersion_ArePassedOver(int version)
    {
        var msd = Msd.Read(MsdBits.Of(version, extended: true))!;
        Assert.Equal((version, (53.0466, -2.9925), (int?)4), (msd.Version, Rounded(msd), msd.Occupants));
    }

    [Fact]
    public void Read_CutAnywhere_IsNone()
    {
        var whole = MsdBits.Of(version: 1);
        for (var length = 0; length < whole.Length; length++)
            Assert.Null(Msd.Read(whole.AsSpan(0, length)));
        Assert.NotNull(Msd.Read([.. whole, .. new byte[140 - whole.Length]]));
        Assert.Null(Msd.Read([.. whole, .. new byte[141 - whole.Length]]));
    }

    [Theory]
    [InlineData(true, true, "crash.ecall-automatic", 90)]
    [InlineData(false, true, "crash.ecall-manual", 90)]
    [InlineData(true, false, "crash.ecall-automatic", 1000)]
    public async Task Decode_Call_IsEvidenceOfItsKind(bool automatic, bool trusted, string kind, double uncertaintyM)
    {
        var message = _bench.Message("vehicles/v1/msd", MsdBits.Of(version: 2, automatic, trusted: trusted));
        Assert.Equal(MessageStatus.Accepted, (await _bench.Pipeline.AcceptAsync(message)).Status);
        var signal = Assert.Single(_bench.Areas.Signals);
        Assert.Equal(("vehicles/v1", kind, true, uncertaintyM), (signal.Source, signal.Kind, signal.Active, signal.Place.UncertaintyM));
        Assert.Equal((_bench.Time.GetUtcNow().AddSeconds(-5), "msd/1768031995"), (signal.ObservedAt, signal.Event));
    }

    [Fact]
    public async Task Decode_TestCall_IsNoEvidence()
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.Pipeline.AcceptAsync(_bench.Message("vehicles/v1/msd", MsdBits.Of(version: 2, test: true))));
        var said = Assert.Single(_bench.Decode("vehicles/v1/msd", Convert.ToHexString(MsdBits.Of(version: 2, test: true))));
        Assert.Equal("supervision.test", said.Kind);
    }

    [Theory]
    [InlineData(Example)]
    [InlineData(" 0x" + Second + "\r\n")]
    [InlineData("\"" + Second + "\"")]
    public async Task Decode_Hexadecimal_IsTheSame(string payload) =>
        Assert.Equal("crash.ecall-automatic", Assert.Single(await _bench.SignalsOf("vehicles/v1/msd", payload)).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("015C0681D549")]
    [InlineData("015C0681D5497")]
    [InlineData("045C0681D54970D65C3597CA0420C41464583ADE68AC52E9BB8413F149C07414FB414F6010180813E82181823230")]
    [InlineData("015C0681FFFFFFFFFFFFFFFFFFFFC41464583ADE68AC52E9BB8413F149C07414FB414F6010180813E82181823230")] // Not an identification number.
    public async Task Decode_NoMsd_IsRejected(string payload) =>
        Assert.Equal(Reasons.Undecodable, (await _bench.SendAsync("vehicles/v1/msd", payload)).Reason);

    [Fact]
    public async Task Decode_UnknownPosition_HasNoPlace()
    {
        var message = _bench.Message("vehicles/v1/msd", MsdBits.Of(version: 2, lat: int.MaxValue));
        Assert.Equal(Reasons.NoPlace, (await _bench.Pipeline.AcceptAsync(message)).Reason);
        message = _bench.Message("vehicles/v1/msd", MsdBits.Of(version: 2, lat: int.MinValue));
        Assert.Equal(Reasons.BadPlace, (await _bench.Pipeline.AcceptAsync(message)).Reason);
    }

    [Fact]
    public async Task Decode_Anything_NeverNamesTheVehicle()
    {
        await _bench.SendAsync("vehicles/v1/msd", Second);
        await _bench.SendAsync("vehicles/v1/msd", Second[..40]);
        Assert.DoesNotContain("ECALLEXAMPLE02013", string.Concat(_bench.Areas.Signals) + string.Concat(_bench.Letters.Newest(9)), StringComparison.Ordinal);
    }

    private static (double Lat, double Lon) Rounded(Msd msd) => (Math.Round(msd.Position!.Value.Lat, 4), Math.Round(msd.Position.Value.Lon, 4));
}
