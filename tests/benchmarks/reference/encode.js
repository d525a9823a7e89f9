// node encode.js ENGINE TEXTS.json SECONDS [tokenizer.json]
// Prints a line of JSON: the number of tokens, and MB/s of UTF-8 by the best of several times for each text, with ENGINE+batch for all
// texts at once; ENGINE+offsets asks for offsets besides.
import { readFileSync } from 'node:fs';

const [engine, textsFile, seconds, tokenizerFile] = process.argv.slice(2);
const [name, places] = engine.split('+');
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

const engines = {
  // Hugging Face's Rust library; RAYON_NUM_THREADS says on how many threads.
  async tokenizers() {
    const { Tokenizer } = (await import('tokenizers')).default;
    const tokenizer = Tokenizer.fromFile(tokenizerFile);
    const options = { addSpecialTokens: false };
    return {
      async each(text) {
        const encoding = await tokenizer.encode(text, null, options);
        if (places === 'offsets') encoding.getOffsets();
        return encoding.getIds().length;
      },
      async all() {
        const encodings = await tokenizer.encodeBatch(texts, options);
        return encodings.reduce((sum, encoding) => sum + encoding.getIds().length, 0);
      },
    };
  },
  // OpenAI's Rust library, compiled to WebAssembly.
  async tiktoken() {
    const { get_encoding } = await import('tiktoken');
    const encoding = get_encoding('gpt2');
    return { each: (text) => encoding.encode(text, 'all').length };
  },
  async 'js-tiktoken'() {
    const { getEncoding } = await import('js-tiktoken');
    const encoding = getEncoding('gpt2');
    return { each: (text) => encoding.encode(text, 'all').length };
  },
};

const { each, all } = await engines[name]();
const best = texts.map(() => Infinity);
let bestOfAll = Infinity;
let tokens = 0;
const end = performance.now() + 1000 * Number(seconds);
for (let passes = 0; passes < 2 || performance.now() < end; passes++) {
  if (places === 'batch') {
    const begun = performance.now();
    tokens = await all();
    bestOfAll = Math.min(bestOfAll, performance.now() - begun);
    continue;
  }

  tokens = 0;
  for (const [i, text] of texts.entries()) {
    const begun = performance.now();
    tokens += await each(text);
    best[i] = Math.min(best[i], performance.now() - begun);
  }
}

const milliseconds = places === 'batch' ? bestOfAll : best.reduce((sum, value) => sum + value, 0);
console.log(JSON.stringify({ megabytesPerSecond: bytes / milliseconds / 1000, tokens }));
