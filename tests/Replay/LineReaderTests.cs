using System.Text;
using CivicSignals.Silo.Replay;

namespace CivicSignals.Tests.Replay;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a\nb\n", "a", "b")]
    [InlineData("a\n\nb", "a", "", "b")]
    [InlineData("\n", "")]
    [InlineData("1234567890\n12345678901\nc\n", "1234567890", null, "c")]
    [InlineData("12345678901234567890123456789012345\nc", null, "c")]
    [InlineData("a\n12345678901234567890123456789012345", "a", null)]
    public async Task Read_Text_GivesItsLinesAndSaysWhichAreTooLong(string text, params string?[] expected)
    {
        for (var chunk = 1; chunk < 5; chunk++)
        {
            using var stream = new Dribble(Encoding.UTF8.GetBytes(text), chunk);
            var reader = new LineReader(stream, maxLength: 10);
            var lines = new List<string?>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                lines.Add(reader.IsTooLong ? null : Encoding.UTF8.GetString(reader.Line.Span));
                Assert.Equal(lines.Count, reader.Number);
            }

            Assert.Equal(expected, lines);
        }
    }

    private sealed class Dribble(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
