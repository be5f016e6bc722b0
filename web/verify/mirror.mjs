// The log itself (C2SP tlog-tiles): is this freeze the first of its draw, is all
// there that the log says of it, and does it hold a purchase?  No tile is
// believed: what was read must give the root that log and witnesses signed.
import { bytesToHex } from '@noble/hashes/utils.js';
import { quorumAt, readNote } from './log.mjs';
import { Broken, ascii } from './pieces.mjs';
import { Tree, leafOf } from './tree.mjs';

/*
 * A log: { get(path) -> bytes or nothing, never throws; most: entries that are read at
 * most; bytes: likewise; wider: a copy, whose last tile may be wider than asked }.
 */
const WIDTH = 256, AHEAD = 4;		// entries of a tile; tiles asked for at once

export function tilePath(level, index, width) {
	const digits = String(index), group = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g);
	const name = group.map((g, i) => (i + 1 < group.length ? `x${g}` : g)).join('/');
	return `tile/${level}/${name}${width < WIDTH ? `.p/${width}` : ''}`;
}

/** As wide as it was, or wider: whoever copied the log may have come later. */
async function tileOf(log, level, index, size) {
	const width = Math.min(WIDTH, size - index * WIDTH), wider = width < WIDTH ? [WIDTH] : [];
	for (let w = width + 1; log.wider && w < WIDTH; w++)
		wider.push(w);
	for (const w of [width, ...wider]) {
		const bytes = await log.get(tilePath(level, index, w));
		if (bytes)
			return bytes;
	}
	return undefined;
}

/** The head of this log, believed by the policy; else what to say of it. */
async function headOf({ policy, proven }, log) {
	const bytes = await log.get('checkpoint');
	if (!bytes)
		return { finding: ['unchecked', 'mirror-read', 'checkpoint'] };
	try {
		const note = readNote(bytes), { count, when } = quorumAt(note, policy);
		if (note.origin === proven.origin)
			return { note, count, when };
	} catch (e) {
		if (!(e instanceof Broken))
			throw e;
	}
	return { finding: ['unchecked', 'mirror-head'] };
}

// ---- all of it ------------------------------------------------------------------------

const starts = (bytes, text) => text.length <= bytes.length && text.every((c, i) => bytes[i] === c);
const equal = (a, b) => a?.length === b.length && starts(a, b);

/** What the entries say of this draw, one after another. */
class Scan {
	constructor({ head, said, proven, heads, report }) {
		const begin = (kind) => ascii(`laris-${kind}/v1\ndraw ${head.draw}\n`);
		Object.assign(this, { report, heads, at: Number(proven.at), tree: new Tree(), freeze: begin('undian'),
			broken: false });
		// what was said is met in its order, each of these for itself
		this.groups = [
			{ begins: [begin('sample')], said: said.filter((s) => s.name === 'sample.txt') },
			{ begins: [begin('annulment')], said: said.filter((s) => s.name === 'annulment.txt') },
			{ begins: ['redraw', 'returned', 'handover'].map(begin), said: said.filter((s) => s.name.includes('/')) },
		];
	}

	/** The first failure is told; entries are read on, for they may not even be the log's. */
	fail(why, at) {
		if (!this.broken)
			this.report.say('c', 'failed', why, at);
		this.broken = true;
	}

	judge(entry) {
		const at = this.tree.size;
		if (at < this.at && starts(entry, this.freeze))
			this.fail('not-first', at);
		const group = this.groups.find((g) => g.begins.some((text) => starts(entry, text)));
		if (group && !equal(group.said.shift()?.bytes, entry))
			this.fail('log-has-more', at);
	}

	/** Every head that was signed on the way must be the one of these entries. */
	fits() {
		const mine = this.heads.filter((h) => Number(h.size) === this.tree.size);
		return !mine.length || mine.every((h) => bytesToHex(h.root) === bytesToHex(this.tree.root()));
	}

	/** False: this is not the log that was signed. */
	tile(bytes, width) {
		for (let i = 0, at = 0; i < width; i++) {
			const long = at + 2 <= bytes.length ? bytes[at] << 8 | bytes[at + 1] : Infinity;
			if (at + 2 + long > bytes.length)
				return false;
			const entry = bytes.subarray(at + 2, at + 2 + long);
			this.judge(entry);
			this.tree.add(entry);
			if (!this.fits())
				return false;
			at += 2 + long;
		}
		return true;
	}
}

/** Tiles of entries in their order; a few are on their way while one is worked on. */
async function* tiles(log, size) {
	const coming = [], n = Math.ceil(size / WIDTH);
	for (let i = 0, next = 0; i < n; i++) {
		while (next < n && next < i + AHEAD)
			coming.push(tileOf(log, 'entries', next++, size));
		yield { i, bytes: await coming.shift(), width: Math.min(WIDTH, size - i * WIDTH) };
	}
}

