// node encode.js ENGINE TEXTS.json SECONDS [tokenizer.json]
// Prints a line of JSON: the best MB/s of UTF-8 over several passes through all texts, and the number of tokens.
import { readFileSync } from 'node:fs';

const [engine, textsFile, seconds, tokenizerFile] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

const engines = {
  // Hugging Face's Rust library; RAYON_NUM_THREADS says on how many threads.
  async tokenizers() {
    const { Tokenizer } = (await import('tokenizers')).default;
    const tokenizer = Tokenizer.fromFile(tokenizerFile);
    return async (withOffsets) => {
      const encodings = await tokenizer.encodeBatch(texts, { addSpecialTokens: false });
      let tokens = 0;
      for (const encoding of encodings) {
        tokens += encoding.getIds().length;
        if (withOffsets) tokens += encoding.getOffsets().length - encoding.getLength();
      }
      return tokens;
    };
  },
  // OpenAI's Rust library, compiled to WebAssembly.
  async tiktoken() {
    const { get_encoding } = await import('tiktoken');
    const encoding = get_encoding('gpt2');
    return () => texts.reduce((sum, text) => sum + encoding.encode_ordinary(text).length, 0);
  },
  async 'js-tiktoken'() {
    const { getEncoding } = await import('js-tiktoken');
    const encoding = getEncoding('gpt2');
    return () => texts.reduce((sum, text) => sum + encoding.encode(text, [], []).length, 0);
  },
};

const [name, places] = engine.split('+');
const pass = await engines[name]();
let best = Infinity;
let tokens = 0;
const end = performance.now() + 1000 * Number(seconds);
for (let passes = 0; passes < 2 || performance.now() < end; passes++) {
  const begun = performance.now();
  tokens = await pass(places === 'offsets');
  best = Math.min(best, performance.now() - begun);
}

console.log(JSON.stringify({ megabytesPerSecond: bytes / best / 1000, tokens }));
