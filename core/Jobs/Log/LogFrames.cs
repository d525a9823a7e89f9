using System.Text;

namespace Gptx.Jobs.Log;

/// <summary>The frames of a log as bytes, and back.</summary>
internal static class LogFrames
{
    private const byte BatchKind = 1;
    private const byte UnitKind = 2;
    private const byte EndKind = 3;
    private const byte BeginKind = 4;
    private const byte MachineKind = 5;

    /// <summary>A row takes more bytes than this, whatever is in it.</summary>
    private const int LeastOfRow = 40;

    public static byte[] Of(LoggedBatch batch) => Write(BatchKind, writer =>
    {
        writer.Write(batch.Source);
        writer.Write(batch.Unit);
        writer.Write(batch.Batch);
        Hash(writer, batch.Hash);
        writer.Write(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            writer.Write(row.Order);
            Hash(writer, row.IdHash);
            writer.Write(row.Tokens);
            writer.Write(row.Line);
            writer.Write(row.Offset);
            writer.Write(row.Id);
            writer.Write(row.Json.Length);
            writer.Write(row.Json);
            writer.Write(row.Fault is not null);
            if (row.Fault is { } fault)
            {
                writer.Write(fault.ErrorId);
                writer.Write(fault.Message);
                writer.Write(fault.MayPass);
            }
        }
    });

    public static byte[] Of(LoggedUnit unit) => Write(UnitKind, writer =>
    {
        writer.Write(unit.Source);
        writer.Write(unit.Unit);
        writer.Write(unit.Rows);
        writer.Write(unit.Lines);
        Hash(writer, unit.Hash);
    });

    /// <summary>The first frame: of which job the log is.</summary>
    public static byte[] Begin(Guid job) => Write(BeginKind, writer => writer.Write(job.ToByteArray()));

    /// <summary>The frame that says on which kind of machine all that follows was computed.</summary>
    public static byte[] Machine(string machine) => Write(MachineKind, writer => writer.Write(machine));

    /// <summary>The frame that says that nothing follows.</summary>
    public static byte[] End() => Write(EndKind, _ => { });

    /// <summary>A frame: the <see cref="Guid"/> of the job, a <see cref="LoggedBatch"/>, a <see cref="LoggedUnit"/>, the name of a machine, or null for the end.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>: it is whole, and none that this program writes.</exception>
    public static object? Parse(byte[] frame) => Guarded(() => ParseWhole(frame));

    /// <summary>As <see cref="Parse"/>, but of a batch without its rows.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static object? ParseHead(byte[] frame) => Guarded(() => ParseStart(frame));

    private static object? Guarded(Func<object?> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or OverflowException or ArgumentException or FormatException or DecoderFallbackException)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "JobDamaged", "the log of a job holds what this program does not write: start anew with --force", error);
        }
    }

    private static object? ParseWhole(byte[] frame)
    {
        using var reader = new BinaryReader(new MemoryStream(frame), Encoding.UTF8);
        return reader.ReadByte() switch
        {
            BatchKind => new LoggedBatch(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), Hash(reader), Rows(reader)),
            UnitKind => new LoggedUnit(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64(), Hash(reader)),
            EndKind => null,
            MachineKind => reader.ReadString(),
            BeginKind => new Guid(reader.ReadBytes(16)),
            var kind => throw new InvalidDataException($"a frame of kind {kind}"),
        };
    }

    private static object? ParseStart(byte[] frame)
    {
        if (frame is not [BatchKind, ..])
        {
            return ParseWhole(frame);
        }

        using var reader = new BinaryReader(new MemoryStream(frame, 1, frame.Length - 1), Encoding.UTF8);
        return new LoggedBatch(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), Hash(reader), []);
    }

    private static LoggedRow[] Rows(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var rows = new LoggedRow[count <= reader.BaseStream.Length / LeastOfRow ? count : throw new InvalidDataException($"{count} rows in {reader.BaseStream.Length} bytes")];
        for (var i = 0; i < rows.Length; i++)
        {
            var (order, idHash, tokens, line, offset, id) = (reader.ReadInt32(), Hash(reader), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadString());
            var json = Bytes(reader);
            var fault = reader.ReadBoolean() ? new LoggedFault(reader.ReadString(), reader.ReadString(), reader.ReadBoolean()) : null;
            rows[i] = new LoggedRow(order, idHash, tokens, json, fault) { Line = line, Offset = offset, Id = id };
        }

        return rows;
    }

    private static byte[] Bytes(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? reader.ReadBytes(count)
            : throw new InvalidDataException($"{count} bytes where {reader.BaseStream.Length - reader.BaseStream.Position} are left");
    }

    private static byte[] Write(byte kind, Action<BinaryWriter> write)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(kind);
            write(writer);
        }

        return bytes.ToArray();
    }

    private static void Hash(BinaryWriter writer, UInt128 hash)
    {
        writer.Write((ulong)(hash >> 64));
        writer.Write((ulong)hash);
    }

    private static UInt128 Hash(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());
}
