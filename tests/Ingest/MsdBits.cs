namespace CivicSignals.Tests.Ingest;

/// <summary>Writes an MSD bit by bit, as a vehicle would; the decoder's opposite, written from the standard's ASN.1 and not from the decoder.</summary>
internal static class MsdBits
{
    public static byte[] Of(int version, bool automatic = false, bool test = false, bool trusted = true, bool extended = false, int lat = 190_967_760, int lon = -10_773_000)
    {
        var bits = new List<bool>();
        void Put(long value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
                bits.Add(((value >> bit) & 1) == 1);
        }

        Put(extended ? 0b111 : 0, 3);               // Additions to the message, additional data, additions to the structure.
        Put(version == 3 ? 0b1 : 0b111, version == 3 ? 1 : 3);
        Put(7, 8);
        Put((automatic ? 4 : 0) | (test ? 2 : 0) | (trusted ? 1 : 0), 3);
        if (extended)
            Put(0b1_0_000101, 8);                   // The sixth of the vehicle types that were added.
        else
            Put(version == 3 ? 22 : 3, version == 3 ? 6 : 5);
        for (var i = 0; i < 17; i++)
            Put(i, 6);
        Put(extended ? 1 : 0, 1);
        Put(0b100001, version == 1 ? 6 : 7);        // Two fuels are said.
        Put(0b11, 2);
        if (extended)
        {
            Put(0b0_000001, 7);                     // Two more fuels were added, of which one is said, in one byte.
            Put(0b01, 2);
            Put(1, 8);
            Put(0x80, 8);
        }

        Put(1_768_031_995, 32);
        Put(lat + 2_147_483_648L, 32);
        Put(lon + 2_147_483_648L, 32);
        Put(255, 8);
        Put(0, 10);
        Put(1023, 10);
        Put(513, 10);
        Put(514, 10);
        Put(4, 8);
        while (bits.Count % 8 != 0)
            bits.Add(false);
        var body = new byte[bits.Count / 8];
        for (var i = 0; i < bits.Count; i++)
            body[i / 8] |= (byte)(bits[i] ? 0x80 >> (i % 8) : 0);
        return version == 1 ? [1, .. body] : [(byte)version, (byte)body.Length, .. body];
    }
}
