// node decode.js MODEL.gguf THREADS CONTEXT STEPS
// Prints a line of JSON: llama.cpp's tokens a second on a CPU, the best of three stretches of so many greedy tokens after so many tokens of context.
import { getLlama } from 'node-llama-cpp';

const [modelPath, threads, context, steps] = process.argv.slice(2);
const count = Number(steps);
const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, maxThreads: Number(threads), logLevel: 'error' });
const begun = performance.now();
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const loaded = performance.now() - begun;
const llamaContext = await model.createContext({ threads: Number(threads), contextSize: Number(context) + 3 * count + 8, batchSize: 512, sequences: 1 });
const sequence = llamaContext.getSequence();
const prompt = Array.from({ length: Number(context) }, (_, position) => (position * 37) % 49152);
let seen = 0;
let best = Infinity;
let last = 0;
for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
  const now = performance.now();
  if (seen === 0) last = now;
  else if (seen % count === 0) {
    best = Math.min(best, (now - last) / count);
    last = now;
  }

  if (seen++ === 3 * count) break;
}

console.log(JSON.stringify({ tokensPerSecond: 1000 / best, loadSeconds: loaded / 1000, residentBytes: process.memoryUsage().rss }));
process.exit(0);
