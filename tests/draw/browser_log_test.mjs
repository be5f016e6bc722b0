// The browser's telling of the log's rules (web/verify/mirror.mjs), without a
// browser: what verify_after_test.c tries on `laris verify --log`, and a receipt.
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ok, run, same } from '../e2e/lib.mjs';
import { POLICY, golden } from './bundles.mjs';
import { Tree, verifyWithLog } from '../../web/verify/check.mjs';
import { tilePath } from '../../web/verify/mirror.mjs';
import { leafOf } from '../../web/verify/tree.mjs';

const wholeDraw = () => golden('draw-whole');
/** Only promise c is asked of it: without a beacon no pairing is worked out again and again. */
const frozen = () => new Map([...wholeDraw()].filter(([name]) => !/^(beacon|winners|transcript|sample|after)/.test(name)));

const BEFORE = 255, SAID = ['freeze.txt', 'sample.txt', 'after/001-redraw.txt', 'after/002-returned.txt', 'after/003-handover.txt'];
const bytesOf = (text) => new TextEncoder().encode(text);
const base64 = (...parts) => Buffer.concat(parts).toString('base64');

/** The log of tests/golden/draw-whole: its entries, as that test made them. */
function entriesOf(files, before = {}) {
	const entries = Array.from({ length: BEFORE }, (_, i) => bytesOf(before[i] ?? `laris-purchase/v1\n${i}\n`));
	return [...entries, ...SAID.map((name) => files.get(name)), bytesOf('laris-purchase/v1\n')];
}

/** One signature line, by the key whose secret begins with that byte. */
function line(name, kind, seed, text, at = 0) {
	const secret = Uint8Array.of(seed, ...new Uint8Array(31)), key = ed25519.getPublicKey(secret), time = Buffer.alloc(8);
	const id = sha256(Buffer.concat([bytesOf(`${name}\n`), Uint8Array.of(kind), key])).slice(0, 4);
	time.writeBigUInt64BE(BigInt(at));
	const signature = ed25519.sign(bytesOf(kind === 4 ? `cosignature/v1\ntime ${at}\n${text}` : text), secret);
	return `\u2014 ${name} ${kind === 4 ? base64(id, time, signature) : base64(id, signature)}\n`;
}

function treeOf(leaves) {
	const tree = new Tree();
	leaves.forEach((l) => tree.leaf(l));
	return tree.root();
}

function headOf(entries, witnesses = 2, origin = 'laris.example/log') {
	const text = `${origin}\n${entries.length}\n${base64(treeOf(entries.map(leafOf)))}\n`, at = 1694903364;
	return bytesOf(`${text}\n${line(origin, 1, 1, text)}${['a', 'b'].slice(0, witnesses)
		.map((w, i) => line(`saksi.example/${w}`, 4, i + 2, text, at)).join('')}`);
}

/** Every tile of it, entries and hashes. */
function copyOf(entries, head = headOf(entries)) {
	const files = new Map([['checkpoint', head]]);
	const put = (level, v) => {
		for (let i = 0; i < v.length; i += 256)
			files.set(tilePath(level, i / 256, Math.min(256, v.length - i)), Uint8Array.from(Buffer.concat(v.slice(i, i + 256))));
	};
	put('entries', entries.map((e) => Buffer.concat([Uint8Array.of(e.length >> 8, e.length & 255), e])));
	const leaves = entries.map(leafOf);
	put(0, leaves);
	put(1, Array.from({ length: Math.floor(leaves.length / 256) }, (_, i) => treeOf(leaves.slice(i * 256, i * 256 + 256))));
	return files;
}

const source = (files, more) => ({ whole: true, wider: true, most: 1e4, bytes: 1e7,
	get: (path) => Promise.resolve(files.get(path)), ...more });
const marks = (findings) => findings.map((f) => `${f.mark} ${f.why}`).join(', ');

/** What is said of the log, with that copy of it. */
async function ofLog(files, copy, more = {}, policy = POLICY) {
	const r = await verifyWithLog(files, { policy: policy ?? undefined, log: source(copy, more) });
	return marks(r.part.c.filter((f) => !f.why.startsWith('list-fits')));
}

