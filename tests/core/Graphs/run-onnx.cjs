// Runs a saved graph on one row of token ids and writes every output as JSON: node run-onnx.cjs GRAPH.onnx 5,7,9
const ort = require('onnxruntime-node');

async function main() {
  const [path, list] = process.argv.slice(2);
  const ids = list.split(',').map(BigInt);
  const session = await ort.InferenceSession.create(path);
  const inputs = {
    input_ids: new ort.Tensor('int64', BigInt64Array.from(ids), [1, ids.length]),
    position_ids: new ort.Tensor('int64', BigInt64Array.from(ids.map((_, i) => BigInt(i))), [1, ids.length]),
  };
  const feeds = Object.fromEntries(session.inputNames.map((name) => [name, inputs[name]]));
  const outputs = await session.run(feeds);
  const written = session.outputNames.map((name) => [name, { shape: outputs[name].dims, values: Array.from(outputs[name].data, (v) => (Number.isFinite(v) ? v : String(v))) }]);
  process.stdout.write(JSON.stringify(Object.fromEntries(written)));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
