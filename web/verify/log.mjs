// The public log: is it in there, and who saw that when?  C2SP tlog-policy,
// signed-note, tlog-cosignature, tlog-proof; RFC 9162.
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ascii, need, textOf } from './pieces.mjs';
import { QUICKNET } from './walk.mjs';

const GENESIS = 1692803367n, PERIOD = 3n;	// quicknet: round R is due at GENESIS + 3 (R - 1)
const NEVER = 1n << 64n, LAST = (1n << 63n) - 1n;

/** Bytes of the only spelling, or undefined. */
function base64(text, size) {
	try {
		const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
		const good = btoa(String.fromCharCode(...bytes)) === text && [undefined, bytes.length].includes(size);
		return good ? bytes : undefined;
	} catch {
		return undefined;
	}
}

const nameOk = (name) => name !== '' && ascii(name).length <= 1024 &&
	!/[\0- +\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(name);
const hash = (...parts) => sha256(Uint8Array.of(...parts.flatMap((p) => [...p])));
const same = (a, b) => bytesToHex(a) === bytesToHex(b);

// ---- whom to believe ------------------------------------------------------------------

/** "name+id+base64"; kind 1 signs logs, 4 is a witness. */
function readKey(text, kind) {
	const m = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text), data = m && base64(m[3], 33);
	need(data && nameOk(m[1]) && data[0] === kind, 'policy-format');
	const id = bytesToHex(hash(ascii(`${m[1]}\n`), data)).slice(0, 8);
	need(id === m[2], 'policy-format');
	return { name: m[1], id, key: data.slice(1), hex: bytesToHex(data.slice(1)) };
}

function readGroup(p, word, taken) {
	const bad = 'policy-format', who = word.slice(3);
	need(who.length && new Set(who).size === who.length, bad);
	need(who.every((w) => p.names.has(w) && !taken.has(w)), bad);
	who.forEach((w) => taken.add(w));
	const k = { any: 1, all: who.length }[word[2]] ?? (/^[1-9][0-9]{0,2}$/.test(word[2]) ? Number(word[2]) : 0);
	need(k >= 1 && k <= who.length, bad);
	p.names.set(word[1], { need: k, who });
}

function readRow(p, word, taken) {
	const bad = 'policy-format', [what] = word;
	need(word.length <= 67, bad);
	if (what === 'log') {
		need(word.length >= 2 && word.length <= 3 && p.logs.length < 64, bad);
		const key = readKey(word[1], 1);
		need(!p.logs.some((l) => l.hex === key.hex), bad);
		return p.logs.push(key);
	}
	if (what === 'quorum') {
		need(word.length === 2 && p.quorum === undefined && (word[1] === 'none' || p.names.has(word[1])), bad);
		p.quorum = word[1];
		return p;
	}
	need((what === 'witness' || what === 'group') && word.length >= 3 && p.names.size < 64, bad);
	need(!p.names.has(word[1]) && word[1] !== 'none', bad);
	if (what === 'group')
		return readGroup(p, word, taken);
	const key = readKey(word[2], 4);
	need(word.length <= 4 && ![...p.names.values()].some((w) => w.hex === key.hex), bad);
	return p.names.set(word[1], key);
}

export function readPolicy(bytes) {
	const bad = 'policy-format', p = { logs: [], names: new Map(), quorum: undefined }, taken = new Set();
	const text = textOf(bytes);
	need(bytes.length <= 1 << 16 && text?.endsWith('\n') && !/[\0-\x08\x0b-\x1f\x7f]/.test(text), bad);
	for (const row of text.split('\n')) {
		const word = row.split(/[ \t]+/).filter((w) => w !== '');
		if (word.length && !word[0].startsWith('#'))
			readRow(p, word, taken);
	}
	need(p.quorum !== undefined, bad);
	return p;
}

// ---- a checkpoint and its signatures ------------------------------------------------------

export function readNote(bytes) {
	const bad = 'proof-format', all = textOf(bytes), cut = all?.lastIndexOf('\n\n') ?? -1;
	need(bytes.length <= 1 << 17 && cut >= 0 && all.endsWith('\n') && !/[\0-\x09\x0b-\x1f]/.test(all), bad);
	const text = all.slice(0, cut + 1);
	const signatures = all.slice(cut + 2, -1).split('\n').map((row) => {
		const m = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]{1,8192})$/.exec(row), made = m && base64(m[2]);
		need(made && made.length > 4 && nameOk(m[1]), bad);
		return { name: m[1], id: bytesToHex(made.slice(0, 4)), made: made.slice(4) };
	});
	need(signatures.length <= 64, bad);
	const m = /^([^\n]+)\n(0|[1-9][0-9]{0,19})\n([^\n]+)\n((?:[^\n]+\n)*)$/.exec(text);
	need(m && BigInt(m[2]) < 1n << 63n && base64(m[3], 32), bad);
	return { text, signatures, origin: m[1], size: BigInt(m[2]), root: base64(m[3], 32) };
}

function edOk(key, signature, text) {
	try {
		return ed25519.verify(signature, ascii(text), key, { zip215: false });
	} catch {
		return false;
	}
}

