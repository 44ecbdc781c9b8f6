namespace CivicSignals.Ingest.Dialects.Ecall;

/// <summary>
/// The minimum set of data that a vehicle sends with an eCall (EN 15722:2011, 2015 and 2020, ASN.1 UPER). Its identification number and its
/// fuels are read past and kept nowhere.
/// </summary>
internal sealed record Msd
{
    /// <summary>Longer ones do not fit the call: EN 15722.</summary>
    public const int MaxBytes = 140;

    private const int Unknown = int.MaxValue;
    private const double UnitsPerDegree = 3_600_000;
    private const int VinLength = 17;
    private const uint LastVinCharacter = 32;

    /// <summary>1, 2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>1 at first, one more with each repeat of the same call.</summary>
    public required int MessageId { get; init; }

    /// <summary>Whether the vehicle called, not a person who pressed the button.</summary>
    public required bool IsAutomatic { get; init; }

    public required bool IsTest { get; init; }

    /// <summary>Whether the vehicle is within 150 m of the position with 95 % confidence.</summary>
    public required bool IsPositionTrusted { get; init; }

    /// <summary>When it happened; null: the vehicle does not know.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>Degrees, not checked for their range; null: unknown.</summary>
    public required (double Lat, double Lon)? Position { get; init; }

    /// <summary>Degrees clockwise from north, 0..358; null: unknown.</summary>
    public required int? Heading { get; init; }

    /// <summary>Where it was before, relative to <see cref="Position"/>, in tenths of an arc second (about 3 m); null: not said.</summary>
    public required (int Lat, int Lon)? Before { get; init; }

    /// <summary>Where it was before that, relative to <see cref="Before"/>; null: not said.</summary>
    public required (int Lat, int Lon)? BeforeThat { get; init; }

    /// <summary>Seat belts fastened, or occupants since version 3; null: unknown.</summary>
    public required int? Occupants { get; init; }

    /// <summary>Reads one; null when it is none, of an unknown version, or cut short. What follows it is additional data and padding.</summary>
    public static Msd? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaxBytes)
            return null;
        var reader = new BitReader(bytes);
        var version = (int)reader.Bits(8);
        if (version is < 1 or > 3)
            return null;
        if (version > 1)
            reader.Length(); // Of the rest; some pad it, so the end is where the data ends.
        var message = Read(ref reader, version);
        return reader.IsPastEnd ? null : message;
    }

    private static Msd? Read(ref BitReader reader, int version)
    {
        reader.Bits(2); // Later additions and additional data: both come last.
        reader.Bit();   // Additions to the structure, behind everything that is known.
        var hasBefore = version == 3 || reader.Bit();
        var hasBeforeThat = version == 3 || reader.Bit();
        var hasOccupants = reader.Bit();
        var messageId = (int)reader.Bits(8);
        var (automatic, test, trusted) = (reader.Bit(), reader.Bit(), reader.Bit());
        SkipVehicleType(ref reader, version);
        if (!SkipVin(ref reader))
            return null;
        SkipPropulsion(ref reader, version);
        var seconds = reader.Bits(32);
        var (lat, lon) = (Signed(reader.Bits(32)), Signed(reader.Bits(32)));
        var direction = (int)reader.Bits(8);
        return new Msd
        {
            Version = version,
            MessageId = messageId,
            IsAutomatic = automatic,
            IsTest = test,
            IsPositionTrusted = trusted,
            At = seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds),
            Position = lat == Unknown || lon == Unknown ? null : (lat / UnitsPerDegree, lon / UnitsPerDegree),
            Heading = direction < 180 ? direction * 2 : null,
            Before = hasBefore ? Delta(ref reader) : null,
            BeforeThat = hasBeforeThat ? Delta(ref reader) : null,
            Occupants = hasOccupants && (int)reader.Bits(8) is < 255 and var occupants ? occupants : null,
        };
    }

    /// <summary>13 types, 23 since version 3, and those that were added later.</summary>
    private static void SkipVehicleType(ref BitReader reader, int version)
    {
        if (reader.Bit())
            reader.Bits(7);
        else
            reader.Bits(version == 3 ? 5 : 4);
    }

    /// <summary>False when it has characters that none has.</summary>
    private static bool SkipVin(ref BitReader reader)
    {
        var isVin = true;
        for (var i = 0; i < VinLength; i++)
            isVin &= reader.Bits(6) <= LastVinCharacter;
        return isVin;
    }

    /// <summary>Flags that are mostly left out, and a list of which are not.</summary>
    private static void SkipPropulsion(ref BitReader reader, int version)
    {
        var hasAdditions = reader.Bit();
        var there = System.Numerics.BitOperations.PopCount(reader.Bits(version == 1 ? 6 : 7));
        if (there > 0)
            reader.Bits(there);
        if (hasAdditions)
            reader.SkipAdditions();
    }

    private static (int Lat, int Lon) Delta(ref BitReader reader) => ((int)reader.Bits(10) - 512, (int)reader.Bits(10) - 512);

    private static int Signed(uint offset) => unchecked((int)(offset ^ 0x8000_0000));
}
