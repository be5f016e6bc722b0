// What all parts of the check need: findings, bytes as text, files.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export const TOP = 1n << 64n;

/** What is broken, by the same codes as `laris verify --json`. */
export class Broken extends Error {
	constructor(why, ...args) {
		super(`${why} ${args.join(' ')}`);
		this.why = why;
		this.args = args.map(String);
	}
}

export function need(good, why, ...args) {
	if (!good)
		throw new Broken(why, ...args);
}

export const hexOf = (bytes) => bytesToHex(sha256(bytes));
export const ascii = (text) => new TextEncoder().encode(text);

/** Strict UTF-8, nothing swallowed at its front; undefined when it is none. */
export function textOf(bytes) {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

export function linesOf(bytes, why) {
	const text = textOf(bytes);
	need(text !== undefined && (text === '' || text.endsWith('\n')), why);
	return text.split('\n').slice(0, -1);
}

export function number(text, least, why) {
	need(/^(0|[1-9][0-9]{0,19})$/.test(text), why);
	const n = BigInt(text);
	need(n >= least && n < TOP, why);
	return n;
}

export const plain = (text) => !/[\x00-\x1f\x7f]/.test(text);

export function fileOf(files, name) {
	const bytes = files.get(name);
	need(bytes, 'file-missing', name);
	return bytes;
}
