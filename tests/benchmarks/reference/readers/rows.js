// Prints the rows of a Parquet file as DuckDB reads them, a JSON object a line, for a comparison to the bit: every number as the eight bytes of a float64 in
// hexadecimal. usage: node rows.js FILE
import { DuckDBInstance } from '@duckdb/node-api';

function bits(number) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(Number(number));
    return bytes.toString('hex');
}

function exact(value) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') {
        return value;
    }
    if (typeof value === 'number' || typeof value === 'bigint') {
        return bits(value);
    }
    return Array.isArray(value) ? value.map(exact) : Object.fromEntries(Object.entries(value).map(([name, item]) => [name, exact(item)]));
}

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const result = await connection.runAndReadAll('select * from read_parquet($file)', { file: process.argv[2] });
for (const row of result.getRowObjectsJS()) {
    console.log(JSON.stringify(exact(row)));
}