/** undefined: not signed by this key; else when, or 0 for a log. */
function signedAt(note, key, witness) {
	let first;
	for (const { name, id, made } of note.signatures) {
		if (name !== key.name || id !== key.id)
			continue;
		need(made.length === (witness ? 72 : 64), 'log-forged', note.origin);
		const at = witness ? BigInt(`0x${bytesToHex(made.slice(0, 8))}`) : 0n;
		const text = witness ? `cosignature/v1\ntime ${at}\n${note.text}` : note.text;
		need(at < 1n << 63n && edOk(key.key, made.slice(-64), text), 'log-forged', note.origin);
		first = first === undefined || at < first ? at : first;
	}
	return first;
}

/** How many witnesses, and when the last one that is needed had signed. */
export function quorumAt(note, p) {
	const logs = p.logs.filter((k) => k.name === note.origin), at = new Map();
	need(logs.length, 'log-stranger', note.origin);
	need(logs.filter((k) => signedAt(note, k, false) !== undefined).length, 'log-unsigned', note.origin);
	let count = 0;
	for (const [name, w] of p.names) {
		if (w.who) {
			at.set(name, w.who.map((m) => at.get(m)).sort((x, y) => (x < y ? -1 : Number(x > y)))[w.need - 1]);
			continue;
		}
		const t = signedAt(note, w, true);
		count += t !== undefined;
		at.set(name, t ?? NEVER);
	}
	const when = p.quorum === 'none' ? 0n : at.get(p.quorum);
	need(when < LAST, 'log-quorum');
	return { count, when };
}

// ---- a proof ----------------------------------------------------------------------------------

const PROOF = /^c2sp\.org\/tlog-proof@v1\n(?:extra ([^\n]*)\n)?index (0|[1-9][0-9]{0,19})\n((?:[^\n]+\n){0,64})\n/;

function readProof(bytes) {
	const bad = 'proof-format', text = textOf(bytes) ?? '';
	const m = PROOF.exec(text);
	need(m && bytes.length <= 1 << 18 && m[0].length < text.length, bad);
	need(m[1] === undefined || base64(m[1]), bad);
	const hashes = m[3].split('\n').slice(0, -1).map((row) => base64(row, 32));
	need(BigInt(m[2]) < 1n << 63n && hashes.every(Boolean), bad);
	return { index: BigInt(m[2]), hashes, note: readNote(ascii(text.slice(m[0].length))) };
}

/** RFC 9162, 2.1.3.2. */
function isIn(entry, index, hashes, size, root) {
	let f = index, s = size - 1n, h = hash([0], entry);
	if (index >= size)
		return false;
	for (const x of hashes) {
		if (s === 0n)
			return false;
		if (f & 1n || f === s) {
			h = hash([1], x, h);
			for (; f && !(f & 1n); f >>= 1n)
				s >>= 1n;
		} else {
			h = hash([1], h, x);
		}
		f >>= 1n;
		s >>= 1n;
	}
	return s === 0n && same(h, root);
}

export const dueOf = (round) => GENESIS + PERIOD * (round - 1n);
export const momentOf = (s) => (s < 1n << 33n ?
	`${new Date(Number(s) * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC` : '?');

/** { finding: [mark, why, ...args], note, count, index } of one file in the log. */
function prove({ files, head, heads }, { name, bytes: entry, round, since }, p, own) {
	const proof = `${name.slice(0, -4)}.tlog-proof`, bytes = files.get(proof);
	if (!bytes)
		return { finding: ['unchecked', 'no-proof', proof] };
	if (!p)
		return { finding: ['unchecked', 'no-policy'] };
	const { index, hashes, note } = readProof(bytes), { count, when } = quorumAt(note, p);
	need(isIn(entry, index, hashes, note.size, note.root), 'log-not-in', note.origin);
	heads.push(note);
	const due = dueOf(round), times = [momentOf(when), momentOf(due)];
	const found = (...finding) => ({ finding, note, count, index });
	if (p.quorum === 'none')
		return found('unchecked', 'unwitnessed');
	if (round && head.chain !== QUICKNET.chain)
		return found('unchecked', 'no-clock');
	if (round && when >= due)
		return found('failed', 'witnessed-late', ...times);
	if (since && when < since)
		return found('failed', 'annulled-early', momentOf(when), momentOf(since));
	return own ? found('valid', 'fixed-before', ...times) : found('unchecked', 'their-policy');
}

/** a and e: the freeze, and each announcement before the round that it names. */
export function checkLog(all, mine) {
	const { report, files, head, said } = all, own = mine !== undefined;
	const p = report.try('a', () => {
		const bytes = mine ?? files.get('policy.txt');
		return bytes ? readPolicy(bytes) : null;
	});
	if (p === undefined)
		return report.say('e', 'unchecked', 'no-policy');
	Object.assign(all, { policy: p, own });
	const frozen = report.try('a', () => prove(all, { name: 'freeze.txt', bytes: head.bytes, round: head.round }, p, own));
	if (frozen)
		report.say('a', ...frozen.finding);
	if (frozen?.note)
		all.proven = { at: frozen.index, origin: frozen.note.origin };
	for (const announcement of said) {
		const r = report.try('a', () => prove(all, announcement, p, own));
		if (r && r.finding[0] !== 'valid')
			report.say('a', ...r.finding);
	}
	if (!frozen?.note || p.quorum === 'none')
		return report.say('e', 'unchecked', ...(frozen ? frozen.finding.slice(1) : ['log-not-in', '']));
	return own ? report.say('e', 'valid', 'witnessed', frozen.note.origin, frozen.note.size, frozen.count) :
		report.say('e', 'unchecked', 'their-policy');
}