async function logs() {
	const files = frozen();
	const entries = entriesOf(wholeDraw()), copy = copyOf(entries), full = wholeDraw();
	same(await ofLog(full, copy), 'valid first-freeze', 'all of the log was read: the first freeze');
	same(await ofLog(files, copy), 'failed log-has-more', 'a sample and a redraw that the bundle does not tell of');

	const only = entries.slice(0, BEFORE + 1), short = copyOf(only);
	same(await ofLog(files, short), 'valid first-freeze', 'a log that ends with the freeze');
	same(await ofLog(files, short, {}, null), 'unchecked mirror-unproven', 'nobody said whom to believe');
	same(await ofLog(new Map(files).set('policy.txt', POLICY), short, {}, null), 'unchecked their-policy',
		'by the bundle\'s own policy');
	same(await ofLog(full, short), 'unchecked mirror-old', 'a copy older than the bundle');
	same(await ofLog(files, copyOf(only, headOf(only, 1))), 'unchecked mirror-head', 'too few witnesses signed its head');
	same(await ofLog(files, new Map()), 'unchecked mirror-read', 'no log at all');
	same(await ofLog(files, new Map([...short].filter(([name]) => name !== tilePath('entries', 0, 255 + 1)))),
		'unchecked mirror-read', 'a tile is not there');
	const bought = [1, 2, 3].map((i) => bytesOf(`laris-purchase/v1\n${i}\n`)), grown = [...only, ...bought];
	same(await ofLog(files, copyOf(grown, headOf(grown.slice(0, BEFORE + 2)))), 'valid first-freeze',
		'a last tile wider than its head');
	same(await ofLog(files, short, { most: BEFORE }), 'unchecked log-too-long', 'more entries than a browser reads');
	same(await ofLog(files, short, { bytes: 5000 }), 'unchecked log-too-long', 'more bytes than it reads');
	const other = [...only.slice(0, 3), bytesOf('laris-purchase/v1\nanother\n'), ...only.slice(4)];
	same(await ofLog(files, copyOf(other)), 'failed mirror-false', 'another log, signed as well');
	const before = [...only.slice(0, 7), bytesOf('laris-undian/v1\ndraw T-1\nentries 1\n'), ...only.slice(8)];
	same(await ofLog(files, copyOf(before)), 'failed not-first', 'the draw was frozen before');
	same(await ofLog(files, copyOf([...only, files.get('freeze.txt')])), 'valid first-freeze', 'frozen once more later: the first binds');
}

async function logBytes() {
	const files = frozen();
	const only = entriesOf(wholeDraw()).slice(0, BEFORE + 1), copy = copyOf(only), unseen = [];
	for (const name of ['checkpoint', tilePath('entries', 0, BEFORE + 1)])
		for (let i = copy.get(name).length % 61; i < copy.get(name).length; i += name === 'checkpoint' ? 7 : 61) {
			const bytes = copy.get(name).slice();
			bytes[i] ^= 1 << i % 8;
			if ((await ofLog(files, new Map(copy).set(name, bytes))).startsWith('valid'))
				unseen.push(`${name} ${i}`);
		}
	same(unseen.join(), '', 'a byte of the log changed: never taken for the log');
}

/** A purchase's line of proof: its number, and how its entry's hash begins. */
async function receipts() {
	const entries = entriesOf(wholeDraw()), copy = copyOf(entries), start = (i) => bytesToHex(leafOf(entries[i])).slice(0, 16);
	const asked = [], read = async (number, begins, log = copy, policy = POLICY) => {
		const get = (path) => asked.push(path) && Promise.resolve(log.get(path));
		const r = await verifyWithLog(frozen(), { policy: policy ?? undefined, log: { get, whole: false },
			receipt: { city: 'surakarta', number, start: begins } });
		return marks(r.part.e.slice(1));
	};
	for (const i of [0, 7, 254, 255, 256, entries.length - 1])
		same(await read(i, start(i)), 'valid receipt-in', `entry ${i} is in the log`);
	ok(!asked.some((path) => !/^(checkpoint|tile\/)/.test(path)), 'no request names the entry, only tiles', asked.join());
	same(await read(7, start(8)), 'failed receipt-differs', 'the line of another entry');
	same(await read(entries.length, start(7)), 'unchecked receipt-new', 'newer than the head');
	same(await read(7, start(7), copy, null), 'unchecked no-policy', 'nobody said whom to believe');
	same(await read(7, start(7), new Map()), 'unchecked mirror-read', 'no log');
	for (const name of [tilePath('entries', 0, 256), tilePath(0, 1, 5)]) {
		const bytes = copy.get(name).slice();
		bytes[name.includes('entries') ? 170 : 40] ^= 4;
		const said = name.includes('entries') ? await read(7, start(7), new Map(copy).set(name, bytes)) :
			await read(256, start(256), new Map(copy).set(name, bytes));
		same(said, 'failed receipt-not-in', `${name} spoilt: not in the tree that was signed`);
		same(await read(7, start(7), new Map([...copy].filter(([n]) => n !== name))), 'unchecked mirror-read', `without ${name}`);
	}
}

run(async () => {
	await logs();
	await logBytes();
	await receipts();
});
