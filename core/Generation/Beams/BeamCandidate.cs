using System.Runtime.InteropServices;

namespace Gptx.Generation.Beams;

/// <summary>A running beam with one token more, before it is known whether it will be followed.</summary>
/// <param name="Row">Which running beam, from 0.</param>
/// <param name="Id">The token.</param>
/// <param name="Sum">The sum of log-probabilities with the token's.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BeamCandidate(int Row, int Id, double Sum);
