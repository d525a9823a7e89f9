// node embed.js MODEL TEXTS.jsonl [BATCH...]
// Prints a line of JSON: what a plain float32 matrix product reaches through onnxruntime-node (billions of operations a second), how many of the first 500 rows a second
// transformers.js embeds (mean of the tokens, length 1) at each batch size, and how many of all rows at the best of them.
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { env, pipeline } from '@huggingface/transformers';

const [model, file, ...batches] = process.argv.slice(2);

// An ONNX model of one node, C = A B, written field by field (onnx.proto).
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const message = (field, bytes) => [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes];
const text = (field, value) => message(field, [...Buffer.from(value)]);
const number = (field, value) => [...varint(field << 3), ...varint(value)];
const matrix = (name, rows, columns) => [
  ...text(1, name),
  ...message(2, message(1, [...number(1, 1), ...message(2, [...message(1, number(1, rows)), ...message(1, number(1, columns))])])),
];
const product = (size) => Uint8Array.from([
  ...number(1, 8),
  ...message(7, [
    ...message(1, [...text(1, 'A'), ...text(1, 'B'), ...text(2, 'C'), ...text(4, 'MatMul')]),
    ...text(2, 'product'),
    ...message(11, matrix('A', size, size)),
    ...message(11, matrix('B', size, size)),
    ...message(12, matrix('C', size, size)),
  ]),
  ...message(8, number(2, 17)),
]);

async function productRate(size, seconds) {
  const session = await InferenceSession.create(product(size));
  const random = () => new Tensor('float32', Float32Array.from({ length: size * size }, Math.random), [size, size]);
  const feeds = { A: random(), B: random() };
  await session.run(feeds);
  let best = Infinity;
  for (const end = performance.now() + 1000 * seconds; performance.now() < end;) {
    const begun = performance.now();
    await session.run(feeds);
    best = Math.min(best, performance.now() - begun);
  }

  return (2 * size ** 3) / best / 1e6;
}

const matrixProduct = await productRate(2048, 3);
env.allowRemoteModels = false;
env.localModelPath = '';
const embed = await pipeline('feature-extraction', model, { dtype: 'fp32', device: 'cpu' });
const texts = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line).text);
const options = { pooling: 'mean', normalize: true };
await embed(texts.slice(0, 8), options);

async function rate(rows, batch) {
  const begun = performance.now();
  for (let start = 0; start < rows.length; start += batch) {
    await embed(rows.slice(start, start + batch), options);
  }

  return (1000 * rows.length) / (performance.now() - begun);
}

const tried = {};
for (const batch of batches.map(Number)) {
  tried[batch] = await rate(texts.slice(0, 500), batch);
}

const batch = batches.map(Number).reduce((best, other) => (tried[other] > tried[best] ? other : best));
console.log(JSON.stringify({ matrixProduct, tried, batch, rowsPerSecond: await rate(texts, batch) }));