/** What keeps it from being said; nothing when all was read and fits. */
async function readAll(scan, log, size, progress) {
	let read = 0;
	for await (const { i, bytes, width } of tiles(log, size)) {
		if (!bytes)
			return ['unchecked', 'mirror-read', tilePath('entries', i, width)];
		read += bytes.length;
		if (read > log.bytes)
			return ['unchecked', 'log-too-long', size, log.most];
		if (!scan.tile(bytes, width)) {
			scan.fail('mirror-false', scan.tree.size);
			return undefined;
		}
		progress('log', i + 1, Math.ceil(size / WIDTH));
	}
	return undefined;
}

async function readWhole(all, log, progress) {
	if (!all.proven)
		return ['unchecked', 'mirror-unproven'];
	const { finding, note } = await headOf(all, log);
	if (finding)
		return finding;
	if (all.heads.some((h) => h.size > note.size))
		return ['unchecked', 'mirror-old', note.size];
	if (note.size > BigInt(log.most))
		return ['unchecked', 'log-too-long', note.size, log.most];
	const scan = new Scan({ ...all, heads: [...all.heads, note] });
	const kept = await readAll(scan, log, Number(note.size), progress);
	if (kept || scan.broken)
		return kept;
	if (scan.groups.some((g) => g.said.length))
		return ['unchecked', 'mirror-old', note.size];
	return all.own ? ['valid', 'first-freeze', note.size] : ['unchecked', 'their-policy'];
}

/** c: the first freeze of its draw, and nothing is hidden. */
export async function checkWhole(all, log, progress) {
	const finding = await readWhole(all, log, progress);
	if (finding)
		all.report.say('c', ...finding);
}

// ---- one purchase ---------------------------------------------------------------------

class Unread extends Error {}

/** Hashes of the tree, from the tiles that hold them. */
class Nodes {
	constructor(log, size) {
		this.log = log;
		this.size = size;
		this.tree = new Tree();
		this.kept = new Map();
	}

	async tile(level, index) {
		const path = tilePath(level, index, WIDTH);
		if (!this.kept.has(path))
			this.kept.set(path, await tileOf(this.log, level, index, Math.floor(this.size / WIDTH ** level)));
		if (!this.kept.get(path))
			throw new Unread(path);
		return this.kept.get(path);
	}

	/** The root of 2^level entries. */
	async node(level, index) {
		const many = 2 ** (level % 8), first = index * many;
		const bytes = await this.tile(Math.floor(level / 8), Math.floor(first / WIDTH)), tree = new Tree();
		for (let i = first % WIDTH; i < first % WIDTH + many; i++) {
			if (bytes.length < (i + 1) * 32)
				throw new Unread('tile');
			tree.leaf(bytes.slice(i * 32, (i + 1) * 32));
		}
		return tree.root();
	}

	/** The root of the entries from, …, to - 1: where one of them is known, of that one. */
	async root(from, to, known) {
		const n = to - from, half = 2 ** Math.floor(Math.log2(Math.max(1, n - 1)));
		const inside = known.at >= from && known.at < to;
		if (inside && n === 1)
			return known.leaf;
		if (!inside && (n === 1 || half * 2 === n))
			return this.node(Math.log2(n), from / n);
		const left = await this.root(from, from + half, known), right = await this.root(from + half, to, known);
		return this.tree.node(left, right);
	}
}

/** Entry number "at" as its tile has it. */
async function entryOf(log, at, size) {
	const bytes = await tileOf(log, 'entries', Math.floor(at / WIDTH), size);
	for (let i = 0, p = 0; bytes && p + 2 <= bytes.length; i++) {
		const end = p + 2 + (bytes[p] << 8 | bytes[p + 1]);
		if (i === at % WIDTH && end <= bytes.length)
			return bytes.subarray(p + 2, end);
		p = end;
	}
	throw new Unread(tilePath('entries', Math.floor(at / WIDTH), WIDTH));
}

async function findReceipt(all, log, { city, number, start }) {
	if (!all.policy)
		return ['unchecked', 'no-policy'];
	if (!all.proven)
		return ['unchecked', 'mirror-unproven'];
	if (![undefined, city].includes(/^laris\/([^@]+)@/.exec(all.proven.origin)?.[1]))
		return ['unchecked', 'receipt-other', all.proven.origin];
	const { finding, note, count } = await headOf(all, log), size = Number(note?.size ?? 0);
	if (finding)
		return finding;
	if (number >= size)
		return ['unchecked', 'receipt-new', number, size];
	const leaf = leafOf(await entryOf(log, number, size));
	if (bytesToHex(await new Nodes(log, size).root(0, size, { at: number, leaf })) !== bytesToHex(note.root))
		return ['failed', 'receipt-not-in', number];
	if (!bytesToHex(leaf).startsWith(start))
		return ['failed', 'receipt-differs', number];
	if (all.policy.quorum === 'none')
		return ['unchecked', 'unwitnessed'];
	return all.own ? ['valid', 'receipt-in', number, size, count] : ['unchecked', 'their-policy'];
}

/** e: the purchase whose line of proof somebody kept. */
export async function checkReceipt(all, log, receipt) {
	const finding = await findReceipt(all, log, receipt).catch((e) => {
		if (e instanceof Unread)
			return ['unchecked', 'mirror-read', e.message];
		throw e;
	});
	all.report.say('e', ...finding);
}
